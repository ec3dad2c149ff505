//! Leaves operations out of a description, and the components that nothing else refers to.

use crate::config::filter::{Filter, Selection};
use crate::diag::Diagnostics;
use crate::nearest;
use crate::openapi::{Document, Operation, PathItem, Reader};
use crate::resolve::{Resolver, percent_decode};
use crate::source::Loaded;
use crate::tree::{Node, NodeId};
use std::collections::{BTreeSet, HashSet};

/// Something that a filter names and the document does not have: the steps to it in the filter, and what
/// to say.
pub type Unknown = (Vec<String>, String);

/// Leaves out what the filter does; nothing is done where it names what is not there.
pub fn apply(loaded: &mut Loaded, filter: &Filter) -> Result<(), Unknown> {
    if filter.include.is_empty() && filter.exclude.is_empty() {
        return Ok(());
    }
    let operations = operations(loaded);
    known(&filter.include, "include", &operations)?;
    known(&filter.exclude, "exclude", &operations)?;
    let is_kept = |operation: &Found| {
        (filter.include.is_empty() || operation.is_of(&filter.include))
            && !operation.is_of(&filter.exclude)
    };
    let kept: HashSet<NodeId> = operations
        .iter()
        .filter(|it| is_kept(it))
        .map(|it| it.item)
        .collect();
    for operation in operations.iter().filter(|operation| !is_kept(operation)) {
        let node = match kept.contains(&operation.item) {
            true => operation.node,
            false => operation.item,
        };
        loaded.tree.remove(node);
    }
    let used = used(loaded);
    for unused in components(loaded)
        .filter(|id| !used.contains(id))
        .collect::<Vec<_>>()
    {
        loaded.tree.remove(unused);
    }
    loaded.tree.seal();
    Ok(())
}

/// An operation of the document.
struct Found {
    /// The member of `paths` or `webhooks` that it is below.
    item: NodeId,
    node: NodeId,
    is_webhook: bool,
    /// The key of that member: its path, or the name of the webhook.
    key: String,
    /// Its id, and method and path.
    names: Vec<String>,
    tags: Vec<String>,
}

impl Found {
    fn is_of(&self, selection: &Selection) -> bool {
        let is_named = |name: &String| self.names.contains(name);
        let is_tagged = |tag: &String| self.tags.contains(tag);
        let keys = match self.is_webhook {
            true => &selection.webhooks,
            false => &selection.paths,
        };
        selection.operations.iter().any(is_named)
            || selection.tags.iter().any(is_tagged)
            || keys.iter().any(|pattern| matches(pattern, &self.key))
    }
}

/// Whether a path is of a pattern, segment by segment.
fn matches(pattern: &str, path: &str) -> bool {
    fn rest(pattern: &[&str], path: &[&str]) -> bool {
        match (pattern, path) {
            ([], []) => true,
            (["**", after @ ..], _) => {
                rest(after, path)
                    || path
                        .split_first()
                        .is_some_and(|(_, path)| rest(pattern, path))
            }
            (["*", after @ ..], [_, path @ ..]) => rest(after, path),
            ([same, after @ ..], [segment, path @ ..]) => same == segment && rest(after, path),
            _ => false,
        }
    }
    let (pattern, path): (Vec<&str>, Vec<&str>) =
        (pattern.split('/').collect(), path.split('/').collect());
    rest(&pattern, &path)
}

/// All operations. What is wrong with them is told when they are lowered.
fn operations(loaded: &Loaded) -> Vec<Found> {
    let mut unheard = Diagnostics::default();
    let resolver = Resolver {
        sources: &loaded.sources,
        tree: &loaded.tree,
    };
    let root = loaded.tree.root(loaded.entry);
    let document = root.and_then(|root| Document::read(root, &mut Reader::new(&mut unheard)));
    let mut found = Vec::new();
    let Some(document) = document else {
        return found;
    };
    let paths = document.paths.into_iter().map(|item| (false, item));
    let webhooks = document.webhooks.into_iter().map(|item| (true, item));
    for (is_webhook, (key, at)) in paths.chain(webhooks) {
        let Some(item) = resolver.follow(at, &mut unheard) else {
            continue;
        };
        let item = PathItem::read(item, &mut Reader::new(&mut unheard));
        for (method, node) in item.operations {
            let mut operation = Found {
                item: at.id(),
                node: node.id(),
                is_webhook,
                key: key.to_owned(),
                names: Vec::new(),
                tags: Vec::new(),
            };
            if !is_webhook {
                operation.names.push(format!("{method} {key}"));
            }
            if let Some(node) = resolver.follow(node, &mut unheard) {
                let said = Operation::read(node, &mut Reader::new(&mut unheard));
                operation.names.extend(said.id);
                operation.tags = said.tags.into_iter().map(str::to_owned).collect();
            }
            found.push(operation);
        }
    }
    found
}

