//! Names of union variants: a pure function of the document's branches.
//!
//! The value of the tag takes precedence, because it is visible on the wire and independent of other branches.
//! Next come the branch's name without what all names have in common, the property that only this branch
//! requires, and the JSON type. `cases.tsv` has examples.

use super::{Words, all_words, words};
use std::collections::HashMap;

#[cfg(test)]
mod tests;

/// The parts of a branch that its name depends on.
#[derive(Debug, Default)]
pub struct BranchFacts {
    /// The only value of the tag that selects the branch.
    pub tag: Option<String>,
    /// The component key or the `title`.
    pub name: Option<String>,
    pub properties: Vec<String>,
    /// Required properties.
    pub required: Vec<String>,
    /// The JSON type, or the position of the branch if nothing else is known.
    pub kind: Words,
    /// The JSON type with that of the items of a list or map.
    pub detailed_kind: Words,
}

/// Returns the possible names of each branch, the best first.
pub fn candidates(owner: &[String], branches: &[BranchFacts]) -> Vec<Vec<Words>> {
    let tags = tags(owner, branches);
    let names: Vec<Option<Words>> = branches
        .iter()
        .map(|branch| branch.name.as_deref().map(all_words))
        .collect();
    let named: Vec<&Words> = names.iter().flatten().collect();
    let properties = own_properties(branches);
    // A kind is specific enough if no other branch has it.
    let unnamed = (0..branches.len())
        .filter(|at| tags[*at].is_none() && names[*at].is_none() && properties[*at].is_none());
    let union = UnionNames {
        owner,
        affixes: Affixes::of(&named),
        kinds: counts(unnamed.map(|at| &branches[at].kind)),
    };
    let candidates = branches.iter().zip(&names).zip(tags).zip(properties);
    candidates
        .map(|(((branch, name), tag), property)| {
            union.candidates(branch, name.as_ref(), tag, property)
        })
        .collect()
}

/// What the names of all branches depend on.
struct UnionNames<'a> {
    owner: &'a [String],
    affixes: Affixes<'a>,
    kinds: HashMap<&'a Words, usize>,
}

impl UnionNames<'_> {
    fn candidates(
        &self,
        branch: &BranchFacts,
        name: Option<&Words>,
        tag: Option<Words>,
        property: Option<Words>,
    ) -> Vec<Words> {
        let mut candidates: Vec<Words> = tag.into_iter().collect();
        if let Some(name) = name {
            // For `Event2` in `Event`, a property is better than the number.
            let rest = name.strip_prefix(self.owner);
            if rest.is_some_and(|rest| !is_word(rest)) {
                candidates.extend(property.clone());
            }
            let [inner, outer] =
                [self.affixes.strip(name), name].map(|name| without(self.owner, name));
            candidates.push(if inner.len() <= outer.len() {
                inner
            } else {
                outer
            });
            candidates.push(name.clone());
        }
        candidates.extend(property);
        if self.kinds.get(&branch.kind).is_none_or(|count| *count == 1) {
            candidates.push(without(self.owner, &branch.kind));
        }
        candidates.push(without(self.owner, &branch.detailed_kind));
        candidates.dedup();
        candidates
    }
}

/// Returns the words of each branch's tag as written. A tag equal to the component key is treated as a name; an
/// abbreviation is worse than a name, and the union's own name is useless.
fn tags(owner: &[String], branches: &[BranchFacts]) -> Vec<Option<Words>> {
    let all = counts(branches.iter().filter_map(|branch| branch.tag.as_ref()));
    let tag = |branch: &BranchFacts| {
        let tag = branch.tag.as_ref().filter(|tag| all[tag] == 1)?;
        let name = branch.name.as_deref();
        let is_key = name == Some(tag.trim_start_matches('#'));
        let is_short = name.is_some() && tag.len() < 3;
        let words = all_words(tag);
        (!is_key && !is_short && is_word(&words) && words != owner).then_some(words)
    };
    branches.iter().map(tag).collect()
}

