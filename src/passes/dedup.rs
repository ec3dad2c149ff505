//! Deduplicates equal inline types.
//!
//! Documents that avoid components repeat whole bodies for each operation: nine in ten enums of the largest
//! published ones are copies. One declaration lets callers pass a value from one request to the next, and more
//! than halves what has to be compiled.
//!
//! Two inline types are equal if they have the same role (such as a property of the same name) and the same
//! shape, including the docs of their properties. The docs of the types themselves may differ for properties
//! and parameters, which keep their own.
//!
//! A type with several owners is named after its content, so that no operation names a type of another.
//!
//! Types of components, operations and webhooks are not merged with each other. Otherwise an addition to one
//! group would rename a type of another.
//!
//! Properties of one object with equal types share a type named after the object: forty properties of
//! `permissions` that are `read` or `write` share one enum.

use crate::ir::{Api, Docs, EnumKind, Origin, Owner, Role, Shape, TypeDef, TypeId};
use crate::parallel;
use indexmap::{IndexMap, IndexSet};
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

/// The minimum number of properties that share a type. Two may be equal by chance.
const FEW: usize = 3;

pub fn run(api: &mut Api) {
    let mut classes = Classes::new(api);
    classes.find_all(api);
    let kept: Vec<TypeId> = api.type_ids().map(|id| classes.kept(id)).collect();
    for id in api.type_ids() {
        let first = kept[id.0 as usize];
        if first != id {
            let docs = std::mem::take(&mut api.types[id.0 as usize].docs);
            agree(&mut api.types[first.0 as usize].docs, docs);
        }
    }
    for (kept, names) in classes.members.into_values() {
        if let Origin::Inline { role, .. } = &mut api.types[kept.0 as usize].origin {
            *role.innermost_mut() = Role::Members(names);
        }
    }
    for (id, owners) in owners(api, &kept) {
        if let Origin::Inline { owner, .. } = &mut api.types[id.0 as usize].origin {
            *owner = Owner::Several(owners);
        }
    }
    renumber(api, &kept);
}

/// Returns the owners of each type with several, unless one outermost owner contains them all.
fn owners(api: &Api, kept: &[TypeId]) -> Vec<(TypeId, Vec<Owner>)> {
    let mut all: IndexMap<TypeId, IndexSet<Owner>> = IndexMap::new();
    for id in api.type_ids() {
        let first = kept[id.0 as usize];
        let Origin::Inline { owner, .. } = &api.ty(id).origin else {
            continue;
        };
        let owner = match owner {
            Owner::Type(owner) => Owner::Type(kept[owner.0 as usize]),
            owner => owner.clone(),
        };
        all.entry(first).or_default().insert(owner);
    }
    let outermost = |owner: &Owner| {
        let mut owner = owner.clone();
        while let Owner::Type(id) = owner
            && let Origin::Inline { owner: next, .. } = &api.ty(id).origin
        {
            owner = next.clone();
        }
        owner
    };
    let are_apart = |owners: &IndexSet<Owner>| {
        let first = owners.first().map(outermost);
        owners.iter().any(|owner| Some(outermost(owner)) != first)
    };
    all.into_iter()
        .filter(|(_, owners)| owners.len() > 1 && are_apart(owners))
        .map(|(id, owners)| (id, owners.into_iter().collect()))
        .collect()
}

/// Equivalence classes of types.
struct Classes {
    /// For each type an equal one that was visited before, or itself.
    parent: Vec<TypeId>,
    /// For each first visited type, the equal type that comes first in the document.
    first: Vec<TypeId>,
    /// For types that several properties of an object share, the kept type and the property names.
    members: IndexMap<TypeId, (TypeId, Vec<String>)>,
}

impl Classes {
    fn new(api: &Api) -> Self {
        Classes {
            parent: api.type_ids().collect(),
            first: api.type_ids().collect(),
            members: IndexMap::new(),
        }
    }

    /// Returns the representative of a type's class.
    fn find(&self, id: TypeId) -> TypeId {
        let mut at = id;
        while self.parent[at.0 as usize] != at {
            at = self.parent[at.0 as usize];
        }
        at
    }

    fn kept(&self, id: TypeId) -> TypeId {
        let classes = self.find(id);
        match self.members.get(&classes) {
            // A type before the object keeps its name, because the object may be new.
            Some((kept, _)) if id >= *kept => *kept,
            _ => self.first[classes.0 as usize],
        }
    }

    /// Merges all types. Parts have higher ids than their owners, so visiting in reverse merges parts before
    /// their owners are compared.
    fn find_all(&mut self, api: &mut Api) {
        let mut known: HashMap<u64, Vec<TypeId>> = HashMap::new();
        let ids: Vec<TypeId> = api.type_ids().collect();
        // Hashes stay valid for types whose parts were not merged.
        let hashes = parallel::map(&ids, |id| type_key(api, *id).map(hash));
        for (id, hashed) in ids.into_iter().zip(hashes).rev() {
            self.join_members(api, id);
            let has_changed = self.name_parts(&mut api.types[id.0 as usize].shape);
            let Some(own) = type_key(api, id) else {
                continue;
            };
            let hashed = hashed.filter(|_| !has_changed);
            let same = known
                .entry(hashed.unwrap_or_else(|| hash(own)))
                .or_default();
            let is_same = |other: &&TypeId| type_key(api, **other) == type_key(api, id);
            let found = same.iter().find(is_same).copied();
            if found.is_none() {
                same.push(id);
            }
            let classes = self.find(found.unwrap_or(id));
            self.parent[id.0 as usize] = classes;
            self.first[classes.0 as usize] = id;
        }
    }

