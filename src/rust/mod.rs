//! The Rust back end: names, types, views; templates print what stands here.

pub mod layout;
pub mod literal;
pub mod names;
mod files;
mod plan;
pub mod view;

pub use files::render;
pub use plan::{Plan, Scope};
