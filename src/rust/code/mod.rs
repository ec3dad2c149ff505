//! Rust code as data: types, expressions, and the imports that printing types needs.

mod expr;
mod scope;
mod ty;

pub use expr::{Expr, Link, Reference, Root, Tried};
pub use scope::{Scope, tuple, use_groups, use_lines};
pub use ty::Ty;
