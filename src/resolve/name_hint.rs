//! What to call that which a reference names.

use super::Resolver;
use crate::tree::Node;

impl<'t> Resolver<'t> {
    /// A name for what is no component of its own: the last steps of its pointer that say what it is,
    /// else its file's name.
    pub fn called(self, target: Node<'t>) -> String {
        let steps = telling_steps(target);
        let named = steps[steps.len().saturating_sub(2)..].join(" ");
        match named.is_empty() {
            true => self.file_called(target).to_owned(),
            false => named,
        }
    }

    /// The key of a node; what is a file of its own is called as the file is.
    pub fn own_name(&self, target: Node<'t>) -> &'t str {
        target.key().unwrap_or_else(|| self.file_called(target))
    }

    /// A name for a node's file: `pet.schema.json` is about pets.
    pub fn file_called(&self, node: Node<'_>) -> &'t str {
        let file = self.sources.file(node.file());
        let stem = file.and_then(|file| file.path.file_stem()?.to_str());
        let stem = stem.map(|stem| stem.strip_suffix(".schema").unwrap_or(stem));
        stem.unwrap_or("Schema")
    }
}

/// The steps to a node that say what it is; a parameter is told by its name.
fn telling_steps(target: Node<'_>) -> Vec<String> {
    let around = std::iter::successors(Some(target), |node| node.parent());
    let mut steps: Vec<String> = around
        .filter_map(|node| match node.key() {
            // Every response has its media types.
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

/// Steps that say where a schema stands but not what it means.
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
