//! Reads and prints `.sdkgen-files`, the list of sdkgen's files in a folder.

use super::{MANIFEST, OutputError, is_inside};
use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::Path;

const HEAD: &str = "# Generated files. sdkgen replaces and removes these files, and no others.\n";

/// Returns the text of the manifest. `paths` are sorted.
pub fn text<'p>(paths: impl IntoIterator<Item = &'p String>) -> String {
    let paths = paths.into_iter();
    paths.fold(HEAD.to_owned(), |text, path| text + path + "\n")
}

/// Returns the files of the last run, or an empty set if there is no manifest.
///
/// A path that leads out of the folder is an error rather than skipped: a run removes stale files of the manifest,
/// and must not trust one that sdkgen did not write.
pub fn read(root: &Path) -> Result<BTreeSet<String>, OutputError> {
    let path = root.join(MANIFEST);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(fault) if matches!(fault.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(BTreeSet::new());
        }
        Err(fault) => return Err(OutputError::io("read", &path)(fault)),
    };
    let lines = text
        .lines()
        .map(str::trim_end)
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| match is_inside(line) {
            true => Ok(line.to_owned()),
            false => Err(OutputError::Manifest {
                root: root.to_owned(),
                line: line.to_owned(),
            }),
        })
        .collect()
}
