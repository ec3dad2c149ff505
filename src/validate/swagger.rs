//! Lists the fields of Swagger 2.0 objects that differ from OpenAPI 3. Readers report invalid values.

use super::objects::{FieldRule, FieldType, ObjectType, any, list, map, named, one, other};

/// Returns the fields of an object, if they differ in Swagger 2.0.
pub fn fields(kind: ObjectType) -> Option<&'static [FieldRule]> {
    Some(match kind {
        ObjectType::Document => DOCUMENT,
        ObjectType::Header | ObjectType::Items => ITEMS,
        ObjectType::Operation => OPERATION,
        ObjectType::Parameter => PARAMETER,
        ObjectType::PathItem => PATH_ITEM,
        ObjectType::Response => RESPONSE,
        ObjectType::SecurityScheme => SECURITY_SCHEME,
        _ => return None,
    })
}

const DOCUMENT: &[FieldRule] = &[
    any("swagger"),
    one("info", ObjectType::Info),
    any("host"),
    any("basePath"),
    any("schemes"),
    any("consumes"),
    any("produces"),
    other("paths", FieldType::Patterned(ObjectType::PathItem)),
    named("definitions", ObjectType::Schema),
    named("parameters", ObjectType::Parameter),
    named("responses", ObjectType::Response),
    named("securityDefinitions", ObjectType::SecurityScheme),
    any("security"),
    list("tags", ObjectType::Tag),
    one("externalDocs", ObjectType::ExternalDocs),
];

const PATH_ITEM: &[FieldRule] = &[
    any("$ref"),
    one("get", ObjectType::Operation),
    one("put", ObjectType::Operation),
    one("post", ObjectType::Operation),
    one("delete", ObjectType::Operation),
    one("options", ObjectType::Operation),
    one("head", ObjectType::Operation),
    one("patch", ObjectType::Operation),
    list("parameters", ObjectType::Parameter),
];

const OPERATION: &[FieldRule] = &[
    any("tags"),
    any("summary"),
    any("description"),
    one("externalDocs", ObjectType::ExternalDocs),
    any("operationId"),
    any("consumes"),
    any("produces"),
    list("parameters", ObjectType::Parameter),
    other("responses", FieldType::Patterned(ObjectType::Response)),
    any("schemes"),
    any("deprecated"),
    any("security"),
];

const PARAMETER: &[FieldRule] = &[
    any("name"),
    any("in"),
    any("description"),
    any("required"),
    one("schema", ObjectType::Schema),
    any("type"),
    any("format"),
    any("allowEmptyValue"),
    one("items", ObjectType::Items),
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
const ITEMS: &[FieldRule] = &[
    any("description"),
    any("type"),
    any("format"),
    one("items", ObjectType::Items),
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

const RESPONSE: &[FieldRule] = &[
    any("description"),
    one("schema", ObjectType::Schema),
    map("headers", ObjectType::Header),
    any("examples"),
];

const SECURITY_SCHEME: &[FieldRule] = &[
    any("type"),
    any("description"),
    any("name"),
    any("in"),
    any("flow"),
    any("authorizationUrl"),
    any("tokenUrl"),
    any("scopes"),
];
