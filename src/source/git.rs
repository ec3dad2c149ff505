//! Files as they were in a revision of the repository around the working folder, by git itself.

use super::paths::{is_absolute, normalise};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A commit, a branch, a tag, or whatever else git takes for one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision(String);

impl Revision {
    /// The revision and the path that `REV:path` names, as git reads it: a path from the top of the
    /// repository, or from the working folder where it begins with a dot. `None` for a text of another
    /// form, for a path that leaves the repository, and for a file that exists under the whole text.
    pub fn named(text: &str) -> Option<(Self, PathBuf)> {
        let (revision, path) = text.split_once(':')?;
        // `C:\api.yaml` is a file, and what begins with a dash would be an option of git's.
        let is_named = revision.len() > 1 && !revision.starts_with('-') && !path.is_empty();
        let is_url = path.starts_with("//");
        if !is_named || is_url || Path::new(text).exists() {
            return None;
        }
        let path = match path.starts_with("./") || path.starts_with("../") {
            true => Path::new(&prefix()).join(path),
            false => PathBuf::from(path),
        };
        // A revision holds nothing outside its repository.
        if is_absolute(&path) || normalise(&path).starts_with("..") {
            return None;
        }
        Some((Revision(revision.to_owned()), path))
    }

    /// A file of the working folder as this revision has it: the path from the top of the repository. `None`
    /// for what is outside of it.
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
        // That the revision is not there is told apart from a path that is not in it.
        git(&[
            "rev-parse",
            "--verify",
            "--quiet",
            &format!("{}^{{tree}}", self.0),
        ])
        .map_err(|why| match why.is_empty() {
            true => format!("git knows no revision `{}`", self.0),
            false => why,
        })?;
        if !self.is_file(path) {
            return Err(format!(
                "there is no such file in the revision `{}`",
                self.0
            ));
        }
        git(&["show", &self.object(path)]).map(|output| output.stdout)
    }

    fn object(&self, path: &Path) -> String {
        let path = path.to_string_lossy().replace('\\', "/");
        format!("{}:{path}", self.0)
    }
}

/// A text file as it was in a revision; else why there is none.
pub fn read_revision(revision: &Revision, path: &Path) -> Result<String, String> {
    let bytes = revision.read(&normalise(path))?;
    super::decode::decode(bytes).map_err(|what| format!("it {what}"))
}

/// The last tag of a release that the working folder's commit comes from: `v1.2.0`, or with the package's
/// name and a dash before it. `None` where there is none.
///
/// # Errors
///
/// Says why git cannot tell.
pub fn last_tag(package: &str) -> Result<Option<String>, String> {
    git(&["rev-parse", "--show-toplevel"])?;
    let own = format!("{package}-v[0-9]*");
    let patterns = ["--match", "v[0-9]*", "--match", &own];
    let described = git(&[&["describe", "--tags", "--abbrev=0"], &patterns[..]].concat());
    // Where there is no tag, or no commit, git has an error for an answer.
    let tag = described.ok();
    Ok(tag.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()))
}

/// The working folder, from the top of its repository.
fn prefix() -> String {
    shown("--show-prefix")
}

/// The top of the repository around the working folder.
pub(super) fn top() -> PathBuf {
    PathBuf::from(shown("--show-toplevel"))
}

/// What git says of where it is; empty outside of a repository.
fn shown(what: &str) -> String {
    let said = git(&["rev-parse", what]);
    let said = said.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    said.unwrap_or_default()
}

/// What git says; else why it says nothing.
fn git(arguments: &[&str]) -> Result<Output, String> {
    let output = Command::new("git")
        .args(arguments)
        .output()
        .map_err(|fault| format!("git cannot be started: {fault}"))?;
    match output.status.success() {
        true => Ok(output),
        false => {
            let said = String::from_utf8_lossy(&output.stderr);
            let line = said.lines().next().unwrap_or_default();
            Err(line.trim_start_matches("fatal: ").to_owned())
        }
    }
}
