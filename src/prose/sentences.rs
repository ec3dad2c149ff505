//! Breaks a paragraph into one line per sentence, so that changing a word changes a single line.

/// Words that end with a period inside of sentences.
const ABBREVIATIONS: &[&str] = &[
    "e.g.", "i.e.", "etc.", "vs.", "cf.", "approx.", "incl.", "excl.", "min.", "max.", "no.",
    "nr.", "resp.", "ex.", "inc.", "ltd.", "dr.", "mr.", "mrs.", "st.",
];

/// Returns whether a word is an abbreviation.
pub(super) fn is_abbreviation(word: &str) -> bool {
    ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

/// Returns the sentences of a paragraph. Drops the author's line breaks, so that rewrapping a paragraph changes
/// nothing.
pub(super) fn sentences(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut before = ".";
    for word in text.split([' ', '\n']).filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if !(ends(before) && begins(word)) => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
        before = word;
    }
    lines
}

/// Returns whether a sentence may end with this word.
fn ends(word: &str) -> bool {
    let bare = word.trim_end_matches([')', '"', '\'', '”', '*', '_']);
    let bare = bare.trim_start_matches(['(', '"', '\'', '“', '*', '_']);
    let is_number = bare.trim_end_matches('.').parse::<u64>().is_ok();
    bare.ends_with(['.', '!', '?']) && !is_number && !is_abbreviation(bare)
}

/// Returns whether a sentence may start with this word.
fn begins(word: &str) -> bool {
    let bare = word.trim_start_matches(['(', '"', '\'', '“', '*', '_', '\\', '[']);
    bare.starts_with(|c: char| c == '`' || c.is_alphanumeric() && !c.is_lowercase())
}

#[cfg(test)]
mod tests {
    use super::sentences;

    #[test]
    fn a_sentence_is_a_line() {
        for (text, lines) in [
            ("One\ntwo. Three", &["One two.", "Three"][..]),
            ("See e.g. Bar, i.e. Baz.", &["See e.g. Bar, i.e. Baz."]),
            (
                "**Do not.** `GET` (or. Not)",
                &["**Do not.**", "`GET` (or.", "Not)"],
            ),
            (
                "Item 1. Then 2. Done. then",
                &["Item 1. Then 2. Done. then"],
            ),
            (
                "Really? \"Yes.\" Version 1.2 is",
                &["Really?", "\"Yes.\"", "Version 1.2 is"],
            ),
            ("", &[]),
        ] {
            assert_eq!(sentences(text), lines, "{text}");
        }
    }
}
