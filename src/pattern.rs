//! Patterns of JSON Schema (ECMA-262, section 22.2).
//!
//! A document may contain a pattern of any size, so compiling and matching are limited.

use regex_automata::meta;
use regex_automata::nfa::thompson::WhichCaptures;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// The maximum length of a pattern, in bytes.
const LONGEST: usize = 8 << 10;
/// The maximum memory of a compiled pattern, in bytes.
const MOST_MEMORY: usize = 1 << 20;
/// The memory of the automaton that is built while matching, in bytes.
const MOST_CACHE: usize = 256 << 10;
/// The approximate memory of one state of a compiled pattern, in bytes.
const STATE: usize = 32;
/// The maximum number of steps, one for each state and byte of the text.
const MOST_STEPS: usize = 8_000_000;
/// The number of compiled patterns that a thread caches.
const MOST_COMPILED: usize = 32;

/// A compiled pattern.
#[derive(Debug)]
pub struct Pattern {
    program: meta::Regex,
    states: usize,
}

impl Pattern {
    /// Returns whether a text matches, or true if matching is too costly.
    pub fn is_match(&self, text: &str) -> bool {
        self.steps(text) > MOST_STEPS || self.program.is_match(text)
    }

    /// Returns the maximum number of steps for matching a text.
    pub fn steps(&self, text: &str) -> usize {
        self.states.saturating_mul(text.len())
    }
}

/// Why a pattern is not compiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Failure {
    /// Not a regular expression, or one that needs backtracking.
    Unsupported,
    TooLarge,
}

/// Compiles a pattern. Returns `None` if it is invalid, needs backtracking or is too large. Lookaround is
/// removed, which accepts too much rather than too little.
pub fn pattern(pattern: &str) -> Option<Rc<Pattern>> {
    compiled(pattern).ok()
}

/// Returns whether a pattern is too large to be compiled.
pub fn is_too_large(pattern: &str) -> bool {
    compiled(pattern).is_err_and(|failure| failure == Failure::TooLarge)
}

/// Returns whether matching a text is too costly.
pub fn is_too_costly(pattern: &str, text: &str) -> bool {
    compiled(pattern).is_ok_and(|pattern| pattern.steps(text) > MOST_STEPS)
}

/// Compiles a pattern once for all values.
fn compiled(pattern: &str) -> Result<Rc<Pattern>, Failure> {
    type Compiled = HashMap<String, Result<Rc<Pattern>, Failure>>;
    thread_local! {
        static COMPILED: RefCell<Compiled> = RefCell::default();
    }
    if pattern.len() > LONGEST {
        return Err(Failure::TooLarge);
    }
    COMPILED.with_borrow_mut(|compiled| {
        if let Some(known) = compiled.get(pattern) {
            return known.clone();
        }
        if compiled.len() >= MOST_COMPILED {
            compiled.clear();
        }
        let program = program(pattern).or_else(|failure| match failure {
            Failure::Unsupported => program(&without_lookaround(pattern)),
            Failure::TooLarge => Err(failure),
        });
        let program = program.map(Rc::new);
        compiled.insert(pattern.to_owned(), program.clone());
        program
    })
}

fn program(pattern: &str) -> Result<Pattern, Failure> {
    // Captures take memory for each state and are not used.
    let config = meta::Config::new()
        .which_captures(WhichCaptures::None)
        .nfa_size_limit(Some(MOST_MEMORY))
        .onepass_size_limit(Some(MOST_MEMORY))
        .dfa_size_limit(Some(MOST_MEMORY))
        .hybrid_cache_capacity(MOST_CACHE);
    let program = meta::Builder::new()
        .configure(config)
        .build(&translated(pattern));
    match program {
        Ok(program) => Ok(Pattern {
            states: program.memory_usage() / STATE,
            program,
        }),
        Err(error) if error.size_limit().is_some() => Err(Failure::TooLarge),
        Err(_) => Err(Failure::Unsupported),
    }
}

