//! Recognizes descriptions without markup.

/// Returns whether a description is a single line that cannot contain markup. Most are, and need no parsing.
pub(super) fn is_unmarked(markdown: &str) -> bool {
    let bytes = markdown.as_bytes();
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || b" .,;:'\"()/?%+=-".contains(byte);
    bytes.first().is_some_and(u8::is_ascii_alphabetic)
        && bytes.iter().all(is_word)
        && !markdown.contains("://")
}

#[cfg(test)]
mod tests {
    use super::super::{parse, read};
    use super::is_unmarked;

    /// Pieces that may be markup or look like it, combined in all orders.
    const PIECES: [&str; 14] = [
        "a", "b c", "1.", "1)", "-", "--", "+", "=", ":", "?", "\"'", "http", "/", "(e.g.) ",
    ];

    #[test]
    fn the_fast_path_agrees_with_the_parser() {
        let mut lines = 0;
        for number in 0..PIECES.len().pow(3) {
            let piece = |place: u32| PIECES[number / PIECES.len().pow(place) % PIECES.len()];
            for between in ["", " ", "  "] {
                let text = [0, 1, 2].map(piece).join(between);
                lines += usize::from(is_unmarked(&text));
                assert_eq!(parse(&text), read(&text), "{text:?}");
            }
        }
        assert!(lines > 1_000, "{lines}");
    }
}
