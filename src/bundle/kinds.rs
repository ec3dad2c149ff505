//! Knows which kind of object each value of an OpenAPI document is, as far as references need it.

use crate::openapi::swagger;
use crate::tree::Node;

/// The kind of an OpenAPI object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ObjectKind {
    Document,
    /// The root of a Swagger 2.0 document.
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
    /// The keys are names of security schemes, or references to them.
    Requirement,
    Schema,
    Discriminator,
    /// A name or reference in the mapping of a discriminator.
    Mapping,
    /// A string that refers to an operation.
    OperationRef,
    /// The address of a file that is not part of the description.
    Address,
    ExternalDocs,
    Server,
    /// A URL relative to the address that the document is served from.
    Url,
    /// Like [`ObjectKind::Url`], but it may be a host without a scheme.
    ServerUrl,
    /// Anything else: plain data, prose, tags.
    Other,
}

/// The kind of a value: one object, or a map or list of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueRole {
    One(ObjectKind),
    Map(ObjectKind),
    List(ObjectKind),
    /// A section of the components. [`ValueRole::Component`] is an entry of it.
    Named(ObjectKind),
    Component(ObjectKind),
}

use ObjectKind::*;
use ValueRole::{Component, List, Map, Named, One};

impl ValueRole {
    /// Returns the kind of the object that a `$ref` here stands for. A map or list can be replaced as a whole.
    pub fn kind(self) -> ObjectKind {
        match self {
            One(kind) | Component(kind) => kind,
            Map(_) | List(_) | Named(_) => Other,
        }
    }

    pub fn member(self, key: &str) -> ValueRole {
        match self {
            Map(PathItem) if key.starts_with("x-") => One(Other),
            Map(kind) | List(kind) => One(kind),
            Named(kind) => Component(kind),
            One(kind) | Component(kind) => kind.member(key),
        }
    }

    pub fn item(self) -> ValueRole {
        match self {
            List(kind) | One(kind) | Component(kind) => One(kind),
            Map(_) | Named(_) => One(Other),
        }
    }
}

/// The position of the components in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// In sections of `components`.
    Components,
    /// In properties of the root: Swagger 2.0.
    Root,
}

impl Layout {
    pub fn of(root: Node<'_>) -> Self {
        match swagger::version(root) {
            Some(_) => Layout::Root,
            None => Layout::Components,
        }
    }

    /// Returns the section for components of a kind, or `None` if references to this kind are inlined.
    ///
    /// Path items are inlined: OpenAPI has components for them only since 3.1, and most read better in place.
    pub fn section(self, kind: ObjectKind) -> Option<&'static str> {
        let (section, _) = SECTIONS.iter().find(|(_, known)| *known == kind)?;
        match self {
            Layout::Components => Some(section),
            Layout::Root => swagger_section(section),
        }
    }

    /// Returns the JSON Pointer of the object that contains the sections.
    pub fn pointer(self) -> &'static str {
        match self {
            Layout::Components => "/components",
            Layout::Root => "",
        }
    }

    /// Returns the object that contains the sections.
    pub fn holder(self, root: Node<'_>) -> Option<Node<'_>> {
        match self {
            Layout::Components => root.get("components"),
            Layout::Root => Some(root),
        }
    }

    /// Returns the nodes to visit, in order. Components come first, so that they keep their names in the root.
    pub fn starts(self, root: Node<'_>) -> Vec<(Node<'_>, ValueRole)> {
        let mut starts: Vec<(Node<'_>, ValueRole)> = match self {
            Layout::Components => root
                .get("components")
                .map(|node| (node, One(Components)))
                .into_iter()
                .collect(),
            Layout::Root => root
                .members()
                .map(|(key, node)| (node, Swagger.member(key)))
                .filter(|(_, role)| matches!(role, Named(_)))
                .collect(),
        };
        starts.push(match self {
            Layout::Components => (root, One(Document)),
            Layout::Root => (root, One(Swagger)),
        });
        starts
    }
}

/// Returns the Swagger 2.0 name of a section of `components`.
fn swagger_section(section: &str) -> Option<&'static str> {
    let mut sections = swagger::SECTIONS.iter();
    let found = sections.find(|(_, known)| *known == section);
    found.map(|(key, _)| *key)
}

/// Returns whether a node is a component, in either layout.
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

impl ObjectKind {
    /// Returns whether a string of this kind refers to something.
    pub fn is_text(self) -> bool {
        matches!(self, Mapping | OperationRef | Address | Url | ServerUrl)
    }

    fn member(self, key: &str) -> ValueRole {
        match (self, key) {
            (Document, "paths" | "webhooks" | "x-webhooks") => Map(PathItem),
            (Document, "components") => One(Components),
            (Document | Operation, "security") => List(Requirement),
            (Swagger, "paths") => Map(PathItem),
            (Swagger, key) if key != "externalDocs" => {
                let of = |(section, kind): &(&str, ObjectKind)| {
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

/// The sections of `components` with their kinds, in the order of the specification.
pub const SECTIONS: [(&str, ObjectKind); 9] = [
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

fn schema_member(key: &str) -> ValueRole {
    match key {
        "properties" | "patternProperties" | "$defs" | "definitions" | "dependentSchemas" => {
            Map(Schema)
        }
        "allOf" | "anyOf" | "oneOf" | "prefixItems" => List(Schema),
        // `items` may be an array in older drafts of JSON Schema; `ValueRole::item` handles its schemas.
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
