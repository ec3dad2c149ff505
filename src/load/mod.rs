//! From paths to the node tree: reads a description, applies its overlays, and follows its references to
//! other files.

mod dump;
mod follow;
mod templates;

use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::source::identifiers::Identifiers;
use crate::source::{AllowedFolders, Revision, Sources, Storage, Syntax, decode, is_stdin, stdin};
use crate::tree::{FileId, LeftOut, Tree};
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

pub use dump::dump;
pub use templates::load_templates;

/// A description with all files that its references lead to.
#[derive(Debug)]
pub struct Loaded {
    pub sources: Sources,
    pub tree: Tree,
    pub entry: FileId,
    pub templates: OwnTemplates,
    /// The items that a filter removed from the tree.
    pub left_out: LeftOut,
}

/// The user's templates, which replace built-in ones.
#[derive(Debug, Default)]
pub struct OwnTemplates {
    /// The name of the replaced template, with the file.
    pub files: Vec<(&'static str, FileId)>,
    /// The folders that were searched.
    folders: Vec<PathBuf>,
}

impl Loaded {
    /// Returns every path that the result depends on: files, and folders whose entries were listed.
    pub fn read(&self) -> impl Iterator<Item = &Path> {
        let files = self.sources.files().map(|(_, file)| file.path.as_path());
        files.chain(self.templates.folders.iter().map(PathBuf::as_path))
    }

    /// Returns the name and text of each template of the user.
    pub fn own_templates(&self) -> BTreeMap<&'static str, &str> {
        let files = self.templates.files.iter();
        let texts =
            files.filter_map(|(name, id)| Some((*name, self.sources.file(*id)?.text.as_str())));
        texts.collect()
    }
}

/// The files of a job: those that the user names, and the folders that references may lead into.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inputs {
    /// The description.
    pub entry: PathBuf,
    /// Overlays, applied in order.
    pub overlays: Vec<PathBuf>,
    /// URL prefixes with the folders that contain the files behind them.
    pub remotes: Vec<(String, PathBuf)>,
    /// Folders that references may lead into, beside the description's.
    pub allow_files: Vec<PathBuf>,
}

impl Inputs {
    /// Creates the inputs for a description without overlays.
    pub fn of(entry: impl Into<PathBuf>) -> Self {
        Inputs {
            entry: entry.into(),
            ..Inputs::default()
        }
    }

    /// Returns the folders that the user names.
    fn folders(&self) -> impl Iterator<Item = &Path> {
        let remotes = self.remotes.iter().map(|(_, folder)| folder);
        self.allow_files.iter().chain(remotes).map(PathBuf::as_path)
    }
}

/// Reads a description from the disk, or from standard input (`-`), with every file that its references lead to.
///
/// URLs with the prefix of a remote are read from its folder; no URL is fetched. A missing file is not reported
/// here, because the reference may be part of an example. Neither is a file outside of the allowed folders, which is
/// never opened. Returns `None` only if the entry or one of its overlays cannot be read. A file that is not valid
/// YAML or JSON has no root in the tree, and its text is kept for the diagnostic.
pub fn load(inputs: &Inputs, diagnostics: &mut Diagnostics) -> Option<Loaded> {
    let reach = AllowedFolders::of(&inputs.entry, inputs.folders());
    Loader::new(Storage::Disk, reach).run(inputs, diagnostics)
}

/// Reads a description from a git revision. `entry` is a path in the repository.
///
/// Overlays, remotes and allowed folders belong to the configuration, and are read from the disk.
pub fn load_revision(
    revision: Revision,
    inputs: &Inputs,
    diagnostics: &mut Diagnostics,
) -> Option<Loaded> {
    let beside = inputs
        .folders()
        .chain(inputs.overlays.iter().map(PathBuf::as_path));
    let beside = beside.map(Path::to_owned).collect();
    // No folder on the disk belongs to the description.
    let reach = AllowedFolders::named(inputs.folders());
    Loader::new(Storage::Revision(revision, beside), reach).run(inputs, diagnostics)
}

/// Reads a description from texts in memory. The first one is the entry.
pub fn from_texts(texts: &[(&str, &str)], diagnostics: &mut Diagnostics) -> Option<Loaded> {
    let (entry, _) = texts.first()?;
    Loader::new(Storage::memory(texts), AllowedFolders::default())
        .run(&Inputs::of(*entry), diagnostics)
}

/// Reads files until no reference leads to a new one.
struct Loader {
    storage: Storage,
    reach: AllowedFolders,
    sources: Sources,
    tree: Tree,
    /// Files by their identity, which does not depend on how the path is written.
    identities: HashMap<PathBuf, FileId>,
    /// URL prefixes with their folders.
    remotes: Vec<(String, PathBuf)>,
    overlays: Vec<FileId>,
}

impl Loader {
    fn new(storage: Storage, reach: AllowedFolders) -> Self {
        let (sources, tree) = (Sources::default(), Tree::default());
        Loader {
            storage,
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
        let entry = self.read_required(&inputs.entry, diagnostics)?;
        for path in &inputs.overlays {
            let overlay = self.read_required(path, diagnostics)?;
            self.check_extended(overlay, path, entry, diagnostics);
            crate::overlay::apply(&mut self.tree, entry, overlay, diagnostics);
            self.overlays.push(overlay);
        }
        self.take_own_address(entry, folder);
        let mut next = entry;
        while (next.0 as usize) < self.sources.files().len() {
            // Overlays are already applied to the document.
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

    /// Reads a required file.
    fn read_required(&mut self, path: &Path, diagnostics: &mut Diagnostics) -> Option<FileId> {
        let is_stdin = matches!(self.storage, Storage::Disk) && is_stdin(path);
        let path = match is_stdin {
            true => Path::new(stdin::SHOWN),
            false => path,
        };
        let shown = path.display().to_string();
        let bytes = match is_stdin {
            true => stdin::read(),
            false => self.storage.read(path),
        };
        let text = match bytes {
            Ok(bytes) => decode(bytes).map_err(|what| codes::encoding(&shown, &what)),
            Err(why) => Err(codes::unreadable(&shown, &why)),
        };
        let text = text
            .map_err(|diagnostic| diagnostics.push(diagnostic))
            .ok()?;
        let identity = self.storage.identity(path).filter(|_| !is_stdin);
        let identity = identity.unwrap_or_else(|| path.to_owned());
        Some(self.add(path.to_owned(), identity, text, diagnostics))
    }

    /// Collects the identifiers of a file's schemas.
    fn identify(&mut self, file: FileId) {
        let Some(root) = self.tree.root(file) else {
            return;
        };
        // Text of an overlay may be part of the entry.
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

    /// Adds a file and parses it.
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
            // Reading JSON as JSON is faster. A flow mapping that only looks like JSON is read as YAML.
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

/// Adds a hint to the fault of a `.json` file whose text does not start like JSON.
fn named_json(fault: Diagnostic) -> Box<Diagnostic> {
    Box::new(fault.help("rename the file to `.yaml` if it is YAML"))
}

/// The content that a file extension indicates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extension {
    Json,
    Yaml,
    /// Not a description: prose, markup or an image.
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
