//! Chooses what a table shows of a response: where its rows are, and which columns they have.

use crate::ir::{Api, Operation, Property, Schema, SchemaKind, Shape, StringFormat};
use crate::naming::words;

/// How many columns a table has by default.
const MOST_COLUMNS: usize = 6;

/// Names that identify a thing. Other names with one of these words describe it, such as `toNumber`.
const IDENTITY: [&str; 5] = ["id", "uuid", "key", "slug", "number"];

/// Words of properties that describe a thing, the most useful first.
const USEFUL: [&[&str]; 5] = [
    &[
        "name", "title", "label", "login", "username", "email", "subject", "display", "uuid",
        "key", "slug", "number",
    ],
    &["status", "state", "type", "kind", "role"],
    &["phone", "url", "description", "summary", "message", "model"],
    &[
        "amount", "currency", "price", "total", "count", "size", "duration", "balance", "credits",
    ],
    &[
        "created",
        "started",
        "updated",
        "completed",
        "date",
        "time",
        "at",
    ],
];

/// Returns the paths that may lead to the rows of a response, and the columns of a row.
pub fn of(api: &Api, operation: &Operation) -> (Vec<Vec<String>>, Vec<String>) {
    let Some((_, content)) = operation.only_json() else {
        return Default::default();
    };
    let mut schema = &content.schema;
    let mut rows = Vec::new();
    if let SchemaKind::Envelope(keys, inner) = &schema.kind {
        rows.extend(keys.iter().map(|key| vec![key.clone()]));
        schema = inner;
    }
    if let Some(paging) = &operation.paging {
        rows.push(paging.items.clone());
        return (rows, columns(api, &paging.item));
    }
    match api.resolved(schema) {
        SchemaKind::Array(items) => (rows, columns(api, items)),
        _ => match only_list(api, schema) {
            Some((path, items)) => (vec![path], columns(api, items)),
            None => (rows, columns(api, schema)),
        },
    }
}

/// Returns the list of an object that has no other structure, such as `{"data": […], "has_more": true}`.
fn only_list<'a>(api: &'a Api, schema: &'a Schema) -> Option<(Vec<String>, &'a Schema)> {
    let members = members(api, schema)?;
    let mut lists = members
        .iter()
        .filter_map(|member| match api.resolved(&member.schema) {
            SchemaKind::Array(items) if matches!(api.resolved(items), SchemaKind::Declared(_)) => {
                Some((vec![member.name.clone()], &**items))
            }
            _ => None,
        });
    let (Some(list), None) = (lists.next(), lists.next()) else {
        return None;
    };
    // An object with an identity is shown itself. Its number may be that of a page.
    let has_identity = members
        .iter()
        .any(|member| rank(member) == 0 && member.name != "number");
    (!has_identity).then_some(list)
}

fn members<'a>(api: &'a Api, schema: &'a Schema) -> Option<&'a [Property]> {
    let SchemaKind::Declared(id) = api.resolved(schema) else {
        return None;
    };
    match &api.ty(*id).shape {
        Shape::Object(object) => Some(&object.members),
        Shape::Union(union) => union
            .branches
            .iter()
            .find_map(|branch| members_of_object(api, &branch.schema)),
        _ => None,
    }
}

fn members_of_object<'a>(api: &'a Api, schema: &'a Schema) -> Option<&'a [Property]> {
    let SchemaKind::Declared(id) = api.resolved(schema) else {
        return None;
    };
    match &api.ty(*id).shape {
        Shape::Object(object) => Some(&object.members),
        _ => None,
    }
}

/// Returns the most useful columns of a row, with those that identify it first, and then in the order of [`USEFUL`].
fn columns(api: &Api, schema: &Schema) -> Vec<String> {
    let members = members(api, schema).unwrap_or_default();
    let shown = |member: &&Property| {
        !member.write_only && !member.deprecated && is_scalar(api, &member.schema)
    };
    let mut shown: Vec<&Property> = members.iter().filter(shown).collect();
    shown.sort_by_key(|member| rank(member));
    let names = shown
        .iter()
        .take(MOST_COLUMNS)
        .map(|member| member.name.clone());
    names.collect()
}

/// Returns how useful a property is in a table; 0 is the most useful.
fn rank(member: &Property) -> usize {
    match &words(&member.name)[..] {
        [word] if IDENTITY.contains(&word.as_str()) => 0,
        // An id of something else.
        [.., last] if last == "id" => USEFUL.len(),
        words => {
            let is_in = |row: &&[&str]| words.iter().any(|word| row.contains(&word.as_str()));
            let row = USEFUL.iter().position(is_in);
            row.map_or(USEFUL.len(), |row| row + 1)
        }
    }
}

fn is_scalar(api: &Api, schema: &Schema) -> bool {
    match api.resolved(schema) {
        SchemaKind::String(
            StringFormat::Base64 | StringFormat::Base64Url | StringFormat::Password,
        ) => false,
        SchemaKind::Boolean
        | SchemaKind::Integer(_)
        | SchemaKind::Number(_)
        | SchemaKind::String(_) => true,
        SchemaKind::Declared(id) => matches!(api.ty(*id).shape, Shape::Enum(_)),
        _ => false,
    }
}
