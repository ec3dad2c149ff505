//! Tables of properties and parameters.

use super::page::Page;
use super::text;
use crate::describe;
use crate::describe::notes;
use crate::ir::{
    Enum, Extra, Location, Member, Object, Operation, Origin, Schema, SchemaKind, Shape, TypeId,
};
use crate::prose;
use serde::Serialize;

/// A table of properties or parameters.
#[derive(Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Table {
    pub rows: Vec<Row>,
    /// Descriptions that do not fit in a cell.
    pub details: Vec<Detail>,
    /// The URL of the section that explains the dagger, if a row has one.
    pub inferred: Option<String>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Row {
    pub name: String,
    /// The name in Rust.
    pub rust: String,
    /// The location of a parameter; empty for a property.
    pub place: String,
    pub ty: String,
    pub required: String,
    pub meaning: String,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Detail {
    pub name: String,
    pub lines: Vec<String>,
}

/// The common parts of a property and a parameter.
struct Item<'a> {
    name: &'a str,
    description: Option<&'a str>,
    schema: &'a Schema,
    required: bool,
    deprecated: bool,
    inferred: bool,
    /// Sentences after the description.
    more: Vec<String>,
}

impl Table {
    fn push(&mut self, page: Page<'_>, item: Item<'_>, rust: String, place: &str) {
        let name = prose::code_span(item.name);
        let about = item.description.map(text::cell_and_detail);
        let (mut meaning, lines) = about.unwrap_or_default();
        if !lines.is_empty() {
            meaning.push_str(" More below.");
            self.details.push(Detail {
                name: name.clone(),
                lines,
            });
        }
        let mut sentences = item.more;
        sentences.extend(values(page, item.schema));
        sentences.push(notes("", "", item.schema, false));
        if item.deprecated {
            sentences.insert(0, "**Deprecated.**".to_owned());
        }
        for sentence in sentences.iter().filter(|sentence| !sentence.is_empty()) {
            if !meaning.is_empty() {
                let ended = meaning.ends_with(['.', '!', '?', ':', '…', '>']);
                meaning.push_str(if ended { " " } else { ". " });
            }
            meaning.push_str(&prose::piped(sentence));
        }
        if item.inferred {
            self.inferred = Some(page.inferred_link());
        }
        self.rows.push(Row {
            name: if item.inferred {
                format!("{name} †")
            } else {
                name
            },
            rust,
            place: place.to_owned(),
            ty: page.type_words(item.schema),
            required: if item.required {
                "required"
            } else {
                "optional"
            }
            .to_owned(),
            meaning,
        });
    }
}

/// Returns the table of an object's properties.
pub fn members(page: Page<'_>, id: TypeId, object: &Object) -> Table {
    let mut table = Table::default();
    add_members(&mut table, page, id, object, None);
    table
}

/// Adds an object's properties. `around` is the name and the field of the property that holds the object.
fn add_members(
    table: &mut Table,
    page: Page<'_>,
    id: TypeId,
    object: &Object,
    around: Option<(&str, &str)>,
) {
    let fields = &page.book.plan.names.ty(id).parts;
    let def = page.book.plan.api.ty(id);
    for (member, field) in object.members.iter().zip(fields) {
        let (name, path) = match around {
            Some((name, path)) => (format!("{name}.{}", member.name), format!("{path}.{field}")),
            None => (member.name.clone(), field.clone()),
        };
        let mut item = member_item(member, &name);
        let rust = match def.fixed(object, member) {
            Some(_) => {
                item.more.push("The crate writes it.".to_owned());
                "–".to_owned()
            }
            None => prose::code_span(&path),
        };
        table.push(page, item, rust, "");
        if around.is_none() {
            add_inline(table, page, member, field);
        }
    }
}

/// Adds the properties of an inline object below its own row, one level deep.
fn add_inline(table: &mut Table, page: Page<'_>, member: &Member, field: &str) {
    let (schema, marker) = match &member.schema.kind {
        SchemaKind::Array(items) => (&**items, "[]"),
        _ => (&member.schema, ""),
    };
    let SchemaKind::Declared(id) = schema.kind else {
        return;
    };
    let def = page.book.plan.api.ty(id);
    if let (Origin::Inline { .. }, Shape::Object(object)) = (&def.origin, &def.shape) {
        let name = format!("{}{marker}", member.name);
        add_members(
            table,
            page,
            id,
            object,
            Some((&name, &format!("{field}{marker}"))),
        );
    }
}

fn member_item<'a>(member: &'a Member, name: &'a str) -> Item<'a> {
    let mut more = Vec::new();
    if member.read_only {
        more.push("In responses only.".to_owned());
    }
    if member.write_only {
        more.push("In requests only.".to_owned());
    }
    more.extend(describe::envelope(&member.schema));
    Item {
        name,
        description: member
            .docs
            .description
            .as_deref()
            .or(member.docs.summary.as_deref()),
        schema: &member.schema,
        required: member.required,
        deprecated: member.deprecated,
        inferred: member.inferred,
        more,
    }
}

/// Returns the table of an operation's parameters, with the argument or the setter of each.
pub fn parameters(page: Page<'_>, operation: &Operation, names: &[String]) -> Table {
    let mut table = Table::default();
    for (parameter, name) in operation.parameters.iter().zip(names) {
        let is_argument = operation.is_argument(parameter);
        let rust = match is_argument {
            true => prose::code_span(name),
            false => prose::code_span(&format!(".{name}(…)")),
        };
        let own = parameter
            .schema
            .facts
            .as_ref()
            .is_some_and(|facts| !facts.examples.is_empty());
        let example = parameter.examples.first().filter(|_| !own);
        let item = Item {
            name: &parameter.name,
            description: parameter
                .docs
                .description
                .as_deref()
                .or(parameter.docs.summary.as_deref()),
            schema: &parameter.schema,
            required: is_argument,
            deprecated: parameter.deprecated,
            inferred: parameter.inferred,
            more: example
                .map(|value| format!("Example: {}.", describe::json(value)))
                .into_iter()
                .collect(),
        };
        table.push(page, item, rust, place(parameter.location));
    }
    table
}

fn place(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
        Location::QueryString => "whole query",
    }
}

/// Returns a sentence about unknown properties of an object.
pub fn unknown_properties_note(page: Page<'_>, id: TypeId, object: &Object) -> String {
    let field = describe::code(&page.book.plan.names.ty(id).rest);
    match &object.extra {
        Extra::Closed => String::new(),
        Extra::Open => format!("Members that are not listed here are in {field}."),
        Extra::Typed(schema) => {
            let words = page.type_words(schema);
            format!("Further members may have any name; they are in {field}. Each value: {words}.")
        }
    }
}

/// Returns the values of a short enum, so that the reader need not follow a link.
fn values(page: Page<'_>, schema: &Schema) -> Option<String> {
    const SHORT: usize = 8;
    let schema = match &schema.kind {
        SchemaKind::Array(items) => items,
        _ => schema,
    };
    let SchemaKind::Declared(id) = schema.kind else {
        return None;
    };
    match &page.book.plan.api.ty(id).shape {
        Shape::Enum(shape) if shape.values.len() <= SHORT => Some(listed(shape)),
        _ => None,
    }
}

/// Returns an enum's values as a sentence.
pub fn listed(shape: &Enum) -> String {
    let values: Vec<String> = shape
        .values
        .iter()
        .map(|value| describe::json(&value.value))
        .collect();
    match values.len() {
        0 => String::new(),
        1 => format!("Known value: {}.", values[0]),
        _ => format!("Known values: {}.", values.join(", ")),
    }
}
