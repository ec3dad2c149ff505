//! Servers with variables in their URLs.

use super::Plan;
use crate::ir::{Server, ServerVariable};
use crate::rust::Expr;
use crate::rust::code::Statement;
use crate::rust::names::ServerNames;
use std::collections::HashMap;

/// A server that has a constant or a type in the crate.
#[derive(Debug, Clone, Copy)]
pub struct ServerPlan<'a> {
    pub server: &'a Server,
    pub names: &'a ServerNames,
}

impl<'a> Plan<'a> {
    /// Plans the servers.
    pub(super) fn plan_servers(self) -> Vec<ServerPlan<'a>> {
        let servers = self.api.named_servers();
        let varies = servers.iter().any(|server| !server.names().is_empty());
        if servers.len() < 2 && !varies {
            return Vec::new();
        }
        let servers = servers.into_iter().zip(&self.names.servers);
        servers
            .map(|(server, names)| ServerPlan { server, names })
            .collect()
    }
}

impl<'a> ServerPlan<'a> {
    pub fn has_variables(self) -> bool {
        !self.server.names().is_empty()
    }

    /// Lists the variables: the identifier, the name, and the documented variable.
    pub fn variables(self) -> impl Iterator<Item = (&'a str, &'a str, Option<&'a ServerVariable>)> {
        let names = self.server.names().into_iter().zip(&self.names.variables);
        names.map(move |(name, ident)| (name, ident.as_str(), self.server.variables.get(name)))
    }

    /// Returns the initial values of the variables, by their identifiers.
    pub fn initial_values(self) -> impl Iterator<Item = (&'a str, Expr)> {
        let variables = self.variables();
        variables.map(|(_, ident, known)| (ident, value(ident, known)))
    }

    /// Returns the statements that build the URL.
    pub fn statements(self) -> Vec<Statement> {
        let by_name: HashMap<&str, &str> = self
            .variables()
            .map(|(name, ident, _)| (name, ident))
            .collect();
        let push = |value: Expr| {
            let push = Expr::variable("url").method("push_str", [value]);
            Statement::Do(push)
        };
        let mut statements = Vec::new();
        for (text, name) in self.server.pieces() {
            statements.extend(pushed(text).map(Statement::Do));
            let ident = name.and_then(|name| by_name.get(name));
            statements.extend(ident.map(|ident| {
                let field = Expr::variable("server").field((*ident).to_owned());
                push(field.reference())
            }));
        }
        statements
    }
}

/// Returns the expression that appends a text to the URL.
fn pushed(text: &str) -> Option<Expr> {
    let url = Expr::variable("url");
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (None, _) => None,
        (Some(only @ ('/' | ':' | '.' | '-')), None) => {
            Some(url.method("push", [Expr::literal(format!("'{only}'"))]))
        }
        _ => Some(url.method("push_str", [Expr::string(text)])),
    }
}

/// Returns the initial value of a server's variable: its default, or the argument.
fn value(ident: &str, known: Option<&ServerVariable>) -> Expr {
    match known.map(|variable| variable.default.as_str()) {
        Some("") => Expr::new("String", []),
        Some(default) => Expr::string(default).method("to_owned", []),
        None => Expr::variable(ident.to_owned()).method("into", []),
    }
}
