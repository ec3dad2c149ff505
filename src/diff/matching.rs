//! Matches the items of two surfaces.

use super::item::{SurfaceItem, SurfaceItemKind};
use std::collections::{HashMap, HashSet};

/// Matched items, as indices.
pub struct Matching<'i> {
    pub old: &'i [SurfaceItem],
    pub new: &'i [SurfaceItem],
    pub both: Vec<(usize, usize)>,
}

/// Returns a key; items of both surfaces with equal keys match.
type MatchKey = fn(&SurfaceItem) -> Option<(SurfaceItemKind, &str)>;

fn by_name(item: &SurfaceItem) -> Option<(SurfaceItemKind, &str)> {
    // Callers do not write the names of arguments.
    (!item.is_argument).then_some((item.kind, &item.name))
}

fn by_argument(item: &SurfaceItem) -> Option<(SurfaceItemKind, &str)> {
    item.is_argument.then(|| by_identity(item))?
}

fn by_identity(item: &SurfaceItem) -> Option<(SurfaceItemKind, &str)> {
    let identity = item.identity.as_str();
    (!identity.is_empty()).then_some((item.kind, identity))
}

fn by_any_name(item: &SurfaceItem) -> Option<(SurfaceItemKind, &str)> {
    Some((item.kind, &item.name))
}

fn by_likeness(item: &SurfaceItem) -> Option<(SurfaceItemKind, &str)> {
    (!item.fingerprint.is_empty()).then_some((item.kind, &item.fingerprint))
}

fn by_place(item: &SurfaceItem) -> Option<(SurfaceItemKind, &str)> {
    (!item.first_use.is_empty()).then_some((item.kind, &item.first_use))
}

/// The most reliable keys first.
const MATCH_KEYS: [MatchKey; 6] = [
    by_argument,
    by_name,
    by_identity,
    by_any_name,
    by_place,
    by_likeness,
];

impl<'i> Matching<'i> {
    pub fn of(old: &'i [SurfaceItem], new: &'i [SurfaceItem]) -> Self {
        let mut both = Vec::new();
        let mut free_old: Vec<usize> = (0..old.len()).collect();
        let mut free_new: HashSet<usize> = (0..new.len()).collect();
        for match_key in MATCH_KEYS {
            let mut known: HashMap<(SurfaceItemKind, &str), Vec<usize>> = HashMap::new();
            for index in (0..new.len())
                .rev()
                .filter(|index| free_new.contains(index))
            {
                if let Some(key) = match_key(&new[index]) {
                    known.entry(key).or_default().push(index);
                }
            }
            free_old.retain(|index| {
                let key = match_key(&old[*index]);
                let found = key.and_then(|key| known.get_mut(&key)?.pop());
                let Some(found) = found else {
                    return true;
                };
                free_new.remove(&found);
                both.push((*index, found));
                false
            });
        }
        both.sort_unstable();
        Matching { old, new, both }
    }

    pub fn removed(&self) -> impl Iterator<Item = &'i SurfaceItem> {
        let kept: HashSet<usize> = self.both.iter().map(|(old, _)| *old).collect();
        let old = self.old.iter().enumerate();
        old.filter(move |(index, _)| !kept.contains(index))
            .map(|(_, item)| item)
    }

    pub fn added(&self) -> impl Iterator<Item = &'i SurfaceItem> {
        let known: HashSet<usize> = self.both.iter().map(|(_, new)| *new).collect();
        let new = self.new.iter().enumerate();
        new.filter(move |(index, _)| !known.contains(index))
            .map(|(_, item)| item)
    }
}
