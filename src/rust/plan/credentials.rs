//! The client's credentials: the builder's setters and the environment variables that hold them.

use super::Plan;
use crate::ir::{KeyLocation, SecurityKind, SecurityScheme};
use crate::rust::Expr;
use crate::rust::code::Statement;
use crate::rust::names::SourceNames;

/// A credential that the user sets on the client. A credential sent by the transport or a default header
/// is not one.
#[derive(Debug, Clone, Copy)]
pub struct Credential<'a> {
    /// The name of the scheme.
    pub name: &'a str,
    pub scheme: &'a SecurityScheme,
    /// The builder's setter of the secret.
    pub ident: &'a str,
    names: &'a SourceNames,
    /// Whether a client is created with this credential alone.
    is_main: bool,
}

/// A provider that returns a secret before each attempt.
#[derive(Debug)]
pub struct SecretSource<'a> {
    /// The builder's setter.
    pub ident: &'a str,
    /// Whether it is an OAuth 2.0 grant rather than a provider that the caller implements.
    pub is_grant: bool,
    /// The expression that creates the source from the setter's argument.
    pub source: Expr,
    /// The expression that the builder stores, created from `source`.
    pub provided: Expr,
}

impl SecretSource<'_> {
    /// Returns the statements that create the builder's stored value.
    pub fn statements(&self) -> [Statement; 2] {
        [
            Statement::Let("source", self.source.clone()),
            Statement::Let("provided", self.provided.clone()),
        ]
    }
}

impl<'a> Credential<'a> {
    /// Returns whether it is a user name and a password.
    pub fn is_basic(self) -> bool {
        self.scheme.kind == SecurityKind::Basic
    }

    /// Returns the credential's name in docs and errors.
    pub fn label(self) -> String {
        label(self.ident)
    }

    /// Returns the expression that creates the credential from the setter's arguments. `env` is the
    /// variable that holds it.
    pub fn made(self, env: &str) -> Expr {
        let label = self.label();
        let named = match self.is_main {
            true => format!("{label} ({env})"),
            false => label,
        };
        let mut arguments = vec![Expr::string(self.name), Expr::string(&named)];
        let function = match &self.scheme.kind {
            SecurityKind::Basic => "Credential::basic",
            SecurityKind::ApiKey {
                location,
                name,
                prefix,
            } => {
                arguments.push(Expr::string(name));
                match location {
                    KeyLocation::Header if prefix.is_empty() => "Credential::header",
                    KeyLocation::Header => {
                        arguments.push(Expr::string(prefix));
                        "Credential::prefixed"
                    }
                    KeyLocation::Query => "Credential::query",
                    KeyLocation::Cookie => "Credential::cookie",
                }
            }
            _ => "Credential::bearer",
        };
        let secret = |name: &'static str| Expr::variable(name).method("into", []).reference();
        match self.is_basic() {
            true => {
                let user = Expr::variable("user").method("as_ref", []);
                arguments.extend([user, secret("password")]);
            }
            false => arguments.push(secret("secret")),
        }
        Expr::call(function, arguments)
    }

    /// Returns the providers that can supply the secret before each attempt.
    pub fn sources(self) -> Vec<SecretSource<'a>> {
        let Some(shape) = shape(&self.scheme.kind) else {
            return Vec::new();
        };
        let variable = |name: &'static str| Expr::variable(name);
        let name = Expr::string(self.name);
        let arguments = [name, Expr::string(&self.label()), shape, variable("source")];
        let provided = Expr::new("Provided", arguments);
        let mut sources = vec![SecretSource {
            ident: &self.names.provider,
            is_grant: false,
            source: Expr::call("Provided::source", [variable("provider")]),
            provided: provided.clone(),
        }];
        sources.extend(self.names.grant.as_ref().map(|ident| {
            let (token, refresh) = self.scheme.kind.token_urls();
            let [token, refresh] =
                [token, refresh].map(|url| Expr::string(url.unwrap_or_default()));
            SecretSource {
                ident,
                is_grant: true,
                source: Expr::call("Grant::source", [variable("grant"), token, refresh]),
                provided,
            }
        }));
        sources
    }
}

