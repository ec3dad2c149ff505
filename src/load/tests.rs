//! Tests of loading several files, encodings and formats.

use super::{Inputs, Loaded, from_texts, load};
use crate::diag::{Diagnostics, Location};
use crate::report;
use crate::source::FileTarget;
use crate::tree::FileId;
use std::path::Path;

fn read(texts: &[(&str, &str)]) -> (Option<Loaded>, String) {
    let mut diagnostics = Diagnostics::default();
    let loaded = from_texts(texts, &mut diagnostics);
    let shown = loaded.as_ref().map_or(String::new(), |loaded| {
        report::short(&diagnostics, &loaded.sources, &loaded.tree)
    });
    (loaded, shown)
}

#[test]
fn references_are_followed_once_each() {
    let (loaded, shown) = read(&[
        (
            "api/main.yaml",
            "a: {$ref: './sub/b.yaml#/x'}\nb: {$ref: sub%2Fb.yaml}\nc: {$ref: gone.yaml}\nd: {$ref: '#/a'}\n\
             e: {$ref: 'https://example.com/x.yaml'}\nf: {$ref: '../api/main.yaml#/a'}\n\
             g: {discriminator: {mapping: {x: sub/b.yaml, y: Name, z: none.yaml}}}\nh: {$ref: ./README.md}\n",
        ),
        ("api/sub/b.yaml", "x: {$ref: ../../shared/c.json}\n"),
        (
            "shared/c.json",
            "{\"y\": {\"$ref\": \"../api/main.yaml#/a\"}}",
        ),
        ("api/README.md", "# [: not yaml"),
    ]);
    let loaded = loaded.unwrap();
    assert_eq!(shown, "");
    let paths: Vec<_> = loaded
        .sources
        .files()
        .map(|(_, file)| file.path.display().to_string())
        .collect();
    assert_eq!(paths, ["api/main.yaml", "api/sub/b.yaml", "shared/c.json"]);
    let find = |reference: &str| loaded.sources.find(FileId(0), reference);
    assert_eq!(find("./sub/b.yaml"), FileTarget::File(FileId(1)));
    assert_eq!(find("sub%2Fb.yaml"), FileTarget::File(FileId(1)));
    assert_eq!(find("sub/b.yaml"), FileTarget::File(FileId(1)));
    assert_eq!(find("../api/main.yaml"), FileTarget::File(FileId(0)));
    assert_eq!(
        find("gone.yaml"),
        FileTarget::Missing("no such file".to_owned())
    );
    assert_eq!(
        find("none.yaml"),
        FileTarget::Missing("nothing was read for it".to_owned())
    );
    assert_eq!(
        find("./README.md"),
        FileTarget::Missing("it is not a YAML or JSON file".to_owned())
    );
    assert_eq!(find("https://example.com/x.yaml"), FileTarget::Remote);
    assert_eq!(
        loaded.sources.find(FileId(2), "../api/main.yaml"),
        FileTarget::File(FileId(0))
    );
}

