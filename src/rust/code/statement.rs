//! Statements.

use super::Expr;

#[derive(Debug, Clone, PartialEq)]
pub enum Statement {
    /// `let name = value;`
    Let(&'static str, Expr),
    /// `value;`
    Do(Expr),
    /// The value of the block.
    Tail(Expr),
    /// `match value { … }`
    Match(Expr, Vec<Arm>),
}

/// An arm of a `match`.
#[derive(Debug, Clone, PartialEq)]
pub struct Arm {
    pub pattern: String,
    pub body: ArmBody,
}

#[derive(Debug, Clone, PartialEq)]
pub enum ArmBody {
    Value(Expr),
    Block(Vec<Statement>),
}

impl Arm {
    pub fn value(pattern: impl Into<String>, value: Expr) -> Self {
        Arm {
            pattern: pattern.into(),
            body: ArmBody::Value(value),
        }
    }
}
