//! The Rust back end: names, types, views; templates print what stands here.

pub mod code;
mod files;
pub mod layout;
pub mod literal;
mod modules;
pub mod names;
mod plan;
mod size;
mod uses;
pub mod view;

pub use code::{Expr, Scope, Ty};
pub use files::render;
pub use plan::Plan;
pub use size::Sizes;
