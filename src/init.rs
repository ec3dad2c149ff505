//! Creates a repository for the SDK of an API: description, configuration, workflows and other files beside the
//! crate.

mod description;
mod pages;
mod pin;
mod scalar;
pub mod stainless;

pub use pin::Pin;

use crate::config::{CommandLine, Job, Overrides, Package, Settings};
use crate::load::Loaded;
use crate::pipeline::Generated;
use crate::render::{self, Files};
use scalar::{env_value, scalar};
use serde::Serialize;
use stainless::Imported;
use std::path::Path;

/// The changelog of the crate.
const CHANGELOG: &str = "CHANGELOG.md";

/// The configuration file in the repository.
pub const CONFIG: &str = "spec/sdkgen.yaml";

/// The overlay that moves operations to other resources, in the folder of the configuration file.
const OVERLAY: &str = "resources.overlay.yaml";

/// The folder of the book in the repository.
pub const DOCS: &str = "docs";

/// The context of the templates in `templates/init`.
#[derive(Debug, Serialize)]
struct RepositoryView<'a> {
    package: &'a str,
    /// The name of the program's crate.
    program: &'a str,
    /// Whether a command-line program is generated too.
    has_program: bool,
    version: &'a str,
    title: String,
    /// Values of the configuration file, as YAML.
    yaml: Yaml,
    /// Values of variables in workflows, as YAML.
    variables: Variables,
    /// Whether references need `spec/` to be allowed.
    has_neighbours: bool,
    /// Whether the variable of the credential differs from the default.
    has_env: bool,
    /// Lines with further keys.
    more: Vec<String>,
    /// The version of sdkgen that made the repository.
    sdkgen: &'static str,
    /// The source of sdkgen is known: `git` and `revision` are not empty.
    is_pinned: bool,
    /// The git repository that sdkgen is installed from.
    git: &'a str,
    /// The commit that is installed.
    revision: &'a str,
}

#[derive(Debug, Serialize)]
struct Yaml {
    package: String,
    license: String,
    /// The path of the description, relative to `spec/`.
    spec: String,
    /// The environment variable of the credential.
    env: String,
}

#[derive(Debug, Serialize)]
struct Variables {
    package: String,
    program: String,
    git: String,
    revision: String,
    /// The path of the description, relative to the root of the repository.
    spec: String,
}

/// The files of a new repository, except for those that `generate` writes.
#[derive(Debug)]
pub struct Repository {
    pub files: Files,
    /// The path of the description, if its copy has another name.
    pub renamed: Option<String>,
}

/// What a repository has beside the crate.
#[derive(Debug, Clone, Copy)]
pub struct RepositoryParts<'a> {
    /// Settings of another generator.
    pub imported: &'a Imported,
    /// The source from which the workflows install sdkgen. Without one, they fail at this step and say what to set.
    pub pin: Option<&'a Pin>,
    /// Whether a command-line program is generated too.
    pub has_program: bool,
}

/// Returns the name of the crate of the command-line program.
pub fn program(package: &str) -> String {
    CommandLine::default().package(package)
}

/// Returns the files of the repository, except for those that `generate` writes.
///
/// # Errors
///
/// Returns a message if a file of the description cannot be copied, or if an imported setting is invalid.
pub fn repository(
    job: &Job,
    loaded: &Loaded,
    parts: RepositoryParts<'_>,
) -> Result<Repository, String> {
    let RepositoryParts {
        imported,
        pin,
        has_program,
    } = parts;
    let (git, revision) = pin.map_or(("", ""), |pin| (&pin.repository, &pin.revision));
    let package = &job.options.package;
    let program = program(&package.name);
    let described = description::copies(loaded, &["sdkgen.yaml", OVERLAY])?;
    let spec = format!("spec/{}", described.entry);
    let (license, env) = (imported.license.as_deref(), imported.env.as_deref());
    let view = RepositoryView {
        package: &package.name,
        program: &program,
        has_program,
        version: &package.version,
        title: title(loaded, package),
        yaml: Yaml {
            package: scalar(&package.name)?,
            license: scalar(license.unwrap_or(&package.license))?,
            spec: scalar(&described.entry)?,
            env: scalar(env.unwrap_or(&job.options.auth_env))?,
        },
        variables: Variables {
            package: env_value(&package.name),
            program: env_value(&program),
            git: env_value(git),
            revision: env_value(revision),
            spec: env_value(&spec),
        },
        has_neighbours: described.has_neighbours,
        has_env: env.is_some(),
        more: more(imported)?,
        sdkgen: env!("CARGO_PKG_VERSION"),
        is_pinned: pin.is_some(),
        git,
        revision,
    };
    let mut files = render::repository(&view).map_err(|fault| fault.to_string())?;
    // The changelog is published with the crate, and `generate --bump` writes it to this path by default.
    if let Some(text) = files.0.remove(CHANGELOG) {
        files.insert(format!("{}/{CHANGELOG}", package.name), text);
    }
    let config = files.0.get(CONFIG).map_or("", String::as_str);
    Settings::from_file(Path::new(CONFIG), config, Overrides::default())
        .map_err(|fault| fault.to_string())?;
    if let Some(overlay) = &imported.overlay {
        files.insert(format!("spec/{OVERLAY}"), yaml(overlay)?);
    }
    for (path, text) in described.files.0 {
        let path = format!("spec/{path}");
        if files.0.contains_key(&path) {
            return Err(format!(
                "`{path}` is both a file of the description and a generated file"
            ));
        }
        files.insert(path, text);
    }
    Ok(Repository {
        files,
        renamed: described.is_renamed.then_some(spec),
    })
}

/// Returns the license files of a crate. The repository has the same.
pub fn licenses(generated: &Generated) -> Files {
    let mut files = Files::default();
    for (path, text) in &generated.package.0 {
        if path.starts_with("LICENSE") {
            files.insert(path, text);
        }
    }
    files
}

/// Returns the imported keys, and comments with the settings that could not be imported.
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
        lines.push("# Settings that were not imported:".to_owned());
    }
    let left = imported.left.iter();
    lines.extend(left.map(|(line, why)| format!("# - line {line}: {}", one_line(why))));
    Ok(lines)
}

/// Returns a text for a comment on one line.
fn one_line(text: &str) -> String {
    let text: String = text
        .chars()
        .filter(|char| char.is_whitespace() || !char.is_control())
        .collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn yaml(value: &impl Serialize) -> Result<String, String> {
    serde_yaml::to_string(value).map_err(|fault| fault.to_string())
}

/// Returns the title of the API as Markdown on one line.
fn title(loaded: &Loaded, package: &Package) -> String {
    let info = loaded.tree.root(loaded.entry);
    let title = info
        .and_then(|root| root.get("info"))
        .and_then(|info| info.text("title"));
    let title = crate::prose::escaped(title.unwrap_or_default());
    match title.is_empty() {
        true => package.name.clone(),
        false => title,
    }
}
