//! A new repository for the SDK of an API: the description, how to generate from it, and what a repository
//! has beside the crate.

use crate::config::{Job, Package};
use crate::pipeline::Generated;
use crate::render::{self, Files};
use crate::source::{self, Loaded};
use serde::Serialize;
use std::path::{Component, Path, PathBuf};

/// The configuration file in the new repository.
pub const CONFIG: &str = "spec/sdkgen.yaml";

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
    /// The version of sdkgen that the workflows install.
    sdkgen: &'static str,
}

/// All files of the repository but those that `generate` writes.
///
/// # Errors
///
/// Says which of the description's files cannot be taken along.
pub fn repository(job: &Job, loaded: &Loaded, generated: &Generated) -> Result<Files, String> {
    let package = &job.options.package;
    let described = description(loaded)?;
    let view = View {
        package: &package.name,
        version: &package.version,
        license: &package.license,
        title: title(loaded, package),
        spec: scalar(&described.entry)?,
        env: &job.options.auth_env,
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
    let licenses = generated.package.0.iter();
    for (path, text) in licenses.filter(|(path, _)| path.starts_with("LICENSE")) {
        files.insert(path, text);
    }
    Ok(files)
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
    let yaml = serde_yaml::to_string(text).map_err(|fault| fault.to_string())?;
    Ok(yaml.trim_end().to_owned())
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
