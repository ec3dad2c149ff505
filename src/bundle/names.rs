//! Chooses component names for nodes of other files.

use super::kinds::is_component;
use super::plan::BundlePlan;
use crate::resolve::Resolver;
use crate::tree::Node;
use std::collections::HashSet;

/// The taken names of each section.
pub struct ComponentNames {
    taken: HashSet<(String, String)>,
}

impl ComponentNames {
    pub fn new(plan: &BundlePlan<'_>, root: Node<'_>) -> Self {
        let mut taken = HashSet::new();
        let components = plan.layout.holder(root);
        let components = components.map(|node| plan.shown(node.id()));
        for (section, map) in components.into_iter().flat_map(Node::members) {
            let names = plan.shown(map.id()).members();
            taken.extend(names.map(|(name, _)| (section.to_owned(), name.to_owned())));
        }
        ComponentNames { taken }
    }

    /// Claims a free name: the node's own, then one with its file or folder, then one with a number.
    pub fn claim(&mut self, section: &str, node: Node<'_>, resolver: Resolver<'_>) -> String {
        let candidates = candidates(section, node, resolver);
        let last = candidates.last().cloned().unwrap_or_default();
        let numbered = (2..).map(|number| format!("{last}_{number}"));
        let mut names = candidates.into_iter().chain(numbered);
        let free = names.find(|name| self.taken.insert((section.to_owned(), name.clone())));
        free.unwrap_or_default()
    }
}

fn candidates(section: &str, node: Node<'_>, resolver: Resolver<'_>) -> Vec<String> {
    let own = match node.key().filter(|_| is_component(node)) {
        Some(key) => key.to_owned(),
        // `called` adds more context, because the name of a schema becomes the name of a type.
        None if matches!(section, "schemas" | "definitions") => resolver.called(node),
        None => resolver.own_name(node).to_owned(),
    };
    let file = resolver.file_called(node);
    let path = resolver.sources.file(node.file()).map(|file| &file.path);
    let folder = path.and_then(|path| path.parent()?.file_name()?.to_str());
    let mut candidates = vec![own.clone()];
    if own != file {
        candidates.push(format!("{file} {own}"));
    }
    candidates.extend(folder.map(|folder| format!("{folder} {own}")));
    candidates.iter().map(|wish| component_name(wish)).collect()
}

/// Replaces the characters that a component name may not contain (OpenAPI 3.1, section 4.8.7.1).
fn component_name(text: &str) -> String {
    let letter = |char: char| match char.is_ascii_alphanumeric() || "._-".contains(char) {
        true => char,
        false => '_',
    };
    let name: String = text.chars().map(letter).collect();
    match name.contains(|char: char| char.is_ascii_alphanumeric()) {
        true => name,
        false => "Component".to_owned(),
    }
}
