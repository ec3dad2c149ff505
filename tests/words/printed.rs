//! Texts that the command prints.

use serde_json::Value;
use std::path::Path;
use std::process::Command;

fn sdkgen(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_sdkgen"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// Returns the full help of every command, with its name.
pub fn help() -> Vec<(String, String)> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let all = sdkgen(here, &["--help"]);
    let (_, commands) = all.split_once("Commands:\n").expect("a list of commands");
    let names = commands
        .lines()
        .take_while(|line| line.starts_with("  "))
        .filter(|line| !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next());
    let one = |name: &str| (format!("{name} --help"), sdkgen(here, &["help", name]));
    let mut texts: Vec<(String, String)> = names.filter(|name| *name != "help").map(one).collect();
    assert!(texts.len() > 10, "{texts:?}");
    texts.push(("--help".to_owned(), all));
    texts
}

/// Returns the messages, labels, notes and helps about every invalid document of the fixtures, with its name.
pub fn diagnostics() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/bad");
    let mut texts = Vec::new();
    for entry in std::fs::read_dir(&folder).unwrap() {
        let entry = entry.unwrap();
        if !entry.path().is_file() {
            continue;
        }
        let name = entry.file_name().into_string().unwrap();
        let report = sdkgen(&folder, &["lint", &name, "--format", "json"]);
        let report: Value = serde_json::from_str(&report).unwrap();
        for finding in report["findings"].as_array().unwrap() {
            let labels = finding["labels"].as_array().into_iter().flatten();
            let own = ["message", "label", "note", "help"].map(|key| &finding[key]);
            let labels = labels.map(|label| &label["label"]);
            let found = own.into_iter().chain(labels).filter_map(Value::as_str);
            texts.extend(found.map(|text| (name.clone(), text.to_owned())));
        }
    }
    texts
}
