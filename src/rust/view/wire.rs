//! `tests/wire.rs`: the example request of each operation, and the bytes that the client must send for
//! it.

use super::docs::Text;
use crate::example::request::wire::{self, Part, Payload, WireRequest};
use crate::ir::{
    KeyLocation, Operation, OperationId, ParameterLocation, SecurityKind, StatusPattern,
    scalar_text,
};
use crate::rust::code::use_groups;
use crate::rust::plan::credentials::Credential;
use crate::rust::snippets::call;
use crate::rust::{Expr, Plan, layout, literal};
use serde::Serialize;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Wire {
    pub crate_name: String,
    /// Lints on mixed scripts that need an `allow`, because names use several scripts.
    pub lints: Vec<String>,
    /// The tail expression of `client`, laid out: a builder with every credential.
    pub builder: String,
    /// Lines of a comment with the environment variables for real credentials; empty without credentials.
    pub credentials: Vec<String>,
    pub modules: Vec<String>,
    pub files: Vec<File>,
}

/// The tests of one resource.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct File {
    pub module: String,
    pub uses: Vec<String>,
    pub tests: Vec<Test>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Test {
    pub ident: String,
    /// Fields of the struct that describes the request, laid out.
    pub fields: Vec<String>,
    /// Statements that send the request, laid out.
    pub body: Vec<String>,
}

/// The credentials in tests without a server.
const SECRET: &str = "secret";

pub fn wire(plan: Plan<'_>) -> Wire {
    let groups = plan.api.groups.iter().zip(&plan.names.resources);
    let mut files: Vec<File> = groups
        .map(|(group, names)| {
            let mut uses = Vec::new();
            let mut tests = Vec::new();
            for id in &group.operations {
                let (test, lines) = test(plan, *id);
                tests.push(test);
                uses.extend(lines);
            }
            uses.sort_unstable();
            uses.dedup();
            let mut uses = use_groups([uses]);
            if !uses.is_empty() {
                uses.push(String::new());
            }
            File {
                module: names.module.clone(),
                uses,
                tests,
            }
        })
        .collect();
    files.sort_by(|one, other| layout::module_order(&one.module, &other.module));
    Wire {
        crate_name: plan.crate_name(),
        lints: plan.lints(),
        builder: builder(plan),
        credentials: credentials(plan),
        modules: files.iter().map(|file| file.module.clone()).collect(),
        files,
    }
}

fn builder(plan: Plan<'_>) -> String {
    let mut builder = Expr::call("Client::builder", []);
    builder = builder.method("base_url", [Expr::variable("base_url")]);
    for credential in plan.credentials() {
        let variables = variables(credential);
        let secret = |variable: &String| Expr::call("secret", [Expr::string(variable)]);
        let secrets: Vec<Expr> = variables.iter().map(secret).collect();
        builder = builder.method(credential.ident.to_owned(), secrets);
    }
    for shared in plan.client_parameters() {
        builder = builder.method(shared.ident.to_owned(), [shared.example_code(plan)]);
    }
    layout::tail("    ", &builder)
}

fn credentials(plan: Plan<'_>) -> Vec<String> {
    let names: Vec<String> = plan
        .credentials()
        .flat_map(variables)
        .map(|variable| format!("`{variable}`"))
        .collect();
    if names.is_empty() {
        return Vec::new();
    }
    let names = names.join(", ");
    let text =
        format!("The credentials for this server are read from the environment variables {names}.");
    Text::new().paragraph(&text).finish()
}

/// Returns the environment variables of a credential, named after its setter.
fn variables(credential: Credential<'_>) -> Vec<String> {
    let setter = credential.ident.trim_start_matches("r#").to_uppercase();
    let ends: &[&str] = match credential.is_basic() {
        true => &["_USER", "_PASSWORD"],
        false => &[""],
    };
    ends.iter()
        .map(|end| format!("SDKGEN_WIRE_{setter}{end}"))
        .collect()
}

fn test(plan: Plan<'_>, id: OperationId) -> (Test, Vec<String>) {
    const INDENT: &str = "        ";
    let names = plan.names.operation(id);
    let example = call::example(plan, id);
    let test = Test {
        ident: names.method.clone(),
        fields: fields(plan, id),
        body: example.raw(INDENT),
    };
    (test, example.use_lines(&plan.crate_name()))
}

