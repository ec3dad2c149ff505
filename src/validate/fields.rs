//! Lists the fields of all objects of OpenAPI 3.0, 3.1 and 3.2.

use super::objects::{Field, Kind, Shape, any, flag, list, map, named, one, other, text, uri};
use crate::openapi::Version::{V30, V31, V32};

pub const DOCUMENT: &[Field] = &[
    text("openapi").required(),
    uri("$self").since(V32),
    one("info", Kind::Info).required().told("W0107"),
    uri("jsonSchemaDialect").since(V31),
    list("servers", Kind::Server),
    other("paths", Shape::Patterned(Kind::PathItem)).required_until(V30),
    map("webhooks", Kind::PathItem).since(V31),
    one("components", Kind::Components),
    other("security", Shape::Requirements),
    list("tags", Kind::Tag),
    one("externalDocs", Kind::ExternalDocs),
];

pub const INFO: &[Field] = &[
    text("title").required().told("W0108"),
    text("summary").since(V31),
    text("description"),
    uri("termsOfService"),
    one("contact", Kind::Contact),
    one("license", Kind::License),
    text("version").required(),
];

pub const CONTACT: &[Field] = &[text("name"), uri("url"), text("email")];

pub const LICENSE: &[Field] = &[
    text("name").required(),
    text("identifier").since(V31),
    uri("url"),
];

pub const SERVER: &[Field] = &[
    text("url").required(),
    text("description"),
    text("name").since(V32),
    map("variables", Kind::ServerVariable),
];

pub const SERVER_VARIABLE: &[Field] = &[
    other("enum", Shape::Texts),
    text("default").required().told("W0111"),
    text("description"),
];

pub const COMPONENTS: &[Field] = &[
    named("schemas", Kind::Schema),
    named("responses", Kind::Response),
    named("parameters", Kind::Parameter),
    named("examples", Kind::Example),
    named("requestBodies", Kind::RequestBody),
    named("headers", Kind::Header),
    named("securitySchemes", Kind::SecurityScheme),
    named("links", Kind::Link),
    named("callbacks", Kind::Callback),
    named("pathItems", Kind::PathItem).since(V31),
    named("mediaTypes", Kind::MediaType).since(V32),
];

pub const PATH_ITEM: &[Field] = &[
    uri("$ref"),
    text("summary"),
    text("description"),
    one("get", Kind::Operation),
    one("put", Kind::Operation),
    one("post", Kind::Operation),
    one("delete", Kind::Operation),
    one("options", Kind::Operation),
    one("head", Kind::Operation),
    one("patch", Kind::Operation),
    one("trace", Kind::Operation),
    one("query", Kind::Operation).since(V32),
    map("additionalOperations", Kind::Operation).since(V32),
    list("servers", Kind::Server),
    list("parameters", Kind::Parameter),
];

pub const OPERATION: &[Field] = &[
    other("tags", Shape::Texts),
    text("summary"),
    text("description"),
    one("externalDocs", Kind::ExternalDocs),
    text("operationId"),
    list("parameters", Kind::Parameter),
    one("requestBody", Kind::RequestBody),
    other("responses", Shape::Patterned(Kind::Response)).required_until(V30),
    map("callbacks", Kind::Callback),
    flag("deprecated"),
    other("security", Shape::Requirements),
    list("servers", Kind::Server),
];

pub const EXTERNAL_DOCS: &[Field] = &[text("description"), uri("url").required()];

pub const PARAMETER: &[Field] = &[
    text("name").required().told("W0410"),
    text("in").required().told("W0409"),
    text("description"),
    flag("required"),
    flag("deprecated"),
    flag("allowEmptyValue"),
    text("style"),
    flag("explode"),
    flag("allowReserved"),
    one("schema", Kind::Schema),
    map("content", Kind::MediaType),
    any("example"),
    map("examples", Kind::Example),
];

pub const HEADER: &[Field] = &[
    text("description"),
    flag("required"),
    flag("deprecated"),
    flag("allowEmptyValue").until(V30),
    other("style", Shape::Word(&["simple"])),
    flag("explode"),
    flag("allowReserved").until(V30),
    one("schema", Kind::Schema),
    map("content", Kind::MediaType),
    any("example"),
    map("examples", Kind::Example),
];

pub const REQUEST_BODY: &[Field] = &[
    text("description"),
    map("content", Kind::MediaType).required().told("W0414"),
    flag("required"),
];

