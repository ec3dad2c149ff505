//! Compares the disk with the files that `generate` would write, for `sdkgen check`.

use super::stage::{FileState, Survey};
use super::{MANIFEST, OutputError, manifest};
use crate::progress::Count;
use crate::render::Files;
use similar::TextDiff;
use std::path::Path;

/// The differences of a folder. Paths are relative to it and sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drift {
    /// Generated files that are missing on the disk.
    pub missing: Vec<String>,
    /// Files of an earlier run that are no longer generated.
    pub extra: Vec<String>,
    pub changed: Vec<Changed>,
}

/// A file whose text differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    pub path: String,
    /// A unified diff from the file on the disk to the generated text.
    pub diff: String,
}

impl Drift {
    pub fn is_empty(&self) -> bool {
        self.missing.is_empty() && self.extra.is_empty() && self.changed.is_empty()
    }

    /// Lists the files by kind, below a line with the totals.
    pub fn list(&self, root: &Path) -> String {
        let (missing, extra) = (self.missing.len(), self.extra.len());
        let changed = self.changed.len();
        let mut text = format!(
            "{}: {missing} missing, {extra} extra, {changed} changed\n",
            root.display()
        );
        let changed = self.changed.iter().map(|changed| &changed.path);
        let lines = (self.missing.iter().map(|path| ("missing", path)))
            .chain(self.extra.iter().map(|path| ("extra  ", path)))
            .chain(changed.map(|path| ("changed", path)));
        for (kind, path) in lines {
            text.push_str(&format!("  {kind} {path}\n"));
        }
        text
    }

    fn compare(
        &mut self,
        survey: &Survey<'_>,
        root: &Path,
        path: &str,
        text: &str,
    ) -> Result<(), OutputError> {
        match survey.state(path, text)? {
            FileState::Same => {}
            FileState::Absent => self.missing.push(path.to_owned()),
            FileState::Differs => {
                let diff = diff(root, path, text)?;
                self.changed.push(Changed {
                    path: path.to_owned(),
                    diff,
                });
            }
        }
        Ok(())
    }
}

/// Returns the change of one file of a folder. `new` is its text, or `None` if it would be removed.
pub fn change(root: &Path, path: &str, new: Option<&str>) -> Result<Changed, OutputError> {
    Ok(Changed {
        path: path.to_owned(),
        diff: diff(root, path, new.unwrap_or_default())?,
    })
}

/// Compares a folder with generated files, without writing. Adds one to `count` for each file.
pub fn check(root: &Path, files: &Files, count: &Count) -> Result<Drift, OutputError> {
    let survey = Survey::new(root, files)?;
    let mut drift = Drift {
        extra: survey.stale()?,
        ..Drift::default()
    };
    for (path, text) in &files.0 {
        drift.compare(&survey, root, path, text)?;
        count.add(1);
    }
    if drift.is_empty() {
        // Changed paths change the manifest too, so it is compared only if everything else matches.
        drift.compare(&survey, root, MANIFEST, &manifest::text(files.0.keys()))?;
    }
    Ok(drift)
}

/// Returns the unified diff of one file, with the prefixes `a/` and `b/` that `git apply` expects.
fn diff(root: &Path, path: &str, new: &str) -> Result<String, OutputError> {
    let file = root.join(path);
    let old = std::fs::read(&file).map_err(OutputError::io("read", &file))?;
    let old = String::from_utf8_lossy(&old);
    let shown = file.display();
    let text = TextDiff::from_lines(old.as_ref(), new)
        .unified_diff()
        .context_radius(3)
        .header(&format!("a/{shown}"), &format!("b/{shown}"))
        .to_string();
    Ok(text)
}
