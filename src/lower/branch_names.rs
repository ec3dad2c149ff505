//! Labels for branches of a union without a title.
//!
//! The label is the first of these that distinguishes the branch: the constant of a property, the JSON kind,
//! the only required property, the component in its `allOf`, another required property, or any other property.
//! If exactly one branch has no label, it is labeled `other`.

use super::Lowering;
use crate::tree::Node;
use indexmap::IndexMap;
use std::collections::{HashMap, HashSet};

const INTEGER: &str = "integer";
const NUMBER: &str = "number";

/// The parts of a branch that may distinguish it from others.
#[derive(Default)]
struct BranchShape<'t> {
    kind: Option<&'static str>,
    /// Whether the branch has no `type` and lists integers.
    lists_integers: bool,
    /// Properties with a single string constant, and that constant.
    constants: Vec<(&'t str, &'t str)>,
    required: Vec<&'t str>,
    members: Vec<&'t str>,
    /// Components that the branch extends with `allOf`.
    bases: Vec<&'t str>,
}

impl<'t> Lowering<'t, '_> {
    pub(super) fn labels(&mut self, tag: Option<&str>, nodes: &[Node<'t>]) -> Vec<Option<String>> {
        let mut facts: Vec<BranchShape<'t>> =
            nodes.iter().map(|node| self.branch_facts(*node)).collect();
        let has_numbers = facts.iter().any(|facts| facts.kind == Some(NUMBER));
        for facts in &mut facts {
            facts.kind = match facts.kind {
                // Without fractional numbers in another branch, integers are the numbers.
                Some(INTEGER) if !has_numbers => Some(NUMBER),
                None if has_numbers && facts.lists_integers => Some(INTEGER),
                kind => kind,
            };
        }
        let by_constant = discriminating_property(tag, &facts);
        let kinds = counts(facts.iter().filter_map(|facts| facts.kind));
        let members = counts(facts.iter().flat_map(|facts| unique(&facts.members)));
        let bases = counts(facts.iter().flat_map(|facts| unique(&facts.bases)));
        let label = |own: &BranchShape<'t>| {
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
        let mut labels: Vec<Option<String>> = facts.iter().map(label).collect();
        let mut without = labels.iter_mut().filter(|label| label.is_none());
        if facts.len() > 1
            && let (Some(only), None) = (without.next(), without.next())
        {
            *only = Some("other".to_owned());
        }
        labels
    }

    fn branch_facts(&mut self, node: Node<'t>) -> BranchShape<'t> {
        let Some(node) = self.follow(node) else {
            return BranchShape::default();
        };
        let schema = self.read_schema(node);
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
            let property = self.read_schema(*property);
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
        BranchShape {
            bases,
            lists_integers,
            kind: if let [only] = kinds[..] {
                Some(only)
            } else {
                None
            },
            constants,
            required: schema.required.clone(),
            members: schema.properties.iter().map(|(name, _)| *name).collect(),
        }
    }
}

impl<'t> BranchShape<'t> {
    fn constant(&self, member: &str) -> Option<&'t str> {
        let found = self.constants.iter().find(|(name, _)| *name == member);
        found.map(|(_, text)| *text)
    }
}

/// Counts how often each word occurs.
fn counts<'a>(words: impl Iterator<Item = &'a str>) -> HashMap<&'a str, usize> {
    let mut counts = HashMap::new();
    words.for_each(|word| *counts.entry(word).or_default() += 1);
    counts
}

fn unique<'a>(words: &[&'a str]) -> HashSet<&'a str> {
    words.iter().copied().collect()
}

/// Returns the property whose constants distinguish the most branches, with the constants that only one branch
/// has. The discriminator takes precedence.
fn discriminating_property<'a>(
    tag: Option<&'a str>,
    facts: &[BranchShape<'a>],
) -> Option<(&'a str, HashSet<&'a str>)> {
    let mut texts: IndexMap<&str, Vec<&str>> = IndexMap::new();
    if let Some(tag) = tag {
        texts.insert(tag, Vec::new());
    }
    for facts in facts {
        let mut own = HashSet::new();
        for (name, text) in &facts.constants {
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
