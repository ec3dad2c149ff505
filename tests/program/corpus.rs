//! Programs of other documents: they compile without a warning, and have a help at every level.

use super::server::Server;
use super::support::{Workshop, cargo};
use sdkgen::Generator;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

/// Generates the crate and the program of each document into a workshop.
fn workshop(name: &str, documents: &[(&str, PathBuf)]) -> Workshop {
    let mut workshop = Workshop::new(name);
    for (name, _) in documents {
        workshop.add_written(name);
        workshop.add_written(&format!("{name}-cli"));
    }
    workshop.finish();
    for (name, document) in documents {
        let root = workshop.root();
        let generator = Generator::new(document).package(*name).wire_tests();
        let generator = generator
            .out(root.join(name))
            .cli(root.join(format!("{name}-cli")));
        generator
            .generate()
            .unwrap_or_else(|fault| panic!("{name}: {fault}"));
    }
    workshop
}

fn documents() -> PathBuf {
    super::repository().join("tests/program/documents")
}

pub fn shop() -> &'static Workshop {
    static SHOP: OnceLock<Workshop> = OnceLock::new();
    SHOP.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let many = folder.path().join("many.yaml");
        std::fs::write(&many, self::many()).unwrap();
        let documents = [
            ("shop", documents().join("shop.yaml")),
            ("club", documents().join("club.yaml")),
            ("many", many),
        ];
        workshop("program", &documents)
    })
}

/// Returns a document with 42 resources of three operations.
fn many() -> String {
    let mut text = "openapi: 3.1.0\ninfo: {title: Many, version: '1'}\npaths:\n".to_owned();
    let response = "responses: {'200': {description: OK, content: {application/json: {schema: {type: object}}}}}";
    for index in 0..42 {
        text += &format!(
            "  /part{index}:\n    get: {{operationId: listPart{index}, tags: [part{index}], {response}}}\n  \
             /part{index}/{{id}}:\n    parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]\n    \
             get: {{operationId: getPart{index}, tags: [part{index}], {response}}}\n    \
             delete: {{operationId: deletePart{index}, tags: [part{index}], {response}}}\n"
        );
    }
    text
}

/// Builds a program and returns its path.
pub fn built(workshop: &Workshop, name: &str) -> PathBuf {
    let package = format!("{name}-cli");
    let output = cargo::command(
        workshop.root(),
        &["build", "--offline", "--package", &package],
    )
    .output()
    .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    workshop.target().join("debug").join(name)
}

fn run(program: &Path, arguments: &[&str]) -> (i32, String) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("file"), "data").unwrap();
    let mut command = Command::new(program);
    command
        .args(arguments)
        .current_dir(folder.path())
        .env_clear()
        .env("HOME", folder.path())
        .env("COLUMNS", "100");
    let output = command.stdin(Stdio::null()).output().unwrap();
    let text = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    (output.status.code().unwrap_or(-1), text)
}

/// Returns the names of the commands that a help lists.
fn commands(help: &str) -> Vec<String> {
    let lines = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let lines = lines.take_while(|line| !line.is_empty());
    let names = lines.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    names
        .filter_map(|line| line.split_whitespace().next())
        .map(str::to_owned)
        .collect()
}

/// Commands that are not of the API.
const OWN: [&str; 7] = [
    "completions",
    "login",
    "logout",
    "man",
    "mcp",
    "profiles",
    "whoami",
];

/// Asks for the help of every command, and runs the example of every operation without sending it.
fn visit(program: &Path) -> usize {
    let helps = operations(program);
    for help in &helps {
        let output = run_example(program, help, "--dry-run --base-url https://api.example");
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{error}\n{help}");
        assert!(output.stdout.starts_with(b"curl -X "), "{help}");
    }
    helps.len()
}

