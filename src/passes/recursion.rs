//! Where a cycle of types must be cut by a pointer: at the member or branch that closes it.
//!
//! Arrays and maps hold their values apart and so end a cycle by themselves; tuples hold theirs in
//! place. The walk goes in the order of the types and marks the edges that lead back to a type still
//! being walked: without these no cycle is left, and only these are marked.

use crate::ir::{Api, Schema, SchemaKind, Shape, TypeId};

#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    Open,
    Done,
}

/// A type that a member or branch, by its number, holds in place.
type Edge = (usize, TypeId);

/// One type being walked, with the edges that are still to come.
struct Frame {
    id: TypeId,
    edges: std::vec::IntoIter<Edge>,
}

impl Frame {
    fn new(api: &Api, id: TypeId) -> Self {
        let edges = edges(api, id).into_iter();
        Frame { id, edges }
    }
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
    let mut stack = vec![Frame::new(api, start)];
    while let Some(frame) = stack.last_mut() {
        let id = frame.id;
        let Some((place, target)) = frame.edges.next() else {
            states[id.0 as usize] = State::Done;
            stack.pop();
            continue;
        };
        match states[target.0 as usize] {
            State::New => {
                states[target.0 as usize] = State::Open;
                stack.push(Frame::new(api, target));
            }
            State::Open => mark(api, id, place),
            State::Done => {}
        }
    }
}

fn edges(api: &Api, id: TypeId) -> Vec<Edge> {
    let schemas: Vec<&Schema> = match &api.ty(id).shape {
        Shape::Object(object) => object.members.iter().map(|member| &member.schema).collect(),
        Shape::Union(union) => union.branches.iter().map(|branch| &branch.schema).collect(),
        Shape::Alias(_) | Shape::Enum(_) => Vec::new(),
    };
    let mut edges = Vec::new();
    for (place, schema) in schemas.into_iter().enumerate() {
        held(api, schema, &mut |target| edges.push((place, target)));
    }
    edges
}

/// The objects and unions that a schema holds in place, aliases followed.
fn held(api: &Api, schema: &Schema, found: &mut impl FnMut(TypeId)) {
    match api.resolved(schema) {
        SchemaKind::Declared(id) => {
            if let Shape::Object(_) | Shape::Union(_) = api.ty(*id).shape {
                found(*id);
            }
        }
        SchemaKind::Envelope(_, inner) => held(api, inner, found),
        SchemaKind::Tuple(parts) => parts.iter().for_each(|part| held(api, part, found)),
        _ => {}
    }
}

fn mark(api: &mut Api, id: TypeId, place: usize) {
    match &mut api.types[id.0 as usize].shape {
        Shape::Object(object) => object.members[place].indirect = true,
        Shape::Union(union) => union.branches[place].indirect = true,
        Shape::Alias(_) | Shape::Enum(_) => {}
    }
}
