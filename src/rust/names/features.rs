//! Cargo features of a large crate: one per resource, which enables the resource and the types that its
//! operations reach.
//!
//! The unit is a file of types. A file is compiled with any feature whose operations reach one of its
//! types. A file that more than `MOST_NAMED` features reach is always compiled, which keeps `cfg`
//! attributes short. Reaching a type also reaches its dependencies, so they are always compiled with it.

use super::{ResourceNames, TypeNames, bounded};
use crate::config;
use crate::ir::{Api, Body, OperationId, Schema, SchemaKind, TypeId};
use crate::naming::{IdentCase, NameScope, reserved, words};
use crate::rust::formats::dependency_names;
use serde::Serialize;
use std::collections::HashMap;

/// The number of types and operations from which on features pay off: compiling that many takes about 6 s
/// and 700 MB.
const LARGE: usize = 1_500;

/// The most features in one `cfg` attribute.
const MOST_NAMED: usize = 8;

/// crates.io accepts 300 features; the remaining ones are reserved for features that are not resources.
const MOST_RESOURCES: usize = 280;

/// The feature that enables all others and the types that no operation uses.
pub const FULL: &str = "full";

/// The features of a crate, and the features that gate each item.
#[derive(Debug, Default, Serialize)]
pub struct Features {
    /// Features for resources (one or several each) and for webhooks.
    pub list: Vec<Feature>,
    /// By [`TypeId`].
    #[serde(skip)]
    types: Vec<Gate>,
    /// By the index in [`Api::error_bodies`].
    #[serde(skip)]
    error_bodies: Vec<Gate>,
}

#[derive(Debug, Serialize)]
pub struct Feature {
    pub name: String,
    /// The indices of the groups that the feature enables; empty for webhooks.
    pub groups: Vec<usize>,
}

/// The features any of which enables an item; `None` if the item is always compiled.
pub type Gate = Option<Vec<String>>;

impl Features {
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub fn of_type(&self, id: TypeId) -> Gate {
        self.types.get(id.0 as usize).cloned().flatten()
    }

    pub fn of_error_body(&self, index: usize) -> Gate {
        self.error_bodies.get(index).cloned().flatten()
    }

    pub fn of_group(&self, group: usize) -> Gate {
        // Binary search works because `list` adds groups in ascending order.
        let has_group = |feature: &&Feature| feature.groups.binary_search(&group).is_ok();
        self.named(has_group)
    }

    pub fn of_webhooks(&self) -> Gate {
        self.named(|feature| feature.groups.is_empty())
    }

    fn named(&self, test: impl Fn(&&Feature) -> bool) -> Gate {
        let feature = self.list.iter().find(test)?;
        Some(vec![feature.name.clone()])
    }
}

/// Returns the features of an API that is large or whose configuration enables features.
pub fn resolve(
    api: &Api,
    wanted: config::FeatureMode,
    resources: &[ResourceNames],
    types: &[TypeNames],
) -> Features {
    let is_wanted = match wanted {
        config::FeatureMode::Auto => api.types.len() + api.operations.len() >= LARGE,
        config::FeatureMode::PerResource => true,
        config::FeatureMode::None => false,
    };
    if !is_wanted || api.groups.is_empty() {
        return Features::default();
    }
    let list = list(api, resources);
    let files = TypeImports::new(api, types);
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); api.types.len()];
    for (index, feature) in list.iter().enumerate() {
        for file in files.with_dependencies(roots(api, feature)) {
            users[file.0 as usize].push(index);
        }
    }
    let gate = |users: &[usize]| match users {
        [] => Some(vec![FULL.to_owned()]),
        _ if users.len() > MOST_NAMED => None,
        _ => Some(
            users
                .iter()
                .map(|index| list[*index].name.clone())
                .collect(),
        ),
    };
    let of_type = |names: &TypeNames| gate(&users[names.root.0 as usize]);
    let users_of_bodies = users_of_bodies(api, &list);
    let of_body = |body: &Schema| {
        let users = users_of_bodies.get(&body.kind);
        gate(users.map_or(&[], Vec::as_slice))
    };
    Features {
        types: types.iter().map(of_type).collect(),
        error_bodies: api.error_bodies.iter().map(of_body).collect(),
        list,
    }
}

