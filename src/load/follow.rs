//! Finds and reads the files that references lead to.

use super::{Extension, Loader};
use crate::diag::{Diagnostics, Location, codes};
use crate::source::{
    FileTarget, Refusal, decode, file_url, is_absolute, is_remote, normalise, percent_decode, stdin,
};
use crate::tree::{FileId, Node};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const NO_FILE: &str = "no such file";

impl Loader {
    /// Reads every file that references in this file lead to.
    pub(super) fn follow(&mut self, from: FileId, diagnostics: &mut Diagnostics) {
        let mut wanted = FileReferences::default();
        if let Some(root) = self.tree.root(from) {
            wanted.collect(root);
        }
        for reference in wanted.certain {
            let found = self.fetch(from, &reference, diagnostics);
            self.sources.add_found(from, reference, found);
        }
        for reference in wanted.possible {
            if self.sources.has_found(from, &reference) {
                continue;
            }
            let found = self.fetch(from, &reference, diagnostics);
            // Strings that are not paths may start with a slash too, so other results are ignored.
            if matches!(
                found,
                FileTarget::File(_) | FileTarget::Refused(Refusal::Outside { .. })
            ) {
                self.sources.add_found(from, reference, found);
            }
        }
    }

    fn fetch(
        &mut self,
        from: FileId,
        reference: &str,
        diagnostics: &mut Diagnostics,
    ) -> FileTarget {
        if is_remote(reference) {
            return match self.in_a_folder(reference) {
                Some(path) if self.storage.is_file(&path) => self.open(path, diagnostics),
                Some(_) => FileTarget::Missing(NO_FILE.to_owned()),
                None => FileTarget::Remote,
            };
        }
        if let Some(path) = file_url(reference) {
            return self.absolute(&percent_decode(path), Refusal::FileUrl, diagnostics);
        }
        if let Some((scheme, _)) = reference.split_once("://") {
            return FileTarget::Missing(format!("`{scheme}` URLs are not supported"));
        }
        let decoded = percent_decode(reference);
        if is_absolute(Path::new(&*decoded)) {
            return self.absolute(&decoded, Refusal::Absolute, diagnostics);
        }
        match self.beside(from, &decoded, reference) {
            Some(path) => self.open(path, diagnostics),
            None => FileTarget::Missing(NO_FILE.to_owned()),
        }
    }

    /// Returns the file at an absolute path, if it is in a folder that the user names.
    fn absolute(
        &mut self,
        path: &str,
        refusal: Refusal,
        diagnostics: &mut Diagnostics,
    ) -> FileTarget {
        let path = PathBuf::from(path);
        if !is_absolute(&path) || !self.reach.is_named(&path) {
            return FileTarget::Refused(refusal);
        }
        match self.storage.is_file(&path) {
            true => self.open(path, diagnostics),
            false => FileTarget::Missing(NO_FILE.to_owned()),
        }
    }

    /// Returns the file for a URL, if a folder is configured for its prefix.
    fn in_a_folder(&self, url: &str) -> Option<PathBuf> {
        let inside = |(start, folder): &(String, PathBuf)| {
            let rest = url.strip_prefix(start.as_str())?.trim_start_matches('/');
            let path = percent_decode(rest.split('?').next().unwrap_or_default());
            Some((start.len(), normalise(&folder.join(&*path))))
        };
        // The longest prefix is the most specific one.
        let found = self.remotes.iter().filter_map(inside);
        found
            .max_by_key(|(length, _)| *length)
            .map(|(_, path)| path)
    }

    /// Maps the document's own address (`$self`) to the folder of the entry.
    pub(super) fn take_own_address(&mut self, entry: FileId, folder: PathBuf) {
        let root = self.tree.root(entry);
        let address = root
            .and_then(|root| root.text("$self"))
            .filter(|text| is_remote(text));
        if let Some((start, _)) = address.and_then(|address| address.rsplit_once('/')) {
            self.remotes.push((format!("{start}/"), folder));
        }
    }

