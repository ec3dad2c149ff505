//! Descriptions of published documents.

use super::*;
use std::path::Path;

/// Runs rustdoc on every sixteenth description of the corpus.
#[test]
fn rustdoc_warns_about_nothing_in_the_corpus() {
    let Some(corpus) = std::env::var_os("SDKGEN_CORPUS") else {
        eprintln!("skipped: SDKGEN_CORPUS is not set");
        return;
    };
    let mut texts = Vec::new();
    collect_files(corpus.as_ref(), &mut texts);
    let mut code = String::from("//! Descriptions.\n");
    let sample: Vec<_> = texts.iter().step_by(16).enumerate().collect();
    for (at, text) in &sample {
        let mut lines = doc_lines(text);
        lines.extend([String::new(), first_sentence(text)]);
        let docs: String = lines.iter().map(|line| format!("/// {line}\n")).collect();
        code.push_str(&format!("{docs}pub struct S{at};\n"));
    }
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("docs.rs");
    std::fs::write(&file, code).expect("written");
    let output = std::process::Command::new("rustdoc")
        .args([
            "--edition",
            "2024",
            "--crate-type",
            "lib",
            "-D",
            "warnings",
            "-o",
        ])
        .arg(folder.path().join("html"))
        .arg(&file)
        .output()
        .expect("rustdoc runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    eprintln!("{} of {} descriptions", sample.len(), texts.len());
}

fn collect_files(path: &Path, texts: &mut Vec<String>) {
    if let Ok(folder) = std::fs::read_dir(path) {
        let mut paths: Vec<_> = folder.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        paths.iter().for_each(|path| collect_files(path, texts));
        return;
    }
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let value: Option<serde_json::Value> = match path.extension().and_then(|name| name.to_str()) {
        Some("json") => serde_json::from_str(&text).ok(),
        Some("yaml" | "yml") => serde_yaml::from_str(&text).ok(),
        _ => None,
    };
    collect(&value.unwrap_or_default(), texts);
}

fn collect(value: &serde_json::Value, texts: &mut Vec<String>) {
    match value {
        serde_json::Value::Array(items) => items.iter().for_each(|item| collect(item, texts)),
        serde_json::Value::Object(members) => {
            members
                .iter()
                .for_each(|(key, value)| match value.as_str() {
                    Some(text) if key == "description" => texts.push(text.to_owned()),
                    _ => collect(value, texts),
                })
        }
        _ => {}
    }
}
