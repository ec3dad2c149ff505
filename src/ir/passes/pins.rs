//! Names that the user gives: each goes to what it is for, or is told to be for nothing.

use super::named::named;
use crate::diag::{Diagnostics, codes};
use crate::ir::{Api, Given, Givens, Operation, Origin, Pin, Pins, Shape, TypeId};
use crate::nearest::nearest;
use crate::tree::Tree;
use serde_json::Value as Json;

pub fn run(api: &mut Api, tree: &Tree, pins: &Pins, diagnostics: &mut Diagnostics) {
    groups(api, &pins.groups, diagnostics);
    for (key, given) in &pins.ids {
        if let Some(id) = named(api, "names.ids", key, &given.at, diagnostics) {
            api.operations[id.0 as usize].called = Some(given.name.clone());
        }
    }
    for (key, given) in &pins.operations {
        if let Some(id) = named(api, "names.operations", key, &given.at, diagnostics) {
            api.operations[id.0 as usize].pinned = Some(given.pin());
        }
    }
    parameters(api, &pins.parameters, diagnostics);
    for (key, given) in &pins.types {
        match type_called(api, tree, key) {
            Some(id) => api.types[id.0 as usize].pinned = Some(given.pin()),
            None => unknown("types", "type", key, given, components(api), diagnostics),
        }
    }
    for (key, given) in &pins.members {
        let place = slot(api, tree, key);
        match place {
            Some(place) => *place = Some(given.pin()),
            None => {
                let known = all_members(api);
                unknown(
                    "members",
                    "member of a type",
                    key,
                    given,
                    known,
                    diagnostics,
                );
            }
        }
    }
}

fn unknown(
    section: &str,
    what: &str,
    key: &str,
    given: &Given,
    known: Vec<String>,
    diagnostics: &mut Diagnostics,
) {
    let near = nearest(key, known.iter().map(String::as_str));
    diagnostics.push(codes::name_of_unknown(&given.at, section, what, key, near));
}

fn groups(api: &mut Api, pins: &Givens, diagnostics: &mut Diagnostics) {
    for (key, given) in pins {
        match api.groups.iter_mut().find(|group| group.name == *key) {
            Some(group) => group.pinned = Some(given.pin()),
            None => {
                let known = api.groups.iter().map(|group| group.name.clone()).collect();
                unknown(
                    "tags",
                    "tag of an operation",
                    key,
                    given,
                    known,
                    diagnostics,
                );
            }
        }
    }
}

fn parameters(api: &mut Api, pins: &Givens, diagnostics: &mut Diagnostics) {
    for (key, given) in pins {
        let mut found = api.operations.iter_mut().flat_map(|operation| {
            let names: Vec<String> = operation.names().collect();
            let parameters = operation.parameters.iter_mut();
            parameters.filter(move |parameter| {
                names.iter().any(|name| is_part(key, name, &parameter.name))
            })
        });
        match found.next() {
            Some(parameter) => parameter.pinned = Some(given.pin()),
            None => {
                drop(found);
                let known = all_parameters(api);
                unknown(
                    "parameters",
                    "parameter of an operation",
                    key,
                    given,
                    known,
                    diagnostics,
                );
            }
        }
    }
}

fn all_parameters(api: &Api) -> Vec<String> {
    let of = |operation: &Operation| {
        let names: Vec<String> = operation.names().collect();
        let parameters = operation.parameters.iter();
        let dotted = parameters.flat_map(move |parameter| {
            let name = &parameter.name;
            let dotted = names.iter().map(|owner| format!("{owner}.{name}"));
            dotted.collect::<Vec<_>>()
        });
        dotted.collect::<Vec<_>>()
    };
    api.operations.iter().flat_map(of).collect()
}

/// Whether a key is that of a part: `OWNER.PART`, either of which may have dots itself.
fn is_part(key: &str, owner: &str, part: &str) -> bool {
    let rest = key.strip_prefix(owner);
    rest.and_then(|rest| rest.strip_prefix('.')) == Some(part)
}

fn components(api: &Api) -> Vec<String> {
    let names = api.types.iter().filter_map(|def| match &def.origin {
        Origin::Component(name) => Some(name.clone()),
        _ => None,
    });
    names.collect()
}

/// The type of a component's name, or of a schema by its pointer in the document.
fn type_called(api: &Api, tree: &Tree, key: &str) -> Option<TypeId> {
    api.type_ids().find(|id| is_called(api, tree, *id, key))
}

fn is_called(api: &Api, tree: &Tree, id: TypeId, key: &str) -> bool {
    let def = api.ty(id);
    match (key.strip_prefix('#'), &def.origin) {
        (Some(pointer), origin) => {
            let sections = ["/components/schemas/", "/definitions/"];
            let mut names = sections.iter().filter_map(|it| pointer.strip_prefix(it));
            let name = names.next();
            let name = name.map(|name| name.replace("~1", "/").replace("~0", "~"));
            let is_named = |own: &String| name.as_ref() == Some(own);
            // A component may be a reference to another file, where its schema stands.
            matches!(origin, Origin::Component(own) if is_named(own))
                || def.at.is_some_and(|at| tree.node(at).pointer() == pointer)
        }
        (None, Origin::Component(name)) => name == key,
        (None, _) => false,
    }
}

/// Where the name of a member, or of a value, stands.
fn slot<'a>(api: &'a mut Api, tree: &Tree, key: &str) -> Option<&'a mut Option<Pin>> {
    let dots = key.match_indices('.').map(|(at, _)| at);
    let owners = dots.filter_map(|at| Some((type_called(api, tree, &key[..at])?, at + 1)));
    let owners: Vec<(TypeId, usize)> = owners.collect();
    let has = |(id, at): &&(TypeId, usize)| match &api.ty(*id).shape {
        Shape::Object(object) => object.members.iter().any(|it| it.name == key[*at..]),
        Shape::Enum(of) => of.values.iter().any(|it| wire(&it.value) == key[*at..]),
        _ => false,
    };
    let (id, at) = *owners.iter().find(has)?;
    match &mut api.types[id.0 as usize].shape {
        Shape::Object(object) => {
            let mut members = object.members.iter_mut();
            members
                .find(|it| it.name == key[at..])
                .map(|it| &mut it.pinned)
        }
        Shape::Enum(of) => {
            let mut values = of.values.iter_mut();
            values
                .find(|it| wire(&it.value) == key[at..])
                .map(|it| &mut it.pinned)
        }
        _ => None,
    }
}

fn all_members(api: &Api) -> Vec<String> {
    let mut known = Vec::new();
    for def in &api.types {
        let Origin::Component(owner) = &def.origin else {
            continue;
        };
        let parts: Vec<String> = match &def.shape {
            Shape::Object(object) => object.members.iter().map(|it| it.name.clone()).collect(),
            Shape::Enum(of) => of.values.iter().map(|it| wire(&it.value)).collect(),
            _ => Vec::new(),
        };
        known.extend(parts.iter().map(|part| format!("{owner}.{part}")));
    }
    known
}

/// A value as a key can have it.
fn wire(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}
