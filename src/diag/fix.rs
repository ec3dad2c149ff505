//! Describes fixes of a document as actions of an overlay.
//!
//! The format is Overlay Specification 1.0, or 1.1 if necessary. Targets are JSONPaths (RFC 9535).

use super::{Diagnostic, Diagnostics};
use crate::tree::{FileId, Kind, Node, NodeId, Tree};
use indexmap::IndexSet;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// A change that fixes the document.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Fix {
    /// Merges properties into an object, or appends an item to an array.
    Update(NodeId, Json),
    /// Removes a node from its object or array.
    Remove(NodeId),
}

impl Fix {
    fn node(&self) -> NodeId {
        match self {
            Fix::Update(node, _) | Fix::Remove(node) => *node,
        }
    }

    fn action(&self, tree: &Tree) -> Json {
        let target = path(tree.node(self.node()));
        match self {
            Fix::Update(_, update) => json!({"target": target, "update": update}),
            Fix::Remove(_) => json!({"target": target, "remove": true}),
        }
    }
}

impl Diagnostic {
    /// Adds a fix.
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fixes.push(fix);
        self
    }

    /// Adds a fix that replaces the value of a property.
    pub fn replace(self, old: Node<'_>, value: impl Into<Json>) -> Self {
        match (old.parent(), old.key()) {
            (Some(object), Some(key)) => {
                self.fix(Fix::Update(object.id(), json!({key: value.into()})))
            }
            _ => self,
        }
    }

    /// Returns the actions that fix the document. Returns none if another file has to be changed, because an overlay
    /// changes only the document.
    pub fn actions(&self, tree: &Tree) -> Vec<Json> {
        let is_own = |fix: &Fix| tree.node(fix.node()).file() == DOCUMENT;
        match self.fixes.iter().all(is_own) {
            true => self.fixes.iter().map(|fix| fix.action(tree)).collect(),
            false => Vec::new(),
        }
    }
}

/// The document is always the first file.
const DOCUMENT: FileId = FileId(0);

/// The fixes of all findings, without duplicates.
#[derive(Debug, Default)]
pub struct Actions {
    updates: IndexSet<Json>,
    removals: BTreeMap<NodeId, Json>,
    /// Whether a scalar is removed, which needs version 1.1.
    takes_values: bool,
}

impl Actions {
    /// Adds the fixes for the findings of a document. It may be read several times.
    pub fn add(&mut self, diagnostics: &Diagnostics, tree: &Tree) {
        let fixable = diagnostics.iter();
        let fixable = fixable.filter(|found| !found.actions(tree).is_empty());
        for fix in fixable.flat_map(|found| &found.fixes) {
            let action = fix.action(tree);
            match fix {
                Fix::Update(..) => drop(self.updates.insert(action)),
                Fix::Remove(node) => {
                    let kind = tree.node(*node).kind();
                    self.takes_values |= !matches!(kind, Kind::Array | Kind::Object);
                    self.removals.insert(*node, action);
                }
            }
        }
    }

    /// Returns an overlay with all fixes, or `None` if there are none.
    pub fn overlay(&self) -> Option<Json> {
        // Removes from the end, because removing an item moves those after it.
        let removals = self.removals.values().rev();
        let actions: Vec<&Json> = self.updates.iter().chain(removals).collect();
        let version = match self.takes_values {
            true => "1.1.0",
            false => "1.0.0",
        };
        (!actions.is_empty()).then(|| {
            json!({
                "overlay": version,
                "info": {"title": "Fixes for findings of sdkgen", "version": "1.0.0"},
                "actions": actions,
            })
        })
    }
}

/// Returns the JSONPath of a node.
pub(crate) fn path(node: Node<'_>) -> String {
    let mut steps = Vec::new();
    let mut at = Some(node);
    while let Some(node) = at {
        steps.extend(node.index().map(|index| format!("[{index}]")));
        steps.extend(node.key().map(step));
        at = node.parent();
    }
    let steps = steps.iter().rev().map(String::as_str);
    std::iter::once("$").chain(steps).collect()
}

fn step(key: &str) -> String {
    let is_plain = |char: char| char.is_ascii_alphanumeric() || char == '_';
    let begins = key.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    if begins && key.chars().all(is_plain) {
        return format!(".{key}");
    }
    let mut quoted = String::new();
    for char in key.chars() {
        match char {
            '\'' | '\\' => quoted.extend(['\\', char]),
            char if char.is_control() => quoted.push_str(&format!("\\u{:04x}", u32::from(char))),
            char => quoted.push(char),
        }
    }
    format!("['{quoted}']")
}

#[cfg(test)]
mod tests {
    use super::path;
    use crate::load;
    use serde_json_path::JsonPath;

    /// Any key can be quoted: the path selects exactly the node.
    #[test]
    fn paths_lead_to_their_nodes() {
        let text = r#"{"a": {"it's": [{"\\": 1}, {"/x/{id}": 2}], "\u0007\"": 3, "": 4, "9": 5, "é.*[0]": 6}}"#;
        let loaded = load::from_texts(&[("x.json", text)], &mut Default::default()).unwrap();
        let root = loaded.tree.root(loaded.entry).unwrap();
        let json = root.to_json();
        let mut open = vec![root];
        let mut count = 0;
        while let Some(node) = open.pop() {
            open.extend(node.members().map(|(_, node)| node).chain(node.items()));
            let path = path(node);
            let query = JsonPath::parse(&path).unwrap_or_else(|fault| panic!("{path}: {fault}"));
            let found = query.query(&json).all();
            assert_eq!(found, [&node.to_json()], "{path}");
            count += 1;
        }
        assert_eq!(count, 11);
    }
}
