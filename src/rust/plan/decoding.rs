//! The code that decodes the result of an operation.

use super::{Decoder, PlainDecoder, ResultPlan, Success};
use crate::ir::{Operation, StatusPattern};
use crate::rust::{Expr, layout};

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

/// Returns the function that decodes a result, and its body if it is one of the operation's own. `output` is the
/// name of the enum of a result that differs.
pub fn decoder(result: &ResultPlan<'_>, output: &str) -> (Function, Option<String>) {
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
        ResultPlan::Choice { successes, .. } => (own, Some(arms(output, successes))),
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

/// The successes by their status. An exact status goes before a range, and a range before the rest.
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

/// The match over the status, with one over the media type within. The last pattern takes the rest: a
/// status that is not described has been given a described one by then.
fn arms(output: &str, successes: &[Success<'_>]) -> String {
    let statuses = statuses(successes);
    if let [only] = statuses[..] {
        return media_types("        ", output, only);
    }
    let last = statuses.len() - 1;
    let mut lines = status_match(&statuses);
    for (index, of_status) in statuses.into_iter().enumerate() {
        let pattern = match of_status[0].response.status {
            _ if index == last => "_".to_owned(),
            StatusPattern::Exact(status) => status.to_string(),
            StatusPattern::Range(class) => format!("{class}00..={class}99"),
            StatusPattern::Default => "_".to_owned(),
        };
        match of_status {
            [only] => lines.push(layout::arm("            ", &pattern, &value(output, only))),
            _ => {
                lines.push(format!("            {pattern} => {{"));
                lines.push(media_types("                ", output, of_status));
                lines.push("            }".to_owned());
            }
        }
    }
    lines.push("        }".to_owned());
    lines.join("\n")
}

/// The head of the match over the status.
///
/// Where each success has a status of its own, an undescribed 2xx is read as one of them; a described
/// range or `default` takes it otherwise.
fn status_match(statuses: &[&[Success<'_>]]) -> Vec<String> {
    let mut rows = Vec::new();
    for of_status in statuses {
        match of_status[0].response.status {
            StatusPattern::Exact(status @ 200..=299) => {
                let names = of_status.iter().flat_map(media_type_names);
                let names = Expr::slice(names.collect::<Vec<_>>());
                rows.push(Expr::tuple([Expr::literal(status), names]));
            }
            StatusPattern::Exact(_) | StatusPattern::Range(3) => {}
            _ => return vec!["        match reply.status().as_u16() {".to_owned()],
        }
    }
    let rows = Expr::slice(rows);
    let call = Expr::call("decode::status", [Expr::variable("reply"), rows]);
    let status = layout::assignment("        ", "let status", &call);
    vec![status, "        match status {".to_owned()]
}

/// The media types that are read as this success, as literals.
fn media_type_names(success: &Success<'_>) -> Vec<Expr> {
    let names = success.names.iter();
    names
        .map(|content| Expr::string(&content.media_type))
        .collect()
}

/// The match over the media type. What is none of those described is read as the first.
fn media_types(indent: &str, output: &str, successes: &[Success<'_>]) -> String {
    let all: Vec<Expr> = successes.iter().flat_map(media_type_names).collect();
    let arguments = [Expr::variable("reply"), Expr::slice(all)];
    let call = Expr::call("decode::media_type", arguments);
    let mut lines = vec![layout::assignment(indent, "let media_type", &call)];
    lines.push(format!("{indent}match media_type {{"));
    let inner = format!("{indent}    ");
    let (first, others) = (&successes[0], &successes[1..]);
    for success in others {
        let value = value(output, success);
        let arm = |name: Expr| layout::arm(&inner, &name.to_string(), &value);
        lines.extend(media_type_names(success).into_iter().map(arm));
    }
    lines.push(layout::arm(&inner, "_", &value(output, first)));
    lines.push(format!("{indent}}}"));
    lines.join("\n")
}

fn value(output: &str, success: &Success<'_>) -> Expr {
    let variant = Expr::item(output.to_owned(), success.ident.to_owned());
    match &success.decoding {
        Some(decoding) => call(decoding.decoder).method("map", [variant]),
        None => Expr::call("Ok", [variant]),
    }
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
