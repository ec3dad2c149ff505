//! Reads files from git revisions by running git.

use super::paths::{is_absolute, normalise};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A commit, branch, tag, or any other revision of git.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision(String);

impl Revision {
    /// Parses `REV:path` as git does. The path starts at the root of the repository, or at the working folder if it
    /// starts with a dot.
    ///
    /// Returns `None` for other texts, for paths outside of the repository, and if a file with the whole text as its
    /// path exists.
    pub fn named(text: &str) -> Option<(Self, PathBuf)> {
        let (revision, path) = text.split_once(':')?;
        // `C:\api.yaml` is a file, and git would take a leading dash for an option.
        let is_named = revision.len() > 1 && !revision.starts_with('-') && !path.is_empty();
        let is_url = path.starts_with("//");
        if !is_named || is_url || Path::new(text).exists() {
            return None;
        }
        let path = match path.starts_with("./") || path.starts_with("../") {
            true => Path::new(&prefix()).join(path),
            false => PathBuf::from(path),
        };
        // A revision contains nothing outside of its repository.
        if is_absolute(&path) || normalise(&path).starts_with("..") {
            return None;
        }
        Some((Revision(revision.to_owned()), path))
    }

    /// Returns this revision with the path of a file in the working folder, from the root of the repository. Returns
    /// `None` for a file outside of it.
    pub fn of_file(&self, path: &Path) -> Option<(Self, PathBuf)> {
        let inside = match path.is_absolute() {
            true => path.strip_prefix(top()).ok()?.to_owned(),
            false => Path::new(&prefix()).join(path),
        };
        let inside = normalise(&inside);
        let is_inside = !is_absolute(&inside) && !inside.starts_with("..");
        is_inside.then(|| (self.clone(), inside))
    }

    pub(super) fn is_file(&self, path: &Path) -> bool {
        let kind = git(&["cat-file", "-t", &self.object(path)]);
        kind.is_ok_and(|output| output.stdout.starts_with(b"blob"))
    }

    pub(super) fn read(&self, path: &Path) -> Result<Vec<u8>, String> {
        // Distinguishes an unknown revision from a missing file.
        git(&[
            "rev-parse",
            "--verify",
            "--quiet",
            &format!("{}^{{tree}}", self.0),
        ])
        .map_err(|why| match why.is_empty() {
            true => format!("unknown git revision `{}`", self.0),
            false => why,
        })?;
        if !self.is_file(path) {
            return Err(format!("no such file in the revision `{}`", self.0));
        }
        git(&["show", &self.object(path)]).map(|output| output.stdout)
    }

    fn object(&self, path: &Path) -> String {
        let path = path.to_string_lossy().replace('\\', "/");
        format!("{}:{path}", self.0)
    }
}

/// Reads a text file from a revision.
pub fn read_revision(revision: &Revision, path: &Path) -> Result<String, String> {
    let bytes = revision.read(&normalise(path))?;
    super::decode::decode(bytes).map_err(|what| format!("it {what}"))
}

/// Returns the last release tag before the working folder's commit: `v1.2.0`, or with the package's name as a prefix.
///
/// # Errors
///
/// Returns a message if git fails.
pub fn last_tag(package: &str) -> Result<Option<String>, String> {
    git(&["rev-parse", "--show-toplevel"])?;
    let own = format!("{package}-v[0-9]*");
    let patterns = ["--match", "v[0-9]*", "--match", &own];
    let described = git(&[&["describe", "--tags", "--abbrev=0"], &patterns[..]].concat());
    // Without tags or commits, git fails.
    let tag = described.ok();
    Ok(tag.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()))
}

/// Returns the path of the working folder in its repository.
fn prefix() -> String {
    shown("--show-prefix")
}

/// Returns the root of the repository around the working folder.
pub(super) fn top() -> PathBuf {
    PathBuf::from(shown("--show-toplevel"))
}

/// Returns the output of `git rev-parse`, or an empty string outside of a repository.
fn shown(what: &str) -> String {
    let output = git(&["rev-parse", what]);
    let output = output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    output.unwrap_or_default()
}

/// Runs git. Returns its first line of errors if it fails.
fn git(arguments: &[&str]) -> Result<Output, String> {
    let output = Command::new("git")
        .args(arguments)
        .output()
        .map_err(|fault| format!("cannot run git: {fault}"))?;
    match output.status.success() {
        true => Ok(output),
        false => {
            let output = String::from_utf8_lossy(&output.stderr);
            let line = output.lines().next().unwrap_or_default();
            Err(line.trim_start_matches("fatal: ").to_owned())
        }
    }
}
