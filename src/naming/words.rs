//! Splits text into lower-case words, the only form in which names are compared and joined.

use super::unicode;

/// Lower-case words of letters and digits that are valid in an identifier.
pub type Words = Vec<String>;

/// The maximum width of a name in columns, so that a statement with it fits on a line. Further words of titles
/// and sentences are dropped; the scope keeps the results unique.
const MAX_WIDTH: usize = 72;

/// Returns the words of a text; never empty.
///
/// `listCalls`, `ListCalls`, `list-calls` and `LIST_CALLS` have the same words. Digits stay with adjacent
/// letters (`sha256`, `2fa`, `v2`). A text of symbols is spelled out (`<=` → `less` `or` `equal`), and so are
/// signs that distinguish similar names (`-created_at`, `A+`, `StartTime<`). Characters that are not valid in
/// identifiers become their number (`u1f600`).
pub fn words(text: &str) -> Words {
    match snake_words(text) {
        // Any text shorter than the limit fits, including a column between words.
        Some(words) if text.len() < MAX_WIDTH => words,
        _ => shortened(all_words(text)),
    }
}

/// Like [`words`], but without the width limit. Names of types are shortened in the middle, because their last
/// words are often the most specific.
pub fn all_words(text: &str) -> Words {
    snake_words(text).unwrap_or_else(|| read(text))
}

/// Returns the words of a text that is already an identifier or a path, as most are; a fast path.
fn snake_words(text: &str) -> Option<Words> {
    let bytes = text.as_bytes();
    let is_word = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9');
    // Before a digit, a hyphen may be a sign; at either end, each of these may be significant.
    let joins = |at: usize| {
        let before = at.checked_sub(1).map(|before| bytes[before]);
        before.is_some_and(is_word) && bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase)
    };
    let is_plain = |(at, byte): (usize, &u8)| match byte {
        b'_' => true,
        b'-' | b'/' | b'.' | b' ' => joins(at),
        byte => is_word(*byte),
    };
    let words = || {
        let words = text.split(['_', '-', '/', '.', ' ']);
        words.filter(|word| !word.is_empty())
    };
    (bytes.iter().enumerate().all(is_plain)
        && text.len() < MAX_WIDTH * 10
        && words().next().is_some())
    .then(|| words().map(str::to_owned).collect())
}

fn read(text: &str) -> Words {
    let chars = super::escapes::without(text);
    let chars: Vec<char> = chars.trim().chars().take(MAX_WIDTH * 10).collect();
    let first = chars.iter().position(|&c| is_word_char(c));
    let last = chars.iter().rposition(|&c| is_word_char(c));
    match first.zip(last) {
        Some((first, last)) => {
            let core = &chars[first..=last];
            let angled = chars.contains(&'<') && chars.contains(&'>');
            let mut words = leading(&chars[..first], core, angled);
            words.extend(core_words(core));
            words.extend(trailing(&chars[last + 1..], core.len(), angled));
            words
        }
        None if text.is_empty() => vec!["empty".to_owned()],
        None if chars.is_empty() => vec!["blank".to_owned()],
        None => symbols(&chars),
    }
}

fn is_word_char(c: char) -> bool {
    unicode::is_kept(c)
        || superscript(c).is_some()
        || unicode::is_pictogram(c) && !unicode::is_dropped(c)
}

/// Returns the words for symbols before a name.
fn leading(symbols_before: &[char], core: &[char], angled: bool) -> Words {
    let Some(&last) = symbols_before.last() else {
        return Vec::new();
    };
    let alone = symbols_before.len() == 1;
    if matches!(last, '-' | '+') {
        let signed = alone || core[0].is_ascii_digit() && !symbols_before.ends_with(&['-', '-']);
        return if signed { vec![sign(last)] } else { Vec::new() };
    }
    if is_comparison(symbols_before) && !angled || alone && last == '*' {
        return symbols(symbols_before);
    }
    Vec::new()
}

/// Returns the words for symbols after a name.
fn trailing(symbols_after: &[char], core_len: usize, angled: bool) -> Words {
    match symbols_after {
        ['+'] | ['+', '+'] => symbols_after.iter().map(|&c| sign(c)).collect(),
        // Grades (`AA-`) and languages (`C#`); longer names end in these by accident.
        ['-'] if core_len <= 3 => vec![sign('-')],
        ['#'] if core_len <= 2 => vec!["sharp".to_owned()],
        ['!'] => Vec::new(),
        ['%'] | ['*'] | [.., '*'] => symbols(&symbols_after[symbols_after.len() - 1..]),
        comparison if is_comparison(comparison) && !angled => symbols(comparison),
        _ => Vec::new(),
    }
}

