//! From paths to the node tree: reads a description, applies its overlays, and follows its references to
//! other files.

mod dump;
mod follow;
mod templates;

use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::source::identifiers::Identifiers;
use crate::source::{Reach, Revision, Shelf, Sources, Syntax, decode, is_stdin, stdin};
use crate::tree::{FileId, LeftOut, Tree};
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

pub use dump::dump;
pub use templates::load_templates;

/// A description with all the files that its references name.
#[derive(Debug)]
pub struct Loaded {
    pub sources: Sources,
    pub tree: Tree,
    pub entry: FileId,
    pub templates: OwnTemplates,
    /// What a filter has left out of the tree.
    pub left_out: LeftOut,
}

/// The templates that stand in place of built-in ones.
#[derive(Debug, Default)]
pub struct OwnTemplates {
    /// The names of those that they replace, with their texts.
    pub files: Vec<(&'static str, FileId)>,
    /// The folders that they were looked for in.
    folders: Vec<PathBuf>,
}

impl Loaded {
    /// Everything on the disk that the result depends on: files, and folders whose entries were listed.
    pub fn read(&self) -> impl Iterator<Item = &Path> {
        let files = self.sources.files().map(|(_, file)| file.path.as_path());
        files.chain(self.templates.folders.iter().map(PathBuf::as_path))
    }

    /// The name and text of each template of the user's own.
    pub fn own_templates(&self) -> BTreeMap<&'static str, &str> {
        let files = self.templates.files.iter();
        let texts =
            files.filter_map(|(name, id)| Some((*name, self.sources.file(*id)?.text.as_str())));
        texts.collect()
    }
}

/// The files of a job: what the user names, and the folders that references may lead into.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inputs {
    /// The description itself.
    pub entry: PathBuf,
    /// Overlays, which are applied to the description in this order.
    pub overlays: Vec<PathBuf>,
    /// The beginnings of URLs, with the folders in which the files behind them are found.
    pub remotes: Vec<(String, PathBuf)>,
    /// Folders that references may lead into, beside the description's own.
    pub allow_files: Vec<PathBuf>,
}

impl Inputs {
    /// A description without overlays.
    pub fn of(entry: impl Into<PathBuf>) -> Self {
        Inputs {
            entry: entry.into(),
            ..Inputs::default()
        }
    }

    /// The folders that the user has named.
    fn folders(&self) -> impl Iterator<Item = &Path> {
        let remotes = self.remotes.iter().map(|(_, folder)| folder);
        self.allow_files.iter().chain(remotes).map(PathBuf::as_path)
    }
}

/// Reads a description from the disk, or from standard input (`-`), with every file that its references
/// name.
///
/// A URL that begins as one of the remotes does is looked for in the folder beside it; no URL is fetched.
/// A missing file is no error here: the reference may stand in an example. The same holds for a file
/// outside the folders that references may lead into, which is never opened. `None` only when the entry
/// itself, or one of the overlays that are applied to it, could not be read; one that is no YAML or JSON
/// has no root in the tree, and its text is kept for the diagnostic.
pub fn load(inputs: &Inputs, diagnostics: &mut Diagnostics) -> Option<Loaded> {
    let reach = Reach::of(&inputs.entry, inputs.folders());
    Loader::new(Shelf::Disk, reach).run(inputs, diagnostics)
}

/// The same from a revision in git; `entry` is a path in the repository. Overlays, the folders of remote
/// files and the allowed folders belong to the configuration, and come from the disk.
pub fn load_revision(
    revision: Revision,
    inputs: &Inputs,
    diagnostics: &mut Diagnostics,
) -> Option<Loaded> {
    let beside = inputs
        .folders()
        .chain(inputs.overlays.iter().map(PathBuf::as_path));
    let beside = beside.map(Path::to_owned).collect();
    // Nothing on the disk is the description's own.
    let reach = Reach::named(inputs.folders());
    Loader::new(Shelf::Revision(revision, beside), reach).run(inputs, diagnostics)
}

/// The same from texts in memory; the first is the entry.
pub fn from_texts(texts: &[(&str, &str)], diagnostics: &mut Diagnostics) -> Option<Loaded> {
    let (entry, _) = texts.first()?;
    Loader::new(Shelf::memory(texts), Reach::default()).run(&Inputs::of(*entry), diagnostics)
}

/// Reads files until no reference names a new one.
struct Loader {
    shelf: Shelf,
    reach: Reach,
    sources: Sources,
    tree: Tree,
    /// What each file is called where no name is given twice.
    identities: HashMap<PathBuf, FileId>,
    /// The beginnings of URLs, with the folders that stand for them.
    remotes: Vec<(String, PathBuf)>,
    overlays: Vec<FileId>,
}

impl Loader {
    fn new(shelf: Shelf, reach: Reach) -> Self {
        let (sources, tree) = (Sources::default(), Tree::default());
        Loader {
            shelf,
            reach,
            sources,
            tree,
            identities: HashMap::new(),
            remotes: Vec::new(),
            overlays: Vec::new(),
        }
    }

