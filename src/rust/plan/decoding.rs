//! The code that decodes the response of an operation.

use super::{Decoder, PlainDecoder, ResultPlan, Success};
use crate::ir::{Operation, StatusPattern};
use crate::rust::Expr;
use crate::rust::code::{Arm, ArmBody, Statement};

/// A function that decodes a response: its owner and its name.
#[derive(Debug, Clone, Copy)]
pub struct DecodeFunction(&'static str, &'static str);

impl DecodeFunction {
    /// Returns the function as a path expression.
    pub fn value(self) -> Expr {
        Expr::item(self.0, self.1)
    }

    pub fn call(self, arguments: impl Into<Vec<Expr>>) -> Expr {
        Expr::call(format!("{}::{}", self.0, self.1), arguments)
    }
}

/// Returns the function that decodes a response, and the function's body if it is private to the
/// operation. `output` is the enum of responses that differ.
pub fn decoder(result: &ResultPlan<'_>, output: &str) -> (DecodeFunction, Option<Vec<Statement>>) {
    let own = DecodeFunction("Self", "decode");
    match result {
        ResultPlan::Nothing => (DecodeFunction("decode", "nothing"), None),
        ResultPlan::One {
            is_optional: true, ..
        } => (DecodeFunction("decode", "optional_json"), None),
        ResultPlan::One { decoding, .. } => match decoding.decoder {
            Decoder::Plain(plain) => (plain_function(plain), None),
            enveloped => (own, Some(vec![Statement::Tail(call(enveloped))])),
        },
        ResultPlan::Choice { successes, .. } => (own, Some(arms(output, successes))),
    }
}

/// Returns the expression that applies the decoder to `reply`.
pub fn call(decoder: Decoder<'_>) -> Expr {
    let reply = Expr::variable("reply");
    match decoder {
        Decoder::Enveloped(keys) => Expr::call("decode::enveloped", [reply, Expr::strings(keys)]),
        Decoder::Plain(plain) => plain_function(plain).call([reply]),
    }
}

/// Returns the function of `decode` whose only argument is the response.
fn plain_function(decoder: PlainDecoder) -> DecodeFunction {
    let name = match decoder {
        PlainDecoder::Json => "json",
        PlainDecoder::Text => "text",
        PlainDecoder::Bytes => "bytes",
        PlainDecoder::Location => "location",
    };
    DecodeFunction("decode", name)
}

/// Groups the successes by status. An exact status takes precedence over a range, and a range over
/// `default`.
pub fn statuses<'s, 'p>(successes: &'s [Success<'p>]) -> Vec<&'s [Success<'p>]> {
    let same = |one: &Success<'_>, other: &Success<'_>| std::ptr::eq(one.response, other.response);
    let mut statuses: Vec<_> = successes.chunk_by(same).collect();
    statuses.sort_by_key(|of_status| match of_status[0].response.status {
        StatusPattern::Exact(_) => 0,
        StatusPattern::Range(_) => 1,
        StatusPattern::Default => 2,
    });
    statuses
}

/// Returns the match over the status, with a nested match over the media type. The last pattern is `_`: an
/// earlier step maps an undocumented status to a documented one.
fn arms(output: &str, successes: &[Success<'_>]) -> Vec<Statement> {
    let statuses = statuses(successes);
    if let [only] = statuses[..] {
        return media_types(output, only);
    }
    let last = statuses.len() - 1;
    let (binding, status) = matched_status(&statuses);
    let arm = |(index, of_status): (usize, &[Success<'_>])| Arm {
        pattern: match of_status[0].response.status {
            _ if index == last => "_".to_owned(),
            StatusPattern::Exact(status) => status.to_string(),
            StatusPattern::Range(class) => format!("{class}00..={class}99"),
            StatusPattern::Default => "_".to_owned(),
        },
        body: match of_status {
            [only] => ArmBody::Value(value(output, only)),
            _ => ArmBody::Block(media_types(output, of_status)),
        },
    };
    let arms = statuses.into_iter().enumerate().map(arm).collect();
    let of_status = Statement::Match(status, arms);
    binding.into_iter().chain([of_status]).collect()
}

/// Returns the status to match, and the statement that defines it.
///
/// If each success has an exact status, an undocumented 2xx is decoded as one of them. Otherwise a
/// documented range or `default` matches it.
fn matched_status(statuses: &[&[Success<'_>]]) -> (Option<Statement>, Expr) {
    let reply = Expr::variable("reply");
    let mut rows = Vec::new();
    for of_status in statuses {
        match of_status[0].response.status {
            StatusPattern::Exact(status @ 200..=299) => {
                let names = of_status.iter().flat_map(media_type_names);
                let names = Expr::slice(names.collect::<Vec<_>>());
                rows.push(Expr::tuple([Expr::literal(status), names]));
            }
            StatusPattern::Exact(_) | StatusPattern::Range(3) => {}
            _ => return (None, reply.method("status", []).method("as_u16", [])),
        }
    }
    let call = Expr::call("decode::status", [reply, Expr::slice(rows)]);
    let binding = Statement::Let("status", call);
    (Some(binding), Expr::variable("status"))
}

/// Returns the media types that are decoded as this success, as literals.
fn media_type_names(success: &Success<'_>) -> Vec<Expr> {
    let names = success.names.iter();
    names
        .map(|content| Expr::string(&content.media_type))
        .collect()
}

/// Returns the match over the media type. An undocumented media type is decoded as the first.
fn media_types(output: &str, successes: &[Success<'_>]) -> Vec<Statement> {
    let all: Vec<Expr> = successes.iter().flat_map(media_type_names).collect();
    let arguments = [Expr::variable("reply"), Expr::slice(all)];
    let call = Expr::call("decode::media_type", arguments);
    let (first, others) = (&successes[0], &successes[1..]);
    let others = others.iter().flat_map(|success| {
        let names = media_type_names(success).into_iter();
        names.map(|name| Arm::value(name.to_string(), value(output, success)))
    });
    let arms = others.chain([Arm::value("_", value(output, first))]);
    vec![
        Statement::Let("media_type", call),
        Statement::Match(Expr::variable("media_type"), arms.collect()),
    ]
}

fn value(output: &str, success: &Success<'_>) -> Expr {
    let variant = Expr::item(output.to_owned(), success.ident.to_owned());
    match &success.decoding {
        Some(decoding) => call(decoding.decoder).method("map", [variant]),
        None => Expr::call("Ok", [variant]),
    }
}

/// Returns the documented successes outside of 200–299 as expressions of the runtime's type. The runtime
/// accepts every 2xx, so these are not listed.
pub fn statuses_beyond_2xx(operation: &Operation) -> Vec<Expr> {
    let statuses = operation.successes().map(|response| response.status);
    let beyond =
        statuses.filter(|status| !status.is_success() && *status != StatusPattern::Default);
    beyond.map(status).collect()
}

/// Returns a status as an expression of the runtime's type.
pub fn status(pattern: StatusPattern) -> Expr {
    match pattern {
        StatusPattern::Exact(status) => Expr::call("Status::Exact", [Expr::literal(status)]),
        StatusPattern::Range(class) => Expr::call("Status::Class", [Expr::literal(class)]),
        StatusPattern::Default => Expr::item("Status", "Any"),
    }
}
