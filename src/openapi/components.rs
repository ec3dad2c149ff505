//! The maps of names of a document, wherever they stand, and the schemas that components are.

use super::{Reader, discriminated, swagger};
use crate::diag::{Diagnostics, codes};
use crate::resolve::{LONGEST_CHAIN, Resolver};
use crate::tree::{Node, NodeId};
use std::collections::{HashMap, HashSet};

/// How many schemas are laid over each other, from a child to its parent.
const MOST_LAID: usize = 20;

/// Extensions that name a schema's value of the discriminator, which Swagger 2.0 has no mapping for.
const TAGS: [&str; 2] = ["x-ms-discriminator-value", "x-discriminator-value"];

/// Members by their names.
type Named<'t> = Vec<(&'t str, Node<'t>)>;

/// The components that later stages name.
#[derive(Debug, Default)]
pub struct Components<'t> {
    /// By the name, in document order. What is nothing but a reference to a schema that is no component
    /// itself is that schema.
    pub schemas: Named<'t>,
    pub security_schemes: Named<'t>,
    /// Schemas of other files that something refers to, and that are laid over one with a discriminator:
    /// they are what it can be, as components are.
    pub children: Vec<Node<'t>>,
    names: HashMap<NodeId, &'t str>,
    /// The document is of Swagger 2.0.
    is_swagger: bool,
    /// References that a component is made of, with the schema that they lead to.
    meant: HashMap<NodeId, NodeId>,
}

impl<'t> Components<'t> {
    pub fn read(root: Node<'t>, resolver: Resolver<'t>, reader: &mut Reader<'_>) -> Self {
        let mut components = Components {
            is_swagger: swagger::version(root).is_some(),
            ..Components::default()
        };
        for (section, named) in sections(root, resolver, reader) {
            match section {
                "schemas" => components.schemas = named,
                "securitySchemes" => components.security_schemes = named,
                _ => {}
            }
        }
        components.find_meant(resolver);
        components.find_children(root, resolver);
        components
    }

    fn find_children(&mut self, root: Node<'t>, resolver: Resolver<'t>) {
        let mut files = resolver.sources.files();
        // Most descriptions have no parents, and most of all are one file.
        if files.len() == 1 || !files.any(|(_, file)| file.text.contains("discriminator")) {
            return;
        }
        for object in resolver.tree.objects() {
            let place = object.get("$ref");
            // What leads nowhere is told where it is read.
            let target = place.and_then(|place| resolver.target(place, place.as_str()?, 0).ok());
            let Some(target) = target.filter(|target| target.file() != root.file()) else {
                continue;
            };
            if self.name(target).is_none() && is_child(target, resolver, 0) {
                self.names.insert(target.id(), resolver.own_name(target));
                self.children.push(target);
            }
        }
    }

