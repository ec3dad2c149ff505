//! The arguments that select a document, and the settings for them.

use super::Need;
use clap::Args;
use sdkgen::config::{ConfigError, Overrides, Settings};
use sdkgen::source;
use std::path::{Path, PathBuf};

/// The folders that references of a document may lead into.
#[derive(Debug, Clone, Default, Args)]
pub struct Access {
    /// Allow references to files in this folder. By default, only the folder or git repository of the document is
    /// allowed. Can be repeated.
    #[arg(long, value_name = "DIR")]
    pub allow_files: Vec<PathBuf>,
}

/// What to generate from, and where to.
#[derive(Debug, Clone, Default, Args)]
pub struct Target {
    /// The OpenAPI document, or `-` for standard input [default: `spec` in the configuration file].
    pub spec: Option<PathBuf>,
    /// The folder of the crate.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// The name of the crate [default: derived from the title of the API].
    #[arg(long, value_name = "NAME")]
    pub package: Option<String>,
    /// The folder of the sources of the book, for mdBook.
    #[arg(long, value_name = "DIR")]
    pub docs: Option<PathBuf>,
    /// The folder of the command-line program.
    #[arg(long, value_name = "DIR")]
    pub cli: Option<PathBuf>,
    /// Add a test to the crate that sends each request to a server and checks it.
    #[arg(long)]
    pub wire_tests: bool,
    /// Apply an overlay to the document. Can be repeated; overlays are applied in order.
    #[arg(long = "overlay", value_name = "FILE")]
    pub overlays: Vec<PathBuf>,
    #[command(flatten)]
    pub access: Access,
    /// Replace built-in templates by the files in this folder; see `sdkgen templates`.
    #[arg(long, value_name = "DIR")]
    pub templates: Option<PathBuf>,
    /// The configuration file [default without SPEC: sdkgen.yaml or spec/sdkgen.yaml].
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// A changelog that is written after the crate.
    #[arg(skip)]
    pub new_changelog: Option<PathBuf>,
}

/// The document to read.
#[derive(Debug, Args)]
pub struct DocumentArguments {
    /// The OpenAPI document, or `-` for standard input [default: `spec` in the configuration file].
    pub spec: Option<PathBuf>,
    /// Apply an overlay to the document. Can be repeated; overlays are applied in order.
    #[arg(long = "overlay", value_name = "FILE")]
    pub overlays: Vec<PathBuf>,
    #[command(flatten)]
    pub access: Access,
    /// The configuration file [default without SPEC: sdkgen.yaml or spec/sdkgen.yaml].
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// The documents to read.
#[derive(Debug, Args)]
pub struct Documents {
    /// The OpenAPI documents, or `-` for standard input [default: `spec` in the configuration file].
    #[arg(value_name = "SPEC")]
    pub specs: Vec<PathBuf>,
    /// Apply an overlay to the document. Can be repeated; overlays are applied in order.
    #[arg(long = "overlay", value_name = "FILE")]
    pub overlays: Vec<PathBuf>,
    #[command(flatten)]
    pub access: Access,
    /// The configuration file [default without SPEC: sdkgen.yaml or spec/sdkgen.yaml].
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

impl Documents {
    /// Returns a target for each document, or one for the configuration file.
    pub fn as_targets(&self) -> Vec<Target> {
        let target = |spec: Option<&PathBuf>| Target {
            spec: spec.cloned(),
            overlays: self.overlays.clone(),
            access: self.access.clone(),
            config: self.config.clone(),
            ..Target::default()
        };
        match &self.specs[..] {
            [] => vec![target(None)],
            specs => specs.iter().map(|spec| target(Some(spec))).collect(),
        }
    }
}

impl DocumentArguments {
    pub fn as_target(&self) -> Target {
        Target {
            spec: self.spec.clone(),
            overlays: self.overlays.clone(),
            access: self.access.clone(),
            config: self.config.clone(),
            ..Target::default()
        }
    }
}

/// The default paths of the configuration file.
const USUAL: [&str; 2] = ["sdkgen.yaml", "spec/sdkgen.yaml"];

impl Target {
    /// Returns the settings of the first output.
    pub fn settings(&self, need: Need) -> Result<Settings, ConfigError> {
        let none = || ConfigError::from("the configuration file has no output".to_owned());
        self.outputs(need)?.into_iter().next().ok_or_else(none)
    }

