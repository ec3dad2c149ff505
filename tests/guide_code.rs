//! Rust examples of the guide and the README compile against a generated crate.

#[path = "guide/page.rs"]
mod page;
mod support;

use page::{Block, blocks, pages};
use std::fmt::Write;
use support::{Workshop, repository};

const CONFIG: &str = "\
mock: true
pagination: {listPets: {page: page, first: 0}}
wait:
  getExport: {name: wait_until_ended, until: {property: status, values: [done, failed]}}
  getImport: {name: wait_until}
webhooks: {verify: standard}
client_parameters: {Api-Version: true}
";

const MANIFEST: &str = r#"[package]
name = "guide-examples"
version = "0.0.0"
edition = "2024"
publish = false

[dependencies]
bytes = "1"
http = "1"
pets = { path = "../pets", features = ["blocking", "mock", "recorder", "tracing"] }
tokio = { version = "1", features = ["macros", "rt-multi-thread"] }
"#;

/// The items that every example may use.
const HEAD: &str = "\
#![allow(unused, clippy::all)]

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn main() {}
";

/// Returns the module of an example: a whole program, or lines of an asynchronous function.
fn module(number: usize, block: &Block) -> String {
    let mut text = format!("\n// {}\nmod example_{number} {{\n", block.position);
    if block.text.contains("fn main()") {
        text += &block.text;
    } else {
        let imports = "use pets::{*, transport::*};\nuse std::time::Duration;\n";
        let given = "client: Client, body: types::Question, secret: &'static str, key: &'static str, id: &str";
        write!(
            text,
            "{imports}async fn run({given}) -> crate::Outcome {{\n{}Ok(())\n}}\n",
            block.text
        )
        .unwrap();
    }
    text + "}\n"
}

#[test]
fn the_rust_of_the_guide_compiles() {
    let mut program = HEAD.to_owned();
    let mut count = 0;
    let readme = repository().join("README.md");
    for path in pages(&repository().join("docs/guide/src"))
        .into_iter()
        .chain([readme])
    {
        for block in blocks(&path) {
            let is_rust = block.language == "rust" || block.language == "rust,ignore";
            // Skips examples of the library sdkgen, and of an axum server, which no test depends on.
            let is_other = block.text.contains("sdkgen::") || block.text.contains("State<");
            if is_rust && !is_other {
                count += 1;
                program += &module(count, &block);
            }
        }
    }
    assert!(count > 10, "only {count} examples");
    let mut workshop = Workshop::new("guide");
    workshop.generate(CONFIG, "tests/guide/client.yaml", "pets");
    let files = [("Cargo.toml", MANIFEST), ("src/main.rs", &program)];
    workshop.add_program("guide-examples", &files);
    workshop.finish();
    workshop.run("guide-examples", &[]);
}
