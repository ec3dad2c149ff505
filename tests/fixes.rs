//! Overlays that diagnostics suggest: once applied, the finding is gone.

use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

fn lint(document: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_sdkgen"))
        .arg("lint")
        .arg(document)
        .args(arguments)
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

fn findings(document: &Path, overlay: Option<&Path>) -> Vec<Value> {
    let overlay = overlay.map(|path| path.to_str().unwrap());
    let overlay = overlay.map(|path| ["--overlay", path]);
    let mut arguments = vec!["--format", "json"];
    arguments.extend(overlay.into_iter().flatten());
    let report: Value = serde_json::from_str(&lint(document, &arguments)).unwrap();
    report["findings"].as_array().unwrap().clone()
}

/// Returns what identifies a finding across runs.
fn identity(finding: &Value) -> (String, String) {
    let text = |member: &str| finding[member].as_str().unwrap_or_default().to_owned();
    (text("code"), text("message"))
}

fn count(findings: &[Value], of: &Value) -> usize {
    let same = findings
        .iter()
        .filter(|other| identity(other) == identity(of));
    same.count()
}

#[test]
fn each_printed_overlay_fixes_its_finding() {
    let folder = tempfile::tempdir().unwrap();
    let overlay = folder.path().join("fixes.yaml");
    let mut codes = BTreeSet::new();
    for entry in std::fs::read_dir("tests/fixtures/bad").unwrap() {
        let document = entry.unwrap().path();
        if !document.is_file() {
            continue;
        }
        let before = findings(&document, None);
        for finding in before
            .iter()
            .filter(|finding| finding["overlay"].is_array())
        {
            let text = serde_json::json!({
                "overlay": "1.1.0",
                "info": {"title": "Fixes", "version": "1"},
                "actions": finding["overlay"],
            });
            std::fs::write(&overlay, text.to_string()).unwrap();
            let after = findings(&document, Some(&overlay));
            let place = document.display();
            let overlays_fault = |finding: &&Value| identity(finding).0[1..].starts_with("07");
            assert_eq!(after.iter().find(overlays_fault), None, "{place}");
            let (then, now) = (count(&before, finding), count(&after, finding));
            assert_eq!(now + 1, then, "{place}: {finding}");
            codes.insert(identity(finding).0);
        }
        let all = lint(&document, &["--format", "overlay"]);
        if before.iter().any(|finding| finding["overlay"].is_array()) {
            std::fs::write(&overlay, &all).unwrap();
            let after = findings(&document, Some(&overlay));
            for finding in before
                .iter()
                .filter(|finding| finding["overlay"].is_array())
            {
                assert_eq!(count(&after, finding), 0, "{finding}\n{all}");
            }
        } else {
            assert_eq!(all, "# An overlay can fix none of the findings.\n");
        }
    }
    let wanted = [
        "N0110", "N0305", "N0345", "N0401", "N0467", "W0107", "W0108", "W0113", "W0120", "W0123",
        "W0134", "W0140", "W0141", "W0201", "W0205", "W0307", "W0402", "W0407", "W0462",
    ];
    assert_eq!(codes.iter().collect::<Vec<_>>(), wanted);
}

/// Checks all findings of published documents with one overlay for each document.
#[test]
fn overlays_fix_the_corpus() {
    let Some(corpus) = std::env::var_os("SDKGEN_CORPUS").filter(|path| !path.is_empty()) else {
        return eprintln!("skipped: SDKGEN_CORPUS is not set");
    };
    let folder = tempfile::tempdir().unwrap();
    let overlay = folder.path().join("fixes.yaml");
    let mut fixed_count = 0;
    for name in [
        "anthropic-api.json",
        "cloudflare-api.json",
        "readme-star-trek.yaml",
    ] {
        let document = Path::new(&corpus).join(name);
        let before = findings(&document, None);
        let is_fixed = |finding: &&Value| finding["overlay"].is_array();
        std::fs::write(&overlay, lint(&document, &["--format", "overlay"])).unwrap();
        let after = findings(&document, Some(&overlay));
        let overlays_fault = |finding: &&Value| identity(finding).0[1..].starts_with("07");
        assert_eq!(after.iter().find(overlays_fault), None, "{name}");
        for finding in before.iter().filter(is_fixed) {
            assert_eq!(count(&after, finding), 0, "{name}: {finding}");
            fixed_count += 1;
        }
    }
    assert!(fixed_count > 150, "{fixed_count}");
}
