//! Decides which folders the references of a description may lead into.
//!
//! Descriptions are often written by others, and text of the files they refer to ends up in diagnostics, bundles and
//! repositories. So references may lead only into the git repository around the description, or into its folder if
//! there is no repository, and into folders that the user names. Symbolic links are resolved before a path is
//! checked.
//!
//! If the description itself is a link, the folder of the link counts, and the folder of its target, but not the
//! repository there: references in the target may be meant for another project.

use std::fmt;
use std::path::{Path, PathBuf};

/// The allowed folders, with symbolic links resolved.
#[derive(Debug, Default)]
pub struct AllowedFolders {
    /// The folders of the description.
    own: Vec<PathBuf>,
    /// Whether one of them is the root of a git repository.
    has_repository: bool,
    /// The folders that the user names.
    named: Vec<PathBuf>,
}

/// The reason why a file is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The reference is an absolute path.
    Absolute,
    /// The reference is a `file:` URL.
    FileUrl,
    /// The file is outside of the allowed folders.
    Outside {
        /// The path of the file, with symbolic links resolved.
        real: PathBuf,
        /// Whether the description is in a git repository.
        of_repository: bool,
    },
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Refusal::Absolute => "it is an absolute path",
            Refusal::FileUrl => "it is a `file:` URL",
            Refusal::Outside {
                of_repository: true,
                ..
            } => "the file is outside the git repository of the description",
            Refusal::Outside { .. } => "the file is outside the folder of the description",
        })
    }
}

impl Refusal {
    /// Returns the file outside the allowed folders.
    pub fn real(&self) -> Option<&Path> {
        match self {
            Refusal::Outside { real, .. } => Some(real),
            Refusal::Absolute | Refusal::FileUrl => None,
        }
    }
}

impl AllowedFolders {
    /// Returns the allowed folders for a description on the disk.
    pub fn of<'p>(entry: &Path, named: impl Iterator<Item = &'p Path>) -> Self {
        let folder = std::fs::canonicalize(folder(entry)).ok();
        let behind = std::fs::canonicalize(entry).ok();
        let behind = behind.and_then(|file| Some(file.parent()?.to_owned()));
        let repository = folder.as_deref().and_then(repository);
        let own = [repository.clone().or(folder), behind];
        AllowedFolders {
            own: own.into_iter().flatten().collect(),
            has_repository: repository.is_some(),
            ..AllowedFolders::named(named)
        }
    }

    /// Returns the allowed folders for a description that is not on the disk.
    pub fn named<'p>(named: impl Iterator<Item = &'p Path>) -> Self {
        AllowedFolders {
            named: named
                .filter_map(|path| std::fs::canonicalize(path).ok())
                .collect(),
            ..AllowedFolders::default()
        }
    }

    /// Checks the resolved path of a file.
    pub fn judge(&self, real: &Path) -> Result<(), Refusal> {
        let mut folders = self.own.iter().chain(&self.named);
        match folders.any(|folder| real.starts_with(folder)) {
            true => Ok(()),
            false => Err(Refusal::Outside {
                real: real.to_owned(),
                of_repository: self.has_repository,
            }),
        }
    }

    /// Returns whether an absolute path leads into a folder that the user names.
    pub fn is_named(&self, path: &Path) -> bool {
        let path = std::fs::canonicalize(path).unwrap_or_else(|_| super::normalise(path));
        self.named.iter().any(|folder| path.starts_with(folder))
    }
}

/// Returns the path in a `file:` URL, without the host.
pub fn file_url(reference: &str) -> Option<&str> {
    let (scheme, rest) = reference.split_once(':')?;
    let rest = Some(rest).filter(|_| scheme.eq_ignore_ascii_case("file"))?;
    match rest.strip_prefix("//") {
        // The host is empty or the name of this machine.
        Some(address) => Some(address.find('/').map_or("", |start| &address[start..])),
        None => Some(rest),
    }
}

fn folder(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Returns the root of the git repository around a folder. `.git` is a file in worktrees and submodules.
fn repository(folder: &Path) -> Option<PathBuf> {
    let mut folders = folder.ancestors();
    let found = folders.find(|folder| folder.join(".git").exists());
    found.map(Path::to_owned)
}

#[cfg(test)]
mod tests;
