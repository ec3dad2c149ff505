//! What was most likely meant by a reference that leads nowhere.

use super::{Resolver, reference, sections, steps};
use crate::did_you_mean::nearest;
use crate::source::percent_decode;
use crate::tree::Node;

impl<'t> Resolver<'t> {
    /// The reference that a misspelt one most likely stands for, as it would be written at this place.
    pub(super) fn meant(self, place: Node<'t>, reference: &str) -> Option<String> {
        let (address, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let resource = self.resource(place, address).ok()??;
        let root = self.tree.root(resource.file())?;
        let found = match steps(fragment) {
            Some(steps) => self.misspelt(resource, &steps).or_else(|| {
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

    /// The steps with the first one that fails replaced by the nearest that there is, if the others
    /// lead on from there.
    fn misspelt(self, from: Node<'t>, steps: &[String]) -> Option<Vec<String>> {
        let mut at = from;
        for (index, step) in steps.iter().enumerate() {
            if let Some(child) = self.child(at, step, 0) {
                at = child;
                continue;
            }
            // The names of a map may be in another file.
            let held = reference(at).and_then(|(place, text)| self.target(place, text, 0).ok());
            let names = held.into_iter().flat_map(Node::members);
            let known = at.members().chain(names).map(|(key, _)| key);
            let mut meant = steps.to_vec();
            meant[index] = nearest(step, known)?.to_owned();
            return self.descend(from, &meant, 0).map(|_| meant);
        }
        None
    }
}

/// The component of a name, first of the kind that is asked for: for references that were written for
/// another version of OpenAPI, without the kind, or as if they were anchors.
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

/// Steps as a JSON Pointer (RFC 6901).
fn pointer(steps: &[String]) -> String {
    let escaped = |step: &String| format!("/{}", step.replace('~', "~0").replace('/', "~1"));
    steps.iter().map(escaped).collect()
}
