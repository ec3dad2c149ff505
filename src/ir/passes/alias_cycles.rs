//! Aliases that are made of nothing but aliases in a circle: the circle is cut with a diagnostic.
//!
//! An alias names a type and is none itself, so an array whose items are the array again has no
//! end to it; an object or a union on the way would give it one.

use crate::diag::{Diagnostics, codes};
use crate::ir::{Api, Schema, SchemaKind, Shape, TypeId};
use crate::tree::Tree;

pub fn run(api: &mut Api, tree: &Tree, diagnostics: &mut Diagnostics) {
    for id in api.type_ids() {
        let Shape::Alias(schema) = &api.ty(id).shape else {
            continue;
        };
        if reaches(api, schema, id, &mut Vec::new()) {
            if let Some(at) = api.ty(id).at {
                diagnostics.push(codes::alias_cycle(tree.node(at)));
            }
            api.types[id.0 as usize].shape = Shape::Alias(Schema::any());
        }
    }
}

fn reaches(api: &Api, schema: &Schema, goal: TypeId, seen: &mut Vec<TypeId>) -> bool {
    match &schema.kind {
        SchemaKind::Declared(id) if *id == goal => true,
        SchemaKind::Declared(id) if seen.contains(id) => false,
        SchemaKind::Declared(id) => {
            seen.push(*id);
            match &api.ty(*id).shape {
                Shape::Alias(schema) => reaches(api, schema, goal, seen),
                _ => false,
            }
        }
        kind => kind
            .parts()
            .iter()
            .any(|part| reaches(api, part, goal, seen)),
    }
}
