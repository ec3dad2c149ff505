//! Coordinates runs that write to the same folder, and cleans up after killed ones.
//!
//! A run locks its output folder and its temporary folder. The system releases a lock when the process ends, so an
//! unlocked temporary folder belongs to a killed run. Where folders cannot be locked, runs do not wait for each
//! other, and nothing is cleaned up.

use super::OutputError;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The prefix of temporary folders.
pub const TEMPORARY: &str = ".sdkgen-tmp-";
/// The prefix of folders that contain the only copy of a file.
pub const KEPT: &str = ".sdkgen-kept-";

/// The time to wait for another run.
const PATIENCE: Duration = Duration::from_secs(60);

/// Locks an existing folder, and waits for a run that holds the lock.
pub fn lock(folder: &Path) -> Result<Option<File>, OutputError> {
    let begin = Instant::now();
    loop {
        let Ok(file) = File::open(folder) else {
            return Ok(None);
        };
        match file.try_lock() {
            Ok(()) if is_at(&file, folder) => return Ok(Some(file)),
            // The run that held the lock has exchanged the folder.
            Ok(()) => {}
            Err(TryLockError::WouldBlock) if begin.elapsed() < PATIENCE => {
                std::thread::sleep(Duration::from_millis(20));
            }
            Err(TryLockError::WouldBlock) => return Err(OutputError::Busy(folder.to_owned())),
            Err(TryLockError::Error(_)) => return Ok(None),
        }
    }
}

/// Returns whether an open folder is still the one at a path.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let place = |of: std::fs::Metadata| (of.dev(), of.ino());
    let there = std::fs::metadata(path).map(place).ok();
    file.metadata().map(place).ok() == there
}

/// Folders are never exchanged on these systems.
#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

/// Locks a temporary folder, so that other runs do not remove it.
pub fn mark(folder: &Path) -> Option<File> {
    let file = File::open(folder).ok()?;
    file.try_lock().ok().map(|()| file)
}

/// Removes the temporary folders of killed runs. Ignores folders that cannot be removed.
pub fn clear(folder: &Path) {
    for path in temporary(folder) {
        if mark(&path).is_some() {
            let _ = std::fs::remove_dir_all(path);
        }
    }
}

/// Returns whether a killed run left a temporary folder.
pub fn is_left(folder: &Path) -> bool {
    temporary(folder).any(|path| mark(&path).is_some())
}

/// Returns the temporary folders in a folder.
fn temporary(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let temporary = entries.filter(|entry| {
        let is_temporary = entry.file_name().to_string_lossy().starts_with(TEMPORARY);
        is_temporary && entry.file_type().is_ok_and(|kind| kind.is_dir())
    });
    temporary.map(|entry| entry.path())
}

#[cfg(all(test, unix))]
mod tests {
    use super::{KEPT, TEMPORARY, clear, is_left, mark};
    use std::fs;

    #[test]
    fn only_unlocked_temporary_folders_are_removed() {
        let folder = tempfile::tempdir().unwrap();
        let path = |start, end| folder.path().join(format!("{start}{end}"));
        let (dead, alive, kept) = (path(TEMPORARY, "a"), path(TEMPORARY, "b"), path(KEPT, "c"));
        for made in [&dead, &alive, &kept] {
            fs::create_dir(made).unwrap();
            fs::write(made.join("0"), "text").unwrap();
        }
        let lock = mark(&alive).unwrap();
        assert!(is_left(folder.path()));
        clear(folder.path());
        assert!(!is_left(folder.path()));
        assert_eq!(
            [&dead, &alive, &kept].map(|path| path.exists()),
            [false, true, true]
        );
        drop(lock);
        clear(folder.path());
        assert!(!alive.exists());
    }
}
