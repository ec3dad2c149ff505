//! The request body of an operation: one media type, or a choice of several.

use super::docs::Text;
use super::form::{self, Form};
use crate::ir::{Content, ContentKind, OperationId, is_open_range};
use crate::rust::code::TypeCode;
use crate::rust::plan::body::{BodyPlan, BodyVariant};
use crate::rust::{Expr, Plan, Scope, layout};
use serde::Serialize;

/// The body of an operation.
pub struct RequestBody<'a> {
    pub plan: &'a BodyPlan<'a>,
    /// A note after the description's own text.
    pub note: String,
    pub choice: Option<Choice>,
    pub form: Option<Form>,
}

/// An enum with a variant for each media type.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Choice {
    pub ident: String,
    pub variants: Vec<Variant>,
    /// Arms that add each variant to the request.
    pub arms: Vec<String>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Variant {
    pub ident: String,
    pub docs: Vec<String>,
    /// `Ident(Type),`, laid out.
    pub line: String,
    /// The head of the function `from`, which takes the type without its `Box`; `None` if an earlier
    /// variant has the same type.
    pub from: Option<String>,
    pub from_head: String,
    pub from_value: String,
}

/// Returns the body of an operation. `sender` is the file with the code that adds it to the request.
pub fn body<'a>(
    plan: Plan<'a>,
    id: OperationId,
    scope: &Scope<'_>,
    sender: &Scope<'_>,
) -> Option<RequestBody<'a>> {
    let body = plan.operation(id).body.as_ref()?;
    let names = plan.names.operation(id);
    let form = body.form.as_ref();
    let form = form.map(|planned| form::view(plan, id, planned, scope));
    if body.has_style {
        sender.import("runtime::Style");
    }
    let (note, choice) = match body.contents[..] {
        [only] => (note(only), None),
        _ => {
            let types = body.contents.iter();
            let types: Vec<String> = types
                .map(|content| crate::describe::code(&content.media_type))
                .collect();
            let note = format!(
                "Sent as one of {}; see [`{}`].",
                types.join(", "),
                names.body
            );
            (note, Some(choice(&names.body, &body.variants, scope)))
        }
    };
    Some(RequestBody {
        plan: body,
        note,
        choice,
        form,
    })
}

impl RequestBody<'_> {
    /// Returns the statement that adds the argument of this name to `request`.
    pub fn statement(&self, argument: &'static str, request: Expr) -> String {
        layout::statement("        ", &self.plan.call(argument, request))
    }
}

fn note(content: &Content) -> String {
    let media_type = crate::describe::code(&content.media_type);
    match content.kind {
        ContentKind::Bytes if is_open_range(&content.media_type) => {
            format!("Its media type must match {media_type}.")
        }
        ContentKind::Bytes | ContentKind::Text | ContentKind::Multipart => {
            format!("Sent as {media_type}.")
        }
        ContentKind::Json | ContentKind::Form => String::new(),
    }
}

fn choice(name: &str, variants: &[BodyVariant<'_>], scope: &Scope<'_>) -> Choice {
    if variants.iter().any(|variant| variant.has_style) {
        scope.import("runtime::Style");
    }
    Choice {
        ident: name.to_owned(),
        variants: variants.iter().map(|it| variant(name, it, scope)).collect(),
        arms: variants
            .iter()
            .map(|variant| layout::match_arm("            ", &variant.arm()))
            .collect(),
    }
}

fn variant(name: &str, variant: &BodyVariant<'_>, scope: &Scope<'_>) -> Variant {
    let ident = variant.ident;
    let ty = scope.ty(&variant.ty);
    let about = format!("As {}.", crate::describe::code(&variant.content.media_type));
    let (line, from_value) = match variant.is_boxed {
        true => {
            let boxed = TypeCode::generic("Box", [ty.clone()]);
            let line = layout::variant("    ", ident, &boxed);
            (line, "Box::new(value)")
        }
        false => (layout::variant("    ", ident, &ty), "value"),
    };
    Variant {
        ident: ident.to_owned(),
        docs: Text::new().paragraph(&about).finish(),
        line,
        from_head: layout::impl_head("impl", &TypeCode::generic("From", [ty.clone()]), name),
        from: variant.converts.then(|| layout::from(&ty)),
        from_value: from_value.to_owned(),
    }
}
