//! One operation: its descriptor, its method, its builder.

use super::arguments::{Setter, arguments};
use super::choice::Choice;
use super::docs::Text;
use super::example;
use super::form::Form;
use super::headers::Headers;
use super::outcome;
use super::pages::PagesView;
use super::stream::StreamView;
use super::waits::WaitView;
use crate::ir::{
    Docs, Operation, OperationId, PathPart, Response, Security, StatusPattern, describe,
};
use crate::rust::{Plan, Repeat, layout, literal};
use serde::Serialize;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct OperationView {
    pub descriptor: Descriptor,
    pub docs: Vec<String>,
    pub deprecated: bool,
    pub many_arguments: bool,
    pub signature: String,
    /// Statements that fill the request from the arguments.
    pub fills: Vec<String>,
    pub request: String,
    pub builder: String,
    pub builder_docs: Vec<String>,
    pub setters: Vec<Setter>,
    /// What the call gives, without an alias.
    pub returns: String,
    /// The declaration of the alias, where the type is long.
    pub alias: Option<String>,
    /// The names of the types of its own.
    #[serde(skip)]
    #[cfg_attr(test, schemars(skip))]
    pub own_types: Vec<String>,
    /// The type of what the call gives, where it is one of its own.
    pub choice: Option<Choice>,
    /// Whether the response may be read while it arrives.
    pub is_binary: bool,
    /// Whether the call has a key by which the API knows it again.
    #[serde(skip)]
    pub has_key: bool,
    /// The ways to read the response value by value.
    pub streams: Vec<StreamView>,
    /// The ways through a list that is given page by page.
    pub pages: Option<PagesView>,
    /// The method that waits for work that the call tells of.
    pub wait: Option<WaitView>,
    /// The type of what the call sends, where it is one of several media types.
    pub body: Option<super::body::Choice>,
    /// The type of the described headers of the response.
    pub headers: Option<Headers>,
    /// The type of the multipart body that the call sends.
    pub form: Option<Form>,
    pub sending: Sending,
}

/// The constant that describes the operation to the runtime; each field a Rust expression or line.
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

/// How the builder sends: signatures laid out, and types.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Sending {
    pub send: String,
    pub send_raw: String,
    pub output: String,
    pub into_future: String,
    pub decoder: String,
    /// The private function that decodes, where `decode` has none that can be named.
    pub reader: Option<Reader>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Reader {
    pub signature: String,
    pub call: String,
}

#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    pub plan: Plan<'a>,
    pub resource: &'a str,
}

pub fn view(context: &Context<'_>, id: OperationId) -> OperationView {
    let plan = context.plan;
    let operation = plan.api.operation(id);
    let names = plan.names.operation(id);
    let outcome = outcome::outcome(plan, id);
    let body = super::body::body(plan, id);
    let mut arguments = arguments(plan, operation, &names.parameters, body.as_ref());
    let (body_choice, form) = body.map_or((None, None), |body| (body.choice, body.form));
    if let Some(server) = plan.api.own_server(operation) {
        let server = [literal::string(&server)];
        let statement = layout::call("        ", "", "request.server", &server, ";");
        arguments.fills.insert(0, statement);
    }
    let key = plan.key(operation);
    if let Some(header) = key {
        let key = ["&mut request".to_owned(), literal::string(header)];
        let statement = layout::call("        ", "", "idempotency::make", &key, ";");
        arguments.fills.insert(0, statement);
    }
    let request = [
        "&self.client.core".to_owned(),
        format!("&{}", names.constant),
    ];
    let binding = if arguments.fills.is_empty() {
        "let request = "
    } else {
        "let mut request = "
    };
    // A choice is a type of the operation's own, which needs no second name.
    let long = outcome.ty.len() > LONGEST_TYPE && outcome.choice.is_none();
    let ty = if long { &names.output } else { &outcome.ty };
    let headers = super::headers::view(plan, id, &outcome, ty);
    let made_by = format!(
        "A call of {}, made by [`{resource}::{method}`](super::{resource}::{method}). Await it, or \
         [`send`](Self::send) it.",
        line(operation),
        resource = context.resource,
        method = names.method
    );
    let head = format!("pub fn {}", names.method);
    let returns = format!("builders::{}", names.builder);
    OperationView {
        descriptor: descriptor(plan, id, &outcome.accept),
        docs: method_docs(context, id, &arguments.notes),
        deprecated: operation.deprecated,
        many_arguments: arguments.signature.len() > 7,
        signature: layout::signature("    ", &head, &arguments.signature, Some(&returns)),
        fills: arguments.fills,
        request: layout::call("        ", binding, "Request::new", &request, ";"),
        builder: names.builder.clone(),
        builder_docs: Text::new().paragraph(&made_by).finish(),
        setters: arguments.setters,
        returns: outcome.ty.clone(),
        alias: long.then(|| layout::alias(&names.output, &outcome.ty)),
        own_types: [&names.output, &names.body, &names.form, &names.headers]
            .map(Clone::clone)
            .to_vec(),
        choice: outcome.choice,
        is_binary: outcome.is_binary,
        has_key: key.is_some(),
        streams: super::stream::views(plan, id),
        pages: super::pages::view(plan, operation, ty, &outcome.decoder),
        wait: super::waits::view(plan, id, ty, &outcome.decoder),
        headers,
        body: body_choice,
        form,
        sending: sending(ty, outcome.decoder, outcome.reader),
    }
}

