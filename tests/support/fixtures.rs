//! Snapshots of every fixture in a folder.

use std::any::Any;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};

/// Runs `check` on every file below a folder of `tests` whose relative name `is_wanted`.
///
/// All files are checked before the first failure is reported. `insta::glob!` does the same, but its state belongs to
/// the process: with several globs in one program, a changed snapshot fails the wrong test.
pub fn each(folder: &str, is_wanted: impl Fn(&str) -> bool, check: impl Fn(&Path)) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(folder);
    let mut files = Vec::new();
    walk(&root, &mut files);
    files.sort();
    let named = files.iter().map(|path| (name(&root, path), path));
    let wanted: Vec<(String, &PathBuf)> = named.filter(|(name, _)| is_wanted(name)).collect();
    assert!(!wanted.is_empty(), "no fixture of {folder} is wanted");
    let mut failure: Option<Box<dyn Any + Send>> = None;
    for (name, path) in wanted {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_suffix(name.replace('/', "__"));
        settings.set_input_file(path);
        let checked = catch_unwind(AssertUnwindSafe(|| settings.bind(|| check(path))));
        if let Err(panic) = checked {
            eprintln!("{folder}/{name} failed");
            failure.get_or_insert(panic);
        }
    }
    if let Some(panic) = failure {
        resume_unwind(panic);
    }
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of fixtures") {
        let path = entry.expect("an entry").path();
        match path.is_dir() {
            true => walk(&path, files),
            false => files.push(path),
        }
    }
}

/// Returns the path of a file relative to a folder, with slashes on every system.
fn name(folder: &Path, path: &Path) -> String {
    let name = path.strip_prefix(folder).expect("a file below the folder");
    name.to_string_lossy().replace('\\', "/")
}
