//! Copies the files of a description to `spec/` of a new repository.

use crate::load::Loaded;
use crate::render::Files;
use crate::source;
use crate::source::percent_decode;
use crate::tree::FileId;
use std::path::{Component, Path, PathBuf};

/// Copies of the files of a description.
pub struct Description {
    pub files: Files,
    /// The path of the document among them.
    pub entry: String,
    /// Whether the copy of the document has another name.
    pub is_renamed: bool,
    /// Whether a file is outside of the document's folder.
    pub has_neighbours: bool,
}

/// Copies all files that were read, to paths of safe characters only.
///
/// # Errors
///
/// Returns a message if a file cannot be renamed, or if a reference would not lead to the copy of its target.
pub fn copies(loaded: &Loaded, taken: &[&str]) -> Result<Description, String> {
    let paths = below_common(loaded)?;
    let mut names = paths.clone();
    let entry = loaded.entry.0 as usize;
    for (index, path) in paths.iter().enumerate() {
        if index == entry {
            names[index] = unique(safe(path), entry, &paths, taken);
        } else if safe(path) != *path {
            return Err(advised(&format!(
                "`{path}` has characters other than `A-Z a-z 0-9 . _ -` in its name"
            )));
        }
    }
    check_references(loaded, &paths, &names)?;
    let mut files = Files::default();
    for ((_, file), name) in loaded.sources.files().zip(&names) {
        files.insert(name, file.text.as_str());
    }
    let folder = folder(&names[entry]);
    Ok(Description {
        has_neighbours: names.iter().any(|name| !name.starts_with(folder)),
        is_renamed: names[entry] != paths[entry],
        entry: names[entry].clone(),
        files,
    })
}

fn advised(why: &str) -> String {
    format!(
        "{why}; bundle the document first: `sdkgen bundle SPEC --out openapi.yaml`, then `sdkgen init openapi.yaml`"
    )
}

/// Returns the folder of a path, with a trailing `/`.
fn folder(path: &str) -> &str {
    &path[..path.rfind('/').map_or(0, |end| end + 1)]
}

/// Returns the paths of all files, relative to their common folder.
fn below_common(loaded: &Loaded) -> Result<Vec<String>, String> {
    let mut paths = Vec::new();
    for (_, file) in loaded.sources.files() {
        let path = std::path::absolute(&file.path)
            .map_err(|fault| format!("cannot find `{}`: {fault}", file.path.display()))?;
        paths.push(source::normalise(&path));
    }
    let root = common(&paths);
    let below = |path: &PathBuf| {
        let below = path.strip_prefix(&root).unwrap_or(path);
        let names = below.components().map(|component| match component {
            // Invalid Unicode is replaced, and the replacement character is not safe.
            Component::Normal(name) => Some(name.to_string_lossy()),
            _ => None,
        });
        let names: Option<Vec<_>> = names.collect();
        let names = names.ok_or_else(|| {
            format!(
                "`{}` is outside the folder of the description",
                path.display()
            )
        });
        names.map(|names| names.join("/"))
    };
    paths.iter().map(below).collect()
}

/// Returns the common folder of all files.
fn common(paths: &[PathBuf]) -> PathBuf {
    let mut folders = paths.iter().filter_map(|path| path.parent());
    let first = folders.next().unwrap_or(Path::new("")).to_owned();
    folders.fold(first, |common, folder| {
        let same = common.components().zip(folder.components());
        same.take_while(|(a, b)| a == b).map(|(a, _)| a).collect()
    })
}

/// Checks that each reference leads from the copy of its file to the copy of its target.
fn check_references(loaded: &Loaded, paths: &[String], names: &[String]) -> Result<(), String> {
    let index = |file: FileId| file.0 as usize;
    let leads = |(from, reference, to): &(FileId, &str, FileId)| {
        let (from, to) = (&names[index(*from)], index(*to));
        if source::is_remote(reference) {
            return names[to] == paths[to];
        }
        let beside = |text: &str| source::normalise(&Path::new(folder(from)).join(text));
        [&*percent_decode(reference), *reference]
            .iter()
            .any(|text| beside(text) == Path::new(&names[to]))
    };
    let followed = loaded.sources.followed();
    let broken = followed.filter(|reference| !leads(reference)).min();
    match broken {
        None => Ok(()),
        Some((from, reference, _)) => Err(advised(&format!(
            "the reference `{reference}` in `{}` would not resolve to the copy of its file",
            paths[index(from)]
        ))),
    }
}