impl OperationView {
    /// The code in the file of the resource that names types: the method, and the types of its own that the
    /// operation takes and returns.
    pub fn lines_of_method(&self) -> Vec<&str> {
        let mut lines = vec![&self.signature];
        lines.extend(&self.fills);
        lines.extend(&self.alias);
        let outputs = self.choice.iter().flat_map(|choice| &choice.variants);
        lines.extend(outputs.map(|variant| &variant.line));
        if let Some(body) = &self.body {
            lines.extend(body.variants.iter().map(|variant| &variant.line));
            lines.extend(&body.arms);
        }
        if let Some(form) = &self.form {
            lines.push(&form.signature);
            lines.extend(&form.fills);
            lines.extend(form.setters.iter().flat_map(Setter::lines));
        }
        let headers = self.headers.iter().flat_map(|headers| &headers.fields);
        lines.extend(headers.flat_map(|field| [&field.line, &field.read]));
        lines.into_iter().map(String::as_str).collect()
    }

    /// The code in the file of the builders that names types.
    pub fn lines_of_builder(&self) -> Vec<&str> {
        let mut lines: Vec<&String> = self.setters.iter().flat_map(Setter::lines).collect();
        let sending = &self.sending;
        lines.extend([&sending.output, &sending.decoder]);
        lines.extend(sending.reader.iter().map(|reader| &reader.call));
        if let Some(headers) = &self.headers {
            lines.extend([&headers.send, &headers.decode]);
            lines.extend(&headers.statements);
        }
        for stream in &self.streams {
            lines.push(&stream.signature);
            lines.extend(&stream.statements);
        }
        if let Some(pages) = &self.pages {
            lines.extend(&pages.fields);
            lines.extend([&pages.items.signature, &pages.items.statement]);
            lines.push(&pages.pages.statement);
        }
        if let Some(wait) = &self.wait {
            lines.extend(&wait.until);
            lines.extend([&wait.signature, &wait.statement]);
        }
        lines.into_iter().map(String::as_str).collect()
    }
}

/// Method and path as a code span.
pub fn line(operation: &Operation) -> String {
    describe::code(&format!("{} {}", operation.method, operation.path.raw))
}

fn descriptor(plan: Plan<'_>, id: OperationId, accept: &str) -> Descriptor {
    let operation = plan.api.operation(id);
    let names = plan.names.operation(id);
    let errors = error_rows(plan, operation);
    let successes = outcome::statuses_beyond_2xx(operation);
    Descriptor {
        constant: names.constant.clone(),
        id: literal::string(operation.id.as_deref().unwrap_or(&names.method)),
        method: literal::string(&operation.method),
        path: literal::string(&template(operation)),
        accept: literal::string(accept),
        idempotent: (plan.repeat(operation) != Repeat::Never).to_string(),
        security: layout::list("    ", "security: ", "&[", &security(plan, operation), ","),
        says_status: !successes.is_empty() || !errors.is_empty(),
        successes: layout::list("    ", "successes: ", "&[", &successes, ","),
        has_errors: !errors.is_empty(),
        errors: layout::list("    ", "errors: ", "&[", &errors, ","),
    }
}

fn sending(ty: &str, decoder: String, reader: Option<String>) -> Sending {
    let signature = |head: &str, parameter: &str, returns: &str| {
        let returns = format!("{returns}<{ty}>");
        layout::signature("    ", head, &[parameter.to_owned()], Some(&returns))
    };
    Sending {
        send: signature("pub fn send", "self", "ResponseFuture"),
        send_raw: signature("pub fn send_raw", "self", "RawResponseFuture"),
        output: format!("Result<{ty}>"),
        into_future: format!("ResponseFuture<{ty}>"),
        decoder,
        reader: reader.map(|call| Reader {
            signature: signature("fn decode", "reply: &Reply", "Result"),
            call,
        }),
    }
}

/// A longer type would not fit into the signature of `send_raw`.
const LONGEST_TYPE: usize = 50;

/// The path as the client fills it in: literals percent-encoded, parameters in braces.
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

