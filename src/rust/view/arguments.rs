//! Parameters of an operation: arguments for the required ones, setters for the others, and the
//! statements that add each to the request.

use super::body::RequestBody;
use super::docs::{Text, beyond_name};
use super::setter::{MaybeSetter, Setter, argument_note, statements};
use crate::describe;
use crate::ir::{Operation, Parameter, ParameterLocation};
use crate::rust::names::OperationNames;
use crate::rust::plan::sent::Sent;
use crate::rust::{Expr, Plan, Scope, Ty, layout};

#[derive(Default)]
pub struct Arguments {
    pub signature: Vec<String>,
    pub fills: Vec<String>,
    pub setters: Vec<Setter>,
    /// Notes on the arguments.
    pub notes: Vec<String>,
}

pub fn arguments(
    plan: Plan<'_>,
    operation: &Operation,
    names: &OperationNames,
    body: Option<&RequestBody<'_>>,
    scope: &Scope<'_>,
    builders: &Scope<'_>,
) -> Arguments {
    let mut arguments = Arguments {
        signature: vec!["&self".to_owned()],
        ..Arguments::default()
    };
    let idents = names.parameters.iter().zip(&names.maybe);
    for (parameter, (name, maybe)) in operation.parameters.iter().zip(idents) {
        if parameter.constant.is_some() {
            let sent = plan.sent_parameter(parameter, name, Expr::variable("request"));
            arguments.fills.extend(statements(&sent, name, scope));
        } else if operation.is_argument(parameter) {
            let sent = plan.sent_parameter(parameter, name, Expr::variable("request"));
            arguments
                .signature
                .push(format!("{name}: {}", scope.ty(&sent.ty)));
            arguments.fills.extend(statements(&sent, name, scope));
            arguments.notes.extend(argument_note(
                name,
                &parameter.docs,
                &parameter_notes(parameter, name),
            ));
        } else {
            if let Some(call) = plan.shared_call(parameter) {
                scope.import("client_parameters");
                let statement = layout::statement("        ", &call);
                arguments.fills.push(statement);
            }
            let setter = match (parameter.shared, operation.is_key(parameter)) {
                (Some(index), _) => {
                    let shared = plan.client_parameter(index).ident;
                    shared_setter(plan, parameter, name, shared, builders)
                }
                (None, true) => key_setter(plan, parameter, name, builders),
                (None, false) => setter(plan, parameter, name, builders),
            };
            let maybe = Some(maybe_setter(name, maybe, &setter.ty, builders));
            arguments.setters.push(Setter {
                maybe,
                ..setter.view
            });
        }
    }
    let (Some(described), Some(body)) = (&operation.body, body) else {
        return arguments;
    };
    if described.required {
        let statement = body.statement("body", Expr::variable("request"));
        arguments
            .signature
            .push(format!("body: {}", scope.ty(&body.plan.ty)));
        arguments.fills.push(statement);
        let note = argument_note("body", &described.docs, &body.note);
        arguments.notes.extend(note);
    } else {
        let parameters = [
            "mut self".to_owned(),
            format!("value: {}", builders.ty(&body.plan.ty)),
        ];
        arguments.setters.push(Setter {
            docs: Text::new()
                .paragraph("Sets the body.")
                .prose(&described.docs)
                .paragraph(&body.note)
                .finish(),
            deprecated: false,
            signature: layout::signature("    ", "pub fn body", &parameters, Some("Self")),
            statements: vec![body.statement("value", builder_request())],
            maybe: None,
        });
    }
    arguments
}

fn parameter_notes(parameter: &Parameter, ident: &str) -> String {
    let notes = describe::notes(
        &parameter.name,
        ident,
        &parameter.schema,
        parameter.inferred,
    );
    let is_path = parameter.location == ParameterLocation::Path;
    let sentences = [
        notes.as_str(),
        match parameter.catch_all {
            true => "It may span several path segments: its slashes are not encoded.",
            false => "",
        },
        match is_path && parameter.allow_empty {
            true => "It may be empty.",
            false => "",
        },
    ];
    let sentences = sentences.into_iter().filter(|text| !text.is_empty());
    sentences.collect::<Vec<_>>().join(" ")
}

