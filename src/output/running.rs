//! Other runs: those that write at the same time, and what those left that were killed.
//!
//! A run locks the folder that it writes to and its temporary folder. A lock ends with its process,
//! however that ends, so a temporary folder without one is what a killed run left. Where folders
//! cannot be locked, runs do not wait for each other, and nothing is cleared away.

use super::OutputError;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How the temporary folders are called that a run makes and removes.
pub const TEMPORARY: &str = ".sdkgen-tmp-";
/// How those are called that hold the only copy of something.
pub const KEPT: &str = ".sdkgen-kept-";

/// How long another run is waited for.
const PATIENCE: Duration = Duration::from_secs(60);

/// Locks a folder that is there, after the run that writes to it.
pub fn lock(folder: &Path) -> Result<Option<File>, OutputError> {
    let begin = Instant::now();
    loop {
        let Ok(file) = File::open(folder) else {
            return Ok(None);
        };
        match file.try_lock() {
            Ok(()) if is_at(&file, folder) => return Ok(Some(file)),
            // The run that had it has put another folder in its place.
            Ok(()) => {}
            Err(TryLockError::WouldBlock) if begin.elapsed() < PATIENCE => {
                std::thread::sleep(Duration::from_millis(20));
            }
            Err(TryLockError::WouldBlock) => return Err(OutputError::Busy(folder.to_owned())),
            Err(TryLockError::Error(_)) => return Ok(None),
        }
    }
}

/// Whether an open folder is still the one at a path.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let place = |of: std::fs::Metadata| (of.dev(), of.ino());
    let there = std::fs::metadata(path).map(place).ok();
    file.metadata().map(place).ok() == there
}

/// No folder takes the place of another here.
#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

/// Marks a temporary folder as one of a run that is at work.
pub fn mark(folder: &Path) -> Option<File> {
    let file = File::open(folder).ok()?;
    file.try_lock().ok().map(|()| file)
}

/// Removes the temporary folders that killed runs left in a folder. One that cannot be removed does no
/// harm.
pub fn clear(folder: &Path) {
    for path in temporary(folder) {
        if mark(&path).is_some() {
            let _ = std::fs::remove_dir_all(path);
        }
    }
}

/// Whether a killed run has left a temporary folder in a folder.
pub fn is_left(folder: &Path) -> bool {
    temporary(folder).any(|path| mark(&path).is_some())
}

/// The temporary folders in a folder.
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
    fn only_what_nobody_works_in_is_cleared_away() {
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
