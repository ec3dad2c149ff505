//! Any text as lower-case words: the only form in which names are compared and joined.

use super::unicode;

/// Lower-case words, each of them letters and digits that an identifier may hold.
pub type Words = Vec<String>;

/// The widest name kept, in columns: a statement that says it still has room on a line. Beyond it
/// words are dropped from the end (titles, sentences as enum values); what becomes equal by this is
/// kept apart by the scope.
const MAX_WIDTH: usize = 72;

/// The words of a text; never empty, whatever the text.
///
/// `listCalls`, `ListCalls`, `list-calls` and `LIST_CALLS` are the same words. Digits stay with the
/// letters around them (`sha256`, `2fa`, `v2`). A text of symbols only is spelt out (`<=` → `less`
/// `or` `equal`), and so are signs that tell a name from its bare neighbour (`-created_at`, `A+`,
/// `StartTime<`). Characters that no identifier can hold become their number (`u1f600`).
pub fn words(text: &str) -> Words {
    match snake_words(text) {
        // All of them fit, with a column more for each.
        Some(words) if text.len() < MAX_WIDTH => words,
        _ => shortened(all_words(text)),
    }
}

/// As [`words`], of names that are shortened elsewhere, in the middle, as names of types are: their
/// last words often say most.
pub fn all_words(text: &str) -> Words {
    snake_words(text).unwrap_or_else(|| read(text))
}

/// The words of a text that is in the form of identifiers or of a path already, as most are: nothing in it
/// has to be looked at twice.
fn snake_words(text: &str) -> Option<Words> {
    let bytes = text.as_bytes();
    let is_word = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9');
    // Before a digit a hyphen may be a sign, and at either end each of these may mean something.
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
    let chars: Vec<char> = text.trim().chars().take(MAX_WIDTH * 10).collect();
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

/// The words that stand before a name for its leading symbols.
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

/// The words that stand after a name for its trailing symbols.
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

/// A text without any letter or digit, spelt out.
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

/// How an ASCII symbol (or a common other one) is called; empty for the rest.
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

/// A character by its number, as Unicode writes it.
fn number(c: char) -> String {
    format!("u{:04x}", c as u32)
}

/// The words between the first and the last letter or digit.
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
            // The word goes on: `don't`, a decomposed `é`.
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

/// Whether a `+` or `-` inside a name and before a digit is that number's sign: `GMT+1`, `lat:-1`,
/// but `utf-8` and `2024-01` are joined by a hyphen.
fn is_sign(before: Option<char>, c: char) -> bool {
    match c {
        '+' => true,
        '-' => before.is_some_and(|before| !before.is_alphanumeric() && before != '-'),
        _ => false,
    }
}

/// Words that their owners write with capitals inside.
const BRANDS: &[&str] = &[
    "DDoS", "GraphQL", "IPv4", "IPv6", "IoT", "OAuth", "OpenAPI", "OpenID", "PhD", "QoS", "SaaS",
    "VoIP", "iOS", "kWh", "mTLS", "macOS", "oAuth",
];

/// Cuts a run of letters and digits where its capitals say that a word begins.
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

/// The length of the brand that the characters begin with.
fn brand(chars: &[char]) -> Option<usize> {
    BRANDS
        .iter()
        .map(|brand| (brand, brand.len()))
        .find_map(|(brand, len)| {
            let found = chars.len() >= len && brand.chars().eq(chars[..len].iter().copied());
            (found && !chars.get(len).is_some_and(|c| c.is_lowercase())).then_some(len)
        })
}

/// Whether `c` begins a word after the `word` so far, with `rest` to come.
fn begins_word(word: &[char], c: char, rest: &[char]) -> bool {
    let before = word[word.len() - 1];
    let is_version = |at: &[char]| matches!(at, ['v', digit, ..] if digit.is_ascii_digit());
    if !c.is_uppercase() {
        // `SAMLv2` before the `v`.
        let after = [c, rest.first().copied().unwrap_or_default()];
        return word.len() > 1 && word.iter().all(|c| c.is_uppercase()) && is_version(&after);
    }
    if before.is_uppercase() && is_version(rest) {
        return false;
    }
    if before.is_uppercase() {
        // `HTTPServer` before the `S`, but `userIDs` not before the `D`.
        let plural = rest.first() == Some(&'s') && !rest.get(1).is_some_and(|c| c.is_lowercase());
        return rest.first().is_some_and(|c| c.is_lowercase()) && !plural;
    }
    if before.is_numeric() {
        // `S3Bucket` before the `B`, but `2FA`, `P2P` and `vec3D` are one word.
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

/// No wider than [`MAX_WIDTH`], and at least one word.
fn shortened(words: Words) -> Words {
    // Letters beyond ASCII are wide in many scripts, and one column of each word joins it.
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
    fn identifiers_are_cut_as_any_text_is() {
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
