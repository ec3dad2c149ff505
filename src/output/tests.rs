//! Tests of staging, committing and comparing output folders.

use super::{MANIFEST, OutputError, check, commit, stage, write};
use crate::progress::Count;
use crate::render::Files;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

fn files(list: &[(&str, &str)]) -> Files {
    Files(
        list.iter()
            .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
            .collect(),
    )
}

/// Returns every file below a folder with its text, except for the manifest.
fn tree(root: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.is_symlink() {
                open.push(path);
                continue;
            }
            let name = path
                .strip_prefix(root)
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/");
            if name != MANIFEST {
                found.insert(name, fs::read_to_string(&path).unwrap_or_default());
            }
        }
    }
    found
}

fn texts(list: &[(&str, &str)]) -> BTreeMap<String, String> {
    files(list).0
}

fn modified(path: &Path) -> SystemTime {
    fs::metadata(path).unwrap().modified().unwrap()
}

/// Sets the modification time of a file to the past, so that a later write is noticed.
fn age(path: &Path) -> SystemTime {
    let time = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    fs::File::options()
        .write(true)
        .open(path)
        .unwrap()
        .set_modified(time)
        .unwrap();
    modified(path)
}

fn counts(root: &Path, list: &[(&str, &str)]) -> (usize, usize, usize, usize) {
    let written = write(root, &files(list)).unwrap();
    (
        written.created,
        written.updated,
        written.unchanged,
        written.removed,
    )
}

#[test]
fn only_changed_files_are_written() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("deep/out");
    assert_eq!(
        counts(
            &root,
            &[("a", "1\n"), ("src/b", "2\n"), ("src/old/c", "3\n")]
        ),
        (3, 0, 0, 0)
    );
    fs::write(root.join("mine.txt"), "mine").unwrap();
    fs::write(root.join("src/mine.rs"), "mine").unwrap();
    let time = age(&root.join("a"));
    let manifest = age(&root.join(MANIFEST));
    let same = [("a", "1\n"), ("src/b", "two\n"), ("src/old/c", "3\n")];
    assert_eq!(counts(&root, &same), (0, 1, 2, 0));
    assert_eq!(modified(&root.join("a")), time);
    assert_eq!(modified(&root.join(MANIFEST)), manifest);
    assert_eq!(
        counts(&root, &[("a", "1\n"), ("src/d", "4\n")]),
        (1, 0, 1, 2)
    );
    assert_eq!(
        tree(&root),
        texts(&[
            ("a", "1\n"),
            ("src/d", "4\n"),
            ("mine.txt", "mine"),
            ("src/mine.rs", "mine")
        ])
    );
    assert!(
        !root.join("src/old").exists(),
        "an emptied folder is removed"
    );
    assert_eq!(
        fs::read_to_string(root.join(MANIFEST)).unwrap(),
        "# Generated files. sdkgen replaces and removes these files, and no others.\na\nsrc/d\n"
    );
    assert_eq!(
        fs::read_dir(folder.path().join("deep")).unwrap().count(),
        1,
        "no temporary folder is left"
    );
}

#[test]
fn foreign_files_are_not_overwritten() {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("a"), "mine").unwrap();
    fs::write(root.path().join("same"), "same").unwrap();
    let fault = write(
        root.path(),
        &files(&[("a", "1"), ("b", "2"), ("same", "same")]),
    )
    .unwrap_err();
    assert!(
        matches!(&fault, OutputError::Foreign { paths, .. } if paths == &["a"]),
        "{fault}"
    );
    assert!(
        fault.to_string().contains("\n  a\nmove them away"),
        "{fault}"
    );
    assert_eq!(tree(root.path()), texts(&[("a", "mine"), ("same", "same")]));
    fs::remove_file(root.path().join("a")).unwrap();
    assert_eq!(
        counts(root.path(), &[("a", "1"), ("same", "same")]),
        (1, 0, 1, 0)
    );
    // A file that equals a generated one becomes sdkgen's, and may be removed later.
    assert_eq!(counts(root.path(), &[("a", "1")]), (0, 0, 1, 1));
}

