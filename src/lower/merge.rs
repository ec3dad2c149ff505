//! Merges the branches of `allOf` into one object.

use super::schema::MOST_LEVELS;
use super::{LONGEST_CHAIN, Lowering, Site};
use crate::diag::codes;
use crate::ir::{Schema, SchemaKind};
use crate::openapi::{self, Additional};
use crate::tree::{Node, NodeId};
use foldhash::fast::RandomState;
use indexmap::{IndexMap, IndexSet};

/// Everything that a schema and its branches state about an object.
#[derive(Clone)]
pub(super) struct Merged<'t> {
    pub node: Node<'t>,
    pub properties: IndexMap<&'t str, MergedProperty<'t>, RandomState>,
    pub required: IndexSet<&'t str, RandomState>,
    pub additional: Additional<'t>,
    /// The branch that set `additional`.
    additional_of: Node<'t>,
    /// Properties that only conditional subschemas describe, with their schemas.
    pub conditional: IndexMap<&'t str, Vec<Node<'t>>>,
    /// Unions whose branches are not merged yet.
    pub unions: Vec<NestedUnion<'t>>,
    /// Whether a branch is of objects.
    pub object: bool,
    /// Whether inherited properties were skipped; see `Lowering::members_left`.
    pub is_cut: bool,
    /// Branches that are not objects, such as scalars and arrays.
    others: Vec<Node<'t>>,
    /// Followed references; ends cycles and prevents merging a branch twice.
    seen: Vec<NodeId>,
    /// References followed inside conditional subschemas.
    tried: Vec<NodeId>,
}

/// A union inside an `allOf` or next to properties.
#[derive(Clone)]
pub(super) struct NestedUnion<'t> {
    pub discriminator: Option<Node<'t>>,
    pub branches: Vec<Node<'t>>,
}

#[derive(Debug, Clone)]
pub(super) struct MergedProperty<'t> {
    pub node: Node<'t>,
    /// Objects of earlier branches with properties that this one does not declare.
    pub with: Vec<Node<'t>>,
    /// All other descriptions, for keywords that need only one.
    pub others: Vec<Node<'t>>,
    pub inferred: bool,
}

impl<'t> Merged<'t> {
    pub fn new(node: Node<'t>, seen: Vec<NodeId>) -> Self {
        Merged {
            node,
            properties: IndexMap::default(),
            required: IndexSet::default(),
            additional: Additional::Unsaid,
            additional_of: node,
            conditional: IndexMap::new(),
            unions: Vec::new(),
            object: false,
            is_cut: false,
            others: Vec::new(),
            seen,
            tried: Vec::new(),
        }
    }

    pub fn is_object(&self) -> bool {
        self.object && self.others.is_empty() && self.unions.is_empty()
    }

    /// Returns whether there are unions next to other object keywords.
    pub fn is_distributed(&self) -> bool {
        self.others.is_empty()
            && (self.unions.len() > 1
                || !self.unions.is_empty() && (self.object || !self.required.is_empty()))
    }
}

