//! Where a cycle of types must be cut by a pointer: at the member or branch that closes it.
//!
//! Arrays and maps hold their values apart and so end a cycle by themselves. The walk goes in the
//! order of the types and marks the edges that lead back to a type still being walked: without
//! these no cycle is left, and only these are marked.

use crate::ir::{Api, Schema, SchemaKind, Shape, TypeId};

#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    Open,
    Done,
}

/// One type being walked, with the edge that comes next.
struct Frame {
    id: TypeId,
    next: usize,
}

pub fn run(api: &mut Api) {
    let mut states = vec![State::New; api.types.len()];
    for id in api.type_ids() {
        if states[id.0 as usize] == State::New {
            walk(api, id, &mut states);
        }
    }
}

/// Depth first with a stack of its own: documents nest deeper than a thread's stack may.
fn walk(api: &mut Api, start: TypeId, states: &mut [State]) {
    states[start.0 as usize] = State::Open;
    let mut stack = vec![Frame { id: start, next: 0 }];
    while let Some(frame) = stack.last_mut() {
        let edge = frame.next;
        frame.next += 1;
        let id = frame.id;
        let Some(target) = edge_target(api, id, edge) else {
            states[id.0 as usize] = State::Done;
            stack.pop();
            continue;
        };
        match target.map(|target| (target, states[target.0 as usize])) {
            Some((target, State::New)) => {
                states[target.0 as usize] = State::Open;
                stack.push(Frame {
                    id: target,
                    next: 0,
                });
            }
            Some((_, State::Open)) => mark(api, id, edge),
            _ => {}
        }
    }
}

/// The type that edge number `edge` of a type holds in place; the outer `None` when there is no
/// such edge.
fn edge_target(api: &Api, id: TypeId, edge: usize) -> Option<Option<TypeId>> {
    let schema = match &api.ty(id).shape {
        Shape::Object(object) => &object.members.get(edge)?.schema,
        Shape::Union(union) => &union.branches.get(edge)?.schema,
        Shape::Alias(_) | Shape::Enum(_) => return None,
    };
    Some(held(api, schema))
}

/// The object or union that a schema holds in place, aliases followed.
fn held(api: &Api, schema: &Schema) -> Option<TypeId> {
    match &schema.kind {
        SchemaKind::Declared(id) => match &api.ty(*id).shape {
            Shape::Alias(schema) => held(api, schema),
            Shape::Enum(_) => None,
            Shape::Object(_) | Shape::Union(_) => Some(*id),
        },
        SchemaKind::Envelope(_, inner) => held(api, inner),
        _ => None,
    }
}

fn mark(api: &mut Api, id: TypeId, edge: usize) {
    match &mut api.types[id.0 as usize].shape {
        Shape::Object(object) => object.members[edge].indirect = true,
        Shape::Union(union) => union.branches[edge].indirect = true,
        Shape::Alias(_) | Shape::Enum(_) => {}
    }
}
