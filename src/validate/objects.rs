//! Defines the kinds of OpenAPI objects, and the description of a field.

use super::{fields, keywords, swagger};
use crate::openapi::Version::{self, V20, V32};

/// An object of the OpenAPI Specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ObjectType {
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
pub enum FieldType {
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
    One(ObjectType),
    List(ObjectType),
    /// A map with any keys.
    Map(ObjectType),
    /// A map with keys that references may use.
    Named(ObjectType),
    /// A map with keys of a special form, beside extensions.
    Patterned(ObjectType),
    /// A map of strings.
    TextMap,
    /// An array of maps from names to arrays of strings.
    Requirements,
    /// A schema, or an array of schemas before JSON Schema 2020-12.
    Items,
}

/// A field of an object.
#[derive(Debug)]
pub struct FieldRule {
    pub name: &'static str,
    pub shape: FieldType,
    since: Version,
    until: Version,
    /// The last version that requires it.
    required: Option<Version>,
    /// The code that the reader reports if the field is missing.
    pub reported: Option<&'static str>,
}

const fn field(name: &'static str, shape: FieldType) -> FieldRule {
    FieldRule {
        name,
        shape,
        since: V20,
        until: V32,
        required: None,
        reported: None,
    }
}

pub const fn text(name: &'static str) -> FieldRule {
    field(name, FieldType::Text)
}

pub const fn uri(name: &'static str) -> FieldRule {
    field(name, FieldType::Uri)
}

pub const fn flag(name: &'static str) -> FieldRule {
    field(name, FieldType::Flag)
}

pub const fn any(name: &'static str) -> FieldRule {
    field(name, FieldType::Any)
}

pub const fn one(name: &'static str, kind: ObjectType) -> FieldRule {
    field(name, FieldType::One(kind))
}

pub const fn list(name: &'static str, kind: ObjectType) -> FieldRule {
    field(name, FieldType::List(kind))
}

pub const fn map(name: &'static str, kind: ObjectType) -> FieldRule {
    field(name, FieldType::Map(kind))
}

pub const fn other(name: &'static str, shape: FieldType) -> FieldRule {
    field(name, shape)
}

pub const fn named(name: &'static str, kind: ObjectType) -> FieldRule {
    field(name, FieldType::Named(kind))
}

impl FieldRule {
    pub const fn since(self, since: Version) -> Self {
        FieldRule { since, ..self }
    }

    pub const fn until(self, until: Version) -> Self {
        FieldRule { until, ..self }
    }

    pub const fn required(self) -> Self {
        self.required_until(V32)
    }

    pub const fn required_until(self, last: Version) -> Self {
        FieldRule {
            required: Some(last),
            ..self
        }
    }

