//! Reads the OpenAPI document as typed objects: Swagger 2.0, OpenAPI 3.0, 3.1 and 3.2 in one model.
//!
//! Each object is read when a later stage needs it, so a reference may point anywhere. Differences between the
//! versions (`nullable` and type arrays, boolean and numeric `exclusiveMinimum`, `example` and `examples`) are
//! unified here. References are kept: `resolve` follows them. [`swagger`] reads what only Swagger 2.0 has.

mod additional;
pub mod components;
mod discriminator;
pub mod hints;
mod media_type;
mod operation;
mod read;
mod schema;
pub mod server;
pub mod swagger;

pub use additional::{Additional, additional_value, beside, is_unevaluated, patterned};
pub use components::Components;
pub use discriminator::{discriminated, tag};
pub use media_type::MediaType;
pub use operation::{Operation, Parameter, PathItem, RequestBody, Response};
pub use read::Reader;
pub use schema::{FurtherItems, PropertyMarks, Schema, TypeSet};
pub use swagger::Form;

use crate::diag::codes;
use crate::resolve::Resolver;
use crate::tree::{Kind, Node};

/// The version of OpenAPI that a document declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// Swagger 2.0.
    V20,
    V30,
    V31,
    V32,
}

impl Version {
    /// Returns the title of the specification.
    pub fn name(self) -> &'static str {
        match self {
            Version::V20 => "Swagger 2.0",
            Version::V30 => "OpenAPI 3.0",
            Version::V31 => "OpenAPI 3.1",
            Version::V32 => "OpenAPI 3.2",
        }
    }
}

/// The root object, split into the parts that later stages read.
#[derive(Debug)]
pub struct Document<'t> {
    pub version: Version,
    pub root: Node<'t>,
    pub info: Option<Node<'t>>,
    pub servers: Vec<Node<'t>>,
    pub security: Option<Node<'t>>,
    pub tags: Vec<Node<'t>>,
    /// Paths with their path items, in document order, without extensions.
    pub paths: Vec<(&'t str, Node<'t>)>,
    pub webhooks: Vec<(&'t str, Node<'t>)>,
    pub components: Components<'t>,
}

impl<'t> Document<'t> {
    /// Reads the root object. Returns `None` if it is not an OpenAPI document.
    pub fn read(root: Node<'t>, resolver: Resolver<'t>, reader: &mut Reader<'_>) -> Option<Self> {
        let version = version(root, reader)?;
        let components = Components::read(root, resolver, reader);
        let mut named = |key: &str| {
            let map = reader.object(root, key);
            let members = map.map(|map| components::members(map, resolver, reader));
            let mut members = members.unwrap_or_default();
            members.retain(|(name, _)| !name.starts_with("x-"));
            members
        };
        let webhooks_key = if root.get("webhooks").is_some() {
            "webhooks"
        } else {
            "x-webhooks"
        };
        let (paths, webhooks) = (named("paths"), named(webhooks_key));
        let document = Document {
            version,
            root,
            info: reader.object(root, "info"),
            servers: reader.array(root, "servers"),
            security: root.get("security"),
            tags: reader.array(root, "tags"),
            paths,
            webhooks,
            components,
        };
        let nothing = document.components.schemas.is_empty()
            && document.paths.is_empty()
            && document.webhooks.is_empty();
        if nothing {
            reader.diagnostics.push(codes::empty_document(root));
        }
        Some(document)
    }
}

/// Returns the properties of an object, without extensions.
fn named(object: Node<'_>) -> Vec<(&str, Node<'_>)> {
    object
        .members()
        .filter(|(key, _)| !key.starts_with("x-"))
        .collect()
}

fn version(root: Node<'_>, reader: &mut Reader<'_>) -> Option<Version> {
    if root.kind() != Kind::Object {
        reader.diagnostics.push(codes::not_an_object(root));
        return None;
    }
    if let Some(node) = swagger::version(root) {
        return swagger::is_supported(node, reader).then_some(Version::V20);
    }
    let Some(node) = root.get("openapi") else {
        reader.diagnostics.push(codes::not_openapi(root));
        return None;
    };
    let text = reader.text(root, "openapi").unwrap_or_default();
    let version = match text.get(..3) {
        Some("3.0") => Version::V30,
        Some("3.1") => Version::V31,
        Some("3.2") => Version::V32,
        _ if text.starts_with('3') => {
            reader.diagnostics.push(codes::unknown_version(node, &text));
            Version::V31
        }
        _ => {
            reader
                .diagnostics
                .push(codes::unsupported_version(node, &text));
            return None;
        }
    };
    Some(version)
}