#[test]
fn urls_are_read_from_configured_folders() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    };
    let entry = write(
        "api/main.yaml",
        "openapi: 3.2.0\n$self: https://example.com/api/main.yaml\na: {$ref: 'https://schemas.example.com/v1/pet.yaml#/x'}\n\
         b: {$ref: 'https://example.com/api/parts/b.yaml'}\nc: {$ref: 'https://other.example.com/c.yaml'}\n\
         d: {$ref: 'https://schemas.example.com/v1/none.yaml'}\n",
    );
    write("cache/pet.yaml", "x: {$ref: 'more/toy.yaml'}\n");
    write("cache/more/toy.yaml", "y: 1\n");
    write(
        "api/parts/b.yaml",
        "z: {$ref: 'https://example.com/api/main.yaml#/a'}\n",
    );
    let remotes = vec![(
        "https://schemas.example.com/v1".to_owned(),
        folder.path().join("cache"),
    )];
    let mut diagnostics = Diagnostics::default();
    let inputs = Inputs {
        remotes,
        ..Inputs::of(&entry)
    };
    let loaded = load(&inputs, &mut diagnostics).unwrap();
    let names: Vec<_> = loaded
        .sources
        .files()
        .map(|(_, file)| {
            file.path
                .file_name()
                .unwrap()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    assert_eq!(names, ["main.yaml", "b.yaml", "pet.yaml", "toy.yaml"]);
    let resolver = crate::resolve::Resolver {
        sources: &loaded.sources,
        tree: &loaded.tree,
    };
    let main = loaded.tree.root(FileId(0)).unwrap();
    let back = loaded.tree.root(FileId(1)).unwrap().get("z").unwrap();
    let target = resolver.step(back, &mut diagnostics).unwrap();
    assert_eq!(target.id(), main.get("a").unwrap().id());
    let find = |reference: &str| loaded.sources.find(FileId(0), reference);
    assert_eq!(find("https://other.example.com/c.yaml"), FileTarget::Remote);
    assert_eq!(
        find("https://schemas.example.com/v1/none.yaml"),
        FileTarget::Missing("no such file".to_owned())
    );
}

#[test]
fn the_content_decides_the_format_of_ambiguous_names() {
    let syntax = |path: &str, text: &str| {
        let (loaded, shown) = read(&[(path, text)]);
        let loaded = loaded.unwrap();
        let file = loaded.sources.file(loaded.entry).unwrap();
        (format!("{:?}", file.syntax), shown)
    };
    assert_eq!(
        syntax("a.yaml", "{\"a\": 1}"),
        ("Json".into(), String::new())
    );
    assert_eq!(syntax("a.yaml", "{a: 1}"), ("Yaml".into(), String::new()));
    assert_eq!(syntax("a", "\n {\"a\": 1}"), ("Json".into(), String::new()));
    assert_eq!(syntax("a", "a: 1"), ("Yaml".into(), String::new()));
    assert_eq!(
        syntax("a.json", "a: 1"),
        (
            "Json".into(),
            "a.json:1:1: error[E0002]: invalid JSON: expected value\n".into()
        )
    );
    assert_eq!(
        syntax("a.json", "{\n  \"ä\": [1, 2,]\n}"),
        (
            "Json".into(),
            "a.json:2:14: error[E0002]: invalid JSON: trailing comma\n".into()
        )
    );
    assert_eq!(
        syntax("a.json", ""),
        (
            "Yaml".into(),
            "a.json: error[E0006]: the file is empty\n".into()
        )
    );
}

#[test]
fn json_nodes_are_found_again() {
    let text = "{\n  \"ä/b\": {\"x\": [true,\n    {\"ключ\": \"日\", \"ключ\": -1.5e3}]}\n}\n";
    let (loaded, shown) = read(&[("a.json", text)]);
    let loaded = loaded.unwrap();
    assert_eq!(
        shown,
        "a.json:3:19: warning[W0005]: duplicate key `ключ` (twice in this object)\n"
    );
    let root = loaded.tree.root(loaded.entry).unwrap();
    let node = root
        .get("ä/b")
        .unwrap()
        .get("x")
        .unwrap()
        .item(1)
        .unwrap()
        .get("ключ")
        .unwrap();
    assert_eq!(node.pointer(), "/ä~1b/x/1/ключ");
    let at = loaded
        .sources
        .place(&loaded.tree, &Location::value(node))
        .unwrap();
    assert_eq!((at.line, at.column, &text[at.range]), (3, 27, "-1.5e3"));
    let at = loaded
        .sources
        .place(&loaded.tree, &Location::key(node))
        .unwrap();
    assert_eq!((at.line, at.column, &text[at.range]), (3, 19, "\"ключ\""));
    assert_eq!(loaded.sources.raw(node), Some("-1.5e3"));
}

#[test]
fn json_depth_is_bounded() {
    let (_, shown) = read(&[("a.json", &"[".repeat(100_000))]);
    assert_eq!(
        shown,
        "a.json:1:501: error[E0004]: the document nests more than 500 levels deep\n"
    );
    let fine = format!("{}{}", "[".repeat(500), "]".repeat(500));
    assert_eq!(read(&[("a.json", &fine)]).1, "");
}

#[test]
fn unreadable_files_are_reported() {
    let folder = tempfile::tempdir().unwrap();
    let rendered = |path: &Path| {
        let mut diagnostics = Diagnostics::default();
        assert!(load(&Inputs::of(path), &mut diagnostics).is_none());
        let shown = report::short(&diagnostics, &Default::default(), &Default::default());
        shown.replace(&folder.path().display().to_string(), "DIR")
    };
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    assert_eq!(
        rendered(&folder.path().join("none.yaml")),
        "DIR/none.yaml: error[E0001]: cannot read `DIR/none.yaml`: no such file\n"
    );
    assert!(rendered(folder.path()).contains("error[E0001]: cannot read `DIR`: it is a folder"));
    assert_eq!(
        rendered(&write("wide.yaml", b"\xff\xfea\0:")),
        "DIR/wide.yaml: error[E0003]: `DIR/wide.yaml` starts as UTF-16, but is not valid UTF-16\n"
    );
    assert_eq!(
        rendered(&write("latin.yaml", b"a: caf\xe9\n")),
        "DIR/latin.yaml: error[E0003]: `DIR/latin.yaml` is not UTF-8: byte 0xe9 at offset 6, in line 1\n"
    );
}

#[test]
fn byte_order_marks_and_windows_lines_are_accepted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.yaml");
    std::fs::write(&path, "\u{feff}a: 1\r\nb:\r\n  c: x\r\n").unwrap();
    let mut diagnostics = Diagnostics::default();
    let loaded = load(&Inputs::of(&path), &mut diagnostics).unwrap();
    assert!(diagnostics.is_empty());
    let root = loaded.tree.root(loaded.entry).unwrap();
    assert_eq!(root.to_json().to_string(), r#"{"a":1,"b":{"c":"x"}}"#);
    let node = root.get("b").unwrap().get("c").unwrap();
    let at = loaded
        .sources
        .place(&loaded.tree, &Location::value(node))
        .unwrap();
    assert_eq!((at.line, at.column), (3, 6));
}

#[test]
fn nodes_are_dumped_a_line_each() {
    let (loaded, _) = read(&[
        ("a.yaml", "a: [1, x]\nb: {$ref: c.json}\n"),
        ("c.json", "{\"d\": null}"),
    ]);
    assert_eq!(
        super::dump(&loaded.unwrap()),
        "a.yaml:1:1 # object 2 properties\na.yaml:1:4 #/a array 2 items\na.yaml:1:5 #/a/0 number 1\n\
         a.yaml:1:8 #/a/1 string \"x\"\na.yaml:2:4 #/b object 1 properties\na.yaml:2:11 #/b/$ref string \"c.json\"\n\
         c.json:1:1 # object 1 properties\nc.json:1:7 #/d null null\n"
    );
}

#[test]
fn repeated_keys_are_one_finding() {
    let json = format!("{{{}\"b\":1}}", "\"a\":1,".repeat(10_000));
    for (name, text) in [("a.json", json), ("a.yaml", "a: 1\n".repeat(10_000))] {
        let mut diagnostics = Diagnostics::default();
        from_texts(&[(name, &text)], &mut diagnostics).unwrap();
        let found: Vec<&str> = diagnostics.iter().map(|found| &*found.message).collect();
        assert_eq!(
            found,
            ["duplicate key `a` (10000 times in this object)"],
            "{name}"
        );
    }
}
