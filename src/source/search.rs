//! Finds OpenAPI documents in a folder.

use std::fs;
use std::path::{Path, PathBuf};

/// The limit of nested folders.
const DEEPEST: usize = 4;

/// Folders of dependencies and build output.
const FOREIGN: [&str; 3] = ["node_modules", "target", "vendor"];

/// Returns the OpenAPI documents below a folder, sorted by path, or `None` if the path is not a folder.
///
/// A document is a YAML or JSON file with the key `openapi` or `swagger`, which files that others refer to do not
/// have. Hidden folders and those of dependencies are skipped.
///
/// # Errors
///
/// Returns a message if a folder cannot be listed.
pub fn documents(path: &Path) -> Result<Option<Vec<PathBuf>>, String> {
    if !path.is_dir() {
        return Ok(None);
    }
    let mut found = Vec::new();
    search(path, 0, &mut found)?;
    found.sort();
    Ok(Some(found))
}

fn search(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) -> Result<(), String> {
    let fault = |why: std::io::Error| format!("cannot list `{}`: {why}", folder.display());
    for entry in fs::read_dir(folder).map_err(fault)? {
        let entry = entry.map_err(fault)?;
        let (name, path) = (entry.file_name(), entry.path());
        let name = name.to_string_lossy();
        // Links may form a cycle.
        let kind = entry.file_type().map_err(fault)?;
        if kind.is_dir() {
            let is_own = !name.starts_with('.') && !FOREIGN.contains(&&*name);
            if is_own && depth < DEEPEST {
                search(&path, depth + 1, found)?;
            }
        } else if kind.is_file() && is_named_so(&path) && is_document(&path) {
            found.push(path);
        }
    }
    Ok(())
}

fn is_named_so(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    matches!(extension, Some("yaml" | "yml" | "json"))
}

/// Returns whether a line starts with the key, or a JSON object has it. Unreadable files are skipped.
fn is_document(path: &Path) -> bool {
    let Ok(text) = super::read_text(path) else {
        return false;
    };
    ["openapi", "swagger"].iter().any(|key| {
        let mut lines = text.lines();
        lines.any(|line| value_of(line, key).is_some_and(|value| value.starts_with(['2', '3'])))
    })
}

/// Returns the value of a key at the start of a line, without quotes.
fn value_of<'l>(line: &'l str, key: &str) -> Option<&'l str> {
    let quote = ['"', '\''];
    let line = line.trim_start_matches(['{', ' ', '\t']);
    let rest = line.strip_prefix(quote).unwrap_or(line).strip_prefix(key)?;
    let rest = rest.strip_prefix(quote).unwrap_or(rest).trim_start();
    Some(
        rest.strip_prefix(':')?
            .trim_start()
            .trim_start_matches(quote),
    )
}

#[cfg(test)]
mod tests {
    use super::value_of;

    #[test]
    fn keys_are_found_in_yaml_and_json() {
        for line in [
            "openapi: 3.1.0",
            "openapi: \"3.1.0\"",
            "'openapi': '3.1.0'",
            "  \"openapi\" : \"3.1.0\",",
            "{\"openapi\":\"3.1.0\",\"info\":{}}",
        ] {
            let value = value_of(line, "openapi");
            assert!(
                value.is_some_and(|value| value.starts_with("3.1.0")),
                "{line}"
            );
        }
        for line in ["openapis: 3", "# openapi: 3", "an openapi: 3", ""] {
            assert_eq!(value_of(line, "openapi"), None, "{line}");
        }
    }
}
