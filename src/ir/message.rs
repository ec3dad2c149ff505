//! Where the message for people is in the body of an error.

use super::{Api, Schema, SchemaKind, Shape};

/// Properties that hold the error, or the first of several.
const HOLDERS: [&str; 6] = ["error", "errors", "err", "fault", "detail", "details"];
const DEEPEST: usize = 2;

impl Api {
    /// Returns the properties that lead to the message of an error body, `0` being the first item of an array;
    /// empty if the description has none.
    pub fn message_path(&self, body: &Schema) -> Vec<String> {
        let best = self.best(body, 0);
        best.map(|(_, path)| path).unwrap_or_default()
    }

    /// The best text below a schema: its rank, and the way to it.
    fn best(&self, schema: &Schema, depth: usize) -> Option<(usize, Vec<String>)> {
        if let SchemaKind::Array(items) = self.resolved(schema) {
            let (rank, path) = self.best(items, depth)?;
            return Some((rank, [vec!["0".to_owned()], path].concat()));
        }
        let Some(Shape::Object(object)) = self.def(schema).map(|(_, def)| &def.shape) else {
            return None;
        };
        let mut best: Option<(usize, Vec<String>)> = None;
        for member in &object.members {
            let plain = plain(&member.name);
            let is_text = matches!(self.resolved(&member.schema), SchemaKind::String(_));
            let found = if is_text {
                rank(&plain).map(|rank| (rank, Vec::new()))
            } else if depth < DEEPEST && HOLDERS.contains(&&*plain) {
                self.best(&member.schema, depth + 1)
            } else {
                None
            };
            let Some((rank, path)) = found else {
                continue;
            };
            let length = path.len() + 1;
            let is_better =
                |(known, way): &(usize, Vec<String>)| (rank, length) < (*known, way.len());
            if best.as_ref().is_none_or(is_better) {
                best = Some((rank, [vec![member.name.clone()], path].concat()));
            }
        }
        best
    }
}

/// How well a name says that its text is the message; lower is better.
fn rank(plain: &str) -> Option<usize> {
    Some(match plain {
        "message" => 0,
        "msg" | "errormsg" => 2,
        "detail" | "details" => 3,
        "reason" => 5,
        "title" => 6,
        "error" | "fault" => 7,
        _ if plain.ends_with("message") => 1,
        _ if plain.ends_with("description") => 4,
        _ => return None,
    })
}

/// A name without case and separators.
fn plain(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
