//! Authentication of the client: a setter for each credential, and the credential that `new` takes.

use super::docs::Text;
use super::setter::Setter;
use super::source::{self, SourceView};
use crate::describe;
use crate::ir::{Docs, KeyLocation, ParameterLocation, SecurityKind};
use crate::rust::code::FnParameter;
use crate::rust::plan::client_parameters::SharedParameter;
use crate::rust::plan::credentials::Credential;
use crate::rust::{Expr, Plan, Ty, layout};
use serde::Serialize;

/// The client's credentials.
pub struct CredentialViews {
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
    /// The statements that read parameters from the environment.
    pub parameters: Vec<String>,
    /// Sentences about the variables of parameters.
    pub parameter_docs: Vec<String>,
    pub label: String,
}

/// Returns the setters of parameters that operations share.
pub fn parameters(plan: Plan<'_>) -> Vec<Setter> {
    let setter = |shared: SharedParameter<'_>| {
        let (parameter, source) = (shared.parameter, shared.source);
        let (ty, stored) = shared.stored(plan);
        let place = match parameter.location {
            ParameterLocation::Query => "query",
            _ => "header",
        };
        let what = format!(
            "Sets the {place} parameter {} of all operations that have it. Requests can override it.",
            describe::code(&parameter.name)
        );
        let notes = describe::notes(shared.ident, shared.ident, &source.schema, source.inferred);
        let value = match &parameter.default {
            Some(value) => format!("The default is {}.", describe::json(value)),
            None => String::new(),
        };
        let argument = FnParameter::new("value", ty.code());
        let arguments = [FnParameter::MUT_SELF, argument];
        let head = format!("pub fn {}", shared.ident);
        Setter {
            docs: Text::new()
                .paragraph(&what)
                .prose(&source.docs)
                .paragraph(&value)
                .paragraph(&notes)
                .finish(),
            deprecated: source.deprecated,
            signature: layout::signature("    ", &head, &arguments, Some("Self")),
            statements: vec![layout::statement("        ", &stored)],
            optional: None,
        }
    };
    plan.client_parameters().map(setter).collect()
}

pub fn access(plan: Plan<'_>) -> CredentialViews {
    let env = &plan.options.auth_env;
    CredentialViews {
        credentials: plan.credentials().map(|it| credential(it, env)).collect(),
        main: plan
            .main_credential()
            .map(|main| main_view(plan, main, &plan.client.base_url_env)),
    }
}

fn credential(credential: Credential<'_>, env: &str) -> CredentialView {
    let scheme = credential.scheme;
    let secret = || Ty::SECRET.conversion().code();
    let (what, parameters) = match credential.is_basic() {
        true => (
            "Sets user name and password (HTTP Basic authentication, RFC 7617).".to_owned(),
            vec![
                FnParameter::MUT_SELF,
                FnParameter::new("user", Ty::AsStr.code()),
                FnParameter::new("password", secret()),
            ],
        ),
        false => (
            format!("Sets the {}.", credential.label()),
            vec![FnParameter::MUT_SELF, FnParameter::new("secret", secret())],
        ),
    };
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

/// Returns the statements of `from_env` that set a parameter to the value of a variable.
fn from_env(env: &str, set: &Expr) -> [String; 5] {
    [
        variable(env),
        "        let value = variable(name).map_err(Error::config)?;".to_owned(),
        "        if let Some(value) = value.filter(|value| !value.is_empty()) {".to_owned(),
        layout::statement("            ", set),
        "        }".to_owned(),
    ]
}

/// Returns the view of the credential that `new` takes.
fn main_view(plan: Plan<'_>, credential: Credential<'_>, base_url_env: &str) -> Main {
    let env = &plan.options.auth_env;
    let parameters = || plan.client_parameters();
    let docs = Docs {
        description: credential.scheme.description.clone(),
        ..Docs::default()
    };
    let builder = Expr::call("Self::builder", []);
    let secret = [Expr::variable("secret")];
    let builder = builder.method(credential.ident.to_owned(), secret);
    let variables = || parameters().filter_map(|it| Some((it, it.parameter.env.as_deref()?)));
    let place = match variables().next() {
        Some(_) => "let mut builder",
        None => "let builder",
    };
    let with_secret = layout::assignment("        ", place, &builder);
    let note = |(shared, env): (SharedParameter<'_>, &str)| {
        let setter = shared.ident;
        format!("If `{env}` is set and not empty, it is the value for [`ClientBuilder::{setter}`].")
    };
    let notes = variables().map(note).collect::<Vec<_>>().join(" ");
    Main {
        ident: credential.ident.to_owned(),
        call: layout::tail("        ", &builder.method("build", [])),
        docs: Text::new().prose(&docs).after_gap(),
        secret_name: variable(env),
        url_name: variable(base_url_env),
        builder: with_secret,
        env: env.to_owned(),
        parameters: parameters()
            .filter_map(SharedParameter::from_env)
            .flat_map(|(env, set)| from_env(env, &set))
            .collect(),
        parameter_docs: match notes.is_empty() {
            true => Vec::new(),
            false => Text::new().paragraph(&notes).after_gap(),
        },
        base_url_env: base_url_env.to_owned(),
        label: credential.label(),
    }
}