    /// The name of a schema that is a component, of the document itself or of another file.
    pub fn name(&self, schema: Node<'t>) -> Option<&'t str> {
        let elsewhere = || {
            let parent = schema.parent()?;
            let is_section = match self.is_swagger {
                true => parent.key() == Some("definitions") && parent.parent()?.parent().is_none(),
                false => {
                    parent.key().zip(parent.parent()?.key()) == Some(("schemas", "components"))
                }
            };
            schema.key().filter(|_| is_section)
        };
        self.names.get(&schema.id()).copied().or_else(elsewhere)
    }

    /// The value of a discriminator that no mapping names for a branch of a union: the one that an
    /// extension of the branch names, the name of the component, else what stands in the place of one.
    pub fn implicit_tag(&self, branch: Node<'t>, resolver: Resolver<'t>) -> Option<String> {
        let mut at = branch;
        for _ in 0..LONGEST_CHAIN {
            if let Some(value) = TAGS.iter().find_map(|key| at.text(key)) {
                return Some(value.to_owned());
            }
            if let Some(name) = self.name(at) {
                return Some(name.to_owned());
            }
            match at
                .get("$ref")
                .and_then(|place| Some((place, place.as_str()?)))
            {
                Some((place, text)) => at = resolver.target(place, text, 0).ok()?,
                None => break,
            }
        }
        (at.id() != branch.id()).then(|| resolver.own_name(at).to_owned())
    }

    /// The schema that a node stands for as, or for the sake of, a component; else the node itself.
    pub fn meant(&self, node: Node<'t>) -> Node<'t> {
        let meant = self.meant.get(&node.id());
        meant.map_or(node, |id| node.tree().node(*id))
    }

    /// All references that stand for a schema, with it.
    pub fn references(&self) -> impl Iterator<Item = (NodeId, NodeId)> {
        self.meant.iter().map(|(node, meant)| (*node, *meant))
    }

    /// Puts the schemas of files in the place of the components that are mere references to them, so
    /// that each schema is one, whether it is called by its name or by its file.
    fn find_meant(&mut self, resolver: Resolver<'t>) {
        let own = self.schemas.iter().map(|(name, node)| (node.id(), *name));
        self.names = own.collect();
        for (name, node) in &mut self.schemas {
            // Whatever has a name already keeps it, and this is another name for it.
            let is_named = |node: &Node<'_>| self.names.contains_key(&node.id());
            let (mut at, mut steps) = (*node, Vec::new());
            while steps.len() < LONGEST_CHAIN
                && let Some(next) = next(at, resolver).filter(|next| !is_named(next))
            {
                steps.push(at.id());
                at = next;
            }
            if steps.is_empty() || at.text("$ref").is_some() {
                continue;
            }
            let steps = steps.into_iter().map(|step| (step, at.id()));
            self.meant.extend(steps);
            self.names.insert(at.id(), *name);
            *node = at;
        }
    }
}

/// Whether a schema is laid over one with a discriminator, at once or by way of others.
fn is_child<'t>(schema: Node<'t>, resolver: Resolver<'t>, depth: usize) -> bool {
    let bases = schema.get("allOf").into_iter().flat_map(Node::items);
    let mut unheard = Diagnostics::default();
    let mut bases = bases.filter_map(|base| resolver.follow(base, &mut unheard));
    depth < MOST_LAID
        && bases.any(|base| discriminated(base).is_some() || is_child(base, resolver, depth + 1))
}

/// The components of each kind.
pub fn sections<'t>(
    root: Node<'t>,
    resolver: Resolver<'t>,
    reader: &mut Reader<'_>,
) -> Vec<(&'t str, Named<'t>)> {
    let mut sections = Vec::new();
    for (section, map) in swagger::sections(root) {
        if reader.is_object(map, map.key().unwrap_or_default()) {
            let mut members = members(map, resolver, reader);
            // A definition may be called `x-…`; a text is an extension.
            members.retain(|(name, node)| !name.starts_with("x-") || node.is_object());
            sections.push((section, members));
        }
    }
    if swagger::version(root).is_some() {
        return sections;
    }
    let parts = reader.object(root, "components");
    let parts = parts.map(|parts| members(parts, resolver, reader));
    for (section, part) in parts.into_iter().flatten() {
        if !section.starts_with("x-") && reader.is_object(part, section) {
            // A component may be called `x-…`: these are maps of names, without extensions.
            sections.push((section, members(part, resolver, reader)));
        }
    }
    sections
}

/// What a mere reference leads to.
fn next<'t>(node: Node<'t>, resolver: Resolver<'t>) -> Option<Node<'t>> {
    // What leads nowhere is told where the schema is read.
    let place = node.get("$ref").filter(|_| node.members().count() == 1)?;
    resolver.target(place, place.as_str()?, 0).ok()
}

/// The members of a map of names. OpenAPI has no reference in place of a whole map, but tools that lay
/// files into each other before they read them have: such a one is followed, and told.
pub(super) fn members<'t>(
    map: Node<'t>,
    resolver: Resolver<'t>,
    reader: &mut Reader<'_>,
) -> Named<'t> {
    let mut found: Named<'t> = map.members().collect();
    let mut seen = HashSet::from([map.id()]);
    let mut at = map;
    while at.text("$ref").is_some() {
        // What stands beside a reference says more than what it leads to.
        found.retain(|(name, node)| *name != "$ref" || node.as_str().is_none());
        reader.diagnostics.push(codes::reference_for_map(at));
        let Some(next) = resolver.step(at, reader.diagnostics) else {
            break;
        };
        if !seen.insert(next.id()) {
            reader.diagnostics.push(codes::reference_cycle(map));
            break;
        }
        if !reader.is_object(next, map.key().unwrap_or_default()) {
            break;
        }
        let known: HashSet<&str> = found.iter().map(|(name, _)| *name).collect();
        found.extend(next.members().filter(|(name, _)| !known.contains(name)));
        at = next;
    }
    found
}
