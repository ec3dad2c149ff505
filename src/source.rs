//! Reads the files of a description from the disk, git, standard input or memory.

mod decode;
mod git;
pub mod identifiers;
mod locate;
mod paths;
mod reach;
mod search;
pub(crate) mod stdin;
mod storage;
mod uri;

use crate::tree::FileId;
use identifiers::Identifiers;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::OnceLock;

pub(crate) use decode::decode;
pub use git::{Revision, last_tag, read_revision};
pub use locate::SourceLocation;
pub use paths::{is_absolute, is_remote, normalise, relative, relocated};
pub use reach::Refusal;
pub(crate) use reach::{AllowedFolders, file_url};
pub use search::documents;
pub use stdin::is_stdin;
pub(crate) use storage::{Storage, entries, is_folder};
pub use storage::{exists, is_file, read_text, same_file};
pub use uri::percent_decode;

/// The files that were read, in the order of [`FileId`].
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
    /// The results for references to other files.
    found: HashMap<(FileId, String), FileTarget>,
    /// The identifiers of schemas in all files.
    pub identifiers: Identifiers,
}

#[derive(Debug)]
pub struct SourceFile {
    /// The path as the user or a reference wrote it, for diagnostics. Never made absolute.
    pub path: PathBuf,
    pub text: String,
    pub syntax: Syntax,
    lines: OnceLock<locate::LineIndex>,
    positions: OnceLock<crate::json::Positions>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    Yaml,
    Json,
}

/// The target of a reference's file part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileTarget {
    File(FileId),
    /// No file, and the reason: a phrase such as "no such file".
    Missing(String),
    /// A URL.
    Remote,
    /// A file outside of the allowed folders. It was not read.
    Refused(Refusal),
}

impl Sources {
    /// Returns the target of a reference's file part (the text before `#`) in a file.
    pub fn find(&self, from: FileId, reference: &str) -> FileTarget {
        match self.found.get(&(from, reference.to_owned())) {
            Some(found) => found.clone(),
            None if is_remote(reference) => FileTarget::Remote,
            None => FileTarget::Missing("nothing was read for it".to_owned()),
        }
    }

    /// Returns the references that lead to a file: the file that contains the reference, its file part, and the
    /// target. The order is arbitrary.
    pub fn followed(&self) -> impl Iterator<Item = (FileId, &str, FileId)> {
        let found = self.found.iter();
        found.filter_map(|((from, reference), found)| match found {
            FileTarget::File(to) => Some((*from, reference.as_str(), *to)),
            _ => None,
        })
    }

    /// Adds what a reference in a file led to.
    pub(crate) fn add_found(&mut self, from: FileId, reference: String, found: FileTarget) {
        self.found.insert((from, reference), found);
    }

    /// Returns whether a reference in a file was looked for.
    pub(crate) fn has_found(&self, from: FileId, reference: &str) -> bool {
        self.found.contains_key(&(from, reference.to_owned()))
    }

    /// Returns the id of the file that is added next.
    pub(crate) fn next_id(&self) -> FileId {
        FileId(self.files.len() as u32)
    }

    /// Adds a file.
    pub(crate) fn push(&mut self, path: PathBuf, text: String, syntax: Syntax) {
        let (lines, positions) = (OnceLock::new(), OnceLock::new());
        self.files.push(SourceFile {
            path,
            text,
            syntax,
            lines,
            positions,
        });
    }

    pub fn file(&self, file: FileId) -> Option<&SourceFile> {
        self.files.get(file.0 as usize)
    }

    /// Returns all files in reading order. The entry is the first.
    pub fn files(&self) -> impl ExactSizeIterator<Item = (FileId, &SourceFile)> {
        self.files
            .iter()
            .enumerate()
            .map(|(index, file)| (FileId(index as u32), file))
    }
}
