//! All examples of a description, each with its schema.
//!
//! The walk follows the OpenAPI Specification and uses sdkgen only to read nodes and to resolve references.

use sdkgen::diag::Diagnostics;
use sdkgen::load::Loaded;
use sdkgen::resolve::Resolver;
use sdkgen::tree::{Kind, Node, NodeId};
use serde_json::Value as Json;
use std::collections::HashSet;

/// An example.
pub struct Example {
    /// The file, if the description has several, and a JSON Pointer.
    pub place: String,
    pub origin: Origin,
    pub schema: NodeId,
    pub value: Json,
}

/// The kind of object that an example belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    Schema,
    Body,
    Parameter,
    Header,
    Default,
}

/// The kinds of objects that contain schemas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Part {
    PathItem,
    Operation,
    Parameter,
    Header,
    /// A request body or a response.
    Message,
    MediaType,
    Callback,
    Schema,
}

const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// Keywords whose value is a schema, a list of schemas, or a map of schemas.
const ONE: [&str; 11] = [
    "items",
    "additionalProperties",
    "unevaluatedProperties",
    "unevaluatedItems",
    "contains",
    "propertyNames",
    "not",
    "if",
    "then",
    "else",
    "contentSchema",
];
const LISTED: [&str; 4] = ["allOf", "oneOf", "anyOf", "prefixItems"];
const NAMED: [&str; 5] = [
    "properties",
    "patternProperties",
    "dependentSchemas",
    "$defs",
    "definitions",
];

/// Finds all examples in document order. An example that is referenced several times is returned once.
pub fn collect(loaded: &Loaded) -> Vec<Example> {
    let mut walk = Walk {
        resolver: Resolver {
            sources: &loaded.sources,
            tree: &loaded.tree,
        },
        seen: HashSet::new(),
        examples: Vec::new(),
    };
    if let Some(root) = loaded.tree.root(loaded.entry) {
        walk.document(root);
    }
    walk.examples
}

struct Walk<'t> {
    resolver: Resolver<'t>,
    seen: HashSet<(NodeId, Part)>,
    examples: Vec<Example>,
}

impl<'t> Walk<'t> {
    fn document(&mut self, root: Node<'t>) {
        for key in ["paths", "webhooks", "x-webhooks"] {
            self.members(root.get(key), Part::PathItem);
        }
        let components = root.get("components");
        let parts = [
            ("schemas", Part::Schema),
            ("parameters", Part::Parameter),
            ("headers", Part::Header),
            ("requestBodies", Part::Message),
            ("responses", Part::Message),
            ("callbacks", Part::Callback),
            ("pathItems", Part::PathItem),
            ("mediaTypes", Part::MediaType),
        ];
        for (key, part) in parts {
            self.members(components.and_then(|node| node.get(key)), part);
        }
    }

    fn members(&mut self, node: Option<Node<'t>>, part: Part) {
        let members = node.into_iter().flat_map(Node::members);
        members
            .filter(|(key, _)| !key.starts_with("x-") || part == Part::Schema)
            .for_each(|(_, member)| self.visit(member, part));
    }

    fn items(&mut self, node: Option<Node<'t>>, part: Part) {
        let items = node.into_iter().flat_map(Node::items);
        items.for_each(|item| self.visit(item, part));
    }

    fn visit(&mut self, node: Node<'t>, part: Part) {
        if !node.is_object() || !self.seen.insert((node.id(), part)) {
            return;
        }
        if node.text("$ref").is_some() {
            if let Some(target) = self.step(node) {
                self.visit(target, part);
            }
            // Only schemas and path items may have siblings of a reference.
            if !matches!(part, Part::Schema | Part::PathItem) {
                return;
            }
        }
        match part {
            Part::PathItem => self.path_item(node),
            Part::Operation => self.operation(node),
            Part::Parameter => self.parameter(node, Origin::Parameter),
            Part::Header => self.parameter(node, Origin::Header),
            Part::Message => {
                self.members(node.get("content"), Part::MediaType);
                self.members(node.get("headers"), Part::Header);
            }
            Part::MediaType => self.holder(node, Origin::Body),
            Part::Callback => self.members(Some(node), Part::PathItem),
            Part::Schema => self.schema(node),
        }
    }

    fn step(&self, node: Node<'t>) -> Option<Node<'t>> {
        self.resolver.step(node, &mut Diagnostics::default())
    }

    fn path_item(&mut self, node: Node<'t>) {
        self.items(node.get("parameters"), Part::Parameter);
        for (key, member) in node.members() {
            if METHODS.contains(&key.to_ascii_lowercase().as_str()) {
                self.visit(member, Part::Operation);
            }
        }
        self.members(node.get("additionalOperations"), Part::Operation);
    }

    fn operation(&mut self, node: Node<'t>) {
        self.items(node.get("parameters"), Part::Parameter);
        if let Some(body) = node.get("requestBody") {
            self.visit(body, Part::Message);
        }
        self.members(node.get("responses"), Part::Message);
        self.members(node.get("callbacks"), Part::Callback);
    }

    fn parameter(&mut self, node: Node<'t>, origin: Origin) {
        self.members(node.get("content"), Part::MediaType);
        self.holder(node, origin);
    }

    /// Collects the examples of an object with a `schema`.
    fn holder(&mut self, node: Node<'t>, origin: Origin) {
        let Some(schema) = node.get("schema") else {
            return;
        };
        self.visit(schema, Part::Schema);
        if let Some(example) = node.get("example") {
            self.add(example, schema, origin);
        }
        for (_, example) in node.get("examples").into_iter().flat_map(Node::members) {
            let Ok(Some(example)) = self.followed(example) else {
                continue;
            };
            if let Some(value) = example.get("dataValue").or_else(|| example.get("value")) {
                self.add(value, schema, origin);
            }
        }
    }

    fn followed(&self, node: Node<'t>) -> Result<Option<Node<'t>>, ()> {
        Ok(self.resolver.follow(node, &mut Diagnostics::default()))
    }

    fn schema(&mut self, node: Node<'t>) {
        if let Some(example) = node.get("example") {
            self.add(example, node, Origin::Schema);
        }
        for example in node.get("examples").into_iter().flat_map(Node::items) {
            self.add(example, node, Origin::Schema);
        }
        if let Some(default) = node.get("default") {
            self.add(default, node, Origin::Default);
        }
        for key in ONE {
            if let Some(schema) = node.get(key) {
                self.visit(schema, Part::Schema);
            }
        }
        for key in LISTED {
            self.items(node.get(key), Part::Schema);
        }
        for key in NAMED {
            self.members(node.get(key), Part::Schema);
        }
    }

    fn add(&mut self, example: Node<'t>, schema: Node<'t>, origin: Origin) {
        let path = self.resolver.sources.file(example.file());
        let several = self.resolver.sources.files().len() > 1;
        let file = path.filter(|_| several).map(|file| file.path.display());
        let file = file.map(|path| path.to_string());
        let name = file.as_deref().map(|path| {
            let cut = path.rsplit('/').next();
            cut.unwrap_or(path)
        });
        self.examples.push(Example {
            place: format!("{}#{}", name.unwrap_or_default(), example.pointer()),
            origin,
            schema: schema.id(),
            value: example.to_json(),
        });
    }
}

/// Returns whether a node can be a schema.
pub fn is_schema(node: Node<'_>) -> bool {
    matches!(node.kind(), Kind::Object | Kind::Bool)
}
