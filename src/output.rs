//! Writes generated files to the disk, atomically. Only this module writes output folders.
//!
//! New texts go to a temporary folder on the same file system and are then renamed into place. A new folder is
//! renamed as a whole. A folder that contains only sdkgen's files is exchanged with its new version. In any other
//! folder, files are renamed one by one. Nothing changes before the first rename, and a failed rename reverts the
//! earlier ones.
//!
//! A manifest in each output folder lists sdkgen's files, so that stale ones can be removed and other files are
//! never touched. It lists new files before they are written, so that the run after a killed one recognizes them.

mod commit;
mod drift;
mod error;
mod manifest;
mod running;
mod stage;
mod swap;

pub use commit::commit;
pub use drift::{Changed, Drift, change, check};
pub use error::OutputError;
pub use stage::{Staged, is_interrupted, keep, stage, stage_user_files};

use crate::progress::Count;
use crate::render::Files;
use std::path::{Path, PathBuf};

/// The name of the manifest in each output folder.
pub const MANIFEST: &str = ".sdkgen-files";

/// The changes of a run to one output folder. The manifest is not counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// The folder.
    pub root: PathBuf,
    pub created: usize,
    pub updated: usize,
    pub unchanged: usize,
    pub removed: usize,
}

/// Stages and commits a single folder: `stage` and `commit`.
pub fn write(root: &Path, files: &Files) -> Result<Written, OutputError> {
    let written = commit(vec![stage(root, files, &Count::new())?])?;
    Ok(written.into_iter().next().unwrap_or_default())
}

/// Returns whether the manifest of a folder lists exactly these files.
pub fn is_listed(root: &Path, files: &Files) -> bool {
    let found = std::fs::read_to_string(root.join(MANIFEST));
    found.is_ok_and(|found| found == manifest::text(files.0.keys()))
}

/// Writes a file at a path that the user chose, atomically.
pub fn write_file(path: &Path, text: &str) -> Result<(), OutputError> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    std::fs::create_dir_all(folder).map_err(OutputError::io("create", folder))?;
    // Follows a symbolic link, so that the link itself stays.
    let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = target.parent().unwrap_or(folder);
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let temporary = tempfile::Builder::new()
        .prefix(running::TEMPORARY)
        .tempdir_in(folder)
        .map_err(OutputError::io("write to", folder))?;
    let new = temporary.path().join("new");
    std::fs::write(&new, text).map_err(OutputError::io("write", path))?;
    std::fs::rename(&new, &target).map_err(OutputError::io("write", path))
}

/// Returns whether a path cannot leave the folder that it is joined to.
fn is_inside(path: &str) -> bool {
    let parts = || path.split('/');
    !path.contains(['\\', ':', '\0', '\n', '\r'])
        && parts().all(|part| !part.is_empty() && part != "." && part != "..")
}

#[cfg(all(test, any(target_os = "linux", target_os = "macos")))]
mod killed;
#[cfg(test)]
mod tests;
