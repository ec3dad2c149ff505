//! Tests a run that is killed between two of its folders. The test starts itself as a process that aborts there.

use super::commit::commit_watched;
use super::{check, is_interrupted, stage, write};
use crate::progress::Count;
use crate::render::Files;
use std::path::Path;
use std::process::{Command, Stdio};

/// The variable with the parent of the output folders, for the process that aborts.
const FOLDER: &str = "SDKGEN_TEST_FOLDER";
/// The variable with the index of the folder before which it aborts.
const BEFORE: &str = "SDKGEN_TEST_BEFORE";

const FOLDERS: [&str; 3] = ["crate", "book", "second"];

fn files(state: &str) -> Files {
    let mut files = Files::default();
    for path in ["a.md", "deep/b.md"] {
        files.insert(path, format!("{state} {path}"));
    }
    files
}

fn state(folder: &Path) -> String {
    let text = std::fs::read_to_string(folder.join("a.md")).unwrap();
    let (state, _) = text.split_once(' ').unwrap();
    assert!(
        check(folder, &files(state), &Count::new())
            .unwrap()
            .is_empty()
    );
    state.to_owned()
}

fn is_changed(folder: &Path) -> bool {
    !check(folder, &files("new"), &Count::new())
        .unwrap()
        .is_empty()
}

#[test]
fn interrupted_runs_are_completed() {
    if let (Ok(folder), Ok(before)) = (std::env::var(FOLDER), std::env::var(BEFORE)) {
        let before: usize = before.parse().unwrap();
        let staged = FOLDERS.map(|name| {
            stage(&Path::new(&folder).join(name), &files("new"), &Count::new()).unwrap()
        });
        let die = |index| {
            if index == before {
                std::process::abort();
            }
        };
        commit_watched(staged.into(), die).unwrap();
        return;
    }
    let name = concat!(module_path!(), "::interrupted_runs_are_completed");
    let (_, name) = name.split_once("::").unwrap();
    for (before, states) in [
        ("0", ["old", "old", "old"]),
        ("1", ["new", "old", "old"]),
        ("2", ["new", "new", "old"]),
        ("3", ["new", "new", "new"]),
    ] {
        let above = tempfile::tempdir().unwrap();
        let folders = FOLDERS.map(|name| above.path().join(name));
        for folder in &folders {
            write(folder, &files("old")).unwrap();
        }
        let died = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", name])
            .env(FOLDER, above.path())
            .env(BEFORE, before)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .unwrap();
        assert_eq!(died.success(), before == "3");
        assert_eq!(folders.each_ref().map(|folder| state(folder)), states);
        for folder in &folders {
            // An outdated folder must always be recognizable as interrupted.
            assert_eq!(is_interrupted(folder).unwrap(), before != "3");
            assert!(!is_changed(folder) || is_interrupted(folder).unwrap());
        }
        for folder in &folders {
            write(folder, &files("new")).unwrap();
        }
        for folder in &folders {
            assert!(!is_changed(folder) && !is_interrupted(folder).unwrap());
        }
        let left = std::fs::read_dir(above.path()).unwrap();
        assert_eq!(left.count(), FOLDERS.len());
    }
}
