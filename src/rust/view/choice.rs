//! The response enum of an operation with different successes: a variant for each, chosen by the status
//! and then by the media type.

use super::docs::Text;
use crate::describe;
use crate::ir::StatusPattern;
use crate::rust::plan::Success;
use crate::rust::plan::decoding::statuses;
use crate::rust::{Plan, Scope, layout};
use serde::Serialize;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ResponseEnum {
    pub ident: String,
    /// The part of the response that decides: status, media type or both.
    pub by: &'static str,
    pub variants: Vec<ResponseEnumVariant>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ResponseEnumVariant {
    pub docs: Vec<String>,
    /// `Ident(Type),`, laid out.
    pub line: String,
}

/// Returns the enum, with variants in the order of the description.
pub fn choice(
    plan: Plan<'_>,
    ident: &str,
    successes: &[Success<'_>],
    scope: &Scope<'_>,
) -> ResponseEnum {
    let by_type = successes.iter().any(|success| success.is_one_of_several);
    let by_status = statuses(successes).len() > 1;
    ResponseEnum {
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

fn variant(plan: Plan<'_>, success: &Success<'_>, scope: &Scope<'_>) -> ResponseEnumVariant {
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
        true => text.paragraph("The URL that the server redirects to."),
        false => text,
    };
    let ident = success.ident;
    let ty = success.variant_ty(plan);
    ResponseEnumVariant {
        docs: text.finish(),
        line: match &ty {
            None => format!("    {ident},"),
            Some(ty) => layout::variant("    ", ident, &scope.ty(ty)),
        },
    }
}
