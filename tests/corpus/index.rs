//! The documents of the corpus, as `INDEX.tsv` lists them.

use std::path::{Path, PathBuf};

pub struct Document {
    /// The path, as in `INDEX.tsv`.
    pub file: String,
    pub path: PathBuf,
    /// The name of its crate.
    pub package: String,
}

/// Reads every entry document, in the index's order.
pub fn read(corpus: &Path) -> Result<Vec<Document>, String> {
    let path = corpus.join("INDEX.tsv");
    let text =
        std::fs::read_to_string(&path).map_err(|why| format!("{}: {why}", path.display()))?;
    let mut lines = text
        .lines()
        .map(|line| line.split('\t').collect::<Vec<_>>());
    let header = lines.next().unwrap_or_default();
    let column = |name: &str| {
        let found = header.iter().position(|cell| *cell == name);
        found.ok_or_else(|| format!("{}: no column `{name}`", path.display()))
    };
    let file = column("file")?;
    let document = |line: Vec<&str>| Document {
        file: line[file].to_owned(),
        path: corpus.join(line[file]),
        package: package(line[file]),
    };
    Ok(lines.map(document).collect())
}

/// Returns the name of a document's crate: the file's name, or that of the folder that contains all its files.
fn package(file: &str) -> String {
    let stem = || Path::new(file).file_stem().and_then(|stem| stem.to_str());
    let name = match file.split_once('/') {
        Some((folder, _)) => folder,
        None => stem().unwrap_or_default(),
    };
    name.replace('.', "-").to_lowercase()
}
