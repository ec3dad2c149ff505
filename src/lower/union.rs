//! Lowers `oneOf`, `anyOf` and `type` arrays to unions.

use super::merge::Merged;
use super::{Lowering, Site};
use crate::diag::codes;
use crate::did_you_mean::nearest;
use crate::ir::{Branch, EnumValue, Role, Schema, SchemaKind, Union};
use crate::openapi::{self, TypeSet};
use crate::tree::{Node, NodeId};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// Reported if `mapping` maps a value to a schema that is not a branch.
const NO_BRANCH: &str = "a schema that is not a branch";

/// The parts of a union before they are lowered.
pub(super) struct Alternatives<'t> {
    pub discriminator: Option<Node<'t>>,
    pub parts: Vec<Alternative<'t>>,
    /// The part for objects with an unknown tag.
    pub default: Option<usize>,
}

/// Indices of branches by schema, to resolve `mapping`.
#[derive(Default)]
struct BranchIndex {
    direct: HashMap<NodeId, usize>,
    /// Branches of nested unions; computed on first use.
    nested: Option<HashMap<NodeId, usize>>,
}

/// A branch before it is lowered.
pub(super) struct Alternative<'t> {
    /// The schema that the union names.
    pub node: Node<'t>,
    pub title: Option<String>,
    /// The merged object, if it is more than the node declares.
    pub merged: Option<Box<Merged<'t>>>,
}

impl<'t> Alternative<'t> {
    pub fn of(node: Node<'t>) -> Self {
        let title = node.text("title").map(str::to_owned);
        Alternative {
            node,
            title,
            merged: None,
        }
    }
}

impl<'t> Alternatives<'t> {
    pub fn new(discriminator: Option<Node<'t>>, nodes: &[Node<'t>]) -> Self {
        Alternatives {
            discriminator,
            parts: nodes.iter().map(|node| Alternative::of(*node)).collect(),
            default: None,
        }
    }
}

