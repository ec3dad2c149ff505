//! Aliases that are made of nothing but aliases in a circle: the circle is cut with a diagnostic. So is what is
//! made of more aliases, one within the other, than a sensible document has.
//!
//! An alias names a type and is none itself, so an array whose items are the array again has no
//! end to it; an object or a union on the way would give it one.

use crate::diag::{Diagnostics, codes};
use crate::ir::{Api, Schema, SchemaKind, Shape, TypeId};
use crate::tree::Tree;

/// No sensible document has more aliases one within the other, and rustc gives up at some 80 arrays or maps.
const DEEPEST: usize = 32;

#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    Open,
    /// With how many aliases there are one within the other, this one included.
    Done(usize),
}

pub fn run(api: &mut Api, tree: &Tree, diagnostics: &mut Diagnostics) {
    let mut states = vec![State::New; api.types.len()];
    for start in api.type_ids() {
        if states[start.0 as usize] == State::New {
            for id in walk(api, start, &mut states, tree, diagnostics) {
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
fn walk(
    api: &mut Api,
    start: TypeId,
    states: &mut [State],
    tree: &Tree,
    diagnostics: &mut Diagnostics,
) -> Vec<TypeId> {
    let mut circles = Vec::new();
    let mut stack = vec![(start, targets(api, start), 0)];
    states[start.0 as usize] = State::Open;
    while let Some((id, open, below)) = stack.last_mut() {
        let id = *id;
        let Some(target) = open.pop() else {
            let mut depth = *below + usize::from(matches!(api.ty(id).shape, Shape::Alias(_)));
            if depth > DEEPEST {
                depth = shorten(api, id, tree, diagnostics);
            }
            states[id.0 as usize] = State::Done(depth);
            stack.pop();
            if let Some((_, _, below)) = stack.last_mut() {
                *below = depth.max(*below);
            }
            continue;
        };
        match states[target.0 as usize] {
            State::New => {
                states[target.0 as usize] = State::Open;
                stack.push((target, targets(api, target), 0));
            }
            State::Open if !circles.contains(&target) => circles.push(target),
            State::Done(depth) => *below = depth.max(*below),
            State::Open => {}
        }
    }
    circles
}

/// Lets an alias of an alias name what that is, and cuts off what lies within an array, a map or a tuple: no
/// compiler reads types that deep. Returns how deep the alias is then.
fn shorten(api: &mut Api, id: TypeId, tree: &Tree, diagnostics: &mut Diagnostics) -> usize {
    let Shape::Alias(schema) = &api.ty(id).shape else {
        return DEEPEST;
    };
    if let SchemaKind::Declared(target) = &schema.kind
        && let Shape::Alias(named) = &api.ty(*target).shape
    {
        let shorter = Schema {
            kind: named.kind.clone(),
            nullable: schema.nullable || named.nullable,
            facts: schema.facts.clone(),
        };
        api.types[id.0 as usize].shape = Shape::Alias(shorter);
        return DEEPEST;
    }
    if let Some(at) = api.ty(id).at {
        diagnostics.push(codes::long_chain(tree.node(at)));
    }
    api.types[id.0 as usize].shape = Shape::Alias(Schema::any());
    1
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
