//! The names that an item binds: its parameters, variables and fields. Such a name refers to no function.

use super::lexer::Token;
use super::references::NameSet;

/// Returns the names that patterns in these tokens bind, and some more names of the patterns.
pub fn bindings<'s>(tokens: &[Token<'s>]) -> NameSet<'s> {
    let mut found = NameSet::default();
    let mut add = |tokens: &[Token<'s>]| {
        let names = tokens.iter().filter(|token| token.is_ident());
        let names = names.map(|token| token.text);
        found.extend(names.filter(|name| name.starts_with(|c: char| c.is_lowercase() || c == '_')));
    };
    for (at, token) in tokens.iter().enumerate() {
        let rest = &tokens[at + 1..];
        let up_to = |ends: &[&str]| {
            let end = rest
                .iter()
                .position(|token| ends.iter().any(|end| token.is(end)));
            &rest[..end.unwrap_or(rest.len())]
        };
        match token.text {
            "let" => add(up_to(&["=", ";"])),
            "for" => add(up_to(&["in", "{", "<"])),
            "|" if at
                .checked_sub(1)
                .is_none_or(|before| starts_closure(&tokens[before])) =>
            {
                add(up_to(&["|"]));
            }
            // `=>`: the pattern of an arm.
            "=" if rest
                .first()
                .is_some_and(|next| next.is(">") && next.at == token.end()) =>
            {
                add(pattern_before(&tokens[..at]));
            }
            _ if rest.first().is_some_and(|next| next.is(":")) => add(&tokens[at..=at]),
            _ => {}
        }
    }
    found
}

/// Returns whether a `|` after this token begins the parameters of a closure.
fn starts_closure(before: &Token<'_>) -> bool {
    ["(", ",", "=", "move", "{", "return"]
        .iter()
        .any(|text| before.is(text))
}

/// Returns the tokens of the pattern that ends here.
fn pattern_before<'s, 't>(tokens: &'t [Token<'s>]) -> &'t [Token<'s>] {
    let mut depth = 0;
    let is_start = |token: &Token<'_>| {
        match token.text {
            ")" | "]" => depth += 1,
            "(" | "[" => depth -= 1,
            _ => {}
        }
        depth < 0 || depth == 0 && ["{", "}", ",", ";"].iter().any(|text| token.is(text))
    };
    let start = tokens.iter().rposition(is_start).map_or(0, |at| at + 1);
    &tokens[start..]
}
