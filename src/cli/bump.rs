//! `sdkgen generate --bump`: chooses the version of the next release from the changes since the last one.

use super::diff::compared;
use super::target::Target;
use super::terminal::Terminal;
use super::{FINDINGS, MISUSE, Need};
use sdkgen::config::{Overrides, Settings};
use sdkgen::diff::{ChangeSeverity, Diff, report};
use sdkgen::release::{self, ReleaseVersion};
use sdkgen::source::{self, Revision};
use sdkgen::{config, output};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Files to write after generation.
pub struct Bump {
    changelog: (PathBuf, String),
    /// Each `Cargo.lock`.
    locks: BTreeMap<PathBuf, String>,
}

impl Bump {
    pub fn write(&self, terminal: &Terminal) -> Result<(), u8> {
        let (changelog, text) = &self.changelog;
        for (path, text) in [(changelog, text)].into_iter().chain(&self.locks) {
            output::write_file(path, text).map_err(|fault| fail(&fault.to_string(), terminal))?;
        }
        Ok(())
    }

    /// Returns the path of the changelog.
    pub fn changelog(&self) -> &Path {
        &self.changelog.0
    }
}

fn fail(why: &str, terminal: &Terminal) -> u8 {
    terminal.error(why);
    FINDINGS
}

fn misuse(why: &str, terminal: &Terminal) -> u8 {
    terminal.error(why);
    MISUSE
}

/// Sets the version in the configuration file, and returns the changelog to write with it.
///
/// Returns `None` if nothing has changed since the last release, or if there is none yet.
pub fn bump(target: &Target, accept_silent: bool, terminal: &Terminal) -> Result<Option<Bump>, u8> {
    if target.reads_stdin() {
        let why =
            "`--bump` cannot read standard input: it compares the document with a release in git";
        return Err(misuse(why, terminal));
    }
    let config = target.config_file();
    let config = config.ok_or_else(|| misuse("`--bump` needs a configuration file", terminal))?;
    let settings = target
        .settings(Need::Out)
        .map_err(|fault| super::misuse(&fault, terminal))?;
    let package = &settings.job().options.package;
    let Some(tag) = source::last_tag(&package.name).map_err(|why| misuse(&why, terminal))? else {
        terminal.progress(&format!(
            "no release tag yet; the version remains {}",
            package.version
        ));
        return Ok(None);
    };
    let released = release::tagged(&tag);
    let released =
        released.ok_or_else(|| misuse(&format!("the tag `{tag}` is not a version"), terminal))?;
    let diff = since(&tag, config, &settings, terminal)?;
    if diff.changes.is_empty() {
        terminal.progress(&format!("no changes for callers since {tag}"));
        return Ok(None);
    }
    refuse_silent(&diff, accept_silent, terminal)?;
    let current = ReleaseVersion::parse(&package.version);
    // A higher version in the configuration was set on purpose.
    let next = current.into_iter().chain([released.after(&diff)]).max();
    let next = next.unwrap_or_else(|| released.after(&diff));
    let text = read(config, terminal)?;
    let new = config::with_version(&text, &next.to_string());
    let new =
        new.ok_or_else(|| misuse("the configuration file has no `package.version`", terminal))?;
    let job = settings.job();
    let changelog = job.changelog.clone();
    let changelog = changelog.ok_or_else(|| misuse("`--bump` needs an output folder", terminal))?;
    let old = source::exists(&changelog)
        .then(|| read(&changelog, terminal))
        .transpose()?;
    let today = jiff::Timestamp::now().strftime("%Y-%m-%d").to_string();
    let text = release::changelog(old.as_deref(), released, next, &today, &diff);
    output::write_file(config, &new).map_err(|fault| fail(&fault.to_string(), terminal))?;
    let program = job.options.cli.as_ref().zip(job.cli.as_deref());
    let program = program.map(|(options, folder)| (folder, options.package(&package.name)));
    let locks = locked(&job.out, &package.name, program, next);
    terminal.progress(&format!("{next}, after {tag}: {}", report::summary(&diff)));
    Ok(Some(Bump {
        changelog: (changelog, text),
        locks,
    }))
}

/// Returns each `Cargo.lock` that contains the crate or its program with the new version, if it changes.
///
/// cargo refuses `--locked` otherwise. The two crates may be in one workspace or in two.
fn locked(
    out: &Path,
    package: &str,
    program: Option<(&Path, String)>,
    version: ReleaseVersion,
) -> BTreeMap<PathBuf, String> {
    let folders = [Some(out), program.as_ref().map(|(folder, _)| *folder)];
    let names = [Some(package), program.as_ref().map(|(_, name)| &**name)];
    let mut locks = BTreeMap::new();
    for path in folders.into_iter().flatten().filter_map(lock_file) {
        let Ok(mut text) = source::read_text(&path) else {
            continue;
        };
        let mut has_changed = false;
        for name in names.into_iter().flatten() {
            if let Some(new) = release::locked(&text, name, version) {
                text = new;
                has_changed = true;
            }
        }
        if has_changed {
            locks.insert(path, text);
        }
    }
    locks
}

/// Returns the lock file of a folder's crate: in the folder itself, or of a workspace above it.
fn lock_file(folder: &Path) -> Option<PathBuf> {
    let folder = std::path::absolute(folder).ok()?;
    let mut files = folder.ancestors().map(|above| above.join("Cargo.lock"));
    files.find(|path| source::is_file(path))
}

fn read(path: &Path, terminal: &Terminal) -> Result<String, u8> {
    let text = source::read_text(path);
    text.map_err(|why| {
        misuse(
            &format!("cannot read `{}`: {why}", path.display()),
            terminal,
        )
    })
}

/// Returns the changes since a tag. The old document is read with the configuration of that tag.
fn since(tag: &str, config: &Path, settings: &Settings, terminal: &Terminal) -> Result<Diff, u8> {
    let named = format!("{tag}:./{}", config.display());
    let (revision, path) = Revision::named(&named).ok_or_else(|| {
        misuse(
            &format!("`{named}` is not a path in this repository"),
            terminal,
        )
    })?;
    let text = source::read_revision(&revision, &path);
    let text = text.map_err(|why| misuse(&format!("cannot read `{named}`: {why}"), terminal))?;
    let old = Settings::from_file(&path, &text, Overrides::default());
    let old = old.map_err(|fault| super::misuse(&fault, terminal))?;
    let old = compared(old, Some(revision), terminal)?;
    Ok(Diff::of(&old, &compared(settings.clone(), None, terminal)?))
}

/// Refuses changes that compile but send something else, until the user accepts them.
fn refuse_silent(diff: &Diff, accepted: bool, terminal: &Terminal) -> Result<(), u8> {
    let silent = diff.count(ChangeSeverity::Silent);
    if silent == 0 || accepted {
        return Ok(());
    }
    terminal.result(&report::human(diff));
    let why = "code that uses the crate still compiles, but sends or decodes something else; use `--accept-silent` to \
               release it";
    let changes = if silent == 1 { "change" } else { "changes" };
    Err(fail(&format!("{silent} silent {changes}: {why}"), terminal))
}
