//! The folders that the references of a description may lead into.
//!
//! A description is often somebody else's text, and what it refers to comes into diagnostics, bundles and
//! new repositories. So its references are followed within the git repository around its folder, or within
//! the folder where there is no repository, and within the folders that the user names. Symbolic links are
//! resolved before a path is judged. Where the description itself is reached by a link, the folder of the
//! link counts as its folder, and so does the folder of the file behind it, without the repository there:
//! that file's references are then those of another project.

use std::fmt;
use std::path::{Path, PathBuf};

/// Folders without symbolic links on the way to them.
#[derive(Debug, Default)]
pub struct Reach {
    /// The description's own folders.
    own: Vec<PathBuf>,
    /// One of them is the top of a git repository.
    has_repository: bool,
    /// The folders that the user names.
    named: Vec<PathBuf>,
}

/// Why a file is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The reference is an absolute path.
    Absolute,
    /// The reference is a `file:` URL.
    FileUrl,
    /// The file lies outside the allowed folders.
    Outside {
        /// The file, without symbolic links on the way to it.
        real: PathBuf,
        /// The description is in a git repository, and the file is not.
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

impl Reach {
    /// The reach of a description on the disk.
    pub fn of<'p>(entry: &Path, named: impl Iterator<Item = &'p Path>) -> Self {
        let folder = std::fs::canonicalize(folder(entry)).ok();
        let behind = std::fs::canonicalize(entry).ok();
        let behind = behind.and_then(|file| Some(file.parent()?.to_owned()));
        let repository = folder.as_deref().and_then(repository);
        let own = [repository.clone().or(folder), behind];
        Reach {
            own: own.into_iter().flatten().collect(),
            has_repository: repository.is_some(),
            ..Reach::named(named)
        }
    }

    /// The reach of a description that is not on the disk.
    pub fn named<'p>(named: impl Iterator<Item = &'p Path>) -> Self {
        Reach {
            named: named
                .filter_map(|path| std::fs::canonicalize(path).ok())
                .collect(),
            ..Reach::default()
        }
    }

    /// Judges a file by its path without symbolic links.
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

    /// Whether a path that starts at the top of the disk leads into a folder that the user names.
    pub fn is_named(&self, path: &Path) -> bool {
        let path = std::fs::canonicalize(path).unwrap_or_else(|_| super::normalise(path));
        self.named.iter().any(|folder| path.starts_with(folder))
    }
}

/// What follows `file:` in a URL with this scheme, without the host.
pub fn file_url(reference: &str) -> Option<&str> {
    let (scheme, rest) = reference.split_once(':')?;
    let rest = Some(rest).filter(|_| scheme.eq_ignore_ascii_case("file"))?;
    match rest.strip_prefix("//") {
        // The host: empty, or this machine's name.
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

/// The top of the git repository around a folder. `.git` is a file in a worktree and in a submodule.
fn repository(folder: &Path) -> Option<PathBuf> {
    let mut folders = folder.ancestors();
    let found = folders.find(|folder| folder.join(".git").exists());
    found.map(Path::to_owned)
}

#[cfg(test)]
mod tests;
