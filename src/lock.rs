//! `sdkgen.lock`: records what a crate was generated from, so that `check` can report what changed since.
//!
//! The file is in the crate's folder. It has hashes (SHA-256, the first 16 hexadecimal digits) of each file
//! that was read, each operation and component of the document, the options, and each generated file. Files
//! are named relative to the document's folder, so it has no path of the machine.
//!
//! If nothing of that changed, `generate` skips generation: see [`reusable_output`].

mod options;
mod reuse;

pub use reuse::reusable_output;

use crate::config::Job;
use crate::load::Loaded;
use crate::openapi::swagger;
use crate::parallel;
use crate::pipeline::Generated;
use crate::render::Files;
use crate::source::SourceFile;
use crate::tree::Node;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{BufWriter, Write};
use std::path::Path;

/// The lock file's name in the crate's folder.
pub const LOCK: &str = "sdkgen.lock";

const HEAD: &str = "# What sdkgen made this crate from. It is written by `sdkgen generate`.\n";

/// The inputs and hashes of a run's output.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Lock {
    /// The version of sdkgen.
    pub generator: String,
    /// The hash of the options, except for paths.
    pub options: String,
    /// The files of the description, its overlays, and templates that replace built-in ones
    /// (`template rust/README.md.j2`).
    pub inputs: IndexMap<String, String>,
    /// The operations (`GET /pets`) and components (`schemas/Pet`) of the document.
    pub parts: IndexMap<String, String>,
    /// The files of the crate.
    pub outputs: IndexMap<String, String>,
    /// The files of the book, if there is one.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    pub docs: IndexMap<String, String>,
    /// The files of the command-line program, if there is one.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    pub cli: IndexMap<String, String>,
}

impl Lock {
    pub fn of(job: &Job, loaded: &Loaded, generated: &Generated) -> Self {
        let root = loaded.tree.root(loaded.entry);
        Lock {
            parts: root.map(parts).unwrap_or_default(),
            outputs: hashes(&generated.package),
            docs: generated.docs.as_ref().map(hashes).unwrap_or_default(),
            cli: generated.cli.as_ref().map(hashes).unwrap_or_default(),
            ..Lock::before(job, loaded)
        }
    }

    /// Returns the part that is known before generation.
    fn before(job: &Job, loaded: &Loaded) -> Self {
        Lock {
            generator: env!("CARGO_PKG_VERSION").to_owned(),
            options: hash(options::meaning(&job.options, &job.filter).as_bytes()),
            inputs: inputs(job, loaded),
            ..Lock::default()
        }
    }

    /// Returns the text of the file.
    pub fn text(&self) -> String {
        // Serializing strings and maps of strings cannot fail.
        let yaml = serde_yaml::to_string(self).unwrap_or_default();
        format!("{HEAD}{yaml}")
    }

    /// Parses a lock file. Returns `None` if the text is not one.
    pub fn parse(text: &str) -> Option<Self> {
        serde_yaml::from_str(text).ok()
    }

    /// Returns the changes from this lock to a later one, one line each.
    pub fn moved(&self, now: &Lock) -> Vec<String> {
        let mut lines = Vec::new();
        if self.generator != now.generator {
            lines.push(format!(
                "sdkgen: {} is now {}",
                self.generator, now.generator
            ));
        }
        if self.options != now.options {
            lines.push("options: changed, in the configuration or the command line".to_owned());
        }
        let files = Difference::of(&self.inputs, &now.inputs);
        lines.extend(files.added.iter().map(|file| format!("{file}: new")));
        lines.extend(
            files
                .removed
                .iter()
                .map(|file| format!("{file}: no longer read")),
        );
        let parts = Difference::of(&self.parts, &now.parts);
        let entry = now.inputs.keys().next();
        for file in &files.changed {
            let summary = match entry == Some(*file) {
                true => parts.summary(),
                false => String::new(),
            };
            let summary = match summary.is_empty() {
                true => "changed".to_owned(),
                false => summary,
            };
            lines.push(format!("{file}: {summary}"));
        }
        // One of the two commands may have been run without a book or without a program.
        let differs_in = |one: &IndexMap<String, String>, other: &IndexMap<String, String>| {
            !one.is_empty() && !other.is_empty() && one != other
        };
        let differs = self.outputs != now.outputs
            || differs_in(&self.docs, &now.docs)
            || differs_in(&self.cli, &now.cli);
        if lines.is_empty() && differs {
            lines.push(format!("sdkgen: another build of {}", now.generator));
        }
        lines
    }

    /// Returns the files of the crate that were edited since this lock was written. `disk` returns the text of a file.
    pub fn edited(&self, disk: impl Fn(&str) -> Option<String>) -> Vec<&str> {
        edited(&self.outputs, disk)
    }

    /// The same for the files of the book.
    pub fn edited_docs(&self, disk: impl Fn(&str) -> Option<String>) -> Vec<&str> {
        edited(&self.docs, disk)
    }

