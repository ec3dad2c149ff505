//! The operations of a document, as a configuration names them.

use crate::diag::Diagnostics;
use crate::did_you_mean;
use crate::load::Loaded;
use crate::openapi::{Document, Operation, PathItem, Reader, hints};
use crate::resolve::Resolver;
use crate::tree::{Node, NodeId};
use indexmap::IndexSet;

/// A name that the document does not have: the steps to it in the configuration, and the message.
pub type UnknownName = (Vec<String>, String);

/// An operation of the document, with the names that refer to it.
pub struct Described {
    /// The entry of `paths` or `webhooks` that contains it.
    pub item: NodeId,
    pub node: NodeId,
    pub is_webhook: bool,
    /// The key of that entry: the path, or the name of the webhook.
    pub key: String,
    /// `METHOD /path`, unless it is a webhook, and the `operationId`.
    pub names: Vec<String>,
    pub tags: Vec<String>,
    /// The extension that ignores the operation.
    pub ignored: Option<NodeId>,
}

/// Returns all operations, or `None` if the document is not an OpenAPI document. Faults are reported by `lower`.
pub fn described(loaded: &Loaded) -> Option<Vec<Described>> {
    let mut discarded = Diagnostics::default();
    let resolver = Resolver {
        sources: &loaded.sources,
        tree: &loaded.tree,
    };
    let root = loaded.tree.root(loaded.entry)?;
    let document = Document::read(root, resolver, &mut Reader::new(&mut discarded))?;
    let paths = document.paths.into_iter().map(|item| (false, item));
    let webhooks = document.webhooks.into_iter().map(|item| (true, item));
    let mut found = Vec::new();
    for (is_webhook, (key, at)) in paths.chain(webhooks) {
        let item = PathItem::resolved(at, resolver, &mut Reader::new(&mut discarded));
        let ignored = hints::ignored(at).or_else(|| hints::ignored(item.node));
        for (method, node) in item.operations {
            let read = resolver.follow(node, &mut discarded);
            let ignored = read.and_then(hints::ignored).or(ignored);
            let read = read.map(|node| Operation::read(node, &mut Reader::new(&mut discarded)));
            let (id, tags) = read.map(|read| (read.id, read.tags)).unwrap_or_default();
            let line = (!is_webhook).then(|| format!("{method} {key}"));
            found.push(Described {
                item: at.id(),
                node: node.id(),
                is_webhook,
                key: key.to_owned(),
                names: line.into_iter().chain(id).collect(),
                tags: tags.into_iter().map(str::to_owned).collect(),
                ignored: ignored.map(Node::id),
            });
        }
    }
    Some(found)
}

/// Checks that all names of a list are known. `steps` is the path of the list, `what` describes an unknown name.
pub fn check<'k>(
    steps: &[&str],
    names: &[String],
    what: &str,
    known: impl Iterator<Item = &'k String>,
) -> Result<(), UnknownName> {
    let known: IndexSet<&str> = known.map(String::as_str).collect();
    match names
        .iter()
        .position(|name| !known.contains(&name.as_str()))
    {
        Some(index) => {
            let unknown = &names[index];
            let hint = did_you_mean::hint(unknown, known);
            let message = format!("unknown {what} `{unknown}`{hint}");
            Err((item(steps, index), message))
        }
        None => Ok(()),
    }
}

/// Returns the path of an item of a list.
pub fn item(steps: &[&str], index: usize) -> Vec<String> {
    let steps = steps.iter().map(|step| (*step).to_owned());
    steps.chain([index.to_string()]).collect()
}
