//! One operation: its descriptor, its method, its builder.

use super::arguments::arguments;
use super::choice::ResponseEnum;
use super::docs::Text;
use super::form::FormView;
use super::headers::Headers;
use super::pages::PagesView;
use super::setter::Setter;
use super::stream::StreamView;
use super::waits::WaitView;
use crate::describe;
use crate::ir::{
    Idempotency, Operation, OperationId, PathPart, Response, Security, StatusPattern, reason,
};
use crate::rust::code::{FnParameter, TypeCode};
use crate::rust::plan::errors::ErrorPlan;
use crate::rust::plan::{ResultPlan, decoding};
use crate::rust::snippets::call;
use crate::rust::{Expr, Plan, Scope, Ty, layout, literal};
use serde::Serialize;
use std::collections::BTreeSet;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct OperationView {
    pub descriptor: Descriptor,
    pub docs: Vec<String>,
    pub deprecated: bool,
    pub many_arguments: bool,
    pub signature: String,
    /// Statements that fill the request with the arguments.
    pub fills: Vec<String>,
    pub request: String,
    pub builder: String,
    pub builder_docs: Vec<String>,
    /// The builder's derives: `Clone` only if its body is `Clone`.
    pub derives: &'static str,
    pub setters: Vec<Setter>,
    pub has_optional_setters: bool,
    /// The declaration of the alias, if the response type is long.
    pub alias: Option<String>,
    /// The response enum, if the operation has one.
    pub choice: Option<ResponseEnum>,
    /// Whether the response can be read as a stream of bytes.
    pub is_binary: bool,
    /// Methods that read the response item by item.
    pub streams: Vec<StreamView>,
    /// Methods that iterate a paginated list.
    pub pages: Option<PagesView>,
    /// The method that polls until the operation's work is done.
    pub wait: Option<WaitView>,
    /// The enum of the request body, if there are several media types.
    pub body: Option<super::body::BodyEnum>,
    /// The struct of the documented response headers.
    pub headers: Option<Headers>,
    /// The struct of the multipart body.
    pub form: Option<FormView>,
    pub sending: Sending,
    /// The imports of the operation's code in the file of the resource.
    #[serde(skip)]
    pub imports: BTreeSet<String>,
    /// The imports of the operation's code in the file of the builders.
    #[serde(skip)]
    pub builder_imports: BTreeSet<String>,
}

/// The constant that describes the operation to the runtime. Each field is a Rust expression or a line.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Descriptor {
    pub constant: String,
    pub id: String,
    pub method: String,
    pub path: String,
    pub accept: String,
    pub idempotent: String,
    /// Whole lines.
    pub security: String,
    pub successes: String,
    pub errors: String,
    pub has_errors: bool,
    pub says_status: bool,
}

/// What the builder's methods return, and how it is decoded.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Sending {
    pub output: String,
    pub decoder: String,
    /// The private decoding function, if the `decode` module has no suitable one.
    pub reader: Option<DecodeMethod>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DecodeMethod {
    pub signature: String,
    pub call: String,
}

#[derive(Debug, Clone, Copy)]
pub struct ResourceContext<'a> {
    pub plan: Plan<'a>,
    pub resource: &'a str,
}

