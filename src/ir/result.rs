//! The result of an operation: which contents of its responses the client reads, and what it accepts.

use super::{Content, Operation, Response, is_sendable};
use indexmap::IndexSet;

impl Operation {
    /// Returns the value of the `Accept` header: the media types of the results, each with the others that are
    /// read in the same way.
    pub fn accept(&self) -> String {
        let choices = self.successes().flat_map(Response::named_choices);
        let contents = choices.flat_map(|(_, names)| names);
        let types = contents.map(|content| header_text(&content.media_type, "*/*"));
        let types: IndexSet<&str> = types.collect();
        match types.is_empty() {
            true => "*/*".to_owned(),
            false => types.into_iter().collect::<Vec<_>>().join(", "),
        }
    }
}

/// Returns the content that the client reads: JSON before forms, text, bytes and streams of events.
pub fn preferred(contents: &[Content]) -> Option<&Content> {
    contents.iter().min_by_key(|content| content.rank())
}

/// Returns a media type if a header can hold it, and `otherwise` if not.
pub fn header_text<'t>(text: &'t str, otherwise: &'t str) -> &'t str {
    match is_sendable(text) {
        true => text,
        false => otherwise,
    }
}
