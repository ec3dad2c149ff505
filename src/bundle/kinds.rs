//! What stands where in an OpenAPI document, as far as it matters to a reference.

use crate::openapi::swagger;
use crate::tree::Node;

/// What an object is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    Document,
    /// A document of Swagger 2.0.
    Swagger,
    Components,
    PathItem,
    Operation,
    Callback,
    Parameter,
    Header,
    Body,
    Response,
    MediaType,
    Encoding,
    Link,
    Example,
    SecurityScheme,
    /// Its keys are names of security schemes, or references to them.
    Requirement,
    Schema,
    Discriminator,
    /// The names or references of a discriminator's mapping.
    Mapping,
    /// A text that names an operation.
    OperationRef,
    /// The address of a file that is no description.
    Address,
    ExternalDocs,
    Server,
    /// A URL that is relative to the one which the document is served at.
    Url,
    /// As [`Kind::Url`], but one that may be a host without a scheme.
    ServerUrl,
    /// All else: plain data, prose, tags.
    Other,
}

/// A value: one of a kind, or a map or a list of such.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    One(Kind),
    Map(Kind),
    List(Kind),
    /// The map of a kind of components, and one of them.
    Named(Kind),
    Component(Kind),
}

use Kind::*;
use Spot::{Component, List, Map, Named, One};

impl Spot {
    /// The kind of an object here that has a `$ref`: a map or a list may be replaced as a whole.
    pub fn kind(self) -> Kind {
        match self {
            One(kind) | Component(kind) => kind,
            Map(_) | List(_) | Named(_) => Other,
        }
    }

    pub fn member(self, key: &str) -> Spot {
        match self {
            Map(PathItem) if key.starts_with("x-") => One(Other),
            Map(kind) | List(kind) => One(kind),
            Named(kind) => Component(kind),
            One(kind) | Component(kind) => kind.member(key),
        }
    }

    pub fn item(self) -> Spot {
        match self {
            List(kind) | One(kind) | Component(kind) => One(kind),
            Map(_) | Named(_) => One(Other),
        }
    }
}

/// Where a document has its components.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// In sections of `components`.
    Components,
    /// In members of the root: Swagger 2.0.
    Root,
}

impl Layout {
    pub fn of(root: Node<'_>) -> Self {
        match swagger::version(root) {
            Some(_) => Layout::Root,
            None => Layout::Components,
        }
    }

    /// The map of the components of a kind; `None` for a kind that stands in the place of the references
    /// to it. Path items are among them: before OpenAPI 3.1 they were no components, and most read better
    /// where they are.
    pub fn section(self, kind: Kind) -> Option<&'static str> {
        let (section, _) = SECTIONS.iter().find(|(_, known)| *known == kind)?;
        match self {
            Layout::Components => Some(section),
            Layout::Root => swagger_section(section),
        }
    }

    /// The JSON Pointer of the object that holds the sections.
    pub fn pointer(self) -> &'static str {
        match self {
            Layout::Components => "/components",
            Layout::Root => "",
        }
    }

    /// The object that holds the sections.
    pub fn holder(self, root: Node<'_>) -> Option<Node<'_>> {
        match self {
            Layout::Components => root.get("components"),
            Layout::Root => Some(root),
        }
    }

    /// The nodes to visit one after the other: components keep the names that the root gives them.
    pub fn starts(self, root: Node<'_>) -> Vec<(Node<'_>, Spot)> {
        let mut starts: Vec<(Node<'_>, Spot)> = match self {
            Layout::Components => root
                .get("components")
                .map(|node| (node, One(Components)))
                .into_iter()
                .collect(),
            Layout::Root => root
                .members()
                .map(|(key, node)| (node, Swagger.member(key)))
                .filter(|(_, spot)| matches!(spot, Named(_)))
                .collect(),
        };
        starts.push(match self {
            Layout::Components => (root, One(Document)),
            Layout::Root => (root, One(Swagger)),
        });
        starts
    }
}

/// The member of a Swagger 2.0 document that is a section of `components` in OpenAPI 3.
fn swagger_section(section: &str) -> Option<&'static str> {
    let mut sections = swagger::SECTIONS.iter();
    let found = sections.find(|(_, known)| *known == section);
    found.map(|(key, _)| *key)
}