/// Asks for the help of every command, and returns that of each operation.
pub fn operations(program: &Path) -> Vec<String> {
    let (code, help) = run(program, &["--help"]);
    assert_eq!(code, 0, "{help}");
    let mut helps = Vec::new();
    for resource in commands(&help) {
        let (code, help) = run(program, &[&resource, "--help"]);
        assert_eq!(code, 0, "{resource}: {help}");
        if OWN.contains(&&*resource) {
            continue;
        }
        let operations = commands(&help);
        assert!(!operations.is_empty(), "{resource}: {help}");
        for operation in operations {
            let (code, help) = run(program, &[&resource, &operation, "--help"]);
            assert_eq!(code, 0, "{resource} {operation}: {help}");
            let unsafe_chars = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
            assert!(
                !help.contains(unsafe_chars),
                "{resource} {operation}: {help:?}"
            );
            helps.push(help);
        }
    }
    helps
}

/// Runs the example of a help in a shell, with more flags.
pub fn run_example(program: &Path, help: &str, flags: &str) -> Output {
    // A description may have a heading of this name too.
    let (_, example) = help
        .rsplit_once("Example:\n  ")
        .unwrap_or_else(|| panic!("no example: {help}"));
    let line = example.lines().next().unwrap();
    let (_, arguments) = line.split_once(' ').unwrap();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("file"), "data").unwrap();
    let script = format!("'{}' {flags} {arguments}", program.display());
    let mut shell = Command::new("sh");
    shell
        .args(["-c", &script])
        .current_dir(folder.path())
        .env("HOME", folder.path())
        .env("OUTBOUNDCALLS_API_KEY", "secret")
        .env("SHOP_API_KEY", "secret");
    shell.stdin(Stdio::null()).output().unwrap()
}

#[test]
fn a_program_is_clean() {
    shop().assert_clean(&["shop", "shop-cli", "club-cli"]);
    for features in [
        &["--no-default-features"][..],
        &["--no-default-features", "--features", "rustls"],
    ] {
        let found = shop().clippy_with(features, &["shop-cli"]);
        assert!(found.is_empty(), "{found:?}");
    }
}

#[test]
fn every_command_has_a_help_and_an_example() {
    assert_eq!(visit(&built(shop(), "shop")), 14);
}

/// Text of the description is no control character in a completion script or a manual page.
#[test]
fn completions_and_manual_pages_are_safe() {
    let program = built(shop(), "shop");
    let folder = tempfile::tempdir().unwrap();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let (code, script) = run(&program, &["completions", shell]);
        assert_eq!(code, 0, "{script}");
        let unsafe_chars = |c: char| c.is_control() && c != '\n' && c != '\t' || c == '\u{202e}';
        assert!(!script.contains(unsafe_chars), "{shell}");
    }
    let pages = folder.path().join("pages");
    let (code, text) = run(&program, &["man", &pages.to_string_lossy()]);
    assert_eq!(code, 0, "{text}");
    let mut count = 0;
    for page in std::fs::read_dir(&pages).unwrap() {
        let text = std::fs::read_to_string(page.unwrap().path()).unwrap();
        assert!(
            !text.contains(|c: char| c.is_control() && c != '\n'),
            "{text:?}"
        );
        count += 1;
    }
    assert!(count > 20, "{count}");
}

