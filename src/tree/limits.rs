//! Limits that every loader keeps.

/// How deep a document may nest: far deeper than any that a person or a tool writes, and little
/// enough for a stage to walk it by recursion.
pub const MAX_DEPTH: usize = 500;

/// The message about a document that nests deeper.
pub const TOO_DEEP: &str = "the document nests more than 500 levels deep";
