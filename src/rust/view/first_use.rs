//! The docs of types that the document does not describe: the place that uses them first.

use crate::describe::{self, code};
use crate::ir::{FirstUse, OperationId, StatusPattern, TypeDef, TypeId, UsePart, UsePlace};
use crate::rust::Plan;

/// Returns a sentence about the first use of a type.
pub fn sentence(plan: Plan<'_>, def: &TypeDef) -> String {
    let Some(FirstUse { place, part }) = &def.first_use else {
        return "No operation uses this type.".to_owned();
    };
    let whole = match place {
        UsePlace::Response(id) => format!("response of {}", operation(plan, *id)),
        UsePlace::Error(id, status) => {
            let statuses = statuses(*status);
            format!("error response of {}{statuses}", operation(plan, *id))
        }
        UsePlace::RequestBody(id) => format!("request body of {}", operation(plan, *id)),
        UsePlace::FormPart(id, name) => of_operation(plan, "form part", name, *id),
        UsePlace::Parameter(id, name) => of_operation(plan, "parameter", name, *id),
        UsePlace::Header(id, name) => of_operation(plan, "response header", name, *id),
        UsePlace::Webhook(name) => format!("payload of the webhook {}", code(name)),
        UsePlace::AnyWebhook => "payload of any webhook".to_owned(),
        UsePlace::Property(id, name) => format!("{} of {}", code(name), ty(plan, *id)),
        UsePlace::ExtraProperty(id) => format!("additional property of {}", ty(plan, *id)),
        UsePlace::Branch(id) => format!("variant of {}", ty(plan, *id)),
        UsePlace::Alias(id) => ty(plan, *id),
    };
    match part {
        UsePart::Whole => format!("{}.", prose_case(&whole)),
        UsePart::Item => format!("Item in {}.", with_article(place, &whole)),
        UsePart::Value => format!("Map value in {}.", with_article(place, &whole)),
    }
}

fn of_operation(plan: Plan<'_>, kind: &str, name: &str, id: OperationId) -> String {
    format!("{kind} {} of {}", code(name), operation(plan, id))
}

/// Returns the operation's method as a link, or its request line if a feature may hide the method.
fn operation(plan: Plan<'_>, id: OperationId) -> String {
    let operation = plan.api.operation(id);
    let method = &plan.names.operation(id).method;
    if !plan.names.features.is_empty() || method.starts_with("r#") {
        return describe::request_line(operation);
    }
    let resource = &plan.names.resources[operation.group].ident;
    format!("[`{resource}::{method}`](crate::resources::{resource}::{method})")
}

/// Returns a type as a link, or as code if a feature may hide it.
fn ty(plan: Plan<'_>, id: TypeId) -> String {
    let ident = &plan.names.ty(id).ident;
    match plan.names.features.is_empty() {
        true => format!("[`{ident}`](crate::types::{ident})"),
        false => code(ident),
    }
}

fn statuses(status: StatusPattern) -> String {
    match status {
        StatusPattern::Exact(status) => format!(" with status {status}"),
        StatusPattern::Range(class) => format!(" with a status from {class}00 to {class}99"),
        StatusPattern::Default => String::new(),
    }
}

/// Adds an article to the places that are nouns, and not code.
fn with_article(place: &UsePlace, whole: &str) -> String {
    match place {
        UsePlace::Property(..) | UsePlace::Alias(_) => whole.to_owned(),
        UsePlace::ExtraProperty(_) | UsePlace::Error(..) => format!("an {whole}"),
        UsePlace::Branch(_) => format!("a {whole}"),
        _ => format!("the {whole}"),
    }
}

/// Returns a text with its first letter in upper case.
fn prose_case(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(chars).collect()
}
