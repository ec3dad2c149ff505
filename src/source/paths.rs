//! Computes paths without accessing the disk.

use std::path::{Component, Path, PathBuf};

/// Removes `.` and `name/..` from a path, without accessing the disk.
pub fn normalise(path: &Path) -> PathBuf {
    let mut result = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir
                if matches!(result.components().next_back(), Some(Component::Normal(_))) =>
            {
                result.pop();
            }
            other => result.push(other),
        }
    }
    match result.as_os_str().is_empty() {
        true => PathBuf::from("."),
        false => result,
    }
}

/// Rewrites a relative address in a file to be relative to a folder. Returns `None` if it is not relative or does not
/// change.
pub fn relocated(address: &str, file: &Path, folder: &Path) -> Option<String> {
    let has_scheme = address.split(['/', '?', '#']).next()?.contains(':');
    if address.is_empty() || has_scheme || address.starts_with(['/', '#', '?']) {
        return None;
    }
    let end = address.find(['?', '#']).unwrap_or(address.len());
    let (path, rest) = address.split_at(end);
    let beside = file.parent().unwrap_or(Path::new("")).join(path);
    let moved = relative(folder, &beside)?;
    let as_written = relative(Path::new(""), Path::new(path))?;
    (moved != as_written).then(|| format!("{moved}{rest}"))
}

/// Returns a path relative to a folder, separated by `/`, without accessing the disk. Returns `None` if there is
/// none.
pub fn relative(folder: &Path, path: &Path) -> Option<String> {
    let whole = |path: &Path| match path.as_os_str().is_empty() {
        true => std::path::absolute(".").ok(),
        false => std::path::absolute(path).ok(),
    };
    let (folder, path) = (normalise(&whole(folder)?), normalise(&whole(path)?));
    let shared = folder.components().zip(path.components());
    let shared = shared.take_while(|(one, other)| one == other).count();
    let up = folder.components().skip(shared).map(|_| "..");
    let down = path.components().skip(shared);
    // A path on another drive cannot be relative.
    let down = down.map(|step| match step {
        Component::Normal(name) => name.to_str(),
        _ => None,
    });
    let steps = up.map(Some).chain(down).collect::<Option<Vec<&str>>>()?;
    Some(steps.join("/"))
}

/// Returns whether a path is absolute on any system.
pub fn is_absolute(path: &Path) -> bool {
    path.has_root() || matches!(path.components().next(), Some(Component::Prefix(_)))
}

/// Returns whether a reference is a URL with a host.
pub fn is_remote(reference: &str) -> bool {
    let scheme = |name: &str| {
        reference
            .get(..name.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(name))
    };
    scheme("http://") || scheme("https://") || reference.starts_with("//")
}

#[cfg(test)]
mod tests {
    use super::normalise;
    use std::path::Path;

    #[test]
    fn paths_are_normalised() {
        let normal = |path: &str| {
            normalise(Path::new(path))
                .to_string_lossy()
                .replace('\\', "/")
        };
        assert_eq!(normal("spec/../generated/./x"), "generated/x");
        assert_eq!(normal("../../x/.."), "../..");
        assert_eq!(normal("./"), ".");
        assert_eq!(normal("/a/../b"), "/b");
    }
}
