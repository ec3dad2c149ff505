//! Examples: sample values of schemas, complete requests of operations, and validation of the document's own
//! examples.

pub mod request;
pub mod sample;
pub mod validate;
