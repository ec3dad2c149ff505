//! Prints the result of an operation: its type, and the code that decodes it.

use super::choice::{self, Choice};
use crate::ir::{Operation, OperationId, StatusPattern};
use crate::rust::plan::{Decoder, PlainDecoder, ResultPlan};
use crate::rust::{Expr, Plan, Scope, Ty, layout};

/// The result of an operation, and how it is decoded.
pub struct Outcome<'a> {
    pub ty: Ty<'a>,
    pub decoder: Function,
    /// The body of the private function that decodes, if `decode` has no function for it.
    pub reader: Option<String>,
    /// The value of the `Accept` header.
    pub accept: String,
    /// Whether some body is bytes, which may be many.
    pub is_binary: bool,
    /// The enum of the result, if the successes differ.
    pub choice: Option<Choice>,
}

/// A function that decodes a response: what it belongs to, and its name.
#[derive(Debug, Clone, Copy)]
pub struct Function(&'static str, &'static str);

impl Function {
    /// Returns the function as a value.
    pub fn value(self) -> Expr {
        Expr::item(self.0, self.1)
    }

    pub fn call(self, arguments: impl Into<Vec<Expr>>) -> Expr {
        Expr::call(format!("{}::{}", self.0, self.1), arguments)
    }
}

pub fn outcome<'a>(plan: Plan<'a>, id: OperationId, scope: &Scope<'_>) -> Outcome<'a> {
    let result = plan.result(id);
    let (decoder, reader) = decoder(plan, &result, &plan.names.operation(id).output);
    let choice = match &result {
        ResultPlan::Choice { ident, successes } => {
            Some(choice::choice(plan, ident, successes, scope))
        }
        ResultPlan::Nothing | ResultPlan::One { .. } => None,
    };
    Outcome {
        ty: result.ty(),
        decoder,
        reader,
        accept: plan.api.operation(id).accept(),
        is_binary: result.is_binary(),
        choice,
    }
}

/// Returns the function that decodes a result, and its body if it is one of the operation's own. `output` is the
/// name of the enum of a result that differs.
pub fn decoder(
    plan: Plan<'_>,
    result: &ResultPlan<'_>,
    output: &str,
) -> (Function, Option<String>) {
    let own = Function("Self", "decode");
    match result {
        ResultPlan::Nothing => (Function("decode", "nothing"), None),
        ResultPlan::One {
            is_optional: true, ..
        } => (Function("decode", "optional_json"), None),
        ResultPlan::One { decoding, .. } => match decoding.decoder {
            Decoder::Plain(plain) => (plain_function(plain), None),
            enveloped => (own, Some(layout::tail("        ", &call(enveloped)))),
        },
        ResultPlan::Choice { successes, .. } => (own, Some(choice::arms(plan, output, successes))),
    }
}

/// Returns the expression that decodes `reply`.
pub fn call(decoder: Decoder<'_>) -> Expr {
    let reply = Expr::variable("reply");
    match decoder {
        Decoder::Enveloped(keys) => Expr::call("decode::enveloped", [reply, Expr::strings(keys)]),
        Decoder::Plain(plain) => plain_function(plain).call([reply]),
    }
}

/// Returns the function of `decode` that takes nothing but the response.
fn plain_function(decoder: PlainDecoder) -> Function {
    let name = match decoder {
        PlainDecoder::Json => "json",
        PlainDecoder::Text => "text",
        PlainDecoder::Bytes => "bytes",
        PlainDecoder::Location => "location",
    };
    Function("decode", name)
}

/// The described successes outside of 200–299, as the runtime has them. Every 2xx is a success without
/// being listed.
pub fn statuses_beyond_2xx(operation: &Operation) -> Vec<Expr> {
    let statuses = operation.successes().map(|response| response.status);
    let beyond =
        statuses.filter(|status| !status.is_success() && *status != StatusPattern::Default);
    beyond.map(status).collect()
}

/// A status as the runtime has it.
pub fn status(pattern: StatusPattern) -> Expr {
    match pattern {
        StatusPattern::Exact(status) => Expr::call("Status::Exact", [Expr::literal(status)]),
        StatusPattern::Range(class) => Expr::call("Status::Class", [Expr::literal(class)]),
        StatusPattern::Default => Expr::item("Status", "Any"),
    }
}