/// Returns for each branch the property that only it requires: preferably one that no other branch has, at
/// worst an optional one.
fn own_properties(branches: &[BranchFacts]) -> Vec<Option<Words>> {
    let has = counts(branches.iter().flat_map(|branch| &branch.properties));
    let requires = counts(branches.iter().flat_map(|branch| &branch.required));
    let property = |branch: &BranchFacts| {
        let mut required = branch.required.iter();
        let mut again = required.clone();
        let only = required.find(|name| has[name] == 1);
        let only = only.or_else(|| again.find(|name| requires[name] == 1));
        only.or_else(|| branch.properties.iter().find(|name| has[name] == 1))
            .map(|name| words(name))
    };
    branches.iter().map(property).collect()
}

/// The words that all names start and end with.
#[derive(Clone, Copy, Default)]
struct Affixes<'a> {
    prefix: &'a [String],
    suffix: &'a [String],
}

impl<'a> Affixes<'a> {
    /// Determines the suffix first, because it is the least specific (`Response`, `Object`). Skips an affix
    /// that would leave an empty name.
    fn of(names: &[&'a Words]) -> Self {
        let [first, others @ ..] = names else {
            return Affixes::default();
        };
        let leaves = |affixes: &Affixes<'_>| names.iter().all(|name| is_word(affixes.strip(name)));
        let suffix = others
            .iter()
            .map(|name| common_end(first, name))
            .min_by_key(|end| end.len());
        // `NameAndRefName`, `IdAndRefName`: the end belongs to both.
        let suffix = suffix.filter(|suffix| !matches!(first_of(suffix), "and" | "or"));
        let suffix = Affixes {
            suffix: suffix.unwrap_or_default(),
            ..Affixes::default()
        };
        let shortest = Some(suffix).filter(leaves).unwrap_or_default();
        let prefix = others
            .iter()
            .map(|name| common_start(first, name))
            .min_by_key(|start| start.len());
        let both = Affixes {
            prefix: prefix.unwrap_or_default(),
            ..shortest
        };
        // Two names may start with the same word by chance: `PaymentMethodOptions`, `PaymentIntentClient`.
        let len = names
            .iter()
            .map(|name| name.len())
            .min()
            .unwrap_or_default();
        let is_chance = names.len() == 2 && 2 * (both.prefix.len() + both.suffix.len()) < len;
        match leaves(&both) && !is_chance {
            true => both,
            false => shortest,
        }
    }

    fn strip<'n>(&self, name: &'n [String]) -> &'n [String] {
        let end = name.len().saturating_sub(self.suffix.len());
        name[..end].get(self.prefix.len()..).unwrap_or_default()
    }
}

fn common_start<'a>(one: &'a [String], other: &[String]) -> &'a [String] {
    let pairs = one.iter().zip(other);
    &one[..pairs.take_while(|(one, other)| one == other).count()]
}

fn common_end<'a>(one: &'a [String], other: &[String]) -> &'a [String] {
    let pairs = one.iter().rev().zip(other.iter().rev());
    let count = pairs.take_while(|(one, other)| one == other).count();
    &one[one.len() - count..]
}

fn first_of(words: &[String]) -> &str {
    words.first().map(String::as_str).unwrap_or_default()
}

/// Returns the words without those of the union: `CallSourceCard` in `CallSource` is `Card`.
fn without(owner: &[String], words: &[String]) -> Words {
    let rest = [words.strip_prefix(owner), words.strip_suffix(owner)];
    let rest = rest.into_iter().flatten().find(|rest| is_word(rest));
    rest.unwrap_or(words).to_vec()
}

/// Returns whether the words are a usable name, rather than a number or a single letter.
fn is_word(words: &[String]) -> bool {
    let starts = words
        .first()
        .is_some_and(|word| word.starts_with(char::is_alphabetic));
    starts && words.iter().map(String::len).sum::<usize>() > 1
}

/// Counts occurrences.
fn counts<'a, T: std::hash::Hash + Eq>(all: impl Iterator<Item = &'a T>) -> HashMap<&'a T, usize> {
    let mut counts = HashMap::new();
    all.for_each(|one| *counts.entry(one).or_default() += 1);
    counts
}