    /// The same for the files of the command-line program.
    pub fn edited_cli(&self, disk: impl Fn(&str) -> Option<String>) -> Vec<&str> {
        edited(&self.cli, disk)
    }
}

fn edited(files: &IndexMap<String, String>, disk: impl Fn(&str) -> Option<String>) -> Vec<&str> {
    // Git may have given the file other line ends, which is no edit.
    let is_known = |text: &str, known: &str| {
        let is = |text: &str| hash(text.as_bytes()) == known;
        is(text) || text.contains('\r') && is(&text.replace("\r\n", "\n"))
    };
    let differs =
        |(path, known): &(&String, &String)| disk(path).is_some_and(|text| !is_known(&text, known));
    let edited = files.iter().filter(differs);
    edited.map(|(path, _)| path.as_str()).collect()
}

/// Returns the hashes of the files that were read, in reading order.
fn inputs(job: &Job, loaded: &Loaded) -> IndexMap<String, String> {
    let folder = job.spec.parent().unwrap_or(Path::new(""));
    let templates = loaded.templates.files.iter();
    let own: HashMap<_, _> = templates.map(|(name, id)| (*id, *name)).collect();
    let input = |(id, file): (_, &SourceFile)| {
        if let Some(name) = own.get(&id) {
            return (format!("template {name}"), hash(file.text.as_bytes()));
        }
        let inside = file.path.strip_prefix(folder).unwrap_or(&file.path);
        let name = match inside.is_absolute() {
            true => inside.file_name().map(Path::new).unwrap_or(inside),
            false => inside,
        };
        let name = name.to_string_lossy().replace('\\', "/");
        // git may check out other line endings on another machine.
        let hash = match file.text.contains('\r') {
            true => hash(file.text.replace("\r\n", "\n").as_bytes()),
            false => hash(file.text.as_bytes()),
        };
        (name, hash)
    };
    loaded.sources.files().map(input).collect()
}

fn hashes(files: &Files) -> IndexMap<String, String> {
    let files: Vec<(&String, &String)> = files.0.iter().collect();
    let hashes = parallel::map(&files, |(_, text)| hash(text.as_bytes()));
    let paths = files.into_iter().map(|(path, _)| path.clone());
    paths.zip(hashes).collect()
}

fn hash(bytes: &[u8]) -> String {
    short(Sha256::digest(bytes))
}

