//! The Cargo workspace around a crate's folder.

use crate::source::{normalise, read_text};
use std::path::{Component, Path};

/// Returns whether the nearest workspace above a crate's folder lists it as a member.
pub fn workspace_lists(folder: &Path) -> bool {
    let Ok(folder) = std::path::absolute(folder).map(|folder| normalise(&folder)) else {
        return false;
    };
    for ancestor in folder.ancestors().skip(1) {
        let manifest = read_text(&ancestor.join("Cargo.toml")).unwrap_or_default();
        let Some(members) = members(&manifest) else {
            continue;
        };
        let inside = folder.strip_prefix(ancestor).unwrap_or(&folder);
        return members
            .iter()
            .any(|member| matches(Path::new(member), inside));
    }
    false
}

/// Returns the members of a manifest's workspace, or `None` without a `[workspace]` table.
///
/// Supports only the common form: a table header on its own line and an array of strings. With any other form, the
/// generated crate is not a member.
fn members(manifest: &str) -> Option<Vec<String>> {
    let mut lines = manifest.lines().map(str::trim);
    lines
        .by_ref()
        .find(|line| line.split('#').next().unwrap_or_default().trim() == "[workspace]")?;
    let mut array: Option<String> = None;
    for line in lines {
        match &mut array {
            None if line.starts_with('[') => break,
            None => {
                let value = line.strip_prefix("members").map(str::trim_start);
                array = value
                    .and_then(|rest| rest.strip_prefix('='))
                    .map(str::to_owned);
            }
            Some(text) => text.push_str(line),
        }
        if let Some(text) = &mut array {
            text.push('\n');
            if text.lines().any(|line| without_comment(line).contains(']')) {
                break;
            }
        }
    }
    let array = array.unwrap_or_default();
    let strings = array
        .lines()
        .flat_map(|line| without_comment(line).split(['"', '\'']).skip(1).step_by(2));
    Some(strings.map(str::to_owned).collect())
}

fn without_comment(line: &str) -> &str {
    line.split('#').next().unwrap_or_default()
}

/// Returns whether a member pattern matches a path. `*` matches one name.
fn matches(pattern: &Path, path: &Path) -> bool {
    let pattern = normalise(pattern);
    pattern.components().count() == path.components().count()
        && pattern
            .components()
            .zip(path.components())
            .all(|(pattern, name)| {
                pattern == name || pattern.as_os_str() == "*" || glob(pattern, name)
            })
}

/// Returns whether a name matches a pattern with one `*`, such as `sdk-*`.
fn glob(pattern: Component<'_>, name: Component<'_>) -> bool {
    let (pattern, name) = (
        pattern.as_os_str().to_string_lossy(),
        name.as_os_str().to_string_lossy(),
    );
    pattern.split_once('*').is_some_and(|(start, end)| {
        name.len() >= start.len() + end.len() && name.starts_with(start) && name.ends_with(end)
    })
}

#[cfg(test)]
mod tests {
    use super::{matches, members};
    use std::path::Path;

    #[test]
    fn members_are_read_in_one_line_and_in_many() {
        let one = "[package]\nname = 'x'\n[workspace] # here\nmembers = [\"a\", 'b/c']\nresolver = \"3\"\n";
        assert_eq!(members(one).unwrap(), ["a", "b/c"]);
        let many = "[workspace]\nresolver = '3'\nmembers = [\n  # first\n  \"a\",\n  \"b/*\",\n]\n";
        assert_eq!(members(many).unwrap(), ["a", "b/*"]);
        assert_eq!(
            members("[workspace]\n[dependencies]\nmembers = ['no']\n").unwrap(),
            [""; 0]
        );
        assert_eq!(members("[package]\nname = 'x'\n"), None);
    }

    #[test]
    fn patterns_match_one_name() {
        let matches = |pattern: &str, path: &str| matches(Path::new(pattern), Path::new(path));
        assert!(matches(
            "generated/outboundcalls",
            "generated/outboundcalls"
        ));
        assert!(matches("./generated/*", "generated/x"));
        assert!(matches("sdk-*", "sdk-calls"));
        assert!(!matches("generated/*", "generated/x/y"));
        assert!(!matches("generated", "generated/x"));
    }
}
