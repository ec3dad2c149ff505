//! The Rust back end: names, types and views. Templates only print them.

pub mod book;
pub mod cli;
pub mod code;
mod dependencies;
pub mod feature_table;
mod files;
mod formats;
pub mod layout;
pub mod literal;
mod modules;
pub mod names;
mod package;
pub mod plan;
pub mod requirements;
mod runtime_parts;
mod size;
pub mod snippets;
mod total_eq;
pub mod view;

pub use code::{Expr, Scope, Ty};
pub use package::Package;
pub use plan::Plan;
pub use size::Sizes;
pub use total_eq::TotalEq;
