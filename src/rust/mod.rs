//! The Rust back end: names, types, views; templates print what stands here.

mod files;
pub mod layout;
pub mod literal;
pub mod names;
mod plan;
pub mod repeat;
mod size;
mod uses;
pub mod view;

pub use files::render;
pub use plan::{Plan, Scope};
pub use repeat::Repeat;
pub use size::Sizes;
