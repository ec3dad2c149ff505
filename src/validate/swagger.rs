//! Lists the fields of Swagger 2.0 objects that differ from OpenAPI 3. Readers report invalid values.

use super::objects::{Field, Kind, Shape, any, list, map, named, one, other};

/// Returns the fields of an object, if they differ in Swagger 2.0.
pub fn fields(kind: Kind) -> Option<&'static [Field]> {
    Some(match kind {
        Kind::Document => DOCUMENT,
        Kind::Header | Kind::Items => ITEMS,
        Kind::Operation => OPERATION,
        Kind::Parameter => PARAMETER,
        Kind::PathItem => PATH_ITEM,
        Kind::Response => RESPONSE,
        Kind::SecurityScheme => SECURITY_SCHEME,
        _ => return None,
    })
}

const DOCUMENT: &[Field] = &[
    any("swagger"),
    one("info", Kind::Info),
    any("host"),
    any("basePath"),
    any("schemes"),
    any("consumes"),
    any("produces"),
    other("paths", Shape::Patterned(Kind::PathItem)),
    named("definitions", Kind::Schema),
    named("parameters", Kind::Parameter),
    named("responses", Kind::Response),
    named("securityDefinitions", Kind::SecurityScheme),
    any("security"),
    list("tags", Kind::Tag),
    one("externalDocs", Kind::ExternalDocs),
];

const PATH_ITEM: &[Field] = &[
    any("$ref"),
    one("get", Kind::Operation),
    one("put", Kind::Operation),
    one("post", Kind::Operation),
    one("delete", Kind::Operation),
    one("options", Kind::Operation),
    one("head", Kind::Operation),
    one("patch", Kind::Operation),
    list("parameters", Kind::Parameter),
];

const OPERATION: &[Field] = &[
    any("tags"),
    any("summary"),
    any("description"),
    one("externalDocs", Kind::ExternalDocs),
    any("operationId"),
    any("consumes"),
    any("produces"),
    list("parameters", Kind::Parameter),
    other("responses", Shape::Patterned(Kind::Response)),
    any("schemes"),
    any("deprecated"),
    any("security"),
];

const PARAMETER: &[Field] = &[
    any("name"),
    any("in"),
    any("description"),
    any("required"),
    one("schema", Kind::Schema),
    any("type"),
    any("format"),
    any("allowEmptyValue"),
    one("items", Kind::Items),
    any("collectionFormat"),
    any("default"),
    any("maximum"),
    any("exclusiveMaximum"),
    any("minimum"),
    any("exclusiveMinimum"),
    any("maxLength"),
    any("minLength"),
    any("pattern"),
    any("maxItems"),
    any("minItems"),
    any("uniqueItems"),
    any("enum"),
    any("multipleOf"),
];

/// Fields of items, and of headers, which also have a description.
const ITEMS: &[Field] = &[
    any("description"),
    any("type"),
    any("format"),
    one("items", Kind::Items),
    any("collectionFormat"),
    any("default"),
    any("maximum"),
    any("exclusiveMaximum"),
    any("minimum"),
    any("exclusiveMinimum"),
    any("maxLength"),
    any("minLength"),
    any("pattern"),
    any("maxItems"),
    any("minItems"),
    any("uniqueItems"),
    any("enum"),
    any("multipleOf"),
];

const RESPONSE: &[Field] = &[
    any("description"),
    one("schema", Kind::Schema),
    map("headers", Kind::Header),
    any("examples"),
];

const SECURITY_SCHEME: &[Field] = &[
    any("type"),
    any("description"),
    any("name"),
    any("in"),
    any("flow"),
    any("authorizationUrl"),
    any("tokenUrl"),
    any("scopes"),
];