/// Returns a path of the same depth with letters, digits, `.`, `_` and `-` only.
fn safe(path: &str) -> String {
    let (folders, file) = path.split_at(folder(path).len());
    let folders = folders.split_terminator('/');
    let folders: String = folders
        .map(|name| safe_name(name, "folder") + "/")
        .collect();
    let (stem, extension) = file.rsplit_once('.').unwrap_or((file, ""));
    let extension = match safe_name(extension, "") {
        none if none.is_empty() => none,
        some => format!(".{some}"),
    };
    format!("{folders}{}{extension}", safe_name(stem, "openapi"))
}

/// Replaces each run of unsafe characters with a dash.
fn safe_name(name: &str, fallback: &str) -> String {
    let is_safe = |char: char| char.is_ascii_alphanumeric() || matches!(char, '.' | '_' | '-');
    if !name.is_empty() && name.chars().all(is_safe) {
        return name.to_owned();
    }
    let words = name.split(|char| !is_safe(char));
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let joined = words.join("-");
    match joined.trim_matches(['-', '.']) {
        "" => fallback.to_owned(),
        some => some.to_owned(),
    }
}

/// Returns the path, with a number if another file has it.
fn unique(path: String, entry: usize, paths: &[String], taken: &[&str]) -> String {
    let others = paths.iter().enumerate();
    let others = others.filter(|(index, _)| *index != entry);
    let mut known: Vec<&str> = others.map(|(_, path)| path.as_str()).collect();
    // A document with a reserved name is refused later, not renamed.
    known.extend(taken.iter().filter(|_| path != paths[entry]));
    let is_free = |path: &String| !known.iter().any(|known| known.eq_ignore_ascii_case(path));
    if path == paths[entry] || is_free(&path) {
        return path;
    }
    let split = path.rfind('.').filter(|dot| *dot > folder(&path).len());
    let (stem, extension) = path.split_at(split.unwrap_or(path.len()));
    let mut numbered = (2..).map(|number: usize| format!("{stem}-{number}{extension}"));
    numbered.find(is_free).unwrap_or_else(|| path.clone())
}

#[cfg(test)]
mod tests {
    use super::{safe, unique};

    #[test]
    fn names_become_safe_ones() {
        for (name, wanted) in [
            ("v1/open_api-2.json", "v1/open_api-2.json"),
            ("$(touch pwned).yaml", "touch-pwned.yaml"),
            ("a b;touch pwned;.yaml", "a-b-touch-pwned.yaml"),
            ("${{ github.token }}.yaml", "github.token.yaml"),
            ("описание.yaml", "openapi.yaml"),
            ("v 1/'x'/a.ya ml", "v-1/x/a.ya-ml"),
            ("ü/a", "folder/a"),
            ("a\nb.yml", "a-b.yml"),
            ("-x;.yaml", "x.yaml"),
            (".. .yaml", "openapi.yaml"),
        ] {
            assert_eq!(safe(name), wanted, "{name}");
        }
    }

    #[test]
    fn renamed_files_stay_unique() {
        let paths = ["a b.yaml", "a-b.yaml", "A-B-2.yaml"].map(str::to_owned);
        let renamed = |taken: &[&str]| unique(safe(&paths[0]), 0, &paths, taken);
        assert_eq!(renamed(&[]), "a-b-3.yaml");
        assert_eq!(renamed(&["a-b-3.yaml"]), "a-b-4.yaml");
        assert_eq!(
            unique(safe(&paths[1]), 1, &paths, &["a-b.yaml"]),
            "a-b.yaml"
        );
    }
}
