//! What to call branches of a union that have no title: the constant that is another in each, the JSON
//! kind where no other branch is of it, the one member that only this one requires, or the component
//! that only this one is laid over.

use super::Lowering;
use crate::openapi;
use crate::tree::Node;

/// What a branch says that may tell it from others.
#[derive(Default)]
struct Said<'t> {
    kind: Option<&'static str>,
    /// Members with one text as their value, and that text.
    constants: Vec<(&'t str, &'t str)>,
    required: Vec<&'t str>,
    members: Vec<&'t str>,
    /// The components that it is laid over.
    bases: Vec<&'t str>,
}

impl<'t> Lowering<'t, '_> {
    pub(super) fn labels(&mut self, tag: Option<&str>, nodes: &[Node<'t>]) -> Vec<Option<String>> {
        let said: Vec<Said<'t>> = nodes.iter().map(|node| self.said(*node)).collect();
        let by_constant = telling_member(tag, &said);
        let label = |(index, own): (usize, &Said<'t>)| {
            let others = || said.iter().enumerate().filter(|(other, _)| *other != index);
            let constant = by_constant.and_then(|member| own.constant(member));
            let alone = match own.required[..] {
                [member] if others().all(|(_, other)| !other.members.contains(&member)) => {
                    Some(member)
                }
                _ => None,
            };
            let kind = own
                .kind
                .filter(|kind| others().all(|(_, other)| other.kind != Some(*kind)));
            let is_own = |base: &&&str| others().all(|(_, other)| !other.bases.contains(base));
            let base = own.bases.iter().find(is_own).copied();
            constant.or(kind).or(alone).or(base).map(str::to_owned)
        };
        said.iter().enumerate().map(label).collect()
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
            (types.integer || types.number, "number"),
        ];
        let kinds: Vec<&str> = kinds
            .iter()
            .filter(|(is, _)| *is)
            .map(|(_, word)| *word)
            .collect();
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

/// The member whose constants are different ones in all branches that have it: the discriminator's,
/// else the first.
fn telling_member<'a>(tag: Option<&'a str>, said: &[Said<'a>]) -> Option<&'a str> {
    let names = said
        .iter()
        .flat_map(|said| said.constants.iter().map(|(name, _)| *name));
    tag.into_iter().chain(names).find(|name| {
        let mut texts: Vec<&str> = said.iter().filter_map(|said| said.constant(name)).collect();
        let count = texts.len();
        texts.sort_unstable();
        texts.dedup();
        count > 1 && texts.len() == count
    })
}
