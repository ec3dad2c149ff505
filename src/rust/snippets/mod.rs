//! Example code that uses the crate: for its documentation, its README, its tests and the book.

mod binding;
mod branch;
pub mod call;
pub mod memory;
mod multipart;
mod object;
pub mod program;
mod value;
pub mod webhook;
pub mod workflow;
