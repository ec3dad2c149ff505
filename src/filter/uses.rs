//! Which components of a document nothing refers to any more.

use crate::resolve::steps;
use crate::source::Loaded;
use crate::tree::{Node, NodeId};
use std::collections::HashSet;

/// The components that neither what else is in the document nor its other files refer to.
pub fn unused(loaded: &Loaded) -> Vec<NodeId> {
    let used = used(loaded);
    components(loaded).filter(|id| !used.contains(id)).collect()
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
        if is_identified(component) {
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

fn is_identified(node: Node<'_>) -> bool {
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        if IDENTIFIED.iter().any(|key| node.get(key).is_some()) {
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
                        values.for_each(|value| self.refer(value));
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
        let steps = match reference.split_once('#') {
            Some((_, fragment)) => steps(fragment).unwrap_or_default(),
            None => ["components", "schemas", reference]
                .map(str::to_owned)
                .to_vec(),
        };
        if steps.len() >= 3 && steps[0] == "components" {
            let component = self.root.descend(&steps[..3]);
            component.into_iter().for_each(|found| self.add(found));
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
            let mut parents = parents.filter_map(|parent| {
                let fragment = parent.text("$ref")?.strip_prefix('#')?;
                self.root.descend(&steps(fragment)?)
            });
            let is_child = parents.any(|parent| {
                self.used.contains(&parent.id()) && parent.get("discriminator").is_some()
            });
            if is_child {
                self.add(schema);
            }
        }
    }
}
