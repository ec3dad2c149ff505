//! Command-line cases, one folder each in `cases/`: the files of `in/`, the `commands`, and in `expected.snap` their
//! output and the resulting files.

use super::sandbox::Sandbox;
use std::collections::BTreeSet;
use std::path::Path;

#[test]
fn command_cases_match_their_snapshots() {
    insta::glob!("cases/*/commands", |commands| {
        let folder = commands.parent().unwrap();
        let sandbox = Sandbox::new(&[]);
        copy(&folder.join("in"), &sandbox.path(""));
        let lines = std::fs::read_to_string(commands).unwrap();
        let told = sandbox.transcript(&lines.lines().collect::<Vec<_>>());
        let mut settings = insta::Settings::new();
        settings.set_snapshot_path(folder);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.remove_snapshot_suffix();
        settings.bind(|| insta::assert_snapshot!("expected", told + &there(&sandbox)));
    });
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => {
                std::fs::create_dir_all(&to).unwrap();
                copy(&entry.path(), &to);
            }
            false => drop(std::fs::copy(entry.path(), to).unwrap()),
        }
    }
}

/// Lists the files of the folder. Files that all crates have are summarized.
fn there(sandbox: &Sandbox) -> String {
    let mut lines = BTreeSet::new();
    for path in sandbox.tree("").into_keys() {
        lines.insert(match path.split_once("/src/") {
            Some((before, file)) if is_alike(file) => format!("{before}/src/…"),
            _ => path,
        });
    }
    lines.into_iter().map(|path| path + "\n").collect()
}

fn is_alike(file: &str) -> bool {
    let is_own = ["resources/", "types/"]
        .iter()
        .any(|folder| file.starts_with(folder));
    file.ends_with(".rs") && !is_own
}
