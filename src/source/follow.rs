//! From a reference to the file that it names.

use super::{Extension, Found, Loader, decode, workspace::normalise};
use crate::diag::{Diagnostics, Place, codes};
use crate::resolve::percent_decode;
use crate::tree::{FileId, Node};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const NO_FILE: &str = "there is no such file";

/// True for a URL that names another machine.
pub(super) fn is_remote(reference: &str) -> bool {
    let scheme = |name: &str| {
        reference
            .get(..name.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(name))
    };
    scheme("http://") || scheme("https://") || reference.starts_with("//")
}

impl Loader {
    /// Reads every file that a reference in this one names.
    pub(super) fn follow(&mut self, from: FileId, diagnostics: &mut Diagnostics) {
        let mut wanted = Wanted::default();
        if let Some(root) = self.tree.root(from) {
            wanted.collect(root);
        }
        for reference in wanted.surely {
            let found = self.fetch(from, &reference, diagnostics);
            self.sources.found.insert((from, reference), found);
        }
        for reference in wanted.perhaps {
            if self.sources.found.contains_key(&(from, reference.clone())) {
                continue;
            }
            if let found @ Found::File(_) = self.fetch(from, &reference, diagnostics) {
                self.sources.found.insert((from, reference), found);
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
        let plain = match reference.split_once("://") {
            Some(("file", path)) => path,
            Some((scheme, _)) => {
                return Found::Missing(format!("`{scheme}` addresses are not followed"));
            }
            None => reference,
        };
        let Some(path) = self.beside(from, plain) else {
            return Found::Missing(NO_FILE.to_owned());
        };
        self.open(path, diagnostics)
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
        if identity.is_none() && is_called_so {
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
        match self.shelf.read(&path) {
            Err(why) => Found::Missing(why),
            Ok(bytes) => match decode::decode(bytes) {
                Err(what) => {
                    diagnostics.push(codes::encoding(&path.display().to_string(), &what));
                    Found::Missing(format!("it {what}"))
                }
                Ok(text) => Found::File(self.add(normalise(&path), identity, text, diagnostics)),
            },
        }
    }

    /// The file that a relative path names from another file: decoded, or else as it is written.
    fn beside(&self, from: FileId, reference: &str) -> Option<PathBuf> {
        let folder = self
            .sources
            .file(from)?
            .path
            .parent()
            .unwrap_or(Path::new(""));
        let candidates = [
            folder.join(&*percent_decode(reference)),
            folder.join(reference),
        ];
        candidates.into_iter().find(|path| self.shelf.is_file(path))
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
        let is_path = |text: &String| {
            let ends = [".yaml", ".yml", ".json"]
                .iter()
                .any(|end| text.ends_with(end));
            (ends || text.contains('/')) && !is_remote(text)
        };
        self.perhaps.extend(values.filter(is_path));
    }
}

/// What stands before `#`; `None` for a reference within the file.
fn file_part(reference: &str) -> Option<String> {
    let file = reference
        .split_once('#')
        .map_or(reference, |(file, _)| file);
    (!file.is_empty()).then(|| file.to_owned())
}
