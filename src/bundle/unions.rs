//! Keeps the implicit tags of unions: the component names that a discriminator uses if no mapping names them.

use super::plan::BundlePlan;
use crate::diag::Diagnostics;
use crate::openapi::{Components, Reader, discriminated};
use crate::resolve::{reference, steps};
use crate::tree::{Node, NodeId};
use std::collections::HashMap;

/// Returns whether a schema is a union with a discriminator.
pub fn is_union(schema: Node<'_>) -> bool {
    let branches = schema.get("oneOf").or(schema.get("anyOf"));
    branches.is_some() && schema.get("discriminator").is_some_and(Node::is_object)
}

/// Adds a mapping entry for each implicit tag whose component has another name in the bundle.
///
/// The implicit tag is the component name of a branch, or of a child of a parent with a discriminator.
pub fn keep_implicit_tags<'t>(plan: &mut BundlePlan<'t>, root: Node<'t>, unions: &[Node<'t>]) {
    let resolver = plan.resolver;
    // Faults of the document are reported by `generate`.
    let mut discarded = Diagnostics::default();
    let components = Components::read(root, resolver, &mut Reader::new(&mut discarded));
    let mut mapped: HashMap<NodeId, Vec<(String, NodeId)>> = HashMap::new();
    for union in unions {
        let Some(discriminator) = union.get("discriminator") else {
            continue;
        };
        let mapping = discriminator.get("mapping");
        let mapping = mapping.into_iter().flat_map(Node::members);
        let follow = |node| resolver.follow(node, &mut Diagnostics::default());
        let named: Vec<NodeId> = mapping
            .filter_map(|(_, value)| {
                let text = value.as_str()?;
                let mut schemas = components.schemas.iter();
                match schemas.find(|(name, _)| *name == text) {
                    Some((_, schema)) => follow(*schema),
                    None => follow(resolver.target(value, text, 0).ok()?),
                }
            })
            .map(Node::id)
            .collect();
        let branches = ["oneOf", "anyOf"]
            .into_iter()
            .filter_map(|key| union.get(key));
        for branch in branches.flat_map(Node::items) {
            let is_named = follow(branch).is_some_and(|schema| named.contains(&schema.id()));
            let target =
                reference(branch).and_then(|(place, text)| resolver.target(place, text, 0).ok());
            let (Some(value), Some(target), false) =
                (components.implicit_tag(branch, resolver), target, is_named)
            else {
                continue;
            };
            if is_renamed(plan, target, &value) {
                let more = mapped.entry(discriminator.id()).or_default();
                more.push((value, target.id()));
            }
        }
    }
    for child in &components.children {
        let value = resolver.own_name(*child);
        let bases = child.get("allOf").into_iter().flat_map(Node::items);
        let bases = bases.filter_map(|base| resolver.follow(base, &mut Diagnostics::default()));
        let parent = bases
            .filter_map(|base| discriminated(base)?.get("discriminator"))
            .next();
        let Some(parent) = parent.filter(|_| is_renamed(plan, *child, value)) else {
            continue;
        };
        let more = mapped.entry(parent.id()).or_default();
        if more.iter().all(|(known, _)| known != value) {
            more.push((value.to_owned(), child.id()));
        }
    }
    plan.mapped = mapped;
}

/// Returns whether a schema of the bundle has another component name there.
fn is_renamed(plan: &BundlePlan<'_>, schema: Node<'_>, name: &str) -> bool {
    let placed = plan.pointer(schema.id());
    let placed = placed.as_deref().and_then(steps).unwrap_or_default().pop();
    placed.is_some_and(|placed| placed != name)
}
