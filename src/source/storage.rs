//! Reads files from the disk, from memory, or from a git revision.

use super::git::{self, Revision};
use super::paths::{is_absolute, normalise};
use std::collections::HashMap;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

/// The limit of a file's size. Positions have 32 bits, and no description comes close.
const MAX_BYTES: u64 = 1 << 30;

pub enum Storage {
    Disk,
    Memory(HashMap<PathBuf, String>),
    /// A git revision, and the paths that are read from the disk anyway.
    Revision(Revision, Vec<PathBuf>),
}

impl Storage {
    pub fn memory(texts: &[(&str, &str)]) -> Self {
        let texts = texts
            .iter()
            .map(|(path, text)| (normalise(Path::new(path)), (*text).to_owned()));
        Storage::Memory(texts.collect())
    }

    /// Returns a path that identifies a file however its path is written, or `None` if it does not exist.
    pub fn identity(&self, path: &Path) -> Option<PathBuf> {
        if let Some(path) = self.on_disk(path) {
            return std::fs::canonicalize(path).ok();
        }
        let path = normalise(path);
        self.is_file(&path).then_some(path)
    }

    /// Returns the path with links resolved, or `None` for a file that is not on the disk.
    pub fn real(&self, path: &Path) -> Option<PathBuf> {
        std::fs::canonicalize(self.on_disk(path)?).ok()
    }

    /// Returns whether a path is a regular file. A reference to a pipe must not block.
    pub fn is_file(&self, path: &Path) -> bool {
        match self.locate(path) {
            ContentLocation::Disk(path) => path.is_file(),
            ContentLocation::Text(text) => text.is_some(),
            ContentLocation::Revision(revision, path) => revision.is_file(&path),
        }
    }

    pub fn read(&self, path: &Path) -> Result<Vec<u8>, String> {
        match self.locate(path) {
            ContentLocation::Disk(path) => read_bytes(&path),
            ContentLocation::Text(Some(text)) => Ok(text.as_bytes().to_vec()),
            ContentLocation::Text(None) => Err(NOT_FOUND.to_owned()),
            ContentLocation::Revision(revision, path) => revision.read(&path),
        }
    }

    fn on_disk(&self, path: &Path) -> Option<PathBuf> {
        match self.locate(path) {
            ContentLocation::Disk(path) => Some(path),
            ContentLocation::Text(_) | ContentLocation::Revision(..) => None,
        }
    }

    fn locate(&self, path: &Path) -> ContentLocation<'_> {
        let inside = normalise(path);
        match self {
            Storage::Disk => ContentLocation::Disk(path.to_owned()),
            Storage::Memory(texts) => ContentLocation::Text(texts.get(&inside)),
            Storage::Revision(_, beside) if is_beside(&inside, beside) => {
                ContentLocation::Disk(inside)
            }
            Storage::Revision(..) if is_absolute(&inside) => ContentLocation::Disk(inside),
            // A path in a revision starts at the root of the repository.
            Storage::Revision(..) if inside.starts_with("..") => {
                ContentLocation::Disk(git::top().join(inside))
            }
            Storage::Revision(revision, _) => ContentLocation::Revision(revision, inside),
        }
    }
}

/// The location of a file's content.
enum ContentLocation<'s> {
    Disk(PathBuf),
    /// `None` if there is no text with this path.
    Text(Option<&'s String>),
    Revision(&'s Revision, PathBuf),
}

fn is_beside(path: &Path, beside: &[PathBuf]) -> bool {
    beside
        .iter()
        .any(|known| path.starts_with(normalise(known)))
}

const NOT_FOUND: &str = "no such file";

fn fault(fault: std::io::Error) -> String {
    match fault.kind() {
        ErrorKind::NotFound => NOT_FOUND.to_owned(),
        ErrorKind::PermissionDenied => "permission denied".to_owned(),
        ErrorKind::IsADirectory => "it is a folder, not a file".to_owned(),
        _ => fault.to_string(),
    }
}

fn read_bytes(path: &Path) -> Result<Vec<u8>, String> {
    let file = File::open(path).map_err(fault)?;
    let size = file.metadata().map_or(0, |metadata| metadata.len());
    read_all(file, size)
}

/// Reads all bytes of a file or stream. `size` is a hint.
pub(super) fn read_all(from: impl Read, size: u64) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::with_capacity(size.min(MAX_BYTES) as usize);
    from.take(MAX_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(fault)?;
    match bytes.len() as u64 > MAX_BYTES {
        true => Err("it is larger than 1 GiB".to_owned()),
        false => Ok(bytes),
    }
}

/// Reads a text file that is not a description, such as `sdkgen.yaml`.
pub fn read_text(path: &Path) -> Result<String, String> {
    super::decode::decode(read_bytes(path)?).map_err(|what| format!("it {what}"))
}

/// Returns the names of a folder's entries, sorted.
pub fn entries(folder: &Path) -> Result<Vec<String>, String> {
    let fault = |fault: std::io::Error| match fault.kind() {
        ErrorKind::NotFound => "no such folder".to_owned(),
        ErrorKind::NotADirectory => "not a folder".to_owned(),
        _ => fault.to_string(),
    };
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(fault)? {
        let entry = entry.map_err(fault)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// Returns whether something exists at a path, including broken links.
pub fn exists(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// Returns whether there is a folder at a path.
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// Returns whether there is a file at a path.
pub fn is_file(path: &Path) -> bool {
    path.is_file()
}

/// Returns whether two paths lead to the same existing file.
pub fn same_file(one: &Path, other: &Path) -> bool {
    let real = |path| std::fs::canonicalize(path).ok();
    real(one).is_some() && real(one) == real(other)
}