    /// Reports an overlay whose `extends` names another document.
    pub(super) fn check_extended(
        &self,
        overlay: FileId,
        path: &Path,
        entry: FileId,
        diagnostics: &mut Diagnostics,
    ) {
        let root = self.tree.root(overlay);
        let extended = root.and_then(|root| root.get("extends"));
        let Some((node, text)) = extended.and_then(|node| Some((node, node.as_str()?))) else {
            return;
        };
        // The target of a URL is unknown.
        if is_remote(text) || text.contains("://") {
            return;
        }
        let folder = path.parent().unwrap_or(Path::new(""));
        let meant = folder.join(&*percent_decode(text));
        let identity = self.storage.identity(&meant);
        // Overlay and document may have been moved, so the same file name is enough.
        let document = self.sources.file(entry);
        let is_called_so = document.is_some_and(|it| it.path.file_name() == meant.file_name());
        // For standard input, the name of the document is unknown.
        let is_stdin = document.is_some_and(|it| it.path.as_os_str() == stdin::SHOWN);
        if identity.is_none() && is_called_so || is_stdin {
            return;
        }
        let known = identity.and_then(|identity| self.identities.get(&identity));
        if known != Some(&entry) {
            let what = format!("the overlay extends `{text}`, which is another document");
            diagnostics.push(codes::overlay_deviation(Location::value(node), &what));
        }
    }

    /// Opens an existing file, and reads it once however often it is referred to.
    fn open(&mut self, path: PathBuf, diagnostics: &mut Diagnostics) -> FileTarget {
        if Extension::of(&path) == Extension::Foreign {
            return FileTarget::Missing("it is not a YAML or JSON file".to_owned());
        }
        let identity = self.storage.identity(&path).unwrap_or_else(|| path.clone());
        if let Some(known) = self.identities.get(&identity) {
            return FileTarget::File(*known);
        }
        // The path is resolved first, so that the file that is checked is the one that is read.
        let real = self.storage.real(&path);
        if let Some(Err(refusal)) = real.as_deref().map(|real| self.reach.judge(real)) {
            return FileTarget::Refused(refusal);
        }
        match self.storage.read(real.as_deref().unwrap_or(&path)) {
            Err(why) => FileTarget::Missing(why),
            Ok(bytes) => match decode(bytes) {
                Err(what) => {
                    diagnostics.push(codes::encoding(&path.display().to_string(), &what));
                    FileTarget::Missing(format!("it {what}"))
                }
                Ok(text) => {
                    FileTarget::File(self.add(normalise(&path), identity, text, diagnostics))
                }
            },
        }
    }

    /// Returns the file at a relative path, decoded or else as written.
    fn beside(&self, from: FileId, decoded: &str, written: &str) -> Option<PathBuf> {
        let path = &self.sources.file(from)?.path;
        let folder = path.parent().unwrap_or(Path::new(""));
        let mut candidates = [decoded, written].into_iter().map(|name| folder.join(name));
        candidates.find(|path| self.storage.is_file(path))
    }
}

/// The file parts of all references in a file, sorted.
#[derive(Default)]
struct FileReferences {
    certain: BTreeSet<String>,
    /// Strings that may be a reference or a name.
    possible: BTreeSet<String>,
}

impl FileReferences {
    fn collect(&mut self, root: Node<'_>) {
        let mut open = vec![root];
        while let Some(node) = open.pop() {
            open.extend(node.items());
            for (key, child) in node.members() {
                match key {
                    "$ref" | "$dynamicRef" | "$recursiveRef" => {
                        self.certain.extend(child.as_str().and_then(file_part));
                    }
                    "operationRef" => self.possible.extend(child.as_str().and_then(file_part)),
                    "mapping" => self.mapping(child),
                    "security" => self.requirements(child),
                    _ => {}
                }
                open.push(child);
            }
        }
    }

    /// Collects from a discriminator's mapping, which contains schema names and references.
    fn mapping(&mut self, mapping: Node<'_>) {
        let values = mapping
            .members()
            .filter_map(|(_, value)| file_part(value.as_str()?));
        self.possible.extend(values.filter(|text| is_path(text)));
    }

    /// Collects from security requirements, whose keys are scheme names or references.
    fn requirements(&mut self, security: Node<'_>) {
        let keys = security.items().flat_map(Node::members);
        let files = keys.filter_map(|(key, _)| file_part(key));
        self.possible.extend(files.filter(|text| is_path(text)));
    }
}

/// Returns whether a string that may be a name is rather a path.
fn is_path(text: &str) -> bool {
    let ends = [".yaml", ".yml", ".json"];
    let is_file = ends.iter().any(|end| text.ends_with(end));
    (is_file || text.contains('/')) && !is_remote(text)
}

/// Returns the text before `#`, or `None` for a reference within the file.
fn file_part(reference: &str) -> Option<String> {
    let file = reference
        .split_once('#')
        .map_or(reference, |(file, _)| file);
    (!file.is_empty()).then(|| file.to_owned())
}
