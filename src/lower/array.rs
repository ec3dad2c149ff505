//! Lowers arrays and tuples.

use super::union::Alternatives;
use super::{Lowering, Site};
use crate::ir::{Docs, Owner, Role, Schema, SchemaKind, Shape, TypeDef, TypeId, Usage};
use crate::openapi::{self, FurtherItems};
use crate::tree::Node;

/// Longer tuples have no `Debug` and no `PartialEq` in most standard libraries.
const LONGEST_TUPLE: usize = 12;

/// A longer tuple is hard to read in a signature, so it gets a name.
const LONGEST_UNNAMED: usize = 3;

impl<'t> Lowering<'t, '_> {
    pub(super) fn array(&mut self, schema: &openapi::Schema<'t>, site: &Site) -> SchemaKind {
        let site = site.part(Role::Item);
        if schema.is_tuple() && schema.places.len() <= LONGEST_TUPLE {
            return SchemaKind::Tuple(self.places(schema, &site));
        }
        let items = match (&schema.places[..], schema.rest) {
            ([], FurtherItems::Schema(items)) => self.schema(items, &site),
            ([], _) => Schema::any(),
            (places, FurtherItems::Schema(rest)) => {
                self.one_of(schema.node, &[places, &[rest]].concat(), &site)
            }
            (places, _) => self.one_of(schema.node, places, &site),
        };
        SchemaKind::Array(Box::new(items))
    }

    /// Returns whether the array is a tuple with its own name.
    pub(super) fn is_named_tuple(&mut self, schema: &openapi::Schema<'t>) -> bool {
        let scalar = |place: &Node<'t>| {
            let schema = self.read_schema(*place);
            schema.types.is_scalar() && schema.values.is_empty() && schema.branches.is_empty()
        };
        schema.is_tuple()
            && schema.places.len() <= LONGEST_TUPLE
            && !(schema.places.len() <= LONGEST_UNNAMED && schema.places.iter().all(scalar))
    }

    fn places(&mut self, schema: &openapi::Schema<'t>, site: &Site) -> Vec<Schema> {
        let place = |(index, place): (usize, &Node<'t>)| {
            let title = self.reader.prose(*place, "title");
            let site = site.part(|role| Role::Branch(index, title, role));
            self.schema(*place, &site)
        };
        schema.places.iter().enumerate().map(place).collect()
    }

    /// Returns the type of items that satisfy one of these schemas: their common type, or a union.
    pub(super) fn one_of(&mut self, at: Node<'t>, nodes: &[Node<'t>], site: &Site) -> Schema {
        let mut nullable = false;
        let mut meaningful = Vec::new();
        for node in nodes {
            let read = self.read_schema(*node);
            nullable |= read.nullable;
            if !node.is_object() || read.is_annotation() && !read.is_null() {
                return Schema::any();
            }
            if !read.is_null() {
                meaningful.push(*node);
            }
        }
        if meaningful.is_empty() {
            return Schema::new(SchemaKind::Null);
        }
        let plain = meaningful
            .iter()
            .all(|node| self.needs_no_declaration(*node));
        if plain {
            let mut kinds: Vec<Schema> = Vec::new();
            for node in &meaningful {
                let lowered = self.schema(*node, site);
                if kinds.iter().all(|known| known.kind != lowered.kind) {
                    kinds.push(lowered);
                }
            }
            if let [only] = &kinds[..] {
                return Schema {
                    nullable: nullable || only.nullable,
                    ..Schema::new(only.kind.clone())
                };
            }
        }
        let id = TypeId(self.api.types.len() as u32);
        let inner = Site::new(Owner::Type(id), Role::Itself).inferred(site.inferred);
        self.api.types.push(TypeDef {
            origin: site.origin(),
            derives: Vec::new(),
            pinned: None,
            docs: Docs::default(),
            deprecated: false,
            inferred: site.inferred,
            shape: Shape::Alias(Schema::any()),
            limits: Vec::new(),
            examples: Vec::new(),
            usage: Usage::default(),
            first_use: None,
            at: Some(at.id()),
        });
        let union = self.union(Alternatives::new(None, &meaningful), &inner);
        self.api.types[id.0 as usize].shape = Shape::Union(union);
        Schema {
            nullable,
            ..Schema::new(SchemaKind::Declared(id))
        }
    }

    /// Returns whether a schema is a reference or a scalar, which can be lowered twice without another
    /// declaration.
    fn needs_no_declaration(&mut self, node: Node<'t>) -> bool {
        let schema = self.read_schema(node);
        schema.reference.is_some() || schema.types.is_scalar() && schema.values.is_empty()
    }
}
