//! The only module that writes the disk (invariant 1).
//!
//! New texts are first written to a temporary folder on the same file system, then renamed into
//! place: a new folder as a whole, the files of one that is there one by one. Until the first rename
//! nothing has changed; when a rename fails, those before it are taken back. A manifest in each output
//! folder says which files are sdkgen's, so that stale ones can be removed and nobody else's is ever
//! touched. It names new files before they are there, so that the run after one that was killed knows
//! them.

mod alive;
mod commit;
mod drift;
mod error;
mod manifest;
mod stage;

pub use commit::commit;
pub use drift::{Changed, Drift, check};
pub use error::OutputError;
pub use stage::{Staged, stage, stage_given};

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
    let written = commit(vec![stage(root, files)?])?;
    Ok(written.into_iter().next().unwrap_or_default())
}

/// True for a path that surely stays within the folder it is joined to.
fn is_inside(path: &str) -> bool {
    let parts = || path.split('/');
    !path.contains(['\\', ':', '\0', '\n', '\r'])
        && parts().all(|part| !part.is_empty() && part != "." && part != "..")
}

#[cfg(test)]
mod tests;
