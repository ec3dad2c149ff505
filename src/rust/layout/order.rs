//! The order of names that rustfmt keeps (style edition 2024).

use std::cmp::Ordering;
use std::iter::Peekable;
use std::str::Chars;

/// The order of `mod` items: that of their bytes.
pub fn module_order(one: &str, other: &str) -> Ordering {
    one.cmp(other)
}

/// The order of names in `use` items: digits by their value, underscores before all else.
fn version_order(one: &str, other: &str) -> Ordering {
    let (mut left, mut right) = (one.chars().peekable(), other.chars().peekable());
    let mut zeros = Ordering::Equal;
    loop {
        let order = match (chunk(&mut left), chunk(&mut right)) {
            (None, None) => return zeros,
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
            (Some(Chunk::Number(a)), Some(Chunk::Number(b))) => {
                // The first number that has more zeros in front decides where all else is equal.
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
                a.cmp(&b)
            }
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

enum Chunk {
    Underscore,
    Number(String),
    Text(String),
}

fn chunk(chars: &mut Peekable<Chars<'_>>) -> Option<Chunk> {
    let first = chars.next()?;
    if first == '_' {
        return Some(Chunk::Underscore);
    }
    let is_number = first.is_ascii_digit();
    let mut text = String::from(first);
    while let Some(c) = chars.next_if(|&c| c != '_' && c.is_ascii_digit() == is_number) {
        text.push(c);
    }
    Some(if is_number {
        Chunk::Number(text)
    } else {
        Chunk::Text(text)
    })
}

/// Sorts lines like `use a::b;`, as rustfmt sorts those of one group.
pub fn sort_uses<L: AsRef<str>>(lines: &mut [L]) {
    lines.sort_by(|one, other| {
        let (one, other) = (segments(one.as_ref()), segments(other.as_ref()));
        let unequal = one
            .iter()
            .zip(&other)
            .map(|(a, b)| segment_order(a, b))
            .find(|order| order.is_ne());
        unequal.unwrap_or_else(|| one.len().cmp(&other.len()))
    });
}

/// The path of a `use`, a list in braces being its last part.
fn segments(line: &str) -> Vec<&str> {
    let path = line
        .split_once("use ")
        .map_or(line, |(_, path)| path)
        .trim_end_matches(';');
    let (path, list) = match path.find('{') {
        Some(at) => (&path[..at], Some(&path[at..])),
        None => (path, None),
    };
    path.split("::")
        .filter(|part| !part.is_empty())
        .chain(list)
        .collect()
}

/// The order of two names inside `{}` of a `use`, or of two parts of paths.
fn segment_order(one: &str, other: &str) -> Ordering {
    let name = |part: &str| {
        part.split(' ')
            .next()
            .unwrap_or_default()
            .trim_start_matches("r#")
            .to_owned()
    };
    let (a, b) = (name(one), name(other));
    let kind = |name: &str| match name {
        "self" => 0,
        "super" => 1,
        "crate" => 2,
        name if name.starts_with('*') => 4,
        name if name.starts_with('{') => 5,
        _ => 3,
    };
    kind(&a)
        .cmp(&kind(&b))
        .then_with(|| version_order(&a, &b))
        .then_with(|| one.cmp(other))
}
