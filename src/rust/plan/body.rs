//! Which bodies an operation takes.

use super::Plan;
use crate::example::request::preference;
use crate::ir::{Content, ContentKind, essence, is_open_range};
use crate::rust::Ty;
use std::collections::HashSet;

impl Plan<'_> {
    /// The contents that the caller chooses from. What says the same JSON under another name for it, as
    /// `text/json` does, is no choice.
    pub fn chosen_contents<'c>(self, contents: &'c [Content]) -> Vec<&'c Content> {
        let mut chosen: Vec<&Content> = Vec::new();
        // The one that a caller wants most comes first.
        let mut sorted: Vec<&Content> = contents.iter().collect();
        sorted.sort_by_key(|content| preference(content));
        let mut has_form = false;
        let mut known: HashSet<(ContentKind, Ty<'_>)> = HashSet::new();
        for content in sorted {
            let is_form = content.kind == ContentKind::Multipart;
            let ty = self.ty(&content.schema);
            let is_new = known.insert((content.kind, ty)) || !says_nothing_more(content);
            if is_new && !(is_form && has_form) {
                chosen.push(content);
                has_form |= is_form;
            }
        }
        chosen
    }

    /// Whether a variant holds a body in a box, so that the size of the enum does not change with it.
    pub fn is_boxed_content(self, content: &Content) -> bool {
        matches!(content.kind, ContentKind::Json | ContentKind::Form)
            && self.is_large(&content.schema)
    }
}

/// Whether a media type names no other form than one of the same kind does.
fn says_nothing_more(content: &Content) -> bool {
    let essence = essence(&content.media_type);
    (essence.contains('*') && !is_open_range(&essence))
        || matches!(&*essence, "application/json" | "text/json")
}
