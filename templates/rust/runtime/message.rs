//! Finds the message in the body of an error response.

use serde_json::Value;

use super::decode::without_mark;

/// Common positions of the message, the most specific first. A digit is an index of an array.
const USUAL: [&[&str]; 24] = [
    &["message"],
    &["error", "message"],
    &["errors", "0", "message"],
    &["error", "error", "message"],
    &["error_message"],
    &["errorMessage"],
    &["Message"],
    &["msg"],
    &["detail"],
    &["error", "detail"],
    &["errors", "0", "detail"],
    &["detail", "message"],
    &["detail", "0", "msg"],
    &["error_description"],
    &["errorDescription"],
    &["description"],
    &["error", "description"],
    &["reason"],
    &["error", "reason"],
    &["title"],
    &["errors", "0", "title"],
    &["error"],
    &["errors", "0"],
    &[],
];

/// Returns the message at the documented position, or else at a common one.
pub(super) fn find(body: &[u8], documented: &[&str]) -> Option<String> {
    let body: Value = serde_json::from_slice(without_mark(body)).ok()?;
    let documented = Some(documented).filter(|path| !path.is_empty());
    let mut paths = documented.into_iter().chain(USUAL);
    paths.find_map(|path| text_at(&body, path))
}

fn text_at(body: &Value, path: &[&str]) -> Option<String> {
    let mut value = body;
    for key in path {
        value = match value {
            Value::Object(properties) => properties.get(*key)?,
            Value::Array(items) => items.get(key.parse::<usize>().ok()?)?,
            _ => return None,
        };
    }
    let text = value.as_str()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
