//! What to call branches of a union that have no title: the constant that is another in each, the JSON
//! kind where no other branch is of it, the one member that only this one requires, the component that
//! only this one is laid over, or else a member that no other branch has. The only one that nothing
//! tells from the others is the other one.

use super::Lowering;
use crate::openapi;
use crate::tree::Node;
use indexmap::IndexMap;
use std::collections::{HashMap, HashSet};

const INTEGER: &str = "integer";
const NUMBER: &str = "number";

/// What a branch says that may tell it from others.
#[derive(Default)]
struct Said<'t> {
    kind: Option<&'static str>,
    /// Whether it has no type and lists integers.
    lists_integers: bool,
    /// Members with one text as their value, and that text.
    constants: Vec<(&'t str, &'t str)>,
    required: Vec<&'t str>,
    members: Vec<&'t str>,
    /// The components that it is laid over.
    bases: Vec<&'t str>,
}

impl<'t> Lowering<'t, '_> {
    pub(super) fn labels(&mut self, tag: Option<&str>, nodes: &[Node<'t>]) -> Vec<Option<String>> {
        let mut said: Vec<Said<'t>> = nodes.iter().map(|node| self.said(*node)).collect();
        let has_numbers = said.iter().any(|said| said.kind == Some(NUMBER));
        for said in &mut said {
            said.kind = match said.kind {
                // Integers are what numbers are, where no branch takes fractions.
                Some(INTEGER) if !has_numbers => Some(NUMBER),
                None if has_numbers && said.lists_integers => Some(INTEGER),
                kind => kind,
            };
        }
        let by_constant = telling_member(tag, &said);
        let kinds = counts(said.iter().filter_map(|said| said.kind));
        let members = counts(said.iter().flat_map(|said| unique(&said.members)));
        let bases = counts(said.iter().flat_map(|said| unique(&said.bases)));
        let label = |own: &Said<'t>| {
            let constant = by_constant.as_ref().and_then(|(member, single)| {
                let constant = own.constant(member);
                constant.filter(|text| single.contains(text))
            });
            let is_own = |member: &str| {
                let own = usize::from(own.members.contains(&member));
                members.get(member).copied().unwrap_or_default() == own
            };
            let alone = match own.required[..] {
                [member] => is_own(member).then_some(member),
                _ => None,
            };
            let required = own.required.iter().copied().find(|member| is_own(member));
            let member = own.members.iter().copied().find(|member| is_own(member));
            let kind = own.kind.filter(|kind| kinds[kind] == 1);
            let base = own.bases.iter().find(|base| bases[*base] == 1).copied();
            let label = constant.or(kind).or(alone).or(base);
            label.or(required).or(member).map(str::to_owned)
        };
        let mut labels: Vec<Option<String>> = said.iter().map(label).collect();
        let mut without = labels.iter_mut().filter(|label| label.is_none());
        if said.len() > 1
            && let (Some(only), None) = (without.next(), without.next())
        {
            *only = Some("other".to_owned());
        }
        labels
    }

    fn said(&mut self, node: Node<'t>) -> Said<'t> {
        let Some(node) = self.follow(node) else {
            return Said::default();
        };
        let schema = openapi::Schema::read(node, &mut self.reader);
        let types = schema.types;
        let kinds = [
            (types.object || !schema.properties.is_empty(), "object"),
            (types.array, "list"),
            (types.string, "text"),
            (types.integer && !types.number, INTEGER),
            (types.number, NUMBER),
        ];
        let kinds: Vec<&str> = kinds
            .iter()
            .filter(|(is, _)| *is)
            .map(|(_, word)| *word)
            .collect();
        let mut values = schema.values.iter();
        let lists_integers = types.is_empty()
            && !schema.values.is_empty()
            && values.all(|value| value.to_json().is_i64());
        let mut constants = Vec::new();
        for (name, property) in &schema.properties {
            let property = openapi::Schema::read(*property, &mut self.reader);
            if let [only] = property.values[..]
                && let Some(text) = only.as_str().filter(|text| !text.is_empty())
            {
                constants.push((*name, text));
            }
        }
        let mut bases = Vec::new();
        for part in schema
            .all_of
            .iter()
            .filter(|part| part.text("$ref").is_some())
        {
            bases.extend(self.follow(*part).and_then(Node::key));
        }
        Said {
            bases,
            lists_integers,
            kind: if let [only] = kinds[..] {
                Some(only)
            } else {
                None
            },
            constants,
            required: schema.required,
            members: schema.properties.iter().map(|(name, _)| *name).collect(),
        }
    }
}

impl<'t> Said<'t> {
    fn constant(&self, member: &str) -> Option<&'t str> {
        let found = self.constants.iter().find(|(name, _)| *name == member);
        found.map(|(_, text)| *text)
    }
}

/// How often each word is there.
fn counts<'a>(words: impl Iterator<Item = &'a str>) -> HashMap<&'a str, usize> {
    let mut counts = HashMap::new();
    words.for_each(|word| *counts.entry(word).or_default() += 1);
    counts
}

fn unique<'a>(words: &[&'a str]) -> HashSet<&'a str> {
    words.iter().copied().collect()
}

/// The member whose constants tell most branches apart, and those of its constants that only one branch has.
/// The discriminator's takes precedence.
fn telling_member<'a>(
    tag: Option<&'a str>,
    said: &[Said<'a>],
) -> Option<(&'a str, HashSet<&'a str>)> {
    let mut texts: IndexMap<&str, Vec<&str>> = IndexMap::new();
    if let Some(tag) = tag {
        texts.insert(tag, Vec::new());
    }
    for said in said {
        let mut own = HashSet::new();
        for (name, text) in &said.constants {
            if own.insert(*name) {
                texts.entry(*name).or_default().push(text);
            }
        }
    }
    let mut best: Option<(&str, HashSet<&str>)> = None;
    for (name, texts) in texts {
        let counts = counts(texts.iter().copied());
        let single: HashSet<&str> = texts
            .iter()
            .copied()
            .filter(|text| counts[text] == 1)
            .collect();
        if Some(name) == tag && single.len() > 1 {
            return Some((name, single));
        }
        let least = best.as_ref().map_or(1, |(_, best)| best.len());
        if single.len() > least {
            best = Some((name, single));
        }
    }
    best
}
