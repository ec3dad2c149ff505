//! Tests of YAML values, their positions, and diagnostics.

use crate::diag::{Diagnostics, Location};
use crate::load::{Loaded, from_texts};
use crate::tree::Node;

fn load(text: &str) -> (Option<Loaded>, Vec<String>) {
    let mut diagnostics = Diagnostics::default();
    let loaded = from_texts(&[("a.yaml", text)], &mut diagnostics);
    let shown = match &loaded {
        Some(loaded) => crate::report::short(&diagnostics, &loaded.sources, &loaded.tree),
        None => String::new(),
    };
    (loaded, shown.lines().map(str::to_owned).collect())
}

/// Returns the first document as JSON, with its diagnostics.
fn json(text: &str) -> (String, Vec<String>) {
    let (loaded, shown) = load(text);
    let loaded = loaded.unwrap();
    let root = loaded.tree.root(loaded.entry);
    (
        root.map_or("nothing".to_owned(), |root| root.to_json().to_string()),
        shown,
    )
}

fn clean(text: &str) -> String {
    let (json, shown) = json(text);
    assert_eq!(shown, [""; 0], "{text}");
    json
}

fn diagnostics(text: &str) -> Vec<String> {
    json(text).1
}

/// Returns the text of every key and value below the root.
fn spans(text: &str) -> Vec<(String, String)> {
    let (loaded, _) = load(text);
    let loaded = loaded.unwrap();
    let cut = |place: Location| {
        text[loaded.sources.place(&loaded.tree, &place).unwrap().range].to_owned()
    };
    let mut found = Vec::new();
    let mut open: Vec<Node<'_>> = loaded.tree.root(loaded.entry).into_iter().collect();
    while let Some(node) = open.pop() {
        if node.parent().is_some() {
            let key = node
                .key()
                .map_or(String::new(), |_| cut(Location::key(node)));
            found.push((key, cut(Location::value(node))));
        }
        open.extend(node.members().map(|(_, child)| child).rev());
        open.extend(node.items().rev());
    }
    found
}

#[test]
fn plain_scalars_have_the_types_of_yaml_1_2() {
    let text = "a: yes\nb: 0x1F\nc: 2020-01-01\nd: ~\ne:\nf: '1'\ng: \"null\"\nh: |\n  1\ni: 1.10\n200: x\non: 1\n";
    assert_eq!(
        clean(text),
        r#"{"a":"yes","b":31,"c":"2020-01-01","d":null,"e":null,"f":"1","g":"null","h":"1\n","i":1.1,"200":"x","on":1}"#
    );
    assert_eq!(
        clean("[18446744073709551616, -9223372036854776000]"),
        "[1.8446744073709552e+19,-9.223372036854776e+18]"
    );
}

