//! `error.rs`: the documented error bodies, and the predicates and header methods on errors.

use super::docs::Text;
use crate::describe;
use crate::ir::{Docs, Header, Schema, reason};
use crate::rust::code::use_lines;
use crate::rust::code::{Parameter, TypeCode};
use crate::rust::names::{ErrorBodyNames, is_standard_header, standard_predicate};
use crate::rust::{Expr, Plan, Scope, Ty, layout};
use serde::Serialize;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Errors {
    pub bodies: Vec<ErrorBody>,
    /// Rows of the table of documented statuses.
    pub rows: Vec<String>,
    pub predicates: Vec<Predicate>,
    pub headers: Vec<ErrorHeader>,
    pub uses: Vec<String>,
    /// Whether some documented body has a message, and whether some body has none.
    pub has_messages: bool,
    pub has_silent_bodies: bool,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ErrorBody {
    /// The attribute with the features that enable it; empty if it is always compiled.
    pub cfg: String,
    pub docs: Vec<String>,
    pub ty: String,
    /// `Ident(Type),`, laid out.
    pub line: String,
    /// The arm with the location of the message, laid out; empty if the description has none.
    pub message: String,
    /// The attribute of the arm; see `cfg`.
    pub message_cfg: String,
    pub call: String,
    /// The function that decodes the variant from the body's bytes.
    pub reader: String,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Predicate {
    pub docs: Vec<String>,
    pub signature: String,
    pub status: u16,
}

/// A documented header of error responses.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ErrorHeader {
    pub docs: Vec<String>,
    pub signature: String,
    pub call: String,
}

pub fn errors(plan: Plan<'_>) -> Errors {
    let scope = Scope::in_crate();
    let bodies = bodies(plan, &scope);
    let headers = headers(plan, &scope);
    Errors {
        uses: use_lines(scope.into_imports()),
        has_messages: bodies.iter().any(|body| !body.message.is_empty()),
        has_silent_bodies: bodies.iter().any(|body| body.message.is_empty()),
        bodies,
        headers,
        rows: plan
            .api
            .errors
            .iter()
            .zip(&plan.names.predicates)
            .map(|(error, ident)| {
                let meaning = describe::meaning(error);
                format!(" | {} | {meaning} | [`Error::{ident}`] |", error.status)
            })
            .collect(),
        predicates: plan
            .api
            .errors
            .iter()
            .zip(&plan.names.predicates)
            .filter(|(error, _)| standard_predicate(error.status).is_none())
            .map(|(error, ident)| {
                let status = error.status;
                let reason = reason(status);
                let docs = Docs {
                    description: error.description.clone(),
                    ..Docs::default()
                };
                let text = Text::new().paragraph(&format!(
                    "Returns whether the server returned status {status}, {reason}."
                ));
                Predicate {
                    docs: text.prose(&docs).finish(),
                    signature: layout::signature(
                        "    ",
                        &format!("pub fn {ident}"),
                        &[Parameter::REF_SELF],
                        Some("bool"),
                    ),
                    status,
                }
            })
            .collect(),
    }
}

fn headers(plan: Plan<'_>, scope: &Scope<'_>) -> Vec<ErrorHeader> {
    let header = |(header, ident): (&Header, &String)| {
        scope.import("headers");
        let returns = scope.ty(&plan.header_ty(header).option()).to_string();
        let about = format!(
            "Returns the header {} of an error response, or `None` if it is missing or does not fit its type.",
            describe::code(&header.name)
        );
        let head = format!("pub fn {ident}");
        let call = plan.read_error_header(header);
        ErrorHeader {
            docs: Text::new()
                .paragraph(&about)
                .prose(&header.docs)
                .paragraph(&describe::notes("", "", &header.schema, false))
                .finish(),
            signature: layout::signature("    ", &head, &[Parameter::REF_SELF], Some(&returns)),
            call: layout::tail("        ", &call),
        }
    };
    let names = &plan.names.error_headers;
    plan.api
        .error_headers
        .iter()
        .zip(names)
        .filter(|(header, _)| !is_standard_header(&header.name))
        .map(header)
        .collect()
}

fn bodies(plan: Plan<'_>, scope: &Scope<'_>) -> Vec<ErrorBody> {
    let names = plan.names.error_bodies.iter();
    let gate = |index: usize| plan.names.features.of_error_body(index);
    let is_gated = (0..names.len()).any(|index| gate(index).is_some());
    let body = |(index, (schema, names)): (usize, (&Schema, &ErrorBodyNames))| {
        scope.import("runtime::decode");
        let held = plan.bare(schema);
        let held = match plan.api.def(schema) {
            Some(_) => held.boxed(),
            None => held,
        };
        let ty = scope.ty(&held);
        let variant = Expr::item("Self", names.variant.clone());
        let call = Expr::call("decode::error_body", [Expr::variable("body"), variant]);
        ErrorBody {
            cfg: layout::cfg("    ", &gate(index).unwrap_or_default()),
            docs: Text::new().paragraph(&about(&held, &ty)).finish(),
            line: layout::variant("    ", &names.variant, &ty),
            message: message(plan, schema, names, is_gated),
            message_cfg: layout::cfg("            ", &gate(index).unwrap_or_default()),
            call: layout::tail("        ", &call),
            reader: names.reader.clone(),
            ty: ty.to_string(),
        }
    };
    let bodies = plan.api.error_bodies.iter().zip(names);
    bodies.enumerate().map(body).collect()
}

/// Returns the arm with the location of a body's message. If features leave bodies out, each has an arm: a pattern for
/// the rest would be unreachable as soon as the rest is left out.
fn message(plan: Plan<'_>, schema: &Schema, names: &ErrorBodyNames, is_gated: bool) -> String {
    let path = plan.api.message_path(schema);
    if path.is_empty() && !is_gated {
        return String::new();
    }
    let pattern = format!("Self::{}(_)", names.variant);
    layout::arm("            ", &pattern, &Expr::strings(&path))
}

/// Returns the type in a variant, with a link if it is a declared type.
fn about(ty: &Ty<'_>, printed: &TypeCode) -> String {
    let inner = match ty {
        Ty::Box(inner) => inner,
        other => other,
    };
    match inner {
        Ty::Declared { ident, .. } => format!("[`{ident}`](crate::types::{ident})"),
        _ => format!("`{printed}`"),
    }
}
