//! Which characters beyond ASCII an identifier keeps.
//!
//! rustc accepts every `XID_Continue` character, but warns about the uncommon ones, and treats two
//! spellings of one NFC form as one name. So only letters in everyday use are kept, all of them
//! stable under NFC and free of that warning; the others become words like `u1f600`. A crate with
//! such identifiers still needs [`LINTS`].

/// Lints to allow in a crate that `is_kept` letters got into: they compare letters across
/// scripts, and so depend on every other name of the crate.
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
    // Devanagari without the letters that NFC takes apart.
    ('\u{902}', '\u{903}'),
    ('\u{905}', '\u{928}'),
    ('\u{92a}', '\u{930}'),
    ('\u{932}', '\u{933}'),
    ('\u{935}', '\u{939}'),
    ('\u{93e}', '\u{94d}'),
    ('\u{966}', '\u{96f}'),
    // Thai without the one letter that NFKC takes apart.
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

/// Whether an identifier may hold the character as it is.
pub(super) fn is_kept(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    let after = KEPT.partition_point(|&(first, _)| first <= c);
    after > 0 && c <= KEPT[after - 1].1
}

/// Whether an identifier may not begin with the character, though it may hold it: digits, vowel
/// signs and tone marks.
pub(super) fn cannot_start(c: char) -> bool {
    c.is_ascii_digit()
        || matches!(c, '\u{660}'..='\u{669}' | '\u{902}'..='\u{903}' | '\u{93e}'..='\u{94d}')
        || matches!(c, '\u{966}'..='\u{96f}' | '\u{e31}' | '\u{e34}'..='\u{e3a}')
        || matches!(c, '\u{e47}'..='\u{e4e}' | '\u{e50}'..='\u{e59}')
}

/// Marks that a word is read without: combining accents, joiners, soft hyphens, variation selectors.
pub(super) fn is_dropped(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200d}' | '\u{2060}')
        || matches!(
            c,
            '\u{3099}' | '\u{309a}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        )
}

/// Whether the character says something by itself, so that it must become a word: a letter or a
/// digit of another script, a pictogram. Punctuation, blanks and controls only separate.
pub(super) fn is_pictogram(c: char) -> bool {
    !c.is_ascii()
        && !c.is_control()
        && !c.is_whitespace()
        && (c.is_alphanumeric() || (c >= '\u{2190}' && !matches!(c, '\u{3001}'..='\u{301f}')))
}
