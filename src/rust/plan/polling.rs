//! Expressions for the condition that ends polling.

use crate::ir::DoneWhen;
use crate::rust::Expr;

/// Returns the fields of the constant with the condition that ends polling.
pub fn fields(until: &DoneWhen) -> [(&'static str, Expr); 3] {
    let values = until.values.iter().map(ToString::to_string);
    [
        ("within", Expr::strings(&until.within)),
        ("member", Expr::strings(&until.member)),
        ("values", Expr::strings(values)),
    ]
}
