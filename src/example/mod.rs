//! Example values and requests: samples of schemas, complete requests of operations, and the check of the
//! description's own examples.

pub mod request;
pub mod sample;
pub mod validate;
