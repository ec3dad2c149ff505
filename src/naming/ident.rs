//! From words to a Rust identifier.

use super::unicode;

/// How an identifier is written; which lints of rustc it has to please.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Style {
    /// Types and variants: `CreateCall`.
    Pascal,
    /// Modules, functions, fields, locals: `create_call`.
    Snake,
    /// Constants: `CREATE_CALL`.
    Screaming,
}

impl Style {
    /// The identifier for the words: valid, of this case, never a keyword. Words that are not from
    /// [`words`](super::words::words) may be anything; without any, the name is that of "empty".
    pub fn ident(self, words: &[String]) -> String {
        match self {
            Style::Pascal => pascal(words),
            Style::Snake => snake(words),
            Style::Screaming => screaming(words),
        }
    }

    /// Whether a text is an identifier of this style as it stands: rustc warns of any other (the lints
    /// `non_camel_case_types`, `non_snake_case` and `non_upper_case_globals`).
    pub fn fits(self, name: &str) -> bool {
        let fits = match self {
            Style::Pascal => {
                let chars: Vec<char> = name.chars().collect();
                let splits = |near: &[char]| {
                    near[1] == '_' && !(near[0].is_numeric() && near[2].is_numeric())
                };
                !name.starts_with(char::is_lowercase) && !chars.windows(3).any(splits)
            }
            Style::Snake => !name.contains("__") && !name.contains(char::is_uppercase),
            Style::Screaming => !name.contains(char::is_lowercase),
        };
        fits && is_ident(name)
    }
}

/// `CreateCall`. Numbers that meet are kept apart (`V1_2`), as rustc's lint allows.
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

/// `create_call`.
pub fn snake(words: &[String]) -> String {
    finished(joined(words), 'n', "empty")
}

/// `CREATE_CALL`.
pub fn screaming(words: &[String]) -> String {
    finished(
        joined(words).chars().flat_map(upper).collect(),
        'N',
        "EMPTY",
    )
}

/// The capital of a letter, without the accents that some letters have apart from their capital.
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

/// A name that begins with a digit gets an `n` for "number" (`n2fa`, `N2fa`): a leading underscore
/// would mark it as unused. A keyword gets a trailing underscore: that is valid everywhere, and
/// `call.type_` reads better than `call.r#type`.
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

/// Every word that is reserved in some edition, in byte order; `union` and its like are not, as
/// they are keywords in one place only.
pub const KEYWORDS: &[&str] = &[
    "Self", "_", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Whether rustc reads the text as a keyword in the 2015 to the 2024 edition.
pub fn is_keyword(name: &str) -> bool {
    KEYWORDS.binary_search(&name).is_ok()
}

/// Whether a text given by a user (a pinned name) is an identifier as it stands.
pub fn is_ident(name: &str) -> bool {
    let mut chars = name.chars();
    let starts = chars
        .next()
        .is_some_and(|c| c == '_' || unicode::is_kept(c) && !unicode::cannot_start(c));
    starts && chars.all(|c| c == '_' || unicode::is_kept(c)) && !is_keyword(name)
}
