//! A value's documentation: properties of an object, branches of a union, or values of an enum.

mod nested;

use super::page::Page;
use super::table::{self, Table};
use super::text;
use crate::describe;
use crate::ir::{Branch, Object, Property, Schema, SchemaKind, Shape, TypeId, Union};
use crate::prose;
use serde::Serialize;

/// A value of one schema, as shown on a page.
#[derive(Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ShapeView {
    /// Sentences before the table.
    pub lead: Vec<String>,
    /// At most one; a list, because a template iterates it without a condition.
    pub tables: Vec<Table>,
    /// The branches of a union, as list items.
    pub items: Vec<String>,
    pub values: Vec<ValueRow>,
    /// Sentences after everything else.
    pub tail: Vec<String>,
    /// Types of properties, which the page shows folded.
    pub nested: Vec<Nested>,
}

/// The type of a property.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Nested {
    /// The name of the property, and of its type.
    pub name: String,
    pub ty: String,
    pub description: Vec<String>,
    /// A list of one, because a template iterates it without naming it.
    pub shapes: Vec<ShapeView>,
}

/// A value of an enum.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ValueRow {
    pub value: String,
    pub rust: String,
    pub meaning: String,
}

/// Returns the documentation of a response's body. `lead` describes the value; properties are shown unless
/// another page has them.
pub fn of_response(page: Page<'_>, schema: &Schema) -> ShapeView {
    of_value(page, schema, |id| {
        (!is_on_type_page(page, id)).then(|| of_type(page, id))
    })
}

/// Returns the documentation of a request's body, with the types of its properties.
pub fn of_request(page: Page<'_>, schema: &Schema) -> ShapeView {
    of_value(page, schema, |id| Some(nested::expanded(page, id)))
}

fn of_value(
    page: Page<'_>,
    schema: &Schema,
    about: impl Fn(TypeId) -> Option<ShapeView>,
) -> ShapeView {
    let mut view = ShapeView::default();
    view.lead.extend(describe::envelope(schema));
    let inner = match &schema.kind {
        SchemaKind::Envelope(_, inner) => inner,
        _ => schema,
    };
    let (item, parts) = match &inner.kind {
        SchemaKind::Array(items) => (&**items, Some("items")),
        SchemaKind::Map(values) => (&**values, Some("values")),
        _ => (inner, None),
    };
    let SchemaKind::Declared(id) = item.kind else {
        return view;
    };
    let Some(about) = about(id) else {
        return view;
    };
    if let Some(parts) = parts {
        let link = page.type_link(id);
        view.lead.push(format!("The {parts} are of type {link}:"));
    }
    view.lead.extend(about.lead);
    ShapeView {
        lead: view.lead,
        ..about
    }
}

/// Returns the parts of a multipart body without a declared type.
pub fn of_parts(page: Page<'_>, parts: &Object) -> ShapeView {
    let part = |member: &Property| {
        let mut text = format!(
            "{}, {}",
            prose::code_span(&member.name),
            page.type_words(&member.schema)
        );
        if member.required {
            text.push_str(", required");
        }
        let about = member.docs.description.as_deref();
        let about = about.map(|text| text::cell(text).0).unwrap_or_default();
        match about.is_empty() {
            true => text,
            false => format!("{text}: {about}"),
        }
    };
    let sent = parts.members.iter().filter(|member| !member.read_only);
    ShapeView {
        items: sent.map(part).collect(),
        ..ShapeView::default()
    }
}

/// Returns whether a type's properties are only on its own page. In a book with one page per type, a
/// large API uses its types too often to repeat them at each use.
fn is_on_type_page(page: Page<'_>, id: TypeId) -> bool {
    let inline = matches!(
        page.book.plan.api.ty(id).origin,
        crate::ir::Origin::Inline { .. }
    );
    page.book.split && !inline
}

/// Returns the documentation of a declared type.
pub fn of_type(page: Page<'_>, id: TypeId) -> ShapeView {
    let names = page.book.plan.names.ty(id);
    let mut view = ShapeView::default();
    let limits = describe::limits(page.book.plan.api.ty(id));
    view.lead
        .extend(Some(limits).filter(|text| !text.is_empty()));
    match &page.book.plan.api.ty(id).shape {
        Shape::Object(object) => {
            let table = table::members(page, id, object);
            view.tables
                .extend(Some(table).filter(|table| !table.rows.is_empty()));
            if object.members.is_empty() {
                view.lead
                    .push("An object without documented properties.".to_owned());
            }
            view.tail.extend(
                Some(table::unknown_properties_note(page, id, object))
                    .filter(|text| !text.is_empty()),
            );
        }
        Shape::Enum(shape) => {
            let rows = shape
                .values
                .iter()
                .zip(&names.parts)
                .map(|(value, variant)| ValueRow {
                    value: prose::piped(&describe::json(&value.value)),
                    rust: prose::code_span(variant),
                    meaning: value
                        .description
                        .as_deref()
                        .map(|about| text::cell(about).0)
                        .unwrap_or_default(),
                });
            view.values = rows.collect();
            let rest = describe::code(&names.rest);
            view.tail.push(format!(
                "{rest} holds any other value, which is sent back unchanged."
            ));
        }
        Shape::Union(union) => {
            view.lead.push("One of:".to_owned());
            let branches = union.branches.iter().zip(&names.parts);
            view.items = branches
                .map(|(branch, variant)| branch_item(page, union, branch, variant))
                .collect();
            let rest = describe::code(&names.rest);
            view.tail.push(format!(
                "{rest} holds any other value. A value whose tag names a branch, but which does not fit it, is an \
                 error."
            ));
        }
        Shape::Alias(schema) => {
            view.lead
                .push(format!("Another name for: {}.", page.type_words(schema)));
            view.lead.extend(
                Some(describe::notes("", "", schema, false)).filter(|text| !text.is_empty()),
            );
        }
    }
    view
}

fn branch_item(page: Page<'_>, union: &Union, branch: &Branch, variant: &str) -> String {
    let mut item = format!(
        "{}, in {}",
        page.type_words(&branch.schema),
        describe::code(variant)
    );
    if let (Some(tag), [_, ..]) = (&union.tag, &branch.tags[..]) {
        let tags: Vec<String> = branch.tags.iter().map(describe::json).collect();
        item.push_str(&format!(
            ", when {} is {}",
            describe::code(tag),
            tags.join(" or ")
        ));
    }
    item
}
