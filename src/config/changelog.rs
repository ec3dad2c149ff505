//! The crate's changelog, and how its book includes it.

use crate::source::{self, relative};
use std::path::Path;

/// The default name in the crate's folder.
pub const DEFAULT: &str = "CHANGELOG.md";

/// Returns the path of the changelog for an include on a page of the book.
///
/// Returns `None` if there is no changelog, or if its path has a character that ends an include of mdBook.
pub fn include(docs: &Path, changelog: &Path, is_written_later: bool) -> Option<String> {
    if !is_written_later && !source::exists(changelog) {
        return None;
    }
    let path = relative(&docs.join("src"), changelog)?;
    let ends = |char: char| char.is_whitespace() || matches!(char, ':' | '{' | '}');
    (!path.contains(ends)).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::include;
    use std::path::Path;

    #[test]
    fn the_path_begins_at_the_pages() {
        let path = |changelog: &str| include(Path::new("docs"), Path::new(changelog), true);
        let expected = "../../pets/CHANGELOG.md".to_owned();
        assert_eq!(path("pets/CHANGELOG.md"), Some(expected));
        assert_eq!(path("my pets/CHANGELOG.md"), None);
        assert_eq!(path("a}}/CHANGELOG.md"), None);
        let absent = Path::new("no-such-folder/CHANGELOG.md");
        assert_eq!(include(Path::new("docs"), absent, false), None);
    }
}
