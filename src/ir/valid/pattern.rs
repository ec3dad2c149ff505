//! Patterns of JSON Schema (ECMA-262, section 22.2).

use regex::{Regex, RegexBuilder};

/// A pattern as a program; `None` where it needs what programs without backtracking cannot do, and where
/// it is none. What a pattern looks ahead to or behind is left out, so that too much matches rather than
/// too little.
pub fn pattern(pattern: &str) -> Option<Regex> {
    program(pattern).or_else(|| program(&without_looks(pattern)))
}

fn program(pattern: &str) -> Option<Regex> {
    // A description may hold a pattern of any size.
    RegexBuilder::new(&translated(pattern))
        .size_limit(1 << 20)
        .build()
        .ok()
}

/// The few things that ECMA-262 writes differently: a bracket within a class is a character there, and
/// so are `&&`, `--` and `~~`.
pub fn translated(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() + 4);
    let mut chars = pattern.chars().peekable();
    let mut in_class = false;
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                let escaped = chars.next();
                match escaped {
                    // What has no meaning of its own is the character, as in ECMA-262 without flags.
                    Some(c) if c.is_ascii_alphabetic() && !"bBdDfnrsStvwWuxpPcA".contains(c) => {
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
    use super::pattern;

    #[test]
    fn patterns_are_those_of_ecma_script() {
        for (text, good, bad) in [
            (r"^[\w[\]&&]+$", "a[]&", "-"),
            (r"^\/v\d\-x$", "/v1-x", "v1"),
            (r"^[^-]+$", "a", "-"),
        ] {
            let program = pattern(text).unwrap();
            assert!(program.is_match(good) && !program.is_match(bad), "{text}");
        }
        let looks = pattern("^(?![0-9]{3}$)[a-z0-9]+$").unwrap();
        assert!(looks.is_match("a1") && !looks.is_match("a_1"));
        assert!(pattern(r"^(a)\1$").is_none());
    }
}
