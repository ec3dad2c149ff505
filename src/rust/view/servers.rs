//! `servers.rs`: the documented servers, for `ClientBuilder::base_url`.

use super::docs::Text;
use crate::describe;
use crate::ir::{Docs, Server, ServerVariable};
use crate::rust::code::{Parameter, TypeCode};
use crate::rust::plan::servers::ServerPlan;
use crate::rust::{Expr, Plan, Ty, layout};
use serde::Serialize;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Servers {
    pub constants: Vec<Constant>,
    pub types: Vec<ServerType>,
}

/// A server with a fixed URL.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Constant {
    pub docs: Vec<String>,
    /// The declaration of the constant, laid out.
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
    /// The value that `new` returns, line by line.
    pub made: Vec<String>,
    /// Whether every variable has a default.
    pub has_default: bool,
    /// The signature of the conversion, and the statements that build the URL.
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

/// Returns `None` for a single server without variables, because it is the client's default.
pub fn servers(plan: Plan<'_>) -> Option<Servers> {
    let servers = plan.servers();
    let (types, constants): (Vec<_>, Vec<_>) =
        servers.iter().partition(|server| server.has_variables());
    (!servers.is_empty()).then(|| Servers {
        constants: constants.into_iter().map(constant).collect(),
        types: types.into_iter().map(server_type).collect(),
    })
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

fn constant(plan: ServerPlan<'_>) -> Constant {
    let place = format!("pub const {}: &str", plan.names.ident);
    let url = plan.server.url.trim_end_matches('/');
    Constant {
        docs: docs(plan.server),
        declaration: layout::assignment("", &place, &Expr::string(url)),
    }
}

fn server_type(plan: ServerPlan<'_>) -> ServerType {
    let setters = plan.variables();
    let setters = setters.filter_map(|(name, ident, known)| Some(setter(name, ident, known?)));
    let wanted = plan.variables().filter(|(_, _, known)| known.is_none());
    let text = || Ty::STRING.conversion().code();
    let wanted: Vec<Parameter> = wanted
        .map(|(_, ident, _)| Parameter::new(ident.to_owned(), text()))
        .collect();
    let given = TypeCode::name(plan.names.ident.clone());
    let given = [Parameter::new("server", given)];
    ServerType {
        docs: docs(plan.server),
        ident: plan.names.ident.clone(),
        fields: plan.names.variables.clone(),
        setters: setters.collect(),
        made: made(plan),
        new_docs: Text::new()
            .paragraph(match wanted.is_empty() {
                true => "Creates the server with the default of each variable.",
                false => "Creates the server with the default of each variable that has one.",
            })
            .finish(),
        has_default: wanted.is_empty(),
        new: layout::signature("    ", "pub fn new", &wanted, Some("Self")),
        from: layout::signature("    ", "fn from", &given, Some("Self")),
        statements: layout::statements("        ", &plan.statements()),
    }
}

/// Returns the struct literal of a new server, line by line.
fn made(plan: ServerPlan<'_>) -> Vec<String> {
    let fields = plan.initial_values().map(|(name, value)| layout::Field {
        name,
        value: Some(value),
    });
    let made = layout::struct_literal("        ", "Self", &fields.collect::<Vec<_>>());
    made.lines().map(str::to_owned).collect()
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
    let parameters = [
        Parameter::MUT_SELF,
        Parameter::new("value", Ty::STRING.conversion().code()),
    ];
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
