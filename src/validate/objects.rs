//! The objects of OpenAPI 3.0, 3.1 and 3.2 as a table: the fields of each, with what they hold.

use super::keywords;
use crate::openapi::Version::{self, V30, V31, V32};

/// An object of the OpenAPI Specification, by its section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    ApiKey,
    AuthorizationCode,
    Callback,
    ClientCredentials,
    Components,
    Contact,
    DeviceAuthorization,
    Discriminator,
    Document,
    Encoding,
    Example,
    ExternalDocs,
    Flows,
    Header,
    Http,
    Implicit,
    Info,
    License,
    Link,
    MediaType,
    MutualTls,
    OAuth2,
    OpenIdConnect,
    Operation,
    Parameter,
    Password,
    PathItem,
    RequestBody,
    Response,
    Schema,
    SecurityScheme,
    Server,
    ServerVariable,
    Tag,
    Xml,
}

/// What a field holds.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    Any,
    Text,
    Uri,
    Flag,
    Number,
    /// An integer that is not negative.
    Count,
    Texts,
    Values,
    /// One of these texts.
    Word(&'static [&'static str]),
    One(Kind),
    List(Kind),
    /// A map with keys of any form.
    Map(Kind),
    /// A map with keys that other parts of the document refer to.
    Named(Kind),
    /// A map with keys of a form of their own, beside extensions.
    Patterned(Kind),
    /// A map of texts.
    TextMap,
    /// A list of maps from names to lists of texts.
    Requirements,
    /// A schema, or a list of them before JSON Schema 2020-12.
    Items,
}

/// A field of an object.
#[derive(Debug)]
pub struct Field {
    pub name: &'static str,
    pub shape: Shape,
    since: Version,
    until: Version,
    /// The last version that requires it.
    required: Option<Version>,
    /// The code of the finding that the reader of the object makes where the field is missing.
    pub told: Option<&'static str>,
}

const fn field(name: &'static str, shape: Shape) -> Field {
    Field {
        name,
        shape,
        since: V30,
        until: V32,
        required: None,
        told: None,
    }
}

pub const fn text(name: &'static str) -> Field {
    field(name, Shape::Text)
}

pub const fn uri(name: &'static str) -> Field {
    field(name, Shape::Uri)
}

pub const fn flag(name: &'static str) -> Field {
    field(name, Shape::Flag)
}

pub const fn any(name: &'static str) -> Field {
    field(name, Shape::Any)
}

pub const fn one(name: &'static str, kind: Kind) -> Field {
    field(name, Shape::One(kind))
}

pub const fn list(name: &'static str, kind: Kind) -> Field {
    field(name, Shape::List(kind))
}

pub const fn map(name: &'static str, kind: Kind) -> Field {
    field(name, Shape::Map(kind))
}

pub const fn other(name: &'static str, shape: Shape) -> Field {
    field(name, shape)
}

const fn named(name: &'static str, kind: Kind) -> Field {
    field(name, Shape::Named(kind))
}

impl Field {
    pub const fn since(self, since: Version) -> Self {
        Field { since, ..self }
    }

    pub const fn until(self, until: Version) -> Self {
        Field { until, ..self }
    }

    const fn required(self) -> Self {
        self.required_until(V32)
    }

    const fn required_until(self, last: Version) -> Self {
        Field {
            required: Some(last),
            ..self
        }
    }

    const fn told(self, code: &'static str) -> Self {
        Field {
            told: Some(code),
            ..self
        }
    }

    pub fn is_of(&self, version: Version) -> bool {
        self.since <= version && version <= self.until
    }

    pub fn is_required(&self, version: Version) -> bool {
        self.required.is_some_and(|last| version <= last)
    }
}