#[test]
fn every_kind_of_request_is_sent() {
    let program = built(shop(), "shop");
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.pdf"), b"%PDF\xff").unwrap();
    std::fs::write(folder.path().join("a.csv"), "a,b\n").unwrap();
    let server = Server::start(|received| {
        let json = "Content-Type: application/json\r\n";
        match &*received.line {
            line if line.contains("cursor=two") => {
                (200, json, r#"{"data": [{"id": "3"}]}"#.to_owned())
            }
            line if line.starts_with("GET /orders?") => (
                200,
                json,
                r#"{"data": [{"id": "1"}, {"id": "2"}], "next_cursor": "two"}"#.to_owned(),
            ),
            line if line.starts_with("GET /events") => {
                let events = "data: {\"n\": 1}\n\nevent: end\ndata: {\"n\": 2}\n\n";
                (
                    200,
                    "Content-Type: text/event-stream\r\n",
                    events.to_owned(),
                )
            }
            line if line.starts_with("GET /lines") => (
                200,
                "Content-Type: application/jsonl\r\n",
                "{\"n\": 1}\n{\"n\": 2}\n".to_owned(),
            ),
            line if line.contains("/invoice") => {
                (200, "Content-Type: application/pdf\r\n", "PDF".to_owned())
            }
            _ => (200, json, "{}".to_owned()),
        }
    });
    let run = |arguments: &[&str]| {
        let mut command = Command::new(&program);
        command
            .args(arguments)
            .current_dir(folder.path())
            .env_clear()
            .env("HOME", folder.path());
        // The title has an escape sequence, and its name has none.
        command
            .env("SHOP_BASE_URL", &server.url)
            .env("SHOP_API_KEY", "secret-key");
        let output = command.stdin(Stdio::null()).output().unwrap();
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        (
            String::from_utf8_lossy(&output.stdout).into_owned(),
            error,
            server.take(),
        )
    };
    let (out, error, received) = run(&["orders", "list", "--all", "--output", "jsonl"]);
    let ids: Vec<&str> = out.lines().collect();
    assert_eq!(
        ids,
        [r#"{"id":"1"}"#, r#"{"id":"2"}"#, r#"{"id":"3"}"#],
        "{error}{received:?}"
    );
    let (out, _, received) = run(&[
        "orders", "list", "--max", "2", "--output", "json", "--query", "$.id",
    ]);
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&out).unwrap(),
        serde_json::json!(["1", "2"])
    );
    assert_eq!(received.len(), 1);
    let flags = [
        "--query-parameter",
        "q",
        "--state",
        "open",
        "--state",
        "new",
        "--since",
        "2026-11-30 10:00",
        "--day",
        "2026-11-30",
    ];
    let (_, error, received) = run(&[
        &["orders", "list", "--open", "--filter", "{\"min\": 1}"],
        &flags[..],
    ]
    .concat());
    let line = &received[0].line;
    for part in [
        "query=q",
        "state=open&state=new",
        "since=2026-11-30T10%3A00%3A00Z",
        "day=2026-11-30",
        "open=true",
        "filter%5Bmin%5D=1",
    ] {
        assert!(
            line.contains(part) || line.replace("[min]", "%5Bmin%5D").contains(part),
            "{part} in {line} {error}"
        );
    }
    let (out, error, _) = run(&["events", "watch"]);
    assert_eq!(
        out, "{\"n\":1}\n{\"event\":\"end\",\"data\":{\"n\":2}}\n",
        "{error}"
    );
    let (out, error, _) = run(&["events", "get-lines", "--output", "yaml"]);
    assert_eq!(out, "---\n\"n\": 1\n---\n\"n\": 2\n", "{error}");
    let (out, error, _) = run(&["orders", "download-invoice", "5", "--out", "got.pdf"]);
    assert_eq!(
        (
            out.as_str(),
            std::fs::read_to_string(folder.path().join("got.pdf")).unwrap()
        ),
        ("", "PDF".to_owned()),
        "{error}"
    );
    let (_, error, received) = run(&["orders", "upload-invoice", "5", "--body", "@a.pdf"]);
    assert!(
        received[0].body.starts_with("%PDF")
            && received[0].header("content-type") == Some("application/pdf"),
        "{error}"
    );
    let (_, error, received) = run(&[
        "orders", "set-note", "5", "--langs", "de", "--langs", "en", "--body", "Hello",
    ]);
    assert_eq!(
        (
            received[0].body.as_str(),
            received[0].line.contains("langs=de&langs=en")
        ),
        ("Hello", true),
        "{error}"
    );
    let (_, error, received) = run(&[
        "photos", "add", "--photo", "@a.pdf", "--title", "A", "--size", "3", "--more", "@a.pdf",
    ]);
    let body = &received[0].body;
    assert!(
        body.contains("filename=\"a.pdf\"")
            && body.contains("name=\"size\"")
            && body.contains("name=\"more\""),
        "{error}{body}"
    );
    let (_, error, received) = run(&[
        "orders",
        "create",
        "--items",
        "[{\"sku\": \"a\"}]",
        "--address.city",
        "Berlin",
        "--address.geo.lat",
        "5.5",
        "--blob",
        "@a.pdf",
    ]);
    let sent: serde_json::Value =
        serde_json::from_str(&received[0].body).unwrap_or_else(|_| panic!("{error}"));
    assert_eq!(sent["kind"], "order");
    assert_eq!(
        sent["address"],
        serde_json::json!({"city": "Berlin", "geo": {"lat": 5.5}})
    );
    assert_eq!(sent["blob"], "JVBERv8=");
    for (flags, media_type, body) in [
        (
            &["--orders", "[{\"a\": 1}]"][..],
            "application/json",
            r#"{"orders":[{"a":1}]}"#,
        ),
        (&["--body", "@a.csv"], "text/csv", "a,b\n"),
        (&["--body", "x", "--body-type", "text/csv"], "text/csv", "x"),
        (
            &[
                "--body",
                "@a.csv",
                "--body-type",
                "application/octet-stream",
            ],
            "application/octet-stream",
            "a,b\n",
        ),
    ] {
        let (_, error, received) = run(&[&["orders", "import"], flags].concat());
        let sent = received.first().unwrap_or_else(|| panic!("{error}"));
        assert_eq!(
            (sent.header("content-type"), &*sent.body),
            (Some(media_type), body)
        );
    }
    for (flags, message) in [
        (
            &["--body", "x", "--body-type", "text/html"][..],
            "the operation takes no `text/html`",
        ),
        (
            &["--body-type", "text/csv", "--orders", "{}"],
            "--orders is not for this media type",
        ),
        (&["--body-type", "text/csv"], "the body is missing"),
    ] {
        let (_, error, received) = run(&[&["orders", "import"], flags].concat());
        assert!(error.contains(message) && received.is_empty(), "{error}");
    }
    // A request that deletes needs a confirmation.
    let id = "123e4567-e89b-12d3-a456-426614174000";
    let (_, error, received) = run(&["orders", "delete", id]);
    assert!(
        error.contains("needs a confirmation") && received.is_empty(),
        "{error}"
    );
    assert_eq!(run(&["orders", "delete", id, "-y"]).2.len(), 1);
}

