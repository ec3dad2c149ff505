//! Chooses the operation for the README, the crate's documentation and the example program.

use super::Plan;
use crate::ir::{ContentKind, Operation, OperationId, Schema, SchemaKind, Shape};
use crate::naming::{method::is_same, words};

/// Words in the paths and tags of operations that make poor first examples: administration, credentials,
/// tests and earlier versions.
#[rustfmt::skip]
const ASIDE: &[&str] = &[
    "admin", "audit", "auth", "batch", "batches", "beta", "billing", "credential", "credentials",
    "debug", "enterprise", "enterprises", "experimental", "health", "hook", "hooks", "internal",
    "invite", "invites", "key", "keys", "legacy", "login", "oauth", "org", "organization",
    "organizations", "orgs", "permission", "permissions", "role", "roles", "scim", "session",
    "sessions", "test", "token", "tokens", "webhook", "webhooks",
];

impl Plan<'_> {
    /// Chooses the configured operation, or the one with the highest score. The first one in the document
    /// wins a tie.
    pub(super) fn plan_showcase(self) -> Option<OperationId> {
        if self.api.quick_start.is_some() {
            return self.api.quick_start;
        }
        let ids = self.api.operation_ids();
        let scored = ids.map(|id| (self.score(id), id));
        let best = scored.reduce(|best, next| if next.0 > best.0 { next } else { best });
        best.map(|(_, id)| id)
    }

    /// Scores how well an operation introduces the API. Creating the main resource scores highest, and
    /// reading it without arguments comes next.
    fn score(self, id: OperationId) -> u32 {
        const START: u32 = 100;
        // Longer values hide the request that they belong to.
        const LONGEST: usize = 500;

        let operation = self.api.operation(id);
        let group = &self.api.groups[operation.group];
        let path = &operation.path.raw;
        let segments = path.split('/').filter(|segment| !segment.contains('{'));
        let path_words: Vec<String> = segments.flat_map(words).collect();
        let tag_words = words(&group.name);
        let is_aside = |word: &String| ASIDE.contains(&word.as_str());
        let title = words(&self.api.info.title);
        let is_main = group
            .noun
            .last()
            .is_some_and(|noun| title.iter().any(|word| is_same(word, noun)));
        let required = operation
            .parameters
            .iter()
            .filter(|parameter| operation.is_argument(parameter));
        let bonus = self.shape_score(operation) + 4 * u32::from(is_main);
        let call = self.calls.get(id.0 as usize);
        let body = call.and_then(|call| call.body.as_ref());
        let is_long = body.is_some_and(|body| body.value.to_string().len() > LONGEST);
        let malus = 40 * u32::from(operation.deprecated)
            + 20 * u32::from(path_words.iter().chain(&tag_words).any(is_aside))
            + 4 * u32::from(is_long)
            + 3 * required.count().min(5) as u32;
        (START + bonus).saturating_sub(malus)
    }

    /// Scores an operation's effect and the completeness of its description.
    fn shape_score(self, operation: &Operation) -> u32 {
        if operation.method == "GET" {
            return 6;
        }
        let is_item = operation.path.raw.trim_end_matches('/').ends_with('}');
        let mut contents = operation.body.iter().flat_map(|body| &body.contents);
        let content =
            contents.find(|content| matches!(content.kind, ContentKind::Json | ContentKind::Form));
        match content.filter(|_| operation.method == "POST" && !is_item) {
            Some(content) => {
                let has_example = !content.examples.is_empty();
                // The logarithm keeps a large body from outweighing everything else.
                6 + 2 * u32::from(has_example) + self.properties(&content.schema).max(1).ilog2()
            }
            None => 0,
        }
    }

    /// Returns the number of properties of an object.
    fn properties(self, schema: &Schema) -> usize {
        let SchemaKind::Declared(id) = self.api.resolved(schema) else {
            return 0;
        };
        match &self.api.ty(*id).shape {
            Shape::Object(object) => object.members.len(),
            _ => 0,
        }
    }
}