pub const MEDIA_TYPE: &[Field] = &[
    text("description").since(V32),
    one("schema", Kind::Schema),
    one("itemSchema", Kind::Schema).since(V32),
    any("example"),
    map("examples", Kind::Example),
    map("encoding", Kind::Encoding),
    list("prefixEncoding", Kind::Encoding).since(V32),
    one("itemEncoding", Kind::Encoding).since(V32),
];

pub const ENCODING: &[Field] = &[
    text("contentType"),
    map("headers", Kind::Header),
    other(
        "style",
        Shape::Word(&["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
    ),
    flag("explode"),
    flag("allowReserved"),
    map("encoding", Kind::Encoding).since(V32),
    list("prefixEncoding", Kind::Encoding).since(V32),
    one("itemEncoding", Kind::Encoding).since(V32),
];

pub const RESPONSE: &[Field] = &[
    text("summary").since(V32),
    text("description").required_until(V31),
    map("headers", Kind::Header),
    map("content", Kind::MediaType),
    map("links", Kind::Link),
];

pub const EXAMPLE: &[Field] = &[
    text("summary"),
    text("description"),
    any("dataValue").since(V32),
    text("serializedValue").since(V32),
    any("value"),
    uri("externalValue"),
];

pub const LINK: &[Field] = &[
    uri("operationRef"),
    text("operationId"),
    any("parameters"),
    any("requestBody"),
    text("description"),
    one("server", Kind::Server),
];

pub const TAG: &[Field] = &[
    text("name").required(),
    text("summary").since(V32),
    text("description"),
    one("externalDocs", Kind::ExternalDocs),
    text("parent").since(V32),
    text("kind").since(V32),
];

pub const DISCRIMINATOR: &[Field] = &[
    text("propertyName").required(),
    other("mapping", Shape::TextMap),
    text("defaultMapping").since(V32),
];

pub const XML: &[Field] = &[
    text("name"),
    uri("namespace"),
    text("prefix"),
    flag("attribute"),
    flag("wrapped"),
    other(
        "nodeType",
        Shape::Word(&["element", "attribute", "text", "cdata", "none"]),
    )
    .since(V32),
];

const TYPES: &[&str] = &["apiKey", "http", "mutualTLS", "oauth2", "openIdConnect"];

pub const SECURITY_SCHEME: &[Field] = &[
    other("type", Shape::Word(TYPES)).required().told("W0112"),
    text("description"),
    flag("deprecated").since(V32),
    text("name"),
    text("in"),
    text("scheme"),
    text("bearerFormat"),
    one("flows", Kind::Flows),
    uri("openIdConnectUrl"),
    uri("oauth2MetadataUrl").since(V32),
];

pub const API_KEY: &[Field] = &[
    text("type"),
    text("description"),
    flag("deprecated").since(V32),
    text("name").required(),
    other("in", Shape::Word(&["query", "header", "cookie"])).required(),
];

pub const HTTP: &[Field] = &[
    text("type"),
    text("description"),
    flag("deprecated").since(V32),
    text("scheme").required(),
    text("bearerFormat"),
];

pub const MUTUAL_TLS: &[Field] = &[
    text("type"),
    text("description"),
    flag("deprecated").since(V32),
];

pub const OAUTH2: &[Field] = &[
    text("type"),
    text("description"),
    flag("deprecated").since(V32),
    one("flows", Kind::Flows).required(),
    uri("oauth2MetadataUrl").since(V32),
];

pub const OPEN_ID_CONNECT: &[Field] = &[
    text("type"),
    text("description"),
    flag("deprecated").since(V32),
    uri("openIdConnectUrl").required(),
];

pub const FLOWS: &[Field] = &[
    one("implicit", Kind::Implicit),
    one("password", Kind::Password),
    one("clientCredentials", Kind::ClientCredentials),
    one("authorizationCode", Kind::AuthorizationCode),
    one("deviceAuthorization", Kind::DeviceAuthorization).since(V32),
];

pub const IMPLICIT: &[Field] = &[
    uri("authorizationUrl").required(),
    uri("refreshUrl"),
    other("scopes", Shape::TextMap).required(),
];

pub const TOKEN_FLOW: &[Field] = &[
    uri("tokenUrl").required(),
    uri("refreshUrl"),
    other("scopes", Shape::TextMap).required(),
];

pub const AUTHORIZATION_CODE: &[Field] = &[
    uri("authorizationUrl").required(),
    uri("tokenUrl").required(),
    uri("refreshUrl"),
    other("scopes", Shape::TextMap).required(),
];

pub const DEVICE_AUTHORIZATION: &[Field] = &[
    uri("deviceAuthorizationUrl").required(),
    uri("tokenUrl").required(),
    uri("refreshUrl"),
    other("scopes", Shape::TextMap).required(),
];
