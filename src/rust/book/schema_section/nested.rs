//! The types of properties, below the table of the object that has them.

use super::{Nested, ShapeView, of_type};
use crate::ir::{Origin, Schema, Shape, TypeId};
use crate::prose;
use crate::rust::book::page::{Page, declared};
use crate::rust::book::text;

/// How deep types are shown. A reader of deeper ones follows the links to their pages.
const DEEPEST: usize = 3;

/// The most types in one body.
const MOST: usize = 20;

/// Returns the documentation of a type with the types of its properties. A type is shown once.
pub fn expanded(page: Page<'_>, id: TypeId) -> ShapeView {
    let mut shown = vec![id];
    expand(page, id, 1, &mut shown)
}

fn expand(page: Page<'_>, id: TypeId, depth: usize, shown: &mut Vec<TypeId>) -> ShapeView {
    let mut view = of_type(page, id);
    if depth <= DEEPEST {
        let parts = parts(page, id, true);
        // The types of one table come before those below them.
        let mut own: Vec<(String, TypeId)> = Vec::new();
        for (name, part) in parts {
            if shown.len() < MOST && !shown.contains(&part) {
                shown.push(part);
                own.push((name, part));
            }
        }
        let nested = own.into_iter().map(|(name, part)| Nested {
            name,
            ty: page.type_link(part),
            description: description(page, part),
            shapes: vec![expand(page, part, depth + 1, shown)],
        });
        view.nested = nested.collect();
    }
    view
}

/// Returns the names of a type's parts with the types that are worth a section. The table of a type also has the
/// properties of its inline objects, one level deep, so `is_outer` includes their parts.
fn parts(page: Page<'_>, id: TypeId, is_outer: bool) -> Vec<(String, TypeId)> {
    let api = page.book.plan.api;
    let part = |name: String, schema: &Schema| {
        let id = declared(schema)?;
        let is_shown = match &api.ty(id).shape {
            Shape::Object(object) => !object.members.is_empty(),
            Shape::Union(_) => true,
            Shape::Enum(shape) => super::table::is_long(shape),
            Shape::Alias(_) => false,
        };
        is_shown.then_some((name, id))
    };
    match &api.ty(id).shape {
        Shape::Object(object) => {
            let mut found = Vec::new();
            for member in object.members.iter().filter(|member| !member.read_only) {
                let name = prose::code_span(&member.name);
                let Some((name, inner)) = part(name, &member.schema) else {
                    continue;
                };
                match (&api.ty(inner).origin, &api.ty(inner).shape) {
                    (Origin::Inline { .. }, Shape::Object(_)) if is_outer => {
                        found.extend(parts(page, inner, false));
                    }
                    _ => found.push((name, inner)),
                }
            }
            found
        }
        Shape::Union(union) => {
            let names = &page.book.plan.names.ty(id).parts;
            let branches = union.branches.iter().zip(names);
            let branch = |(branch, name): (&crate::ir::Branch, &String)| {
                part(prose::code_span(name), &branch.schema)
            };
            branches.filter_map(branch).collect()
        }
        Shape::Alias(_) | Shape::Enum(_) => Vec::new(),
    }
}

fn description(page: Page<'_>, id: TypeId) -> Vec<String> {
    let docs = &page.book.plan.api.ty(id).docs;
    let sentence = text::brief(docs);
    Some(sentence)
        .filter(|text| !text.is_empty())
        .into_iter()
        .collect()
}
