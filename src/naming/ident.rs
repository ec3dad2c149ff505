//! Joins words to Rust identifiers.

use super::unicode;
use super::words::words;

/// The case of an identifier, as rustc's lints require it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IdentCase {
    /// Types and variants, such as `CreateCall`.
    Pascal,
    /// Modules, functions, fields and locals, such as `create_call`.
    Snake,
    /// Constants, such as `CREATE_CALL`.
    Screaming,
    /// Commands and flags of command-line programs, such as `create-call`.
    Kebab,
}

impl IdentCase {
    /// Returns the identifier for the words: valid, in this case, never a keyword. The words may contain any
    /// character; without words, the identifier is "empty".
    pub fn ident(self, words: &[String]) -> String {
        match self {
            IdentCase::Pascal => pascal(words),
            IdentCase::Snake => snake(words),
            IdentCase::Screaming => screaming(words),
            IdentCase::Kebab => kebab(words),
        }
    }

    /// Returns whether a text is an identifier in this case. rustc warns about any other (the lints
    /// `non_camel_case_types`, `non_snake_case` and `non_upper_case_globals`).
    pub fn fits(self, name: &str) -> bool {
        let fits = match self {
            IdentCase::Pascal => {
                let chars: Vec<char> = name.chars().collect();
                let splits = |near: &[char]| {
                    near[1] == '_' && !(near[0].is_numeric() && near[2].is_numeric())
                };
                !name.starts_with(char::is_lowercase) && !chars.windows(3).any(splits)
            }
            IdentCase::Snake => !name.contains("__") && !name.contains(char::is_uppercase),
            IdentCase::Screaming => !name.contains(char::is_lowercase),
            IdentCase::Kebab => return !name.is_empty() && kebab(&words(name)) == name,
        };
        fits && is_ident(name)
    }
}

/// Returns words in Pascal case. Adjacent numbers are separated (`V1_2`), as rustc's lint allows.
pub fn pascal(words: &[String]) -> String {
    let mut name = String::new();
    for word in words {
        let fuses = name.ends_with(char::is_numeric) && word.starts_with(char::is_numeric);
        if fuses {
            name.push('_');
        }
        let mut chars = word.chars();
        if let Some(first) = chars.next() {
            let mut upper = upper(first);
            name.extend(upper.next());
            name.extend(upper.flat_map(char::to_lowercase));
        }
        name.extend(chars);
    }
    finished(name, 'N', "Empty")
}

/// Returns words in snake case.
pub fn snake(words: &[String]) -> String {
    finished(joined(words), 'n', "empty")
}

/// Returns words in screaming snake case.
pub fn screaming(words: &[String]) -> String {
    finished(
        joined(words).chars().flat_map(upper).collect(),
        'N',
        "EMPTY",
    )
}

/// Returns words in kebab case. It needs no keywords: a flag may be called `--type`.
pub fn kebab(words: &[String]) -> String {
    let name = joined(words).replace('_', "-");
    match name.is_empty() {
        true => "empty".to_owned(),
        false => name,
    }
}

/// Returns a letter in upper case, without combining accents that the conversion adds.
fn upper(c: char) -> impl Iterator<Item = char> {
    c.to_uppercase()
        .filter(|&c| c == '_' || unicode::is_kept(c))
}

fn joined(words: &[String]) -> String {
    words
        .iter()
        .filter(|word| !word.is_empty())
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join("_")
}

/// Prefixes a name that starts with a digit with `n` for "number" (`n2fa`, `N2fa`), because a leading
/// underscore marks a name as unused. Appends an underscore to a keyword, which is valid everywhere and reads
/// better than a raw identifier (`call.type_`, `call.r#type`).
fn finished(mut name: String, prefix: char, empty: &str) -> String {
    match name.chars().next() {
        None => name.push_str(empty),
        Some(first) if unicode::cannot_start(first) => name.insert(0, prefix),
        Some(_) => {}
    }
    if is_keyword(&name) {
        name.push('_');
    }
    name
}

/// Keywords of all editions, in byte order. Contextual keywords such as `union` are not included.
pub const KEYWORDS: &[&str] = &[
    "Self", "_", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Returns whether a text is a keyword in the 2015 to 2024 editions.
pub fn is_keyword(name: &str) -> bool {
    KEYWORDS.binary_search(&name).is_ok()
}

/// Returns whether a configured name is an identifier.
pub fn is_ident(name: &str) -> bool {
    let mut chars = name.chars();
    let starts = chars
        .next()
        .is_some_and(|c| c == '_' || unicode::is_kept(c) && !unicode::cannot_start(c));
    starts && chars.all(|c| c == '_' || unicode::is_kept(c)) && !is_keyword(name)
}
