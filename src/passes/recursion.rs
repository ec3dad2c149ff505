//! Marks the properties and branches that close a cycle of types.
//!
//! Arrays and maps store their values indirectly and end a cycle; tuples store them inline. The traversal
//! visits types in order and marks the edges that lead back to a type on the stack. Without these edges, no
//! cycle is left.

use crate::ir::{Api, Schema, SchemaKind, Shape, TypeId};

#[derive(Clone, Copy, PartialEq)]
enum VisitState {
    New,
    Open,
    Done,
}

/// The index of a property or branch, and a type that it stores inline.
type Edge = (usize, TypeId);

/// A type on the stack, with its remaining edges.
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
    let mut states = vec![VisitState::New; api.types.len()];
    for id in api.type_ids() {
        if states[id.0 as usize] == VisitState::New {
            walk(api, id, &mut states);
        }
    }
}

/// Visits types depth-first with an explicit stack, because documents nest deeper than a thread's stack allows.
fn walk(api: &mut Api, start: TypeId, states: &mut [VisitState]) {
    states[start.0 as usize] = VisitState::Open;
    let mut stack = vec![Frame::new(api, start)];
    while let Some(frame) = stack.last_mut() {
        let id = frame.id;
        let Some((place, target)) = frame.edges.next() else {
            states[id.0 as usize] = VisitState::Done;
            stack.pop();
            continue;
        };
        match states[target.0 as usize] {
            VisitState::New => {
                states[target.0 as usize] = VisitState::Open;
                stack.push(Frame::new(api, target));
            }
            VisitState::Open => mark(api, id, place),
            VisitState::Done => {}
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
        visit_inline(api, schema, &mut |target| edges.push((place, target)));
    }
    edges
}

/// Visits the objects and unions that a schema stores inline, with aliases followed.
fn visit_inline(api: &Api, schema: &Schema, found: &mut impl FnMut(TypeId)) {
    match api.resolved(schema) {
        SchemaKind::Declared(id) => {
            if let Shape::Object(_) | Shape::Union(_) = api.ty(*id).shape {
                found(*id);
            }
        }
        SchemaKind::Envelope(_, inner) => visit_inline(api, inner, found),
        SchemaKind::Tuple(parts) => parts.iter().for_each(|part| visit_inline(api, part, found)),
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
