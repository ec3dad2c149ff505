//! Authentication of the client: a setter for each credential, and the credential that `new` takes.

use super::docs::Text;
use super::source;
use crate::ir::{Docs, KeyLocation, SecurityKind};
use crate::rust::plan::credentials::Credential;
use crate::rust::{Expr, Plan, layout};
use serde::Serialize;

/// The client's credentials.
pub struct Access {
    pub credentials: Vec<CredentialView>,
    pub main: Option<Main>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CredentialView {
    pub docs: Vec<String>,
    pub ident: String,
    /// HTTP Basic: a user name and a password.
    pub is_basic: bool,
    pub signature: String,
    /// The statement that creates the credential.
    pub statement: String,
    pub sources: Vec<SourceView>,
}

/// A setter for the provider of a credential's secret.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SourceView {
    pub docs: Vec<String>,
    pub signature: String,
    /// The statements that create the builder's stored value.
    pub statements: String,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Main {
    pub ident: String,
    /// The expression that creates a client with the credential, laid out.
    pub call: String,
    pub docs: Vec<String>,
    pub env: String,
    pub base_url_env: String,
    /// The statements of `from_env` that name the variables, and the one that creates the builder.
    pub secret_name: String,
    pub url_name: String,
    pub builder: String,
    pub label: String,
}

pub fn access(plan: Plan<'_>) -> Access {
    let env = &plan.options.auth_env;
    Access {
        credentials: plan.credentials().map(|it| credential(it, env)).collect(),
        main: plan
            .main_credential()
            .map(|main| main_view(main, env, &plan.base_url_env())),
    }
}

fn credential(credential: Credential<'_>, env: &str) -> CredentialView {
    let scheme = credential.scheme;
    let (what, parameters): (String, &[&str]) = match credential.is_basic() {
        true => (
            "Sets user name and password (HTTP Basic authentication, RFC 7617).".to_owned(),
            &[
                "mut self",
                "user: impl AsRef<str>",
                "password: impl Into<Secret>",
            ],
        ),
        false => (
            format!("Sets the {}.", credential.label()),
            &["mut self", "secret: impl Into<Secret>"],
        ),
    };
    let parameters: Vec<String> = parameters.iter().map(|text| (*text).to_owned()).collect();
    let docs = Docs {
        description: scheme.description.clone(),
        ..Docs::default()
    };
    let head = format!("pub fn {}", credential.ident);
    CredentialView {
        docs: Text::new()
            .paragraph(&what)
            .paragraph(whole_value_note(&scheme.kind))
            .prose(&docs)
            .finish(),
        ident: credential.ident.to_owned(),
        is_basic: credential.is_basic(),
        signature: layout::signature("    ", &head, &parameters, Some("Self")),
        statement: layout::assignment("        ", "let credential", &credential.made(env)),
        sources: source::views(credential),
    }
}

/// Returns the note on a key that is the whole value of `Authorization`.
fn whole_value_note(kind: &SecurityKind) -> &'static str {
    match kind {
        SecurityKind::ApiKey {
            location: KeyLocation::Header,
            name,
            prefix,
        } if prefix.is_empty() && name.eq_ignore_ascii_case("authorization") => {
            "It is the whole value of the header, including the scheme if the server expects one, as in \
             `Bearer abc`."
        }
        _ => "",
    }
}

fn variable(name: &str) -> String {
    layout::assignment("        ", "let name", &Expr::string(name))
}

/// Returns the view of the credential that `new` takes.
fn main_view(credential: Credential<'_>, env: &str, base_url_env: &str) -> Main {
    let docs = Docs {
        description: credential.scheme.description.clone(),
        ..Docs::default()
    };
    let builder = Expr::call("Self::builder", []);
    let secret = [Expr::variable("secret")];
    let builder = builder.method(credential.ident.to_owned(), secret);
    let with_secret = layout::assignment("        ", "let builder", &builder);
    Main {
        ident: credential.ident.to_owned(),
        call: layout::tail("        ", &builder.method("build", [])),
        docs: Text::new().prose(&docs).after_gap(),
        secret_name: variable(env),
        url_name: variable(base_url_env),
        builder: with_secret,
        env: env.to_owned(),
        base_url_env: base_url_env.to_owned(),
        label: credential.label(),
    }
}
