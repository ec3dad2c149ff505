//! The page about servers and authentication.

use super::operation;
use super::page::{Book, Page};
use super::text;
use crate::describe;
use crate::ir::{
    KeyLocation, Operation, OperationId, ParameterLocation, Security, SecurityKind, SecurityScheme,
    Server,
};
use crate::prose;
use crate::rust::Plan;
use crate::rust::plan::client_parameters::SharedParameter;
use crate::rust::plan::credentials::shape;
use serde::Serialize;

/// The page's path.
pub const PATH: &str = "authentication.md";

/// The page about credentials and servers.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AuthenticationPage {
    pub schemes: Vec<SchemeView>,
    /// The section on creating a client with the main credential.
    pub main: Option<MainView>,
    /// Whether some scheme takes a key.
    pub has_keys: bool,
    /// Whether some secret can come from a provider.
    pub has_providers: bool,
    /// Whether some scheme takes an OAuth 2.0 grant.
    pub has_grants: bool,
    /// Links to the operations that need no credential; empty if all or none of them do.
    pub open: Vec<String>,
    /// A phrase for the operations whose credentials the description leaves open, so that they send any
    /// that are set; empty if there are none.
    pub unstated: &'static str,
    pub servers: Vec<ServerRow>,
    /// Parameters that operations share.
    pub client_parameters: Vec<ClientParameterRow>,
    pub variables: Vec<VariableRow>,
    pub has_base_url: bool,
    /// Whether the crate has values for the servers.
    pub has_servers: bool,
    pub has_own_servers: bool,
    /// The path that the base URL must end with, if the description has only a relative URL.
    pub relative: Option<String>,
    pub crate_name: String,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MainView {
    pub label: String,
    pub env: String,
    pub base_url_env: String,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SchemeView {
    pub heading: String,
    /// A sentence about the location of the credential in a request.
    pub place: String,
    pub description: Vec<String>,
    /// The line of the request, as a code block; empty if the scheme has none.
    pub header: Vec<String>,
    pub rust: Vec<String>,
    /// The environment variable that `Client::from_env` reads.
    pub env: Option<String>,
    pub used: String,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ClientParameterRow {
    /// The setter of the client's builder.
    pub setter: String,
    /// The location and the name on the wire.
    pub parameter: String,
    /// The value for clients that set none; empty if there is none.
    pub default: String,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ServerRow {
    pub url: String,
    pub about: String,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct VariableRow {
    pub name: String,
    pub server: String,
    pub default: String,
    pub values: String,
    pub about: String,
}

pub fn page(book: &Book<'_>) -> AuthenticationPage {
    let plan = book.plan;
    let page = book.page(PATH);
    let declared = plan
        .api
        .security_schemes
        .iter()
        .zip(&plan.names.credentials);
    let schemes: Vec<SchemeView> = declared
        .map(|((name, kind), ident)| scheme(page, name, kind, ident))
        .collect();
    let ids = || (0..plan.api.operations.len() as u32).map(OperationId);
    let open: Vec<OperationId> = ids()
        .filter(|id| is_open(plan.api.operation(*id)))
        .collect();
    let some = !schemes.is_empty() && open.len() < plan.api.operations.len();
    let mut own = ids().filter_map(|id| plan.operation(id).server.as_deref());
    let is_unstated = |id| plan.api.operation(id).security == Security::Unstated;
    AuthenticationPage {
        unstated: match (ids().any(is_unstated), ids().all(is_unstated)) {
            (false, _) => "",
            (true, true) => "every operation",
            (true, false) => "every operation that may need one",
        },
        schemes,
        open: open
            .iter()
            .filter(|_| some)
            .map(|id| call_link(page, *id))
            .collect(),
        servers: plan.api.servers.iter().map(server).collect(),
        client_parameters: plan
            .client_parameters()
            .map(|it| client_parameter(plan, it))
            .collect(),
        variables: plan.api.servers.iter().flat_map(variables).collect(),
        has_keys: plan
            .api
            .security_schemes
            .values()
            .any(|scheme| matches!(scheme.kind, SecurityKind::ApiKey { .. })),
        has_providers: plan
            .api
            .security_schemes
            .values()
            .any(|scheme| shape(&scheme.kind).is_some()),
        has_grants: plan.names.sources.iter().any(|names| names.grant.is_some()),
        has_base_url: plan.api.base_url().is_some(),
        has_servers: plan.has_servers(),
        has_own_servers: own.next().is_some(),
        relative: plan.api.relative_base().map(|path| describe::code(&path)),
        crate_name: plan.crate_name(),
        main: plan.main_credential().map(|main| MainView {
            label: main.label(),
            env: plan.options.auth_env.clone(),
            base_url_env: plan.base_url_env(),
        }),
    }
}

fn client_parameter(plan: Plan<'_>, shared: SharedParameter<'_>) -> ClientParameterRow {
    let location = match shared.parameter.location {
        ParameterLocation::Query => "query",
        _ => "header",
    };
    let default = plan.api.default_of_shared(shared.source);
    ClientParameterRow {
        setter: crate::prose::code_span(&format!(".{}(…)", shared.ident)),
        parameter: format!("{location} {}", describe::code(&shared.parameter.name)),
        default: default.map(|it| describe::json(&it)).unwrap_or_default(),
    }
}

fn is_open(operation: &Operation) -> bool {
    match &operation.security {
        Security::OneOf(sets) => sets.is_empty() || sets.iter().any(Vec::is_empty),
        Security::Unstated => false,
    }
}

/// Returns a link to an operation, labelled with its request line.
fn call_link(page: Page<'_>, id: OperationId) -> String {
    let operation = page.book.plan.api.operation(id);
    let to = page.to(
        &page.book.resource_page(operation.group),
        &operation::anchor(page, id),
    );
    format!("[{}]({to})", describe::request_line(operation))
}

fn anchor(ident: &str) -> String {
    format!("scheme.{ident}")
}

/// Returns the credentials that an operation needs, as a phrase with links.
pub fn required_credentials(page: Page<'_>, operation: &Operation) -> String {
    let plan = page.book.plan;
    let link = |name: &String| {
        let ident = plan
            .api
            .security_schemes
            .get_index_of(name)
            .map(|index| &plan.names.credentials[index]);
        match ident {
            Some(ident) => format!(
                "[{}]({})",
                describe::code(name),
                page.to(PATH, &anchor(ident))
            ),
            None => describe::code(name),
        }
    };
    let alternative = |names: &Vec<String>| match names.is_empty() {
        true => "none".to_owned(),
        false => names.iter().map(link).collect::<Vec<_>>().join(" and "),
    };
    let Security::OneOf(alternatives) = &operation.security else {
        return "each that is set; the description does not say which it needs".to_owned();
    };
    let alternatives: Vec<String> = alternatives.iter().map(alternative).collect();
    if alternatives.is_empty() {
        "none".to_owned()
    } else {
        alternatives.join(", or ")
    }
}

fn scheme(page: Page<'_>, name: &str, scheme: &SecurityScheme, ident: &str) -> SchemeView {
    let plan = page.book.plan;
    let (place, header) = place(&scheme.kind);
    let arguments = if matches!(scheme.kind, SecurityKind::Basic) {
        "user, password"
    } else {
        "secret"
    };
    let base = if plan.api.base_url().is_some() {
        ""
    } else {
        ".base_url(url)"
    };
    let client = |setter: &str, given: &str| {
        format!("let client = Client::builder(){base}.{setter}({given}).build()?;")
    };
    let mut rust = client(ident, arguments);
    let index = plan.api.security_schemes.get_index_of(name);
    let sources = index.and_then(|index| plan.names.sources.get(index));
    if let Some(sources) = sources.filter(|_| shape(&scheme.kind).is_some()) {
        rust.push_str("\n\n// One that changes is asked for before each attempt.\n");
        rust.push_str(&client(&sources.provider, "provider"));
        if let Some(grant) = &sources.grant {
            rust.push_str(
                "\n\n// A token that the client gets by itself, and replaces before it expires.\n\
                 let grant = Grant::client_credentials(id, secret);\n",
            );
            rust.push_str(&client(grant, "grant"));
        }
    }
    let main = plan.main_credential().filter(|main| main.ident == ident);
    let operations = plan.api.operations.iter();
    let count = operations.filter(|it| it.security.sends(name)).count();
    SchemeView {
        heading: format!("## {} {{#{}}}", prose::escaped(name), anchor(ident)),
        place,
        description: scheme
            .description
            .as_deref()
            .map(|about| text::blocks(about, 2, &anchor(ident)))
            .unwrap_or_default(),
        header: header
            .map(|header| text::fenced("http", &header))
            .unwrap_or_default(),
        rust: if scheme.kind.has_credential() {
            text::fenced("rust,ignore", &rust)
        } else {
            Vec::new()
        },
        env: main.map(|_| plan.options.auth_env.clone()),
        used: match (count, plan.api.operations.len()) {
            (0, _) => "No operation sends it.".to_owned(),
            (count, all) if count == all => "Every operation sends it.".to_owned(),
            (count, all) => format!("{count} of {all} operations send it."),
        },
    }
}

/// Returns the location of a credential, and the line that it adds to a request.
fn place(kind: &SecurityKind) -> (String, Option<String>) {
    let bearer = Some("Authorization: Bearer <token>".to_owned());
    match kind {
        SecurityKind::Bearer { format } => {
            let format = format.as_deref().map(|format| format!(" Format of the token: {}.", describe::code(format)));
            let place = "A bearer token (RFC 6750), in the header `Authorization`.";
            (format!("{place}{}", format.unwrap_or_default()), bearer)
        }
        SecurityKind::Basic => (
            "User name and password (HTTP basic authentication, RFC 7617), in the header `Authorization`.".to_owned(),
            Some("Authorization: Basic <base64 of user:password>".to_owned()),
        ),
        SecurityKind::ApiKey { location, name, prefix } => {
            let code = describe::code(name);
            match location {
                KeyLocation::Header if !prefix.is_empty() => (
                    format!("A key, in the header {code}. The client puts {} before it.", describe::code(prefix.trim_end())),
                    Some(format!("{name}: {prefix}<key>")),
                ),
                KeyLocation::Header if name.eq_ignore_ascii_case("authorization") => (
                    format!("The whole value of the header {code}, such as `Bearer` and a token with a space between them."),
                    Some(format!("{name}: <value>")),
                ),
                KeyLocation::Header => (format!("A key, in the header {code}."), Some(format!("{name}: <key>"))),
                KeyLocation::Query => (format!("A key, in the query parameter {code}."), Some(format!("?{name}=<key>"))),
                KeyLocation::Cookie => (format!("A key, in the cookie {code}."), Some(format!("Cookie: {name}=<key>"))),
            }
        }
        SecurityKind::OAuth2 { .. } => (
            "An access token of OAuth 2.0, in the header `Authorization`. The client takes a token, or a \
             grant to get one by: its own credentials, or a refresh token.".to_owned(),
            bearer,
        ),
        SecurityKind::OpenIdConnect { url } => (
            format!("An access token of OpenID Connect, in the header `Authorization`. The provider is described at {}.", describe::code(url)),
            bearer,
        ),
        SecurityKind::MutualTls => (
            "A certificate of the client's own (mutual TLS). It belongs to the connection: give the \
             client a transport that has it, by `ReqwestTransport::builder().client_certificate(pem)`. \
             It is shown to no other origin: redirects that lead there are not followed.".to_owned(),
            None,
        ),
        SecurityKind::OtherHttp(scheme) => (
            format!("The HTTP scheme {}, whose whole value of the header `Authorization` is the caller's to build.", describe::code(scheme)),
            Some(format!("Authorization: {scheme} <credential>")),
        ),
    }
}

fn server(server: &Server) -> ServerRow {
    ServerRow {
        url: prose::piped(&describe::code(&server.url)),
        about: server
            .description
            .as_deref()
            .map(|about| text::cell(about).0)
            .unwrap_or_default(),
    }
}

fn variables(server: &Server) -> Vec<VariableRow> {
    server
        .variables
        .iter()
        .map(|(name, variable)| VariableRow {
            name: prose::code_span(name),
            server: prose::piped(&describe::code(&server.url)),
            default: prose::code_span(&variable.default),
            values: variable
                .values
                .iter()
                .map(|value| prose::code_span(value))
                .collect::<Vec<_>>()
                .join(", "),
            about: variable
                .description
                .as_deref()
                .map(|about| text::cell(about).0)
                .unwrap_or_default(),
        })
        .collect()
}