fn fields(plan: Plan<'_>, id: OperationId) -> Vec<String> {
    let operation = plan.api.operation(id);
    let names = plan.names.operation(id);
    let mut request = wire::request(plan.api, operation, &plan.calls[id.0 as usize]);
    if let Some(key) = plan.operation(id).key_header {
        // The key differs for each request.
        request
            .headers
            .retain(|(name, _)| !name.eq_ignore_ascii_case(key));
    }
    add_client_parameters(plan, operation, &mut request);
    add_credentials(plan, id, &mut request);
    let status = operation.successes().find_map(|one| match one.status {
        StatusPattern::Exact(status) => Some(status),
        StatusPattern::Range(class) => Some(u16::from(class) * 100),
        StatusPattern::Default => None,
    });
    let field = |name, value: &Expr| layout::field_value(INDENT, name, value);
    // rustfmt keeps a literal next to its field name, however long it is.
    let text = |name: &str, value: &str| format!("{INDENT}{name}: {},", literal::string(value));
    let target = format!("{}{}", prefix(plan, id), request.path);
    let mut fields = vec![
        text("method", &operation.method),
        text("path", &operation.path.raw),
        text(
            "operation",
            operation.id.as_deref().unwrap_or(&names.method),
        ),
        text("target", &target),
    ];
    let all = fields.len() + 6;
    let headers = request.headers.iter();
    let lists = [
        ("query", request.query),
        (
            "headers",
            headers
                .map(|(name, value)| format!("{name}: {value}"))
                .collect(),
        ),
        ("cookies", request.cookies),
        ("accepts", accepts(plan, id)),
    ];
    for (name, items) in lists.iter().filter(|(_, items)| !items.is_empty()) {
        fields.push(field(name, &Expr::strings(items)));
    }
    fields.extend(payload(&request.body).map(|code| field("body", &code)));
    fields.push(field("status", &Expr::literal(status.unwrap_or(200))));
    if fields.len() < all {
        fields.push(format!("{INDENT}..Default::default()"));
    }
    fields
}

/// The indent of a field: two blocks.
const INDENT: &str = "        ";

/// Returns the path of the operation's own server, which is relative to the base URL.
fn prefix(plan: Plan<'_>, id: OperationId) -> String {
    let server = plan.operation(id).server.as_deref();
    let relative = server.filter(|url| !url.contains("://"));
    let path = relative.map(|url| url.trim_matches('/').to_owned());
    path.filter(|path| !path.is_empty())
        .map_or_else(String::new, |path| format!("/{path}"))
}

/// Returns the media types of documented successes, for the `Accept` header.
fn accepts(plan: Plan<'_>, id: OperationId) -> Vec<String> {
    let mut types = Vec::new();
    for response in plan.api.operation(id).successes() {
        for content in &response.contents {
            if !types.contains(&content.media_type) {
                types.push(content.media_type.clone());
            }
        }
    }
    types
}

/// Adds the parameters that the client sets, in place of their defaults.
fn add_client_parameters(plan: Plan<'_>, operation: &Operation, request: &mut WireRequest) {
    for index in operation.parameters.iter().filter_map(|it| it.shared) {
        let shared = plan.client_parameter(index);
        let name = &shared.parameter.name;
        let value = scalar_text(&shared.example(plan));
        if shared.parameter.location == ParameterLocation::Header {
            request
                .headers
                .retain(|(known, _)| !known.eq_ignore_ascii_case(name));
            request.headers.push((name.clone(), value));
        } else {
            let start = wire::pair(name, "");
            request.query.retain(|pair| !pair.starts_with(&start));
            request.query.push(wire::pair(name, &value));
        }
    }
}

fn add_credentials(plan: Plan<'_>, id: OperationId, request: &mut WireRequest) {
    let operation = plan.api.operation(id);
    let mut header = |name: &str, value: String| {
        request
            .headers
            .retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        request.headers.push((name.to_owned(), value));
    };
    for (_, scheme) in wire::credentials(plan.api, operation) {
        match scheme {
            SecurityKind::Bearer { .. }
            | SecurityKind::OAuth2 { .. }
            | SecurityKind::OpenIdConnect { .. } => {
                header("authorization", format!("Bearer {SECRET}"));
            }
            // `secret:secret` in base64.
            SecurityKind::Basic => header("authorization", "Basic c2VjcmV0OnNlY3JldA==".to_owned()),
            SecurityKind::ApiKey {
                location,
                name,
                prefix,
            } => match location {
                KeyLocation::Header => header(name, format!("{prefix}{SECRET}")),
                KeyLocation::Query => request.query.push(wire::pair(name, SECRET)),
                KeyLocation::Cookie => request.cookies.push(wire::pair(name, SECRET)),
            },
            SecurityKind::MutualTls | SecurityKind::OtherHttp(_) => {}
        }
    }
}

/// Returns the expression of a body; `None` without a body.
fn payload(payload: &Payload) -> Option<Expr> {
    let call = |variant, media_type: &str, text: &str| {
        Expr::call(variant, [Expr::string(media_type), Expr::quoting(text)])
    };
    Some(match payload {
        Payload::None => return None,
        Payload::Json(media_type, value) => {
            call("harness::Body::Json", media_type, &value.to_string())
        }
        Payload::Form(pairs) => Expr::call("harness::Body::Form", [Expr::strings(pairs)]),
        Payload::Parts(parts) => {
            let parts = Expr::vec(parts.iter().map(part).collect::<Vec<_>>());
            let media_type = Expr::string("multipart/form-data");
            Expr::call("harness::Body::Parts", [media_type, parts])
        }
        Payload::Text(media_type, text) => call("harness::Body::Text", media_type, text),
    })
}

fn part(part: &Part) -> Expr {
    let function = match part.is_file {
        true => "harness::Part::file",
        false => "harness::Part::text",
    };
    let made = Expr::call(
        function,
        [Expr::string(&part.name), Expr::string(&part.text)],
    );
    match part.media_type.as_deref() {
        Some(media_type) => made.method("of_type", [Expr::string(media_type)]),
        None => made,
    }
}
