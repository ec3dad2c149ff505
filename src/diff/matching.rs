//! Which part of one surface is which of another.

use super::surface::{ItemKind, SurfaceItem};
use std::collections::{HashMap, HashSet};

/// What is which: indices of items.
pub struct Pairs<'i> {
    pub old: &'i [SurfaceItem],
    pub new: &'i [SurfaceItem],
    pub both: Vec<(usize, usize)>,
}

/// What tells that an item of the old surface is one of the new.
type Tell = fn(&SurfaceItem) -> Option<(ItemKind, &str)>;

fn by_name(item: &SurfaceItem) -> Option<(ItemKind, &str)> {
    // The name of an argument is nothing to callers.
    (!item.is_argument).then_some((item.kind, &item.name))
}

fn by_argument(item: &SurfaceItem) -> Option<(ItemKind, &str)> {
    item.is_argument.then(|| by_identity(item))?
}

fn by_identity(item: &SurfaceItem) -> Option<(ItemKind, &str)> {
    (!item.identity.is_empty()).then_some((item.kind, &item.identity))
}

fn by_any_name(item: &SurfaceItem) -> Option<(ItemKind, &str)> {
    Some((item.kind, &item.name))
}

fn by_likeness(item: &SurfaceItem) -> Option<(ItemKind, &str)> {
    (!item.likeness.is_empty()).then_some((item.kind, &item.likeness))
}

fn by_place(item: &SurfaceItem) -> Option<(ItemKind, &str)> {
    (!item.place.is_empty()).then_some((item.kind, &item.place))
}

/// The surest first.
const TELLS: [Tell; 6] = [
    by_argument,
    by_name,
    by_identity,
    by_any_name,
    by_place,
    by_likeness,
];

impl<'i> Pairs<'i> {
    pub fn of(old: &'i [SurfaceItem], new: &'i [SurfaceItem]) -> Self {
        let mut both = Vec::new();
        let mut free_old: Vec<usize> = (0..old.len()).collect();
        let mut free_new: HashSet<usize> = (0..new.len()).collect();
        for tell in TELLS {
            let mut known: HashMap<(ItemKind, &str), Vec<usize>> = HashMap::new();
            for index in (0..new.len())
                .rev()
                .filter(|index| free_new.contains(index))
            {
                if let Some(key) = tell(&new[index]) {
                    known.entry(key).or_default().push(index);
                }
            }
            free_old.retain(|index| {
                let key = tell(&old[*index]);
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
        Pairs { old, new, both }
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
