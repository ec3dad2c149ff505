//! Reads the files of a description from the disk, git, standard input or memory.

mod characters;
mod decode;
mod dump;
mod duplicates;
mod follow;
mod git;
mod locate;
mod reach;
mod search;
mod stdin;
mod storage;
mod templates;
mod workspace;

use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::filter::LeftOut;
use crate::resolve::identifiers::Identifiers;
use crate::tree::{FileId, Tree};
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

pub(crate) use characters::Characters;
pub use dump::dump;
pub(crate) use duplicates::{duplicates, report_duplicates};
pub(crate) use follow::is_remote;
pub use git::{Revision, last_tag, read_revision};
pub use locate::SourceLocation;
pub(crate) use locate::floor_char_boundary;
use reach::AllowedFolders;
pub use reach::Refusal;
pub use search::documents;
pub use stdin::is_stdin;
use storage::Storage;
pub use storage::{exists, is_file, read_text, same_file};
pub use templates::load_templates;
pub use workspace::{normalise, relative, relocated, workspace_lists};

/// The limit of nested levels: far more than any real document has, and few enough for recursion in all stages.
pub const MAX_DEPTH: usize = 500;

/// The files that were read, in the order of [`FileId`].
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
    /// The results for references to other files.
    found: HashMap<(FileId, String), Found>,
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
        let files = self.sources.files.iter().map(|file| file.path.as_path());
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

/// The target of a reference's file part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    File(FileId),
    /// No file, and the reason: a phrase such as "there is no such file".
    Missing(String),
    /// A URL.
    Remote,
    /// A file outside of the allowed folders. It was not read.
    Refused(Refusal),
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

impl Sources {
    /// Returns the target of a reference's file part (the text before `#`) in a file.
    pub fn find(&self, from: FileId, reference: &str) -> Found {
        match self.found.get(&(from, reference.to_owned())) {
            Some(found) => found.clone(),
            None if follow::is_remote(reference) => Found::Remote,
            None => Found::Missing("nothing was read for it".to_owned()),
        }
    }

    /// Returns the references that lead to a file: the file that contains the reference, its file part, and the
    /// target. The order is arbitrary.
    pub fn followed(&self) -> impl Iterator<Item = (FileId, &str, FileId)> {
        let found = self.found.iter();
        found.filter_map(|((from, reference), found)| match found {
            Found::File(to) => Some((*from, reference.as_str(), *to)),
            _ => None,
        })
    }

    fn push(&mut self, path: PathBuf, text: String, syntax: Syntax) {
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
        while (next.0 as usize) < self.sources.files.len() {
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
            Ok(bytes) => decode::decode(bytes).map_err(|what| codes::encoding(&shown, &what)),
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
        let Sources {
            files, identifiers, ..
        } = &mut self.sources;
        let Some(root) = self.tree.root(file) else {
            return;
        };
        // Text of an overlay may be part of the entry.
        let mut texts = self
            .overlays
            .iter()
            .chain([&file])
            .map(|id| &files[id.0 as usize].text);
        if texts.any(|text| Identifiers::may_be_in(text)) {
            let path = files[file.0 as usize].path.to_string_lossy();
            identifiers.collect(root, &path.replace('\\', "/"));
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
        let id = FileId(self.sources.files.len() as u32);
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
    Box::new(fault.help("the file's name ends in `.json`; call it `.yaml` if it is YAML"))
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
