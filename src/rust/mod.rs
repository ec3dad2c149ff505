//! The Rust back end: names, types, views; templates print what stands here.

pub mod book;
pub mod code;
mod files;
pub mod layout;
pub mod literal;
mod modules;
pub mod names;
mod plan;
mod requirements;
mod size;
pub mod view;

pub use code::{Expr, Scope, Ty};
pub use files::render;
pub use plan::Plan;
pub use size::Sizes;
