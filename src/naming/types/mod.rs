//! Names of inline types.
//!
//! The name consists of the owner's name and the part's: `Card` and `brand` make `CardBrand`. It does not
//! depend on anything else, so additions elsewhere in the document do not rename it.

mod join;
mod shared;

use super::method::vocabulary::singular;
use super::shorten::{LONG, abbreviated, length};
use crate::naming::Words;
use join::{branch, member, with};
pub use shared::{SharedType, shared};

/// The maximum length of a type name.
pub const LONGEST: usize = 60;

/// The part of its owner that a type belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwnerPart {
    /// The owner itself, such as an array of inline objects.
    Itself,
    Property(Words),
    /// A parameter, body or header; its possible names, the best first.
    Named(Vec<Words>),
    /// An item of a list.
    Item(Box<OwnerPart>),
    /// A value of a map.
    Value(Box<OwnerPart>),
    Branch {
        /// A title, or a label that distinguishes the branch.
        label: Option<Words>,
        number: usize,
        /// Whether no other branch has a declared type.
        is_alone: bool,
        of: Box<OwnerPart>,
    },
}

/// The kind of a type, as far as its name depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NamedKind {
    Object,
    Enum,
    Union,
    Alias,
}

impl NamedKind {
    /// Returns words for a type whose plain name is taken.
    fn words(self) -> [&'static str; 2] {
        match self {
            NamedKind::Enum => ["kind", "option"],
            NamedKind::Object => ["details", "info"],
            NamedKind::Union => ["field", "content"],
            NamedKind::Alias => ["content", "list"],
        }
    }
}

/// Returns the names of all owners of a part, for [`candidates`]. `steps` are ordered from the innermost to the
/// outermost.
pub fn owner_names(root: Words, steps: &[(OwnerPart, NamedKind)]) -> Vec<Words> {
    (0..=steps.len())
        .map(|count| {
            let steps = steps[..count].iter().rev();
            steps.fold(root.clone(), |owner, (part, kind)| {
                names(&owner, part, *kind).swap_remove(0)
            })
        })
        .collect()
}

/// Returns the possible names of a part, the best first.
///
/// `owners` are the names of its owner: first only the outermost type, then with one more step each, the last
/// with all steps.
pub fn candidates(owners: &[Words], part: &OwnerPart, kind: NamedKind) -> Vec<Words> {
    let first = |owner: &Words| names(owner, part, kind).swap_remove(0);
    let owner_names: Vec<Words> = owners.iter().map(first).collect();
    let fits = |longest: usize| owner_names.iter().rposition(|name| length(name) <= longest);
    // The previous step names the owner of the part.
    let with_step = owner_names
        .get(1)
        .filter(|name| length(name) <= LONGEST)
        .map(|_| 1);
    let at = match fits(LONG) {
        Some(0) => with_step.or(Some(0)),
        at => at,
    };
    let Some(at) = at.or_else(|| fits(LONGEST)) else {
        let shortest = owner_names.first().cloned().unwrap_or_default();
        let mut candidates = vec![abbreviated(&shortest, LONGEST, LONGEST * 2 / 3)];
        candidates.extend(
            owner_names
                .last()
                .map(|name| abbreviated(name, LONGEST, LONGEST / 2)),
        );
        return candidates;
    };
    let mut candidates = vec![owner_names[at].clone()];
    candidates.extend(names(&owners[at], part, kind).into_iter().skip(1));
    let longer = owner_names[at + 1..].iter();
    candidates.extend(longer.filter(|name| length(name) <= LONGEST).cloned());
    let (mut candidates, long): (Vec<Words>, Vec<Words>) = candidates
        .into_iter()
        .partition(|wish| length(wish) <= LONGEST);
    candidates.extend(
        long.iter()
            .map(|wish| abbreviated(wish, LONGEST, LONGEST / 2)),
    );
    candidates
}

/// Returns the possible names of a part of one owner, the best first.
pub fn names(owner: &Words, part: &OwnerPart, kind: NamedKind) -> Vec<Words> {
    match part {
        OwnerPart::Itself => vec![owner.clone()],
        OwnerPart::Property(name) => member(owner, name, kind),
        OwnerPart::Named(all) => all
            .iter()
            .map(|name| match (owner.last(), name.as_slice()) {
                (Some(last), [own]) if last == own => with(owner, another(own)),
                _ => member(owner, name, kind).swap_remove(0),
            })
            .collect(),
        OwnerPart::Item(of) => one_of(owner, of, "item", kind),
        OwnerPart::Value(of) => one_of(owner, of, "value", kind),
        OwnerPart::Branch {
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

/// Returns another word for the body of a type that is itself a request or a response.
fn another(word: &str) -> &str {
    match word {
        "request" => "body",
        "response" => "result",
        _ => "details",
    }
}

/// Returns the name of an item: the singular of the list's name, or the name with another word.
fn one_of(owner: &Words, of: &OwnerPart, word: &str, kind: NamedKind) -> Vec<Words> {
    let of = without_kind(of);
    // Rows of a table are lists of cells; naming both levels adds nothing.
    if let OwnerPart::Item(_) | OwnerPart::Value(_) = of {
        let mut all = names(owner, of, kind);
        all.extend(names(owner, of, kind).iter().map(|name| with(name, word)));
        return all;
    }
    let base = names(owner, of, kind).swap_remove(0);
    let mut candidates = Vec::new();
    if let OwnerPart::Property(name) = of
        && matches!(name.as_slice(), [list] if LISTS.contains(&list.as_str()))
        && !owner.is_empty()
    {
        candidates.push(with(owner, word));
    }
    if let Some((last, before)) = base.split_last()
        && !matches!(of, OwnerPart::Named(_))
    {
        let one = singular(last);
        candidates.extend((one != *last).then(|| with(before, &one)));
    }
    candidates.push(with(&base, word));
    candidates
}

/// Properties of a list object that contain its items.
const LISTS: &[&str] = &["data", "entries", "items", "list", "results", "values"];

/// Returns a part without a branch that is only labeled as list or object.
fn without_kind(part: &OwnerPart) -> &OwnerPart {
    match part {
        OwnerPart::Branch {
            label: Some(label),
            of,
            ..
        } if matches!(label.as_slice(), [kind] if kind == "list" || kind == "object") => of,
        part => part,
    }
}

#[cfg(test)]
mod tests;
