//! Unusual documents and output folders: other line endings, byte order marks, spaces in paths, links, and read-only
//! folders.

use super::sandbox::Sandbox;

const API: &str = "\
openapi: 3.1.0
info:
  title: Tiny Pets
  version: '7'
  description: |
    Pets, in two lines,
    one after the other.
servers: [{url: https://api.example.com}]
paths:
  /pets:
    get:
      operationId: listPets
      description: \"All pets,
        and no others.\"
      responses:
        '204': {description: Done.}
";

const LINE: &str = "generate api.yaml --out out --docs book";

/// Generates from a document of these bytes.
fn generated(bytes: &[u8]) -> (String, [std::collections::BTreeMap<String, String>; 2]) {
    let sandbox = Sandbox::new(&[]);
    std::fs::write(sandbox.path("api.yaml"), bytes).unwrap();
    let run = sandbox.run(LINE);
    assert_eq!(run.code, 0, "{run:?}");
    (run.err, [sandbox.tree("out"), sandbox.tree("book")])
}

#[test]
fn line_ends_and_byte_order_marks_change_nothing() {
    let plain = generated(API.as_bytes());
    assert_eq!(plain.0, "", "nothing is found");
    let crlf = API.replace('\n', "\r\n");
    assert_eq!(generated(crlf.as_bytes()), plain);
    let marked = format!("\u{feff}{API}");
    assert_eq!(generated(marked.as_bytes()), plain);
    let both = format!("\u{feff}{crlf}");
    assert_eq!(generated(both.as_bytes()), plain);
}

#[test]
fn configuration_files_may_have_a_byte_order_mark_and_crlf() {
    let sandbox = Sandbox::new(&[
        ("api.yaml", API),
        (
            "sdkgen.yaml",
            "\u{feff}spec: api.yaml\r\nout: out\r\npackage:\r\n  name: pets\r\n",
        ),
    ]);
    let run = sandbox.run("generate");
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
    assert!(sandbox.read("out/Cargo.toml").contains("\"pets\""));
}

/// Checks UTF-16, which `>` writes in PowerShell 5.
#[test]
fn utf_16_is_read() {
    let plain = generated(API.as_bytes());
    let text = format!("\u{feff}{}", API.replace('\n', "\r\n"));
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(generated(&bytes), plain);
}

/// Checks that a diagnostic at the end of a file of 100 MB has the right position.
#[test]
fn a_file_of_a_hundred_megabytes_is_read() {
    let head = "{\"openapi\": \"3.1.0\", \"info\": {\"title\": \"Big\", \"version\": \"1\"},\n\"x-records\": [\n";
    let record = format!("{{\"text\": \"{}\"}},\n", "a record ".repeat(100));
    let records = record.repeat(100_000_000 / record.len() + 1);
    let tail = "null],\n\"servers\": [{\"url\": \"https://api.example.com\"}],\n\
        \"paths\": {\"/pets\": {\"get\": {\"operationId\": \"listPets\", \"responses\": {\"200\": {\n\
        \"$ref\": \"#/components/responses/Pets\"}}}}}}\n";
    let text = [head, &records, tail].concat();
    assert!(text.len() > 100_000_000);
    let line = text.lines().count();
    let sandbox = Sandbox::new(&[("api.json", &text)]);
    let run = sandbox.run("generate api.json --out out --format short");
    assert_eq!(run.code, 0, "{run:?}");
    let told = format!("api.json:{line}:9: warning[W0201]");
    assert!(run.err.contains(&told), "{run:?}");
    assert!(sandbox.read("out/src/client.rs").contains("fn "));
}

#[test]
fn an_unsupported_encoding_is_reported() {
    let sandbox = Sandbox::new(&[]);
    std::fs::write(sandbox.path("api.yaml"), b"openapi: 3.1.0\n# caf\xe9\n").unwrap();
    let run = sandbox.run(LINE);
    assert_eq!((run.code, run.out.as_str()), (1, ""), "{run:?}");
    let why = "error[E0003]: `api.yaml` is not UTF-8: byte 0xe9 at offset 20, in line 2";
    assert!(run.err.contains(why), "{run:?}");
    assert!(!sandbox.path("out").exists());
}

#[test]
fn paths_may_have_blanks() {
    let sandbox = Sandbox::new(&[("my spec/the api.yaml", API)]);
    let words = [
        "my spec/the api.yaml",
        "--out",
        "the crate/of pets",
        "--docs",
        "the book",
    ];
    let run = |command| {
        let words: Vec<&str> = std::iter::once(command).chain(words).collect();
        let output = sandbox.command(&words).output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        (output.status.code(), text)
    };
    let (code, text) = run("generate");
    assert_eq!(code, Some(0), "{text}");
    assert!(sandbox.path("the crate/of pets/src/lib.rs").is_file());
    assert_eq!(run("check").0, Some(0));
    sandbox.write("the book/src/index.md", "edited\n");
    let (code, text) = run("check");
    assert_eq!(code, Some(1));
    let fix = "to fix it: sdkgen generate 'my spec/the api.yaml' --out 'the crate/of pets' --docs 'the book' --force\n";
    assert!(text.ends_with(fix), "{text}");
}

#[test]
#[cfg(unix)]
fn a_link_out_of_the_folder_is_not_followed() {
    let sandbox = Sandbox::new(&[("api.yaml", API), ("elsewhere/lib.rs", "mine\n")]);
    std::fs::create_dir(sandbox.path("out")).unwrap();
    std::os::unix::fs::symlink("../elsewhere", sandbox.path("out/src")).unwrap();
    let run = sandbox.run("generate api.yaml --out out");
    assert_eq!((run.code, run.out.as_str()), (1, ""), "{run:?}");
    assert!(run.err.contains("outside of the output folder"), "{run:?}");
    assert_eq!(sandbox.read("elsewhere/lib.rs"), "mine\n");
    assert_eq!(sandbox.tree("elsewhere").len(), 1);
    let names = std::fs::read_dir(sandbox.path("out")).unwrap();
    assert_eq!(names.count(), 1, "nothing else is written");
}

#[test]
#[cfg(unix)]
fn a_folder_that_is_a_link_itself_is_written_to() {
    let sandbox = Sandbox::new(&[("api.yaml", API), ("real/.keep", "")]);
    std::os::unix::fs::symlink("real", sandbox.path("out")).unwrap();
    let run = sandbox.run("generate api.yaml --out out");
    assert_eq!(run.code, 0, "{run:?}");
    assert!(sandbox.path("real/src/lib.rs").is_file());
    assert!(sandbox.path("out").is_symlink(), "the link stays");
    assert_eq!(sandbox.run("check api.yaml --out out").code, 0);
}

#[test]
#[cfg(unix)]
fn a_folder_that_cannot_be_written_to_stays_as_it_is() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = Sandbox::new(&[("api.yaml", API), ("shut/notes.txt", "mine\n")]);
    let shut = |mode| {
        let mode = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(sandbox.path("shut"), mode).unwrap();
    };
    shut(0o555);
    // Root may write everywhere, so that a read-only file system is used instead.
    let (out, may) = match std::fs::write(sandbox.path("shut/probe"), "") {
        Ok(()) => ("/proc/self/sdkgen", true),
        Err(_) => ("shut", false),
    };
    let run = sandbox.run(&format!("generate api.yaml --out {out}"));
    shut(0o755);
    assert_eq!((run.code, run.out.as_str()), (1, ""), "{run:?}");
    assert!(run.err.starts_with("error: cannot write to `"), "{run:?}");
    let left = sandbox.tree("shut").len();
    assert_eq!(left, 1 + usize::from(may));
}

/// Checks a full disk, simulated by a limit on file sizes: writing fails in the middle of a file.
#[test]
#[cfg(unix)]
fn a_full_disk_preserves_existing_files() {
    let other = API.replace("pets", "toys").replace("Pets", "Toys");
    let sandbox = Sandbox::new(&[("api.yaml", API), ("other.yaml", &other)]);
    assert_eq!(sandbox.run(LINE).code, 0);
    let before = [sandbox.tree("out"), sandbox.tree("book")];
    let full = |out: &str| {
        let program = env!("CARGO_BIN_EXE_sdkgen");
        let script = "trap '' XFSZ; ulimit -f 2; exec \"$0\" \"$@\"";
        let words = ["-c", script, program, "generate", "other.yaml", "--docs"];
        let mut shell = std::process::Command::new("sh");
        shell.args(words).args(["book", "--out", out]);
        let output = shell.current_dir(sandbox.path("")).output().unwrap();
        let err = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.status.code(), err)
    };
    let (code, err) = full("out");
    assert_eq!(code, Some(1), "{err}");
    assert!(err.starts_with("error: cannot write `"), "{err}");
    assert_eq!([sandbox.tree("out"), sandbox.tree("book")], before);
    // A new folder must not appear incomplete.
    let (code, err) = full("new");
    assert_eq!(code, Some(1), "{err}");
    assert!(!sandbox.path("new").exists());
    assert_eq!(sandbox.tree("book"), before[1]);
    let names = std::fs::read_dir(sandbox.path("")).unwrap();
    assert_eq!(names.count(), 4, "nothing temporary is left");
}
