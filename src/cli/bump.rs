//! `sdkgen generate --bump`: the version of the next release, by what has changed since the last one.

use super::diff::compared;
use super::target::Target;
use super::terminal::Ui;
use super::{FINDINGS, MISUSE, Need};
use sdkgen::config::{Overrides, Settings};
use sdkgen::diff::{Diff, Severity, report};
use sdkgen::release::{self, Version};
use sdkgen::source::{self, Revision};
use sdkgen::{config, output};
use std::path::{Path, PathBuf};

/// What is written beside what is generated.
pub struct Bump {
    /// The changelog, and `Cargo.lock` where there is one.
    files: Vec<(PathBuf, String)>,
}

impl Bump {
    pub fn write(&self, ui: &Ui) -> Result<(), u8> {
        for (path, text) in &self.files {
            output::write_file(path, text).map_err(|fault| fail(&fault.to_string(), ui))?;
        }
        Ok(())
    }
}

fn fail(why: &str, ui: &Ui) -> u8 {
    ui.error(why);
    FINDINGS
}

fn misuse(why: &str, ui: &Ui) -> u8 {
    ui.error(why);
    MISUSE
}

/// Sets the version in the configuration file, and gives the changelog that goes with it; `None` where
/// nothing has changed since the last release, or where there is none yet.
pub fn bump(target: &Target, accept_silent: bool, ui: &Ui) -> Result<Option<Bump>, u8> {
    if target.reads_stdin() {
        let why = "`--bump` compares the document with a release in git; standard input has none";
        return Err(misuse(why, ui));
    }
    let config = target.config_file();
    let config = config.ok_or_else(|| misuse("`--bump` needs a configuration file", ui))?;
    let settings = target
        .settings(Need::Out)
        .map_err(|fault| super::misuse(&fault, ui))?;
    let package = &settings.job().options.package;
    let Some(tag) = source::last_tag(&package.name).map_err(|why| misuse(&why, ui))? else {
        ui.progress(&format!(
            "no release is tagged yet: the version stays {}",
            package.version
        ));
        return Ok(None);
    };
    let released = release::tagged(&tag);
    let released =
        released.ok_or_else(|| misuse(&format!("the tag `{tag}` names no version"), ui))?;
    let diff = since(&tag, config, &settings, ui)?;
    if diff.changes.is_empty() {
        ui.progress(&format!("nothing has changed for callers since {tag}"));
        return Ok(None);
    }
    refuse_silent(&diff, accept_silent, ui)?;
    let current = Version::parse(&package.version);
    // Who has set a higher one knows why.
    let next = current.into_iter().chain([released.after(&diff)]).max();
    let next = next.unwrap_or_else(|| released.after(&diff));
    let text = read(config, ui)?;
    let new = config::with_version(&text, &next.to_string());
    let new =
        new.ok_or_else(|| misuse("the configuration file has no `package.version` to set", ui))?;
    let job = settings.job();
    let changelog = job
        .changelog
        .clone()
        .unwrap_or_else(|| job.out.join("CHANGELOG.md"));
    let old = source::exists(&changelog)
        .then(|| read(&changelog, ui))
        .transpose()?;
    let today = jiff::Timestamp::now().strftime("%Y-%m-%d").to_string();
    let text = release::changelog(old.as_deref(), released, next, &today, &diff);
    output::write_file(config, &new).map_err(|fault| fail(&fault.to_string(), ui))?;
    let mut files = vec![(changelog, text)];
    files.extend(locked(&job.out, &package.name, next));
    ui.progress(&format!("{next}, after {tag}: {}", report::summary(&diff)));
    Ok(Some(Bump { files }))
}

/// The `Cargo.lock` that holds the crate, of its own folder or of a workspace around it, with the version of
/// the release: cargo refuses `--locked` otherwise. `None` where there is none, or nothing to change.
fn locked(out: &Path, package: &str, version: Version) -> Option<(PathBuf, String)> {
    let folder = std::path::absolute(out).ok()?;
    let mut files = folder.ancestors().map(|above| above.join("Cargo.lock"));
    let path = files.find(|path| source::is_file(path))?;
    let text = source::read_text(&path).ok()?;
    let new = release::locked(&text, package, version)?;
    Some((path, new))
}

fn read(path: &Path, ui: &Ui) -> Result<String, u8> {
    let text = source::read_text(path);
    text.map_err(|why| misuse(&format!("cannot read `{}`: {why}", path.display()), ui))
}

/// What has changed since a tag, with the configuration as it was then.
fn since(tag: &str, config: &Path, settings: &Settings, ui: &Ui) -> Result<Diff, u8> {
    let named = format!("{tag}:./{}", config.display());
    let (revision, path) = Revision::named(&named)
        .ok_or_else(|| misuse(&format!("`{named}` is no path in this repository"), ui))?;
    let text = source::read_revision(&revision, &path);
    let text = text.map_err(|why| misuse(&format!("cannot read `{named}`: {why}"), ui))?;
    let old = Settings::from_file(&path, &text, Overrides::default());
    let old = old.map_err(|fault| super::misuse(&fault, ui))?;
    let old = compared(old, Some(revision), ui)?;
    Ok(Diff::of(&old, &compared(settings.clone(), None, ui)?))
}

/// What compiles and does something else has to be looked at by somebody.
fn refuse_silent(diff: &Diff, accepted: bool, ui: &Ui) -> Result<(), u8> {
    let silent = diff.count(Severity::Silent);
    if silent == 0 || accepted {
        return Ok(());
    }
    ui.result(&report::human(diff));
    let why = "code that calls the crate compiles as before, and something else goes over the wire: \
               `--accept-silent` releases it all the same";
    Err(fail(&format!("{silent} silent: {why}"), ui))
}