/// Translates the syntax that differs in ECMA-262: a bracket in a class is a literal there, and so are `&&`,
/// `--` and `~~`. `\d` and `\w` are ASCII only, which makes programs far smaller.
pub fn translated(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() + 4);
    let mut chars = pattern.chars().peekable();
    let mut in_class = false;
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                let escaped = chars.next();
                match escaped {
                    Some('d') if in_class => out.push_str("0-9"),
                    Some('d') => out.push_str("[0-9]"),
                    Some('D') => out.push_str("[^0-9]"),
                    Some('w') if in_class => out.push_str("0-9A-Z_a-z"),
                    Some('w') => out.push_str("[0-9A-Z_a-z]"),
                    Some('W') => out.push_str("[^0-9A-Z_a-z]"),
                    // An unknown escape is the literal character, as in ECMA-262 without flags.
                    Some(c) if c.is_ascii_alphabetic() && !"bBfnrsStvuxpPcA".contains(c) => {
                        out.push(c);
                    }
                    escaped => out.extend(std::iter::once(c).chain(escaped)),
                }
            }
            '[' if in_class => out.push_str("\\["),
            '[' => {
                in_class = true;
                out.push(c);
                if chars.peek() == Some(&'^') {
                    out.extend(chars.next());
                }
            }
            ']' => {
                in_class = false;
                out.push(c);
            }
            '&' | '~' if in_class => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

/// Removes lookahead and lookbehind groups.
pub fn without_lookaround(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some(c) = rest.chars().next() {
        let looks = ["(?=", "(?!", "(?<=", "(?<!"];
        if looks.iter().any(|look| rest.starts_with(look)) {
            rest = &rest[group_len(rest)..];
            continue;
        }
        let len = match c {
            '\\' => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            c => c.len_utf8(),
        };
        out.push_str(&rest[..len]);
        rest = &rest[len..];
    }
    out
}

/// Returns the length of the group at the start of a text.
fn group_len(text: &str) -> usize {
    let (mut depth, mut in_class, mut escaped) = (0, false, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class => depth += 1,
            ')' if !in_class => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + c.len_utf8();
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::{is_too_costly, is_too_large, pattern};

    #[test]
    fn patterns_use_ecmascript_syntax() {
        for (text, good, bad) in [
            (r"^[\w[\]&&]+$", "a[]&", "-"),
            (r"^\/v\d\-x$", "/v1-x", "v1"),
            (r"^[^-]+$", "a", "-"),
            (r"^[\d.]\d$", "11", "1\u{661}"),
            (r"^[^\W_]\D$", "aä", "ää"),
        ] {
            let program = pattern(text).unwrap();
            assert!(program.is_match(good) && !program.is_match(bad), "{text}");
        }
        let looks = pattern("^(?![0-9]{3}$)[a-z0-9]+$").unwrap();
        assert!(looks.is_match("a1") && !looks.is_match("a_1"));
        assert!(pattern(r"^(a)\1$").is_none());
    }

    #[test]
    fn large_patterns_are_not_compiled() {
        let nested = "(a?)".repeat(3_000) + "a{3000}";
        for text in [&*nested, "a{1000}{1000}", r"^\p{L}{999}$"] {
            assert!(is_too_large(text), "{text}");
            assert!(pattern(text).is_none());
        }
        for text in [r"^[a-z0-9]{1,255}$", r"^(?!a).{1,512}$", r"^(a)\1$", "["] {
            assert!(!is_too_large(text), "{text}");
        }
    }

    #[test]
    fn long_texts_are_not_matched() {
        let text = "^[ab]{0,999}$";
        assert!(!pattern(text).unwrap().is_match("c"));
        let long = "c".repeat(1 << 20);
        assert!(is_too_costly(text, &long));
        assert!(pattern(text).unwrap().is_match(&long));
    }
}