pub fn view(context: &ResourceContext<'_>, id: OperationId) -> OperationView {
    let plan = context.plan;
    let operation = plan.api.operation(id);
    let names = plan.names.operation(id);
    let (scope, builders) = (Scope::in_crate(), Scope::builders());
    let planned = plan.operation(id);
    let result = &planned.result;
    let (decoder, reader) = decoding::decoder(result, &names.output);
    let reader = reader.map(|body| layout::block("        ", &body));
    let choice = match result {
        ResultPlan::Choice { ident, successes } => {
            Some(super::choice::choice(plan, ident, successes, &scope))
        }
        ResultPlan::Nothing | ResultPlan::One { .. } => None,
    };
    let (result_ty, is_binary) = (result.ty(), result.is_binary());
    let takes_body = planned.body.as_ref().is_some_and(|body| body.is_positional);
    let sender = if takes_body { &scope } else { &builders };
    let body = super::body::body(plan, id, &scope, sender);
    let arguments = arguments(plan, id, body.as_ref(), &scope, &builders);
    let (body_choice, form) = body.map_or((None, None), |body| (body.choice, body.form));
    let core = Expr::variable("self").field("client").field("core");
    let constant = Expr::variable(names.constant.clone()).reference();
    let request = Expr::new("Request", [core.reference(), constant]);
    let binding = if arguments.fills.is_empty() {
        "let request"
    } else {
        "let mut request"
    };
    // A response enum already has a short name, so it needs no alias.
    let long = result_ty.to_string().len() > LONGEST_TYPE && choice.is_none();
    let alias = long.then(|| layout::alias(&names.output, &scope.ty(&result_ty)));
    let ty = &match long {
        true => builders.ty(&Ty::Local(&names.output)),
        false => builders.ty(&result_ty),
    };
    let headers = super::headers::view(plan, id, &result_ty, decoder, ty, &scope, &builders);
    if reader.is_some() {
        builders.import("runtime::Reply");
        builders.import("runtime::Result");
    }
    if is_binary {
        builders.import("runtime::Result");
        builders.import("download::Download");
    }
    let made_by = format!(
        "Request builder for {}, returned by [`{resource}::{method}`](super::{resource}::{method}). Await it to send \
         the request.",
        describe::request_line(operation),
        resource = context.resource,
        method = names.method
    );
    let head = format!("pub fn {}", names.method);
    let returns = format!("builders::{}", names.builder);
    OperationView {
        descriptor: descriptor(plan, id, &operation.accept(), &scope),
        docs: method_docs(context, id, &arguments.notes),
        deprecated: operation.deprecated,
        many_arguments: arguments.signature.len() > 7,
        signature: layout::signature("    ", &head, &arguments.signature, Some(&returns)),
        fills: arguments.fills,
        request: layout::assignment("        ", binding, &request),
        builder: names.builder.clone(),
        derives: match operation.sends_once() {
            true => "Debug",
            false => "Clone, Debug",
        },
        builder_docs: Text::new().paragraph(&made_by).finish(),
        has_optional_setters: arguments
            .setters
            .iter()
            .any(|setter| setter.optional.is_some()),
        setters: arguments.setters,
        alias,
        choice,
        is_binary,
        streams: super::stream::views(plan, id, &builders),
        pages: super::pages::view(plan, id, ty, decoder.value(), &builders),
        wait: super::waits::view(plan, id, ty, decoder.value(), &builders),
        headers,
        body: body_choice,
        form,
        sending: sending(ty, decoder.value().to_string(), reader),
        imports: scope.into_imports(),
        builder_imports: builders.into_imports(),
    }
}

fn descriptor(plan: Plan<'_>, id: OperationId, accept: &str, scope: &Scope<'_>) -> Descriptor {
    let operation = plan.api.operation(id);
    let names = plan.names.operation(id);
    let errors = error_rows(plan, operation);
    let successes = decoding::statuses_beyond_2xx(operation);
    let says_status = !successes.is_empty() || !errors.is_empty();
    if says_status {
        scope.import("runtime::Status");
    }
    if !errors.is_empty() {
        scope.import("error::ErrorBody");
    }
    Descriptor {
        constant: names.constant.clone(),
        id: literal::string(operation.id.as_deref().unwrap_or(&names.method)),
        method: literal::string(&operation.method),
        path: literal::string(&template(operation)),
        accept: literal::string(accept),
        idempotent: (operation.idempotency != Idempotency::Never).to_string(),
        security: layout::field_value("    ", "security", &security(plan, operation)),
        says_status,
        successes: layout::field_value("    ", "successes", &Expr::slice(successes)),
        has_errors: !errors.is_empty(),
        errors: layout::field_value("    ", "errors", &Expr::slice(errors)),
    }
}

fn sending(ty: &TypeCode, decoder: String, reader: Option<String>) -> Sending {
    let signature = || {
        let parameter = FnParameter::plain("reply", "&Reply");
        let returns = format!("Result<{ty}>");
        layout::signature("    ", "fn decode", &[parameter], Some(&returns))
    };
    Sending {
        output: ty.to_string(),
        decoder,
        reader: reader.map(|call| DecodeMethod {
            signature: signature(),
            call,
        }),
    }
}

/// The longest type that fits into the signature of `send_raw`.
const LONGEST_TYPE: usize = 50;

/// Returns the path that the client fills in: percent-encoded literals, and parameters in braces.
fn template(operation: &Operation) -> String {
    let mut template = String::new();
    for part in &operation.path.parts {
        match part {
            PathPart::Literal(text) => template.push_str(&encode_literal(text)),
            PathPart::Parameter(name) => {
                template.push('{');
                template.push_str(name);
                template.push('}');
            }
        }
    }
    for (index, pair) in operation.path.query.iter().enumerate() {
        template.push(if index == 0 { '?' } else { '&' });
        template.push_str(&encode_literal(pair));
    }
    template
}