impl Kind {
    /// The object's name in the specification.
    pub fn title(self) -> &'static str {
        match self {
            Kind::Callback => "Callback Object",
            Kind::Components => "Components Object",
            Kind::Contact => "Contact Object",
            Kind::Discriminator => "Discriminator Object",
            Kind::Document => "OpenAPI Object",
            Kind::Encoding => "Encoding Object",
            Kind::Example => "Example Object",
            Kind::ExternalDocs => "External Documentation Object",
            Kind::Flows => "OAuth Flows Object",
            Kind::Header => "Header Object",
            Kind::Info => "Info Object",
            Kind::License => "License Object",
            Kind::Link => "Link Object",
            Kind::MediaType => "Media Type Object",
            Kind::Operation => "Operation Object",
            Kind::Parameter => "Parameter Object",
            Kind::PathItem => "Path Item Object",
            Kind::RequestBody => "Request Body Object",
            Kind::Response => "Response Object",
            Kind::Schema => "Schema Object",
            Kind::SecurityScheme => "Security Scheme Object",
            Kind::Server => "Server Object",
            Kind::ServerVariable => "Server Variable Object",
            Kind::Tag => "Tag Object",
            Kind::Xml => "XML Object",
            Kind::ApiKey => "Security Scheme Object of the type `apiKey`",
            Kind::Http => "Security Scheme Object of the type `http`",
            Kind::MutualTls => "Security Scheme Object of the type `mutualTLS`",
            Kind::OAuth2 => "Security Scheme Object of the type `oauth2`",
            Kind::OpenIdConnect => "Security Scheme Object of the type `openIdConnect`",
            Kind::Implicit => "OAuth Flow Object of `implicit`",
            Kind::Password => "OAuth Flow Object of `password`",
            Kind::ClientCredentials => "OAuth Flow Object of `clientCredentials`",
            Kind::AuthorizationCode => "OAuth Flow Object of `authorizationCode`",
            Kind::DeviceAuthorization => "OAuth Flow Object of `deviceAuthorization`",
        }
    }

    /// Whether sdkgen follows a reference in its place.
    pub fn can_be_reference(self) -> bool {
        matches!(
            self,
            Kind::Callback
                | Kind::Example
                | Kind::Header
                | Kind::Link
                | Kind::MediaType
                | Kind::Operation
                | Kind::Parameter
                | Kind::PathItem
                | Kind::RequestBody
                | Kind::Response
                | Kind::Schema
                | Kind::SecurityScheme
        )
    }

    pub fn fields(self) -> &'static [Field] {
        match self {
            Kind::ApiKey => API_KEY,
            Kind::AuthorizationCode => AUTHORIZATION_CODE,
            Kind::Callback => &[],
            Kind::ClientCredentials | Kind::Password => TOKEN_FLOW,
            Kind::Components => COMPONENTS,
            Kind::Contact => CONTACT,
            Kind::DeviceAuthorization => DEVICE_AUTHORIZATION,
            Kind::Discriminator => DISCRIMINATOR,
            Kind::Document => DOCUMENT,
            Kind::Encoding => ENCODING,
            Kind::Example => EXAMPLE,
            Kind::ExternalDocs => EXTERNAL_DOCS,
            Kind::Flows => FLOWS,
            Kind::Header => HEADER,
            Kind::Http => HTTP,
            Kind::Implicit => IMPLICIT,
            Kind::Info => INFO,
            Kind::License => LICENSE,
            Kind::Link => LINK,
            Kind::MediaType => MEDIA_TYPE,
            Kind::MutualTls => MUTUAL_TLS,
            Kind::OAuth2 => OAUTH2,
            Kind::OpenIdConnect => OPEN_ID_CONNECT,
            Kind::Operation => OPERATION,
            Kind::Parameter => PARAMETER,
            Kind::PathItem => PATH_ITEM,
            Kind::RequestBody => REQUEST_BODY,
            Kind::Response => RESPONSE,
            Kind::Schema => keywords::SCHEMA,
            Kind::SecurityScheme => SECURITY_SCHEME,
            Kind::Server => SERVER,
            Kind::ServerVariable => SERVER_VARIABLE,
            Kind::Tag => TAG,
            Kind::Xml => XML,
        }
    }
}

