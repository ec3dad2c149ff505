//! Puts types of the user in place of generated ones, and adds traits to those that types derive.

use super::dedup;
use super::name_overrides::{Types, components, unknown_name};
use crate::diag::Diagnostics;
use crate::example::sample::{self, Direction};
use crate::ir::{
    Api, ConfiguredNames, DeriveConfig, ExternalType, Origin, Schema, SchemaKind, Shape, TypeId,
};
use crate::tree::Tree;
use std::collections::HashSet;

pub fn run(
    api: &mut Api,
    tree: &Tree,
    types: &ConfiguredNames,
    derives: &DeriveConfig,
    diagnostics: &mut Diagnostics,
) {
    if types.is_empty() && derives.by_type.is_empty() {
        return;
    }
    let known = Types::new(api, tree);
    for (name, configured) in &derives.by_type {
        let at = &configured.key.0;
        match known.called(name).filter(|id| is_generated(api, *id)) {
            Some(id) => {
                diagnostics.mark_used(at);
                api.types[id.0 as usize].derives = configured.traits.clone();
            }
            None => unknown_name(
                api,
                "derives",
                "type",
                name,
                at,
                || components(api),
                diagnostics,
            ),
        }
    }
    let mut parts = HashSet::new();
    for (name, configured) in types {
        let at = &configured.key.0;
        match known.called(name) {
            Some(id) => {
                diagnostics.mark_used(at);
                add_parts(api, id, &mut parts);
                replace(api, id, &configured.name);
            }
            None => unknown_name(
                api,
                "types",
                "type",
                name,
                at,
                || components(api),
                diagnostics,
            ),
        }
    }
    drop_unused(api, parts);
}

/// Returns whether a type has a declaration that can derive traits.
fn is_generated(api: &Api, id: TypeId) -> bool {
    !matches!(api.ty(id).shape, Shape::Alias(_))
}

/// Turns a declared type into an alias of the user's type.
fn replace(api: &mut Api, id: TypeId, path: &str) {
    let schema = Schema::new(SchemaKind::Declared(id));
    let given = api.ty(id).examples.clone();
    let sample = match given.into_iter().next() {
        Some(example) => example,
        None => sample::full(api, &schema, Direction::Response),
    };
    let external = ExternalType {
        path: path.to_owned(),
        sample,
    };
    let external = Schema::new(SchemaKind::External(Box::new(external)));
    let def = &mut api.types[id.0 as usize];
    def.shape = Shape::Alias(external);
    def.limits.clear();
}

/// Adds the inline types that a type contains, at any depth.
fn add_parts(api: &Api, id: TypeId, parts: &mut HashSet<TypeId>) {
    let mut found = vec![id];
    while let Some(id) = found.pop() {
        api.ty(id).shape.each_schema(&mut |schema| {
            schema.each_type(&mut |part| {
                let is_inline = matches!(api.ty(part).origin, Origin::Inline { .. });
                if is_inline && parts.insert(part) {
                    found.push(part);
                }
            });
        });
    }
}

/// Drops the types of a set that only types of the set refer to.
fn drop_unused(api: &mut Api, parts: HashSet<TypeId>) {
    let mut unused = HashSet::new();
    loop {
        let mut rest: HashSet<TypeId> = parts.difference(&unused).copied().collect();
        api.each_schema_mut(&mut |schema| schema.each_type(&mut |id| _ = rest.remove(&id)));
        if rest.is_empty() {
            break;
        }
        for id in rest {
            api.types[id.0 as usize].shape = Shape::Alias(Schema::any());
            unused.insert(id);
        }
    }
    dedup::drop_types(api, &unused);
}
