//! Prints the tree for `sdkgen dump nodes`.

use super::Loaded;
use crate::diag::Location;
use crate::tree::{Kind, Node};
use std::fmt::Write;

/// Prints one line per node: `file:line:col pointer kind value`.
pub fn dump(loaded: &Loaded) -> String {
    let mut text = String::new();
    for (file, _) in loaded.sources.files() {
        let mut open: Vec<Node<'_>> = loaded.tree.root(file).into_iter().collect();
        while let Some(node) = open.pop() {
            line(loaded, node, &mut text);
            open.extend(node.members().map(|(_, child)| child).rev());
            open.extend(node.items().rev());
        }
    }
    text
}

fn line(loaded: &Loaded, node: Node<'_>, text: &mut String) {
    if let Some(at) = loaded.sources.place(&loaded.tree, &Location::value(node)) {
        // Writing to a string cannot fail.
        let _ = write!(text, "{}:{}:{} ", at.path.display(), at.line, at.column);
    }
    let _ = writeln!(
        text,
        "#{} {} {}",
        node.pointer(),
        kind(node.kind()),
        excerpt(node)
    );
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Null => "null",
        Kind::Bool => "bool",
        Kind::Number => "number",
        Kind::String => "string",
        Kind::Array => "array",
        Kind::Object => "object",
    }
}

/// The limit of characters of a string.
const WIDTH: usize = 60;

fn excerpt(node: Node<'_>) -> String {
    match (node.kind(), node.as_str()) {
        (Kind::Object, _) => format!("{} properties", node.members().count()),
        (Kind::Array, _) => format!("{} items", node.items().count()),
        (_, Some(long)) if long.chars().count() > WIDTH => {
            let start: String = long.chars().take(WIDTH).collect();
            format!("{}…", serde_json::Value::from(start))
        }
        _ => node.to_json().to_string(),
    }
}