const DOCUMENT: &[Field] = &[
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

const INFO: &[Field] = &[
    text("title").required().told("W0108"),
    text("summary").since(V31),
    text("description"),
    uri("termsOfService"),
    one("contact", Kind::Contact),
    one("license", Kind::License),
    text("version").required(),
];

const CONTACT: &[Field] = &[text("name"), uri("url"), text("email")];

const LICENSE: &[Field] = &[
    text("name").required(),
    text("identifier").since(V31),
    uri("url"),
];

const SERVER: &[Field] = &[
    text("url").required(),
    text("description"),
    text("name").since(V32),
    map("variables", Kind::ServerVariable),
];

const SERVER_VARIABLE: &[Field] = &[
    other("enum", Shape::Texts),
    text("default").required().told("W0111"),
    text("description"),
];

const COMPONENTS: &[Field] = &[
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

const PATH_ITEM: &[Field] = &[
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

const OPERATION: &[Field] = &[
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

const EXTERNAL_DOCS: &[Field] = &[text("description"), uri("url").required()];

const PARAMETER: &[Field] = &[
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

const HEADER: &[Field] = &[
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

const REQUEST_BODY: &[Field] = &[
    text("description"),
    map("content", Kind::MediaType).required().told("W0414"),
    flag("required"),
];

const MEDIA_TYPE: &[Field] = &[
    text("description").since(V32),
    one("schema", Kind::Schema),
    one("itemSchema", Kind::Schema).since(V32),
    any("example"),
    map("examples", Kind::Example),
    map("encoding", Kind::Encoding),
    list("prefixEncoding", Kind::Encoding).since(V32),
    one("itemEncoding", Kind::Encoding).since(V32),
];

const ENCODING: &[Field] = &[
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

const RESPONSE: &[Field] = &[
    text("summary").since(V32),
    text("description").required_until(V31),
    map("headers", Kind::Header),
    map("content", Kind::MediaType),
    map("links", Kind::Link),
];

const EXAMPLE: &[Field] = &[
    text("summary"),
    text("description"),
    any("dataValue").since(V32),
    text("serializedValue").since(V32),
    any("value"),
    uri("externalValue"),
];

const LINK: &[Field] = &[
    uri("operationRef"),
    text("operationId"),
    any("parameters"),
    any("requestBody"),
    text("description"),
    one("server", Kind::Server),
];

const TAG: &[Field] = &[
    text("name").required(),
    text("summary").since(V32),
    text("description"),
    one("externalDocs", Kind::ExternalDocs),
    text("parent").since(V32),
    text("kind").since(V32),
];

const DISCRIMINATOR: &[Field] = &[
    text("propertyName").required(),
    other("mapping", Shape::TextMap),
    text("defaultMapping").since(V32),
];

const XML: &[Field] = &[
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

const SECURITY_SCHEME: &[Field] = &[
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

const API_KEY: &[Field] = &[
    text("type"),
    text("description"),
    flag("deprecated").since(V32),
    text("name").required(),
    other("in", Shape::Word(&["query", "header", "cookie"])).required(),
];

const HTTP: &[Field] = &[
    text("type"),
    text("description"),
    flag("deprecated").since(V32),
    text("scheme").required(),
    text("bearerFormat"),
];

const MUTUAL_TLS: &[Field] = &[
    text("type"),
    text("description"),
    flag("deprecated").since(V32),
];

const OAUTH2: &[Field] = &[
    text("type"),
    text("description"),
    flag("deprecated").since(V32),
    one("flows", Kind::Flows).required(),
    uri("oauth2MetadataUrl").since(V32),
];

const OPEN_ID_CONNECT: &[Field] = &[
    text("type"),
    text("description"),
    flag("deprecated").since(V32),
    uri("openIdConnectUrl").required(),
];

const FLOWS: &[Field] = &[
    one("implicit", Kind::Implicit),
    one("password", Kind::Password),
    one("clientCredentials", Kind::ClientCredentials),
    one("authorizationCode", Kind::AuthorizationCode),
    one("deviceAuthorization", Kind::DeviceAuthorization).since(V32),
];

const IMPLICIT: &[Field] = &[
    uri("authorizationUrl").required(),
    uri("refreshUrl"),
    other("scopes", Shape::TextMap).required(),
];

const TOKEN_FLOW: &[Field] = &[
    uri("tokenUrl").required(),
    uri("refreshUrl"),
    other("scopes", Shape::TextMap).required(),
];

const AUTHORIZATION_CODE: &[Field] = &[
    uri("authorizationUrl").required(),
    uri("tokenUrl").required(),
    uri("refreshUrl"),
    other("scopes", Shape::TextMap).required(),
];

const DEVICE_AUTHORIZATION: &[Field] = &[
    uri("deviceAuthorizationUrl").required(),
    uri("tokenUrl").required(),
    uri("refreshUrl"),
    other("scopes", Shape::TextMap).required(),
];
