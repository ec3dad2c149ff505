//! Groups findings of the same kind: a document may break one rule in hundreds of places.

use crate::diag::{Diagnostic, Diagnostics, Location};
use crate::tree::{Node, NodeId};
use indexmap::IndexMap;

/// The number of locations to show in a finding.
const SHOWN: usize = 3;

/// The findings by code and message.
#[derive(Debug)]
pub struct GroupedFindings<'d> {
    reported: &'d Diagnostics,
    groups: IndexMap<(&'static str, String), FindingGroup>,
}

#[derive(Debug)]
struct FindingGroup {
    /// The finding that comes first in the document.
    first: Diagnostic,
    at: NodeId,
    /// The locations of the others.
    places: Vec<(NodeId, Location)>,
}

impl<'d> GroupedFindings<'d> {
    pub fn new(reported: &'d Diagnostics) -> Self {
        GroupedFindings {
            reported,
            groups: IndexMap::new(),
        }
    }

    /// Returns whether a reader of the document reported one of these codes for a node.
    pub fn is_reported(&self, node: Node<'_>, codes: &[&'static str]) -> bool {
        let places = [Location::value(node), Location::key(node)];
        let mut pairs = codes
            .iter()
            .flat_map(|code| places.iter().map(|place| (*code, place.clone())));
        pairs.any(|(code, place)| self.reported.has(code, &place))
    }

    /// Adds a finding for a node.
    pub fn push(&mut self, node: Node<'_>, found: Diagnostic) {
        if self.reported.has(found.code, &found.primary.place) {
            return;
        }
        let (at, place) = (node.id(), found.primary.place.clone());
        let key = (found.code, found.message.clone());
        match self.groups.entry(key) {
            indexmap::map::Entry::Vacant(entry) => {
                entry.insert(FindingGroup {
                    first: found,
                    at,
                    places: Vec::new(),
                });
            }
            indexmap::map::Entry::Occupied(mut entry) => {
                let kind = entry.get_mut();
                let other = match at.index() < kind.at.index() {
                    true => {
                        let first = std::mem::replace(&mut kind.first, found);
                        (std::mem::replace(&mut kind.at, at), first.primary.place)
                    }
                    false => (at, place),
                };
                kind.places.push(other);
            }
        }
    }

    /// Returns one finding of each kind, with the count and the first locations.
    pub fn into_list(self) -> Vec<Diagnostic> {
        let groups = self.groups.into_values();
        let of = |kind: FindingGroup| {
            let FindingGroup {
                mut first,
                mut places,
                ..
            } = kind;
            if places.is_empty() {
                return first;
            }
            first.message = format!("{} ({} places)", first.message, places.len() + 1);
            // The fix would change a single location.
            first.fixes.clear();
            places.sort_by_key(|(at, _)| at.index());
            let shown = places.into_iter().take(SHOWN - 1);
            shown.fold(first, |found, (_, place)| found.also(place, "here too"))
        };
        groups.map(of).collect()
    }
}