/// A setter with the type of its argument.
struct Typed<'a> {
    view: Setter,
    ty: Ty<'a>,
}

/// Returns the setter that takes an `Option`.
fn maybe_setter(name: &str, maybe: &str, ty: &Ty<'_>, scope: &Scope<'_>) -> MaybeSetter {
    let ty = scope.ty(&ty.clone().option());
    let parameters = ["self".to_owned(), format!("value: {ty}")];
    let what = format!("Sets [`{name}`](Self::{name}) if there is a value.");
    let call = Expr::variable("self").method(name.to_owned(), [Expr::variable("value")]);
    MaybeSetter {
        docs: Text::new().paragraph(&what).finish(),
        signature: layout::signature(
            "    ",
            &format!("pub fn {maybe}"),
            &parameters,
            Some("Self"),
        ),
        arm: layout::arm("            ", "Some(value)", &call),
    }
}

fn setter<'a>(plan: Plan<'a>, parameter: &Parameter, name: &str, scope: &Scope<'_>) -> Typed<'a> {
    let sent = plan.sent_parameter(parameter, "value", builder_request());
    setter_of(parameter, name, sent, scope)
}

/// Returns the setter of a parameter.
fn setter_of<'a>(
    parameter: &Parameter,
    name: &str,
    sent: Sent<'a>,
    scope: &Scope<'_>,
) -> Typed<'a> {
    let place = match parameter.location {
        ParameterLocation::Path => "path",
        ParameterLocation::Query | ParameterLocation::QueryString => "query",
        ParameterLocation::Header => "header",
        ParameterLocation::Cookie => "cookie",
    };
    let what = format!(
        "Sets the {place} parameter {}.",
        crate::describe::code(&parameter.name)
    );
    let notes = describe::notes(name, name, &parameter.schema, parameter.inferred);
    let parameters = [
        "mut self".to_owned(),
        format!("value: {}", scope.ty(&sent.ty)),
    ];
    let view = Setter {
        docs: Text::new()
            .paragraph(&what)
            .prose(&beyond_name(&parameter.name, &parameter.docs))
            .paragraph(&notes)
            .finish(),
        deprecated: parameter.deprecated,
        signature: layout::signature("    ", &format!("pub fn {name}"), &parameters, Some("Self")),
        statements: statements(&sent, "value", scope),
        maybe: None,
    };
    Typed { view, ty: sent.ty }
}

/// Returns the setter that overrides a parameter of the client, which has the setter `shared` for it.
fn shared_setter<'a>(
    plan: Plan<'a>,
    parameter: &Parameter,
    name: &str,
    shared: &str,
    scope: &Scope<'_>,
) -> Typed<'a> {
    let sent = plan.sent_parameter(parameter, "value", builder_request());
    let mut setter = setter_of(parameter, name, sent, scope);
    let note = format!(
        "Overrides [`ClientBuilder::{shared}`](crate::ClientBuilder::{shared}) for this request."
    );
    let docs = Text::new().paragraph(&note).after_gap();
    setter.view.docs.extend(docs);
    setter
}

/// Returns the setter of an idempotency key, which the client generates by default.
fn key_setter<'a>(
    plan: Plan<'a>,
    parameter: &Parameter,
    name: &str,
    scope: &Scope<'_>,
) -> Typed<'a> {
    scope.import("idempotency");
    let sent = plan.sent_key(parameter, "value", builder_request());
    let mut setter = setter_of(parameter, name, sent, scope);
    let made =
        "All attempts send the same key. By default, the client generates a key for each request.";
    let docs = Text::new().paragraph(made).after_gap();
    setter.view.docs.extend(docs);
    setter
}

/// Returns the expression for the builder's request.
fn builder_request() -> Expr {
    Expr::variable("self").field("request")
}