/// Lists the features, each named after its resource's module. If there are too many resources, those
/// with the fewest operations share one feature.
fn list(api: &Api, resources: &[ResourceNames]) -> Vec<Feature> {
    let dependencies = dependency_names().map(|name| name.replace('-', "_"));
    let reserved = reserved::FEATURES.iter().map(|name| (*name).to_owned());
    let reserved: Vec<String> = reserved.chain(dependencies).collect();
    let mut scope = NameScope::with_reserved(IdentCase::Snake, reserved.iter().map(String::as_str));
    let mut by_size: Vec<usize> = (0..api.groups.len()).collect();
    by_size.sort_by_key(|group| std::cmp::Reverse(api.groups[*group].operations.len()));
    let mut others = match by_size.len() > MOST_RESOURCES {
        true => by_size.split_off(MOST_RESOURCES - 1),
        false => Vec::new(),
    };
    others.sort_unstable();
    let mut list = Vec::new();
    for (group, names) in resources.iter().enumerate() {
        if others.binary_search(&group).is_ok() {
            continue;
        }
        let with_suffix = [bounded(words(&names.module)), words("api")].concat();
        let claimed = scope.claim_exact(&names.module);
        let claimed = claimed.unwrap_or_else(|| scope.claim(&[with_suffix]));
        list.push(Feature {
            name: claimed.ident,
            groups: vec![group],
        });
    }
    let mut shared = |wishes: [&str; 2], groups: Vec<usize>| {
        let name = scope.claim(&wishes.map(words)).ident;
        list.push(Feature { name, groups });
    };
    if !others.is_empty() {
        shared(["others", "other resources"], others);
    }
    if !api.webhooks.is_empty() {
        shared(["webhooks", "incoming webhooks"], Vec::new());
    }
    list
}

/// Returns the types that a feature's items mention directly.
fn roots(api: &Api, feature: &Feature) -> Vec<TypeId> {
    let mut found = Vec::new();
    let mut visit = |schema: &Schema| schema.each_type(&mut |id| found.push(id));
    let operations = feature.groups.iter();
    for id in operations.flat_map(|group| &api.groups[*group].operations) {
        each_schema(api, *id, &mut visit);
    }
    if feature.groups.is_empty() {
        for webhook in &api.webhooks {
            body_schemas(webhook.body.as_ref(), &mut visit);
        }
        found.extend(api.event);
    }
    found
}

fn each_schema(api: &Api, id: OperationId, visit: &mut impl FnMut(&Schema)) {
    let operation = api.operation(id);
    for parameter in &operation.parameters {
        visit(&parameter.schema);
    }
    body_schemas(operation.body.as_ref(), visit);
    for response in &operation.responses {
        for content in &response.contents {
            content.each_schema(visit);
        }
        for header in &response.headers {
            visit(&header.schema);
        }
    }
}

fn body_schemas(body: Option<&Body>, visit: &mut impl FnMut(&Schema)) {
    for content in body.into_iter().flat_map(|body| &body.contents) {
        content.each_schema(visit);
    }
}

/// Maps each error body to the features whose operations document it.
fn users_of_bodies<'a>(api: &'a Api, list: &[Feature]) -> HashMap<&'a SchemaKind, Vec<usize>> {
    let mut users: HashMap<&SchemaKind, Vec<usize>> = HashMap::new();
    for (index, feature) in list.iter().enumerate() {
        let groups = feature.groups.iter();
        for id in groups.flat_map(|group| &api.groups[*group].operations) {
            for schema in api.operation(*id).errors().filter_map(|error| error.json()) {
                let users = users.entry(&schema.kind).or_default();
                if users.last() != Some(&index) {
                    users.push(index);
                }
            }
        }
    }
    users
}

/// The files of types, each identified by its root type, with the files that it imports from.
struct TypeImports<'a> {
    types: &'a [TypeNames],
    imports: Vec<Vec<TypeId>>,
}

impl<'a> TypeImports<'a> {
    fn new(api: &Api, types: &'a [TypeNames]) -> Self {
        let mut imports: Vec<Vec<TypeId>> = vec![Vec::new(); api.types.len()];
        for (def, names) in api.types.iter().zip(types) {
            let from = &mut imports[names.root.0 as usize];
            def.shape.each_schema(&mut |schema| {
                schema.each_type(&mut |id| from.push(types[id.0 as usize].root));
            });
        }
        TypeImports { types, imports }
    }

    /// Returns the files that define these types, and all files that they import from.
    fn with_dependencies(&self, types: Vec<TypeId>) -> Vec<TypeId> {
        let mut open: Vec<TypeId> = types;
        let mut seen = vec![false; self.types.len()];
        let mut files = Vec::new();
        while let Some(id) = open.pop() {
            let file = self.types[id.0 as usize].root;
            if !std::mem::replace(&mut seen[file.0 as usize], true) {
                files.push(file);
                open.extend(&self.imports[file.0 as usize]);
            }
        }
        files
    }
}