fn short(digest: impl AsRef<[u8]>) -> String {
    let mut text = String::with_capacity(16);
    for byte in digest.as_ref().iter().take(8) {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// Properties of a path item that apply to each of its operations.
const SHARED: [&str; 4] = ["parameters", "servers", "summary", "description"];

/// Returns the hashes of a document's operations and components, by name.
fn parts(root: Node<'_>) -> IndexMap<String, String> {
    let mut parts: Vec<(String, Vec<Node<'_>>)> = Vec::new();
    for keyword in ["paths", "webhooks"] {
        let items = root.get(keyword).into_iter().flat_map(Node::members);
        for (path, item) in items {
            let shared: Vec<Node<'_>> = SHARED.iter().filter_map(|key| item.get(key)).collect();
            let operations = item.members().filter(|(key, _)| !SHARED.contains(key));
            for (method, operation) in operations.filter(|(key, _)| !key.starts_with("x-")) {
                let name = format!("{} {path}", method.to_ascii_uppercase());
                parts.push((name, [shared.as_slice(), &[operation]].concat()));
            }
        }
    }
    let kinds = root.get("components").into_iter().flat_map(Node::members);
    for (kind, components) in kinds.chain(swagger::sections(root)) {
        for (name, component) in components.members() {
            parts.push((format!("{kind}/{name}"), vec![component]));
        }
    }
    let hashes = parallel::map(&parts, |(_, nodes)| hash_of(nodes));
    let names = parts.into_iter().map(|(name, _)| name);
    names.zip(hashes).collect()
}

fn hash_of(nodes: &[Node<'_>]) -> String {
    let mut hasher = Sha256::new();
    for node in nodes {
        // Streams the JSON: an operation may have an example of many megabytes.
        let mut writer = BufWriter::new(Hashed(&mut hasher));
        let _ = serde_json::to_writer(&mut writer, node);
        let _ = writer.flush();
    }
    short(hasher.finalize())
}

struct Hashed<'h>(&'h mut Sha256);

impl Write for Hashed<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The differences between two lists of hashes.
struct Difference<'l> {
    added: Vec<&'l String>,
    removed: Vec<&'l String>,
    changed: Vec<&'l String>,
}

impl<'l> Difference<'l> {
    fn of(old: &'l IndexMap<String, String>, new: &'l IndexMap<String, String>) -> Self {
        let not_in = |one: &'l IndexMap<String, String>, other: &IndexMap<String, String>| {
            one.keys()
                .filter(|name| !other.contains_key(*name))
                .collect()
        };
        let differs = |(name, hash): &(&'l String, &String)| {
            old.get(*name).is_some_and(|known| known != *hash)
        };
        Difference {
            added: not_in(new, old),
            removed: not_in(old, new),
            changed: new.iter().filter(differs).map(|(name, _)| name).collect(),
        }
    }

    /// Returns a summary: `1 operation added (GET /pets), 2 components changed (schemas/Pet, schemas/Dog)`.
    fn summary(&self) -> String {
        let verbs = [
            ("added", &self.added),
            ("removed", &self.removed),
            ("changed", &self.changed),
        ];
        let is_operation = |name: &&&String| name.contains(' ');
        let mut summary = Vec::new();
        for noun in ["operation", "component"] {
            for (verb, names) in verbs {
                let names: Vec<&&String> = names
                    .iter()
                    .filter(|name| is_operation(name) == (noun == "operation"))
                    .collect();
                summary.extend(counted(noun, verb, &names));
            }
        }
        summary.join(", ")
    }
}

/// The limit of names in a summary.
const LISTED: usize = 3;

fn counted(noun: &str, verb: &str, names: &[&&String]) -> Option<String> {
    let plural = if names.len() == 1 { "" } else { "s" };
    let listed: Vec<&str> = names
        .iter()
        .take(LISTED)
        .map(|name| name.as_str())
        .collect();
    let more = match names.len() > LISTED {
        true => ", …",
        false => "",
    };
    (!names.is_empty()).then(|| {
        let list = listed.join(", ");
        format!("{} {noun}{plural} {verb} ({list}{more})", names.len())
    })
}

#[cfg(test)]
mod tests {
    use super::Lock;
    use crate::config::{Overrides, Settings};
    use crate::load;
    use crate::pipeline::Compilation;

    fn lock(document: &str, package: &str) -> Lock {
        let mut diagnostics = Default::default();
        let loaded = load::from_texts(&[("api.yaml", document)], &mut diagnostics).unwrap();
        let overrides = Overrides {
            spec: Some("api.yaml".into()),
            package: Some(package.to_owned()),
            ..Overrides::default()
        };
        let job = Settings::from_arguments(overrides).unwrap().settle(&loaded);
        let generated = Compilation::new(&job, &loaded)
            .generate(&mut diagnostics)
            .unwrap();
        Lock::of(&job, &loaded, &generated)
    }

    const API: &str = "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths:\n  /a:\n    get: {operationId: a, \
        responses: {'204': {description: OK}}}\n    post: {operationId: b, responses: {'204': {description: OK}}}\n\
        components: {schemas: {A: {type: string}}}\n";

    #[test]
    fn locks_round_trip() {
        let lock = lock(API, "a");
        assert_eq!(Lock::parse(&lock.text()), Some(lock));
        assert_eq!(Lock::parse("- no lock"), None);
    }

    #[test]
    fn changes_are_listed() {
        let old = lock(API, "a");
        assert_eq!(old.moved(&old), Vec::<String>::new());
        let changed = API
            .replace("    get:", "    put:")
            .replace("operationId: b", "operationId: c")
            .replace("{type: string}}", "{type: integer}, B: {type: string}}");
        assert_eq!(
            old.moved(&lock(&changed, "a")),
            [
                "api.yaml: 1 operation added (PUT /a), 1 operation removed (GET /a), 1 operation changed (POST /a), \
              1 component added (schemas/B), 1 component changed (schemas/A)"
            ]
        );
        let commented = format!("# new\n{API}");
        assert_eq!(old.moved(&lock(&commented, "a")), ["api.yaml: changed"]);
        assert_eq!(
            old.moved(&lock(API, "b")),
            ["options: changed, in the configuration or the command line"]
        );
        let older = Lock {
            generator: "0.0.1".to_owned(),
            ..old.clone()
        };
        let version = env!("CARGO_PKG_VERSION");
        let mut other = old.clone();
        other.outputs["src/lib.rs"].clear();
        assert_eq!(
            other.moved(&old),
            [format!("sdkgen: another build of {version}")]
        );
        assert_eq!(
            older.moved(&old),
            [format!("sdkgen: 0.0.1 is now {version}")]
        );
    }

    #[test]
    fn edited_files_are_detected() {
        let lock = lock(API, "a");
        let edited = lock.edited(|path| (path == "src/lib.rs").then(|| "edited".to_owned()));
        assert_eq!(edited, ["src/lib.rs"]);
        assert_eq!(lock.edited(|_| None), Vec::<&str>::new());
    }

    #[test]
    fn other_line_ends_are_no_edit() {
        let lib = "//! A.\n\nmod a;\n".to_owned();
        let mut lock = Lock::default();
        lock.outputs
            .insert("src/lib.rs".to_owned(), super::hash(lib.as_bytes()));
        let windows = lib.replace('\n', "\r\n");
        assert_eq!(lock.edited(|_| Some(windows.clone())), Vec::<&str>::new());
        assert_eq!(lock.edited(|_| Some(format!("{windows}x"))), ["src/lib.rs"]);
    }
}
