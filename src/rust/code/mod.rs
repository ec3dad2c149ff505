//! Rust code as data: types, and the imports that printing them needs.

mod scope;
mod ty;

pub use scope::{Scope, tuple, use_groups, use_lines};
pub use ty::Ty;