/// Percent-encodes text, except characters allowed in a path (RFC 3986, section 3.3), existing escapes,
/// and `=`.
fn encode_literal(text: &str) -> String {
    let mut encoded = String::new();
    for (at, byte) in text.bytes().enumerate() {
        let digits = text.as_bytes().get(at + 1..at + 3).unwrap_or_default();
        let allowed = match byte {
            b'%' => digits.len() == 2 && digits.iter().all(u8::is_ascii_hexdigit),
            byte => byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/".contains(&byte),
        };
        match allowed {
            true => encoded.push(byte as char),
            false => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// Returns the alternatives, each a list of schemes that the user can set a credential for. Omits schemes
/// whose credentials come from the transport or a default header.
fn security(plan: Plan<'_>, operation: &Operation) -> Expr {
    let held = |scheme: &&String| {
        let scheme = plan.api.security_schemes.get(*scheme);
        scheme.is_none_or(|scheme| scheme.kind.has_credential())
    };
    let alternative = |schemes: &Vec<String>| Expr::strings(schemes.iter().filter(held));
    let alternatives = match &operation.security {
        Security::Unstated => vec![Expr::slice([])],
        // If no alternative needs a credential, the operation needs none.
        Security::OneOf(sets) if sets.iter().all(|set| !set.iter().any(|name| held(&name))) => {
            Vec::new()
        }
        Security::OneOf(sets) => sets.iter().map(alternative).collect(),
    };
    Expr::slice(alternatives)
}

fn error_rows(plan: Plan<'_>, operation: &Operation) -> Vec<Expr> {
    let row = |response: &Response| {
        let schema = response.json()?;
        let known = *plan.names.error_places.get(&schema.kind)?;
        let status = decoding::status(response.status);
        let reader = &plan.names.error_bodies[known].reader;
        let reader = Expr::item("ErrorBody", reader.clone());
        Some(Expr::tuple([status, reader]))
    };
    operation.failures().filter_map(row).collect()
}

fn method_docs(
    context: &ResourceContext<'_>,
    id: OperationId,
    arguments: &[String],
) -> Vec<String> {
    let operation = context.plan.api.operation(id);
    let (head, rest) = describe::headline(&operation.docs);
    let mut text = Text::new()
        .prose(&head)
        .paragraph(&describe::request_line(operation))
        .prose(&rest)
        .paragraph(&own_server(context.plan, id))
        .paragraph(&retry_note(operation))
        .paragraph(&envelope(operation))
        .list(arguments);
    let errors = documented_errors(context.plan, id);
    if !errors.is_empty() {
        let lead = "Returns [`Error`](crate::Error) on failure. Documented error statuses:";
        text = text.heading("Errors").paragraph(lead).list(&errors);
    }
    let lines = call::doctest(context.plan, id).source();
    text.heading("Examples").code("no_run", &lines).finish()
}

/// Returns the sentence about the operation's own server.
fn own_server(plan: Plan<'_>, id: OperationId) -> String {
    let server = plan.operation(id).server.as_deref();
    server.map_or_else(String::new, |url| {
        let url = describe::code(url);
        format!("The request is sent to {url}, unless a base URL is set.")
    })
}

/// Describes where an operation with an undocumented envelope finds the value.
fn envelope(operation: &Operation) -> String {
    let mut contents = operation
        .successes()
        .flat_map(|response| &response.contents);
    let sentence = contents.find_map(|content| describe::envelope(&content.schema));
    sentence.map_or_else(String::new, |sentence| {
        format!("{sentence} `send_raw()` also returns the whole body.")
    })
}

/// Returns the reason why the operation is retried, if its method is not idempotent.
fn retry_note(operation: &Operation) -> String {
    match &operation.idempotency {
        Idempotency::Method | Idempotency::Never => String::new(),
        Idempotency::Declared => {
            "The operation is idempotent, so it is retried if an attempt fails.".to_owned()
        }
        Idempotency::Key(header) => format!(
            "If an attempt fails, the request is retried with the same idempotency key in the header {}.",
            describe::code(header)
        ),
    }
}

fn documented_errors(plan: Plan<'_>, id: OperationId) -> Vec<String> {
    let row = |error: &ErrorPlan<'_>| {
        let about = describe::error_meaning(error.response);
        let Some(status) = error.status else {
            // A range has no predicate, so only a description is worth a line.
            let status = match error.response.status {
                StatusPattern::Range(class) => format!("{class}00 to {class}99"),
                _ => "other statuses".to_owned(),
            };
            return about.map(|about| format!("{status}: {about}"));
        };
        let predicate = error.predicate?;
        let about = about.unwrap_or_else(|| reason(status).to_owned());
        Some(format!(
            "{status}, [`is_{}`](crate::Error::{predicate}): {about}",
            predicate.trim_start_matches("is_")
        ))
    };
    plan.operation(id).errors.iter().filter_map(row).collect()
}
