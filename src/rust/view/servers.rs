//! `servers.rs`: the servers that a description names, for `ClientBuilder::base_url`.

use super::docs::Text;
use crate::describe;
use crate::ir::{Docs, Server, ServerVariable};
use crate::rust::names::ServerNames;
use crate::rust::{Expr, Plan, layout, literal};
use serde::Serialize;
use std::collections::HashMap;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Servers {
    pub constants: Vec<Constant>,
    pub types: Vec<ServerType>,
}

/// A server whose URL is always the same.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Constant {
    pub docs: Vec<String>,
    /// Laid out.
    pub declaration: String,
}

/// A server with variables in its URL.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ServerType {
    pub docs: Vec<String>,
    pub ident: String,
    pub fields: Vec<String>,
    pub setters: Vec<Setter>,
    pub new_docs: Vec<String>,
    pub new: String,
    /// What `new` gives, line by line.
    pub made: Vec<String>,
    /// Every variable has a default.
    pub has_default: bool,
    /// The conversion's signature, and the statements that put the URL together.
    pub from: String,
    pub statements: Vec<String>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Setter {
    pub ident: String,
    pub docs: Vec<String>,
    pub signature: String,
}

/// Nothing, where the one server has no variables: it is the client's default.
pub fn servers(plan: Plan<'_>) -> Option<Servers> {
    let servers = plan.api.named_servers();
    let varies = servers.iter().any(|server| !server.names().is_empty());
    if servers.len() < 2 && !varies {
        return None;
    }
    let mut view = Servers {
        constants: Vec::new(),
        types: Vec::new(),
    };
    for (server, names) in servers.into_iter().zip(&plan.names.servers) {
        match server.names().is_empty() {
            true => view.constants.push(constant(server, names)),
            false => view.types.push(server_type(server, names)),
        }
    }
    Some(view)
}

fn docs(server: &Server) -> Vec<String> {
    let about = Docs {
        description: server.description.clone(),
        ..Docs::default()
    };
    Text::new()
        .prose(&about)
        .paragraph(&describe::code(&server.url))
        .finish()
}

fn constant(server: &Server, names: &ServerNames) -> Constant {
    let place = format!("pub const {}: &str", names.ident);
    let url = server.url.trim_end_matches('/');
    Constant {
        docs: docs(server),
        declaration: layout::assignment("", &place, &Expr::string(url)),
    }
}

fn server_type(server: &Server, names: &ServerNames) -> ServerType {
    let variables = server.names();
    let idents = || variables.iter().zip(&names.variables);
    let known = |name: &str| server.variables.get(name);
    let setters = idents().filter_map(|(name, ident)| Some(setter(name, ident, known(name)?)));
    let values = idents().map(|(name, ident)| (ident.as_str(), value(ident, known(name))));
    let wanted = idents().filter(|(name, _)| known(name).is_none());
    let wanted: Vec<String> = wanted
        .map(|(_, ident)| format!("{ident}: impl Into<String>"))
        .collect();
    let by_name: HashMap<&str, &String> = idents().map(|(name, ident)| (*name, ident)).collect();
    let mut statements = Vec::new();
    for (text, name) in server.pieces() {
        let ident = name.and_then(|name| by_name.get(name));
        statements.extend(pushed(text));
        statements.extend(ident.map(|ident| format!("        url.push_str(&server.{ident});")));
    }
    let given = [format!("server: {}", names.ident)];
    ServerType {
        docs: docs(server),
        ident: names.ident.clone(),
        fields: names.variables.clone(),
        setters: setters.collect(),
        made: made(&values.collect::<Vec<_>>()),
        new_docs: Text::new()
            .paragraph(match wanted.is_empty() {
                true => "The server with the default of each variable.",
                false => "The server with the default of each variable that has one.",
            })
            .finish(),
        has_default: wanted.is_empty(),
        new: layout::signature("    ", "pub fn new", &wanted, Some("Self")),
        from: layout::signature("    ", "fn from", &given, Some("Self")),
        statements,
    }
}

/// The statement that puts a text after the URL so far.
fn pushed(text: &str) -> Option<String> {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (None, _) => None,
        (Some(only @ ('/' | ':' | '.' | '-')), None) => {
            Some(format!("        url.push('{only}');"))
        }
        _ => {
            let pushed = Expr::variable("url").method("push_str", [Expr::string(text)]);
            Some(layout::statement("        ", &pushed))
        }
    }
}

/// What a new server has of a variable: its default, or the argument.
fn value(ident: &str, known: Option<&ServerVariable>) -> String {
    match known.map(|variable| variable.default.as_str()) {
        Some("") => "String::new()".to_owned(),
        Some(default) => format!("{}.to_owned()", literal::string(default)),
        None => format!("{ident}.into()"),
    }
}

/// A struct with these fields; rustfmt puts a short one on one line.
fn made(values: &[(&str, String)]) -> Vec<String> {
    const SHORT: usize = 18;
    if let [(ident, value)] = values {
        let field = format!("{ident}: {value}");
        if field.len() <= SHORT {
            return vec![format!("        Self {{ {field} }}")];
        }
    }
    let fields = values.iter();
    let fields = fields.map(|(ident, value)| format!("            {ident}: {value},"));
    let mut lines = vec!["        Self {".to_owned()];
    lines.extend(fields);
    lines.push("        }".to_owned());
    lines
}

fn setter(name: &str, ident: &str, variable: &ServerVariable) -> Setter {
    let about = Docs {
        description: variable.description.clone(),
        ..Docs::default()
    };
    let values = variable.values.iter();
    let values: Vec<String> = values.map(|value| describe::code(value)).collect();
    let mut notes = Vec::new();
    if !values.is_empty() {
        notes.push(format!("One of {}.", values.join(", ")));
    }
    if !variable.default.is_empty() {
        notes.push(format!("Default: {}.", describe::code(&variable.default)));
    }
    let parameters = ["mut self".to_owned(), "value: impl Into<String>".to_owned()];
    let head = format!("pub fn {ident}");
    Setter {
        ident: ident.to_owned(),
        docs: Text::new()
            .paragraph(&format!("Sets {}.", describe::code(name)))
            .prose(&about)
            .paragraph(&notes.join(" "))
            .finish(),
        signature: layout::signature("    ", &head, &parameters, Some("Self")),
    }
}
