//! Rust code as data: types, expressions, programs for documentation, and the imports that printed types
//! need.

mod doctest;
mod expr;
mod scope;
mod statement;
mod ty;
mod type_code;

pub use doctest::Doctest;
pub use expr::{Borrow, Expr, Link, Root, Tried};
pub use scope::{Scope, use_groups, use_lines};
pub use statement::{Arm, ArmBody, Statement};
pub use ty::Ty;
pub use type_code::{FnParameter, TypeCode};
