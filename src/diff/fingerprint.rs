//! Fingerprints recognize a type that the document renamed: by its content, and by its first use.

use super::item::{SurfaceItem, SurfaceItemKind};
use super::surface_code::SurfaceCode;
use std::collections::HashMap;

/// Sets the fingerprint and the first use of each type.
pub fn fill(items: &mut [SurfaceItem]) {
    let mut places: HashMap<String, String> = HashMap::new();
    for item in items.iter() {
        let owner = match item.kind {
            SurfaceItemKind::Type => item.ty.as_str().to_owned(),
            _ => format!("{:?} {}", item.kind, item.identity.as_str()),
        };
        find(item, &owner, &mut places);
    }
    for item in items
        .iter_mut()
        .filter(|item| item.kind == SurfaceItemKind::Type)
    {
        let made_of = made_of(item);
        if let Some(place) = places.get(&item.name) {
            item.first_use = format!("{place} {made_of}");
        }
        // A single part is too common for a fingerprint.
        if item.items.len() > 1 {
            item.fingerprint = made_of;
        }
    }
}

/// Records the first use of each type in an item or its parts. Types come after operations, so their parts only
/// count for types that no operation uses.
fn find(item: &SurfaceItem, place: &str, places: &mut HashMap<String, String>) {
    for ident in item.ty.idents() {
        let place = || format!("{place} {}", item.ty.start());
        places.entry(ident.to_owned()).or_insert_with(place);
    }
    for part in &item.items {
        // The name of a branch follows from its type.
        let part_name = match part.kind {
            SurfaceItemKind::Branch => "",
            _ if part.identity.as_str().is_empty() => &part.name,
            _ => part.identity.as_str(),
        };
        find(
            part,
            &format!("{place} {:?} {part_name}", part.kind),
            places,
        );
    }
}

/// Returns a type with its parts, without names of types.
fn made_of(item: &SurfaceItem) -> String {
    let part = |part: &SurfaceItem| {
        let (ty, identity) = (nameless(&part.ty), nameless(&part.identity));
        format!("{} {ty} {identity}", part.name)
    };
    let parts: Vec<String> = item.items.iter().map(part).collect();
    format!("{}: {}", nameless(&item.ty), parts.join(", "))
}

fn nameless(code: &SurfaceCode) -> String {
    code.with_names(|_| "_".to_owned())
}

/// Returns the identifier at the start of a text.
pub fn ident(text: &str) -> &str {
    let is_part = |char: char| char.is_alphanumeric() || char == '_';
    let end = text.find(|char| !is_part(char)).unwrap_or(text.len());
    &text[..end]
}
