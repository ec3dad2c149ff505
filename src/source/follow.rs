//! From a reference to the file that it names.

use super::{Extension, Found, Loader, decode, workspace::normalise};
use crate::diag::{Diagnostics, codes};
use crate::resolve::percent_decode;
use crate::tree::{FileId, Node};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

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
            return Found::Remote;
        }
        let plain = match reference.split_once("://") {
            Some(("file", path)) => path,
            Some((scheme, _)) => {
                return Found::Missing(format!("`{scheme}` addresses are not followed"));
            }
            None => reference,
        };
        let Some(path) = self.beside(from, plain) else {
            return Found::Missing("there is no such file".to_owned());
        };
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
            folder.join(percent_decode(reference)),
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
            for (key, child) in node.members() {
                match (key, child.as_str()) {
                    ("$ref", Some(reference)) => self.surely.extend(file_part(reference)),
                    ("operationRef", Some(reference)) => self.perhaps.extend(file_part(reference)),
                    ("mapping", None) => self.mapping(child),
                    _ => {}
                }
                open.push(child);
            }
            open.extend(node.items());
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