    /// Returns the settings of each output, from the arguments and the configuration file.
    pub fn outputs(&self, need: Need) -> Result<Vec<Settings>, ConfigError> {
        let overrides = Overrides {
            spec: self.spec.clone(),
            out: self.out.clone(),
            docs: self.docs.clone(),
            cli: self.cli.clone(),
            overlays: self.overlays.clone(),
            package: self.package.clone(),
            allow_files: self.access.allow_files.clone(),
            templates: self.templates.clone(),
            wire_tests: self.wire_tests,
            new_changelog: self.new_changelog.clone(),
        };
        let config = self.config_file();
        if config.is_none() && self.spec.is_none() {
            return Err(no_config());
        }
        let settings = Settings::read(config, overrides)?;
        let has_none = |settings: &Settings| settings.job().out.as_os_str().is_empty();
        if need == Need::Out && settings.iter().any(has_none) {
            let hint = match self.config.is_some() || self.spec.is_none() {
                true => "use --out DIR, or set `out` in the configuration file",
                false => "use --out DIR",
            };
            return Err(ConfigError::from(format!("no output folder: {hint}")));
        }
        Ok(settings)
    }

    /// Returns the path of the configuration file, if there is one.
    pub fn config_file(&self) -> Option<&Path> {
        let mut usual = USUAL.into_iter().map(Path::new);
        match (&self.config, &self.spec) {
            (Some(path), _) => Some(path),
            (None, Some(_)) => None,
            (None, None) => usual.find(|path| source::is_file(path)),
        }
    }

    /// Returns whether the document comes from standard input.
    pub fn reads_stdin(&self) -> bool {
        self.spec.as_deref().is_some_and(source::is_stdin)
    }

    /// Returns the files that the arguments name, and the configuration file.
    pub fn named(&self) -> Vec<PathBuf> {
        let config = self.config_file().map(Path::to_owned);
        let files = self.spec.iter().chain(&self.overlays).cloned();
        config.into_iter().chain(files).collect()
    }

    /// Returns the command line of another command for the same target, quoted for a shell.
    pub fn command(&self, name: &str) -> String {
        let mut words = vec!["sdkgen".to_owned(), name.to_owned()];
        words.extend(self.spec.as_deref().map(quoted));
        let options = [
            ("--out", &self.out),
            ("--docs", &self.docs),
            ("--cli", &self.cli),
            ("--templates", &self.templates),
            ("--config", &self.config),
        ];
        let overlays = self.overlays.iter();
        words.extend(overlays.flat_map(|file| ["--overlay".to_owned(), quoted(file)]));
        let allowed = self.access.allow_files.iter();
        words.extend(allowed.flat_map(|folder| ["--allow-files".to_owned(), quoted(folder)]));
        for (option, value) in options {
            words.extend(
                value
                    .iter()
                    .flat_map(|value| [option.to_owned(), quoted(value)]),
            );
        }
        let package = self.package.as_deref().map(Path::new);
        words.extend(
            package
                .into_iter()
                .flat_map(|name| ["--package".to_owned(), quoted(name)]),
        );
        words.extend(self.wire_tests.then(|| "--wire-tests".to_owned()));
        words.join(" ")
    }
}

fn no_config() -> ConfigError {
    let usual = USUAL.join(" nor ");
    ConfigError::from(format!(
        "no document: pass SPEC or --config; there is neither {usual}"
    ))
}

/// Returns a word quoted for a shell.
fn quoted(word: &Path) -> String {
    let word = word.display().to_string();
    let plain = |char: char| char.is_ascii_alphanumeric() || "-_./:=@%+,".contains(char);
    match !word.is_empty() && word.chars().all(plain) {
        true => word,
        false => format!("'{}'", word.replace('\'', "'\\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::{Access, Target, quoted};
    use std::path::{Path, PathBuf};

    #[test]
    fn a_command_can_be_pasted_into_a_shell() {
        assert_eq!(quoted(Path::new("a b/it's")), r"'a b/it'\''s'");
        let target = Target {
            spec: Some(PathBuf::from("my api.yaml")),
            out: Some(PathBuf::from("out")),
            package: Some("pets".into()),
            access: Access {
                allow_files: vec![PathBuf::from("my types")],
            },
            ..Target::default()
        };
        assert_eq!(
            target.command("generate"),
            "sdkgen generate 'my api.yaml' --allow-files 'my types' --out out --package pets"
        );
        assert_eq!(Target::default().command("generate"), "sdkgen generate");
    }
}
