//! `allOf`: the branches of an object laid over each other.

use super::{Lowering, Site};
use crate::diag::codes;
use crate::ir::Schema;
use crate::openapi::{self, Additional};
use crate::tree::{Node, NodeId};
use indexmap::{IndexMap, IndexSet};

/// All that the branches of a schema, and the schema itself, say of an object.
pub(super) struct Merged<'t> {
    pub node: Node<'t>,
    pub properties: IndexMap<&'t str, Property<'t>>,
    pub required: IndexSet<&'t str>,
    pub additional: Additional<'t>,
    /// Members that are described only where a condition holds, with each of their schemas.
    pub conditional: IndexMap<&'t str, Vec<Node<'t>>>,
    /// Some branch says that it is an object.
    object: bool,
    /// Branches that are no objects but say something: unions, scalars, arrays.
    others: Vec<Node<'t>>,
    /// References that were followed, which both ends a cycle and keeps a branch from counting twice.
    seen: Vec<NodeId>,
    /// References that were followed below conditions.
    tried: Vec<NodeId>,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Property<'t> {
    pub node: Node<'t>,
    pub inferred: bool,
}

impl<'t> Merged<'t> {
    fn new(node: Node<'t>, seen: Vec<NodeId>) -> Self {
        Merged {
            node,
            properties: IndexMap::new(),
            required: IndexSet::new(),
            additional: Additional::Unsaid,
            conditional: IndexMap::new(),
            object: false,
            others: Vec::new(),
            seen,
            tried: Vec::new(),
        }
    }

    pub fn is_object(&self) -> bool {
        self.object && self.others.is_empty()
    }
}

impl<'t> Lowering<'t, '_> {
    /// Lays a schema and all its branches over each other.
    pub(super) fn merge(&mut self, schema: &openapi::Schema<'t>) -> Merged<'t> {
        let mut merged = Merged::new(schema.node, Vec::new());
        self.merge_into(schema, &mut merged);
        let Merged {
            properties,
            conditional,
            ..
        } = &mut merged;
        conditional.retain(|name, _| !properties.contains_key(name));
        // One branch that says something beside annotations is that branch, not a new type.
        if merged.seen.len() == 1 && is_wrapper(schema) {
            merged.object = false;
        }
        merged
    }

    fn merge_into(&mut self, schema: &openapi::Schema<'t>, merged: &mut Merged<'t>) {
        if schema.reference.is_some() {
            let target = self.resolver.step(schema.node, self.reader.diagnostics);
            self.merge_target(target, merged);
        }
        for branch in &schema.all_of {
            let branch = openapi::Schema::read(*branch, &mut self.reader);
            self.merge_into(&branch, merged);
        }
        let inferred = schema.inferred;
        for (name, node) in &schema.properties {
            self.lay_over(
                name,
                Property {
                    node: *node,
                    inferred,
                },
                merged,
            );
        }
        merged.required.extend(schema.required.iter().copied());
        self.merge_conditional(schema, merged);
        match (schema.additional, merged.additional) {
            (Additional::Unsaid, _) => {}
            (Additional::Allowed, Additional::Schema(_)) => {}
            (additional, _) => merged.additional = additional,
        }
        if schema.is_object() || !schema.properties.is_empty() {
            merged.object = true;
        } else if schema.reference.is_none() && schema.all_of.is_empty() && !schema.is_annotation()
        {
            merged.others.push(schema.node);
        }
    }

    /// Adds the members that only the conditional parts of a schema describe.
    fn merge_conditional(&mut self, schema: &openapi::Schema<'t>, merged: &mut Merged<'t>) {
        for part in schema.conditional() {
            let part = openapi::Schema::read(part, &mut self.reader);
            let seen = [&merged.seen[..], &merged.tried[..]].concat();
            let mut found = Merged::new(schema.node, seen);
            self.merge_into(&part, &mut found);
            merged.tried = [found.seen, found.tried].concat();
            let properties = found.properties.into_iter();
            let properties = properties.map(|(name, property)| (name, vec![property.node]));
            for (name, nodes) in properties.chain(found.conditional) {
                merged.object = true;
                merged.conditional.entry(name).or_default().extend(nodes);
            }
        }
    }

    fn merge_target(&mut self, target: Option<Node<'t>>, merged: &mut Merged<'t>) {
        let Some(target) = target.filter(|target| !merged.seen.contains(&target.id())) else {
            return;
        };
        merged.seen.push(target.id());
        let target = openapi::Schema::read(target, &mut self.reader);
        self.merge_into(&target, merged);
    }

    /// A later branch replaces an earlier one, unless it only adds prose or limits to it.
    fn lay_over(&mut self, name: &'t str, property: Property<'t>, merged: &mut Merged<'t>) {
        let annotation = merged.properties.contains_key(name)
            && openapi::Schema::read(property.node, &mut self.reader).is_annotation();
        if !annotation {
            merged.properties.insert(name, property);
        }
    }

    /// The value of an `allOf` that makes no object: its one branch that says something.
    pub(super) fn all_of_value(&mut self, schema: &openapi::Schema<'t>, site: &Site) -> Schema {
        let mut telling = Vec::new();
        for branch in &schema.all_of {
            if !openapi::Schema::read(*branch, &mut self.reader).is_annotation() {
                telling.push(*branch);
            }
        }
        match telling[..] {
            [] => Schema::any(),
            [branch] => self.schema(branch, site),
            [_, second, ..] => {
                self.diagnostics()
                    .push(codes::all_of_not_merged(schema.node, second));
                Schema::any()
            }
        }
    }
}

/// An `allOf` of one reference with nothing structural beside it: the usual way in 3.0 to give a
/// reference a description or make it nullable.
fn is_wrapper(schema: &openapi::Schema<'_>) -> bool {
    let single = matches!(&schema.all_of[..], [branch] if branch.text("$ref").is_some());
    single
        && schema.reference.is_none()
        && schema.properties.is_empty()
        && schema.required.is_empty()
        && matches!(schema.additional, Additional::Unsaid | Additional::Allowed)
}
