//! `sdkgen diff`: reports what a changed description changes for users of the crate.

use super::arguments::{Format, Sides};
use super::target::Access;
use super::terminal::Terminal;
use super::{CommandResult, DONE, FINDINGS, MISUSE};
use sdkgen::config::{ConfigError, Overrides, Settings};
use sdkgen::diag::Diagnostics;
use sdkgen::diff::{Diff, Surface, report};
use sdkgen::load::Loaded;
use sdkgen::pipeline;
use sdkgen::source::{self, Revision};
use std::path::{Path, PathBuf};

pub fn diff(sides: &Sides, terminal: &Terminal) -> CommandResult {
    let print = match terminal.format() {
        Format::Human => report::human,
        Format::Short => report::short,
        Format::Json => report::json,
        Format::Markdown => report::markdown,
        Format::Github => report::github,
        Format::Sarif | Format::Overlay => {
            terminal.error(
                "`diff` does not support `--format sarif` and `--format overlay`; use `json`",
            );
            return Err(MISUSE);
        }
    };
    if source::is_stdin(&sides.old) && source::is_stdin(&sides.new) {
        terminal.error("only one of the two documents can come from standard input");
        return Err(MISUSE);
    }
    let new = Side {
        name: "new",
        document: &sides.new,
        config: sides.config.as_deref(),
        access: &sides.access,
    };
    let old = Side {
        name: "old",
        document: &sides.old,
        config: sides.old_config.as_deref().or(new.config),
        ..new
    };
    let old = old.surface(terminal)?;
    let diff = Diff::of(&old, &new.surface(terminal)?);
    terminal.result(&print(&diff));
    match diff.is_breaking() {
        true => Err(FINDINGS),
        false => Ok(DONE),
    }
}

/// One of the two documents, with the configuration of its crate.
#[derive(Clone, Copy)]
struct Side<'a> {
    name: &'static str,
    document: &'a Path,
    config: Option<&'a Path>,
    access: &'a Access,
}

impl Side<'_> {
    /// Returns the surface of the crate. A document that cannot be generated from is an error, because the exit code
    /// would be wrong otherwise.
    fn surface(self, terminal: &Terminal) -> Result<Surface, u8> {
        let (revision, spec) = match named(self.document) {
            Some((revision, path)) => (Some(revision), path),
            None => (None, self.document.to_owned()),
        };
        let config = self.config_text(revision.as_ref());
        let settings = config.and_then(|config| self.settings(config, spec));
        let surface = settings
            .map_err(|fault| super::misuse(&fault, terminal))
            .and_then(|settings| compared(settings, revision, terminal));
        surface.inspect_err(|_| terminal.error(&self.failure()))
    }

    /// Returns the path and text of the configuration file.
    ///
    /// A document in a revision is read with the configuration of that revision, because a later one may name
    /// operations that did not exist yet. Falls back to the working folder if the revision has no configuration.
    fn config_text(
        self,
        revision: Option<&Revision>,
    ) -> Result<Option<(PathBuf, String)>, ConfigError> {
        let Some(config) = self.config else {
            return Ok(None);
        };
        let fault =
            |why: String| ConfigError::from(format!("cannot read `{}`: {why}", config.display()));
        if let Some((revision, path)) = named(config) {
            let text = source::read_revision(&revision, &path).map_err(fault)?;
            return Ok(Some((path, text)));
        }
        let then = revision.and_then(|revision| revision.of_file(config));
        if let Some((revision, path)) = then
            && let Ok(text) = source::read_revision(&revision, &path)
        {
            return Ok(Some((path, text)));
        }
        let text = source::read_text(config).map_err(fault)?;
        Ok(Some((config.to_owned(), text)))
    }

    fn settings(
        self,
        config: Option<(PathBuf, String)>,
        spec: PathBuf,
    ) -> Result<Settings, ConfigError> {
        let overrides = Overrides {
            spec: Some(spec),
            allow_files: self.access.allow_files.clone(),
            ..Overrides::default()
        };
        match config {
            Some((path, text)) => Settings::from_file(&path, &text, overrides),
            None => Settings::from_arguments(overrides),
        }
    }

    /// Returns the message that says which document cannot be compared.
    fn failure(self) -> String {
        let document = self.document.display();
        let by = self
            .config
            .map(|config| format!(" with `{}`", config.display()));
        let help = match (self.name, self.config) {
            ("old", Some(_)) => "; set its configuration with --old-config FILE or REV:FILE",
            _ => "",
        };
        let (name, by) = (self.name, by.unwrap_or_default());
        format!("cannot generate a crate from the {name} document `{document}`{by}{help}")
    }
}

/// Parses `REV:PATH`.
fn named(path: &Path) -> Option<(Revision, PathBuf)> {
    path.to_str().and_then(Revision::named)
}

/// Returns the surface of the crate for these settings, in the working folder or in a revision.
pub fn compared(
    settings: Settings,
    revision: Option<Revision>,
    terminal: &Terminal,
) -> Result<Surface, u8> {
    let misuse = |fault: ConfigError| super::misuse(&fault, terminal);
    let mut diagnostics = Diagnostics::default();
    let busy = terminal.step_progress("reading", 0, 2);
    let loaded = match revision {
        Some(revision) => pipeline::load_revision(settings.job(), revision, &mut diagnostics),
        None => pipeline::load(settings.job(), &mut diagnostics),
    };
    drop(busy);
    let Some(mut loaded) = loaded else {
        terminal.diagnostics(&diagnostics, None);
        return Err(MISUSE);
    };
    settings
        .apply(&mut loaded, &mut diagnostics)
        .map_err(misuse)?;
    let job = settings.settle(&loaded);
    let busy = terminal.step_progress("understanding", 1, 2);
    let surface = pipeline::Compilation::new(&job, &loaded).surface(&mut diagnostics);
    drop(busy);
    surface.ok_or_else(|| refused(&diagnostics, &loaded, terminal))
}

fn refused(diagnostics: &Diagnostics, loaded: &Loaded, terminal: &Terminal) -> u8 {
    terminal.diagnostics(diagnostics, Some(loaded));
    MISUSE
}
