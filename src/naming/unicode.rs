//! Decides which characters beyond ASCII are kept in identifiers.
//!
//! rustc accepts every `XID_Continue` character, but warns about uncommon ones, and treats spellings with equal
//! NFC forms as one name. So only letters in everyday use are kept, which are stable under NFC and cause no
//! warning. Others become words such as `u1f600`. A crate with such identifiers still needs [`LINTS`].

/// Lints to allow in a crate with non-ASCII letters. They compare letters of all scripts and so depend on every
/// other name.
pub const LINTS: &[&str] = &["confusable_idents", "mixed_script_confusables"];

/// Inclusive ranges in ascending order.
const KEPT: &[(char, char)] = &[
    // Latin: Western and Central European, Romanian, Vietnamese.
    ('\u{c0}', '\u{d6}'),
    ('\u{d8}', '\u{f6}'),
    ('\u{f8}', '\u{131}'),
    ('\u{134}', '\u{137}'),
    ('\u{139}', '\u{13e}'),
    ('\u{141}', '\u{148}'),
    ('\u{14a}', '\u{17e}'),
    ('\u{1a0}', '\u{1a1}'),
    ('\u{1af}', '\u{1b0}'),
    ('\u{218}', '\u{21b}'),
    // Greek.
    ('\u{386}', '\u{386}'),
    ('\u{388}', '\u{38a}'),
    ('\u{38c}', '\u{38c}'),
    ('\u{38e}', '\u{3a1}'),
    ('\u{3a3}', '\u{3ce}'),
    // Cyrillic.
    ('\u{400}', '\u{45f}'),
    ('\u{48a}', '\u{4ff}'),
    // Armenian, Hebrew, Arabic and Persian.
    ('\u{531}', '\u{556}'),
    ('\u{561}', '\u{586}'),
    ('\u{5d0}', '\u{5ea}'),
    ('\u{620}', '\u{63f}'),
    ('\u{641}', '\u{64a}'),
    ('\u{660}', '\u{669}'),
    ('\u{671}', '\u{672}'),
    ('\u{679}', '\u{68d}'),
    ('\u{68f}', '\u{6a0}'),
    ('\u{6a2}', '\u{6d3}'),
    // Devanagari without the letters that NFC decomposes.
    ('\u{902}', '\u{903}'),
    ('\u{905}', '\u{928}'),
    ('\u{92a}', '\u{930}'),
    ('\u{932}', '\u{933}'),
    ('\u{935}', '\u{939}'),
    ('\u{93e}', '\u{94d}'),
    ('\u{966}', '\u{96f}'),
    // Thai without the letter that NFKC decomposes.
    ('\u{e01}', '\u{e32}'),
    ('\u{e34}', '\u{e3a}'),
    ('\u{e40}', '\u{e4e}'),
    ('\u{e50}', '\u{e59}'),
    // Vietnamese and other composed Latin.
    ('\u{1e00}', '\u{1e99}'),
    ('\u{1ea0}', '\u{1ef9}'),
    // Hiragana, Katakana, Han, Hangul.
    ('\u{3005}', '\u{3007}'),
    ('\u{3041}', '\u{3096}'),
    ('\u{309d}', '\u{309e}'),
    ('\u{30a1}', '\u{30fa}'),
    ('\u{30fc}', '\u{30fe}'),
    ('\u{3400}', '\u{4dbf}'),
    ('\u{4e00}', '\u{9ffc}'),
    ('\u{ac00}', '\u{d7a3}'),
];

/// Returns whether a character is kept in identifiers.
pub(super) fn is_kept(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    let after = KEPT.partition_point(|&(first, _)| first <= c);
    after > 0 && c <= KEPT[after - 1].1
}

/// Returns whether a kept character cannot start an identifier: digits, vowel signs and tone marks.
pub(super) fn cannot_start(c: char) -> bool {
    c.is_ascii_digit()
        || matches!(c, '\u{660}'..='\u{669}' | '\u{902}'..='\u{903}' | '\u{93e}'..='\u{94d}')
        || matches!(c, '\u{966}'..='\u{96f}' | '\u{e31}' | '\u{e34}'..='\u{e3a}')
        || matches!(c, '\u{e47}'..='\u{e4e}' | '\u{e50}'..='\u{e59}')
}

/// Returns whether a character is ignored in a word: combining accents, joiners, soft hyphens, variation
/// selectors.
pub(super) fn is_dropped(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200d}' | '\u{2060}')
        || matches!(
            c,
            '\u{3099}' | '\u{309a}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        )
}

/// Returns whether a character is meaningful by itself and becomes a word: letters and digits of other scripts,
/// pictograms. Punctuation, white space and control characters are separators.
pub(super) fn is_pictogram(c: char) -> bool {
    !c.is_ascii()
        && !c.is_control()
        && !c.is_whitespace()
        && (c.is_alphanumeric() || (c >= '\u{2190}' && !matches!(c, '\u{3001}'..='\u{301f}')))
}
