//! Schemas that constrain their values but fall back to raw JSON.

use sdkgen::diag::{Diagnostics, Location as At};
use sdkgen::load::Loaded;
use sdkgen::pipeline::TypedSchema;
use sdkgen::resolve::Resolver;
use sdkgen::tree::{Node, NodeId};
use std::collections::{HashMap, HashSet};

/// Replaces the code of a fallback without a diagnostic, which is a bug.
pub const SILENT: &str = "(silent)";

/// The longest chain of references to references.
const DEPTH: usize = 20;

/// Finds each schema that constrains its values while its type is raw JSON. Returns the code of the diagnostic that
/// explains it, and the schema's position.
pub fn find(
    loaded: &Loaded,
    places: &[TypedSchema],
    diagnostics: &Diagnostics,
) -> Vec<(String, String)> {
    let raw: HashSet<NodeId> = places
        .iter()
        .filter(|place| place.is_raw)
        .map(|place| place.node)
        .collect();
    let mut codes: HashMap<NodeId, &'static str> = HashMap::new();
    for found in diagnostics.iter() {
        if let At::Value(node) | At::Key(node) = found.primary.place
            && (found.code[1..].starts_with("02") || found.code[1..].starts_with("03"))
        {
            codes.entry(node).or_insert(found.code);
        }
    }
    let question = Question {
        resolver: Resolver {
            sources: &loaded.sources,
            tree: &loaded.tree,
        },
        raw,
    };
    let raw = places
        .iter()
        .filter(|place| place.is_raw)
        .map(|place| loaded.tree.node(place.node));
    let told = |node: Node<'_>| (code(node, &codes).to_owned(), pointer(loaded, node));
    raw.filter(|node| question.says(*node, 0))
        .map(told)
        .collect()
}

/// Returns the code of a diagnostic about a schema, one of its keywords, or a node inside one of them.
fn code(node: Node<'_>, codes: &HashMap<NodeId, &'static str>) -> &'static str {
    let children = || node.members().map(|(_, child)| child).chain(node.items());
    let below =
        || children().flat_map(|child| child.items().chain(child.members().map(|(_, node)| node)));
    let all = std::iter::once(node).chain(children()).chain(below());
    all.filter_map(|node| codes.get(&node.id()))
        .next()
        .copied()
        .unwrap_or(SILENT)
}

fn pointer(loaded: &Loaded, node: Node<'_>) -> String {
    let name = loaded
        .sources
        .file(node.file())
        .filter(|_| loaded.sources.files().len() > 1);
    let name = name
        .and_then(|file| file.path.file_name())
        .unwrap_or_default();
    format!("{}#{}", name.to_string_lossy(), node.pointer())
}

struct Question<'t> {
    resolver: Resolver<'t>,
    raw: HashSet<NodeId>,
}

impl<'t> Question<'t> {
    /// Returns whether the schema itself constrains its values. A reference to a raw schema does not count, as that
    /// schema is counted at its own position.
    fn says(&self, node: Node<'t>, depth: usize) -> bool {
        if depth > DEPTH || !node.is_object() {
            return false;
        }
        if node.text("$ref").is_some() {
            return match self.resolver.follow(node, &mut Diagnostics::default()) {
                Some(target) => !self.raw.contains(&target.id()) && self.says(target, depth + 1),
                None => true,
            };
        }
        let list = |key: &str| node.get(key).into_iter().flat_map(Node::items);
        let types = node.get("type").map(|types| types.items().len());
        let all = types.is_some_and(|count| count >= 6);
        (node.get("type").is_some() && !all)
            || [
                "enum",
                "const",
                "properties",
                "patternProperties",
                "items",
                "prefixItems",
                "$dynamicRef",
            ]
            .iter()
            .any(|keyword| node.get(keyword).is_some())
            || list("allOf").any(|branch| self.says(branch, depth + 1))
            || ["oneOf", "anyOf"].iter().any(|keyword| {
                let mut branches = list(keyword).peekable();
                branches.peek().is_some() && branches.all(|branch| self.says(branch, depth + 1))
            })
    }
}
