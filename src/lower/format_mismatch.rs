//! Finds formats that the document's own values contradict.
//!
//! In JSON Schema, `format` is only an annotation, so other strings are valid too. If an example or default is
//! not a UUID although the schema says so, the server will send such values, and decoding a whole response
//! would fail. The same applies to integers in strings.

use super::scalar;
use crate::diag::{Diagnostics, codes};
use crate::ir::{FormatFacts, IntegerFormat};
use crate::resolve::Resolver;
use crate::tree::{Kind, Node, NodeId};
use std::collections::HashSet;

/// The depth limit for values and `allOf` branches, which may contain themselves.
const DEEPEST: usize = 100;

/// Returns the schemas of UUIDs and of integers in strings that a value contradicts, and reports each.
pub(super) fn find<'t>(resolver: Resolver<'t>, diagnostics: &mut Diagnostics) -> HashSet<NodeId> {
    let mut search = MismatchSearch {
        resolver,
        diagnostics,
        seen: HashSet::new(),
        found: HashSet::new(),
    };
    let objects = || resolver.tree.objects();
    if objects().any(|node| expected(node).is_some()) {
        objects().for_each(|node| search.values_of(node));
    }
    search.found
}

struct MismatchSearch<'t, 'd> {
    resolver: Resolver<'t>,
    diagnostics: &'d mut Diagnostics,
    /// Pairs of schema and value that were already compared.
    seen: HashSet<(NodeId, NodeId)>,
    found: HashSet<NodeId>,
}

impl<'t> MismatchSearch<'t, '_> {
    /// Compares the examples and defaults of an object with its `schema`, or with the object itself if it is a
    /// schema.
    fn values_of(&mut self, node: Node<'t>) {
        let schema = node.get("schema").unwrap_or(node);
        for value in scalar::given(node) {
            self.compare(schema, value, 0);
        }
        for (_, example) in node.get("examples").into_iter().flat_map(Node::members) {
            let example = self.follow(example);
            let value = example.and_then(|node| node.get("dataValue").or(node.get("value")));
            if let Some(value) = value {
                self.compare(schema, value, 0);
            }
        }
    }

    fn compare(&mut self, schema: Node<'t>, value: Node<'t>, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        let Some(schema) = self.follow(schema) else {
            return;
        };
        if !self.seen.insert((schema.id(), value.id())) {
            return;
        }
        match value.kind() {
            Kind::String => self.text(schema, value),
            Kind::Object => {
                let properties = schema.get("properties");
                let others = schema.get("additionalProperties");
                for (name, value) in value.members() {
                    let member = properties.and_then(|properties| properties.get(name));
                    if let Some(schema) = member.or(others) {
                        self.compare(schema, value, depth + 1);
                    }
                }
            }
            Kind::Array => {
                if let Some(items) = schema.get("items") {
                    let mut item = |item| self.compare(items, item, depth + 1);
                    value.items().for_each(&mut item);
                }
            }
            Kind::Null | Kind::Bool | Kind::Number => {}
        }
        for branch in schema.get("allOf").into_iter().flat_map(Node::items) {
            self.compare(branch, value, depth + 1);
        }
    }

    fn text(&mut self, schema: Node<'t>, value: Node<'t>) {
        let text = value.as_str().unwrap_or_default();
        let fits = expected(schema).is_none_or(|format| format.fits(text));
        if !fits && self.found.insert(schema.id()) {
            self.diagnostics
                .push(codes::value_without_format(schema, value));
        }
    }

    /// Follows a reference. An unresolved one is reported when the schema is read.
    fn follow(&self, node: Node<'t>) -> Option<Node<'t>> {
        self.resolver.follow(node, &mut Diagnostics::default())
    }
}

/// A format with its own type that restricts strings.
enum Expected {
    Format(&'static FormatFacts),
    Integer(IntegerFormat),
}

impl Expected {
    fn fits(&self, text: &str) -> bool {
        match self {
            Expected::Format(format) => (format.is_valid)(text),
            Expected::Integer(format) => format.reads(text),
        }
    }
}

fn expected(schema: Node<'_>) -> Option<Expected> {
    let format = schema.text("format")?;
    let string_format = FormatFacts::named(format).filter(|format| format.yields_to_values);
    if let Some(format) = string_format {
        return Some(Expected::Format(format));
    }
    let of_text = || match schema.get("type")?.as_str() {
        Some(ty) => Some(ty == "string"),
        None => Some(
            schema
                .get("type")?
                .items()
                .any(|ty| ty.as_str() == Some("string")),
        ),
    };
    let integer = scalar::integer_in_text(format).filter(|_| of_text() == Some(true));
    integer.map(Expected::Integer)
}
