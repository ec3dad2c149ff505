//! Commits staged folders by renames, each of which can be reverted.

use super::swap::{Exchanged, Prepared, exchange, prepare};
use super::{OutputError, Staged, Written, running};
use std::fs;
use std::path::{Path, PathBuf};

/// Puts all staged folders in place, or none of them.
///
/// A run that is killed between two folders leaves the first one new and the second one old. The new folders are
/// prepared before the first rename, to keep that moment short. The temporary folders that remain show that it
/// happened: see [`super::is_interrupted`].
pub fn commit(staged: Vec<Staged>) -> Result<Vec<Written>, OutputError> {
    commit_watched(staged, |_| ())
}

/// Like [`commit`]. Calls `before` with the index of each folder before it changes.
pub(super) fn commit_watched(
    mut staged: Vec<Staged>,
    before: impl Fn(usize),
) -> Result<Vec<Written>, OutputError> {
    let mut journal = Journal::default();
    let prepared: Vec<Option<Prepared>> = staged.iter_mut().map(prepare).collect();
    let folders = staged.iter_mut().zip(prepared).enumerate();
    let result = folders
        .into_iter()
        .try_for_each(|(index, (folder, prepared))| {
            before(index);
            apply(folder, prepared, &mut journal)
        });
    if let Err(fault) = result {
        if journal.undo() {
            return Err(fault);
        }
        // The backups may be the only copies of some files, so they must outlive the run.
        let kept = staged
            .into_iter()
            .flat_map(|folder| [folder.temporary, folder.beside])
            .flatten()
            .filter(|folder| folder.path().exists())
            .map(|folder| preserve(folder.keep()))
            .collect();
        return Err(OutputError::HalfDone {
            fault: Box::new(fault),
            kept,
        });
    }
    Ok(staged.into_iter().map(|folder| folder.written).collect())
}

/// Renames a temporary folder so that no other run removes it.
fn preserve(folder: PathBuf) -> PathBuf {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let other = folder.with_file_name(name.replace(running::TEMPORARY, running::KEPT));
    match fs::rename(&folder, &other) {
        Ok(()) => other,
        Err(_) => folder,
    }
}

/// The completed steps, in order.
#[derive(Default)]
struct Journal(Vec<CommitStep>);

enum CommitStep {
    /// A folder that did not exist was renamed into place.
    Put {
        root: PathBuf,
        from: PathBuf,
    },
    /// A folder was exchanged with its new version.
    Exchanged(Exchanged),
    FolderMade(PathBuf),
    FolderRemoved(PathBuf),
    FileMade(PathBuf),
    /// A file was replaced or removed. The backup is the old file.
    FileReplaced {
        path: PathBuf,
        backup: PathBuf,
    },
}

impl Journal {
    /// Reverts all steps. Returns false if one of them failed.
    fn undo(self) -> bool {
        let mut complete = true;
        for step in self.0.into_iter().rev() {
            let result = match step {
                CommitStep::Put { root, from } => fs::rename(root, from),
                CommitStep::Exchanged(folders) => folders.undo(),
                CommitStep::FolderMade(path) => fs::remove_dir(path),
                CommitStep::FolderRemoved(path) => fs::create_dir(path),
                CommitStep::FileMade(path) => fs::remove_file(path),
                CommitStep::FileReplaced { path, backup } => fs::rename(backup, path),
            };
            complete &= result.is_ok();
        }
        complete
    }
}

fn apply(
    folder: &mut Staged,
    prepared: Option<Prepared>,
    journal: &mut Journal,
) -> Result<(), OutputError> {
    if folder.writes.is_empty() && folder.removals.is_empty() {
        return Ok(());
    }
    if fs::symlink_metadata(&folder.root).is_err() {
        return put(folder, journal);
    }
    if let Some(exchanged) = prepared.and_then(|prepared| exchange(folder, prepared)) {
        journal.0.push(CommitStep::Exchanged(exchanged));
        return Ok(());
    }
    let backups = folder.temporary()?.join("old");
    fs::create_dir(&backups).map_err(OutputError::io("create", &backups))?;
    let mut count = 0;
    let mut backup = || {
        count += 1;
        backups.join(count.to_string())
    };
    for path in &folder.removals {
        let path = folder.root.join(path);
        let backup = backup();
        fs::rename(&path, &backup).map_err(OutputError::io("remove", &path))?;
        journal.0.push(CommitStep::FileReplaced {
            path: path.clone(),
            backup,
        });
        remove_empty_folders(&path, &folder.root, journal);
    }
    for write in &folder.writes {
        let path = folder.root.join(&write.path);
        make_folders(&path, journal)?;
        replace(&write.staged, &path, backup(), journal)?;
    }
    Ok(())
}

/// Renames a new folder into place.
fn put(folder: &mut Staged, journal: &mut Journal) -> Result<(), OutputError> {
    let whole = folder.temporary()?.join("whole");
    for write in &folder.writes {
        let path = whole.join(&write.path);
        let above = path.parent().unwrap_or(&whole);
        fs::create_dir_all(above).map_err(OutputError::io("create", above))?;
        fs::rename(&write.staged, &path).map_err(OutputError::io("write", &path))?;
    }
    make_folders(&folder.root, journal)?;
    fs::rename(&whole, &folder.root).map_err(OutputError::io("write", &folder.root))?;
    journal.0.push(CommitStep::Put {
        root: folder.root.clone(),
        from: whole,
    });
    Ok(())
}

/// Renames a new file into place, and backs up the old one.
fn replace(
    staged: &Path,
    path: &Path,
    backup: PathBuf,
    journal: &mut Journal,
) -> Result<(), OutputError> {
    let exists = fs::symlink_metadata(path).is_ok();
    if exists {
        // With a hard link, the old file stays in place until the rename. Not every file system supports them.
        let linked = fs::hard_link(path, &backup).or_else(|_| fs::copy(path, &backup).map(|_| ()));
        linked.map_err(OutputError::io("back up", path))?;
    }
    fs::rename(staged, path).map_err(OutputError::io("write", path))?;
    journal.0.push(match exists {
        true => CommitStep::FileReplaced {
            path: path.to_owned(),
            backup,
        },
        false => CommitStep::FileMade(path.to_owned()),
    });
    Ok(())
}

/// Creates the missing folders above a path.
fn make_folders(path: &Path, journal: &mut Journal) -> Result<(), OutputError> {
    let missing: Vec<&Path> = path
        .ancestors()
        .skip(1)
        .take_while(|folder| !folder.as_os_str().is_empty() && !folder.is_dir())
        .collect();
    for folder in missing.into_iter().rev() {
        fs::create_dir(folder).map_err(OutputError::io("create", folder))?;
        journal.0.push(CommitStep::FolderMade(folder.to_owned()));
    }
    Ok(())
}

/// Removes the empty folders above a path, up to the root. Stops at the first one that cannot be removed.
fn remove_empty_folders(path: &Path, root: &Path, journal: &mut Journal) {
    for folder in path
        .ancestors()
        .skip(1)
        .take_while(|folder| *folder != root)
    {
        if fs::remove_dir(folder).is_err() {
            return;
        }
        journal.0.push(CommitStep::FolderRemoved(folder.to_owned()));
    }
}
