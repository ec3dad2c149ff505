//! Applies the names in the configuration, and reports those that match no item.

use super::find_operations::OperationIndex;
use crate::diag::{Diagnostics, Location, codes};
use crate::did_you_mean::nearest;
use crate::ir::{
    Api, ConfiguredName, ConfiguredNames, NameOverride, NameOverrides, Origin, Parameter, Shape,
    TypeId,
};
use crate::tree::Tree;
use indexmap::IndexMap;
use serde_json::Value as Json;
use std::collections::HashMap;

pub fn run(api: &mut Api, tree: &Tree, overrides: &NameOverrides, diagnostics: &mut Diagnostics) {
    if *overrides == NameOverrides::default() {
        return;
    }
    groups(api, &overrides.groups, diagnostics);
    let operations = OperationIndex::new(api);
    for (key, configured) in &overrides.ids {
        if let Some(id) = operations.find(api, "names.ids", key, &configured.key.0, diagnostics) {
            api.operations[id.0 as usize].id_override = Some(configured.name.clone());
        }
    }
    for (key, configured) in &overrides.operations {
        if let Some(id) =
            operations.find(api, "names.operations", key, &configured.key.0, diagnostics)
        {
            api.operations[id.0 as usize].pinned = Some(configured.pin());
        }
    }
    parameters(api, &overrides.parameters, diagnostics);
    let types = Types::new(api, tree);
    for (key, configured) in &overrides.types {
        match types.called(key) {
            Some(id) => {
                diagnostics.mark_used(&configured.key.0);
                api.types[id.0 as usize].pinned = Some(configured.pin());
            }
            None => unknown(
                api,
                "names.types",
                "type",
                key,
                configured,
                || components(api),
                diagnostics,
            ),
        }
    }
    for (key, configured) in &overrides.members {
        let place = member_override(api, &types, key);
        match place {
            Some(place) => {
                diagnostics.mark_used(&configured.key.0);
                *place = Some(configured.pin());
            }
            None => {
                let known = || all_members(api);
                unknown(
                    api,
                    "names.members",
                    "property of a type",
                    key,
                    configured,
                    known,
                    diagnostics,
                );
            }
        }
    }
}

pub(super) fn unknown(
    api: &Api,
    section: &str,
    what: &str,
    key: &str,
    configured: &ConfiguredName,
    known: impl FnOnce() -> Vec<String>,
    diagnostics: &mut Diagnostics,
) {
    let at = &configured.key.0;
    unknown_name(api, section, what, key, at, known, diagnostics);
}

/// Reports a name in the configuration, at this position, that no item has.
pub(super) fn unknown_name(
    api: &Api,
    section: &str,
    what: &str,
    key: &str,
    at: &Location,
    known: impl FnOnce() -> Vec<String>,
    diagnostics: &mut Diagnostics,
) {
    if api.left_out.has(key) {
        diagnostics.mark_used(at);
        return;
    }
    let known = match diagnostics.suggests() {
        true => known(),
        false => Vec::new(),
    };
    let near = nearest(key, known.iter().map(String::as_str));
    let finding = codes::unknown_named_item(at, section, what, key, near);
    diagnostics.push_unless_used(finding);
}

fn groups(api: &mut Api, overrides: &ConfiguredNames, diagnostics: &mut Diagnostics) {
    let names = api.groups.iter().enumerate().flat_map(|(index, group)| {
        let names = group.also.iter().chain([&group.name]);
        names.map(move |name| (name.clone(), index))
    });
    let names: IndexMap<String, usize> = names.collect();
    for (key, configured) in overrides {
        match names.get(key) {
            Some(index) => {
                diagnostics.mark_used(&configured.key.0);
                api.groups[*index].pinned = Some(configured.pin());
            }
            None => {
                let known = || names.keys().cloned().collect();
                unknown(
                    api,
                    "names.tags",
                    "tag of an operation",
                    key,
                    configured,
                    known,
                    diagnostics,
                );
            }
        }
    }
}

fn parameters(api: &mut Api, overrides: &ConfiguredNames, diagnostics: &mut Diagnostics) {
    let places = match overrides.is_empty() {
        true => IndexMap::new(),
        false => all_parameters(api, |_| true),
    };
    for (key, configured) in overrides {
        match places.get(key) {
            Some((operation, parameter)) => {
                diagnostics.mark_used(&configured.key.0);
                let operation = &mut api.operations[*operation];
                operation.parameters[*parameter].pinned = Some(configured.pin());
            }
            None => {
                let known = || places.keys().cloned().collect();
                unknown(
                    api,
                    "names.parameters",
                    "parameter of an operation",
                    key,
                    configured,
                    known,
                    diagnostics,
                );
            }
        }
    }
}

/// Returns operation and parameter indices by `OPERATION.parameter`, the first of several.
pub(super) fn all_parameters(
    api: &Api,
    is_meant: impl Fn(&Parameter) -> bool,
) -> IndexMap<String, (usize, usize)> {
    let mut places = IndexMap::new();
    for (at, operation) in api.operations.iter().enumerate() {
        let names: Vec<String> = operation.names().collect();
        let parameters = operation.parameters.iter().enumerate();
        for (index, parameter) in parameters.filter(|(_, parameter)| is_meant(parameter)) {
            for owner in &names {
                let key = format!("{owner}.{}", parameter.name);
                places.entry(key).or_insert((at, index));
            }
        }
    }
    places
}

pub(super) fn components(api: &Api) -> Vec<String> {
    let names = api.types.iter().filter_map(|def| match &def.origin {
        Origin::Component(name) => Some(name.clone()),
        _ => None,
    });
    names.collect()
}

/// Types by their keys in the configuration, the first of several.
pub(super) struct Types {
    components: HashMap<String, TypeId>,
    /// By the JSON Pointer of the schema.
    places: HashMap<String, TypeId>,
}

impl Types {
    pub(super) fn new(api: &Api, tree: &Tree) -> Self {
        let (mut components, mut places) = (HashMap::new(), HashMap::new());
        for id in api.type_ids() {
            let def = api.ty(id);
            if let Origin::Component(name) = &def.origin {
                components.entry(name.clone()).or_insert(id);
            }
            if let Some(at) = def.at {
                places.entry(tree.node(at).pointer()).or_insert(id);
            }
        }
        Types { components, places }
    }

    /// Returns the type with this component name or JSON Pointer.
    pub(super) fn called(&self, key: &str) -> Option<TypeId> {
        let Some(pointer) = key.strip_prefix('#') else {
            return self.components.get(key).copied();
        };
        // A component may be a reference to a schema in another file.
        let sections = ["/components/schemas/", "/definitions/"];
        let mut names = sections.iter().filter_map(|it| pointer.strip_prefix(it));
        let name = names.next();
        let name = name.map(|name| name.replace("~1", "/").replace("~0", "~"));
        let component = name.and_then(|name| self.components.get(&name));
        component
            .into_iter()
            .chain(self.places.get(pointer))
            .min()
            .copied()
    }
}

/// Returns the name override of a property or enum value.
fn member_override<'a>(
    api: &'a mut Api,
    types: &Types,
    key: &str,
) -> Option<&'a mut Option<NameOverride>> {
    let dots = key.match_indices('.').map(|(at, _)| at);
    let owners = dots.filter_map(|at| Some((types.called(&key[..at])?, at + 1)));
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

/// Returns an enum value as a configuration key.
fn wire(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}
