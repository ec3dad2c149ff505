//! The type of what a call gives where successes give several: a variant for each, told by the status
//! and, within a status, by the media type of the response.

use super::docs::Text;
use super::outcome;
use crate::describe;
use crate::ir::{Content, ContentKind, SchemaKind, StatusPattern};
use crate::rust::plan::Success;
use crate::rust::{Expr, Plan, Scope, layout};
use serde::Serialize;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Choice {
    pub ident: String,
    /// What of the response decides.
    pub by: &'static str,
    pub variants: Vec<Variant>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Variant {
    pub docs: Vec<String>,
    /// `Ident(Type),`, laid out.
    pub line: String,
    #[serde(skip)]
    pub ident: String,
    /// The type that it holds; empty where it holds nothing.
    #[serde(skip)]
    pub ty: String,
}

/// Variants in the order of the description.
pub fn choice(plan: Plan<'_>, ident: &str, successes: &[Success<'_>], scope: &Scope<'_>) -> Choice {
    let by_type = successes.iter().any(|success| success.is_one_of_several);
    let by_status = statuses(successes).len() > 1;
    Choice {
        ident: ident.to_owned(),
        by: match (by_status, by_type) {
            (true, true) => "status and media type",
            (false, true) => "media type",
            (_, false) => "status",
        },
        variants: successes
            .iter()
            .map(|success| variant(plan, success, scope))
            .collect(),
    }
}

fn variant(plan: Plan<'_>, success: &Success<'_>, scope: &Scope<'_>) -> Variant {
    let response = success.response;
    let about = match response.status {
        StatusPattern::Exact(status) => format!("Status {status}"),
        StatusPattern::Range(class) => format!("Any status from {class}00 to {class}99"),
        StatusPattern::Default => "Any other status".to_owned(),
    };
    let media_type = success.content.filter(|_| success.is_one_of_several);
    let media_type =
        media_type.map(|content| format!(", as {}", describe::code(&content.media_type)));
    let about = format!("{about}{}.", media_type.unwrap_or_default());
    let text = Text::new().paragraph(&about).prose(&response.docs);
    let text = match response.status.is_redirect() {
        true => text.paragraph("Holds the address that the server leads to."),
        false => text,
    };
    let ident = success.ident;
    let ty = success
        .decoding
        .as_ref()
        .map(|decoding| match is_boxed(plan, success) {
            true => decoding.ty.clone().boxed(),
            false => decoding.ty.clone(),
        });
    Variant {
        docs: text.finish(),
        line: match &ty {
            None => format!("    {ident},"),
            Some(ty) => layout::variant("    ", ident, &scope.ty(ty)),
        },
        ident: ident.to_owned(),
        ty: ty.map_or_else(String::new, |ty| ty.to_string()),
    }
}

/// Whether a variant holds its value in a box, so that the size of the enum does not change with it.
fn is_boxed(plan: Plan<'_>, success: &Success<'_>) -> bool {
    let is_value =
        |content: &&Content| matches!(content.kind, ContentKind::Json | ContentKind::Form);
    success
        .content
        .filter(|_| !success.response.status.is_redirect())
        .filter(is_value)
        .is_some_and(|content| plan.is_large(&content.schema))
}

/// The successes by their status. An exact status goes before a range, and a range before the rest.
fn statuses<'s, 'p>(successes: &'s [Success<'p>]) -> Vec<&'s [Success<'p>]> {
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
pub fn arms(plan: Plan<'_>, output: &str, successes: &[Success<'_>]) -> String {
    let statuses = statuses(successes);
    if let [only] = statuses[..] {
        return media_types(plan, "        ", output, only);
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
            [only] => lines.push(layout::arm(
                "            ",
                &pattern,
                &value(plan, output, only),
            )),
            _ => {
                lines.push(format!("            {pattern} => {{"));
                lines.push(media_types(plan, "                ", output, of_status));
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
fn media_types(plan: Plan<'_>, indent: &str, output: &str, successes: &[Success<'_>]) -> String {
    let all: Vec<Expr> = successes.iter().flat_map(media_type_names).collect();
    let arguments = [Expr::variable("reply"), Expr::slice(all)];
    let call = Expr::call("decode::media_type", arguments);
    let mut lines = vec![layout::assignment(indent, "let media_type", &call)];
    lines.push(format!("{indent}match media_type {{"));
    let inner = format!("{indent}    ");
    let (first, others) = (&successes[0], &successes[1..]);
    for success in others {
        let value = value(plan, output, success);
        let arm = |name: Expr| layout::arm(&inner, &name.to_string(), &value);
        lines.extend(media_type_names(success).into_iter().map(arm));
    }
    lines.push(layout::arm(&inner, "_", &value(plan, output, first)));
    lines.push(format!("{indent}}}"));
    lines.join("\n")
}

fn value(plan: Plan<'_>, output: &str, success: &Success<'_>) -> Expr {
    let variant = Expr::item(output.to_owned(), success.ident.to_owned());
    let kind = success.content.map(|content| &content.schema.kind);
    match &success.decoding {
        // JSON is read into a box; the value within an envelope is not.
        Some(decoding)
            if matches!(kind, Some(SchemaKind::Envelope(..))) && is_boxed(plan, success) =>
        {
            let boxed = [Expr::item("Box", "new")];
            let value = outcome::call(decoding.decoder).method("map", boxed);
            value.method("map", [variant])
        }
        Some(decoding) => outcome::call(decoding.decoder).method("map", [variant]),
        None => Expr::call("Ok", [variant]),
    }
}
