//! Distributes properties over the branches of a union they are declared next to, and over unions in `allOf`.

use super::Lowering;
use super::merge::Merged;
use super::union::{Alternative, Alternatives};
use crate::diag::codes;
use crate::tree::Node;

/// Several unions produce a type for each combination of branches. More combinations, or more properties in
/// total, cost more compile time than the types are worth.
const MOST_COMBINATIONS: usize = 64;
const MOST_COMBINED_MEMBERS: usize = 1_500;

/// The branches of a single union are types of the document anyway; only shared properties are repeated. Their
/// limit is higher, but not infinite.
const MOST_MEMBERS: usize = 50_000;

/// The result of distributing an `allOf`.
pub(super) enum Distributed<'t> {
    Object(Box<Merged<'t>>),
    Union(Alternatives<'t>),
}

/// A combination of one branch from each union.
struct Combination<'t> {
    nodes: Vec<Node<'t>>,
    merged: Merged<'t>,
}

/// All combinations, with counts to enforce the limits.
#[derive(Default)]
struct Combinations<'t> {
    found: Vec<Combination<'t>>,
    members: usize,
    /// Combinations of branches of several unions.
    combined: usize,
    combined_members: usize,
}

impl<'t> Combinations<'t> {
    /// Adds a combination. Returns false if a limit is exceeded.
    fn add(&mut self, choice: Combination<'t>) -> bool {
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
    /// Merges the shared properties into each branch. If that exceeds a limit, or no branch is an object, drops
    /// the branches and reports it.
    pub(super) fn distribute(&mut self, mut merged: Merged<'t>) -> Distributed<'t> {
        let discriminator = merged.unions.iter().find_map(|union| union.discriminator);
        let mut choices = Combinations::default();
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

    /// Visits all combinations. Returns false if they exceed a limit.
    fn choose(
        &mut self,
        mut merged: Merged<'t>,
        nodes: &mut Vec<Node<'t>>,
        found: &mut Combinations<'t>,
    ) -> bool {
        if merged.unions.is_empty() {
            return found.add(Combination {
                nodes: nodes.clone(),
                merged,
            });
        }
        // Each union has at least two branches, so there are more combinations than unions.
        if nodes.len() >= MOST_COMBINATIONS {
            return false;
        }
        let union = merged.unions.remove(0);
        for branch in &union.branches {
            let mut chosen = merged.clone();
            let read = self.read_schema(*branch);
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

    fn part(&mut self, choice: Combination<'t>) -> Option<Alternative<'t>> {
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

    /// Returns whether a branch alone declares all shared properties.
    fn adds_nothing(&mut self, branch: Node<'t>, merged: &Merged<'t>) -> bool {
        let read = self.read_schema(branch);
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
