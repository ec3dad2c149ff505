//! The values of discriminators that no mapping names: in a bundle they are the same as in its files.

use super::plan::Plan;
use crate::diag::Diagnostics;
use crate::openapi::{Components, Reader};
use crate::resolve::{reference, steps};
use crate::tree::{Node, NodeId};
use std::collections::HashMap;

/// True for a schema with branches that a discriminator tells apart.
pub fn is_union(schema: Node<'_>) -> bool {
    let branches = schema.get("oneOf").or(schema.get("anyOf"));
    branches.is_some() && schema.get("discriminator").is_some_and(Node::is_object)
}

/// Such a value is the name of the branch's component. Where the branch has another name in the bundle,
/// a mapping says what it was.
pub fn keep_values<'t>(plan: &mut Plan<'t>, root: Node<'t>, unions: &[Node<'t>]) {
    let resolver = plan.resolver;
    // What is wrong with the document is told where it is generated from.
    let mut unheard = Diagnostics::default();
    let components = Components::read(root, resolver, &mut Reader::new(&mut unheard));
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
            let placed = plan.pointer(target.id());
            let name = placed.as_deref().and_then(steps).unwrap_or_default().pop();
            if name.is_some_and(|name| name != value) {
                let more = mapped.entry(discriminator.id()).or_default();
                more.push((value, target.id()));
            }
        }
    }
    plan.mapped = mapped;
}
