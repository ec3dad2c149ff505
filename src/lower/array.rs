//! Arrays: of one schema, or with a schema for each place.

use super::union::Alternatives;
use super::{Lowering, Site};
use crate::ir::{Docs, Owner, Role, Schema, SchemaKind, Shape, TypeDef, TypeId, Usage};
use crate::openapi::{self, FurtherItems};
use crate::tree::Node;

/// Longer tuples have no `Debug` and no `PartialEq` in most languages' libraries.
const LONGEST_TUPLE: usize = 12;

/// A tuple of more places is hard to read where it is used, and gets a name.
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

    /// Whether the array is a tuple that is declared by a name of its own.
    pub(super) fn is_named_tuple(&mut self, schema: &openapi::Schema<'t>) -> bool {
        let scalar = |place: &Node<'t>| {
            let schema = openapi::Schema::read(*place, &mut self.reader);
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

    /// The type of items that are each of one of these schemas: the one that they all have, or a
    /// union of them.
    pub(super) fn one_of(&mut self, at: Node<'t>, nodes: &[Node<'t>], site: &Site) -> Schema {
        let mut nullable = false;
        let mut telling = Vec::new();
        for node in nodes {
            let read = openapi::Schema::read(*node, &mut self.reader);
            nullable |= read.nullable;
            if !node.is_object() || read.is_annotation() && !read.is_null() {
                return Schema::any();
            }
            if !read.is_null() {
                telling.push(*node);
            }
        }
        if telling.is_empty() {
            return Schema::new(SchemaKind::Null);
        }
        let plain = telling.iter().all(|node| self.needs_no_declaration(*node));
        if plain {
            let mut kinds: Vec<Schema> = Vec::new();
            for node in &telling {
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
            pinned: None,
            docs: Docs::default(),
            deprecated: false,
            inferred: site.inferred,
            shape: Shape::Alias(Schema::any()),
            limits: Vec::new(),
            examples: Vec::new(),
            usage: Usage::default(),
            at: Some(at.id()),
        });
        let union = self.union(Alternatives::new(None, &telling), &inner);
        self.api.types[id.0 as usize].shape = Shape::Union(union);
        Schema {
            nullable,
            ..Schema::new(SchemaKind::Declared(id))
        }
    }

    /// True for references and scalars, which can be lowered twice without a second declaration.
    fn needs_no_declaration(&mut self, node: Node<'t>) -> bool {
        let schema = openapi::Schema::read(node, &mut self.reader);
        schema.reference.is_some() || schema.types.is_scalar() && schema.values.is_empty()
    }
}
