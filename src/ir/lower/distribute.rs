//! Members beside a union, and `allOf` of a union: each branch is laid out with what all share.

use super::Lowering;
use super::merge::Merged;
use super::union::{Alternative, Alternatives};
use crate::diag::codes;
use crate::openapi;
use crate::tree::Node;

/// A union of more branches than that, or whose branches have more members in all, would cost more
/// than it tells.
const MOST_BRANCHES: usize = 64;
const MOST_MEMBERS: usize = 1_500;

/// What the members and the unions of an `allOf` come to.
pub(super) enum Distributed<'t> {
    Object(Box<Merged<'t>>),
    Union(Alternatives<'t>),
}

/// One choice of a branch from each union.
struct Choice<'t> {
    nodes: Vec<Node<'t>>,
    merged: Merged<'t>,
}

impl<'t> Lowering<'t, '_> {
    /// Lays what is shared into each branch. Where that would be too much, or where no branch is an
    /// object, the branches are left out, which is told.
    pub(super) fn distribute(&mut self, mut merged: Merged<'t>) -> Distributed<'t> {
        let discriminator = merged.unions.iter().find_map(|union| union.discriminator);
        let mut choices = Vec::new();
        let whole = self.choose(merged.clone(), &mut Vec::new(), &mut choices);
        let members: usize = choices
            .iter()
            .map(|choice| choice.merged.properties.len())
            .sum();
        if !whole || members > MOST_MEMBERS {
            self.diagnostics()
                .push(codes::too_many_branches(merged.node));
            choices.clear();
        }
        let mut parts: Vec<Alternative<'t>> = Vec::new();
        for choice in choices {
            parts.extend(self.part(choice));
        }
        match parts[..] {
            [] => {
                merged.unions.clear();
                merged.object = true;
                Distributed::Object(Box::new(merged))
            }
            _ => Distributed::Union(Alternatives {
                discriminator,
                parts,
                default: None,
            }),
        }
    }

    /// Goes through all choices; false when they are too many.
    fn choose(
        &mut self,
        mut merged: Merged<'t>,
        nodes: &mut Vec<Node<'t>>,
        found: &mut Vec<Choice<'t>>,
    ) -> bool {
        if merged.unions.is_empty() {
            found.push(Choice {
                nodes: nodes.clone(),
                merged,
            });
            return found.len() <= MOST_BRANCHES;
        }
        // Each union has two branches or more, so that there are more choices than unions on the way.
        if nodes.len() >= MOST_BRANCHES {
            return false;
        }
        let union = merged.unions.remove(0);
        for branch in &union.branches {
            let mut chosen = merged.clone();
            let read = openapi::Schema::read(*branch, &mut self.reader);
            self.merge_into(&read, &mut chosen);
            nodes.push(*branch);
            let whole = self.choose(chosen, nodes, found);
            nodes.pop();
            if !whole {
                return false;
            }
        }
        true
    }

    fn part(&mut self, choice: Choice<'t>) -> Option<Alternative<'t>> {
        let node = *choice.nodes.last()?;
        if !choice.merged.is_object() {
            self.diagnostics().push(codes::union_with_properties(node));
            return Some(Alternative::of(node));
        }
        if let [only] = choice.nodes[..]
            && self.adds_nothing(only, &choice.merged)
        {
            return Some(Alternative::of(only));
        }
        let name = |node: &Node<'t>| {
            let target = self.follow(*node).unwrap_or(*node);
            let title = node.text("title").or(target.text("title"));
            let key = node.text("$ref").and_then(|_| target.key());
            key.or(title).map(str::to_owned)
        };
        let names: Option<Vec<String>> = choice.nodes.iter().map(name).collect();
        Some(Alternative {
            node,
            title: names.map(|names| names.join(" ")),
            merged: Some(Box::new(choice.merged)),
        })
    }

    /// True when a branch says by itself all that is shared.
    fn adds_nothing(&mut self, branch: Node<'t>, merged: &Merged<'t>) -> bool {
        let read = openapi::Schema::read(branch, &mut self.reader);
        let mut own = Merged::new(branch, Vec::new());
        self.merge_into(&read, &mut own);
        own.is_object()
            && own.unions.is_empty()
            && own.required.len() == merged.required.len()
            && own.properties.len() == merged.properties.len()
            && own.properties.iter().all(|(name, property)| {
                let there = merged.properties.get(name);
                there.is_some_and(|there| there.node.id() == property.node.id())
            })
    }
}
