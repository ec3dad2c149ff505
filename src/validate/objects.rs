//! Defines the kinds of OpenAPI objects, and the description of a field.

use super::{fields, keywords, swagger};
use crate::openapi::Version::{self, V20, V32};

/// An object of the OpenAPI Specification.
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
    /// An Items Object of Swagger 2.0: the items of a list in a parameter or header.
    Items,
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

/// The value of a field.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    Any,
    Text,
    Uri,
    Flag,
    Number,
    /// A non-negative integer.
    Count,
    Texts,
    Values,
    /// One of these strings.
    Word(&'static [&'static str]),
    One(Kind),
    List(Kind),
    /// A map with any keys.
    Map(Kind),
    /// A map with keys that references may use.
    Named(Kind),
    /// A map with keys of a special form, beside extensions.
    Patterned(Kind),
    /// A map of strings.
    TextMap,
    /// An array of maps from names to arrays of strings.
    Requirements,
    /// A schema, or an array of schemas before JSON Schema 2020-12.
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
    /// The code that the reader reports if the field is missing.
    pub told: Option<&'static str>,
}

const fn field(name: &'static str, shape: Shape) -> Field {
    Field {
        name,
        shape,
        since: V20,
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

pub const fn named(name: &'static str, kind: Kind) -> Field {
    field(name, Shape::Named(kind))
}

impl Field {
    pub const fn since(self, since: Version) -> Self {
        Field { since, ..self }
    }

    pub const fn until(self, until: Version) -> Self {
        Field { until, ..self }
    }

    pub const fn required(self) -> Self {
        self.required_until(V32)
    }

    pub const fn required_until(self, last: Version) -> Self {
        Field {
            required: Some(last),
            ..self
        }
    }

    pub const fn told(self, code: &'static str) -> Self {
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
    /// Returns the name of the object in a version of the specification.
    pub fn title_in(self, version: Version) -> &'static str {
        match self {
            Kind::Document if version == V20 => "Swagger Object",
            kind => kind.title(),
        }
    }

    /// Returns the name of the object in OpenAPI 3.
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
            Kind::Items => "Items Object",
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

    /// Returns whether sdkgen follows a reference in place of the object.
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

    /// Returns the fields of the object in a version.
    pub fn fields_in(self, version: Version) -> &'static [Field] {
        let own = match version {
            V20 => swagger::fields(self),
            _ => None,
        };
        own.unwrap_or_else(|| self.fields())
    }

    /// Returns whether the object has a field of this name in OpenAPI 3.
    pub fn has_later(self, name: &str) -> bool {
        self.fields().iter().any(|field| field.name == name)
    }

    /// Returns the fields in OpenAPI 3, which include those of Swagger 2.0 with the same name.
    fn fields(self) -> &'static [Field] {
        match self {
            Kind::ApiKey => fields::API_KEY,
            Kind::AuthorizationCode => fields::AUTHORIZATION_CODE,
            Kind::Callback | Kind::Items => &[],
            Kind::ClientCredentials | Kind::Password => fields::TOKEN_FLOW,
            Kind::Components => fields::COMPONENTS,
            Kind::Contact => fields::CONTACT,
            Kind::DeviceAuthorization => fields::DEVICE_AUTHORIZATION,
            Kind::Discriminator => fields::DISCRIMINATOR,
            Kind::Document => fields::DOCUMENT,
            Kind::Encoding => fields::ENCODING,
            Kind::Example => fields::EXAMPLE,
            Kind::ExternalDocs => fields::EXTERNAL_DOCS,
            Kind::Flows => fields::FLOWS,
            Kind::Header => fields::HEADER,
            Kind::Http => fields::HTTP,
            Kind::Implicit => fields::IMPLICIT,
            Kind::Info => fields::INFO,
            Kind::License => fields::LICENSE,
            Kind::Link => fields::LINK,
            Kind::MediaType => fields::MEDIA_TYPE,
            Kind::MutualTls => fields::MUTUAL_TLS,
            Kind::OAuth2 => fields::OAUTH2,
            Kind::OpenIdConnect => fields::OPEN_ID_CONNECT,
            Kind::Operation => fields::OPERATION,
            Kind::Parameter => fields::PARAMETER,
            Kind::PathItem => fields::PATH_ITEM,
            Kind::RequestBody => fields::REQUEST_BODY,
            Kind::Response => fields::RESPONSE,
            Kind::Schema => keywords::SCHEMA,
            Kind::SecurityScheme => fields::SECURITY_SCHEME,
            Kind::Server => fields::SERVER,
            Kind::ServerVariable => fields::SERVER_VARIABLE,
            Kind::Tag => fields::TAG,
            Kind::Xml => fields::XML,
        }
    }
}
