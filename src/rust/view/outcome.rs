//! Prints the result of an operation: its type, and the code that decodes it.

use super::choice::{self, Choice};
use crate::ir::{Operation, OperationId, StatusPattern};
use crate::rust::plan::{Decoder, PlainDecoder, ResultPlan};
use crate::rust::{Plan, Scope, Ty, layout, literal};

/// The result of an operation, and how it is decoded.
pub struct Outcome<'a> {
    pub ty: Ty<'a>,
    pub decoder: String,
    /// The body of the private function that decodes, if `decode` has no function for it.
    pub reader: Option<String>,
    /// The value of the `Accept` header.
    pub accept: String,
    /// Whether some body is bytes, which may be many.
    pub is_binary: bool,
    /// The enum of the result, if the successes differ.
    pub choice: Option<Choice>,
}

pub fn outcome<'a>(plan: Plan<'a>, id: OperationId, scope: &Scope<'_>) -> Outcome<'a> {
    let result = plan.result(id);
    let own = "Self::decode".to_owned();
    let (decoder, reader, choice) = match &result {
        ResultPlan::Nothing => ("decode::nothing".to_owned(), None, None),
        ResultPlan::One {
            is_optional: true, ..
        } => ("decode::optional_json".to_owned(), None, None),
        ResultPlan::One { decoding, .. } => match decoding.decoder {
            Decoder::Plain(plain) => (function(plain).to_owned(), None, None),
            enveloped => {
                let call = layout::expression("        ", "", &call(enveloped), "");
                (own, Some(call), None)
            }
        },
        ResultPlan::Choice { ident, successes } => {
            let choice = choice::choice(plan, ident, successes, scope);
            (
                own,
                Some(choice::arms(plan, ident, successes)),
                Some(choice),
            )
        }
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

/// Prints the expression that decodes `reply`.
pub fn call(decoder: Decoder<'_>) -> String {
    match decoder {
        Decoder::Enveloped(keys) => {
            let keys: Vec<String> = keys.iter().map(|key| literal::string(key)).collect();
            format!("decode::enveloped(reply, &[{}])", keys.join(", "))
        }
        Decoder::Plain(plain) => format!("{}(reply)", function(plain)),
    }
}

/// Returns the function of `decode` that takes nothing but the response.
fn function(decoder: PlainDecoder) -> &'static str {
    match decoder {
        PlainDecoder::Json => "decode::json",
        PlainDecoder::Text => "decode::text",
        PlainDecoder::Bytes => "decode::bytes",
        PlainDecoder::Location => "decode::location",
    }
}

/// The described successes outside of 200–299, as the runtime has them. Every 2xx is a success without
/// being listed.
pub fn statuses_beyond_2xx(operation: &Operation) -> Vec<String> {
    let statuses = operation.successes().map(|response| response.status);
    let beyond =
        statuses.filter(|status| !status.is_success() && *status != StatusPattern::Default);
    beyond.map(status).collect()
}

/// A status as the runtime has it.
pub fn status(pattern: StatusPattern) -> String {
    match pattern {
        StatusPattern::Exact(status) => format!("Status::Exact({status})"),
        StatusPattern::Range(class) => format!("Status::Class({class})"),
        StatusPattern::Default => "Status::Any".to_owned(),
    }
}
