//! The page about ways to use the crate beside the plain one.

use super::book::Book;
use super::text;
use crate::rust::view::{example, readme};
use serde::Serialize;

/// The page's path.
pub const PATH: &str = "ways.md";

#[derive(Debug, Serialize)]
pub struct WaysPage {
    pub package: String,
    pub version: String,
    /// As a code block.
    pub blocking: Vec<String>,
}

/// Nothing where there is no call.
pub fn page(book: &Book<'_>) -> Option<WaysPage> {
    let plan = book.plan;
    let blocking = readme::visible(&example::blocking_start(plan)).join("\n");
    (!blocking.is_empty()).then(|| WaysPage {
        package: plan.options.package.name.clone(),
        version: readme::minor(&plan.options.package.version),
        blocking: text::fenced("rust,ignore", &blocking),
    })
}
