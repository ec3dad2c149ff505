//! Reduces `oneOf` and `anyOf` to the branches that need a variant: without null, duplicates and nested unions,
//! and with strings or integers that only differ in their values joined.

use super::merge::is_rule;
use super::{LONGEST_CHAIN, Lowering};
use crate::diag::{Diagnostics, codes};
use crate::ir::{Enum, EnumKind, NumberFormat, SchemaKind, StringFormat};
use crate::openapi::{self, TypeSet};
use crate::tree::{Node, NodeId};
use serde_json::Value as Json;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

/// A branch of strings or integers, from strict to permissive.
enum Scalar {
    /// Only the listed values.
    Listed(Vec<Json>),
    /// Strings with a format that has its own type, or integers.
    Formatted,
    All,
    /// Numbers stored as floats, which cannot represent all integers.
    Floats,
}

impl<'t> Lowering<'t, '_> {
    /// Returns the branches that need a variant.
    pub(super) fn branches(&mut self, schema: &openapi::Schema<'t>) -> Vec<Node<'t>> {
        if schema.branches.is_empty() {
            return Vec::new();
        }
        let id = schema.node.id();
        if let Some(known) = self.reduced.get(&id) {
            return known.clone();
        }
        // Stops the recursion of a union that contains itself.
        self.reduced.insert(id, Vec::new());
        let mut branches = Vec::new();
        self.flatten(schema, &mut branches);
        // Next to `type`, branches without a type only restrict it.
        let mut limits =
            |branch: &Node<'t>| self.read_schema(*branch).is_annotation() && !is_rule(*branch);
        if schema.types.len() == 1 && branches.iter().all(&mut limits) {
            branches.clear();
        }
        let mut first: HashMap<Json, Node<'t>> = HashMap::with_capacity(branches.len());
        let mut kept: Vec<Node<'t>> = Vec::new();
        for branch in branches {
            match first.entry(bare(branch)) {
                Entry::Occupied(first) => {
                    let finding = codes::duplicate_branch(branch, *first.get());
                    self.diagnostics().push(finding);
                }
                Entry::Vacant(place) => {
                    place.insert(branch);
                    kept.push(branch);
                }
            }
        }
        if schema.discriminator.is_none() {
            self.join(&mut kept, |types| types.string);
            self.join(&mut kept, |types| types.integer || types.number);
        }
        self.reduced.insert(id, kept.clone());
        kept
    }

    /// Collects the branches that are not null. Branches that are only unions are expanded.
    fn flatten(&mut self, schema: &openapi::Schema<'t>, found: &mut Vec<Node<'t>>) {
        for branch in &schema.branches {
            let read = self.read_schema(*branch);
            if self.is_null_branch(*branch) {
                continue;
            }
            let bare = read.types.is_empty()
                && read.properties.is_empty()
                && read.required.is_empty()
                && read.all_of.is_empty()
                && read.reference.is_none()
                && read.discriminator.is_none()
                && !read.branches.is_empty();
            if bare && schema.discriminator.is_none() {
                self.flatten(&read, found);
            } else {
                found.push(*branch);
            }
        }
    }

    /// Joins branches of strings, or of numbers. Those that list values become one enum. A string enum is open,
    /// so it replaces branches of any string. An integer enum has no fractions, so number branches stay.
    /// Integers stay next to floats, which would lose their digits.
    fn join(&mut self, kept: &mut Vec<Node<'t>>, of: fn(&openapi::TypeSet) -> bool) {
        let mut listed: Vec<(Node<'t>, Vec<Json>)> = Vec::new();
        let (mut all, mut formatted) = (Vec::new(), Vec::new());
        // Whether the first permissive branch is of floats.
        let mut has_floats = false;
        for branch in kept.iter() {
            match self.scalar(*branch, of) {
                Some(Scalar::Listed(values)) => listed.push((*branch, values)),
                Some(Scalar::All) => all.push(*branch),
                Some(Scalar::Floats) => {
                    has_floats |= all.is_empty();
                    all.push(*branch);
                }
                Some(Scalar::Formatted) => formatted.push(*branch),
                None => {}
            }
        }
        let mut dropped: HashSet<NodeId> = HashSet::new();
        let ids = |nodes: &[Node<'t>]| nodes.iter().map(|node| node.id()).collect::<Vec<_>>();
        if !all.is_empty() && !has_floats {
            dropped.extend(ids(&formatted));
        }
        // Next to any string, a variant for the empty string has no use.
        let is_empty = |(_, values): &(_, Vec<Json>)| values.iter().all(|value| value == "");
        if !all.is_empty() && listed.iter().all(is_empty) {
            dropped.extend(listed.iter().map(|(node, _)| node.id()));
            listed.clear();
        }
        match &listed[..] {
            [] => dropped.extend(ids(&all).iter().skip(1)),
            [first, others @ ..] => {
                let is_number = |(_, values): &(_, Vec<Json>)| !values.iter().any(Json::is_string);
                let kept = usize::from(is_number(first));
                dropped.extend(ids(&all).iter().skip(kept));
                let known: HashSet<&Json> = first.1.iter().collect();
                let covered =
                    |(_, values): &(_, Vec<Json>)| values.iter().all(|value| known.contains(value));
                if !others.iter().all(covered) {
                    let nodes = listed.iter().map(|(node, _)| *node).collect();
                    self.joined.insert(first.0.id(), nodes);
                }
                dropped.extend(others.iter().map(|(node, _)| node.id()));
            }
        }
        kept.retain(|node| !dropped.contains(&node.id()));
    }

    fn scalar(&mut self, branch: Node<'t>, of: fn(&openapi::TypeSet) -> bool) -> Option<Scalar> {
        if self.depth >= LONGEST_CHAIN {
            return None;
        }
        self.depth += 1;
        let found = self.scalar_within(branch, of);
        self.depth -= 1;
        found
    }

    fn scalar_within(
        &mut self,
        branch: Node<'t>,
        of: fn(&openapi::TypeSet) -> bool,
    ) -> Option<Scalar> {
        let target = self.follow(branch)?;
        let schema = self.read_schema(target);
        if !schema.all_of.is_empty() || schema.types.len() > 1 {
            return None;
        }
        if !schema.branches.is_empty() {
            let [only] = self.branches(&schema)[..] else {
                return None;
            };
            let none = TypeSet::default();
            let string = TypeSet {
                string: true,
                ..none
            };
            let integer = TypeSet {
                integer: true,
                ..none
            };
            let joined = self.joined(only).filter(|joined| match joined.kind {
                EnumKind::String => of(&string),
                EnumKind::Integer => of(&integer),
                EnumKind::Scalar => false,
            });
            let values = |joined: Enum| joined.values.into_iter().map(|value| value.value);
            return match joined {
                Some(joined) => Some(Scalar::Listed(values(joined).collect())),
                None if self.joined.contains_key(&only.id()) => None,
                None => self.scalar(only, of),
            };
        }
        if !schema.values.is_empty() {
            let values: Vec<Json> = schema
                .values
                .iter()
                .map(|node| schema.value(*node))
                .collect();
            let mut types = schema.types;
            if types.is_empty() {
                types.string = values.iter().all(Json::is_string);
                types.integer = values.iter().all(|value| value.is_i64());
            }
            let fits = of(&types) && !types.number && self.enumeration(&schema).is_some();
            return fits.then_some(Scalar::Listed(values));
        }
        if !of(&schema.types) {
            return None;
        }
        match super::scalar::typed(&schema)? {
            SchemaKind::Number(NumberFormat::Decimal) => Some(Scalar::All),
            SchemaKind::Number(_) => Some(Scalar::Floats),
            SchemaKind::String(StringFormat::Plain) => Some(Scalar::All),
            SchemaKind::Integer(_) | SchemaKind::String(_) => Some(Scalar::Formatted),
            _ => None,
        }
    }

    /// Returns the joined enum of branches that list values.
    pub(super) fn joined(&mut self, branch: Node<'t>) -> Option<Enum> {
        let nodes = self.joined.get(&branch.id()).cloned()?;
        let mut joined: Option<Enum> = None;
        let mut known: HashSet<Json> = HashSet::new();
        for node in nodes {
            let target = self.follow(node)?;
            let mut part = self.listed(target)?;
            if let [only] = &mut part.values[..] {
                // A union with a branch for each value describes the values in the branches.
                let docs = self.schema_docs(target);
                only.description = only.description.take().or(docs.description);
                if !only.value.is_string() {
                    only.name = only.name.take().or(docs.summary);
                }
            }
            match &mut joined {
                None => {
                    known.extend(part.values.iter().map(|own| own.value.clone()));
                    joined = Some(part);
                }
                Some(joined) => {
                    part.values.retain(|own| known.insert(own.value.clone()));
                    joined.values.extend(part.values);
                }
            }
        }
        joined
    }

    /// Returns the enum that a schema, or its only branch, lists.
    fn listed(&mut self, node: Node<'t>) -> Option<Enum> {
        let schema = self.read_schema(node);
        if schema.branches.is_empty() {
            return self.enumeration(&schema);
        }
        let [only] = self.branches(&schema)[..] else {
            return None;
        };
        match self.joined(only) {
            Some(joined) => Some(joined),
            None => {
                let target = self.follow(only)?;
                self.listed(target)
            }
        }
    }

    /// Returns whether null is a branch, or a branch allows it.
    pub(super) fn is_nullable_union(&mut self, schema: &openapi::Schema<'t>) -> bool {
        let branches = &schema.branches;
        branches.iter().any(|branch| self.allows_null(*branch))
    }

    /// Returns whether a branch, or its target, adds only null to the union.
    pub(super) fn is_null_branch(&mut self, branch: Node<'t>) -> bool {
        let target = self.follow(branch).unwrap_or(branch);
        self.read_schema(target).is_null() || is_only_nullable(branch)
    }

    /// Returns whether null is the only valid value: by type or values, by all branches of a union, or by one
    /// branch of an `allOf` whose other branches state nothing.
    pub(super) fn is_only_null(&mut self, schema: &openapi::Schema<'t>) -> bool {
        if schema.is_null() {
            return true;
        }
        let bare = schema.types.is_empty()
            && schema.values.is_empty()
            && schema.properties.is_empty()
            && schema.reference.is_none();
        if !bare {
            return false;
        }
        if schema.all_of.is_empty() {
            return !schema.branches.is_empty()
                && self.branches(schema).is_empty()
                && self.is_nullable_union(schema);
        }
        let null = |branch: &Node<'t>| self.read_schema(*branch).is_null();
        schema.all_of.iter().any(null) && self.meaningful(schema).is_empty()
    }

    /// Returns whether null is valid by the schema's type, or by a branch of a union that it is or refers to.
    pub(super) fn allows_null(&mut self, schema: Node<'t>) -> bool {
        // Maps each schema to the one that led to it. Results are cached because unions share branches.
        let mut leads: HashMap<NodeId, NodeId> = HashMap::new();
        let mut open = vec![(schema, schema.id())];
        let mut found = None;
        while let Some((node, from)) = open.pop() {
            if leads.contains_key(&node.id()) {
                continue;
            }
            leads.insert(node.id(), from);
            match self.index.allows_null.get(&node.id()) {
                Some(true) => {
                    found = Some(node.id());
                    break;
                }
                Some(false) => continue,
                None => {}
            }
            let own = self.read_schema(node);
            if own.is_null() || own.nullable {
                found = Some(node.id());
                break;
            }
            // An unresolved reference is reported when the value is read.
            let target = self.resolver.step(node, &mut Diagnostics::default());
            let branches = own.branches.iter().copied().chain(target);
            open.extend(branches.map(|branch| (branch, node.id())));
        }
        let Some(mut node) = found else {
            let known = leads.into_keys().map(|node| (node, false));
            self.index.allows_null.extend(known);
            return false;
        };
        // Every schema on the path allows null too.
        loop {
            self.index.allows_null.insert(node, true);
            let from = leads[&node];
            if from == node {
                return true;
            }
            node = from;
        }
    }
}

/// OpenAPI 3.0 has no type for null, so generators write it as a bare `nullable`.
fn is_only_nullable(branch: Node<'_>) -> bool {
    let mut keys = branch.members().map(|(key, _)| key);
    branch.get("nullable").and_then(Node::as_bool) == Some(true)
        && keys.all(|key| matches!(key, "nullable" | "description" | "title"))
}

/// Returns a schema without descriptions, examples and extensions.
fn bare(node: Node<'_>) -> Json {
    let mut value = node.to_json();
    if let Json::Object(members) = &mut value {
        members.retain(|key, _| {
            let prose = ["description", "example", "examples", "title", "deprecated"];
            !prose.contains(&key.as_str()) && !key.starts_with("x-")
        });
    }
    value
}
