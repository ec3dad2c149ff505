//! Parses JSON into nodes, driven by `serde_json`, without values in between.

mod positions;

pub use positions::Positions;

use crate::diag::{Diagnostic, Diagnostics, Location, codes};
use crate::tree::duplicates::{duplicates, shadow_duplicates};
use crate::tree::{FileId, InsertAt, MAX_DEPTH, NodeId, TOO_DEEP, Tree};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Number;
use std::fmt;

/// Fills the tree from the text of a file. After an error the file has no root.
pub fn load(
    text: &str,
    file: FileId,
    tree: &mut Tree,
    diagnostics: &mut Diagnostics,
) -> Result<(), Box<Diagnostic>> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    // `Seed` limits the depth itself, before the stack overflows.
    deserializer.disable_recursion_limit();
    let mut filler = Filler {
        tree,
        duplicates: Vec::new(),
        too_deep: false,
    };
    let result = Seed {
        filler: &mut filler,
        at: InsertAt::Root(file),
        depth: 0,
    }
    .deserialize(&mut deserializer)
    .and_then(|()| deserializer.end());
    let Filler {
        duplicates,
        too_deep,
        ..
    } = filler;
    if let Err(fault) = result {
        tree.forget(file);
        let place = Location::Bytes(file, fault_range(text, &fault));
        return Err(Box::new(if too_deep {
            codes::too_large(place, TOO_DEEP)
        } else {
            codes::syntax(place, "JSON", &fault_text(&fault))
        }));
    }
    for duplicate in shadow_duplicates(tree, &duplicates) {
        let (first, last) = (tree.node(duplicate.first), tree.node(duplicate.last));
        diagnostics.push(codes::duplicate_key(first, last, duplicate.count));
    }
    Ok(())
}

/// Returns the message without the position at its end, which the diagnostic shows already.
fn fault_text(fault: &serde_json::Error) -> String {
    let text = fault.to_string();
    match text.rfind(" at line ") {
        Some(end) => text[..end].to_owned(),
        None => text,
    }
}

/// Returns the byte of the fault. `serde_json` counts lines and columns from 1, columns in bytes.
fn fault_range(text: &str, fault: &serde_json::Error) -> std::ops::Range<usize> {
    let line = fault.line().saturating_sub(1);
    let start = match line {
        0 => 0,
        _ => text
            .match_indices('\n')
            .nth(line - 1)
            .map_or(text.len(), |(offset, _)| offset + 1),
    };
    let offset = (start + fault.column().saturating_sub(1)).min(text.len());
    offset..(offset + 1).min(text.len())
}

struct Filler<'a> {
    tree: &'a mut Tree,
    /// Pairs of properties with the same key.
    duplicates: Vec<(NodeId, NodeId)>,
    too_deep: bool,
}

/// The next value, with its position in the tree.
struct Seed<'a, 'b> {
    filler: &'a mut Filler<'b>,
    at: InsertAt,
    depth: usize,
}

impl Seed<'_, '_> {
    fn check_depth<E: Error>(&mut self) -> Result<(), E> {
        if self.depth < MAX_DEPTH {
            return Ok(());
        }
        self.filler.too_deep = true;
        Err(E::custom(TOO_DEEP))
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.filler.tree.add_null(self.at, None);
        Ok(())
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.filler.tree.add_bool(self.at, None, value);
        Ok(())
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.filler.tree.add_number(self.at, None, value.into());
        Ok(())
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.filler.tree.add_number(self.at, None, value.into());
        Ok(())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        let number = Number::from_f64(value).ok_or_else(|| E::custom("number out of range"))?;
        self.filler.tree.add_number(self.at, None, number);
        Ok(())
    }

    fn visit_str<E>(self, value: &str) -> Result<(), E> {
        self.filler.tree.add_string(self.at, None, value.into());
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<(), A::Error> {
        self.check_depth()?;
        let id = self.filler.tree.add_array(self.at, None);
        let depth = self.depth + 1;
        while items
            .next_element_seed(Seed {
                filler: &mut *self.filler,
                at: InsertAt::Item(id),
                depth,
            })?
            .is_some()
        {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut members: A) -> Result<(), A::Error> {
        self.check_depth()?;
        let id = self.filler.tree.add_object(self.at, None);
        let depth = self.depth + 1;
        while let Some(key) = members.next_key::<Box<str>>()? {
            let at = InsertAt::Member(id, key, None);
            members.next_value_seed(Seed {
                filler: &mut *self.filler,
                at,
                depth,
            })?;
        }
        let duplicates = duplicates(self.filler.tree, id);
        self.filler.duplicates.extend(duplicates);
        Ok(())
    }
}