    fn run(mut self, inputs: &Inputs, diagnostics: &mut Diagnostics) -> Option<Loaded> {
        self.remotes.clone_from(&inputs.remotes);
        let folder = inputs.entry.parent().unwrap_or(Path::new("")).to_owned();
        let entry = self.given(&inputs.entry, diagnostics)?;
        for path in &inputs.overlays {
            let overlay = self.given(path, diagnostics)?;
            self.check_extended(overlay, path, entry, diagnostics);
            crate::overlay::apply(&mut self.tree, entry, overlay, diagnostics);
            self.overlays.push(overlay);
        }
        self.take_own_address(entry, folder);
        let mut next = entry;
        while (next.0 as usize) < self.sources.files().len() {
            // What an overlay says is in the document by now.
            if !self.overlays.contains(&next) {
                self.identify(next);
                self.follow(next, diagnostics);
            }
            next = FileId(next.0 + 1);
        }
        Some(Loaded {
            sources: self.sources,
            tree: self.tree,
            entry,
            templates: OwnTemplates::default(),
            left_out: LeftOut::default(),
        })
    }

    /// Takes in a file that has to be there.
    fn given(&mut self, path: &Path, diagnostics: &mut Diagnostics) -> Option<FileId> {
        let is_stdin = matches!(self.shelf, Shelf::Disk) && is_stdin(path);
        let path = match is_stdin {
            true => Path::new(stdin::SHOWN),
            false => path,
        };
        let shown = path.display().to_string();
        let bytes = match is_stdin {
            true => stdin::read(),
            false => self.shelf.read(path),
        };
        let text = match bytes {
            Ok(bytes) => decode(bytes).map_err(|what| codes::encoding(&shown, &what)),
            Err(why) => Err(codes::unreadable(&shown, &why)),
        };
        let text = text
            .map_err(|diagnostic| diagnostics.push(diagnostic))
            .ok()?;
        let identity = self.shelf.identity(path).filter(|_| !is_stdin);
        let identity = identity.unwrap_or_else(|| path.to_owned());
        Some(self.add(path.to_owned(), identity, text, diagnostics))
    }

    /// Notes what the schemas of a file call themselves.
    fn identify(&mut self, file: FileId) {
        let Some(root) = self.tree.root(file) else {
            return;
        };
        // What is in an overlay is in the entry.
        let ids = self.overlays.iter().chain([&file]);
        let mut files = ids.filter_map(|id| self.sources.file(*id));
        let Some(path) = self.sources.file(file).map(|file| &file.path) else {
            return;
        };
        if files.any(|file| Identifiers::may_be_in(&file.text)) {
            let path = path.to_string_lossy().replace('\\', "/");
            self.sources.identifiers.collect(root, &path);
        }
    }

    /// Takes a file in and parses it.
    fn add(
        &mut self,
        path: PathBuf,
        identity: PathBuf,
        text: String,
        diagnostics: &mut Diagnostics,
    ) -> FileId {
        let id = self.sources.next_id();
        let syntax = self.parse(&path, &text, id, diagnostics);
        self.tree.seal();
        self.sources.push(path, text, syntax);
        self.identities.insert(identity, id);
        id
    }

    fn parse(
        &mut self,
        path: &Path,
        text: &str,
        file: FileId,
        diagnostics: &mut Diagnostics,
    ) -> Syntax {
        let tree = &mut self.tree;
        let (syntax, result) = match (Extension::of(path), looks_like_json(text)) {
            _ if text.trim().is_empty() => (Syntax::Yaml, Err(Box::new(codes::empty_file(file)))),
            (Extension::Json, json) | (Extension::Other, json @ true) => {
                let result = crate::json::load(text, file, tree, diagnostics);
                let named = |fault: Box<Diagnostic>| if json { fault } else { named_json(*fault) };
                (Syntax::Json, result.map_err(named))
            }
            // JSON is YAML, but read as JSON it is read faster; what only looks like it is YAML.
            (_, true) if crate::json::load(text, file, tree, diagnostics).is_ok() => {
                (Syntax::Json, Ok(()))
            }
            _ => (
                Syntax::Yaml,
                crate::yaml::load(text, file, tree, diagnostics),
            ),
        };
        if let Err(fault) = result {
            diagnostics.push(*fault);
        }
        syntax
    }
}

/// The fault of a `.json` file whose text does not begin as JSON does.
fn named_json(fault: Diagnostic) -> Box<Diagnostic> {
    Box::new(fault.help("the file's name ends in `.json`; call it `.yaml` if it is YAML"))
}

/// What a file's name says of its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extension {
    Json,
    Yaml,
    /// Text that is surely no description: prose, markup, an image.
    Foreign,
    Other,
}

impl Extension {
    fn of(path: &Path) -> Self {
        let extension = path
            .extension()
            .and_then(|text| text.to_str())
            .unwrap_or_default();
        match extension.to_ascii_lowercase().as_str() {
            "json" => Extension::Json,
            "yaml" | "yml" => Extension::Yaml,
            "md" | "markdown" | "mdx" | "txt" | "rst" | "adoc" | "html" | "xml" | "csv"
            | "graphql" | "proto" | "png" | "svg" | "jpg" | "jpeg" | "gif" | "pdf" => {
                Extension::Foreign
            }
            _ => Extension::Other,
        }
    }
}

fn looks_like_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '['])
}

#[cfg(test)]
mod tests;