fn is_comparison(chars: &[char]) -> bool {
    !chars.is_empty()
        && chars.len() <= 2
        && chars.iter().all(|c| matches!(c, '<' | '>' | '=' | '!'))
}

fn sign(c: char) -> String {
    if c == '-' { "minus" } else { "plus" }.to_owned()
}

/// Spells out a text without letters and digits.
fn symbols(chars: &[char]) -> Words {
    let mut words = Vec::new();
    let mut rest = chars;
    while let [first, tail @ ..] = rest {
        let (spelt, taken) = match (first, tail.first()) {
            ('<', Some('=')) => ("less or equal", 2),
            ('>', Some('=')) => ("greater or equal", 2),
            ('!', Some('=')) | ('<', Some('>')) => ("not equal", 2),
            ('=', Some('=')) => ("equal", 2),
            _ => (symbol(*first), 1),
        };
        if !spelt.is_empty() {
            words.extend(spelt.split(' ').map(str::to_owned));
        } else if !first.is_whitespace() {
            words.push(number(*first));
        }
        rest = &rest[taken..];
    }
    words
}

/// Returns the name of an ASCII symbol or a common other one, or an empty string.
fn symbol(c: char) -> &'static str {
    match c {
        '<' => "less than",
        '>' => "greater than",
        '=' => "equal",
        '!' => "not",
        '+' => "plus",
        '-' => "minus",
        '*' => "star",
        '/' => "slash",
        '\\' => "backslash",
        '&' => "and",
        '|' => "or",
        '%' => "percent",
        '$' => "dollar",
        '€' => "euro",
        '£' => "pound",
        '¥' => "yen",
        '@' => "at",
        '#' => "hash",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '?' => "question",
        '^' => "caret",
        '~' => "tilde",
        '_' => "underscore",
        '\'' => "quote",
        '"' => "double quote",
        '`' => "backtick",
        '(' => "left paren",
        ')' => "right paren",
        '[' => "left bracket",
        ']' => "right bracket",
        '{' => "left brace",
        '}' => "right brace",
        '°' => "degree",
        'µ' => "micro",
        _ => "",
    }
}

fn superscript(c: char) -> Option<char> {
    match c {
        '¹' => Some('1'),
        '²' => Some('2'),
        '³' => Some('3'),
        _ => None,
    }
}

/// Returns a character's number in Unicode notation.
fn number(c: char) -> String {
    format!("u{:04x}", c as u32)
}

/// Returns the words between the first and the last letter or digit.
fn core_words(core: &[char]) -> Words {
    let mut words = Vec::new();
    let mut run = Vec::new();
    for (at, &c) in core.iter().enumerate() {
        let (before, after) = (at.checked_sub(1).map(|at| core[at]), core.get(at + 1));
        if unicode::is_kept(c) {
            run.push(c);
        } else if let Some(digit) = superscript(c) {
            run.push(digit);
        } else if unicode::is_dropped(c) || matches!(c, '\'' | '’') && in_word(before, after) {
            // The word continues: `don't`, a decomposed `é`.
        } else {
            split_case(&run, &mut words);
            run.clear();
            if unicode::is_pictogram(c) {
                words.push(number(c));
            } else if after.is_some_and(char::is_ascii_digit) && is_sign(before, c) {
                words.push(sign(c));
            }
        }
    }
    split_case(&run, &mut words);
    words
}

fn in_word(before: Option<char>, after: Option<&char>) -> bool {
    before.is_some_and(char::is_alphabetic) && after.is_some_and(|c| c.is_alphabetic())
}

/// Returns whether a `+` or `-` before a digit is the sign of that number: `GMT+1` and `lat:-1`, but not
/// `utf-8` and `2024-01`.
fn is_sign(before: Option<char>, c: char) -> bool {
    match c {
        '+' => true,
        '-' => before.is_some_and(|before| !before.is_alphanumeric() && before != '-'),
        _ => false,
    }
}