    /// Replaces the parts of a shape with their representatives. Returns whether any changed.
    fn name_parts(&self, shape: &mut Shape) -> bool {
        let mut has_changed = false;
        shape.each_schema_mut(&mut |schema| {
            schema.each_type_mut(&mut |part| {
                let classes = self.find(*part);
                has_changed |= classes != *part;
                *part = classes;
            });
        });
        has_changed
    }

    /// Merges equal types of an object's properties.
    fn join_members(&mut self, api: &Api, id: TypeId) {
        let Shape::Object(object) = &api.ty(id).shape else {
            return;
        };
        let mut parts = Vec::new();
        for member in &object.members {
            member.schema.each_type(&mut |part| {
                if is_part(api, id, part) {
                    parts.push((part, member));
                }
            });
        }
        // Most objects have too few parts to be worth comparing.
        if parts.len() < FEW {
            return;
        }
        let mut groups: IndexMap<_, IndexMap<TypeId, String>> = IndexMap::new();
        for (part, member) in parts {
            let group = groups.entry(member_key(api, part)).or_default();
            group.insert(part, member.name.clone());
        }
        for group in groups.into_values().filter(|group| group.len() >= FEW) {
            let parts: Vec<TypeId> = group.keys().copied().collect();
            let classes = self.find(parts[0]);
            for part in &parts {
                let other = self.find(*part);
                self.parent[other.0 as usize] = classes;
                self.members.swap_remove(&other);
            }
            let names = group.into_values().collect();
            self.members.insert(classes, (parts[0], names));
        }
    }
}

/// Returns whether a type belongs only to properties of an object.
fn is_part(api: &Api, object: TypeId, id: TypeId) -> bool {
    let def = api.ty(id);
    match &def.origin {
        Origin::Inline { owner, role } => {
            let is_member = matches!(role.innermost(), Role::Property(_));
            *owner == Owner::Type(object) && is_member && def.pinned.is_none()
        }
        _ => false,
    }
}

/// Returns the content of a type without its role.
fn content(def: &TypeDef, has_docs: bool) -> impl Hash + Eq + use<'_> {
    let docs = has_docs.then_some(&def.docs);
    (def.inferred, def.deprecated, docs, &def.shape)
}

/// Returns the key by which types of one object's properties are equal.
fn member_key(api: &Api, id: TypeId) -> impl Hash + Eq + use<'_> {
    let def = api.ty(id);
    let part = match &def.origin {
        Origin::Inline { role, .. } => {
            let mut part = role.clone();
            *part.innermost_mut() = Role::Itself;
            part
        }
        _ => Role::Itself,
    };
    let has_docs = part != Role::Itself;
    (part, content(def, has_docs))
}

/// Returns the key by which types are equal, or `None` for a type that is never merged.
fn type_key(api: &Api, id: TypeId) -> Option<impl Hash + Eq + use<'_>> {
    let part = part(api, id)?;
    // A single integer means nothing without its owner.
    if let Shape::Enum(one) = &api.ty(id).shape
        && one.kind == EnumKind::Integer
        && one.values.len() == 1
    {
        return None;
    }
    let keeps_docs = matches!(part[..], [Role::Property(_) | Role::Parameter(_)]);
    let type_key = content(api.ty(id), !keeps_docs);
    Some((group(api, id), part, type_key))
}

fn hash(type_key: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    type_key.hash(&mut hasher);
    hasher.finish()
}

/// Returns which part of the document contains a type: components, operations or webhooks.
fn group(api: &Api, id: TypeId) -> u8 {
    let mut at = id;
    loop {
        match &api.ty(at).origin {
            Origin::Component(_) | Origin::Referenced(_) => return 0,
            Origin::Inline { owner, .. } => match owner {
                Owner::Type(owner) => at = *owner,
                Owner::Operation(_) | Owner::Component(_) => return 1,
                Owner::Webhook(_) => return 2,
                Owner::Several(owners) => match owners.first() {
                    Some(Owner::Type(owner)) => at = *owner,
                    _ => return 1,
                },
            },
        }
    }
}

/// Returns the roles of a type, from its own outwards to one with a name.
///
/// Components are named, and so are bodies of requests and responses, after their operation. These are never
/// merged.
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

/// Removes docs of a merged type that differ between its uses.
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

/// Removes types that nothing uses.
pub(super) fn drop_types(api: &mut Api, unused: &HashSet<TypeId>) {
    if unused.is_empty() {
        return;
    }
    let dropped = TypeId(u32::MAX);
    let kept = api.type_ids().map(|id| match unused.contains(&id) {
        true => dropped,
        false => id,
    });
    let kept: Vec<TypeId> = kept.collect();
    renumber(api, &kept);
}

/// Removes merged types and renumbers the rest.
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
        let Origin::Inline { owner, .. } = &mut def.origin else {
            continue;
        };
        let owners = match owner {
            Owner::Several(owners) => owners.as_mut_slice(),
            owner => std::slice::from_mut(owner),
        };
        for owner in owners {
            if let Owner::Type(owner) = owner {
                moved(owner);
            }
        }
    }
}
