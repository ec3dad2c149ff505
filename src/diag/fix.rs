//! Changes of a document that mend what a diagnostic tells, as actions of an overlay.
//!
//! The form is that of the Overlay Specification 1.0, or 1.1 where it has to be; targets are JSONPaths
//! (RFC 9535).

use super::{Diagnostic, Diagnostics};
use crate::tree::{FileId, Kind, Node, NodeId, Tree};
use indexmap::IndexSet;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Mend {
    /// Members that an object is to have; what is added to an array comes behind its items.
    Update(NodeId, Json),
    /// A node that is taken out of the object or the array around it.
    Remove(NodeId),
}

impl Mend {
    fn node(&self) -> NodeId {
        match self {
            Mend::Update(node, _) | Mend::Remove(node) => *node,
        }
    }

    fn action(&self, tree: &Tree) -> Json {
        let target = path(tree.node(self.node()));
        match self {
            Mend::Update(_, update) => json!({"target": target, "update": update}),
            Mend::Remove(_) => json!({"target": target, "remove": true}),
        }
    }
}

impl Diagnostic {
    /// What mends the fault, beside all that does it already.
    pub fn mend(mut self, mend: Mend) -> Self {
        self.mends.push(mend);
        self
    }

    /// Gives an object another value of a member, where there is an object around the old one.
    pub fn replace(self, old: Node<'_>, value: impl Into<Json>) -> Self {
        match (old.parent(), old.key()) {
            (Some(object), Some(key)) => {
                self.mend(Mend::Update(object.id(), json!({key: value.into()})))
            }
            _ => self,
        }
    }

    /// The actions that mend it; none where it is not the document itself that has to be changed, which
    /// is all that an overlay changes.
    pub fn actions(&self, tree: &Tree) -> Vec<Json> {
        let is_own = |mend: &Mend| tree.node(mend.node()).file() == DOCUMENT;
        match self.mends.iter().all(is_own) {
            true => self.mends.iter().map(|mend| mend.action(tree)).collect(),
            false => Vec::new(),
        }
    }
}

/// The document is read before the files that it refers to.
const DOCUMENT: FileId = FileId(0);

/// All that mends what was found, each change once.
#[derive(Debug, Default)]
pub struct Actions {
    updates: IndexSet<Json>,
    removals: BTreeMap<NodeId, Json>,
    /// A plain value is taken out, which overlays of the first version do not do.
    takes_values: bool,
}

impl Actions {
    /// Adds what mends the findings of a document, or of another reading of the same document.
    pub fn add(&mut self, diagnostics: &Diagnostics, tree: &Tree) {
        let mendable = diagnostics.iter();
        let mendable = mendable.filter(|found| !found.actions(tree).is_empty());
        for mend in mendable.flat_map(|found| &found.mends) {
            let action = mend.action(tree);
            match mend {
                Mend::Update(..) => drop(self.updates.insert(action)),
                Mend::Remove(node) => {
                    let kind = tree.node(*node).kind();
                    self.takes_values |= !matches!(kind, Kind::Array | Kind::Object);
                    self.removals.insert(*node, action);
                }
            }
        }
    }

    /// An overlay of them; `None` where nothing can be mended by one.
    pub fn overlay(&self) -> Option<Json> {
        // Whatever is taken out of an array moves the items behind it.
        let removals = self.removals.values().rev();
        let actions: Vec<&Json> = self.updates.iter().chain(removals).collect();
        let version = match self.takes_values {
            true => "1.1.0",
            false => "1.0.0",
        };
        (!actions.is_empty()).then(|| {
            json!({
                "overlay": version,
                "info": {"title": "Mends what sdkgen found", "version": "1.0.0"},
                "actions": actions,
            })
        })
    }
}

/// The JSONPath of a node.
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

    /// Any key can be quoted: the path leads back to the node, and to no other.
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