/// Ten documents of the corpus, small and large, as `PACKAGE=FILE`.
const PUBLISHED: [&str; 10] = [
    "petstore=swagger-petstore.yaml",
    "museum=redocly-museum.yaml",
    "train=bump-train-travel.yaml",
    "propolis=oxide-propolis-server.json",
    "netlify=netlify-swagger2.yaml",
    "typesense=typesense-api.yaml",
    "notion=notion-api.json",
    "sendgrid=sendgrid-mail-v3.yaml",
    "github=github-api.json",
    "stripe=stripe-api.yaml",
];

/// Published documents, if there is a folder with them: see CONTRIBUTING.md.
#[test]
fn programs_of_published_documents_are_clean() {
    let Some(corpus) = std::env::var_os("SDKGEN_CORPUS").map(PathBuf::from) else {
        let _ = writeln!(std::io::stderr(), "skipped: SDKGEN_CORPUS names no folder");
        return;
    };
    let names = std::env::var("SDKGEN_PROGRAMS").unwrap_or_else(|_| PUBLISHED.join(" "));
    for name in names.split_whitespace() {
        let (package, file) = name.split_once('=').unwrap_or(("petstore", name));
        let workshop = workshop(
            &format!("program-{package}"),
            &[(package, corpus.join(file))],
        );
        let own = format!("{package}-cli");
        let found = workshop.clippy_with(&[], &[&own]);
        let found: Vec<_> = found
            .iter()
            .filter(|(member, _)| **member == own || *member == "(cargo)")
            .collect();
        assert!(found.is_empty(), "{package}: {found:?}");
        assert!(
            workshop.fmt_of(&own).is_none(),
            "{package} is not formatted"
        );
        let count = visit(&built(&workshop, package));
        let _ = writeln!(std::io::stderr(), "{package}: {count} commands");
    }
}
