//! When work is done that takes long, as the runtime has it.

use crate::ir::DoneWhen;
use crate::rust::Expr;

/// Returns the fields of the constant that says when the work is done.
pub fn fields(until: &DoneWhen) -> [(&'static str, Expr); 3] {
    let values = until.values.iter().map(ToString::to_string);
    [
        ("within", Expr::strings(&until.within)),
        ("member", Expr::strings(&until.member)),
        ("values", Expr::strings(values)),
    ]
}