/// Whether all that a selection names is there.
fn known(selection: &Selection, part: &str, operations: &[Found]) -> Result<(), Unknown> {
    let names = operations.iter().flat_map(|operation| &operation.names);
    let tags = operations.iter().flat_map(|operation| &operation.tags);
    let lists: [(&str, &str, &[String], BTreeSet<&str>); 2] = [
        (
            "operations",
            "no operation",
            &selection.operations,
            names.map(String::as_str).collect(),
        ),
        (
            "tags",
            "the tag of no operation",
            &selection.tags,
            tags.map(String::as_str).collect(),
        ),
    ];
    let steps = |list: &str, index: usize| {
        ["filter", part, list, &index.to_string()]
            .map(str::to_owned)
            .to_vec()
    };
    for (list, what, wanted, known) in lists {
        if let Some(index) = wanted
            .iter()
            .position(|name| !known.contains(name.as_str()))
        {
            let unknown = &wanted[index];
            let hint = nearest::hint(unknown, known);
            return Err((
                steps(list, index),
                format!("`{unknown}` is {what} of the document{hint}"),
            ));
        }
    }
    let keys = [
        ("paths", "path", &selection.paths, false),
        ("webhooks", "name", &selection.webhooks, true),
    ];
    for (list, what, patterns, is_webhook) in keys {
        let is_there = |pattern: &String| {
            let mut found = operations
                .iter()
                .filter(|found| found.is_webhook == is_webhook);
            found.any(|found| matches(pattern, &found.key))
        };
        if let Some(index) = patterns.iter().position(|pattern| !is_there(pattern)) {
            let noun = if is_webhook { "webhook" } else { "operation" };
            let pattern = &patterns[index];
            let message = format!("`{pattern}` is the {what} of no {noun} of the document");
            return Err((steps(list, index), message));
        }
    }
    Ok(())
}

/// The components that may go: all but security schemes, which are named by requirements.
fn components(loaded: &Loaded) -> impl Iterator<Item = NodeId> {
    let root = loaded.tree.root(loaded.entry);
    let kinds = root.and_then(|root| root.get("components"));
    let kinds = kinds.into_iter().flat_map(Node::members);
    let kinds = kinds.filter(|(kind, _)| *kind != "securitySchemes" && !kind.starts_with("x-"));
    kinds.flat_map(|(_, kind)| kind.members().map(|(_, component)| component.id()))
}

/// Keywords by which a schema can be named from anywhere.
const IDENTIFIED: [&str; 3] = ["$id", "$anchor", "$dynamicAnchor"];

/// The components that are referred to by what is left of the document, and by its other files.
fn used(loaded: &Loaded) -> HashSet<NodeId> {
    let Some(root) = loaded.tree.root(loaded.entry) else {
        return HashSet::new();
    };
    let mut uses = Uses {
        root,
        used: HashSet::new(),
        open: root
            .members()
            .filter(|(key, _)| *key != "components")
            .map(|(_, node)| node)
            .collect(),
    };
    let others = loaded
        .sources
        .files()
        .filter(|(file, _)| *file != loaded.entry);
    uses.open
        .extend(others.filter_map(|(file, _)| loaded.tree.root(file)));
    let kept = root
        .get("components")
        .and_then(|kinds| kinds.get("securitySchemes"));
    uses.open.extend(kept);
    for id in components(loaded) {
        let component = loaded.tree.node(id);
        if IDENTIFIED.iter().any(|key| contains(component, key)) {
            uses.add(component);
        }
    }
    loop {
        uses.follow();
        let before = uses.used.len();
        uses.children();
        if uses.used.len() == before {
            return uses.used;
        }
    }
}

fn contains(node: Node<'_>, key: &str) -> bool {
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        if node.get(key).is_some() {
            return true;
        }
        open.extend(node.members().map(|(_, child)| child).chain(node.items()));
    }
    false
}

struct Uses<'t> {
    root: Node<'t>,
    used: HashSet<NodeId>,
    open: Vec<Node<'t>>,
}

impl<'t> Uses<'t> {
    fn add(&mut self, component: Node<'t>) {
        if self.used.insert(component.id()) {
            self.open.push(component);
        }
    }

    /// Goes over all that is open, and what it refers to.
    fn follow(&mut self) {
        while let Some(node) = self.open.pop() {
            for (key, child) in node.members() {
                match (key, child.as_str()) {
                    ("$ref" | "$dynamicRef", Some(reference)) => self.refer(reference),
                    ("mapping", None) => {
                        let values = child.members().filter_map(|(_, value)| value.as_str());
                        values
                            .collect::<Vec<_>>()
                            .into_iter()
                            .for_each(|value| self.refer(value));
                    }
                    _ => {}
                }
                self.open.push(child);
            }
            self.open.extend(node.items());
        }
    }

    /// A reference, in whatever file it stands, or the name of a schema.
    fn refer(&mut self, reference: &str) {
        let fragment = reference
            .split_once('#')
            .map(|(_, fragment)| percent_decode(fragment));
        let steps: Vec<String> = match &fragment {
            Some(fragment) => {
                let steps = fragment.split('/').skip(1).take(3);
                steps
                    .map(|step| step.replace("~1", "/").replace("~0", "~"))
                    .collect()
            }
            None => ["components", "schemas", reference]
                .map(str::to_owned)
                .to_vec(),
        };
        if steps.first().is_some_and(|first| first == "components") {
            self.root
                .descend(&steps)
                .into_iter()
                .for_each(|component| self.add(component));
        }
    }

    /// Schemas that say what one that is used, and has a discriminator, can be.
    fn children(&mut self) {
        let schemas = self
            .root
            .get("components")
            .and_then(|kinds| kinds.get("schemas"));
        for (_, schema) in schemas.into_iter().flat_map(Node::members) {
            let parents = schema.get("allOf").into_iter().flat_map(Node::items);
            let mut parents = parents.filter_map(|parent| parent.text("$ref")?.strip_prefix('#'));
            let is_child = parents.any(|pointer| {
                let steps: Vec<String> = pointer.split('/').skip(1).map(str::to_owned).collect();
                let parent = self.root.descend(&steps);
                parent.is_some_and(|parent| {
                    self.used.contains(&parent.id()) && parent.get("discriminator").is_some()
                })
            });
            if is_child {
                self.add(schema);
            }
        }
    }
}

#[cfg(test)]
mod tests;