/// Returns a credential's name in docs and errors.
fn label(ident: &str) -> String {
    match ident {
        "api_key" => "API key".to_owned(),
        "authorization" => "`Authorization` header".to_owned(),
        _ => ident.trim_end_matches('_').replace('_', " "),
    }
}

/// Returns the place in the request for a provider's secret; `None` if the scheme has no single secret.
pub fn shape(kind: &SecurityKind) -> Option<Expr> {
    let (place, name, prefix) = match kind {
        SecurityKind::Bearer { .. }
        | SecurityKind::OAuth2 { .. }
        | SecurityKind::OpenIdConnect { .. } => return Some(Expr::item("Shape", "Bearer")),
        SecurityKind::ApiKey {
            location,
            name,
            prefix,
        } => match location {
            KeyLocation::Header if prefix.is_empty() => ("Shape::Header", name, ""),
            KeyLocation::Header => ("Shape::Prefixed", name, &**prefix),
            KeyLocation::Query => ("Shape::Query", name, ""),
            KeyLocation::Cookie => ("Shape::Cookie", name, ""),
        },
        SecurityKind::Basic | SecurityKind::MutualTls | SecurityKind::OtherHttp(_) => return None,
    };
    let prefix = Some(prefix).filter(|prefix| !prefix.is_empty());
    let arguments: Vec<Expr> = [&**name]
        .into_iter()
        .chain(prefix)
        .map(Expr::string)
        .collect();
    Some(Expr::call(place, arguments))
}

impl<'a> Plan<'a> {
    /// Plans the credentials that the user can set.
    pub(super) fn plan_credentials(self) -> Vec<Credential<'a>> {
        let schemes = self.api.security_schemes.iter();
        let names = self.names.credentials.iter().zip(&self.names.sources);
        let all = schemes.zip(names).enumerate();
        let all = all.map(
            move |(index, ((name, scheme), (ident, names)))| Credential {
                name,
                scheme,
                ident,
                names,
                is_main: self.api.main_scheme == Some(index),
            },
        );
        all.filter(|credential| credential.scheme.kind.has_credential())
            .collect()
    }

    /// Chooses the environment variable of each scheme's credential: the client's own, or one named after the
    /// setter. User name and password share one variable, separated by a colon.
    pub(super) fn plan_credential_envs(self) -> Vec<String> {
        let main = self.api.main_credential();
        let idents = self.names.credentials.iter().enumerate();
        let env = |(index, ident): (usize, &String)| match main == Some(index) {
            true => self.options.auth_env.clone(),
            false => format!("{}_{}", self.options.env_prefix, env_suffix(ident)),
        };
        idents.map(env).collect()
    }

    /// Lists the credentials that the user can set, in the order of the document.
    pub fn credentials(self) -> impl Iterator<Item = Credential<'a>> {
        self.client.credentials.iter().copied()
    }

    /// Returns the credential that `new` and `from_env` take.
    pub fn main_credential(self) -> Option<Credential<'a>> {
        self.api.main_credential()?;
        self.credentials().find(|credential| credential.is_main)
    }

    /// Returns the alternative that is the main credential alone, if an operation has it.
    pub fn main_alternative(self, alternatives: &[Vec<String>]) -> Option<&Vec<String>> {
        let main = self.main_credential()?.name;
        let is_main = |names: &&Vec<String>| matches!(&names[..], [name] if name == main);
        alternatives.iter().find(is_main)
    }

    /// Returns the variable that `Client::from_env` reads, if one credential is enough.
    pub fn main_env(self) -> Option<&'a str> {
        let main = self.api.main_credential();
        main.map(|_| self.options.auth_env.as_str())
    }

    /// Returns the environment variable of a scheme's credential; `None` if the document has no such scheme.
    pub fn credential_env(self, scheme: &str) -> Option<&'a str> {
        let index = self.api.security_schemes.get_index_of(scheme)?;
        Some(&self.client.credential_envs[index])
    }
}

/// Returns the end of a variable's name. Shells allow only ASCII letters in it.
fn env_suffix(ident: &str) -> String {
    let plain = |c: char| match c.is_ascii_alphanumeric() {
        true => c.to_ascii_uppercase(),
        false => '_',
    };
    ident.trim_end_matches('_').chars().map(plain).collect()
}
