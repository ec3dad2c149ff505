//! What a type is known by when the description calls it something else: what it is made of, and the
//! place that it is used at first.

use super::surface::{ItemKind, SurfaceItem};
use std::collections::HashMap;

/// Tells each type what it is like and where it is used.
pub fn fill(items: &mut [SurfaceItem]) {
    let mut places: HashMap<String, String> = HashMap::new();
    for item in items.iter() {
        let owner = match item.kind {
            ItemKind::Type => item.ty.clone(),
            _ => format!("{:?} {}", item.kind, item.identity),
        };
        find(item, &owner, &mut places);
    }
    for item in items.iter_mut().filter(|item| item.kind == ItemKind::Type) {
        let made_of = made_of(item);
        if let Some(place) = places.get(&item.name) {
            item.place = format!("{place} {made_of}");
        }
        // A single part is too little to know a type by.
        if item.items.len() > 1 {
            item.likeness = made_of;
        }
    }
}

/// The first place of each type that an item or its parts name. Types stand behind operations, so that
/// their own parts count only for what no operation names.
fn find(item: &SurfaceItem, place: &str, places: &mut HashMap<String, String>) {
    let mut pieces = item.ty.split("types::");
    let around = pieces.next().unwrap_or_default();
    for piece in pieces {
        let place = || format!("{place} {around}");
        let ident = ident(piece);
        places.entry(ident.to_owned()).or_insert_with(place);
    }
    for part in &item.items {
        // A branch is called after its type.
        let part_name = match part.kind {
            ItemKind::Branch => "",
            _ if part.identity.is_empty() => &part.name,
            _ => &part.identity,
        };
        find(
            part,
            &format!("{place} {:?} {part_name}", part.kind),
            places,
        );
    }
}

/// The type and its parts, without what types are called.
fn made_of(item: &SurfaceItem) -> String {
    let part = |part: &SurfaceItem| {
        let (ty, identity) = (nameless(&part.ty), nameless(&part.identity));
        format!("{} {ty} {identity}", part.name)
    };
    let parts: Vec<String> = item.items.iter().map(part).collect();
    format!("{}: {}", nameless(&item.ty), parts.join(", "))
}

fn nameless(ty: &str) -> String {
    let mut pieces = ty.split("types::");
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        text.push('_');
        text.push_str(&piece[ident(piece).len()..]);
    }
    text
}

/// The identifier that a text begins with.
pub fn ident(text: &str) -> &str {
    let is_part = |char: char| char.is_alphanumeric() || char == '_';
    let end = text.find(|char| !is_part(char)).unwrap_or(text.len());
    &text[..end]
}
