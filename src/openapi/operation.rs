//! Reads path items, operations, parameters, bodies and responses.

use super::media_type::{self, MediaType};
use super::{Reader, Version, named, swagger};
use crate::diag::codes;
use crate::resolve::{LONGEST_CHAIN, Resolver};
use crate::tree::{Kind, Node};

/// The methods that are properties of a path item, in the order of the specification.
const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// A Path Item Object: operations and what they share.
#[derive(Debug)]
pub struct PathItem<'t> {
    pub node: Node<'t>,
    pub summary: Option<String>,
    pub description: Option<String>,
    pub servers: Vec<Node<'t>>,
    pub parameters: Vec<Node<'t>>,
    /// Methods in upper case with their operations, in document order.
    pub operations: Vec<(String, Node<'t>)>,
}

impl<'t> PathItem<'t> {
    /// Reads a path item, merged with those that its `$ref` leads to.
    pub fn resolved(node: Node<'t>, resolver: Resolver<'t>, reader: &mut Reader<'_>) -> Self {
        let mut outer = Vec::new();
        let mut item = PathItem::read(node, reader);
        while item.node.get("$ref").is_some() && outer.len() < LONGEST_CHAIN {
            let Some(target) = resolver.step(item.node, reader.diagnostics) else {
                break;
            };
            outer.push(std::mem::replace(&mut item, PathItem::read(target, reader)));
        }
        for outer in outer.into_iter().rev() {
            item.beside(outer, reader);
        }
        item
    }

    fn read(node: Node<'t>, reader: &mut Reader<'_>) -> Self {
        let mut operations: Vec<(String, Node<'t>)> = Vec::new();
        for (key, member) in node.members() {
            if METHODS.contains(&key) && member.kind() == Kind::Object {
                operations.push((key.to_ascii_uppercase(), member));
            } else if METHODS.contains(&key) {
                reader
                    .diagnostics
                    .push(codes::wrong_kind(member, key, "an object"));
            } else if METHODS.contains(&key.to_ascii_lowercase().as_str()) {
                reader
                    .diagnostics
                    .push(codes::method_in_upper_case(member, key));
                operations.push((key.to_ascii_uppercase(), member));
            }
        }
        if let Some(additional) = reader.object(node, "additionalOperations") {
            operations.extend(
                additional
                    .members()
                    .map(|(method, member)| (method.to_owned(), member)),
            );
        }
        PathItem {
            node,
            summary: reader.prose(node, "summary"),
            description: reader.prose(node, "description"),
            servers: reader.array(node, "servers"),
            parameters: reader.array(node, "parameters"),
            operations,
        }
    }

    /// Merges the path item whose `$ref` led to this one. The specification does not define which of two fields counts
    /// (OpenAPI, Path Item Object). Here the one beside `$ref` does.
    fn beside(&mut self, outer: PathItem<'t>, reader: &mut Reader<'_>) {
        self.summary = outer.summary.or(self.summary.take());
        self.description = outer.description.or(self.description.take());
        if !outer.servers.is_empty() {
            self.servers = outer.servers;
        }
        // Later parameters override earlier ones of the same name and location.
        self.parameters.extend(outer.parameters);
        let mut operations = outer.operations;
        for (method, target) in std::mem::take(&mut self.operations) {
            match operations.iter().find(|(known, _)| *known == method) {
                None => operations.push((method, target)),
                Some((_, own)) => reader
                    .diagnostics
                    .push(codes::operation_beside_reference(*own, target)),
            }
        }
        self.operations = operations;
    }
}

/// An Operation Object.
#[derive(Debug)]
pub struct Operation<'t> {
    pub node: Node<'t>,
    pub id: Option<String>,
    pub summary: Option<String>,
    pub description: Option<String>,
    pub tags: Vec<&'t str>,
    pub deprecated: bool,
    pub parameters: Vec<Node<'t>>,
    pub request_body: Option<Node<'t>>,
    /// Status codes with their responses, in document order.
    pub responses: Vec<(&'t str, Node<'t>)>,
    /// `None` means the document's requirements, an empty array none.
    pub security: Option<Node<'t>>,
    pub servers: Vec<Node<'t>>,
}

