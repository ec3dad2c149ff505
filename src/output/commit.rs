//! The second half of writing: renames, each of which can be taken back.

use super::swap::{Exchanged, Prepared, exchange, prepare};
use super::{OutputError, Staged, Written, running};
use std::fs;
use std::path::{Path, PathBuf};

/// Puts all staged folders in place, or none of them.
///
/// A run that is killed between two folders leaves the first one new and the second one old. That moment is
/// as short as can be, as the new folders are made before the first takes its place; and the temporary
/// folders that the run leaves show what has happened: see [`super::is_interrupted`].
pub fn commit(staged: Vec<Staged>) -> Result<Vec<Written>, OutputError> {
    commit_watched(staged, |_| ())
}

/// As [`commit`]; `before` is called with the index of each folder before it changes.
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
        // The backups are all that is left of some files, so they must outlive the run.
        let kept = staged
            .into_iter()
            .flat_map(|folder| [folder.temporary, folder.beside])
            .flatten()
            .filter(|folder| folder.path().exists())
            .map(|folder| kept(folder.keep()))
            .collect();
        return Err(OutputError::HalfDone {
            fault: Box::new(fault),
            kept,
        });
    }
    Ok(staged.into_iter().map(|folder| folder.written).collect())
}

/// Gives a folder a name under which no other run removes it.
fn kept(folder: PathBuf) -> PathBuf {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let other = folder.with_file_name(name.replace(running::TEMPORARY, running::KEPT));
    match fs::rename(&folder, &other) {
        Ok(()) => other,
        Err(_) => folder,
    }
}

/// What has been done, in order.
#[derive(Default)]
struct Journal(Vec<Step>);

enum Step {
    /// A folder that was not there was put in place as a whole.
    Put {
        root: PathBuf,
        from: PathBuf,
    },
    /// A folder was put in the place of the old one as a whole.
    Exchanged(Exchanged),
    FolderMade(PathBuf),
    FolderRemoved(PathBuf),
    FileMade(PathBuf),
    /// The old file is kept as a backup; for a removed one that is all there is of it.
    FileReplaced {
        path: PathBuf,
        backup: PathBuf,
    },
}

impl Journal {
    /// Takes everything back; false when something could not be.
    fn undo(self) -> bool {
        let mut complete = true;
        for step in self.0.into_iter().rev() {
            let result = match step {
                Step::Put { root, from } => fs::rename(root, from),
                Step::Exchanged(folders) => folders.undo(),
                Step::FolderMade(path) => fs::remove_dir(path),
                Step::FolderRemoved(path) => fs::create_dir(path),
                Step::FileMade(path) => fs::remove_file(path),
                Step::FileReplaced { path, backup } => fs::rename(backup, path),
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
        journal.0.push(Step::Exchanged(exchanged));
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
        journal.0.push(Step::FileReplaced {
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

/// Puts a folder that is not there yet in place as a whole, by one rename.
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
    journal.0.push(Step::Put {
        root: folder.root.clone(),
        from: whole,
    });
    Ok(())
}

/// Renames a new file into place, keeping the old one.
fn replace(
    staged: &Path,
    path: &Path,
    backup: PathBuf,
    journal: &mut Journal,
) -> Result<(), OutputError> {
    let exists = fs::symlink_metadata(path).is_ok();
    if exists {
        // A hard link leaves the old file in its place until the rename, so that there is no moment
        // without it; not every file system has them.
        let linked = fs::hard_link(path, &backup).or_else(|_| fs::copy(path, &backup).map(|_| ()));
        linked.map_err(OutputError::io("back up", path))?;
    }
    fs::rename(staged, path).map_err(OutputError::io("write", path))?;
    journal.0.push(match exists {
        true => Step::FileReplaced {
            path: path.to_owned(),
            backup,
        },
        false => Step::FileMade(path.to_owned()),
    });
    Ok(())
}

/// Makes the folders above a path that are not there yet.
fn make_folders(path: &Path, journal: &mut Journal) -> Result<(), OutputError> {
    let missing: Vec<&Path> = path
        .ancestors()
        .skip(1)
        .take_while(|folder| !folder.as_os_str().is_empty() && !folder.is_dir())
        .collect();
    for folder in missing.into_iter().rev() {
        fs::create_dir(folder).map_err(OutputError::io("create", folder))?;
        journal.0.push(Step::FolderMade(folder.to_owned()));
    }
    Ok(())
}

/// Removes the folders above a path that it leaves empty, up to the root. One that cannot be removed
/// does no harm.
fn remove_empty_folders(path: &Path, root: &Path, journal: &mut Journal) {
    for folder in path
        .ancestors()
        .skip(1)
        .take_while(|folder| *folder != root)
    {
        if fs::remove_dir(folder).is_err() {
            return;
        }
        journal.0.push(Step::FolderRemoved(folder.to_owned()));
    }
}
