//! Inline schemas that say the same at several places are one type.
//!
//! Descriptions without the habit of components repeat whole bodies operation by operation: nine in
//! ten enums of the largest published ones are copies. A person who wrote the crate by hand would
//! declare such a type once, and its users could pass a value from one call to the next; it also
//! more than halves what has to be compiled.
//!
//! Two inline types are the same when they play the same part (a member of one name, say) and agree
//! in all that their shape says, the docs of their members too. What is said of the type itself may
//! differ at members and parameters, since these keep their own docs where they stand.

use crate::ir::{Api, Docs, Origin, Owner, Role, TypeId};
use std::collections::HashMap;

pub fn run(api: &mut Api) {
    let kept = first_alike(api);
    for id in api.type_ids() {
        let first = kept[id.0 as usize];
        if first != id {
            let docs = std::mem::take(&mut api.types[id.0 as usize].docs);
            agree(&mut api.types[first.0 as usize].docs, docs);
        }
    }
    renumber(api, &kept);
}

/// For each type the first one that says the same; most often itself.
///
/// Parts have higher ids than their owners, so that going backwards meets the parts first, and
/// owners can be compared by which types their parts are.
fn first_alike(api: &mut Api) -> Vec<TypeId> {
    // Going backwards, the last one is the first to be met and stands for all that are like it.
    let mut last: Vec<TypeId> = api.type_ids().collect();
    let mut first = last.clone();
    let mut known: HashMap<String, TypeId> = HashMap::new();
    for id in api.type_ids().rev() {
        let shape = &mut api.types[id.0 as usize].shape;
        shape.each_schema_mut(&mut |schema| {
            schema.each_type_mut(&mut |part| *part = last[part.0 as usize]);
        });
        if let Some(key) = key(api, id) {
            let alike = *known.entry(key).or_insert(id);
            last[id.0 as usize] = alike;
            first[alike.0 as usize] = id;
        }
    }
    last.iter().map(|alike| first[alike.0 as usize]).collect()
}

/// What two types must have in common to be one; `None` for a type that stands alone.
fn key(api: &Api, id: TypeId) -> Option<String> {
    let def = api.ty(id);
    let part = part(api, id)?;
    let keeps_docs = matches!(part[..], [Role::Member(_) | Role::Parameter(_)]);
    let docs = (!keeps_docs).then_some(&def.docs);
    serde_json::to_string(&(part, def.inferred, def.deprecated, docs, &def.shape)).ok()
}

/// The part that a type plays, from its own role outwards to one with a name.
///
/// A component has a name of its own, and so has the body of a request or a response, by its
/// operation; these are never shared.
fn part(api: &Api, id: TypeId) -> Option<Vec<&Role>> {
    let mut part = Vec::new();
    let mut at = id;
    loop {
        let def = api.ty(at);
        let Origin::Inline { owner, role } = &def.origin else {
            return None;
        };
        if def.pinned.is_some() {
            return None;
        }
        part.push(role);
        match (role.innermost(), owner) {
            (Role::RequestBody | Role::Response(_), _) => return None,
            (Role::Itself, Owner::Type(owner)) => at = *owner,
            (Role::Itself, _) => return None,
            _ => return Some(part),
        }
    }
}

/// Leaves of a shared type's docs what all places say of it.
fn agree(docs: &mut Docs, other: Docs) {
    if docs.summary != other.summary {
        docs.summary = None;
    }
    if docs.description != other.description {
        docs.description = None;
    }
    if docs.external != other.external {
        docs.external = None;
    }
}

/// Removes the types that another one stands for, and names the rest by their new places.
fn renumber(api: &mut Api, kept: &[TypeId]) {
    let mut place = 0;
    let mut places = vec![TypeId(0); kept.len()];
    let mut ids = api.type_ids();
    api.types.retain(|_| {
        let keep = ids.next().is_some_and(|id| {
            places[id.0 as usize] = TypeId(place);
            kept[id.0 as usize] == id
        });
        place += u32::from(keep);
        keep
    });
    let moved = |id: &mut TypeId| *id = places[kept[id.0 as usize].0 as usize];
    api.each_schema_mut(&mut |schema| schema.each_type_mut(&mut |id| moved(id)));
    for def in &mut api.types {
        if let Origin::Inline {
            owner: Owner::Type(owner),
            ..
        } = &mut def.origin
        {
            moved(owner);
        }
    }
}
