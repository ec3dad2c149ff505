//! From a reference to the file that it names.

use super::{Extension, Loader};
use crate::diag::{Diagnostics, Place, codes};
use crate::source::{
    Found, Refusal, decode, file_url, is_absolute, is_remote, normalise, percent_decode, stdin,
};
use crate::tree::{FileId, Node};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const NO_FILE: &str = "there is no such file";

impl Loader {
    /// Reads every file that a reference in this one names.
    pub(super) fn follow(&mut self, from: FileId, diagnostics: &mut Diagnostics) {
        let mut wanted = Wanted::default();
        if let Some(root) = self.tree.root(from) {
            wanted.collect(root);
        }
        for reference in wanted.surely {
            let found = self.fetch(from, &reference, diagnostics);
            self.sources.add_found(from, reference, found);
        }
        for reference in wanted.perhaps {
            if self.sources.has_found(from, &reference) {
                continue;
            }
            let found = self.fetch(from, &reference, diagnostics);
            // A text that is no path may begin with a slash all the same.
            if matches!(
                found,
                Found::File(_) | Found::Refused(Refusal::Outside { .. })
            ) {
                self.sources.add_found(from, reference, found);
            }
        }
    }

    fn fetch(&mut self, from: FileId, reference: &str, diagnostics: &mut Diagnostics) -> Found {
        if is_remote(reference) {
            return match self.in_a_folder(reference) {
                Some(path) if self.shelf.is_file(&path) => self.open(path, diagnostics),
                Some(_) => Found::Missing(NO_FILE.to_owned()),
                None => Found::Remote,
            };
        }
        if let Some(path) = file_url(reference) {
            return self.absolute(&percent_decode(path), Refusal::FileUrl, diagnostics);
        }
        if let Some((scheme, _)) = reference.split_once("://") {
            return Found::Missing(format!("`{scheme}` addresses are not followed"));
        }
        let decoded = percent_decode(reference);
        if is_absolute(Path::new(&*decoded)) {
            return self.absolute(&decoded, Refusal::Absolute, diagnostics);
        }
        match self.beside(from, &decoded, reference) {
            Some(path) => self.open(path, diagnostics),
            None => Found::Missing(NO_FILE.to_owned()),
        }
    }

    /// The file at a path from the top of the disk, if that is in a folder that the user names.
    fn absolute(&mut self, path: &str, refusal: Refusal, diagnostics: &mut Diagnostics) -> Found {
        let path = PathBuf::from(path);
        if !is_absolute(&path) || !self.reach.is_named(&path) {
            return Found::Refused(refusal);
        }
        match self.shelf.is_file(&path) {
            true => self.open(path, diagnostics),
            false => Found::Missing(NO_FILE.to_owned()),
        }
    }

    /// The file behind a URL, where a folder stands for the URL's beginning.
    fn in_a_folder(&self, url: &str) -> Option<PathBuf> {
        let inside = |(start, folder): &(String, PathBuf)| {
            let rest = url.strip_prefix(start.as_str())?.trim_start_matches('/');
            let path = percent_decode(rest.split('?').next().unwrap_or_default());
            Some((start.len(), normalise(&folder.join(&*path))))
        };
        // The longest beginning says the most.
        let found = self.remotes.iter().filter_map(inside);
        found
            .max_by_key(|(length, _)| *length)
            .map(|(_, path)| path)
    }

    /// The folder around the entry is known by the address that the document gives itself (`$self`).
    pub(super) fn take_own_address(&mut self, entry: FileId, folder: PathBuf) {
        let root = self.tree.root(entry);
        let address = root
            .and_then(|root| root.text("$self"))
            .filter(|text| is_remote(text));
        if let Some((start, _)) = address.and_then(|address| address.rsplit_once('/')) {
            self.remotes.push((format!("{start}/"), folder));
        }
    }

