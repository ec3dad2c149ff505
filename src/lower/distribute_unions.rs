//! Members beside a union, and `allOf` of a union: each branch is laid out with what all share.

use super::Lowering;
use super::merge::Merged;
use super::union::{Alternative, Alternatives};
use crate::diag::codes;
use crate::openapi;
use crate::tree::Node;

/// Several unions have a type for each combination of their branches. More combinations than that, or
/// such that have more members in all, would cost more than they tell.
const MOST_COMBINATIONS: usize = 64;
const MOST_COMBINED_MEMBERS: usize = 1_500;

/// The branches of a single union are types that the document has anyway, so that only the members that
/// they share are repeated. They may have more members, but not without end.
const MOST_MEMBERS: usize = 50_000;

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

/// All choices.
#[derive(Default)]
struct Choices<'t> {
    found: Vec<Choice<'t>>,
    members: usize,
    /// Those of branches of several unions.
    combined: usize,
    combined_members: usize,
}

impl<'t> Choices<'t> {
    /// Adds a choice; false when that is one too many.
    fn add(&mut self, choice: Choice<'t>) -> bool {
        let members = choice.merged.properties.len();
        self.members += members;
        if choice.nodes.len() > 1 {
            self.combined += 1;
            self.combined_members += members;
        }
        self.found.push(choice);
        self.members <= MOST_MEMBERS
            && self.combined <= MOST_COMBINATIONS
            && self.combined_members <= MOST_COMBINED_MEMBERS
    }
}

impl<'t> Lowering<'t, '_> {
    /// Lays what is shared into each branch. Where that would be too much, or where no branch is an
    /// object, the branches are left out, which is told.
    pub(super) fn distribute(&mut self, mut merged: Merged<'t>) -> Distributed<'t> {
        let discriminator = merged.unions.iter().find_map(|union| union.discriminator);
        let mut choices = Choices::default();
        if !self.choose(merged.clone(), &mut Vec::new(), &mut choices) {
            self.diagnostics()
                .push(codes::too_many_branches(merged.node));
            choices.found.clear();
        }
        let mut parts: Vec<Alternative<'t>> = Vec::new();
        for choice in choices.found {
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
        found: &mut Choices<'t>,
    ) -> bool {
        if merged.unions.is_empty() {
            return found.add(Choice {
                nodes: nodes.clone(),
                merged,
            });
        }
        // Each union has two branches or more, so that there are more choices than unions on the way.
        if nodes.len() >= MOST_COMBINATIONS {
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
