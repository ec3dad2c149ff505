//! Patterns of JSON Schema (ECMA-262, section 22.2).
//!
//! A description may hold a pattern of any size, so both compiling and matching have a limit of cost.

use regex_automata::meta;
use regex_automata::nfa::thompson::WhichCaptures;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// Longer patterns are not compiled, in bytes.
const LONGEST: usize = 8 << 10;
/// A compiled pattern needs no more memory than this, in bytes.
const MOST_MEMORY: usize = 1 << 20;
/// The memory of the automaton that is built while matching, in bytes.
const MOST_CACHE: usize = 256 << 10;
/// The memory of one state of a compiled pattern, about, in bytes.
const STATE: usize = 32;
/// A text is not matched where every state for every byte would be more steps than this.
const MOST_STEPS: usize = 8_000_000;
/// The number of compiled patterns that a thread keeps.
const MOST_COMPILED: usize = 32;

/// A compiled pattern.
#[derive(Debug)]
pub struct Pattern {
    program: meta::Regex,
    states: usize,
}

impl Pattern {
    /// Whether a text matches; true where that would cost too much to find out.
    pub fn is_match(&self, text: &str) -> bool {
        self.steps(text) > MOST_STEPS || self.program.is_match(text)
    }

    /// The most steps that matching a text may take.
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

/// Compiles a pattern. Returns `None` if it is not valid, needs backtracking or is too large. Lookaround is
/// left out, so that too much matches rather than too little.
pub fn pattern(pattern: &str) -> Option<Rc<Pattern>> {
    compiled(pattern).ok()
}

/// Whether a pattern is too large to be compiled.
pub fn is_too_large(pattern: &str) -> bool {
    compiled(pattern).is_err_and(|failure| failure == Failure::TooLarge)
}

/// Whether matching a text costs too much.
pub fn is_too_costly(pattern: &str, text: &str) -> bool {
    compiled(pattern).is_ok_and(|pattern| pattern.steps(text) > MOST_STEPS)
}

/// The same pattern is compiled once for the many values that it is for.
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
            Failure::Unsupported => program(&without_looks(pattern)),
            Failure::TooLarge => Err(failure),
        });
        let program = program.map(Rc::new);
        compiled.insert(pattern.to_owned(), program.clone());
        program
    })
}

fn program(pattern: &str) -> Result<Pattern, Failure> {
    // Captures take memory for each state, and nobody asks for them.
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

/// The few things that ECMA-262 writes differently: a bracket within a class is a character there, and
/// so are `&&`, `--` and `~~`. `\d` and `\w` are letters of ASCII alone, which makes programs of a fraction of
/// the size.
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
                    // What has no meaning of its own is the character, as in ECMA-262 without flags.
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

/// A pattern without its groups that look ahead or behind.
pub fn without_looks(pattern: &str) -> String {
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

/// The length of the group that a text begins with.
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
    fn patterns_are_those_of_ecma_script() {
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
