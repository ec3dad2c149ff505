//! The only module that writes the disk (invariant 1).
//!
//! New texts are first written to a temporary folder on the same file system, then renamed into
//! place: a new folder as a whole, one that holds nothing of anybody else's in exchange for the old one,
//! and else its files one by one. Until the first rename nothing has changed; when a rename fails, those
//! before it are taken back. A manifest in each output
//! folder says which files are sdkgen's, so that stale ones can be removed and nobody else's is ever
//! touched. It names new files before they are there, so that the run after one that was killed knows
//! them.

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
pub use stage::{Staged, is_interrupted, keep, stage, stage_given};

use crate::progress::Count;
use crate::render::Files;
use std::path::{Path, PathBuf};

/// The file in each output folder that lists the files that sdkgen made.
pub const MANIFEST: &str = ".sdkgen-files";

/// What a run did to one output folder. The manifest is not counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    pub root: PathBuf,
    pub created: usize,
    pub updated: usize,
    pub unchanged: usize,
    pub removed: usize,
}

/// Makes a folder hold these files: [`stage`] and [`commit`] for a single one.
pub fn write(root: &Path, files: &Files) -> Result<Written, OutputError> {
    let written = commit(vec![stage(root, files, &Count::new())?])?;
    Ok(written.into_iter().next().unwrap_or_default())
}

/// Whether the manifest in a folder lists just these files.
pub fn is_listed(root: &Path, files: &Files) -> bool {
    let found = std::fs::read_to_string(root.join(MANIFEST));
    found.is_ok_and(|found| found == manifest::text(files.0.keys()))
}

/// Writes one file of the user's choice, as a whole or not at all.
pub fn write_file(path: &Path, text: &str) -> Result<(), OutputError> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    std::fs::create_dir_all(folder).map_err(OutputError::io("create", folder))?;
    // A link stays one: what it leads to is written.
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

/// True for a path that surely stays within the folder it is joined to.
fn is_inside(path: &str) -> bool {
    let parts = || path.split('/');
    !path.contains(['\\', ':', '\0', '\n', '\r'])
        && parts().all(|part| !part.is_empty() && part != "." && part != "..")
}

#[cfg(all(test, any(target_os = "linux", target_os = "macos")))]
mod killed;
#[cfg(test)]
mod tests;