#[test]
fn failed_commits_are_reverted() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (folder.path().join("one"), folder.path().join("two"));
    write(
        &one,
        &files(&[("a", "old"), ("gone/x", "old"), ("same", "s")]),
    )
    .unwrap();
    write(&two, &files(&[("b", "old")])).unwrap();
    let before = (tree(&one), tree(&two), age(&one.join("a")));
    let manifest = fs::read(one.join(MANIFEST)).unwrap();
    let first = stage(
        &one,
        &files(&[("a", "new"), ("new/y", "new"), ("same", "s")]),
        &Count::new(),
    )
    .unwrap();
    let second = files(&[("b", "new"), ("sub/c", "new")]);
    let second = stage(&two, &second, &Count::new()).unwrap();
    // Before the commit, a file appears where a folder is needed.
    fs::write(two.join("sub"), "in the way").unwrap();
    let fault = commit(vec![first, second]).unwrap_err();
    assert!(matches!(fault, OutputError::Io { .. }), "{fault}");
    fs::remove_file(two.join("sub")).unwrap();
    assert_eq!((tree(&one), tree(&two), modified(&one.join("a"))), before);
    assert_eq!(fs::read(one.join(MANIFEST)).unwrap(), manifest);
    assert!(!one.join("new").exists());
}

/// Returns the inode of a folder, which changes if the folder is exchanged.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn identity(path: &Path) -> u64 {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).unwrap().ino()
}

#[test]
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn only_folders_without_other_files_are_exchanged() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("root");
    let old = [("a", "1"), ("deep/er/b", "2"), ("gone/c", "3")];
    let new = [("a", "1"), ("deep/er/b", "two"), ("new/d", "4")];
    let change =
        |list: &[(&str, &str)]| {
            let (before, time) = (identity(&root), age(&root.join("a")));
            write(&root, &files(list)).unwrap();
            assert_eq!(tree(&root).get("a").map(String::as_str), Some("1"));
            assert_eq!(modified(&root.join("a")), time);
            let names = fs::read_dir(folder.path()).unwrap();
            let names = names.map(|entry| entry.unwrap().file_name());
            assert!(names.into_iter().all(
                |name| name != *".sdkgen" && !name.to_string_lossy().starts_with(".sdkgen-tmp")
            ));
            before != identity(&root)
        };
    write(&root, &files(&old)).unwrap();
    fs::set_permissions(root.join("deep"), fs::Permissions::from_mode(0o750)).unwrap();
    assert!(change(&new), "it is another folder now");
    let mode = fs::metadata(root.join("deep"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o750);
    assert_eq!(tree(&root), texts(&new));
    for mine in ["mine", "deep/mine"] {
        fs::write(root.join(mine), "mine").unwrap();
        assert!(!change(&old), "{mine} stays where it is");
        assert_eq!(fs::read_to_string(root.join(mine)).unwrap(), "mine");
        fs::remove_file(root.join(mine)).unwrap();
        assert!(change(&new));
    }
    fs::create_dir(root.join("empty")).unwrap();
    assert!(!change(&old) && root.join("empty").is_dir());
    fs::remove_dir(root.join("empty")).unwrap();
    symlink("a", root.join("link")).unwrap();
    assert!(!change(&new) && root.join("link").is_symlink());
    fs::remove_file(root.join("link")).unwrap();
    // A link to the folder stays a link.
    let link = folder.path().join("link");
    symlink(&root, &link).unwrap();
    write(&link, &files(&old)).unwrap();
    assert!(link.is_symlink());
    assert_eq!(tree(&root), texts(&old));
}

#[test]
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchanges_are_reverted() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (folder.path().join("one"), folder.path().join("two"));
    for root in [&one, &two] {
        write(root, &files(&[("a", "old"), ("b", "old")])).unwrap();
    }
    let before = identity(&one);
    let new = files(&[("a", "new"), ("sub/b", "new")]);
    let staged = [&one, &two].map(|root| stage(root, &new, &Count::new()).unwrap());
    // Before the commit, a file appears where a folder is needed.
    fs::write(two.join("sub"), "in the way").unwrap();
    commit(staged.into()).unwrap_err();
    assert_eq!(identity(&one), before);
    assert_eq!(tree(&one), texts(&[("a", "old"), ("b", "old")]));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}

