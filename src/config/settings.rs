//! Combines the configuration file and the command line into a [`Job`].

pub mod place;

use super::fault::SyntaxFault;
use super::file::ConfigFile;
use super::{
    Job, Options, Package, auth, changelog, check, client_parameters, command_line, modules, names,
    operations, own_types, pagination, retry, streams, wait, webhooks, workspace,
};
use crate::diag::{Diagnostic, Diagnostics, Line, Location, codes};
use crate::filter;
use crate::load::{self, Loaded};
use crate::naming;
use crate::source::{self, normalise};
use place::Places;
use std::fmt;
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
    /// The index in `outputs`, if the file has that list.
    output: Option<usize>,
}

/// An invalid configuration, with its position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    /// The configuration file, if there is one.
    pub path: Option<PathBuf>,
    /// Line and column, from 1.
    pub at: Option<(usize, usize)>,
    /// The text of the line.
    pub line: String,
    pub message: String,
}

impl ConfigError {
    /// Returns the diagnostic that reports the error.
    #[doc(hidden)]
    pub fn diagnostic(&self) -> Diagnostic {
        let path = self.path.as_ref().map(|path| path.display().to_string());
        let path = path.unwrap_or_default();
        let place = match self.at {
            Some((number, column)) => Location::Line(Line {
                path,
                number,
                column,
                text: self.line.clone(),
            }),
            None => Location::Path(path),
        };
        codes::configuration(place, &self.message)
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.path, self.at) {
            (Some(path), Some((line, column))) => {
                write!(f, "{}:{line}:{column}: ", path.display())?
            }
            (Some(path), None) => write!(f, "{}: ", path.display())?,
            (None, _) => {}
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for ConfigError {}

impl From<String> for ConfigError {
    fn from(message: String) -> Self {
        ConfigError {
            path: None,
            at: None,
            line: String::new(),
            message,
        }
    }
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
        file: ConfigFile,
        folder: &Path,
        given: Overrides,
        places: &Places<'_>,
    ) -> Result<Self, check::Fault> {
        let beside = |path: PathBuf| normalise(&folder.join(path));
        let mut keys = file.keys();
        keys.wire_tests |= given.wire_tests;
        let spec = given.spec.or(file.spec.map(beside));
        let spec = spec.ok_or_else(|| {
            (
                vec![],
                "no document: pass SPEC, or set `spec` in the configuration file".to_owned(),
            )
        })?;
        // The configured book documents the configured crate, so it is not written for another folder.
        let is_elsewhere = given.out.is_some();
        let out = given.out.or(file.out.map(beside));
        let docs = file.docs.map(beside).filter(|_| !is_elsewhere);
        let docs = given.docs.or(docs);
        if out.is_some() && same_folder(out.as_deref(), docs.as_deref()) {
            return Err((
                vec!["docs".into()],
                "the crate and its book need different folders".to_owned(),
            ));
        }
        // The same holds for the configured program, which depends on the configured crate.
        let mut cli_file = file.cli;
        let cli = cli_file.dir.take().map(beside).filter(|_| !is_elsewhere);
        let cli = given.cli.or(cli);
        let others = [out.as_deref(), docs.as_deref()];
        if cli.is_some() && others.iter().any(|it| same_folder(*it, cli.as_deref())) {
            return Err((
                vec!["cli".into(), "dir".into()],
                "the crate and its command line need two folders".to_owned(),
            ));
        }
        let command_line = cli.as_deref().map(|cli| {
            // Commands that write no files need no folder of the crate.
            let client = out.as_deref().unwrap_or(cli);
            command_line::command_line(cli_file, cli, client)
        });
        let command_line = command_line.transpose()?;
        if let Some(name) = &given.package {
            check::name(name).map_err(|fault| (vec![], fault))?;
        }
        let name = given.package.or(file.package.name.clone());
        let unnamed = name.is_none();
        // Without a name, the file name of the document is the fallback until its title is known.
        let name = name
            .or_else(|| named_after(&stem(&spec)))
            .unwrap_or_else(|| "api-client".to_owned());
        let workspace_member = out.as_deref().is_some_and(workspace::workspace_lists);
        let package = package(file.package, name, workspace_member);
        check::package(&package)?;
        let auth = auth::auth(&file.auth, places)?;
        let env_prefix = env_prefix(&package.name, "");
        let (no_env, auth_env) = match file.auth.env {
            Some(env) => {
                check::env(&env).map_err(|fault| (vec!["auth".into(), "env".into()], fault))?;
                (false, env)
            }
            None => (true, default_env(&env_prefix)),
        };
        let in_crate = || out.as_ref().map(|out| out.join(changelog::DEFAULT));
        let changelog = file.changelog.map(beside).or_else(in_crate);
        let included = docs.as_deref().zip(changelog.as_deref());
        let included = included.and_then(|(docs, path)| {
            changelog::include(docs, path, given.new_changelog.as_deref() == Some(path))
        });
        let options = Options {
            package,
            auth_env,
            env_prefix,
            auth,
            keys,
            signatures: webhooks::scheme(file.webhooks)?,
            retry: retry::retry(file.retry)?,
            name_overrides: names::overrides(file.names, places)?,
            allow_empty: names::listed("allow_empty", file.allow_empty, places),
            extra_modules: modules::modules(file.extra_modules)?,
            pagination: pagination::rules(file.pagination, places)?,
            polling: wait::polling(file.wait, places)?,
            client_parameters: client_parameters::client_parameters(
                file.client_parameters,
                places,
            )?,
            streams: streams::streams(file.streams, places),
            derives: own_types::derives(file.derives, places)?,
            types: own_types::types(file.types, places)?,
            dependencies: own_types::dependencies(file.dependencies)?,
            quick_start: names::value("quick_start", file.quick_start, places),
            cli: command_line,
            changelog: included,
        };
        let overlays = match given.overlays.is_empty() {
            true => file.overlays.into_iter().map(beside).collect(),
            false => given.overlays,
        };
        let allow_files = file.allow_files.into_iter().map(beside);
        let job = Job {
            allow_files: allow_files.chain(given.allow_files).collect(),
            templates: given.templates.or(file.templates.map(beside)),
            spec,
            overlays,
            filter: file.filter,
            out: out.unwrap_or_default(),
            docs,
            cli,
            changelog,
            remotes: file
                .remote
                .into_iter()
                .map(|(url, path)| (url, beside(path)))
                .collect(),
            options,
        };
        Ok(Settings {
            job,
            unnamed,
            no_env,
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

fn package(file: super::file::PackageFile, name: String, workspace_member: bool) -> Package {
    Package {
        name,
        version: file.version.unwrap_or_else(|| "0.1.0".to_owned()),
        license: file
            .license
            .unwrap_or_else(|| "MIT OR Apache-2.0".to_owned()),
        description: file.description,
        repository: file.repository,
        homepage: file.homepage,
        documentation: file.documentation,
        authors: file.authors,
        keywords: file.keywords,
        categories: file.categories,
        workspace_member,
    }
}

/// Returns the package name for a title, if it is valid.
fn named_after(title: &str) -> Option<String> {
    Some(naming::package_name(title)).filter(|name| check::name(name).is_ok())
}

/// What environment variables begin with: the first of the names that has letters for it.
fn env_prefix(title: &str, package: &str) -> String {
    let names = [title, package, "api-client"].map(naming::env_prefix);
    let [.., usual] = &names;
    let mut all = names.iter();
    all.find(|name| !name.is_empty()).unwrap_or(usual).clone()
}

fn default_env(prefix: &str) -> String {
    format!("{prefix}_API_KEY")
}

fn stem(spec: &Path) -> String {
    spec.file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default()
}

fn same_folder(a: Option<&Path>, b: Option<&Path>) -> bool {
    // Without a current folder, in WebAssembly or after it was removed, paths stay relative.
    let absolute = |path: &Path| normalise(&std::path::absolute(path).unwrap_or(path.to_owned()));
    a.map(absolute) == b.map(absolute)
}

#[cfg(test)]
mod tests;