impl<'t> Lowering<'t, '_> {
    /// Merges a schema with all its branches.
    pub(super) fn merge(&mut self, schema: &openapi::Schema<'t>) -> Merged<'t> {
        let mut merged = Merged::new(schema.node, Vec::new());
        self.merge_into(schema, &mut merged);
        merged
    }

    pub(super) fn merge_into(&mut self, schema: &openapi::Schema<'t>, merged: &mut Merged<'t>) {
        if schema.reference.is_some() {
            let target = self.resolver.step(schema.node, self.reader.diagnostics);
            self.merge_target(target, merged);
        }
        self.report_impossible_branches(schema);
        self.levels += 1;
        for branch in &schema.all_of {
            let branch = self.read_schema(*branch);
            self.merge_into(&branch, merged);
        }
        self.levels -= 1;
        let inferred = schema.inferred;
        merged.properties.reserve(schema.properties.len());
        for (name, node) in &schema.properties {
            self.lay_over(
                name,
                MergedProperty {
                    node: *node,
                    with: Vec::new(),
                    others: Vec::new(),
                    inferred,
                },
                merged,
            );
        }
        merged.required.extend(schema.required.iter().copied());
        self.merge_conditional(schema, merged);
        self.merge_additional(schema, merged);
        self.merge_union(schema, merged);
        let says_no_more = schema.reference.is_some()
            || !schema.all_of.is_empty()
            || !schema.branches.is_empty()
            || schema.is_annotation();
        if schema.is_object() || !schema.properties.is_empty() {
            merged.object = true;
        } else if !says_no_more {
            merged.others.push(schema.node);
        }
    }

    /// Reports branches that only null or no value satisfies, unless all branches are like that.
    pub(super) fn report_impossible_branches(&mut self, schema: &openapi::Schema<'t>) {
        // A schema may be merged into many others, and its branches need only one report.
        if !self.index.passed_over.insert(schema.node.id()) {
            return;
        }
        for branch in &schema.all_of {
            let target = self.follow(*branch).unwrap_or(*branch);
            if target.as_bool() == Some(false) {
                let finding = codes::ignored_branch(*branch, "nothing");
                self.diagnostics().push(finding);
            } else if self.read_schema(target).is_null() && !self.is_only_null(schema) {
                let finding = codes::ignored_branch(*branch, "only null");
                self.diagnostics().push(finding);
            }
        }
    }

    /// Merges `additionalProperties`. The last branch takes precedence, but merely allowing properties does not
    /// override a schema.
    fn merge_additional(&mut self, schema: &openapi::Schema<'t>, merged: &mut Merged<'t>) {
        use Additional::{Allowed, Forbidden, Patterned, Schema, Several, Unsaid};
        let contradict = match (merged.additional, schema.additional) {
            (_, Unsaid) => return,
            // Properties that a branch allows are evaluated (JSON Schema Core, section 11.3).
            (Patterned(node), Forbidden) if openapi::is_unevaluated(schema.node) => {
                merged.additional = openapi::patterned(node);
                return;
            }
            (Allowed | Schema(_) | Several(_), Forbidden)
                if openapi::is_unevaluated(schema.node) =>
            {
                return;
            }
            (Schema(_) | Several(_), Allowed | Patterned(_)) => return,
            (Schema(_) | Several(_), Forbidden) | (Forbidden, Schema(_) | Several(_)) => true,
            (Schema(earlier), Schema(later)) => !self.may_be_one(earlier, later),
            _ => false,
        };
        if contradict {
            let place = |node| openapi::additional_value(node).unwrap_or(node);
            let (later, earlier) = (place(schema.node), place(merged.additional_of));
            self.diagnostics()
                .push(codes::contradictory_additional(later, earlier));
        }
        merged.additional = schema.additional;
        merged.additional_of = schema.node;
    }

    /// Collects the branches of a union. Branches that only list required properties are rules, not types.
    /// Branches that lead back to the schema are its children, which already share its properties.
    fn merge_union(&mut self, schema: &openapi::Schema<'t>, merged: &mut Merged<'t>) {
        let branches = self.branches(schema);
        if branches.iter().all(|branch| is_rule(*branch)) {
            return;
        }
        for branch in &branches {
            let target = self.follow(*branch).map(Node::id);
            let leads_back = |id: NodeId| id == merged.node.id() || merged.seen.contains(&id);
            if target.is_some_and(leads_back) {
                return;
            }
        }
        if let [only] = branches[..] {
            let only = self.read_schema(only);
            self.merge_into(&only, merged);
        } else {
            merged.unions.push(NestedUnion {
                discriminator: schema.discriminator,
                branches,
            });
        }
    }

    /// Adds the properties that only conditional subschemas describe.
    fn merge_conditional(&mut self, schema: &openapi::Schema<'t>, merged: &mut Merged<'t>) {
        for part in schema.conditional() {
            let part = self.read_schema(part);
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
        if self.depth >= LONGEST_CHAIN || self.levels >= 2 * MOST_LEVELS {
            self.diagnostics().push(codes::long_chain(target));
            return;
        }
        let target = self.read_schema(target);
        if self.is_limited && self.describes_object(&target) {
            merged.object = true;
            merged.is_cut = true;
            return;
        }
        self.depth += 1;
        self.merge_into(&target, merged);
        self.depth -= 1;
    }

    /// Returns whether a schema describes objects itself or in an inline branch.
    fn describes_object(&mut self, schema: &openapi::Schema<'t>) -> bool {
        let is_object = |branch: &Node<'t>| self.read_schema(*branch).is_object();
        schema.is_object() || schema.all_of.iter().any(is_object)
    }

    /// Returns the branches of an `allOf` that state more than annotations.
    pub(super) fn meaningful(&mut self, schema: &openapi::Schema<'t>) -> Vec<Node<'t>> {
        let mut meaningful = schema.all_of.clone();
        meaningful
            .retain(|branch| branch.is_object() && !self.read_schema(*branch).is_annotation());
        meaningful
    }

    /// Returns the reference that an `allOf` wraps without changing it. In OpenAPI 3.0 this is how a reference
    /// gets a description or becomes nullable.
    pub(super) fn wrapped(&mut self, schema: &openapi::Schema<'t>) -> Option<Node<'t>> {
        let bare = schema.reference.is_none()
            && schema.properties.is_empty()
            && schema.required.is_empty()
            && schema.branches.is_empty()
            && schema.conditional().is_empty()
            && schema.is_open();
        if !bare {
            return None;
        }
        let meaningful = self.meaningful(schema);
        let required = |branch: &Node<'t>| branch.get("required").is_some();
        match meaningful[..] {
            [only] if only.text("$ref").is_some() => {
                let adds = schema.all_of.iter().any(required);
                (!adds).then_some(only)
            }
            _ => None,
        }
    }

    /// Returns the value of an `allOf` that is not an object: its only meaningful branch, or the intersection
    /// of scalars.
    pub(super) fn all_of_value(&mut self, schema: &openapi::Schema<'t>, site: &Site) -> Schema {
        match self.narrowest(schema) {
            Some(Ok(narrowest)) if narrowest.reference.is_some() => {
                self.schema(narrowest.node, site)
            }
            Some(Ok(narrowest)) => self.inline(&narrowest, site),
            Some(Err(branch)) => {
                let finding = codes::all_of_not_merged(schema.node, branch);
                self.diagnostics().push(finding);
                Schema::any()
            }
            None => match self.meaningful(schema)[..] {
                [branch, ..] => self.schema(branch, site),
                [] if self.is_only_null(schema) => Schema::new(SchemaKind::Null),
                [] => Schema::any(),
            },
        }
    }
}

/// Returns whether a branch only lists required properties.
pub(super) fn is_rule(branch: Node<'_>) -> bool {
    let prose = [
        "description",
        "title",
        "type",
        "required",
        "not",
        "example",
        "examples",
    ];
    let mut keys = branch.members().map(|(key, _)| key);
    let object = branch.text("type").is_none_or(|name| name == "object");
    branch.is_object()
        && object
        && (branch.get("required").is_some() || branch.get("not").is_some())
        && keys.all(|key| prose.contains(&key) || key.starts_with("x-"))
}
