//! An operation's example as standalone code, for documentation outside of the book.

use super::curl;
use crate::ir::OperationId;
use crate::rust::Plan;
use crate::rust::snippets::program;

/// An example request in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// The language's name in syntax highlighters.
    pub lang: &'static str,
    /// The label of the reader's choice.
    pub label: &'static str,
    pub source: String,
}

/// Returns an operation's samples: with the generated crate, and with `curl`.
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
