//! Objects that must hold an object of their own type have no value that ends: the member that
//! closes the circle is taken as optional, with a diagnostic.
//!
//! Unions, arrays, maps and null end such a circle by themselves.

use crate::diag::{Diagnostics, codes};
use crate::ir::{Api, Schema, SchemaKind, Shape, TypeId};
use crate::tree::Tree;

pub fn run(api: &mut Api, tree: &Tree, diagnostics: &mut Diagnostics) {
    let mut ends = vec![false; api.types.len()];
    for id in api.type_ids() {
        while let Some((owner, place)) = circle(api, id, &mut ends) {
            let Shape::Object(object) = &mut api.types[owner.0 as usize].shape else {
                break;
            };
            let member = &mut object.members[place];
            member.required = false;
            if let Some(at) = member.at {
                diagnostics.push(codes::endless_value(tree.node(at), &member.name));
            }
        }
    }
}

/// The required member by which a type leads back to one that leads to it, depth first with a
/// stack of its own. Without one, all types on the way are known to end.
fn circle(api: &Api, start: TypeId, ends: &mut [bool]) -> Option<(TypeId, usize)> {
    let mut stack = vec![(start, required(api, start))];
    while let Some((id, edges)) = stack.last_mut() {
        let owner = *id;
        let Some((place, target)) = edges.pop() else {
            ends[owner.0 as usize] = true;
            stack.pop();
            continue;
        };
        if stack.iter().any(|(open, _)| *open == target) {
            return Some((owner, place));
        }
        if !ends[target.0 as usize] {
            stack.push((target, required(api, target)));
        }
    }
    None
}

/// The objects that an object must hold, each with the number of the member that holds it.
fn required(api: &Api, id: TypeId) -> Vec<(usize, TypeId)> {
    let mut found = Vec::new();
    let Shape::Object(object) = &api.ty(id).shape else {
        return found;
    };
    for (place, member) in object.members.iter().enumerate() {
        if member.required {
            held(api, &member.schema, &mut |target| {
                found.push((place, target))
            });
        }
    }
    found
}

/// The objects that every value of a schema holds, aliases followed.
fn held(api: &Api, schema: &Schema, found: &mut impl FnMut(TypeId)) {
    let mut schema = schema;
    // No recursion: a chain of aliases may be longer than the stack.
    while let SchemaKind::Declared(id) = &schema.kind
        && let Shape::Alias(target) = &api.ty(*id).shape
        && !schema.nullable
    {
        schema = target;
    }
    match &schema.kind {
        _ if schema.nullable => {}
        SchemaKind::Declared(id) => {
            if let Shape::Object(_) = api.ty(*id).shape {
                found(*id);
            }
        }
        SchemaKind::Tuple(parts) => parts.iter().for_each(|part| held(api, part, found)),
        _ => {}
    }
}
