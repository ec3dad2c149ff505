//! How a client gets at the API: a setter for each credential, and the one that it is made with.

use super::docs::Text;
use super::source;
use crate::ir::{Docs, KeyLocation, SecurityKind, SecurityScheme};
use crate::rust::{Expr, Plan, layout};
use serde::Serialize;

/// How a client gets at the API.
pub struct Access {
    pub credentials: Vec<CredentialView>,
    pub main: Option<Main>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CredentialView {
    pub docs: Vec<String>,
    pub ident: String,
    /// Basic: user name and password.
    pub is_basic: bool,
    pub signature: String,
    /// The statement that makes the credential.
    pub statement: String,
    pub sources: Vec<SourceView>,
}

/// A setter of where the secret of a credential comes from.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SourceView {
    pub docs: Vec<String>,
    pub signature: String,
    /// The statements that make what the builder keeps.
    pub statements: String,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Main {
    pub ident: String,
    /// The call that makes a client with it, laid out.
    pub call: String,
    pub docs: Vec<String>,
    pub env: String,
    pub base_url_env: String,
    /// The statements of `from_env` with the names of the variables, and the one that makes the builder.
    pub secret_name: String,
    pub url_name: String,
    pub builder: String,
    pub label: String,
}

pub fn access(plan: Plan<'_>) -> Access {
    let names = plan.names.credentials.iter().zip(&plan.names.sources);
    let schemes = plan.api.security_schemes.iter().zip(names);
    let mut credentials = Vec::new();
    for (index, ((name, scheme), (ident, own))) in schemes.enumerate() {
        let env =
            Some(plan.options.auth_env.as_str()).filter(|_| plan.api.main_scheme == Some(index));
        let view = credential(name, scheme, ident, env);
        credentials.extend(view.map(|view| CredentialView {
            sources: source::views(name, &scheme.kind, ident, own),
            ..view
        }));
    }
    Access {
        main: plan
            .api
            .main_credential()
            .map(|index| main_view(plan, index)),
        credentials,
    }
}

fn credential(
    name: &str,
    scheme: &SecurityScheme,
    ident: &str,
    env: Option<&str>,
) -> Option<CredentialView> {
    let (function, place) = constructor(&scheme.kind)?;
    let label = label(ident);
    let named = env.map_or_else(|| label.clone(), |env| format!("{label} ({env})"));
    let is_basic = matches!(scheme.kind, SecurityKind::Basic);
    let variable = |name: &'static str| Expr::variable(name);
    let into_secret = |name| variable(name).method("into", []).reference();
    let (what, taken, given): (String, &[&str], Vec<Expr>) = if is_basic {
        (
            "Sets user name and password (HTTP basic authentication, RFC 7617).".to_owned(),
            &[
                "mut self",
                "user: impl AsRef<str>",
                "password: impl Into<Secret>",
            ],
            vec![
                variable("user").method("as_ref", []),
                into_secret("password"),
            ],
        )
    } else {
        (
            format!("Sets the {label}."),
            &["mut self", "secret: impl Into<Secret>"],
            vec![into_secret("secret")],
        )
    };
    let taken: Vec<String> = taken.iter().map(|text| (*text).to_owned()).collect();
    let mut arguments = vec![Expr::string(name), Expr::string(&named)];
    arguments.extend(place.into_iter().map(Expr::string));
    arguments.extend(given);
    let made = Expr::call(function, arguments);
    let docs = Docs {
        description: scheme.description.clone(),
        ..Docs::default()
    };
    let head = format!("pub fn {ident}");
    Some(CredentialView {
        docs: Text::new()
            .paragraph(&what)
            .paragraph(whole_value(&scheme.kind))
            .prose(&docs)
            .finish(),
        ident: ident.to_owned(),
        is_basic,
        signature: layout::signature("    ", &head, &taken, Some("Self")),
        statement: layout::assignment("        ", "let credential", &made),
        sources: Vec::new(),
    })
}

/// What is to be said of a key that is the whole value of `Authorization`.
fn whole_value(kind: &SecurityKind) -> &'static str {
    match kind {
        SecurityKind::ApiKey {
            location: KeyLocation::Header,
            name,
            prefix,
        } if prefix.is_empty() && name.eq_ignore_ascii_case("authorization") => {
            "It is the whole value of the header, with its scheme where the server wants one, as in \
             `Bearer abc`."
        }
        _ => "",
    }
}

/// The runtime's function that makes the credential, with the name of its header, query parameter or
/// cookie and the text before it; `None` for what the transport or a default header brings.
fn constructor(kind: &SecurityKind) -> Option<(&'static str, Vec<&str>)> {
    Some(match kind {
        SecurityKind::Bearer { .. }
        | SecurityKind::OAuth2 { .. }
        | SecurityKind::OpenIdConnect { .. } => ("Credential::bearer", vec![]),
        SecurityKind::Basic => ("Credential::basic", vec![]),
        SecurityKind::ApiKey {
            location,
            name,
            prefix,
        } => match location {
            KeyLocation::Header if prefix.is_empty() => ("Credential::header", vec![name]),
            KeyLocation::Header => ("Credential::prefixed", vec![name, prefix]),
            KeyLocation::Query => ("Credential::query", vec![name]),
            KeyLocation::Cookie => ("Credential::cookie", vec![name]),
        },
        SecurityKind::MutualTls | SecurityKind::OtherHttp(_) => return None,
    })
}

/// What docs and errors call the credential.
pub fn label(ident: &str) -> String {
    match ident {
        "api_key" => "API key".to_owned(),
        "authorization" => "`Authorization` header".to_owned(),
        _ => ident.trim_end_matches('_').replace('_', " "),
    }
}

fn variable(name: &str) -> String {
    layout::assignment("        ", "let name", &Expr::string(name))
}

/// Makes the view of the credential that makes a client alone.
fn main_view(plan: Plan<'_>, index: usize) -> Main {
    let ident = &plan.names.credentials[index];
    let docs = Docs {
        description: plan.api.security_schemes[index].description.clone(),
        ..Docs::default()
    };
    let builder = Expr::call("Self::builder", []);
    let builder = builder.method(ident.clone(), [Expr::variable("secret")]);
    let with_secret = layout::assignment("        ", "let builder", &builder);
    Main {
        ident: ident.clone(),
        call: layout::tail("        ", &builder.method("build", [])),
        docs: Text::new().prose(&docs).after_gap(),
        secret_name: variable(&plan.options.auth_env),
        url_name: variable(&plan.base_url_env()),
        builder: with_secret,
        env: plan.options.auth_env.clone(),
        base_url_env: plan.base_url_env(),
        label: label(ident),
    }
}
