//! Example code that uses the crate: for its documentation, its README, its tests and the book.

pub mod call;
mod multipart;
pub mod program;
mod value;
pub mod webhook;
