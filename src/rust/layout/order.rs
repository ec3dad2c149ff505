//! rustfmt's order of names (style edition 2024).

use std::cmp::Ordering;

/// Compares `mod` items by their bytes.
pub fn module_order(one: &str, other: &str) -> Ordering {
    one.cmp(other)
}

/// Compares names in `use` items: digits by their value, underscores before anything else.
fn version_order(one: &str, other: &str) -> Ordering {
    let (mut left, mut right) = (one, other);
    let mut zeros = Ordering::Equal;
    loop {
        let order = match (chunk(&mut left), chunk(&mut right)) {
            (None, None) => return zeros,
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
            (Some(Chunk::Number(a)), Some(Chunk::Number(b))) => {
                // If all else is equal, the first number with more leading zeros decides.
                zeros = zeros.then(b.len().cmp(&a.len()));
                let (a, b) = (a.trim_start_matches('0'), b.trim_start_matches('0'));
                let by_value = a.len().cmp(&b.len()).then_with(|| a.cmp(b));
                if by_value != Ordering::Equal {
                    return by_value;
                }
                by_value
            }
            (Some(Chunk::Underscore), Some(Chunk::Underscore)) => Ordering::Equal,
            (Some(Chunk::Underscore), Some(_)) => Ordering::Less,
            (Some(_), Some(Chunk::Underscore)) => Ordering::Greater,
            (Some(Chunk::Text(a) | Chunk::Number(a)), Some(Chunk::Text(b) | Chunk::Number(b))) => {
                a.cmp(b)
            }
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

enum Chunk<'t> {
    Underscore,
    Number(&'t str),
    Text(&'t str),
}

/// Splits the first chunk off a name.
fn chunk<'t>(rest: &mut &'t str) -> Option<Chunk<'t>> {
    let text = *rest;
    let first = text.chars().next()?;
    let is_number = first.is_ascii_digit();
    let continues = |c: char| first != '_' && c != '_' && c.is_ascii_digit() == is_number;
    let after = &text[first.len_utf8()..];
    let len = after.find(|c| !continues(c)).unwrap_or(after.len());
    let (chunk, after) = text.split_at(first.len_utf8() + len);
    *rest = after;
    Some(match first {
        '_' => Chunk::Underscore,
        _ if is_number => Chunk::Number(chunk),
        _ => Chunk::Text(chunk),
    })
}

/// Sorts lines like `use a::b;` as rustfmt sorts one group.
pub fn sort_uses<L: AsRef<str>>(lines: &mut [L]) {
    lines.sort_by(|one, other| {
        let (mut one, mut other) = (segments(one.as_ref()), segments(other.as_ref()));
        loop {
            match (one.next(), other.next()) {
                (Some(a), Some(b)) => match segment_order(a, b) {
                    Ordering::Equal => {}
                    unequal => return unequal,
                },
                (one, other) => return one.is_some().cmp(&other.is_some()),
            }
        }
    });
}

/// Splits the path of a `use`; a list in braces is its last part.
fn segments(line: &str) -> impl Iterator<Item = &str> {
    let path = line
        .split_once("use ")
        .map_or(line, |(_, path)| path)
        .trim_end_matches(';');
    let (path, list) = match path.find('{') {
        Some(at) => (&path[..at], Some(&path[at..])),
        None => (path, None),
    };
    path.split("::").filter(|part| !part.is_empty()).chain(list)
}

/// Compares two names inside the braces of a `use`, or two path segments.
fn segment_order(one: &str, other: &str) -> Ordering {
    let (a, b) = (name(one), name(other));
    kind(a)
        .cmp(&kind(b))
        .then_with(|| version_order(a, b))
        .then_with(|| one.cmp(other))
}

/// Returns the sort key of a segment: without `as other` and without `r#`.
fn name(part: &str) -> &str {
    let first = part.split(' ').next().unwrap_or_default();
    first.trim_start_matches("r#")
}

fn kind(name: &str) -> u8 {
    match name {
        "self" => 0,
        "super" => 1,
        "crate" => 2,
        name if name.starts_with('*') => 4,
        name if name.starts_with('{') => 5,
        _ => 3,
    }
}
