//! What a value is: the members of an object, the branches of a union, the values of an enumeration.

use super::page::Page;
use super::table::{self, Table};
use super::text;
use crate::describe;
use crate::ir::{Branch, Member, Object, Schema, SchemaKind, Shape, TypeId, Union};
use crate::prose;
use serde::Serialize;

/// A value of one schema, as a page shows it.
#[derive(Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ShapeView {
    /// Sentences before the table.
    pub lead: Vec<String>,
    /// At most one; a list, so that a template need not ask.
    pub tables: Vec<Table>,
    /// A list: branches of a union.
    pub items: Vec<String>,
    pub values: Vec<ValueRow>,
    /// Sentences after all.
    pub tail: Vec<String>,
}

/// A value of an enumeration.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ValueRow {
    pub value: String,
    pub rust: String,
    pub meaning: String,
}

/// The value of a body: `lead` says what it is, and members are shown as far as they belong here.
pub fn of_schema(page: Page<'_>, schema: &Schema) -> ShapeView {
    let mut view = ShapeView::default();
    view.lead.extend(describe::envelope(schema));
    let inner = match &schema.kind {
        SchemaKind::Envelope(_, inner) => inner,
        _ => schema,
    };
    let (item, of_each) = match &inner.kind {
        SchemaKind::Array(items) => (&**items, true),
        SchemaKind::Map(values) => (&**values, true),
        _ => (inner, false),
    };
    let SchemaKind::Declared(id) = item.kind else {
        return view;
    };
    if is_elsewhere(page, id) {
        return view;
    }
    if of_each {
        view.lead
            .push(format!("Each is of type {}:", page.type_link(id)));
    }
    let about = of_type(page, id);
    view.lead.extend(about.lead);
    ShapeView {
        lead: view.lead,
        ..about
    }
}

/// The parts of a multipart body that has no type.
pub fn of_parts(page: Page<'_>, parts: &Object) -> ShapeView {
    let part = |member: &Member| {
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

/// In a book with a page for each type, the members are there only: a large API uses its types too
/// often to print them at each use.
fn is_elsewhere(page: Page<'_>, id: TypeId) -> bool {
    let inline = matches!(
        page.book.plan.api.ty(id).origin,
        crate::ir::Origin::Inline { .. }
    );
    page.book.split && !inline
}

/// A declared type.
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
                    .push("An object without declared members.".to_owned());
            }
            view.tail
                .extend(Some(table::beside(page, id, object)).filter(|text| !text.is_empty()));
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
                "A value that is not listed here is kept in {rest}, and sent back unchanged."
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
                "A value that is none of them is kept in {rest} as it came. One that is told to be of a branch and \
                 does not fit it is an error."
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
