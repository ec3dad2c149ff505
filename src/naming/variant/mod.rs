//! What the variants of a union are called: a pure function of what the document says about its branches.
//!
//! The value of the tag comes first, since it is what a reader sees on the wire, and no other branch changes
//! it. Then the branch's name without what all names have in common, then the property that only this branch
//! requires, then the JSON type. `cases.tsv` shows the rules at work.

use super::{Words, all_words, words};
use std::collections::HashMap;

#[cfg(test)]
mod tests;

/// A branch of a union, as far as its name depends on it.
#[derive(Debug, Default)]
pub struct Branch {
    /// The only value of the tag that selects the branch.
    pub tag: Option<String>,
    /// The key of the component, or the `title`.
    pub name: Option<String>,
    pub properties: Vec<String>,
    /// Those of the properties that are required.
    pub required: Vec<String>,
    /// The JSON type, or where the branch stands if nothing else is known of it.
    pub kind: Words,
    /// The same, with the type of the items for a list or a map.
    pub detailed_kind: Words,
}

/// The names that each branch wants, the best first.
pub fn wishes(owner: &[String], branches: &[Branch]) -> Vec<Vec<Words>> {
    let tags = tags(owner, branches);
    let names: Vec<Option<Words>> = branches
        .iter()
        .map(|branch| branch.name.as_deref().map(all_words))
        .collect();
    let named: Vec<&Words> = names.iter().flatten().collect();
    let properties = own_properties(branches);
    // A kind says enough if no other branch is called by it.
    let unnamed = (0..branches.len())
        .filter(|at| tags[*at].is_none() && names[*at].is_none() && properties[*at].is_none());
    let union = Union {
        owner,
        affixes: Affixes::of(&named),
        kinds: counts(unnamed.map(|at| &branches[at].kind)),
    };
    let wishes = branches.iter().zip(&names).zip(tags).zip(properties);
    wishes
        .map(|(((branch, name), tag), property)| union.wishes(branch, name.as_ref(), tag, property))
        .collect()
}

/// What the names of all branches depend on.
struct Union<'a> {
    owner: &'a [String],
    affixes: Affixes<'a>,
    kinds: HashMap<&'a Words, usize>,
}

impl Union<'_> {
    fn wishes(
        &self,
        branch: &Branch,
        name: Option<&Words>,
        tag: Option<Words>,
        property: Option<Words>,
    ) -> Vec<Words> {
        let mut wishes: Vec<Words> = tag.into_iter().collect();
        if let Some(name) = name {
            // `Event2` in `Event`: a property says more than the number.
            let rest = name.strip_prefix(self.owner);
            if rest.is_some_and(|rest| !is_word(rest)) {
                wishes.extend(property.clone());
            }
            let [inner, outer] =
                [self.affixes.strip(name), name].map(|name| without(self.owner, name));
            wishes.push(if inner.len() <= outer.len() {
                inner
            } else {
                outer
            });
            wishes.push(name.clone());
        }
        wishes.extend(property);
        if self.kinds.get(&branch.kind).is_none_or(|count| *count == 1) {
            wishes.push(without(self.owner, &branch.kind));
        }
        wishes.push(without(self.owner, &branch.detailed_kind));
        wishes.dedup();
        wishes
    }
}

/// The words of each branch's tag, as the document writes them. A tag that is the key of the component is
/// a name like any other, an abbreviation says less than a name, and the union's own name says nothing.
fn tags(owner: &[String], branches: &[Branch]) -> Vec<Option<Words>> {
    let all = counts(branches.iter().filter_map(|branch| branch.tag.as_ref()));
    let tag = |branch: &Branch| {
        let tag = branch.tag.as_ref().filter(|tag| all[tag] == 1)?;
        let name = branch.name.as_deref();
        let is_key = name == Some(tag.trim_start_matches('#'));
        let is_short = name.is_some() && tag.len() < 3;
        let words = all_words(tag);
        (!is_key && !is_short && is_word(&words) && words != owner).then_some(words)
    };
    branches.iter().map(tag).collect()
}

/// For each branch the property that only this one requires; best one that no other branch has, at worst
/// one that is optional.
fn own_properties(branches: &[Branch]) -> Vec<Option<Words>> {
    let has = counts(branches.iter().flat_map(|branch| &branch.properties));
    let requires = counts(branches.iter().flat_map(|branch| &branch.required));
    let property = |branch: &Branch| {
        let mut required = branch.required.iter();
        let mut again = required.clone();
        let only = required.find(|name| has[name] == 1);
        let only = only.or_else(|| again.find(|name| requires[name] == 1));
        only.or_else(|| branch.properties.iter().find(|name| has[name] == 1))
            .map(|name| words(name))
    };
    branches.iter().map(property).collect()
}

/// The words that all names begin and end with.
#[derive(Clone, Copy, Default)]
struct Affixes<'a> {
    prefix: &'a [String],
    suffix: &'a [String],
}

impl<'a> Affixes<'a> {
    /// The suffix is taken first, since it says least (`Response`, `Object`). What would leave nothing of a
    /// name stays.
    fn of(names: &[&'a Words]) -> Self {
        let [first, others @ ..] = names else {
            return Affixes::default();
        };
        let leaves = |affixes: &Affixes<'_>| names.iter().all(|name| is_word(affixes.strip(name)));
        let suffix = others
            .iter()
            .map(|name| common_end(first, name))
            .min_by_key(|end| end.len());
        // `NameAndRefName`, `IdAndRefName`: what follows belongs to both.
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
        // Two names begin with the same word by chance: `PaymentMethodOptions`, `PaymentIntentClient`.
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

/// The words without those of the union around them: `CallSourceCard` in `CallSource` is `Card`.
fn without(owner: &[String], words: &[String]) -> Words {
    let rest = [words.strip_prefix(owner), words.strip_suffix(owner)];
    let rest = rest.into_iter().flatten().find(|rest| is_word(rest));
    rest.unwrap_or(words).to_vec()
}

/// Whether the words read as a name: a number or a letter alone does not.
fn is_word(words: &[String]) -> bool {
    let starts = words
        .first()
        .is_some_and(|word| word.starts_with(char::is_alphabetic));
    starts && words.iter().map(String::len).sum::<usize>() > 1
}

/// How often each is there.
fn counts<'a, T: std::hash::Hash + Eq>(all: impl Iterator<Item = &'a T>) -> HashMap<&'a T, usize> {
    let mut counts = HashMap::new();
    all.for_each(|one| *counts.entry(one).or_default() += 1);
    counts
}
