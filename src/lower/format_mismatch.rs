//! Formats that the document's own values speak against.
//!
//! In JSON Schema a `format` only annotates: a text of another form is valid too. Where an example or
//! a default is no UUID though the schema says so, the server will send others, and a whole response
//! would fail to decode for one of them. The same goes for integers in texts.

use super::scalar;
use crate::diag::{Diagnostics, codes};
use crate::ir::IntegerFormat;
use crate::resolve::Resolver;
use crate::tree::{Kind, Node, NodeId};
use std::collections::HashSet;

/// How deep in values, and in branches of `allOf`, is looked: branches may lead back to themselves.
const DEEPEST: usize = 100;

/// The schemas of UUIDs and of integers in texts for which the document has a text that is none; each
/// is told.
pub(super) fn find<'t>(resolver: Resolver<'t>, diagnostics: &mut Diagnostics) -> HashSet<NodeId> {
    let mut search = Search {
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

struct Search<'t, 'd> {
    resolver: Resolver<'t>,
    diagnostics: &'d mut Diagnostics,
    /// Schemas with the values that they were held against.
    seen: HashSet<(NodeId, NodeId)>,
    found: HashSet<NodeId>,
}

impl<'t> Search<'t, '_> {
    /// Holds all examples and defaults of an object against its schema: the one that a media type or
    /// a parameter has, else the object itself.
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
            self.diagnostics.push(codes::format_in_doubt(schema, value));
        }
    }

    /// What a reference leads to. Where it leads nowhere, that is told when the schema is read.
    fn follow(&self, node: Node<'t>) -> Option<Node<'t>> {
        self.resolver.follow(node, &mut Diagnostics::default())
    }
}

/// A format with a type of its own that not every text is of.
enum Expected {
    Uuid,
    Integer(IntegerFormat),
}

impl Expected {
    fn fits(&self, text: &str) -> bool {
        match self {
            Expected::Uuid => is_uuid(text),
            Expected::Integer(format) => format.reads(text),
        }
    }
}

fn expected(schema: Node<'_>) -> Option<Expected> {
    let format = schema.text("format")?;
    if format == "uuid" {
        return Some(Expected::Uuid);
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

/// Whether a text has the form of RFC 9562, section 4: hexadecimal digits in five groups.
fn is_uuid(text: &str) -> bool {
    let groups = [8, 4, 4, 4, 12];
    let mut parts = text.split('-');
    let fits = |length: usize, part: Option<&str>| {
        part.is_some_and(|part| {
            part.len() == length && part.bytes().all(|byte| byte.is_ascii_hexdigit())
        })
    };
    groups.into_iter().all(|length| fits(length, parts.next())) && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::is_uuid;

    #[test]
    fn uuids_are_told_from_other_texts() {
        assert!(is_uuid("4b0e1f3c-8a47-4c21-9a56-3d1f0c2b7e90"));
        assert!(is_uuid("4B0E1F3C-8A47-4C21-9A56-3D1F0C2B7E90"));
        assert!(!is_uuid("4b0e1f3c8a474c219a563d1f0c2b7e90"));
        assert!(!is_uuid("4b0e1f3-8a47-4c21-9a56-3d1f0c2b7e90"));
        assert!(!is_uuid("4b0e1f3c-8a47-4c21-9a56-3d1f0c2b7e90-"));
        assert!(!is_uuid("req_17"));
    }
}