    /// Tells of an overlay that says itself that it is for another document.
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
        // Where a URL leads is not known here.
        if is_remote(text) || text.contains("://") {
            return;
        }
        let folder = path.parent().unwrap_or(Path::new(""));
        let meant = folder.join(&*percent_decode(text));
        let identity = self.shelf.identity(&meant);
        // The two may stand in other folders than where they were written.
        let document = self.sources.file(entry);
        let is_called_so = document.is_some_and(|it| it.path.file_name() == meant.file_name());
        // Standard input does not tell which document it is.
        let is_stdin = document.is_some_and(|it| it.path.as_os_str() == stdin::SHOWN);
        if identity.is_none() && is_called_so || is_stdin {
            return;
        }
        let known = identity.and_then(|identity| self.identities.get(&identity));
        if known != Some(&entry) {
            let what = format!("the overlay is for `{text}`, which is another document");
            diagnostics.push(codes::overlay_in_doubt(Place::value(node), &what));
        }
    }

    /// A file that is there, read once however often it is named.
    fn open(&mut self, path: PathBuf, diagnostics: &mut Diagnostics) -> Found {
        if Extension::of(&path) == Extension::Foreign {
            return Found::Missing("it is not a YAML or JSON file".to_owned());
        }
        let identity = self.shelf.identity(&path).unwrap_or_else(|| path.clone());
        if let Some(known) = self.identities.get(&identity) {
            return Found::File(*known);
        }
        // What is judged is what is read: the path without links.
        let real = self.shelf.real(&path);
        if let Some(Err(refusal)) = real.as_deref().map(|real| self.reach.judge(real)) {
            return Found::Refused(refusal);
        }
        match self.shelf.read(real.as_deref().unwrap_or(&path)) {
            Err(why) => Found::Missing(why),
            Ok(bytes) => match decode(bytes) {
                Err(what) => {
                    diagnostics.push(codes::encoding(&path.display().to_string(), &what));
                    Found::Missing(format!("it {what}"))
                }
                Ok(text) => Found::File(self.add(normalise(&path), identity, text, diagnostics)),
            },
        }
    }

    /// The file that a relative path names from another file: decoded, or else as it is written.
    fn beside(&self, from: FileId, decoded: &str, written: &str) -> Option<PathBuf> {
        let path = &self.sources.file(from)?.path;
        let folder = path.parent().unwrap_or(Path::new(""));
        let mut candidates = [decoded, written].into_iter().map(|name| folder.join(name));
        candidates.find(|path| self.shelf.is_file(path))
    }
}

/// The file parts of all references of a file, in a fixed order.
#[derive(Default)]
struct Wanted {
    surely: BTreeSet<String>,
    /// Strings that may be a reference, or the name of a schema.
    perhaps: BTreeSet<String>,
}

impl Wanted {
    fn collect(&mut self, root: Node<'_>) {
        let mut open = vec![root];
        while let Some(node) = open.pop() {
            open.extend(node.items());
            for (key, child) in node.members() {
                match key {
                    "$ref" | "$dynamicRef" | "$recursiveRef" => {
                        self.surely.extend(child.as_str().and_then(file_part));
                    }
                    "operationRef" => self.perhaps.extend(child.as_str().and_then(file_part)),
                    "mapping" => self.mapping(child),
                    "security" => self.requirements(child),
                    _ => {}
                }
                open.push(child);
            }
        }
    }

    /// A discriminator's mapping holds names of schemas or references.
    fn mapping(&mut self, mapping: Node<'_>) {
        let values = mapping
            .members()
            .filter_map(|(_, value)| file_part(value.as_str()?));
        self.perhaps.extend(values.filter(|text| is_path(text)));
    }

    /// A security requirement has names of schemes or references as its keys.
    fn requirements(&mut self, security: Node<'_>) {
        let keys = security.items().flat_map(Node::members);
        let files = keys.filter_map(|(key, _)| file_part(key));
        self.perhaps.extend(files.filter(|text| is_path(text)));
    }
}

/// Whether a text that may be a name is rather the path of a file.
fn is_path(text: &str) -> bool {
    let ends = [".yaml", ".yml", ".json"];
    let is_file = ends.iter().any(|end| text.ends_with(end));
    (is_file || text.contains('/')) && !is_remote(text)
}

/// What stands before `#`; `None` for a reference within the file.
fn file_part(reference: &str) -> Option<String> {
    let file = reference
        .split_once('#')
        .map_or(reference, |(file, _)| file);
    (!file.is_empty()).then(|| file.to_owned())
}
