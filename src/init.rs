//! A new repository for the SDK of an API: the description, how to generate from it, and what a repository
//! has beside the crate.

mod pages;
pub mod stainless;

use crate::config::{Job, Package};
use crate::pipeline::Generated;
use crate::render::{self, Files};
use crate::source::{self, Loaded};
use serde::Serialize;
use stainless::Imported;
use std::path::{Component, Path, PathBuf};

/// The configuration file in the new repository.
pub const CONFIG: &str = "spec/sdkgen.yaml";

/// The overlay that lets operations stand in other resources, beside the configuration file.
const OVERLAY: &str = "resources.overlay.yaml";

/// The folder of the book in the new repository.
pub const DOCS: &str = "docs";

/// What the templates of `templates/init` print.
#[derive(Debug, Serialize)]
struct View<'a> {
    package: &'a str,
    version: &'a str,
    license: &'a str,
    title: String,
    /// The description, seen from `spec/`.
    spec: String,
    /// The environment variable with the credential.
    env: &'a str,
    /// Whether it is another than the package's name gives.
    has_env: bool,
    /// Lines of further keys.
    more: Vec<String>,
    /// The version of sdkgen that the workflows install.
    sdkgen: &'static str,
}

/// All files of the repository but those that `generate` writes.
///
/// # Errors
///
/// Says which of the description's files cannot be taken along.
pub fn repository(job: &Job, loaded: &Loaded, imported: &Imported) -> Result<Files, String> {
    let package = &job.options.package;
    let described = description(loaded)?;
    let (license, env) = (imported.license.as_deref(), imported.env.as_deref());
    let view = View {
        package: &package.name,
        version: &package.version,
        license: license.unwrap_or(&package.license),
        title: title(loaded, package),
        spec: scalar(&described.entry)?,
        env: env.unwrap_or(&job.options.auth_env),
        has_env: env.is_some(),
        more: more(imported)?,
        sdkgen: env!("CARGO_PKG_VERSION"),
    };
    let mut files = render::repository(&view).map_err(|fault| fault.to_string())?;
    for (path, text) in described.files.0 {
        let path = format!("spec/{path}");
        if files.0.contains_key(&path) {
            return Err(format!("a file of the description would stand in `{path}`"));
        }
        files.insert(path, text);
    }
    if let Some(overlay) = &imported.overlay {
        files.insert(format!("spec/{OVERLAY}"), yaml(overlay)?);
    }
    Ok(files)
}

/// The licence files of a crate, which its repository has too.
pub fn licenses(generated: &Generated) -> Files {
    let mut files = Files::default();
    for (path, text) in &generated.package.0 {
        if path.starts_with("LICENSE") {
            files.insert(path, text);
        }
    }
    files
}

/// The keys that are taken over, and what could not be, as comments.
fn more(imported: &Imported) -> Result<Vec<String>, String> {
    let mut keys = imported.keys.clone();
    if imported.overlay.is_some() {
        keys.insert("overlays".to_owned(), [OVERLAY].into_iter().collect());
    }
    let mut lines = Vec::new();
    if !keys.is_empty() {
        let text = yaml(&keys)?;
        lines.push(String::new());
        lines.extend(text.lines().map(str::to_owned));
    }
    if !imported.left.is_empty() {
        lines.push(String::new());
        lines.push("# Of the former configuration, this could not be taken over:".to_owned());
    }
    let left = imported.left.iter();
    lines.extend(left.map(|(line, why)| format!("# - line {line}: {}", one_line(why))));
    Ok(lines)
}

/// Text of a file in a comment of one line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn yaml(value: &impl Serialize) -> Result<String, String> {
    serde_yaml::to_string(value).map_err(|fault| fault.to_string())
}

/// In one line, as it stands in running text.
fn title(loaded: &Loaded, package: &Package) -> String {
    let info = loaded.tree.root(loaded.entry);
    let title = info
        .and_then(|root| root.get("info"))
        .and_then(|info| info.text("title"));
    let title = crate::prose::filled(title.unwrap_or_default()).join(" ");
    match title.is_empty() {
        true => package.name.clone(),
        false => title,
    }
}

/// A text as YAML has it in one line.
fn scalar(text: &str) -> Result<String, String> {
    Ok(yaml(&text)?.trim_end().to_owned())
}

/// The files of a description, by their paths below the folder that holds them all.
struct Description {
    files: Files,
    entry: String,
}

fn description(loaded: &Loaded) -> Result<Description, String> {
    let paths: Vec<PathBuf> = loaded
        .sources
        .files()
        .map(|(_, file)| source::normalise(&file.path))
        .collect();
    let root = common(&paths);
    let mut described = Description {
        files: Files::default(),
        entry: String::new(),
    };
    for ((id, file), path) in loaded.sources.files().zip(&paths) {
        let below = path.strip_prefix(&root).unwrap_or(path);
        let names: Option<Vec<&str>> = below
            .components()
            .map(|component| match component {
                Component::Normal(name) => name.to_str(),
                _ => None,
            })
            .collect();
        let Some(name) = names.map(|names| names.join("/")) else {
            let path = file.path.display();
            return Err(format!(
                "`{path}` is in no folder that holds the description"
            ));
        };
        if id == loaded.entry {
            described.entry.clone_from(&name);
        }
        described.files.insert(name, file.text.as_str());
    }
    Ok(described)
}

/// The folder that holds all files.
fn common(paths: &[PathBuf]) -> PathBuf {
    let mut folders = paths.iter().filter_map(|path| path.parent());
    let first = folders.next().unwrap_or(Path::new("")).to_owned();
    folders.fold(first, |common, folder| {
        let same = common.components().zip(folder.components());
        same.take_while(|(a, b)| a == b).map(|(a, _)| a).collect()
    })
}
