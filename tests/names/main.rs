//! The names of eight published descriptions, recorded in `tests/names/*.tsv` for review.
//!
//! `SDKGEN_CORPUS` names the folder of the descriptions; without it, nothing is compared. Set `INSTA_UPDATE=always`
//! to write changes, and read the diff before you commit it.

#[path = "../support/job.rs"]
mod job;
mod stability;

use std::path::Path;
use std::process::Command;

/// Descriptions by different producers.
const DOCUMENTS: [&str; 8] = [
    "anthropic-api.json",
    "bump-train-travel.yaml",
    "discord-api.json",
    "github-api.json",
    "notion-api.json",
    "openai-api.yaml",
    "spotify-official.yaml",
    "stripe-api.yaml",
];

/// Returns the methods and types of a description, one a line: the name, its origin, and its key.
fn names(document: &Path) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_sdkgen"))
        .args(["names", "--quiet"])
        .arg(document)
        .output()
        .expect("sdkgen runs");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let lines = text.lines().filter(|line| !line.contains("::"));
    let columns = |line: &str| {
        let columns = line
            .split("  ")
            .map(str::trim)
            .filter(|column| !column.is_empty());
        columns.collect::<Vec<_>>().join("\t")
    };
    lines.map(|line| columns(line) + "\n").collect()
}

#[test]
fn names_of_published_descriptions_stay() {
    let Some(corpus) = std::env::var_os("SDKGEN_CORPUS").filter(|path| !path.is_empty()) else {
        return eprintln!("skipped: SDKGEN_CORPUS is not set");
    };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/names");
    let writes = std::env::var_os("INSTA_UPDATE").is_some_and(|update| update == "always");
    let mut changed = Vec::new();
    for document in DOCUMENTS {
        let made = names(&Path::new(&corpus).join(document));
        assert!(made.lines().count() > 10, "{document}: {made}");
        let name = Path::new(document).with_extension("tsv");
        let file = folder.join(name);
        let kept = std::fs::read_to_string(&file).unwrap_or_default();
        if writes {
            std::fs::write(&file, made).expect("tests/names can be written");
        } else if kept != made {
            let first = made
                .lines()
                .zip(kept.lines())
                .find(|(made, kept)| made != kept);
            changed.push(format!("{document}: {first:?}"));
        }
    }
    assert!(changed.is_empty(), "made, kept:\n{}", changed.join("\n"));
}
