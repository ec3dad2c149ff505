//! Makes a property optional if it requires its own type recursively, because no finite value would exist, and
//! reports it.
//!
//! Unions, arrays, maps and null end such a cycle.

use crate::diag::{Diagnostics, codes};
use crate::ir::{Api, Schema, SchemaKind, Shape, TypeId};
use crate::tree::Tree;

pub fn run(api: &mut Api, tree: &Tree, diagnostics: &mut Diagnostics) {
    let mut finite = vec![false; api.types.len()];
    for id in api.type_ids() {
        while let Some((owner, place)) = cycle(api, id, &mut finite) {
            let Shape::Object(object) = &mut api.types[owner.0 as usize].shape else {
                break;
            };
            let member = &mut object.members[place];
            member.required = false;
            if let Some(at) = member.at {
                diagnostics.push(codes::infinite_value(tree.node(at), &member.name));
            }
        }
    }
}

/// Returns the required property that closes a cycle, searching depth-first with an explicit stack. Without a
/// cycle, marks all visited types as finite.
fn cycle(api: &Api, start: TypeId, finite: &mut [bool]) -> Option<(TypeId, usize)> {
    let mut stack = vec![(start, required(api, start))];
    while let Some((id, edges)) = stack.last_mut() {
        let owner = *id;
        let Some((place, target)) = edges.pop() else {
            finite[owner.0 as usize] = true;
            stack.pop();
            continue;
        };
        if stack.iter().any(|(open, _)| *open == target) {
            return Some((owner, place));
        }
        if !finite[target.0 as usize] {
            stack.push((target, required(api, target)));
        }
    }
    None
}

/// Returns the objects that an object requires, with property indices.
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

/// Visits the objects that every value of a schema contains, with aliases followed.
fn held(api: &Api, schema: &Schema, found: &mut impl FnMut(TypeId)) {
    let mut schema = schema;
    // A loop, because a chain of aliases may be longer than the stack.
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
