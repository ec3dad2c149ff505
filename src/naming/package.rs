//! The package name, and names derived from it.

use super::ident;
use super::reserved::DEVICES;
use super::words::words;

/// The maximum length on crates.io.
const MAX_LEN: usize = 64;

/// Words of a title that do not name the API.
const USUAL_WORDS: &[&str] = &[
    "API",
    "APIS",
    "HTTP",
    "JSON",
    "OPENAPI",
    "REST",
    "SPECIFICATION",
    "SWAGGER",
    "THE",
];

/// An environment variable begins with so many words at most.
const MAX_ENV_WORDS: usize = 4;

/// Names that crates.io or cargo reject: crates of the standard library, and folders of cargo.
const REFUSED: &[&str] = &[
    "alloc",
    "bin",
    "build",
    "core",
    "deps",
    "examples",
    "incremental",
    "proc-macro",
    "proc_macro",
    "std",
    "test",
];

/// Returns whether cargo or crates.io reject a package name, or Windows its folder.
pub fn is_refused(name: &str) -> bool {
    let name = name.to_lowercase();
    let listed = |list: &[&str]| list.contains(&name.as_str());
    listed(REFUSED) || listed(DEVICES) || ident::is_keyword(&name)
}

/// Returns a package name for the title of an API: `Train Travel API` → `train-travel-api`.
///
/// The name is ASCII, has at most 64 characters, and is neither a keyword nor rejected by crates.io.
pub fn package_name(title: &str) -> String {
    let mut name = String::new();
    for word in words(&without_apostrophes(title)) {
        let word = ascii(&word);
        let separator = usize::from(!name.is_empty());
        if name.len() + separator + word.len() > MAX_LEN {
            if name.is_empty() {
                name.push_str(&word[..MAX_LEN]);
            }
            break;
        }
        if separator == 1 {
            name.push('-');
        }
        name.push_str(&word);
    }
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        name.insert_str(0, "api-");
        name.truncate(MAX_LEN);
        name.truncate(name.trim_end_matches('-').len());
    }
    if is_refused(&name) {
        name + "-api"
    } else {
        name
    }
}

/// Returns the name of the crate in code, with hyphens replaced by underscores.
pub fn crate_ident(package: &str) -> String {
    package.replace('-', "_")
}

/// What environment variables of an API begin with: `OpenAI API` → `OPENAI`. Empty if the title has no name.
///
/// Words are not split at capitals, since brands write them as one. Words that every API may have are dropped.
pub fn env_prefix(title: &str) -> String {
    let title = without_apostrophes(&super::escapes::without(title));
    let words = title.split(|c: char| !c.is_alphanumeric());
    let words = words.map(|word| ascii(&word.to_lowercase()).to_ascii_uppercase());
    let is_name = |word: &String| {
        let digits = word.strip_prefix('V').unwrap_or(word);
        !USUAL_WORDS.contains(&&**word) && !digits.chars().all(|c| c.is_ascii_digit())
    };
    let words: Vec<String> = words.filter(is_name).take(MAX_ENV_WORDS).collect();
    let name = words.join("_");
    match name.starts_with(|c: char| c.is_ascii_digit()) {
        true => format!("API_{name}"),
        false => name,
    }
}

/// Removes apostrophes inside words, and a possessive `'s` with its letter: `GitHub's` is the name `GitHub`.
fn without_apostrophes(title: &str) -> String {
    let is_apostrophe = |c: char| matches!(c, '\'' | '’');
    let mut parts = title.split(is_apostrophe);
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let is_inside = text.ends_with(char::is_alphanumeric);
        let after = part.strip_prefix(['s', 'S']).filter(|_| is_inside);
        match after.filter(|after| !after.starts_with(char::is_alphanumeric)) {
            Some(after) => text.push_str(after),
            None if is_inside => text.push_str(part),
            None => {
                text.push(' ');
                text.push_str(part);
            }
        }
    }
    text
}

/// Removes accents from a word. Other letters become their number.
fn ascii(word: &str) -> String {
    word.chars().fold(String::new(), |mut out, c| {
        match base_letters(c) {
            "" if c.is_ascii() => out.push(c),
            "" => out.push_str(&format!("u{:04x}", c as u32)),
            base => out.push_str(base),
        }
        out
    })
}

/// Returns the ASCII spelling of a Latin letter in European names.
fn base_letters(c: char) -> &'static str {
    match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ì'..='ï' | 'ĩ' | 'ī' | 'į' | 'ı' => "i",
        'ł' | 'ĺ' | 'ļ' | 'ľ' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => "o",
        'œ' => "oe",
        'ŕ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ț' => "t",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'þ' => "th",
        _ => "",
    }
}
