//! Reads the components of a document, and finds the schema that each component stands for.

use super::{Reader, discriminated, swagger};
use crate::diag::{Diagnostics, codes};
use crate::resolve::{LONGEST_CHAIN, Resolver};
use crate::tree::{Node, NodeId};
use std::collections::{HashMap, HashSet};

/// The limit of nested `allOf`, from a child to its parent.
const MOST_PARENTS: usize = 20;

/// Extensions with the tag of a schema, because Swagger 2.0 has no discriminator mapping.
const TAGS: [&str; 2] = ["x-ms-discriminator-value", "x-discriminator-value"];

/// Named nodes.
type NamedNodes<'t> = Vec<(&'t str, Node<'t>)>;

/// The components that get names in later stages.
#[derive(Debug, Default)]
pub struct Components<'t> {
    /// Schemas by name, in document order. An entry that is only a `$ref` to a schema that is not a component is
    /// replaced by that schema.
    pub schemas: NamedNodes<'t>,
    pub security_schemes: NamedNodes<'t>,
    /// Schemas of other files with `allOf` a schema with a discriminator. They are variants of it, like components.
    pub children: Vec<Node<'t>>,
    names: HashMap<NodeId, &'t str>,
    /// Whether the document is Swagger 2.0.
    is_swagger: bool,
    /// References that a component consists of, with their target.
    canonical: HashMap<NodeId, NodeId>,
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
        components.find_canonical(resolver);
        components.find_children(root, resolver);
        components
    }

    fn find_children(&mut self, root: Node<'t>, resolver: Resolver<'t>) {
        let mut files = resolver.sources.files();
        // Skips the search for most documents: they are one file, or have no discriminators.
        if files.len() == 1 || !files.any(|(_, file)| file.text.contains("discriminator")) {
            return;
        }
        for object in resolver.tree.objects() {
            let place = object.get("$ref");
            // Unresolved references are reported when the schema is read.
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

    /// Returns the name of a schema that is a component of the document or of another file.
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

    /// Returns the tag of a union's branch that no mapping names.
    ///
    /// It is the value of an extension, the component name, or the name of the file or property.
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

    /// Returns the schema that a component stands for, or the node itself.
    pub fn canonical(&self, node: Node<'t>) -> Node<'t> {
        let canonical = self.canonical.get(&node.id());
        canonical.map_or(node, |id| node.tree().node(*id))
    }

    /// Returns all references that stand for a schema, with that schema.
    pub fn references(&self) -> impl Iterator<Item = (NodeId, NodeId)> {
        self.canonical
            .iter()
            .map(|(node, canonical)| (*node, *canonical))
    }

    /// Replaces components that are only references to schemas of other files by those schemas. Each schema then has
    /// one type, whether it is referred to by component or by file.
    fn find_canonical(&mut self, resolver: Resolver<'t>) {
        let own = self.schemas.iter().map(|(name, node)| (node.id(), *name));
        self.names = own.collect();
        for (name, node) in &mut self.schemas {
            // A schema that has a name keeps it; this component is an alias.
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
            self.canonical.extend(steps);
            self.names.insert(at.id(), *name);
            *node = at;
        }
    }
}

/// Returns whether a schema has `allOf` a schema with a discriminator, directly or through others.
fn is_child<'t>(schema: Node<'t>, resolver: Resolver<'t>, depth: usize) -> bool {
    let bases = schema.get("allOf").into_iter().flat_map(Node::items);
    let mut discarded = Diagnostics::default();
    let mut bases = bases.filter_map(|base| resolver.follow(base, &mut discarded));
    depth < MOST_PARENTS
        && bases.any(|base| discriminated(base).is_some() || is_child(base, resolver, depth + 1))
}

/// Returns the components of each kind.
pub fn sections<'t>(
    root: Node<'t>,
    resolver: Resolver<'t>,
    reader: &mut Reader<'_>,
) -> Vec<(&'t str, NamedNodes<'t>)> {
    let mut sections = Vec::new();
    for (section, map) in swagger::sections(root) {
        if reader.is_object(map, map.key().unwrap_or_default()) {
            let mut members = members(map, resolver, reader);
            // A definition may be called `x-…`, but only an object is a definition.
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
            // A component may be called `x-…`: maps of components have no extensions.
            sections.push((section, members(part, resolver, reader)));
        }
    }
    sections
}

/// Returns the target of a node that is only a `$ref`.
fn next<'t>(node: Node<'t>, resolver: Resolver<'t>) -> Option<Node<'t>> {
    // Unresolved references are reported when the schema is read.
    let place = node.get("$ref").filter(|_| node.members().count() == 1)?;
    resolver.target(place, place.as_str()?, 0).ok()
}

/// Returns the entries of a map. OpenAPI allows no `$ref` in place of a whole map, but tools that merge files do.
/// It is followed, and reported.
pub(super) fn members<'t>(
    map: Node<'t>,
    resolver: Resolver<'t>,
    reader: &mut Reader<'_>,
) -> NamedNodes<'t> {
    let mut found: NamedNodes<'t> = map.members().collect();
    let mut seen = HashSet::from([map.id()]);
    let mut at = map;
    while at.text("$ref").is_some() {
        // Entries beside a `$ref` override those of its target.
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
