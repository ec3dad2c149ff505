//! Names of types: those that are described where they are used, and have a name from that place.
//!
//! A type's name is that of its owner and of the part that it is: `Card` and `brand` make `CardBrand`.
//! Nothing else of the description has a say, so that what is added elsewhere renames nothing.

mod join;
mod shared;

use super::method::vocabulary::singular;
use super::shorten::{LONG, abbreviated, length};
use crate::naming::Words;
use join::{branch, member, with};
pub use shared::{Shared, shared};

/// A name beyond this leaves no room on a line.
pub const LONGEST: usize = 60;

/// Which part of its owner a type is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// The owner itself, as an array of inline objects is.
    Itself,
    Member(Words),
    /// A parameter, a body, a header: what says it, the best first.
    Named(Vec<Words>),
    /// One of the list that the part is.
    Item(Box<Part>),
    /// A value of the map that the part is.
    Value(Box<Part>),
    Branch {
        /// A title, or what tells the branch from the others.
        label: Option<Words>,
        number: usize,
        /// Whether no other branch has a type of its own.
        is_alone: bool,
        of: Box<Part>,
    },
}

/// What a type is, as far as its name may say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Object,
    Enum,
    Union,
    Alias,
}

impl Kind {
    /// Words for a type whose name is that of its owner, or of another type.
    fn words(self) -> [&'static str; 2] {
        match self {
            Kind::Enum => ["kind", "option"],
            Kind::Object => ["details", "info"],
            Kind::Union => ["field", "content"],
            Kind::Alias => ["content", "list"],
        }
    }
}

/// The way to a part, for [`wishes`]: `steps` are from the last to the first.
pub fn ways(root: Words, steps: &[(Part, Kind)]) -> Vec<Words> {
    (0..=steps.len())
        .map(|count| {
            let steps = steps[..count].iter().rev();
            steps.fold(root.clone(), |owner, (part, kind)| {
                names(&owner, part, *kind).swap_remove(0)
            })
        })
        .collect()
}

/// The names that a part may have, the best first.
///
/// `owners` is the way to it: the outermost type, then the same with one step more at the end, and so
/// on, the last of them with every step.
pub fn wishes(owners: &[Words], part: &Part, kind: Kind) -> Vec<Words> {
    let first = |owner: &Words| names(owner, part, kind).swap_remove(0);
    let ways: Vec<Words> = owners.iter().map(first).collect();
    let fits = |longest: usize| ways.iter().rposition(|way| length(way) <= longest);
    // A step before the last one says what the part belongs to.
    let with_step = ways.get(1).filter(|way| length(way) <= LONGEST).map(|_| 1);
    let at = match fits(LONG) {
        Some(0) => with_step.or(Some(0)),
        at => at,
    };
    let Some(at) = at.or_else(|| fits(LONGEST)) else {
        let shortest = ways.first().cloned().unwrap_or_default();
        let mut wishes = vec![abbreviated(&shortest, LONGEST, LONGEST * 2 / 3)];
        wishes.extend(
            ways.last()
                .map(|way| abbreviated(way, LONGEST, LONGEST / 2)),
        );
        return wishes;
    };
    let mut wishes = vec![ways[at].clone()];
    wishes.extend(names(&owners[at], part, kind).into_iter().skip(1));
    let longer = ways[at + 1..].iter();
    wishes.extend(longer.filter(|way| length(way) <= LONGEST).cloned());
    let (mut wishes, long): (Vec<Words>, Vec<Words>) =
        wishes.into_iter().partition(|wish| length(wish) <= LONGEST);
    wishes.extend(
        long.iter()
            .map(|wish| abbreviated(wish, LONGEST, LONGEST / 2)),
    );
    wishes
}

/// The names of a part of one owner, the best first.
pub fn names(owner: &Words, part: &Part, kind: Kind) -> Vec<Words> {
    match part {
        Part::Itself => vec![owner.clone()],
        Part::Member(name) => member(owner, name, kind),
        Part::Named(all) => all
            .iter()
            .map(|name| match (owner.last(), name.as_slice()) {
                (Some(last), [own]) if last == own => with(owner, another(own)),
                _ => member(owner, name, kind).swap_remove(0),
            })
            .collect(),
        Part::Item(of) => one_of(owner, of, "item", kind),
        Part::Value(of) => one_of(owner, of, "value", kind),
        Part::Branch {
            label,
            number,
            is_alone,
            of,
        } => {
            let base = names(owner, of, kind).swap_remove(0);
            branch(&base, label.as_deref(), *number, *is_alone, kind)
        }
    }
}

/// Another word for a body of what is a request or a response itself.
fn another(word: &str) -> &str {
    match word {
        "request" => "body",
        "response" => "result",
        _ => "details",
    }
}

/// One of several: the singular where the list's name has one, else the name with a word more.
fn one_of(owner: &Words, of: &Part, word: &str, kind: Kind) -> Vec<Words> {
    let of = without_kind(of);
    // The rows of a table are lists of its cells: they say no more together.
    if let Part::Item(_) | Part::Value(_) = of {
        let mut all = names(owner, of, kind);
        all.extend(names(owner, of, kind).iter().map(|name| with(name, word)));
        return all;
    }
    let base = names(owner, of, kind).swap_remove(0);
    let mut wishes = Vec::new();
    if let Part::Member(name) = of
        && matches!(name.as_slice(), [list] if LISTS.contains(&list.as_str()))
        && !owner.is_empty()
    {
        wishes.push(with(owner, word));
    }
    if let Some((last, before)) = base.split_last()
        && !matches!(of, Part::Named(_))
    {
        let one = singular(last);
        wishes.extend((one != *last).then(|| with(before, &one)));
    }
    wishes.push(with(&base, word));
    wishes
}

/// Members that hold what their owner is a list of.
const LISTS: &[&str] = &["data", "entries", "items", "list", "results", "values"];

/// A part without the branch that is only said to be a list or an object.
fn without_kind(part: &Part) -> &Part {
    match part {
        Part::Branch {
            label: Some(label),
            of,
            ..
        } if matches!(label.as_slice(), [kind] if kind == "list" || kind == "object") => of,
        part => part,
    }
}

#[cfg(test)]
mod tests;
