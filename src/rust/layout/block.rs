//! Layouts of statements.

use super::{arm, assignment, statement, tail};
use crate::rust::code::{Arm, ArmBody, Statement};

/// Returns the statements of a block, one text for each.
pub fn statements(indent: &str, statements: &[Statement]) -> Vec<String> {
    let lines = statements.iter();
    lines
        .map(|line| match line {
            Statement::Let(name, value) => assignment(indent, &format!("let {name}"), value),
            Statement::Do(value) => statement(indent, value),
            Statement::Tail(value) => tail(indent, value),
            Statement::Match(value, arms) => {
                let inner = format!("{indent}    ");
                let arms = arms.iter().map(|arm| match_arm(&inner, arm));
                let arms: String = arms.map(|arm| arm + "\n").collect();
                format!("{indent}match {value} {{\n{arms}{indent}}}")
            }
        })
        .collect()
}

/// Returns the statements of a block as one text.
pub fn block(indent: &str, body: &[Statement]) -> String {
    statements(indent, body).join("\n")
}

/// Returns an arm of a `match`.
pub fn match_arm(indent: &str, of: &Arm) -> String {
    match &of.body {
        ArmBody::Value(value) => arm(indent, &of.pattern, value),
        ArmBody::Block(body) => {
            let body = block(&format!("{indent}    "), body);
            format!("{indent}{} => {{\n{body}\n{indent}}}", of.pattern)
        }
    }
}