#[test]
fn tags_are_respected() {
    assert_eq!(
        clean(
            "[!!str 1, !!int '2', !!float 3, !!null '', !!bool 'true', ! 4, !!seq [], !!map {}, !!timestamp 2001-01-01]"
        ),
        r#"["1",2,3,null,true,"4",[],{},"2001-01-01"]"#
    );
    let (value, diagnostics) = json("[!foo 1, !!int x, !!set {}, !<tag:a.b,2000:c> 5]");
    assert_eq!(value, r#"[1,"x",{},5]"#);
    assert_eq!(
        diagnostics,
        [
            "a.yaml:1:2: warning[W0010]: unknown tag `!foo`",
            "a.yaml:1:10: warning[W0010]: the value `x` does not match the tag `!!int`",
            "a.yaml:1:19: warning[W0010]: unknown tag `!!set`",
            "a.yaml:1:29: warning[W0010]: unknown tag `tag:a.b,2000:c`",
        ]
    );
}

#[test]
fn numbers_without_json_equivalent_are_strings() {
    let (value, diagnostics) = json("a: .inf\nb: -.INF\nc: .nan\nd: 1e999\n");
    assert_eq!(value, r#"{"a":".inf","b":"-.INF","c":".nan","d":"1e999"}"#);
    assert_eq!(diagnostics.len(), 4);
    assert_eq!(
        diagnostics[0],
        "a.yaml:1:4: warning[W0011]: JSON cannot represent the number `.inf`"
    );
}

#[test]
fn spans_are_bytes_even_where_text_is_not_ascii() {
    let text = "# Übersicht 日本\r\n\"ключ\": значение # né\r\n日本:\r\n  - 'ö ü'\r\n  - |\r\n    téxt\r\n    more\r\n\r\n  - {é: 😀, b: [x]}\r\nlast:\r\n";
    assert_eq!(
        spans(text),
        [
            ("\"ключ\"", "значение"),
            (
                "日本",
                "- 'ö ü'\r\n  - |\r\n    téxt\r\n    more\r\n\r\n  - {é: 😀, b: [x]}"
            ),
            ("", "'ö ü'"),
            ("", "téxt\r\n    more"),
            ("", "{é: 😀, b: [x]}"),
            ("é", "😀"),
            ("b", "[x]"),
            ("", "x"),
            ("last", ""),
        ]
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
    );
}

#[test]
fn columns_count_characters() {
    let (loaded, _) = load("a: 1\nпривет: {é: 😀, x: 日}\n");
    let loaded = loaded.unwrap();
    let node = loaded
        .tree
        .root(loaded.entry)
        .unwrap()
        .get("привет")
        .unwrap()
        .get("x")
        .unwrap();
    let at = loaded
        .sources
        .place(&loaded.tree, &Location::value(node))
        .unwrap();
    assert_eq!((at.line, at.column), (2, 19));
    assert_eq!(node.pointer(), "/привет/x");
}

#[test]
fn a_block_ends_with_its_last_token() {
    assert_eq!(
        spans("a:\n  b: 1\n\n# comment\n\nc: 2\n"),
        [("a", "b: 1"), ("b", "1"), ("c", "2")]
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
    );
}

#[test]
fn scalars_end_before_comments() {
    let text = "a: 'it''s' # one\nb: \"a\\\"#\" # two\n# over\nc: |\n  text # three\n# after\nd: plain # four\ne: 'last'\n# end\n";
    let found = spans(text);
    let written: Vec<&str> = found.iter().map(|(_, written)| written.as_str()).collect();
    assert_eq!(
        written,
        ["'it''s'", "\"a\\\"#\"", "text # three", "plain", "'last'"]
    );
}

#[test]
fn the_last_duplicate_key_wins() {
    let (value, diagnostics) = json("a: 1\nb: 2\na: 3\na: 4\n");
    assert_eq!(value, r#"{"b":2,"a":4}"#);
    assert_eq!(
        diagnostics,
        ["a.yaml:4:1: warning[W0005]: duplicate key `a` (3 times in this object)"]
    );
    let (loaded, _) = load("a: 1\na: 2\n");
    let loaded = loaded.unwrap();
    assert_eq!(loaded.tree.root(loaded.entry).unwrap().members().count(), 1);
}

#[test]
fn duplicate_keys_of_large_objects_are_found() {
    let mut text: String = (0..40)
        .map(|index| format!("k{index}: {index}\n"))
        .collect();
    text.push_str("k7: again\n");
    assert_eq!(
        diagnostics(&text),
        ["a.yaml:41:1: warning[W0005]: duplicate key `k7` (twice in this object)"]
    );
}

#[test]
fn aliases_are_copied() {
    let text = "base: &b {x: [1, &n two], y: *n}\nc: *b\n&k key: 1\nd: *k\n*n : 5\n";
    assert_eq!(
        clean(text),
        r#"{"base":{"x":[1,"two"],"y":"two"},"c":{"x":[1,"two"],"y":"two"},"key":1,"d":"key","two":5}"#
    );
    let found = spans(text);
    // An alias has its own position; the nodes below it have those of the original.
    assert_eq!(found[5], ("c".to_owned(), "*b".to_owned()));
    assert_eq!(found[6], ("x".to_owned(), "[1, &n two]".to_owned()));
}

#[test]
fn explicit_keys_override_merged_ones() {
    let text = "a: &a {x: 1, y: 2}\nb: &b {y: 3, z: 4}\nc: {x: 0, <<: [*a, *b], z: 5}\nd: {<<: *a, <<: {w: 1}}\n";
    let (value, diagnostics) = json(text);
    assert_eq!(
        value,
        r#"{"a":{"x":1,"y":2},"b":{"y":3,"z":4},"c":{"x":0,"y":2,"z":5},"d":{"x":1,"y":2,"w":1}}"#
    );
    assert_eq!(diagnostics, [""; 0]);
    let (value, diagnostics) = json("a: {<<: 1, '<<': 2}\n");
    assert_eq!(value, r#"{"a":{"<<":2}}"#);
    assert_eq!(
        diagnostics,
        [
            "a.yaml:1:9: warning[W0012]: the value of the merge key `<<` is neither a mapping nor a list of mappings",
            "a.yaml:1:12: warning[W0005]: duplicate key `<<` (twice in this object)",
        ]
    );
}

#[test]
fn aliases_are_bounded() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..9 {
        let below = vec![format!("*a{}", level - 1); 10].join(", ");
        bomb.push_str(&format!("a{level}: &a{level} [{below}]\n"));
    }
    let (value, found) = json(&bomb);
    assert_eq!(value, "nothing");
    assert!(found[0].contains("E0004"), "{found:?}");

    let mut long = "a0: &a0 [x]\n".to_owned();
    for level in 1..600 {
        long.push_str(&format!("a{level}: &a{level} [*a{}]\n", level - 1));
    }
    assert!(diagnostics(&long)[0].contains("nests more than 500 levels deep"));
    assert_eq!(
        diagnostics("a: &a [*a]\n"),
        ["a.yaml:1:8: error[E0008]: this alias repeats a node that contains it"]
    );
}

#[test]
fn depth_is_bounded() {
    let deep: String = (0..600)
        .map(|level| format!("{}a:\n", " ".repeat(level)))
        .collect();
    assert_eq!(
        diagnostics(&deep),
        ["a.yaml:501:501: error[E0004]: the document nests more than 500 levels deep"]
    );
    let fine: String = (0..400)
        .map(|level| format!("{}a:\n", " ".repeat(level)))
        .collect();
    assert_eq!(diagnostics(&fine), [""; 0]);
    assert!(diagnostics(&"[".repeat(100_000))[0].contains("E0004"));
}

#[test]
fn only_the_first_document_is_read() {
    assert_eq!(clean("---\na: 1\n...\n"), r#"{"a":1}"#);
    assert_eq!(clean("%YAML 1.2\n---\na: 1\n---\n"), r#"{"a":1}"#);
    let (value, diagnostics) = json("a: 1\n---\nb: [\n");
    assert_eq!(value, r#"{"a":1}"#);
    assert_eq!(
        diagnostics,
        ["a.yaml:2:1: warning[W0009]: the file has more than one YAML document"]
    );
}

#[test]
fn faults_have_positions() {
    assert_eq!(diagnostics("a: 1\nb: [1, 2\nc: 3\n").len(), 1);
    assert_eq!(
        diagnostics("? [a, b]\n: 1\n"),
        ["a.yaml:1:3: error[E0007]: a key must be a string, not a list or a mapping"]
    );
    assert_eq!(
        diagnostics("# nothing\n"),
        ["a.yaml: error[E0006]: the file is empty"]
    );
    assert_eq!(
        diagnostics(" \n"),
        ["a.yaml: error[E0006]: the file is empty"]
    );
    let (value, diagnostics) = json("é: *b\n");
    assert_eq!(value, "nothing");
    assert_eq!(
        diagnostics,
        ["a.yaml:1:4: error[E0002]: invalid YAML: while parsing node, found unknown anchor"]
    );
}

#[test]
fn a_comment_needs_no_blank_before_it() {
    let text = "a: 'x'# one\nb: {é: \"y\"# two\n  , c: 1}# three\nd: 'it''s # none'\ne: f#g\n";
    let (value, diagnostics) = json(text);
    assert_eq!(
        value,
        r#"{"a":"x","b":{"é":"y","c":1},"d":"it's # none","e":"f#g"}"#
    );
    let places: Vec<&str> = diagnostics.iter().map(|line| &line[..20]).collect();
    let wanted = [
        "a.yaml:1:7: warning[",
        "a.yaml:2:11: warning",
        "a.yaml:3:10: warning",
    ];
    assert_eq!(places, wanted, "{diagnostics:?}");
    let found = spans(text);
    assert!(
        found.contains(&("c".to_owned(), "1".to_owned())),
        "{found:?}"
    );
}

#[test]
fn missing_indentation_is_repaired() {
    let text = "a:\n  é: \"x\ny \\\" z\n\n  w\"\n  c: {\n    d: 1\n  }\n  e: ['ü',\n'it''s\nhere', f\n]\nb: 2\n";
    let (value, diagnostics) = json(text);
    assert_eq!(
        value,
        r#"{"a":{"é":"x y \" z\nw","c":{"d":1},"e":["ü","it's here","f"]},"b":2}"#
    );
    assert!(
        diagnostics.iter().all(|line| line.contains("W0013")),
        "{diagnostics:?}"
    );
    assert_eq!(
        diagnostics[0],
        "a.yaml:2:6: warning[W0013]: insufficient indentation: YAML requires this to be indented deeper"
    );
    let found = spans(text);
    assert!(
        found.contains(&("c".to_owned(), "{\n    d: 1\n  }".to_owned())),
        "{found:?}"
    );
    assert!(
        found.contains(&(String::new(), "'it''s\nhere'".to_owned())),
        "{found:?}"
    );
    assert!(
        found.contains(&("b".to_owned(), "2".to_owned())),
        "{found:?}"
    );
}
