//! Rust code as data: types, expressions, programs for documentation, and the imports that printed types
//! need.

mod doctest;
mod expr;
mod scope;
mod statement;
mod ty;

pub use doctest::Doctest;
pub use expr::{Expr, Link, Reference, Root, Tried};
pub use scope::{Scope, tuple, use_groups, use_lines};
pub use statement::{Arm, ArmBody, Statement};
pub use ty::Ty;