    pub const fn reported(self, code: &'static str) -> Self {
        FieldRule {
            reported: Some(code),
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

impl ObjectType {
    /// Returns the name of the object in a version of the specification.
    pub fn title_in(self, version: Version) -> &'static str {
        match self {
            ObjectType::Document if version == V20 => "Swagger Object",
            kind => kind.title(),
        }
    }

    /// Returns the name of the object in OpenAPI 3.
    pub fn title(self) -> &'static str {
        match self {
            ObjectType::Callback => "Callback Object",
            ObjectType::Components => "Components Object",
            ObjectType::Contact => "Contact Object",
            ObjectType::Discriminator => "Discriminator Object",
            ObjectType::Document => "OpenAPI Object",
            ObjectType::Encoding => "Encoding Object",
            ObjectType::Example => "Example Object",
            ObjectType::ExternalDocs => "External Documentation Object",
            ObjectType::Flows => "OAuth Flows Object",
            ObjectType::Header => "Header Object",
            ObjectType::Info => "Info Object",
            ObjectType::Items => "Items Object",
            ObjectType::License => "License Object",
            ObjectType::Link => "Link Object",
            ObjectType::MediaType => "Media Type Object",
            ObjectType::Operation => "Operation Object",
            ObjectType::Parameter => "Parameter Object",
            ObjectType::PathItem => "Path Item Object",
            ObjectType::RequestBody => "Request Body Object",
            ObjectType::Response => "Response Object",
            ObjectType::Schema => "Schema Object",
            ObjectType::SecurityScheme => "Security Scheme Object",
            ObjectType::Server => "Server Object",
            ObjectType::ServerVariable => "Server Variable Object",
            ObjectType::Tag => "Tag Object",
            ObjectType::Xml => "XML Object",
            ObjectType::ApiKey => "Security Scheme Object of the type `apiKey`",
            ObjectType::Http => "Security Scheme Object of the type `http`",
            ObjectType::MutualTls => "Security Scheme Object of the type `mutualTLS`",
            ObjectType::OAuth2 => "Security Scheme Object of the type `oauth2`",
            ObjectType::OpenIdConnect => "Security Scheme Object of the type `openIdConnect`",
            ObjectType::Implicit => "OAuth Flow Object of `implicit`",
            ObjectType::Password => "OAuth Flow Object of `password`",
            ObjectType::ClientCredentials => "OAuth Flow Object of `clientCredentials`",
            ObjectType::AuthorizationCode => "OAuth Flow Object of `authorizationCode`",
            ObjectType::DeviceAuthorization => "OAuth Flow Object of `deviceAuthorization`",
        }
    }

    /// Returns whether sdkgen follows a reference in place of the object.
    pub fn can_be_reference(self) -> bool {
        matches!(
            self,
            ObjectType::Callback
                | ObjectType::Example
                | ObjectType::Header
                | ObjectType::Link
                | ObjectType::MediaType
                | ObjectType::Operation
                | ObjectType::Parameter
                | ObjectType::PathItem
                | ObjectType::RequestBody
                | ObjectType::Response
                | ObjectType::Schema
                | ObjectType::SecurityScheme
        )
    }

    /// Returns the fields of the object in a version.
    pub fn fields_in(self, version: Version) -> &'static [FieldRule] {
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
    fn fields(self) -> &'static [FieldRule] {
        match self {
            ObjectType::ApiKey => fields::API_KEY,
            ObjectType::AuthorizationCode => fields::AUTHORIZATION_CODE,
            ObjectType::Callback | ObjectType::Items => &[],
            ObjectType::ClientCredentials | ObjectType::Password => fields::TOKEN_FLOW,
            ObjectType::Components => fields::COMPONENTS,
            ObjectType::Contact => fields::CONTACT,
            ObjectType::DeviceAuthorization => fields::DEVICE_AUTHORIZATION,
            ObjectType::Discriminator => fields::DISCRIMINATOR,
            ObjectType::Document => fields::DOCUMENT,
            ObjectType::Encoding => fields::ENCODING,
            ObjectType::Example => fields::EXAMPLE,
            ObjectType::ExternalDocs => fields::EXTERNAL_DOCS,
            ObjectType::Flows => fields::FLOWS,
            ObjectType::Header => fields::HEADER,
            ObjectType::Http => fields::HTTP,
            ObjectType::Implicit => fields::IMPLICIT,
            ObjectType::Info => fields::INFO,
            ObjectType::License => fields::LICENSE,
            ObjectType::Link => fields::LINK,
            ObjectType::MediaType => fields::MEDIA_TYPE,
            ObjectType::MutualTls => fields::MUTUAL_TLS,
            ObjectType::OAuth2 => fields::OAUTH2,
            ObjectType::OpenIdConnect => fields::OPEN_ID_CONNECT,
            ObjectType::Operation => fields::OPERATION,
            ObjectType::Parameter => fields::PARAMETER,
            ObjectType::PathItem => fields::PATH_ITEM,
            ObjectType::RequestBody => fields::REQUEST_BODY,
            ObjectType::Response => fields::RESPONSE,
            ObjectType::Schema => keywords::SCHEMA,
            ObjectType::SecurityScheme => fields::SECURITY_SCHEME,
            ObjectType::Server => fields::SERVER,
            ObjectType::ServerVariable => fields::SERVER_VARIABLE,
            ObjectType::Tag => fields::TAG,
            ObjectType::Xml => fields::XML,
        }
    }
}
