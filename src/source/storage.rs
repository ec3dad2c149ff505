//! Where file contents come from: the disk, or texts in memory.

use super::git::{self, Revision};
use super::paths::{is_absolute, normalise};
use std::collections::HashMap;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

/// Larger files are refused: positions are kept in 32 bits, and no description comes near.
const MAX_BYTES: u64 = 1 << 30;

pub enum Shelf {
    Disk,
    Memory(HashMap<PathBuf, String>),
    /// A revision in git, and what is on the disk all the same.
    Revision(Revision, Vec<PathBuf>),
}

impl Shelf {
    pub fn memory(texts: &[(&str, &str)]) -> Self {
        let texts = texts
            .iter()
            .map(|(path, text)| (normalise(Path::new(path)), (*text).to_owned()));
        Shelf::Memory(texts.collect())
    }

    /// A name under which the same file is known however it is spelled; `None` when it is not there.
    pub fn identity(&self, path: &Path) -> Option<PathBuf> {
        if let Some(path) = self.on_disk(path) {
            return std::fs::canonicalize(path).ok();
        }
        let path = normalise(path);
        self.is_file(&path).then_some(path)
    }

    /// The path on the disk without links on the way to it; `None` for a file that is not on the disk.
    pub fn real(&self, path: &Path) -> Option<PathBuf> {
        std::fs::canonicalize(self.on_disk(path)?).ok()
    }

    /// True for a regular file: a reference must not make the run wait at a pipe.
    pub fn is_file(&self, path: &Path) -> bool {
        match self.place(path) {
            Place::Disk(path) => path.is_file(),
            Place::Text(text) => text.is_some(),
            Place::Revision(revision, path) => revision.is_file(&path),
        }
    }

    pub fn read(&self, path: &Path) -> Result<Vec<u8>, String> {
        match self.place(path) {
            Place::Disk(path) => read_bytes(&path),
            Place::Text(Some(text)) => Ok(text.as_bytes().to_vec()),
            Place::Text(None) => Err(NOT_FOUND.to_owned()),
            Place::Revision(revision, path) => revision.read(&path),
        }
    }

    fn on_disk(&self, path: &Path) -> Option<PathBuf> {
        match self.place(path) {
            Place::Disk(path) => Some(path),
            Place::Text(_) | Place::Revision(..) => None,
        }
    }

    fn place(&self, path: &Path) -> Place<'_> {
        let inside = normalise(path);
        match self {
            Shelf::Disk => Place::Disk(path.to_owned()),
            Shelf::Memory(texts) => Place::Text(texts.get(&inside)),
            Shelf::Revision(_, beside) if is_beside(&inside, beside) => Place::Disk(inside),
            Shelf::Revision(..) if is_absolute(&inside) => Place::Disk(inside),
            // A path in a revision starts at the top of the repository.
            Shelf::Revision(..) if inside.starts_with("..") => Place::Disk(git::top().join(inside)),
            Shelf::Revision(revision, _) => Place::Revision(revision, inside),
        }
    }
}

/// Where a file is.
enum Place<'s> {
    Disk(PathBuf),
    /// `None` where no text has this path.
    Text(Option<&'s String>),
    Revision(&'s Revision, PathBuf),
}

fn is_beside(path: &Path, beside: &[PathBuf]) -> bool {
    beside
        .iter()
        .any(|known| path.starts_with(normalise(known)))
}

const NOT_FOUND: &str = "there is no such file";

fn fault(fault: std::io::Error) -> String {
    match fault.kind() {
        ErrorKind::NotFound => NOT_FOUND.to_owned(),
        ErrorKind::PermissionDenied => "permission denied".to_owned(),
        ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => fault.to_string(),
    }
}

fn read_bytes(path: &Path) -> Result<Vec<u8>, String> {
    let file = File::open(path).map_err(fault)?;
    let size = file.metadata().map_or(0, |metadata| metadata.len());
    read_all(file, size)
}

/// All bytes of a file or a stream of about this size.
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

/// The text of a file that is no description, such as `sdkgen.yaml`; else why there is none.
pub fn read_text(path: &Path) -> Result<String, String> {
    super::decode::decode(read_bytes(path)?).map_err(|what| format!("it {what}"))
}

/// The names of what is in a folder, in order.
pub fn entries(folder: &Path) -> Result<Vec<String>, String> {
    let fault = |fault: std::io::Error| match fault.kind() {
        ErrorKind::NotFound => "there is no such folder".to_owned(),
        ErrorKind::NotADirectory => "it is no folder".to_owned(),
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

/// True when there is anything at this path, a link to nowhere too.
pub fn exists(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// True when there is a file to read at this path.
pub fn is_file(path: &Path) -> bool {
    path.is_file()
}

/// True when two paths lead to one file that is there.
pub fn same_file(one: &Path, other: &Path) -> bool {
    let real = |path| std::fs::canonicalize(path).ok();
    real(one).is_some() && real(one) == real(other)
}
