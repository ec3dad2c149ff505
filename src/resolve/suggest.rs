//! Suggests the target of an unresolved reference.

use super::{Resolver, reference, sections, steps};
use crate::did_you_mean::nearest;
use crate::source::percent_decode;
use crate::tree::Node;

impl<'t> Resolver<'t> {
    /// Returns the most likely intended reference, relative to `place`.
    pub(super) fn suggestion(self, place: Node<'t>, reference: &str) -> Option<String> {
        let (address, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let resource = self.resource(place, address).ok()??;
        let root = self.tree.root(resource.file())?;
        let found = match steps(fragment) {
            Some(steps) => self.correct_step(resource, &steps).or_else(|| {
                let (name, before) = steps.split_last()?;
                component(root, name, before.last().map(String::as_str))
            }),
            None => {
                let name = percent_decode(fragment);
                let anchors = self.sources.identifiers.anchors(resource);
                match nearest(&name, anchors) {
                    Some(anchor) => return Some(format!("{address}#{anchor}")),
                    None => component(root, &name, None),
                }
            }
        };
        found.map(|steps| format!("{address}#{}", pointer(&steps)))
    }

    /// Replaces the first step that fails by the most similar key, if the remaining steps can be resolved from there.
    fn correct_step(self, from: Node<'t>, steps: &[String]) -> Option<Vec<String>> {
        let mut at = from;
        for (index, step) in steps.iter().enumerate() {
            if let Some(child) = self.child(at, step, 0) {
                at = child;
                continue;
            }
            // The entries of a map may be behind a reference.
            let held = reference(at).and_then(|(place, text)| self.target(place, text, 0).ok());
            let names = held.into_iter().flat_map(Node::members);
            let known = at.members().chain(names).map(|(key, _)| key);
            let mut suggestion = steps.to_vec();
            suggestion[index] = nearest(step, known)?.to_owned();
            return self.descend(from, &suggestion, 0).map(|_| suggestion);
        }
        None
    }
}

/// Returns the pointer of a component with this name, of this kind if possible. Finds the target of references that
/// were written for another version of OpenAPI, without the kind, or as anchors.
fn component(root: Node<'_>, name: &str, kind: Option<&str>) -> Option<Vec<String>> {
    let mut kinds: Vec<(&str, Node<'_>)> = sections::sections(root).collect();
    let before = match kinds.is_empty() {
        true => {
            kinds.extend(root.get("components")?.members());
            Some("components")
        }
        false => None,
    };
    kinds.sort_by_key(|(known, _)| (Some(*known) != kind, *known != "schemas"));
    let (_, map) = kinds.iter().find(|(_, map)| map.get(name).is_some())?;
    let steps = before.into_iter().chain([map.key()?, name]);
    Some(steps.map(str::to_owned).collect())
}

/// Returns a JSON Pointer (RFC 6901).
fn pointer(steps: &[String]) -> String {
    let escaped = |step: &String| format!("/{}", step.replace('~', "~0").replace('/', "~1"));
    steps.iter().map(escaped).collect()
}