/// Whether a node is a component in a document of either layout.
pub fn is_component(node: Node<'_>) -> bool {
    let Some(map) = node.parent() else {
        return false;
    };
    let holder = map.parent();
    let is_section = |key: &str| swagger::SECTIONS.iter().any(|(known, _)| *known == key);
    holder.and_then(Node::key) == Some("components")
        || holder.is_some_and(|root| swagger::version(root).is_some())
            && map.key().is_some_and(is_section)
}

impl Kind {
    /// True for a text that names something.
    pub fn is_text(self) -> bool {
        matches!(self, Mapping | OperationRef | Address | Url | ServerUrl)
    }

    fn member(self, key: &str) -> Spot {
        match (self, key) {
            (Document, "paths" | "webhooks" | "x-webhooks") => Map(PathItem),
            (Document, "components") => One(Components),
            (Document | Operation, "security") => List(Requirement),
            (Swagger, "paths") => Map(PathItem),
            (Swagger, key) if key != "externalDocs" => {
                let of = |(section, kind): &(&str, Kind)| {
                    (swagger_section(section) == Some(key)).then_some(Named(*kind))
                };
                SECTIONS.iter().find_map(of).unwrap_or(One(Other))
            }
            (Components, "pathItems") => Named(PathItem),
            (Components, section) => match SECTIONS.iter().find(|(known, _)| *known == section) {
                Some((_, kind)) => Named(*kind),
                None => One(Other),
            },
            (PathItem, "additionalOperations") => Map(Operation),
            (PathItem, key) if METHODS.contains(&key) => One(Operation),
            (PathItem | Operation, "parameters") => List(Parameter),
            (Operation, "requestBody") => One(Body),
            (Operation, "responses") => Map(Response),
            (Operation, "callbacks") => Map(Callback),
            (Callback, _) => One(PathItem),
            (Parameter | Header | MediaType | Response, "schema") | (MediaType, "itemSchema") => {
                One(Schema)
            }
            (Parameter | Header | Body | Response, "content") => Map(MediaType),
            (Parameter | Header | MediaType, "examples") => Map(Example),
            (Response | Encoding, "headers") => Map(Header),
            (Response, "links") => Map(Link),
            (MediaType | Encoding, "encoding") => Map(Encoding),
            (MediaType | Encoding, "prefixEncoding") => List(Encoding),
            (MediaType | Encoding, "itemEncoding") => One(Encoding),
            (Document | Operation | Schema | Swagger, "externalDocs") => One(ExternalDocs),
            (Document | PathItem | Operation, "servers") => List(Server),
            (Link, "server") => One(Server),
            (ExternalDocs, "url") => One(Url),
            (Server, "url") => One(ServerUrl),
            (Link, "operationRef") => One(OperationRef),
            (Example, "externalValue") => One(Address),
            (Schema, key) => schema_member(key),
            (Discriminator, "mapping") => Map(Mapping),
            (Discriminator, "defaultMapping") => One(Mapping),
            _ => One(Other),
        }
    }
}

/// The kinds that have components, with the names of their maps, in the order of the specification.
pub const SECTIONS: [(&str, Kind); 9] = [
    ("schemas", Schema),
    ("responses", Response),
    ("parameters", Parameter),
    ("examples", Example),
    ("requestBodies", Body),
    ("headers", Header),
    ("securitySchemes", SecurityScheme),
    ("links", Link),
    ("callbacks", Callback),
];

const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

fn schema_member(key: &str) -> Spot {
    match key {
        "properties" | "patternProperties" | "$defs" | "definitions" | "dependentSchemas" => {
            Map(Schema)
        }
        "allOf" | "anyOf" | "oneOf" | "prefixItems" => List(Schema),
        // `items` may be a list in older drafts of JSON Schema; its items are schemas all the same.
        "items"
        | "additionalItems"
        | "additionalProperties"
        | "unevaluatedItems"
        | "unevaluatedProperties"
        | "contains"
        | "propertyNames"
        | "not"
        | "if"
        | "then"
        | "else"
        | "contentSchema" => One(Schema),
        "discriminator" => One(Discriminator),
        _ => One(Other),
    }
}
