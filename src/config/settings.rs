//! Combines the configuration file and the command line into a [`Job`].

mod options;
pub mod place;

use super::error::ConfigError;
use super::fault::SyntaxFault;
use super::file::ConfigFile;
use super::{Job, check, operations};
use crate::diag::{Diagnostic, Diagnostics};
use crate::filter;
use crate::load::{self, Loaded};
use crate::source::{self, normalise};
use options::{Folders, default_env, env_prefix, named_after, options, same_folder};
use place::Places;
use std::mem::take;
use std::path::{Path, PathBuf};

/// Values from the command line. They override the file. Paths are relative to the current folder.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    pub spec: Option<PathBuf>,
    pub out: Option<PathBuf>,
    pub docs: Option<PathBuf>,
    /// The folder of the command-line program.
    pub cli: Option<PathBuf>,
    /// Replaces the file's overlays, if it is not empty.
    pub overlays: Vec<PathBuf>,
    pub package: Option<String>,
    /// Added to the file's folders.
    pub allow_files: Vec<PathBuf>,
    pub templates: Option<PathBuf>,
    pub wire_tests: bool,
    /// A changelog that is written after the crate.
    pub new_changelog: Option<PathBuf>,
}

impl Overrides {
    /// Returns the first argument that applies to a single output only.
    fn of_one(&self) -> Option<&'static str> {
        let given = [
            ("SPEC", self.spec.is_some()),
            ("--out", self.out.is_some()),
            ("--docs", self.docs.is_some()),
            ("--cli", self.cli.is_some()),
            ("--package", self.package.is_some()),
        ];
        let mut given = given.into_iter().filter(|(_, is_given)| *is_given);
        given.next().map(|(option, _)| option)
    }
}

/// The configuration before the document has been read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    job: Job,
    /// Whether the package name comes from the document's title.
    unnamed: bool,
    /// Whether the credential's environment variable has its default name.
    no_env: bool,
    /// The configuration file with its text.
    file: Option<(PathBuf, String)>,
    /// What is wrong with the changelog.
    changelog_finding: Option<Diagnostic>,
    /// The index in `outputs`, if the file has that list.
    output: Option<usize>,
}

/// Returns a configuration with another package version, or `None` if it has no version.
pub fn with_version(text: &str, version: &str) -> Option<String> {
    let loaded = load::from_texts(&[("sdkgen.yaml", text)], &mut Default::default())?;
    let package = loaded.tree.root(loaded.entry)?.get("package")?;
    let span = package.get("version")?.span()?;
    let (start, end) = (span.start as usize, span.end as usize);
    Some(format!("{}{version}{}", &text[..start], &text[end..]))
}

impl Settings {
    /// Returns the settings of each output of a configuration file, or those of the command line alone.
    ///
    /// # Errors
    ///
    /// Returns a [`ConfigError`] if the file cannot be read or is invalid, or if an argument applies to a single
    /// output and the file has several.
    pub fn read(path: Option<&Path>, given: Overrides) -> Result<Vec<Self>, ConfigError> {
        let Some(path) = path else {
            return Ok(vec![Settings::from_arguments(given)?]);
        };
        let text = source::read_text(path)
            .map_err(|why| ConfigError::from(format!("cannot read `{}`: {why}", path.display())))?;
        Settings::outputs(path, &text, given)
    }

    /// Returns the settings of the first output of a configuration file's text, with the command line's overrides.
    pub fn from_file(path: &Path, text: &str, given: Overrides) -> Result<Self, ConfigError> {
        let outputs = Settings::outputs(path, text, given)?;
        let none = || ConfigError::from("the configuration file has no output".to_owned());
        outputs.into_iter().next().ok_or_else(none)
    }

    fn outputs(path: &Path, text: &str, given: Overrides) -> Result<Vec<Self>, ConfigError> {
        let form = |SyntaxFault { message, at }| ConfigError {
            path: Some(path.to_owned()),
            at,
            line: at.map(|at| place::line(text, at)).unwrap_or_default(),
            message,
        };
        let files = ConfigFile::outputs(text).map_err(form)?;
        let is_listed = Places::new(path, text, None).has(&["outputs".to_owned()]);
        if let Some(option) = given.of_one().filter(|_| files.len() > 1) {
            let count = files.len();
            return Err(ConfigError::from(format!(
                "{option} needs a single output, but `{}` has {count}",
                path.display()
            )));
        }
        let mut outputs: Vec<Settings> = Vec::new();
        for (index, file) in files.into_iter().enumerate() {
            let output = is_listed.then_some(index);
            let settings = Settings::output(path, text, file, output, given.clone())?;
            if let Some(key) = outputs.iter().find_map(|other| other.overlaps(&settings)) {
                let fault = "another output has the same folder".to_owned();
                return Err(Places::new(path, text, output).placed((vec![key.to_owned()], fault)));
            }
            outputs.push(settings);
        }
        Ok(outputs)
    }

    fn output(
        path: &Path,
        text: &str,
        file: ConfigFile,
        output: Option<usize>,
        given: Overrides,
    ) -> Result<Self, ConfigError> {
        let places = Places::new(path, text, output);
        if !file.outputs.is_empty() {
            let fault = "`outputs` is not allowed in an output".to_owned();
            return Err(places.placed((vec!["outputs".to_owned()], fault)));
        }
        let folder = path.parent().unwrap_or(Path::new(""));
        let settings = Settings::new(file, folder, given, &places);
        let settings = settings.map_err(|fault| places.placed(fault))?;
        Ok(Settings {
            file: Some((path.to_owned(), text.to_owned())),
            output,
            ..settings
        })
    }