impl<'t> Operation<'t> {
    pub fn read(node: Node<'t>, reader: &mut Reader<'_>) -> Self {
        Operation {
            node,
            id: reader.prose(node, "operationId"),
            summary: reader.prose(node, "summary"),
            description: reader.prose(node, "description"),
            tags: reader.strings(node, "tags"),
            deprecated: reader.flag(node, "deprecated").unwrap_or_default(),
            parameters: reader.array(node, "parameters"),
            request_body: node.get("requestBody"),
            responses: reader
                .object(node, "responses")
                .map(named)
                .unwrap_or_default(),
            security: node.get("security"),
            servers: reader.array(node, "servers"),
        }
    }
}

/// A Parameter Object, or a Header Object, which has no `name` and `in`.
#[derive(Debug)]
pub struct Parameter<'t> {
    pub node: Node<'t>,
    pub name: String,
    pub location: String,
    pub required: bool,
    pub deprecated: bool,
    pub inferred: bool,
    pub description: Option<String>,
    pub style: Option<String>,
    pub explode: Option<bool>,
    pub allow_reserved: bool,
    pub allow_empty_value: bool,
    pub schema: Option<Node<'t>>,
    pub content: Vec<MediaType<'t>>,
    pub examples: Vec<Node<'t>>,
}

impl<'t> Parameter<'t> {
    pub fn read(node: Node<'t>, resolver: Resolver<'t>, reader: &mut Reader<'_>) -> Self {
        if reader.version == Version::V20 {
            return swagger::parameter(node, reader);
        }
        Parameter {
            node,
            name: reader.text(node, "name").unwrap_or_default(),
            location: reader.text(node, "in").unwrap_or_default(),
            required: reader.flag(node, "required").unwrap_or_default(),
            deprecated: reader.flag(node, "deprecated").unwrap_or_default(),
            inferred: reader.flag(node, "x-sdkgen-inferred").unwrap_or_default(),
            description: reader.prose(node, "description"),
            style: reader.text(node, "style"),
            explode: reader.flag(node, "explode"),
            allow_reserved: reader.flag(node, "allowReserved").unwrap_or_default(),
            allow_empty_value: reader.flag(node, "allowEmptyValue").unwrap_or_default(),
            schema: node.get("schema"),
            content: media_type::content(node, resolver, reader),
            examples: media_type::examples(node, resolver, reader),
        }
    }
}

/// A Request Body Object.
#[derive(Debug)]
pub struct RequestBody<'t> {
    pub description: Option<String>,
    pub required: bool,
    pub content: Vec<MediaType<'t>>,
}

impl<'t> RequestBody<'t> {
    pub fn read(node: Node<'t>, resolver: Resolver<'t>, reader: &mut Reader<'_>) -> Self {
        RequestBody {
            description: reader.prose(node, "description"),
            required: reader.flag(node, "required").unwrap_or_default(),
            content: media_type::content(node, resolver, reader),
        }
    }
}

/// A Response Object.
#[derive(Debug)]
pub struct Response<'t> {
    pub description: Option<String>,
    pub inferred: bool,
    pub content: Vec<MediaType<'t>>,
    pub headers: Vec<(&'t str, Node<'t>)>,
}

impl<'t> Response<'t> {
    pub fn read(node: Node<'t>, resolver: Resolver<'t>, reader: &mut Reader<'_>) -> Self {
        Response {
            description: reader.prose(node, "description"),
            inferred: reader.flag(node, "x-sdkgen-inferred").unwrap_or_default(),
            content: media_type::content(node, resolver, reader),
            headers: reader
                .object(node, "headers")
                .map(named)
                .unwrap_or_default(),
        }
    }
}
