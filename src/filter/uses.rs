//! Finds components that are not used any more.

use crate::diag::Diagnostics;
use crate::load::Loaded;
use crate::openapi::{Components, Reader, components, swagger};
use crate::resolve::Resolver;
use crate::tree::{Node, NodeId};
use std::collections::{HashMap, HashSet};

/// Returns the components that are not reachable from the rest of the document.
pub fn unused(loaded: &Loaded) -> Vec<NodeId> {
    let Some(root) = loaded.tree.root(loaded.entry) else {
        return Vec::new();
    };
    let mut uses = UsedNodes::new(root, loaded);
    uses.begin(root);
    loop {
        uses.follow();
        uses.children();
        if uses.open.is_empty() {
            break;
        }
    }
    let is_unused = |component: &&Node<'_>| !uses.seen.contains(&component.id());
    let unused = uses.listed.iter().filter(is_unused);
    unused.map(|component| component.id()).collect()
}

/// Keywords that make a schema reachable from anywhere.
const IDENTIFIED: [&str; 3] = ["$id", "$anchor", "$dynamicAnchor"];

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

/// The search for used nodes, in all files.
struct UsedNodes<'t> {
    resolver: Resolver<'t>,
    components: Components<'t>,
    /// The components that may be removed, in document order: all but security schemes, which requirements refer to
    /// by name.
    listed: Vec<Node<'t>>,
    /// The ids of `listed`.
    removable: HashSet<NodeId>,
    kept: Vec<Node<'t>>,
    /// The components that are references, by their target.
    references: HashMap<NodeId, Vec<NodeId>>,
    seen: HashSet<NodeId>,
    open: Vec<Node<'t>>,
}

impl<'t> UsedNodes<'t> {
    fn new(root: Node<'t>, loaded: &'t Loaded) -> Self {
        let resolver = Resolver {
            sources: &loaded.sources,
            tree: &loaded.tree,
        };
        // Faults of the document are reported by `lower`.
        let mut discarded = Diagnostics::default();
        let mut reader = Reader::new(&mut discarded);
        let (mut listed, mut kept) = (Vec::new(), Vec::new());
        for (section, members) in components::sections(root, resolver, &mut reader) {
            let members = members.into_iter().map(|(_, component)| component);
            match section {
                "securitySchemes" => kept.extend(members),
                _ => listed.extend(members),
            }
        }
        let components = Components::read(root, resolver, &mut reader);
        let mut references: HashMap<NodeId, Vec<NodeId>> = HashMap::new();
        for (reference, meant) in components.references() {
            references.entry(meant).or_default().push(reference);
        }
        UsedNodes {
            resolver,
            components,
            removable: listed.iter().map(|component| component.id()).collect(),
            listed,
            kept,
            references,
            seen: HashSet::new(),
            open: Vec::new(),
        }
    }

    fn begin(&mut self, root: Node<'t>) {
        let sections: Vec<NodeId> = swagger::sections(root).map(|(_, map)| map.id()).collect();
        let is_section =
            |key: &str, part: &Node<'_>| key == "components" || sections.contains(&part.id());
        let parts = root.members().filter(|(key, part)| !is_section(key, part));
        self.open.extend(parts.map(|(_, node)| node));
        self.open.append(&mut self.kept);
        let identified = self.listed.iter().filter(|node| is_identified(**node));
        self.open.extend(identified);
    }

    /// Visits all open nodes and the targets of their references.
    fn follow(&mut self) {
        while let Some(node) = self.open.pop() {
            if !self.seen.insert(node.id()) {
                continue;
            }
            let references = self.references.get(&node.id()).into_iter().flatten();
            self.open
                .extend(references.map(|id| self.resolver.tree.node(*id)));
            for (key, child) in node.members() {
                match (key, child.as_str()) {
                    ("$ref" | "$dynamicRef" | "$recursiveRef", Some(text)) => {
                        self.refer(child, text);
                    }
                    ("mapping", None) => {
                        for (_, value) in child.members() {
                            value
                                .as_str()
                                .into_iter()
                                .for_each(|text| self.map(value, text));
                        }
                    }
                    _ => {}
                }
                self.open.push(child);
            }
            self.open.extend(node.items());
        }
    }

    /// Marks the target as used. If it is part of a component, the whole component is used.
    fn refer(&mut self, place: Node<'t>, reference: &str) {
        let Ok(target) = self.resolver.target(place, reference, 0) else {
            return;
        };
        let mut around = std::iter::successors(Some(target), |node| node.parent());
        let component = around.find(|node| self.removable.contains(&node.id()));
        self.open.push(component.unwrap_or(target));
    }

    /// Marks the schema of a mapping value, which is a name or a reference.
    fn map(&mut self, place: Node<'t>, value: &str) {
        let mut schemas = self.components.schemas.iter();
        match schemas.find(|(name, _)| *name == value) {
            Some((_, schema)) => self.open.push(*schema),
            None => self.refer(place, value),
        }
    }

    /// Opens children of used schemas with a discriminator, because they are variants of them.
    fn children(&mut self) {
        let mut discarded = Diagnostics::default();
        for (_, schema) in &self.components.schemas {
            if self.seen.contains(&schema.id()) {
                continue;
            }
            let parents = schema.get("allOf").into_iter().flat_map(Node::items);
            let mut parents =
                parents.filter_map(|parent| self.resolver.follow(parent, &mut discarded));
            let is_child = parents.any(|parent| {
                self.seen.contains(&parent.id()) && parent.get("discriminator").is_some()
            });
            if is_child {
                self.open.push(*schema);
            }
        }
    }
}
