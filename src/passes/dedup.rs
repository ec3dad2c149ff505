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
//!
//! A type that is described apart at several places belongs to none of them: it is named by what it is,
//! so that no operation gives its name to what another one takes.
//!
//! What components describe is not shared with what operations do, nor that with webhooks: each group
//! stands before the next, and an addition to one would rename a type of the other.
//!
//! Members of one object that say the same of their values share a type as well, which is named
//! after the object: `permissions` with forty members that are `read` or `write` each has one enum.

use crate::ir::{Api, Docs, EnumKind, Origin, Owner, Role, Shape, TypeDef, TypeId};
use crate::parallel;
use indexmap::{IndexMap, IndexSet};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// So many members of an object share a type; two may be alike by chance.
const FEW: usize = 3;

pub fn run(api: &mut Api) {
    let mut alike = Alike::new(api);
    alike.find_all(api);
    let kept: Vec<TypeId> = api.type_ids().map(|id| alike.kept(id)).collect();
    for id in api.type_ids() {
        let first = kept[id.0 as usize];
        if first != id {
            let docs = std::mem::take(&mut api.types[id.0 as usize].docs);
            agree(&mut api.types[first.0 as usize].docs, docs);
        }
    }
    for (kept, names) in alike.members.into_values() {
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

/// The owners of each type that is a part of several, unless all of them belong to one.
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

/// Which types say the same.
struct Alike {
    /// For each type one that says the same and was met before it; itself where there is none.
    met: Vec<TypeId>,
    /// For each type that was met before all like it the first of them in the document.
    first: Vec<TypeId>,
    /// Of those that several members of one object share, the one that is kept, and these members.
    members: IndexMap<TypeId, (TypeId, Vec<String>)>,
}

impl Alike {
    fn new(api: &Api) -> Self {
        Alike {
            met: api.type_ids().collect(),
            first: api.type_ids().collect(),
            members: IndexMap::new(),
        }
    }

    /// The type that stands for all that are like this one.
    fn find(&self, id: TypeId) -> TypeId {
        let mut at = id;
        while self.met[at.0 as usize] != at {
            at = self.met[at.0 as usize];
        }
        at
    }

    fn kept(&self, id: TypeId) -> TypeId {
        let alike = self.find(id);
        match self.members.get(&alike) {
            // A type before the object keeps its name: the object may be new.
            Some((kept, _)) if id >= *kept => *kept,
            _ => self.first[alike.0 as usize],
        }
    }

    /// Parts have higher ids than their owners, so that going backwards meets the parts first, and
    /// owners can be compared by which types their parts are.
    fn find_all(&mut self, api: &mut Api) {
        let mut known: HashMap<u64, Vec<TypeId>> = HashMap::new();
        let ids: Vec<TypeId> = api.type_ids().collect();
        // That of a type whose parts are like no others is right already.
        let hashes = parallel::map(&ids, |id| said(api, *id).map(hash));
        for (id, hashed) in ids.into_iter().zip(hashes).rev() {
            self.join_members(api, id);
            let has_changed = self.name_parts(&mut api.types[id.0 as usize].shape);
            let Some(own) = said(api, id) else { continue };
            let hashed = hashed.filter(|_| !has_changed);
            let same = known
                .entry(hashed.unwrap_or_else(|| hash(own)))
                .or_default();
            let is_same = |other: &&TypeId| said(api, **other) == said(api, id);
            let found = same.iter().find(is_same).copied();
            if found.is_none() {
                same.push(id);
            }
            let alike = self.find(found.unwrap_or(id));
            self.met[id.0 as usize] = alike;
            self.first[alike.0 as usize] = id;
        }
    }

    /// Has a shape name those that its parts are like; whether any is another.
    fn name_parts(&self, shape: &mut Shape) -> bool {
        let mut has_changed = false;
        shape.each_schema_mut(&mut |schema| {
            schema.each_type_mut(&mut |part| {
                let alike = self.find(*part);
                has_changed |= alike != *part;
                *part = alike;
            });
        });
        has_changed
    }

    /// Makes one of the types of members of an object that are alike.
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
        // To compare them is dear, and most objects have none.
        if parts.len() < FEW {
            return;
        }
        let mut groups: IndexMap<_, IndexMap<TypeId, String>> = IndexMap::new();
        for (part, member) in parts {
            let group = groups.entry(said_of_member(api, part)).or_default();
            group.insert(part, member.name.clone());
        }
        for group in groups.into_values().filter(|group| group.len() >= FEW) {
            let parts: Vec<TypeId> = group.keys().copied().collect();
            let alike = self.find(parts[0]);
            for part in &parts {
                let other = self.find(*part);
                self.met[other.0 as usize] = alike;
                self.members.swap_remove(&other);
            }
            let names = group.into_values().collect();
            self.members.insert(alike, (parts[0], names));
        }
    }
}

/// Whether a type is that of members of an object, and of nothing else.
fn is_part(api: &Api, object: TypeId, id: TypeId) -> bool {
    let def = api.ty(id);
    match &def.origin {
        Origin::Inline { owner, role } => {
            let is_member = matches!(role.innermost(), Role::Member(_));
            *owner == Owner::Type(object) && is_member && def.pinned.is_none()
        }
        _ => false,
    }
}

/// What a type says, apart from the part that it plays.
fn said_apart(def: &TypeDef, has_docs: bool) -> impl Hash + Eq + use<'_> {
    let docs = has_docs.then_some(&def.docs);
    (def.inferred, def.deprecated, docs, &def.shape)
}

/// What the types of members of an object must have in common to be one.
fn said_of_member(api: &Api, id: TypeId) -> impl Hash + Eq + use<'_> {
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
    (part, said_apart(def, has_docs))
}

/// What two types must have in common to be one; `None` for a type that stands alone.
fn said(api: &Api, id: TypeId) -> Option<impl Hash + Eq + use<'_>> {
    let part = part(api, id)?;
    // One number alone says nothing without its owner.
    if let Shape::Enum(one) = &api.ty(id).shape
        && one.kind == EnumKind::Integer
        && one.values.len() == 1
    {
        return None;
    }
    let keeps_docs = matches!(part[..], [Role::Member(_) | Role::Parameter(_)]);
    let said = said_apart(api.ty(id), !keeps_docs);
    Some((group(api, id), part, said))
}

fn hash(said: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    said.hash(&mut hasher);
    hasher.finish()
}

/// In which part of the document a type is described: in components, operations or webhooks.
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
