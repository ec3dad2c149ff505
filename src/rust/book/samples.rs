//! The example of an operation as code of its own, for documentation that is not the book.

use super::curl;
use crate::ir::OperationId;
use crate::rust::Plan;
use crate::rust::snippets::program;

/// One request in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// The language, by which highlighters know it.
    pub lang: &'static str,
    /// What a reader chooses.
    pub label: &'static str,
    pub source: String,
}

/// The samples of one operation: with the generated crate, and with `curl`.
pub fn samples(plan: Plan<'_>, id: OperationId) -> [Sample; 2] {
    [
        Sample {
            lang: "Rust",
            label: "Rust",
            source: program::sample(plan, id).join("\n"),
        },
        Sample {
            lang: "Shell",
            label: "curl",
            source: curl::command(plan, id),
        },
    ]
}