#[test]
fn files_and_folders_may_swap() {
    let root = tempfile::tempdir().unwrap();
    counts(root.path(), &[("a", "1"), ("b/c", "2")]);
    assert_eq!(
        counts(root.path(), &[("a/x", "1"), ("b", "2")]),
        (2, 0, 0, 2)
    );
    assert_eq!(tree(root.path()), texts(&[("a/x", "1"), ("b", "2")]));
    fs::create_dir(root.path().join("d")).unwrap();
    let fault = write(root.path(), &files(&[("d", "1")])).unwrap_err();
    assert!(matches!(fault, OutputError::Blocked(_)), "{fault}");
}

#[test]
fn paths_stay_inside() {
    let root = tempfile::tempdir().unwrap();
    for path in [
        "../a", "/a", "a/../b", "", "a//b", "./a", "a\\b", "C:a", MANIFEST,
    ] {
        let fault = write(root.path(), &files(&[(path, "1")])).unwrap_err();
        assert!(matches!(fault, OutputError::BadPath(_)), "{path}: {fault}");
    }
    fs::write(root.path().join(MANIFEST), "# x\nok\n../victim\n").unwrap();
    let fault = write(root.path(), &files(&[("a", "1")])).unwrap_err();
    assert!(matches!(fault, OutputError::Manifest { .. }), "{fault}");
}

#[cfg(unix)]
#[test]
fn links_are_not_written_through() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    let (root, outside) = (folder.path().join("root"), folder.path().join("outside"));
    counts(&root, &[("a", "1"), ("sub/b", "2")]);
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("b"), "theirs").unwrap();
    fs::remove_dir_all(root.join("sub")).unwrap();
    symlink(&outside, root.join("sub")).unwrap();
    for list in [&[("a", "1"), ("sub/b", "3")][..], &[("a", "1")]] {
        let fault = write(&root, &files(list)).unwrap_err();
        assert!(matches!(fault, OutputError::Escape(_)), "{fault}");
    }
    fs::remove_file(root.join("sub")).unwrap();
    // A link in place of a file is replaced.
    fs::remove_file(root.join("a")).unwrap();
    symlink(outside.join("b"), root.join("a")).unwrap();
    assert_eq!(counts(&root, &[("a", "new")]), (0, 1, 0, 0));
    assert_eq!(fs::read_to_string(outside.join("b")).unwrap(), "theirs");
    assert_eq!(fs::read_to_string(root.join("a")).unwrap(), "new");
}

#[test]
fn check_reports_drift_without_writing() {
    let root = tempfile::tempdir().unwrap();
    let new = files(&[("a", "1\n"), ("b", "one\ntwo\n"), ("c", "3\n")]);
    counts(
        root.path(),
        &[("a", "1\n"), ("b", "one\nzwei\n"), ("old", "x\n")],
    );
    let before = tree(root.path());
    let drift = check(root.path(), &new, &Count::new()).unwrap();
    assert_eq!(
        (&drift.missing[..], &drift.extra[..]),
        (&["c".to_owned()][..], &["old".to_owned()][..])
    );
    let file = root.path().join("b");
    let file = file.display();
    assert_eq!(drift.changed[0].path, "b");
    assert_eq!(
        drift.changed[0].diff,
        format!("--- a/{file}\n+++ b/{file}\n@@ -1,2 +1,2 @@\n one\n-zwei\n+two\n")
    );
    assert_eq!(tree(root.path()), before);
    write(root.path(), &new).unwrap();
    assert!(check(root.path(), &new, &Count::new()).unwrap().is_empty());
    fs::write(root.path().join(MANIFEST), "a\nb\n").unwrap();
    let drift = check(root.path(), &new, &Count::new()).unwrap();
    assert_eq!(drift.changed[0].path, MANIFEST);
    let nowhere = check(&root.path().join("none"), &new, &Count::new()).unwrap();
    assert_eq!(nowhere.missing, ["a", "b", "c"]);
}
