//! Lists the fields of all objects of OpenAPI 3.0, 3.1 and 3.2.

use super::objects::{
    FieldRule, FieldType, ObjectType, any, flag, list, map, named, one, other, text, uri,
};
use crate::openapi::Version::{V30, V31, V32};

pub const DOCUMENT: &[FieldRule] = &[
    text("openapi").required(),
    uri("$self").since(V32),
    one("info", ObjectType::Info).required().reported("W0107"),
    uri("jsonSchemaDialect").since(V31),
    list("servers", ObjectType::Server),
    other("paths", FieldType::Patterned(ObjectType::PathItem)).required_until(V30),
    map("webhooks", ObjectType::PathItem).since(V31),
    one("components", ObjectType::Components),
    other("security", FieldType::Requirements),
    list("tags", ObjectType::Tag),
    one("externalDocs", ObjectType::ExternalDocs),
];

pub const INFO: &[FieldRule] = &[
    text("title").required().reported("W0108"),
    text("summary").since(V31),
    text("description"),
    uri("termsOfService"),
    one("contact", ObjectType::Contact),
    one("license", ObjectType::License),
    text("version").required(),
];

pub const CONTACT: &[FieldRule] = &[text("name"), uri("url"), text("email")];

pub const LICENSE: &[FieldRule] = &[
    text("name").required(),
    text("identifier").since(V31),
    uri("url"),
];

pub const SERVER: &[FieldRule] = &[
    text("url").required(),
    text("description"),
    text("name").since(V32),
    map("variables", ObjectType::ServerVariable),
];

pub const SERVER_VARIABLE: &[FieldRule] = &[
    other("enum", FieldType::Texts),
    text("default").required().reported("W0111"),
    text("description"),
];

pub const COMPONENTS: &[FieldRule] = &[
    named("schemas", ObjectType::Schema),
    named("responses", ObjectType::Response),
    named("parameters", ObjectType::Parameter),
    named("examples", ObjectType::Example),
    named("requestBodies", ObjectType::RequestBody),
    named("headers", ObjectType::Header),
    named("securitySchemes", ObjectType::SecurityScheme),
    named("links", ObjectType::Link),
    named("callbacks", ObjectType::Callback),
    named("pathItems", ObjectType::PathItem).since(V31),
    named("mediaTypes", ObjectType::MediaType).since(V32),
];

pub const PATH_ITEM: &[FieldRule] = &[
    uri("$ref"),
    text("summary"),
    text("description"),
    one("get", ObjectType::Operation),
    one("put", ObjectType::Operation),
    one("post", ObjectType::Operation),
    one("delete", ObjectType::Operation),
    one("options", ObjectType::Operation),
    one("head", ObjectType::Operation),
    one("patch", ObjectType::Operation),
    one("trace", ObjectType::Operation),
    one("query", ObjectType::Operation).since(V32),
    map("additionalOperations", ObjectType::Operation).since(V32),
    list("servers", ObjectType::Server),
    list("parameters", ObjectType::Parameter),
];

pub const OPERATION: &[FieldRule] = &[
    other("tags", FieldType::Texts),
    text("summary"),
    text("description"),
    one("externalDocs", ObjectType::ExternalDocs),
    text("operationId"),
    list("parameters", ObjectType::Parameter),
    one("requestBody", ObjectType::RequestBody),
    other("responses", FieldType::Patterned(ObjectType::Response)).required_until(V30),
    map("callbacks", ObjectType::Callback),
    flag("deprecated"),
    other("security", FieldType::Requirements),
    list("servers", ObjectType::Server),
];

pub const EXTERNAL_DOCS: &[FieldRule] = &[text("description"), uri("url").required()];

pub const PARAMETER: &[FieldRule] = &[
    text("name").required().reported("W0410"),
    text("in").required().reported("W0409"),
    text("description"),
    flag("required"),
    flag("deprecated"),
    flag("allowEmptyValue"),
    text("style"),
    flag("explode"),
    flag("allowReserved"),
    one("schema", ObjectType::Schema),
    map("content", ObjectType::MediaType),
    any("example"),
    map("examples", ObjectType::Example),
];

pub const HEADER: &[FieldRule] = &[
    text("description"),
    flag("required"),
    flag("deprecated"),
    flag("allowEmptyValue").until(V30),
    other("style", FieldType::Word(&["simple"])),
    flag("explode"),
    flag("allowReserved").until(V30),
    one("schema", ObjectType::Schema),
    map("content", ObjectType::MediaType),
    any("example"),
    map("examples", ObjectType::Example),
];

pub const REQUEST_BODY: &[FieldRule] = &[
    text("description"),
    map("content", ObjectType::MediaType)
        .required()
        .reported("W0414"),
    flag("required"),
];

