//! Suggests names for the targets of references.

use super::Resolver;
use crate::tree::Node;

impl<'t> Resolver<'t> {
    /// Returns a name for a node that is not a component: the last two meaningful steps of its pointer, or the name
    /// of its file.
    pub fn called(self, target: Node<'t>) -> String {
        let steps = meaningful_steps(target);
        let named = steps[steps.len().saturating_sub(2)..].join(" ");
        match named.is_empty() {
            true => self.file_called(target).to_owned(),
            false => named,
        }
    }

    /// Returns the key of a node, or the name of its file for a root.
    pub fn own_name(&self, target: Node<'t>) -> &'t str {
        target.key().unwrap_or_else(|| self.file_called(target))
    }

    /// Returns a name from the file: `pet` for `pet.schema.json`.
    pub fn file_called(&self, node: Node<'_>) -> &'t str {
        let file = self.sources.file(node.file());
        let stem = file.and_then(|file| file.path.file_stem()?.to_str());
        let stem = stem.map(|stem| stem.strip_suffix(".schema").unwrap_or(stem));
        stem.unwrap_or("Schema")
    }
}

/// Returns the meaningful steps to a node. A parameter is represented by its name.
fn meaningful_steps(target: Node<'_>) -> Vec<String> {
    let around = std::iter::successors(Some(target), |node| node.parent());
    let mut steps: Vec<String> = around
        .filter_map(|node| match node.key() {
            // Skips media types, which are the same in most responses.
            Some(_) if node.parent().and_then(Node::key) == Some("content") => None,
            Some(key) => (!is_structural(key)).then(|| key.to_owned()),
            None => {
                let number = || node.index().map(|index| index.to_string());
                node.text("name").map(str::to_owned).or_else(number)
            }
        })
        .collect();
    steps.reverse();
    steps
}

/// Returns whether a step describes the position of a schema but not its meaning.
fn is_structural(step: &str) -> bool {
    matches!(
        step,
        "" | "properties"
            | "items"
            | "schema"
            | "schemas"
            | "components"
            | "content"
            | "paths"
            | "allOf"
            | "$defs"
            | "definitions"
            | "responses"
            | "requestBody"
            | "parameters"
    )
}
