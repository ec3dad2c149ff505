//! The crate's changelog, and how its book includes it.

use crate::source::{self, relative};
use std::path::Path;

/// The default name in the crate's folder.
pub const DEFAULT: &str = "CHANGELOG.md";

/// Whether the book includes the changelog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inclusion {
    /// There is no book, or no changelog.
    None,
    /// The path of the changelog, from the folder of the book's pages.
    Path(String),
    /// The path has a character that mdBook ends a path at.
    Unreadable(char),
}

/// Returns whether the pages in a folder include a changelog.
pub fn inclusion(docs: &Path, changelog: &Path, is_written_later: bool) -> Inclusion {
    if !is_written_later && !source::exists(changelog) {
        return Inclusion::None;
    }
    let Some(path) = relative(&docs.join("src"), changelog) else {
        return Inclusion::None;
    };
    let ends = |char: &char| char.is_whitespace() || matches!(char, ':' | '{' | '}');
    match path.chars().find(ends) {
        Some(char) => Inclusion::Unreadable(char),
        None => Inclusion::Path(path),
    }
}

#[cfg(test)]
mod tests {
    use super::{Inclusion, inclusion};
    use std::path::Path;

    #[test]
    fn the_path_begins_at_the_pages() {
        let of = |changelog: &str| inclusion(Path::new("docs"), Path::new(changelog), true);
        let expected = "../../pets/CHANGELOG.md".to_owned();
        assert_eq!(of("pets/CHANGELOG.md"), Inclusion::Path(expected));
        assert_eq!(of("my pets/CHANGELOG.md"), Inclusion::Unreadable(' '));
        assert_eq!(of("a}}/CHANGELOG.md"), Inclusion::Unreadable('}'));
        let absent = Path::new("no-such-folder/CHANGELOG.md");
        assert_eq!(inclusion(Path::new("docs"), absent, false), Inclusion::None);
    }
}
