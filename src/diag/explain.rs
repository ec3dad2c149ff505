//! The page of each code: its meaning, an example, and the fix.
//!
//! `tests/explain.rs` completes the examples and checks that each results in its code, and that its fix removes it.

use crate::did_you_mean;

// The build script lists the pages.
include!(concat!(env!("OUT_DIR"), "/pages.rs"));

/// Returns the codes that have a page, ordered by number.
pub fn codes() -> impl Iterator<Item = &'static str> {
    PAGES.iter().map(|(code, _)| *code)
}

/// Returns the code that a text names, or a message for an unknown one.
pub fn known(text: &str) -> Result<&'static str, String> {
    let code = text.to_ascii_uppercase();
    if let Some(known) = codes().find(|known| *known == code) {
        return Ok(known);
    }
    // Suggests the code with the same number, if only the letter is wrong.
    let same_number = |known: &&str| code.get(1..) == known.get(1..);
    let near: Vec<&str> = match codes().find(same_number) {
        Some(known) => vec![known],
        None => codes().collect(),
    };
    let hint = did_you_mean::hint(&code, near);
    Err(format!("`{text}` is not the code of a diagnostic{hint}"))
}

/// Returns the page of a code as Markdown.
pub fn page(code: &str) -> Option<&'static str> {
    let found = PAGES.iter().find(|(known, _)| *known == code);
    found.map(|(_, page)| *page)
}

/// Returns the title of a code's page.
pub fn title(code: &str) -> Option<&'static str> {
    let (_, title) = page(code)?.lines().next()?.split_once(": ")?;
    Some(title)
}
