//! Files of types: one for each root type, with the types that it contains inline.

use super::docs::Text;
use super::gated::Gated;
use super::{enumeration, first_use, object, union};
use crate::ir::{Shape, TypeId};
use crate::parallel;
use crate::rust::code::{use_groups, use_lines};
use crate::rust::{Plan, Scope, layout};
use serde::Serialize;
use std::collections::BTreeSet;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TypeFile {
    pub module: String,
    /// Whole lines.
    pub uses: Vec<String>,
    pub items: Vec<TypeItem>,
}

/// One declaration; exactly one of the four fields is set.
#[derive(Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TypeItem {
    pub object: Option<object::ObjectView>,
    pub enumeration: Option<enumeration::EnumView>,
    pub union: Option<union::UnionView>,
    pub alias: Option<AliasView>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AliasView {
    pub docs: Vec<String>,
    pub declaration: String,
}

pub fn all(plan: Plan<'_>) -> Vec<TypeFile> {
    let mut files = each(plan, |file| file);
    files.sort_by(|one, other| layout::module_order(&one.module, &other.module));
    files
}

/// Runs `work` on the view of each file, so that the views of all files are never in memory at once.
pub fn each<R: Send>(plan: Plan<'_>, work: impl Fn(TypeFile) -> R + Sync) -> Vec<R> {
    parallel::map(&parts(plan), |part| work(file(plan, part)))
}

/// Returns the modules of all files, as the index declares them.
pub fn modules(plan: Plan<'_>) -> Vec<Gated> {
    let mut roots: Vec<TypeId> = parts(plan).iter().map(|part| part[0]).collect();
    let module = |id: &TypeId| plan.names.ty(*id).module.as_str();
    roots.sort_by(|one, other| layout::module_order(module(one), module(other)));
    let features = &plan.names.features;
    let gated = |id: &TypeId| Gated::new(&features.of_type(*id), module(id).to_owned());
    roots.iter().map(gated).collect()
}

/// Returns the types of each file, the root first.
fn parts(plan: Plan<'_>) -> Vec<Vec<TypeId>> {
    let mut parts: Vec<Vec<TypeId>> = plan.api.types.iter().map(|_| Vec::new()).collect();
    for id in plan.api.type_ids() {
        parts[plan.names.ty(id).root.0 as usize].push(id);
    }
    // Only a root has parts, and it is the first of them.
    parts.retain(|part| !part.is_empty());
    parts
}

/// Returns the `pub use` lines of `types/mod.rs`: one per type, or one per file if the file has a `cfg`
/// attribute.
pub fn exports(plan: Plan<'_>) -> Vec<Gated> {
    let features = &plan.names.features;
    let mut lines = Vec::new();
    for part in parts(plan) {
        let path = format!("pub use self::{}", plan.names.ty(part[0]).module);
        let mut names: Vec<&str> = part
            .iter()
            .map(|id| plan.names.ty(*id).ident.as_str())
            .collect();
        layout::sort_uses(&mut names);
        let together = if features.is_empty() { 1 } else { names.len() };
        let gate = features.of_type(part[0]);
        let imports = names.chunks(together);
        lines.extend(imports.map(|names| Gated::new(&gate, layout::import(&path, names))));
    }
    layout::sort_uses(&mut lines);
    lines
}

fn file(plan: Plan<'_>, ids: &[TypeId]) -> TypeFile {
    let module = &plan.names.ty(ids[0]).module;
    let scope = Scope::types(module);
    let items: Vec<TypeItem> = ids.iter().map(|id| item(plan, *id, &scope)).collect();
    let uses = uses(&items, scope);
    TypeFile {
        module: module.clone(),
        uses,
        items,
    }
}

fn item(plan: Plan<'_>, id: TypeId, scope: &Scope<'_>) -> TypeItem {
    let def = plan.api.ty(id);
    match &def.shape {
        Shape::Object(shape) => TypeItem {
            object: Some(object::view(plan, id, shape, scope)),
            ..TypeItem::default()
        },
        Shape::Enum(shape) => TypeItem {
            enumeration: Some(enumeration::view(plan, id, shape)),
            ..TypeItem::default()
        },
        Shape::Union(shape) => TypeItem {
            union: Some(union::view(plan, id, shape, scope)),
            ..TypeItem::default()
        },
        Shape::Alias(schema) => {
            let notes = crate::describe::notes("", "", schema, def.inferred);
            let ident = &plan.names.ty(id).ident;
            let docs = Text::new()
                .about(ident, &def.docs, &first_use::sentence(plan, def))
                .paragraph(&notes);
            let declaration = layout::alias(ident, &scope.ty(&plan.bare(schema)));
            let alias = AliasView {
                docs: docs.finish(),
                declaration,
            };
            TypeItem {
                alias: Some(alias),
                ..TypeItem::default()
            }
        }
    }
}

/// Returns the imports of a file, one per line, so that their layout does not depend on length.
fn uses(items: &[TypeItem], scope: Scope<'_>) -> Vec<String> {
    let objects = items.iter().any(|item| item.object.is_some());
    let unions = items.iter().any(|item| item.union.is_some());
    let mut shapes = items.iter().filter_map(|item| item.union.as_ref());
    let declared = scope.declared().into_iter();
    let mut own: Vec<String> = declared
        .map(|ident| format!("use super::{ident};"))
        .collect();
    let enums = items.iter().filter_map(|item| item.enumeration.as_ref());
    let macros: BTreeSet<&str> = enums.map(|shape| shape.macro_name).collect();
    let imported = |name| format!("use crate::runtime::enumeration::{name};");
    own.extend(macros.into_iter().map(imported));
    if shapes.any(|union| union.module == "digits") {
        own.push("use crate::runtime::digits;".to_owned());
    }
    if objects {
        own.push("use crate::runtime::json;".to_owned());
    }
    if unions {
        own.push("use crate::runtime::union;".to_owned());
    }
    use_groups([use_lines(scope.into_imports()), own])
}
