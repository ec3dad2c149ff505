//! Phrases about changes.

use super::change::CodeHint;
use super::item::SurfaceItem;
use crate::describe::code;
use serde_json::Value as Json;

pub fn hint(before: &str, after: &str) -> CodeHint {
    CodeHint {
        before: before.to_owned(),
        after: Some(after.to_owned()),
    }
}

pub fn changed(old: &SurfaceItem, new: &SurfaceItem, before: &str, after: &str) -> String {
    let optional = |ty: &str| format!("Option<{ty}>");
    let (was, is) = (quoted(old), quoted(new));
    if after == optional(before) {
        format!("is now optional: {is} instead of {was}")
    } else if before == optional(after) {
        format!("is now always present: {is} instead of {was}")
    } else {
        format!("changed from {was} to {is}")
    }
}

/// Quotes a type as code; descriptions of kinds stay words.
pub fn quoted(item: &SurfaceItem) -> String {
    match item.is_type_in_words {
        true => item.ty.as_str().to_owned(),
        false => code(item.ty.as_str()),
    }
}

pub fn became(what: &str, before: &str, after: &str) -> String {
    format!(
        "changed its {what} from {} to {}",
        shown(before),
        shown(after)
    )
}

pub fn shown(value: &str) -> String {
    match value.is_empty() {
        true => "none".to_owned(),
        false => code(value),
    }
}

/// Returns whether a limit allows fewer values than before.
pub fn is_narrower(name: &str, before: Option<&Json>, after: Option<&Json>) -> bool {
    let (Some(before), Some(after)) = (before, after) else {
        return after.is_some();
    };
    let numbers = before.as_f64().zip(after.as_f64());
    match numbers {
        Some((before, after)) if name.starts_with("max") || name.ends_with("Maximum") => {
            after < before
        }
        Some((before, after)) if name.starts_with("min") || name.ends_with("Minimum") => {
            after > before
        }
        _ => true,
    }
}
