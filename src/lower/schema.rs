//! Lowers schemas to types and decides where a declaration is needed.

use super::facts::examples;
use super::merge::Merged;
use super::plan::Declaration;
use super::{Declared, Lowering, Site, docs, pinned, scalar};
use crate::diag::codes;
use crate::ir::{
    Docs, Enum, Facts, Origin, Owner, Role, Schema, SchemaKind, Shape, TypeDef, TypeId, Usage,
};
use crate::openapi;
use crate::openapi::{Version, hints};
use crate::tree::{Kind, Node};

/// The maximum nesting of declarations that references lead to. Deeper ones are queued, because a chain of
/// references may exceed the stack.
const MOST_NESTED: usize = 200;

/// The maximum nesting of inline schemas in all these declarations.
pub(super) const MOST_LEVELS: usize = 1_000;

impl<'t> Lowering<'t, '_> {
    /// Declares a schema of `components/schemas`.
    pub(super) fn component(&mut self, name: &str, node: Node<'t>) {
        if !self.declared.contains_key(&node.id()) {
            self.declare_at(node, Origin::Component(name.to_owned()), false);
        }
    }

    /// Lowers a schema where it is used.
    pub(super) fn schema(&mut self, node: Node<'t>, site: &Site) -> Schema {
        self.levels += 1;
        let lowered = self.schema_at(node, site);
        self.levels -= 1;
        if let Some(places) = &mut self.places {
            places.push((node.id(), lowered.clone()));
        }
        lowered
    }

    fn schema_at(&mut self, node: Node<'t>, site: &Site) -> Schema {
        if node.kind() == Kind::Bool {
            if node.as_bool() == Some(false) {
                self.diagnostics().push(codes::never_schema(node));
            }
            return Schema::any();
        }
        if !node.is_object() {
            self.diagnostics().push(codes::not_a_schema(node));
            return Schema::any();
        }
        let schema = self.read_schema(node);
        let site = site.clone().inferred(schema.inferred);
        let mut lowered = match self.declared.get(&node.id()).copied() {
            Some(declared) => declared.schema(),
            // A component may be inside another schema, in this file or another.
            None if self.is_component(node) => self.declared(node).schema(),
            None => match self.joined(node) {
                Some(joined) => self.joined_enum(joined, &schema, &site),
                None if schema.reference.is_some() => self.reference(&schema, &site),
                None => self.inline(&schema, &site),
            },
        };
        lowered.nullable |= schema.nullable && lowered.kind != SchemaKind::Null;
        if let Some(mut facts) = self.facts(&schema) {
            // The declaration of an inline type has the limits.
            if schema.reference.is_none() && self.stores_limits(&lowered) {
                facts.limits.clear();
            }
            lowered.facts = (facts != Facts::default()).then(|| Box::new(facts));
        }
        let is_enveloped = matches!(lowered.kind, SchemaKind::Envelope(..));
        if schema.envelope.is_empty() || is_enveloped {
            return lowered;
        }
        if !site.is_received() {
            self.report_envelope(node);
            return lowered;
        }
        let keys = schema
            .envelope
            .iter()
            .map(|key| (*key).to_owned())
            .collect();
        Schema::new(SchemaKind::Envelope(keys, Box::new(lowered)))
    }

    /// Reports an envelope that has no effect. Only a received body may be wrapped.
    fn report_envelope(&mut self, node: Node<'t>) {
        if let Some(hint) = node.get("x-sdkgen-envelope") {
            let why = "it has an effect only on the schema of the body of a response or a webhook";
            self.diagnostics()
                .push(codes::unsupported_extension(hint, why));
        }
    }

    fn joined_enum(&mut self, joined: Enum, schema: &openapi::Schema<'t>, site: &Site) -> Schema {
        let declared = self.reserve(schema, site.origin(), site.inferred);
        self.api.types[declared.id.0 as usize].shape = Shape::Enum(joined);
        declared.schema()
    }

    fn reference(&mut self, schema: &openapi::Schema<'t>, site: &Site) -> Schema {
        self.report_ambiguous_dynamic_ref(schema.node);
        let Some(target) = self.resolver.step(schema.node, self.reader.diagnostics) else {
            return Schema::any();
        };
        let plan = schema.extends_reference().then(|| self.plan(schema));
        let is_own = match plan {
            Some(Declaration::Object(_)) => schema.adds_to_reference(),
            Some(Declaration::Union(_)) => !schema.branches.is_empty(),
            _ => false,
        };
        if is_own {
            return self.inline(schema, site);
        }
        self.declared(target).schema()
    }

    /// Reports a dynamic reference with several possible targets. It resolves against the schema that
    /// validation started with, which is unknown here.
    fn report_ambiguous_dynamic_ref(&mut self, node: Node<'t>) {
        let name = node
            .text("$dynamicRef")
            .and_then(|text| text.split_once('#'));
        let anchors = self
            .resolver
            .sources
            .identifiers
            .dynamic(name.map_or("", |(_, name)| name));
        if let (Some(place), [_, .., last]) = (node.get("$dynamicRef"), anchors) {
            let last = node.tree().node(*last);
            self.diagnostics()
                .push(codes::dynamic_reference(place, last));
        }
    }

    /// Returns the declaration of a referenced schema, creating it on first use.
    pub(super) fn declared(&mut self, target: Node<'t>) -> Declared {
        let target = self.document.components.canonical(target);
        if let Some(declared) = self.declared.get(&target.id()) {
            return *declared;
        }
        let origin = self.origin_of(target);
        self.declare_at(target, origin, false)
    }

    /// Returns what the name of a referenced schema is generated from: its component key, else its position.
    fn origin_of(&self, target: Node<'t>) -> Origin {
        match self.document.components.name(target) {
            Some(name) => Origin::Component(name.to_owned()),
            None => Origin::Referenced(self.resolver.called(target)),
        }
    }

    pub(super) fn is_component(&self, schema: Node<'t>) -> bool {
        self.document.components.name(schema).is_some()
    }

    fn declare_at(&mut self, node: Node<'t>, origin: Origin, inferred: bool) -> Declared {
        let schema = self.read_schema(node);
        let declared = self.reserve(&schema, origin, inferred);
        // A chain of references may exceed the stack.
        if self.nested >= MOST_NESTED || self.levels >= MOST_LEVELS {
            self.later.push_back((node, declared.id, inferred));
            return declared;
        }
        self.nested += 1;
        self.define(node, declared.id, inferred);
        self.nested -= 1;
        while self.nested == 0
            && let Some((node, id, inferred)) = self.later.pop_front()
        {
            self.nested = 1;
            self.define(node, id, inferred);
            self.nested = 0;
        }
        declared
    }

    /// Sets the shape of a reserved declaration.
    fn define(&mut self, node: Node<'t>, id: TypeId, inferred: bool) {
        let schema = self.read_schema(node);
        let site = Site::new(Owner::Type(id), Role::Itself).inferred(inferred || schema.inferred);
        self.report_envelope(node);
        let shape = match self.plan(&schema) {
            Declaration::Value => Shape::Alias(self.value_of(node, &schema, &site)),
            plan => self.shape(plan, &schema, id, &site),
        };
        self.set_shape(id, shape, &schema);
    }

    /// Reserves an id before the content is lowered, so that the content may refer to it.
    fn reserve(
        &mut self,
        schema: &openapi::Schema<'t>,
        origin: Origin,
        inferred: bool,
    ) -> Declared {
        let by_reference = schema.reference.is_some()
            && !self.is_null_branch(schema.node)
            && self.allows_null(schema.node);
        let by_itself =
            (schema.nullable || self.is_nullable_union(schema)) && !self.is_only_null(schema);
        let declared = Declared {
            id: TypeId(self.api.types.len() as u32),
            nullable: by_reference || by_itself,
        };
        self.declared.insert(schema.node.id(), declared);
        self.add_type(schema, origin, inferred);
        declared
    }

    fn add_type(&mut self, schema: &openapi::Schema<'t>, origin: Origin, inferred: bool) -> TypeId {
        let id = TypeId(self.api.types.len() as u32);
        let node = schema.node;
        // Keywords of a Swagger 2.0 parameter describe the parameter, not the type of its value.
        let (docs, pinned) = match self.reader.version == Version::V20 && is_parameter(&origin) {
            true => (Docs::default(), None),
            false => (
                self.schema_docs(node),
                pinned(node, hints::TYPE, &mut self.reader),
            ),
        };
        self.api.types.push(TypeDef {
            origin,
            derives: Vec::new(),
            pinned,
            docs,
            deprecated: schema.deprecated,
            inferred: inferred || schema.inferred,
            shape: Shape::Alias(Schema::any()),
            limits: Vec::new(),
            examples: examples(node),
            usage: Usage::default(),
            first_use: None,
            at: Some(node.id()),
        });
        id
    }

    /// Declares an object merged from a node and its surroundings. Other uses of the node keep their own type.
    pub(super) fn declare_merged(
        &mut self,
        merged: Merged<'t>,
        node: Node<'t>,
        site: &Site,
    ) -> Schema {
        let described = self.follow(node).unwrap_or(node);
        let schema = self.read_schema(described);
        let id = self.add_type(&schema, site.origin(), site.inferred);
        self.api.types[id.0 as usize].pinned = None;
        let inner = Site::new(Owner::Type(id), Role::Itself).inferred(site.inferred);
        let shape = Shape::Object(self.object(merged, &Owner::Type(id), &inner));
        self.set_shape(id, shape, &schema);
        Schema::new(SchemaKind::Declared(id))
    }

    pub(super) fn schema_docs(&mut self, node: Node<'t>) -> Docs {
        let mut docs = docs(node, &mut self.reader);
        docs.summary = self.reader.prose(node, "title");
        docs
    }

    /// Returns the value of an alias: a reference is followed once, anything else is inline.
    fn value_of(&mut self, node: Node<'t>, schema: &openapi::Schema<'t>, site: &Site) -> Schema {
        if !node.is_object() {
            return self.schema(node, site);
        }
        let mut value = match schema.reference {
            Some(_) => self.reference(schema, site),
            None => self.value(schema, site),
        };
        if let Some(facts) = self.facts(schema) {
            value.facts = Some(Box::new(facts));
        }
        // The declaration is nullable, so that uses are not marked twice.
        value.nullable = false;
        value
    }

    pub(super) fn inline(&mut self, schema: &openapi::Schema<'t>, site: &Site) -> Schema {
        match self.plan(schema) {
            Declaration::Value => self.value(schema, site),
            plan => {
                let declared = self.reserve(schema, site.origin(), site.inferred);
                let inner =
                    Site::new(Owner::Type(declared.id), Role::Itself).inferred(site.inferred);
                let shape = self.shape(plan, schema, declared.id, &inner);
                self.set_shape(declared.id, shape, schema);
                declared.schema()
            }
        }
    }

    /// Completes a declaration. Objects and unions store limits themselves, because they have no inner schema.
    fn set_shape(&mut self, id: TypeId, shape: Shape, schema: &openapi::Schema<'t>) {
        if matches!(shape, Shape::Object(_) | Shape::Union(_)) {
            self.api.types[id.0 as usize].limits = self.limits(schema);
        }
        self.api.types[id.0 as usize].shape = shape;
    }

    fn stores_limits(&self, schema: &Schema) -> bool {
        match schema.kind {
            SchemaKind::Declared(id) => {
                matches!(self.api.ty(id).shape, Shape::Object(_) | Shape::Union(_))
            }
            _ => false,
        }
    }

    fn shape(
        &mut self,
        plan: Declaration<'t>,
        schema: &openapi::Schema<'t>,
        id: TypeId,
        site: &Site,
    ) -> Shape {
        match plan {
            Declaration::Object(merged) => {
                Shape::Object(self.object(*merged, &Owner::Type(id), site))
            }
            Declaration::Enum(enumeration) => Shape::Enum(enumeration),
            Declaration::Union(alternatives) => Shape::Union(self.union(alternatives, site)),
            Declaration::Types => Shape::Union(self.union_of_types(schema, site)),
            Declaration::Tuple => Shape::Alias(Schema::new(self.array(schema, site))),
            Declaration::Value => Shape::Alias(Schema::any()),
        }
    }

    /// Lowers a schema that needs no declaration.
    fn value(&mut self, schema: &openapi::Schema<'t>, site: &Site) -> Schema {
        if !schema.all_of.is_empty() {
            return self.all_of_value(schema, site);
        }
        if let [branch] = self.branches(schema)[..] {
            let mut value = self.schema(branch, site);
            value.nullable |= self.is_nullable_union(schema);
            return value;
        }
        if self.is_only_null(schema) {
            return Schema::new(SchemaKind::Null);
        }
        Schema::new(self.plain(schema, site))
    }

    pub(super) fn plain(&mut self, schema: &openapi::Schema<'t>, site: &Site) -> SchemaKind {
        if let Some(kind) = scalar::typed(schema) {
            kind
        } else if schema.is_array() {
            self.array(schema, site)
        } else if schema.is_object() {
            SchemaKind::Map(Box::new(self.beside(schema.additional, site)))
        } else {
            scalar::untyped(schema)
        }
    }
}

/// Returns whether a type is that of a whole parameter or header.
fn is_parameter(origin: &Origin) -> bool {
    match origin {
        Origin::Inline { role, .. } => matches!(role, Role::Parameter(_) | Role::Header(_)),
        _ => false,
    }
}

impl Declared {
    pub(super) fn schema(self) -> Schema {
        Schema {
            kind: SchemaKind::Declared(self.id),
            nullable: self.nullable,
            facts: None,
        }
    }
}