impl<'t> Lowering<'t, '_> {
    pub(super) fn union(&mut self, alternatives: Alternatives<'t>, site: &Site) -> Union {
        let discriminator = alternatives.discriminator;
        let tag = discriminator.and_then(|node| openapi::tag(node, &mut self.reader));
        let mapping = match &tag {
            Some(_) => self.mapping(discriminator),
            None => Vec::new(),
        };
        let nodes: Vec<Node<'t>> = alternatives.parts.iter().map(|part| part.node).collect();
        // Labels require reading all branches.
        let is_named = |part: &Alternative<'t>| {
            let refers = self.is_component(part.node) || part.node.text("$ref").is_some();
            part.title.is_some() || refers && part.merged.is_none()
        };
        let labels = match alternatives.parts.iter().all(is_named) {
            true => vec![None; nodes.len()],
            false => self.labels(tag.as_deref(), &nodes),
        };
        let mut places = BranchIndex::default();
        if discriminator.is_some() {
            places.direct = self.direct_branches(&nodes);
        }
        let default = discriminator.and_then(|node| self.default_branch(node, &nodes, &mut places));
        let mut branches = Vec::new();
        let parts = alternatives.parts.into_iter().zip(labels).enumerate();
        for (index, (part, label)) in parts {
            let node = part.node;
            let site = site.part(|role| Role::Branch(index, part.title.or(label), role));
            let mut schema = match part.merged {
                Some(merged) => self.declare_merged(*merged, node, &site),
                None => self.alternative(node, &site),
            };
            // A nullable branch makes the whole union nullable; see `is_nullable_union`.
            schema.nullable = false;
            let components = &self.document.components;
            branches.push(Branch {
                implicit_tag: components.implicit_tag(node, self.resolver),
                at: Some(node.id()),
                ..Branch::new(schema)
            });
        }
        for (value, target) in mapping {
            match self.branch_of(target, &nodes, &mut places) {
                Some(index) => branches[index].tags.push(value.into()),
                None => {
                    let place = discriminator.and_then(|node| node.get("mapping")?.get(value));
                    let place = place.unwrap_or(target);
                    self.diagnostics()
                        .push(codes::mapped_to_no_branch(place, value, NO_BRANCH));
                }
            }
        }
        Union {
            branches,
            tag,
            default: default.or(alternatives.default),
            ..Union::default()
        }
    }

    /// Lowers a branch to a component, a constant or an inline schema.
    fn alternative(&mut self, node: Node<'t>, site: &Site) -> Schema {
        if self.is_component(node) {
            return self.declared(node).schema();
        }
        match self.constant(node) {
            Some(value) => Schema::new(SchemaKind::Constant(Box::new(value))),
            None => self.schema(node, site),
        }
    }

    /// Returns the only string that a schema lists; it needs no declared type.
    fn constant(&mut self, node: Node<'t>) -> Option<EnumValue> {
        let schema = self.read_schema(node);
        let is_text = schema.types.is_empty() || schema.types.string;
        let is_all = schema.reference.is_none()
            && schema.all_of.is_empty()
            && schema.branches.is_empty()
            && !self.joined.contains_key(&node.id());
        let [only] = schema.values[..] else {
            return None;
        };
        if !is_text || !is_all || only.as_str().is_none() {
            return None;
        }
        let mut value = self.enumeration(&schema)?.values.pop()?;
        let docs = self.schema_docs(node);
        value.description = value.description.or(docs.description).or(docs.summary);
        Some(value)
    }

    /// Returns the branch of `defaultMapping` (OpenAPI 3.2), for objects with an absent or unknown tag.
    fn default_branch(
        &mut self,
        discriminator: Node<'t>,
        nodes: &[Node<'t>],
        places: &mut BranchIndex,
    ) -> Option<usize> {
        let name = discriminator.get("defaultMapping")?;
        let text = name.as_str().unwrap_or_default();
        let target = self.mapped(name, text)?;
        let found = self.branch_of(target, nodes, places);
        if found.is_none() {
            self.diagnostics()
                .push(codes::mapped_to_no_branch(name, text, NO_BRANCH));
        }
        found
    }

    /// Returns the index of the branch that is the schema, or a union that contains it.
    fn branch_of(
        &mut self,
        target: Node<'t>,
        nodes: &[Node<'t>],
        places: &mut BranchIndex,
    ) -> Option<usize> {
        let id = target.id();
        if let Some(index) = places.direct.get(&id) {
            return Some(*index);
        }
        let nested = places
            .nested
            .get_or_insert_with(|| self.nested_branches(nodes));
        nested.get(&id).copied()
    }

    /// Returns the index of each schema that is a branch, the first of several.
    fn direct_branches(&mut self, nodes: &[Node<'t>]) -> HashMap<NodeId, usize> {
        let mut places = HashMap::with_capacity(nodes.len());
        for (index, node) in nodes.iter().enumerate() {
            if let Some(branch) = self.follow(*node) {
                places.entry(branch.id()).or_insert(index);
            }
        }
        places
    }

    /// Returns the index of the first branch that leads to each schema through nested unions.
    fn nested_branches(&mut self, nodes: &[Node<'t>]) -> HashMap<NodeId, usize> {
        let mut places = HashMap::new();
        for (index, node) in nodes.iter().enumerate() {
            let mut open: Vec<Node<'t>> = self.follow(*node).into_iter().collect();
            while let Some(node) = open.pop() {
                let Entry::Vacant(place) = places.entry(node.id()) else {
                    continue;
                };
                place.insert(index);
                for branch in self.read_schema(node).branches.iter().copied() {
                    open.extend(self.follow(branch));
                }
            }
        }
        places
    }

    /// Returns the values of `mapping` with their schemas.
    pub(super) fn mapping(&mut self, discriminator: Option<Node<'t>>) -> Vec<(&'t str, Node<'t>)> {
        let discriminator = discriminator.filter(|node| node.is_object());
        let mapping = discriminator.and_then(|node| self.reader.object(node, "mapping"));
        let mut found = Vec::new();
        for (value, name) in mapping.into_iter().flat_map(Node::members) {
            if let Some(target) = self.mapped(name, value) {
                found.push((value, target));
            }
        }
        found
    }

    /// Resolves a value of `mapping`: a component name or a reference.
    fn mapped(&mut self, name: Node<'t>, value: &str) -> Option<Node<'t>> {
        let text = name.as_str()?;
        if let Some(node) = self.index.schemas.get(text).copied() {
            return self.follow(node);
        }
        match self.resolver.target(name, text, 0) {
            Ok(node) => return self.follow(node),
            // A text without these characters is a misspelled name rather than a reference.
            Err(_) if !text.contains(['/', '.', '#']) => {
                let schemas = self.document.components.schemas.iter();
                let near = match self.reader.diagnostics.suggests() {
                    true => nearest(text, schemas.map(|(key, _)| *key)),
                    false => None,
                };
                let finding = codes::mapped_to_no_branch(name, value, "an unknown schema");
                self.diagnostics().push(finding.did_you_mean(near));
            }
            Err(diagnostic) => {
                let resolver = self.resolver;
                resolver.report(name, text, *diagnostic, self.diagnostics());
            }
        }
        None
    }

    /// Lowers a `type` array to a union with a branch for each type.
    pub(super) fn union_of_types(&mut self, schema: &openapi::Schema<'t>, site: &Site) -> Union {
        let all = schema.types;
        let none = TypeSet::default();
        let single = [
            TypeSet {
                boolean: all.boolean,
                ..none
            },
            TypeSet {
                integer: all.integer,
                ..none
            },
            TypeSet {
                number: all.number,
                ..none
            },
            TypeSet {
                string: all.string,
                ..none
            },
            TypeSet {
                array: all.array,
                ..none
            },
            TypeSet {
                object: all.object,
                ..none
            },
        ];
        let mut branches = Vec::new();
        for types in single.into_iter().filter(|types| !types.is_empty()) {
            let mut branch = (*self.read_schema(schema.node)).clone();
            branch.types = types;
            let part = |title: Option<&str>| {
                let title = title.map(str::to_owned);
                site.part(|role| Role::Branch(branches.len(), title, role))
            };
            let declares =
                types.object && !(branch.properties.is_empty() && branch.required.is_empty());
            let lowered = match declares {
                true => {
                    let merged = self.merge(&branch);
                    self.declare_merged(merged, schema.node, &part(Some("object")))
                }
                false => Schema::new(self.plain(&branch, &part(None))),
            };
            branches.push(Branch::new(lowered));
        }
        Union {
            branches,
            ..Union::default()
        }
    }
}
