//! `allOf`: the branches of an object laid over each other.

use super::schema::MOST_LEVELS;
use super::{LONGEST_CHAIN, Lowering, Site};
use crate::diag::codes;
use crate::ir::{Schema, SchemaKind};
use crate::openapi::{self, Additional};
use crate::tree::{Node, NodeId};
use foldhash::fast::RandomState;
use indexmap::{IndexMap, IndexSet};

/// All that the branches of a schema, and the schema itself, say of an object.
#[derive(Clone)]
pub(super) struct Merged<'t> {
    pub node: Node<'t>,
    pub properties: IndexMap<&'t str, Property<'t>, RandomState>,
    pub required: IndexSet<&'t str, RandomState>,
    pub additional: Additional<'t>,
    /// The branch that said so.
    additional_of: Node<'t>,
    /// Members that are described only where a condition holds, with each of their schemas.
    pub conditional: IndexMap<&'t str, Vec<Node<'t>>>,
    /// Unions whose branches have still to be laid over the rest.
    pub unions: Vec<Choices<'t>>,
    /// Some branch says that it is an object.
    pub object: bool,
    /// What an object inherits was not looked at; see `Lowering::members_left`.
    pub is_cut: bool,
    /// Branches that are no objects but say something: scalars, arrays.
    others: Vec<Node<'t>>,
    /// References that were followed, which both ends a cycle and keeps a branch from counting twice.
    seen: Vec<NodeId>,
    /// References that were followed below conditions.
    tried: Vec<NodeId>,
}

/// A union within an `allOf`, or beside members.
#[derive(Clone)]
pub(super) struct Choices<'t> {
    pub discriminator: Option<Node<'t>>,
    pub branches: Vec<Node<'t>>,
}

#[derive(Debug, Clone)]
pub(super) struct Property<'t> {
    pub node: Node<'t>,
    /// Objects of earlier branches that describe members which this one does not.
    pub with: Vec<Node<'t>>,
    /// All other descriptions, for keywords of which one is enough.
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

    /// True when there are unions beside something else that says what an object is.
    pub fn is_distributed(&self) -> bool {
        self.others.is_empty()
            && (self.unions.len() > 1
                || !self.unions.is_empty() && (self.object || !self.required.is_empty()))
    }
}

impl<'t> Lowering<'t, '_> {
    /// Lays a schema and all its branches over each other.
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
        self.tell_passed_over(schema);
        self.levels += 1;
        for branch in &schema.all_of {
            let branch = openapi::Schema::read(*branch, &mut self.reader);
            self.merge_into(&branch, merged);
        }
        self.levels -= 1;
        let inferred = schema.inferred;
        merged.properties.reserve(schema.properties.len());
        for (name, node) in &schema.properties {
            self.lay_over(
                name,
                Property {
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

    /// Tells of branches for which no value is valid, or null alone, unless that is all there is.
    pub(super) fn tell_passed_over(&mut self, schema: &openapi::Schema<'t>) {
        // A schema may be laid over many others, and its branches say the same each time.
        if !self.index.passed_over.insert(schema.node.id()) {
            return;
        }
        for branch in &schema.all_of {
            let target = self.follow(*branch).unwrap_or(*branch);
            if target.as_bool() == Some(false) {
                let finding = codes::branch_passed_over(*branch, "nothing");
                self.diagnostics().push(finding);
            } else if openapi::Schema::read(target, &mut self.reader).is_null()
                && !self.is_only_null(schema)
            {
                let finding = codes::branch_passed_over(*branch, "null alone");
                self.diagnostics().push(finding);
            }
        }
    }

    /// What the last branch says of further members stands, but that they are allowed is no more than
    /// what earlier ones say.
    fn merge_additional(&mut self, schema: &openapi::Schema<'t>, merged: &mut Merged<'t>) {
        use Additional::{Allowed, Forbidden, Patterned, Schema, Several, Unsaid};
        let contradict = match (merged.additional, schema.additional) {
            (_, Unsaid) => return,
            // What a branch allows is evaluated (JSON Schema Core, section 11.3).
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
                .push(codes::contradicting_additional(later, earlier));
        }
        merged.additional = schema.additional;
        merged.additional_of = schema.node;
    }

    /// Notes the branches that are to be laid over the rest. Those that only say what is required
    /// are rules, not types, and those that lead back are what a child shares with its like.
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
            let only = openapi::Schema::read(only, &mut self.reader);
            self.merge_into(&only, merged);
        } else {
            merged.unions.push(Choices {
                discriminator: schema.discriminator,
                branches,
            });
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
        if self.depth >= LONGEST_CHAIN || self.levels >= 2 * MOST_LEVELS {
            self.diagnostics().push(codes::long_chain(target));
            return;
        }
        let target = openapi::Schema::read(target, &mut self.reader);
        if self.is_limited && self.describes_object(&target) {
            merged.object = true;
            merged.is_cut = true;
            return;
        }
        self.depth += 1;
        self.merge_into(&target, merged);
        self.depth -= 1;
    }

    /// True for a schema of objects, by what it says itself or by a branch that is no reference.
    fn describes_object(&mut self, schema: &openapi::Schema<'t>) -> bool {
        let is_object =
            |branch: &Node<'t>| openapi::Schema::read(*branch, &mut self.reader).is_object();
        schema.is_object() || schema.all_of.iter().any(is_object)
    }

    /// The branches of an `allOf` that say something.
    pub(super) fn telling(&mut self, schema: &openapi::Schema<'t>) -> Vec<Node<'t>> {
        let mut telling = schema.all_of.clone();
        telling.retain(|branch| {
            branch.is_object() && !openapi::Schema::read(*branch, &mut self.reader).is_annotation()
        });
        telling
    }

    /// The reference that an `allOf` is but for prose: the usual way in 3.0 to give a reference a
    /// description or make it nullable.
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
        let telling = self.telling(schema);
        let required = |branch: &Node<'t>| branch.get("required").is_some();
        match telling[..] {
            [only] if only.text("$ref").is_some() => {
                let adds = schema.all_of.iter().any(required);
                (!adds).then_some(only)
            }
            _ => None,
        }
    }

    /// The value of an `allOf` that makes no object: its one branch that says something, or the
    /// scalar that all describe together.
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
            None => match self.telling(schema)[..] {
                [branch, ..] => self.schema(branch, site),
                [] if self.is_only_null(schema) => Schema::new(SchemaKind::Null),
                [] => Schema::any(),
            },
        }
    }
}

/// True for a branch that only says which members are required.
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
