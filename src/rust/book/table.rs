//! Tables of properties and parameters.

use super::page::Page;
use super::text;
use crate::describe;
use crate::describe::notes;
use crate::ir::{
    Enum, Extra, Object, Origin, ParameterLocation, Property, Schema, SchemaKind, Shape, TypeId,
};
use crate::prose;
use crate::rust::Ty;
use crate::rust::plan::arguments::{ArgumentPlan, ArgumentRole};
use crate::rust::plan::client_parameters::SharedParameter;
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
    /// The name in Rust; empty if it is the same, a dash if the property is not a field.
    pub rust: String,
    /// The Rust type, with a link to the first type of the crate in it.
    pub ty: String,
    /// The location of a parameter, and whether the value is required.
    pub notes: String,
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
    ty: Ty<'a>,
    required: bool,
    deprecated: bool,
    inferred: bool,
    /// Sentences after the description.
    more: Vec<String>,
}

impl Table {
    fn push(&mut self, page: Page<'_>, item: Item<'_>, rust: Option<&str>, place: Option<&str>) {
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
                let ended = meaning.ends_with(['.', '!', '?', ':', '…', '>', '*']);
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
            rust: match rust {
                None => "–".to_owned(),
                Some(rust) if rust == item.name => String::new(),
                Some(rust) => prose::code_span(rust),
            },
            ty: page.rust_type(&item.ty, item.schema),
            notes: notes_of(place, item.required),
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
        let ty = page.book.plan.member_ty(def, member);
        let mut item = member_item(member, &name, ty);
        let is_field = def.fixed(object, member).is_none();
        if !is_field {
            item.more.push("The crate sends it.".to_owned());
        }
        table.push(page, item, is_field.then_some(&*path), None);
        if around.is_none() {
            add_inline(table, page, member, field);
        }
    }
}

/// Adds the properties of an inline object below its own row, one level deep.
fn add_inline(table: &mut Table, page: Page<'_>, member: &Property, field: &str) {
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

fn member_item<'a>(member: &'a Property, name: &'a str, ty: Ty<'a>) -> Item<'a> {
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
        ty,
        required: member.required,
        deprecated: member.deprecated,
        inferred: member.inferred,
        more,
    }
}

/// Returns the table of an operation's parameters, with the argument or the setter of each.
pub fn parameters(page: Page<'_>, arguments: &[ArgumentPlan<'_>]) -> Table {
    let mut table = Table::default();
    for argument in arguments {
        let parameter = argument.parameter;
        let rust = match argument.role {
            ArgumentRole::Constant => None,
            ArgumentRole::Positional => Some(argument.ident.to_owned()),
            _ => Some(format!(".{}(…)", argument.ident)),
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
            ty: page.book.plan.bare(&parameter.schema),
            required: argument.is_positional(),
            deprecated: parameter.deprecated,
            inferred: parameter.inferred,
            more: example
                .map(|value| format!("Example: {}.", describe::json(value)))
                .into_iter()
                .chain(argument.shared().map(SharedParameter::note))
                .chain(
                    argument
                        .is_constant()
                        .then(|| "The crate sends it.".to_owned()),
                )
                .collect(),
        };
        table.push(page, item, rust.as_deref(), Some(place(parameter.location)));
    }
    table
}

/// Returns the line below a type: where a parameter is sent, and whether a value is required.
fn notes_of(place: Option<&str>, required: bool) -> String {
    let required = required.then_some("required");
    let notes: Vec<&str> = place.into_iter().chain(required).collect();
    notes.join(", ")
}

fn place(location: ParameterLocation) -> &'static str {
    match location {
        ParameterLocation::Path => "path",
        ParameterLocation::Query => "query",
        ParameterLocation::Header => "header",
        ParameterLocation::Cookie => "cookie",
        ParameterLocation::QueryString => "whole query",
    }
}

/// Returns a sentence about unknown properties of an object.
pub fn unknown_properties_note(page: Page<'_>, id: TypeId, object: &Object) -> String {
    let field = describe::code(&page.book.plan.names.ty(id).rest);
    match &object.extra {
        Extra::Closed => String::new(),
        Extra::Open => format!("{field} holds properties that are not listed here."),
        Extra::Typed(schema) => {
            let words = page.type_words(schema);
            format!(
                "Further properties may have any name. {field} holds them; each value: {words}."
            )
        }
    }
}

/// Returns whether an enum has too many values for a table's cell.
pub fn is_long(shape: &Enum) -> bool {
    const SHORT: usize = 8;
    shape.values.len() > SHORT
}

/// Returns the values of a short enum, so that the reader need not follow a link.
fn values(page: Page<'_>, schema: &Schema) -> Option<String> {
    let schema = match &schema.kind {
        SchemaKind::Array(items) => items,
        _ => schema,
    };
    let SchemaKind::Declared(id) = schema.kind else {
        return None;
    };
    match &page.book.plan.api.ty(id).shape {
        Shape::Enum(shape) if !is_long(shape) => Some(listed(shape)),
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