    /// Returns the key of the first folder that another output uses too.
    fn overlaps(&self, other: &Settings) -> Option<&'static str> {
        let folders = |job: &Job| [Some(job.out.clone()), job.docs.clone(), job.cli.clone()];
        let taken = folders(&self.job);
        let is_taken = |folder: &Option<PathBuf>| {
            let folder = folder.as_deref().filter(|it| !it.as_os_str().is_empty());
            folder.is_some() && taken.iter().any(|it| same_folder(it.as_deref(), folder))
        };
        let mut keys = ["out", "docs", "cli"].into_iter().zip(folders(&other.job));
        keys.find_map(|(key, folder)| is_taken(&folder).then_some(key))
    }

    /// Returns the settings without a configuration file.
    pub fn from_arguments(given: Overrides) -> Result<Self, ConfigError> {
        Settings::new(ConfigFile::default(), Path::new(""), given, &Places::none())
            .map_err(|(_, message)| ConfigError::from(message))
    }

    fn new(
        mut file: ConfigFile,
        folder: &Path,
        given: Overrides,
        places: &Places<'_>,
    ) -> Result<Self, check::Fault> {
        let beside = |path: PathBuf| normalise(&folder.join(path));
        let spec = given.spec.clone().or(file.spec.take().map(beside));
        let spec = spec.ok_or_else(|| {
            (
                vec![],
                "no document: pass SPEC, or set `spec` in the configuration file".to_owned(),
            )
        })?;
        let folders = Folders::new(&mut file, &given, beside)?;
        let inclusion = folders.inclusion(given.new_changelog.as_deref());
        let changelog_finding = folders.changelog_finding(&inclusion, places);
        let (unnamed, no_env) = (
            given.package.is_none() && file.package.name.is_none(),
            file.auth.env.is_none(),
        );
        let overlays = match given.overlays.is_empty() {
            true => take(&mut file.overlays).into_iter().map(beside).collect(),
            false => given.overlays.clone(),
        };
        let allow_files = take(&mut file.allow_files).into_iter().map(beside);
        let remotes = take(&mut file.remote).into_iter();
        let job = Job {
            allow_files: allow_files.chain(given.allow_files.clone()).collect(),
            templates: given
                .templates
                .clone()
                .or(file.templates.take().map(beside)),
            overlays,
            filter: take(&mut file.filter),
            changelog: folders.changelog.clone(),
            remotes: remotes.map(|(url, path)| (url, beside(path))).collect(),
            options: options(file, given, &spec, &folders, inclusion, places)?,
            spec,
            out: folders.out.unwrap_or_default(),
            docs: folders.docs,
            cli: folders.cli,
        };
        Ok(Settings {
            job,
            unnamed,
            no_env,
            changelog_finding,
            file: None,
            output: None,
        })
    }

    /// Returns whether the file has a list of outputs, which share the keys at the top.
    pub fn is_one_of_several(&self) -> bool {
        self.output.is_some()
    }

    /// Returns the job as far as it is known. It is enough to read the document.
    pub fn job(&self) -> &Job {
        &self.job
    }

    /// Removes operations that the configuration or extensions of the document filter out.
    ///
    /// # Errors
    ///
    /// Returns a [`ConfigError`] if the filter names an operation, tag or path that is not in the document.
    pub fn apply(
        &self,
        loaded: &mut Loaded,
        diagnostics: &mut Diagnostics,
    ) -> Result<(), ConfigError> {
        let (repeated, filter) = (&self.job.options.retry.idempotent, &self.job.filter);
        let Some(described) = filter::operations::described(loaded) else {
            return Ok(());
        };
        let calls = described.iter().filter(|operation| !operation.is_webhook);
        let names = calls.flat_map(|operation| &operation.names);
        let places = match &self.file {
            Some((path, text)) => Places::new(path, text, self.output),
            None => Places::none(),
        };
        self.changelog_finding
            .iter()
            .for_each(|found| diagnostics.push(found.clone()));
        operations::answer(
            &["retry", "idempotent"],
            repeated,
            names.clone(),
            &places,
            diagnostics,
        );
        if let Some(cli) = &self.job.options.cli {
            let confirm = &["cli", "confirm"];
            operations::answer(confirm, &cli.confirm, names, &places, diagnostics);
        }
        filter::apply(loaded, filter, &described, diagnostics).map_err(|fault| places.placed(fault))
    }

    /// Returns the job, with the names that depend on the document.
    pub fn settle(mut self, loaded: &Loaded) -> Job {
        let info = loaded
            .tree
            .root(loaded.entry)
            .and_then(|root| root.get("info"));
        let title = info.and_then(|info| info.text("title"));
        let options = &mut self.job.options;
        if let Some(name) = title.and_then(named_after).filter(|_| self.unnamed) {
            options.package.name = name;
        }
        options.env_prefix = env_prefix(title.unwrap_or_default(), &options.package.name);
        if self.no_env {
            options.auth_env = default_env(&options.env_prefix);
        }
        self.job
    }
}

#[cfg(test)]
mod tests;
