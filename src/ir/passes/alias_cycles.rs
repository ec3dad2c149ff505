//! Aliases that are made of nothing but aliases in a circle: the circle is cut with a diagnostic.
//!
//! An alias names a type and is none itself, so an array whose items are the array again has no
//! end to it; an object or a union on the way would give it one.

use crate::diag::{Diagnostics, codes};
use crate::ir::{Api, Schema, SchemaKind, Shape, TypeId};
use crate::tree::Tree;

#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    Open,
    Done,
}

pub fn run(api: &mut Api, tree: &Tree, diagnostics: &mut Diagnostics) {
    let mut states = vec![State::New; api.types.len()];
    for start in api.type_ids() {
        if states[start.0 as usize] == State::New {
            for id in walk(api, start, &mut states) {
                if let Some(at) = api.ty(id).at {
                    diagnostics.push(codes::alias_cycle(tree.node(at)));
                }
                api.types[id.0 as usize].shape = Shape::Alias(Schema::any());
            }
        }
    }
}

/// The aliases at which a walk over aliases came back to one that it was still in. Depth first, with a
/// stack of its own: chains of aliases may be long.
fn walk(api: &Api, start: TypeId, states: &mut [State]) -> Vec<TypeId> {
    let mut circles = Vec::new();
    let mut stack = vec![(start, targets(api, start))];
    states[start.0 as usize] = State::Open;
    while let Some((id, open)) = stack.last_mut() {
        let Some(target) = open.pop() else {
            states[id.0 as usize] = State::Done;
            stack.pop();
            continue;
        };
        match states[target.0 as usize] {
            State::New => {
                states[target.0 as usize] = State::Open;
                stack.push((target, targets(api, target)));
            }
            State::Open if !circles.contains(&target) => circles.push(target),
            State::Open | State::Done => {}
        }
    }
    circles
}

/// The declared types that an alias is made of; none for what is no alias.
fn targets(api: &Api, id: TypeId) -> Vec<TypeId> {
    let mut found = Vec::new();
    if let Shape::Alias(schema) = &api.ty(id).shape {
        collect(&schema.kind, &mut found);
    }
    found.reverse();
    found
}

fn collect(kind: &SchemaKind, found: &mut Vec<TypeId>) {
    if let SchemaKind::Declared(id) = kind {
        found.push(*id);
    }
    kind.parts()
        .iter()
        .for_each(|part| collect(&part.kind, found));
}