/// Names with capitals in the middle of a word.
const BRANDS: &[&str] = &[
    "DDoS", "GraphQL", "IPv4", "IPv6", "IoT", "OAuth", "OpenAPI", "OpenID", "PhD", "QoS", "SaaS",
    "VoIP", "iOS", "kWh", "mTLS", "macOS", "oAuth",
];

/// Splits a run of letters and digits at its capitals.
fn split_case(run: &[char], words: &mut Words) {
    let mut start = 0;
    while start < run.len() {
        let end = word_end(run, start);
        words.push(lower(&run[start..end]));
        start = end;
    }
}

fn word_end(run: &[char], start: usize) -> usize {
    let mut at = start + 1;
    if let Some(len) = brand(&run[start..]) {
        at = start + len;
        if run.get(at).is_some_and(|c| c.is_uppercase()) {
            return at;
        }
    }
    while at < run.len() {
        if begins_word(&run[start..at], run[at], &run[at + 1..]) {
            return at;
        }
        at += 1;
    }
    at
}

/// Returns the length of the brand name at the start of the characters.
fn brand(chars: &[char]) -> Option<usize> {
    BRANDS
        .iter()
        .map(|brand| (brand, brand.len()))
        .find_map(|(brand, len)| {
            let found = chars.len() >= len && brand.chars().eq(chars[..len].iter().copied());
            (found && !chars.get(len).is_some_and(|c| c.is_lowercase())).then_some(len)
        })
}

/// Returns whether `c` starts a new word after `word`, followed by `rest`.
fn begins_word(word: &[char], c: char, rest: &[char]) -> bool {
    let before = word[word.len() - 1];
    let is_version = |at: &[char]| matches!(at, ['v', digit, ..] if digit.is_ascii_digit());
    if !c.is_uppercase() {
        // Splits `SAMLv2` before the `v`.
        let after = [c, rest.first().copied().unwrap_or_default()];
        return word.len() > 1 && word.iter().all(|c| c.is_uppercase()) && is_version(&after);
    }
    if before.is_uppercase() && is_version(rest) {
        return false;
    }
    if before.is_uppercase() {
        // Splits `HTTPServer` before the `S`, but not `userIDs` before the `D`.
        let plural = rest.first() == Some(&'s') && !rest.get(1).is_some_and(|c| c.is_lowercase());
        return rest.first().is_some_and(|c| c.is_lowercase()) && !plural;
    }
    if before.is_numeric() {
        // Splits `S3Bucket` before the `B`, but not `2FA`, `P2P` and `vec3D`.
        return !rest.is_empty() && word.iter().any(|c| c.is_alphabetic())
            || rest.first().is_some_and(|c| c.is_lowercase());
    }
    true
}

fn lower(word: &[char]) -> String {
    word.iter()
        .flat_map(|c| c.to_lowercase())
        .filter(|&c| unicode::is_kept(c))
        .collect()
}

/// Shortens words to [`MAX_WIDTH`], but keeps at least one.
fn shortened(words: Words) -> Words {
    // Letters beyond ASCII are wide in many scripts. Each word needs another column for its separator.
    let width = |c: char| c.len_utf8().min(2);
    let mut left = MAX_WIDTH;
    let mut kept = Words::with_capacity(words.len());
    for word in words {
        let needed = word.chars().map(width).sum::<usize>() + 1;
        if needed > left && !kept.is_empty() {
            break;
        }
        let fits = |c: &char| {
            let room = left.checked_sub(width(*c));
            left = room.unwrap_or(left);
            room.is_some()
        };
        kept.push(word.chars().take_while(fits).collect());
        left = left.saturating_sub(1);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::{all_words, read, shortened, snake_words, words};

    #[test]
    fn identifiers_are_shortened_like_any_text() {
        let long = "long".repeat(17);
        let pieces = [
            "a",
            "id",
            "2",
            "10",
            "_",
            "__",
            "v2",
            "2fa",
            "pull_request",
            &long,
        ];
        for number in 0..pieces.len().pow(3) {
            let piece = |place| pieces[number / pieces.len().pow(place) % pieces.len()];
            let text = [0, 1, 2].map(piece).concat();
            assert_eq!(all_words(&text), read(&text), "{text}");
            assert_eq!(words(&text), shortened(read(&text)), "{text}");
        }
        assert_eq!(
            snake_words("repos/list-for-org").map(|words| words.len()),
            Some(4)
        );
        assert_eq!(snake_words("___"), None);
        assert_eq!(snake_words("camelCase"), None);
    }
}
