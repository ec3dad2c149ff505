//! Parameters of an operation: arguments for the required ones, setters for the others, and the
//! statements that add each to the request.

use super::body::BodyCode;
use super::docs::{Text, beyond_name};
use super::setter::{Setter, argument_note, statements};
use crate::describe;
use crate::ir::{self, Body, OperationId, ParameterLocation};
use crate::rust::code::FnParameter;
use crate::rust::plan::arguments::{ArgumentPlan, ArgumentRole};
use crate::rust::plan::client_parameters::SharedParameter;
use crate::rust::{Expr, Plan, Scope, layout};

#[derive(Default)]
pub struct MethodArguments {
    pub signature: Vec<FnParameter>,
    pub fills: Vec<String>,
    pub setters: Vec<Setter>,
    /// Notes on the arguments.
    pub notes: Vec<String>,
}

pub fn arguments(
    plan: Plan<'_>,
    id: OperationId,
    body: Option<&BodyCode<'_>>,
    scope: &Scope<'_>,
    builders: &Scope<'_>,
) -> MethodArguments {
    let planned = plan.operation(id);
    let preparation = planned.preparation();
    let mut arguments = MethodArguments {
        signature: vec![FnParameter::REF_SELF],
        fills: preparation
            .map(|call| layout::statement("        ", &call))
            .collect(),
        ..MethodArguments::default()
    };
    if planned.key_header.is_some() {
        scope.import("idempotency");
    }
    for argument in &planned.arguments {
        if argument.is_positional() {
            arguments.add(argument, scope);
            continue;
        }
        if argument.is_constant() {
            let fills = statements(&argument.sent(), argument.ident, scope);
            arguments.fills.extend(fills);
            continue;
        }
        if let Some(shared) = argument.shared() {
            scope.import("client_parameters");
            let call = shared.call(plan.api, argument.parameter);
            arguments.fills.push(layout::statement("        ", &call));
        }
        arguments.setters.push(setter(argument, builders));
    }
    let body = plan.api.operation(id).body.as_ref().zip(body);
    if let Some((described, body)) = body {
        arguments.add_body(described, body, scope, builders);
    }
    arguments
}

impl MethodArguments {
    /// Adds an argument of the method.
    fn add(&mut self, argument: &ArgumentPlan<'_>, scope: &Scope<'_>) {
        let (name, parameter) = (argument.ident, argument.parameter);
        let ty = scope.ty(&argument.value.ty);
        self.signature.push(FnParameter::new(name.to_owned(), ty));
        self.fills.extend(statements(&argument.sent(), name, scope));
        self.notes.extend(argument_note(
            name,
            &parameter.docs,
            &parameter_notes(parameter, name),
        ));
    }

    /// Adds the body: an argument of the method, or a setter.
    fn add_body(
        &mut self,
        described: &Body,
        body: &BodyCode<'_>,
        scope: &Scope<'_>,
        builders: &Scope<'_>,
    ) {
        if body.plan.is_positional {
            let ty = scope.ty(&body.plan.ty);
            self.signature.push(FnParameter::new("body", ty));
            self.fills
                .push(body.statement("body", Expr::variable("request")));
            self.notes
                .extend(argument_note("body", &described.docs, &body.note));
            return;
        }
        let value = FnParameter::new("value", builders.ty(&body.plan.ty));
        let parameters = [FnParameter::MUT_SELF, value];
        let request = Expr::variable("self").field("request");
        self.setters.push(Setter {
            docs: Text::new()
                .paragraph("Sets the body.")
                .prose(&described.docs)
                .paragraph(&body.note)
                .finish(),
            deprecated: false,
            signature: layout::signature("    ", "pub fn body", &parameters, Some("Self")),
            statements: vec![body.statement("value", request)],
            optional: None,
        });
    }
}

fn parameter_notes(parameter: &ir::Parameter, ident: &str) -> String {
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

/// Returns the setter of a parameter.
fn setter(argument: &ArgumentPlan<'_>, scope: &Scope<'_>) -> Setter {
    let (name, parameter) = (argument.ident, argument.parameter);
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
    let mut docs = Text::new()
        .paragraph(&what)
        .prose(&beyond_name(&parameter.name, &parameter.docs))
        .paragraph(&notes)
        .finish();
    if let Some(note) = role_note(argument.role) {
        docs.extend(Text::new().paragraph(&note).after_gap());
    }
    if matches!(argument.role, ArgumentRole::Key) {
        scope.import("idempotency");
    }
    let ty = &argument.value.ty;
    let parameters = [
        FnParameter::MUT_SELF,
        FnParameter::new("value", scope.ty(ty)),
    ];
    Setter {
        docs,
        deprecated: parameter.deprecated,
        signature: layout::signature("    ", &format!("pub fn {name}"), &parameters, Some("Self")),
        statements: statements(&argument.sent(), "value", scope),
        optional: Some(format!("{}({}) => {name}", argument.maybe, scope.ty(ty))),
    }
}

/// Returns the paragraph about the value that is sent if the setter is not called.
fn role_note(role: ArgumentRole<'_>) -> Option<String> {
    match role {
        ArgumentRole::Positional | ArgumentRole::Setter | ArgumentRole::Constant => None,
        ArgumentRole::Shared(SharedParameter { ident, .. }) => Some(format!(
            "Overrides [`ClientBuilder::{ident}`](crate::ClientBuilder::{ident}) for this request."
        )),
        ArgumentRole::Key => Some(
            "All attempts send the same key. By default, the client generates a key for each request."
                .to_owned(),
        ),
    }
}