/// Keeps what a path may hold (RFC 3986, section 3.3), what is encoded already, and `=`.
fn encode_literal(text: &str) -> String {
    let mut encoded = String::new();
    for (at, byte) in text.bytes().enumerate() {
        let digits = text.as_bytes().get(at + 1..at + 3).unwrap_or_default();
        let kept = match byte {
            b'%' => digits.len() == 2 && digits.iter().all(u8::is_ascii_hexdigit),
            byte => byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/".contains(&byte),
        };
        match kept {
            true => encoded.push(byte as char),
            false => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// The alternatives, each a list of schemes: those that the client can be given a credential of. What the
/// transport or a default header brings is not asked for.
fn security(plan: Plan<'_>, operation: &Operation) -> Vec<String> {
    let held = |scheme: &&String| {
        let scheme = plan.api.security_schemes.get(*scheme);
        scheme.is_none_or(|scheme| scheme.kind.has_credential())
    };
    let alternative = |schemes: &Vec<String>| {
        let names: Vec<String> = schemes
            .iter()
            .filter(held)
            .map(|scheme| literal::string(scheme))
            .collect();
        format!("&[{}]", names.join(", "))
    };
    match &operation.security {
        Security::Unstated => vec!["&[]".to_owned()],
        // Where no alternative needs a credential, none is needed.
        Security::OneOf(sets) if sets.iter().all(|set| !set.iter().any(|name| held(&name))) => {
            Vec::new()
        }
        Security::OneOf(sets) => sets.iter().map(alternative).collect(),
    }
}

fn error_rows(plan: Plan<'_>, operation: &Operation) -> Vec<String> {
    let row = |response: &Response| {
        let schema = response.json()?;
        let known = *plan.names.error_places.get(&schema.kind)?;
        let status = outcome::status(response.status);
        let reader = &plan.names.error_bodies[known].reader;
        Some(format!("({status}, ErrorBody::{reader})"))
    };
    operation.failures().filter_map(row).collect()
}

fn method_docs(context: &Context<'_>, id: OperationId, arguments: &[String]) -> Vec<String> {
    let operation = context.plan.api.operation(id);
    let (head, rest) = headline(&operation.docs);
    let mut text = Text::new()
        .prose(&head)
        .paragraph(&line(operation))
        .prose(&rest)
        .paragraph(&own_server(context.plan, operation))
        .paragraph(&repeated(context.plan, operation))
        .list(arguments);
    let errors = documented_errors(context, operation);
    if !errors.is_empty() {
        let lead = "Fails as any call may (see [`Error`](crate::Error)), and with these documented statuses:";
        text = text.heading("Errors").paragraph(lead).list(&errors);
    }
    let lines = example::doctest(context.plan, id);
    text.heading("Examples").code("no_run", &lines).finish()
}

/// Where the call goes, if not where the others do.
fn own_server(plan: Plan<'_>, operation: &Operation) -> String {
    let server = plan.api.own_server(operation);
    let server = server.map(|url| describe::code(&url));
    server.map_or_else(String::new, |url| {
        format!("Sent to {url}, unless a base URL is set.")
    })
}

/// Why the call is repeated, if not for its method.
fn repeated(plan: Plan<'_>, operation: &Operation) -> String {
    match plan.repeat(operation) {
        Repeat::Method | Repeat::Never => String::new(),
        Repeat::Declared => {
            "Sent again where an attempt fails: to do it twice does no more than once.".to_owned()
        }
        Repeat::Key(header) => format!(
            "Sent again where an attempt fails, with the same key in the header {}, by which the API knows it.",
            describe::code(header)
        ),
    }
}

/// The line that stands first, and what is left to say: the summary, else the first sentence of the
/// description, which is not repeated when there is no more to it.
fn headline(docs: &Docs) -> (Docs, Docs) {
    let description = docs.description.as_deref();
    let sentence = description
        .map(crate::prose::first_sentence)
        .filter(|text| !text.is_empty());
    let repeats =
        docs.summary.is_none() && description.is_some_and(|text| !text.trim().contains('\n'));
    let head = Docs {
        summary: docs.summary.clone().or(sentence),
        ..Docs::default()
    };
    let rest = Docs {
        summary: None,
        description: docs.description.clone().filter(|_| !repeats),
        external: docs.external.clone(),
    };
    (head, rest)
}

fn documented_errors(context: &Context<'_>, operation: &Operation) -> Vec<String> {
    let plan = context.plan;
    let row = |response: &Response| {
        let about = response.docs.description.as_deref();
        let about = about.map(crate::prose::first_sentence);
        let about = about.filter(|about| !about.is_empty());
        let StatusPattern::Exact(status) = response.status else {
            // A range has no predicate, and nothing to be said of it but what is described.
            let status = match response.status {
                StatusPattern::Range(class) => format!("{class}00 to {class}99"),
                _ => "any other".to_owned(),
            };
            return about.map(|about| format!("{status}: {about}"));
        };
        let known = |error: &crate::ir::ErrorStatus| error.status == status;
        let index = plan.api.errors.iter().position(known)?;
        let predicate = &plan.names.predicates[index];
        let about = about.unwrap_or_else(|| crate::rust::names::reason(status).to_owned());
        Some(format!(
            "{status}, [`is_{}`](crate::Error::{predicate}): {about}",
            predicate.trim_start_matches("is_")
        ))
    };
    operation.errors().filter_map(row).collect()
}
