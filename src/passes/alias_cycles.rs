//! Breaks cycles of aliases, and chains of aliases that are too long, and reports them.
//!
//! An alias only renames a type, so an array whose items are that array is infinite. An object or a union in
//! the cycle would make it finite.

use crate::diag::{Diagnostics, codes};
use crate::ir::{Api, Schema, SchemaKind, Shape, TypeId};
use crate::tree::Tree;

/// No sensible document nests more aliases, and rustc fails at about 80 nested arrays or maps.
const DEEPEST: usize = 32;

#[derive(Clone, Copy, PartialEq)]
enum AliasState {
    New,
    Open,
    /// The number of nested aliases, including this one.
    Done(usize),
}

pub fn run(api: &mut Api, tree: &Tree, diagnostics: &mut Diagnostics) {
    let mut states = vec![AliasState::New; api.types.len()];
    for start in api.type_ids() {
        if states[start.0 as usize] == AliasState::New {
            for id in walk(api, start, &mut states, tree, diagnostics) {
                if let Some(at) = api.ty(id).at {
                    diagnostics.push(codes::alias_cycle(tree.node(at)));
                }
                api.types[id.0 as usize].shape = Shape::Alias(Schema::any());
            }
        }
    }
}

/// Returns the aliases that close a cycle. Uses an explicit stack, because chains of aliases may be long.
fn walk(
    api: &mut Api,
    start: TypeId,
    states: &mut [AliasState],
    tree: &Tree,
    diagnostics: &mut Diagnostics,
) -> Vec<TypeId> {
    let mut cycles = Vec::new();
    let mut stack = vec![(start, targets(api, start), 0)];
    states[start.0 as usize] = AliasState::Open;
    while let Some((id, open, below)) = stack.last_mut() {
        let id = *id;
        let Some(target) = open.pop() else {
            let mut depth = *below + usize::from(matches!(api.ty(id).shape, Shape::Alias(_)));
            if depth > DEEPEST {
                depth = shorten(api, id, tree, diagnostics);
            }
            states[id.0 as usize] = AliasState::Done(depth);
            stack.pop();
            if let Some((_, _, below)) = stack.last_mut() {
                *below = depth.max(*below);
            }
            continue;
        };
        match states[target.0 as usize] {
            AliasState::New => {
                states[target.0 as usize] = AliasState::Open;
                stack.push((target, targets(api, target), 0));
            }
            AliasState::Open if !cycles.contains(&target) => cycles.push(target),
            AliasState::Done(depth) => *below = depth.max(*below),
            AliasState::Open => {}
        }
    }
    cycles
}

/// Shortens an alias of an alias to its target. If an array, map or tuple is in between, replaces it with any
/// value, because compilers cannot handle types that deep. Returns the remaining depth.
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

/// Returns the declared types in an alias.
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
