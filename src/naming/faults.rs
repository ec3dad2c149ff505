//! Recognizes names that read badly, by rules without context.

use super::method::vocabulary::is_participle;

/// The maximum length of a readable method name.
const LONGEST_METHOD: usize = 40;

/// The maximum length of a type name.
const LONGEST_TYPE: usize = 60;

/// Words that a method name must not end with.
const DANGLING: &[&str] = &[
    "a", "an", "and", "by", "current", "for", "from", "my", "of", "or", "the", "to", "with",
];

/// Returns whether words end as in `blocked by`, which is complete.
fn is_passive(words: &[&str]) -> bool {
    matches!(words, [.., before, "by"] if is_participle(before))
}

/// Returns what is wrong with the name of a method.
pub fn of_method(name: &str) -> Option<&'static str> {
    let words: Vec<&str> = name.trim_end_matches('_').split('_').collect();
    let (first, last) = (words.first()?, words.last()?);
    let is_number = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    if ["post", "put", "patch"].contains(first) {
        Some("begins with an HTTP method")
    } else if words.len() > 1 && DANGLING.contains(last) && !is_passive(&words) {
        Some("ends in an incomplete phrase")
    } else if words.len() > 1 && is_number(last) {
        Some("differs only by a number")
    } else if words.iter().any(|word| word.len() > 16) {
        Some("words run together")
    } else if name.len() > LONGEST_METHOD {
        Some("longer than 40 columns")
    } else {
        None
    }
}

/// Returns what is wrong with the name of a type or variant. `is_taken` returns whether another type has a
/// name.
pub fn of_type(name: &str, is_taken: impl Fn(&str) -> bool) -> Option<&'static str> {
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = &name[stem.len()..];
    let repeats = [
        "ItemItem",
        "ListItemListItem",
        "ObjectObject",
        "ResponseResponse",
        "RequestRequest",
    ];
    if stem.ends_with("Variant") && !number.is_empty() {
        Some("named after its position")
    } else if !number.is_empty() && number.len() < 3 && is_taken(stem) {
        Some("differs only by a number")
    } else if name.len() > LONGEST_TYPE {
        Some("longer than 60 columns")
    } else if repeats.iter().any(|word| name.contains(word)) {
        Some("repeats a word")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{of_method, of_type};

    #[test]
    fn names_that_read_badly_are_found() {
        for name in [
            "post_charge",
            "get_a",
            "list_2",
            "getorganizationlimits",
            "cancel_by",
        ] {
            assert!(of_method(name).is_some(), "{name}");
        }
        for name in [
            "list",
            "get_oauth2",
            "create_for_project",
            "move_",
            "get_by_id",
            "upload_v2",
        ] {
            assert_eq!(of_method(name), None, "{name}");
        }
        let taken = |name: &str| name == "Event";
        for name in ["Event2", "FilterVariant1", "ListItemItem"] {
            assert!(of_type(name, taken).is_some(), "{name}");
        }
        for name in ["Event", "Sha256", "OAuth2", "Address2"] {
            assert_eq!(of_type(name, taken), None, "{name}");
        }
    }
}