pub const MEDIA_TYPE: &[FieldRule] = &[
    text("description").since(V32),
    one("schema", ObjectType::Schema),
    one("itemSchema", ObjectType::Schema).since(V32),
    any("example"),
    map("examples", ObjectType::Example),
    map("encoding", ObjectType::Encoding),
    list("prefixEncoding", ObjectType::Encoding).since(V32),
    one("itemEncoding", ObjectType::Encoding).since(V32),
];

pub const ENCODING: &[FieldRule] = &[
    text("contentType"),
    map("headers", ObjectType::Header),
    other(
        "style",
        FieldType::Word(&["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
    ),
    flag("explode"),
    flag("allowReserved"),
    map("encoding", ObjectType::Encoding).since(V32),
    list("prefixEncoding", ObjectType::Encoding).since(V32),
    one("itemEncoding", ObjectType::Encoding).since(V32),
];

pub const RESPONSE: &[FieldRule] = &[
    text("summary").since(V32),
    text("description").required_until(V31),
    map("headers", ObjectType::Header),
    map("content", ObjectType::MediaType),
    map("links", ObjectType::Link),
];

pub const EXAMPLE: &[FieldRule] = &[
    text("summary"),
    text("description"),
    any("dataValue").since(V32),
    text("serializedValue").since(V32),
    any("value"),
    uri("externalValue"),
];

pub const LINK: &[FieldRule] = &[
    uri("operationRef"),
    text("operationId"),
    any("parameters"),
    any("requestBody"),
    text("description"),
    one("server", ObjectType::Server),
];

pub const TAG: &[FieldRule] = &[
    text("name").required(),
    text("summary").since(V32),
    text("description"),
    one("externalDocs", ObjectType::ExternalDocs),
    text("parent").since(V32),
    text("kind").since(V32),
];

pub const DISCRIMINATOR: &[FieldRule] = &[
    text("propertyName").required(),
    other("mapping", FieldType::TextMap),
    text("defaultMapping").since(V32),
];

pub const XML: &[FieldRule] = &[
    text("name"),
    uri("namespace"),
    text("prefix"),
    flag("attribute"),
    flag("wrapped"),
    other(
        "nodeType",
        FieldType::Word(&["element", "attribute", "text", "cdata", "none"]),
    )
    .since(V32),
];

const TYPES: &[&str] = &["apiKey", "http", "mutualTLS", "oauth2", "openIdConnect"];

pub const SECURITY_SCHEME: &[FieldRule] = &[
    other("type", FieldType::Word(TYPES))
        .required()
        .reported("W0112"),
    text("description"),
    flag("deprecated").since(V32),
    text("name"),
    text("in"),
    text("scheme"),
    text("bearerFormat"),
    one("flows", ObjectType::Flows),
    uri("openIdConnectUrl"),
    uri("oauth2MetadataUrl").since(V32),
];

pub const API_KEY: &[FieldRule] = &[
    text("type"),
    text("description"),
    flag("deprecated").since(V32),
    text("name").required(),
    other("in", FieldType::Word(&["query", "header", "cookie"])).required(),
];

pub const HTTP: &[FieldRule] = &[
    text("type"),
    text("description"),
    flag("deprecated").since(V32),
    text("scheme").required(),
    text("bearerFormat"),
];

pub const MUTUAL_TLS: &[FieldRule] = &[
    text("type"),
    text("description"),
    flag("deprecated").since(V32),
];

pub const OAUTH2: &[FieldRule] = &[
    text("type"),
    text("description"),
    flag("deprecated").since(V32),
    one("flows", ObjectType::Flows).required(),
    uri("oauth2MetadataUrl").since(V32),
];

pub const OPEN_ID_CONNECT: &[FieldRule] = &[
    text("type"),
    text("description"),
    flag("deprecated").since(V32),
    uri("openIdConnectUrl").required(),
];

pub const FLOWS: &[FieldRule] = &[
    one("implicit", ObjectType::Implicit),
    one("password", ObjectType::Password),
    one("clientCredentials", ObjectType::ClientCredentials),
    one("authorizationCode", ObjectType::AuthorizationCode),
    one("deviceAuthorization", ObjectType::DeviceAuthorization).since(V32),
];

pub const IMPLICIT: &[FieldRule] = &[
    uri("authorizationUrl").required(),
    uri("refreshUrl"),
    other("scopes", FieldType::TextMap).required(),
];

pub const TOKEN_FLOW: &[FieldRule] = &[
    uri("tokenUrl").required(),
    uri("refreshUrl"),
    other("scopes", FieldType::TextMap).required(),
];

pub const AUTHORIZATION_CODE: &[FieldRule] = &[
    uri("authorizationUrl").required(),
    uri("tokenUrl").required(),
    uri("refreshUrl"),
    other("scopes", FieldType::TextMap).required(),
];

pub const DEVICE_AUTHORIZATION: &[FieldRule] = &[
    uri("deviceAuthorizationUrl").required(),
    uri("tokenUrl").required(),
    uri("refreshUrl"),
    other("scopes", FieldType::TextMap).required(),
];
