//! What a call takes: arguments for what is required, setters for the rest, and the statements that
//! put each into the request.

use super::body::RequestBody;
use super::docs::Text;
use super::style::style;
use crate::describe;
use crate::ir::{
    Docs, IntegerFormat, Location, NumberFormat, Operation, Parameter, Schema, SchemaKind, Shape,
    StringFormat, described_object,
};
use crate::rust::plan::Conversion;
use crate::rust::{Expr, Plan, Scope, Ty, layout};
use serde::Serialize;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Setter {
    pub docs: Vec<String>,
    pub deprecated: bool,
    pub signature: String,
    pub statements: Vec<String>,
}

#[derive(Default)]
pub struct Arguments {
    pub signature: Vec<String>,
    pub fills: Vec<String>,
    pub setters: Vec<Setter>,
    /// What is to be said of each argument.
    pub notes: Vec<String>,
}

pub fn arguments(
    plan: Plan<'_>,
    operation: &Operation,
    names: &[String],
    body: Option<&RequestBody<'_>>,
    scope: &Scope<'_>,
    builders: &Scope<'_>,
) -> Arguments {
    let mut arguments = Arguments {
        signature: vec!["&self".to_owned()],
        ..Arguments::default()
    };
    for (parameter, name) in operation.parameters.iter().zip(names) {
        if operation.is_argument(parameter) {
            let (ty, fill) = fill(plan, parameter, name, &Expr::variable("request"), scope);
            arguments
                .signature
                .push(format!("{name}: {}", scope.ty(&ty)));
            arguments.fills.extend(fill);
            arguments.notes.push(argument_note(
                name,
                &parameter.docs,
                &parameter_notes(parameter, name),
            ));
        } else {
            let setter = match operation.is_key(parameter) {
                true => key_setter(plan, parameter, name, builders),
                false => setter(plan, parameter, name, builders),
            };
            arguments.setters.push(setter);
        }
    }
    let (Some(described), Some(body)) = (&operation.body, body) else {
        return arguments;
    };
    if described.required {
        let statement = body.statement("body", &Expr::variable("request"));
        arguments
            .signature
            .push(format!("body: {}", scope.ty(&body.ty)));
        arguments.fills.push(statement);
        arguments
            .notes
            .push(argument_note("body", &described.docs, &body.note));
    } else {
        let parameters = [
            "mut self".to_owned(),
            format!("value: {}", builders.ty(&body.ty)),
        ];
        arguments.setters.push(Setter {
            docs: Text::new()
                .paragraph("Sets the body.")
                .prose(&described.docs)
                .paragraph(&body.note)
                .finish(),
            deprecated: false,
            signature: layout::signature("    ", "pub fn body", &parameters, Some("Self")),
            statements: vec![body.statement("value", &own_request())],
        });
    }
    arguments
}

pub(super) fn argument_note(name: &str, docs: &Docs, notes: &str) -> String {
    let about = docs
        .description
        .as_deref()
        .map(crate::prose::first_sentence)
        .unwrap_or_default();
    let text: Vec<&str> = [about.as_str(), notes]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect();
    match text.is_empty() {
        true => format!("`{name}`"),
        false => format!("`{name}`: {}", text.join(" ")),
    }
}

fn parameter_notes(parameter: &Parameter, ident: &str) -> String {
    let notes = describe::notes(
        &parameter.name,
        ident,
        &parameter.schema,
        parameter.inferred,
    );
    let is_path = parameter.location == Location::Path;
    let sentences = [
        notes.as_str(),
        match parameter.catch_all {
            true => "Its slashes separate segments of the path.",
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

fn setter(plan: Plan<'_>, parameter: &Parameter, name: &str, scope: &Scope<'_>) -> Setter {
    let (ty, statements) = fill(plan, parameter, "value", &own_request(), scope);
    setter_of(parameter, name, &scope.ty(&ty), statements)
}

/// Makes the setter of a parameter, which takes a type and has these statements.
fn setter_of(parameter: &Parameter, name: &str, ty: &str, statements: Vec<String>) -> Setter {
    let place = match parameter.location {
        Location::Path => "path",
        Location::Query | Location::QueryString => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    };
    let what = format!(
        "Sets the {place} parameter {}.",
        crate::describe::code(&parameter.name)
    );
    let notes = describe::notes(name, name, &parameter.schema, parameter.inferred);
    let parameters = ["mut self".to_owned(), format!("value: {ty}")];
    Setter {
        docs: Text::new()
            .paragraph(&what)
            .prose(&parameter.docs)
            .paragraph(&notes)
            .finish(),
        deprecated: parameter.deprecated,
        signature: layout::signature("    ", &format!("pub fn {name}"), &parameters, Some("Self")),
        statements,
    }
}

/// The setter of the key of a call, which has one in any case.
fn key_setter(plan: Plan<'_>, parameter: &Parameter, name: &str, scope: &Scope<'_>) -> Setter {
    let (ty, before, key) = match plan.is_untyped(parameter) {
        true => (
            Ty::Plain("impl ToString"),
            None,
            Expr::variable("value").method("to_string", []).reference(),
        ),
        false => taken(plan, &parameter.schema, "value", scope),
    };
    scope.import("idempotency");
    let request = own_request().reference_mut();
    let call = Expr::call(
        "idempotency::set",
        [request, Expr::string(&parameter.name), key],
    );
    let call = layout::statement("        ", &call);
    let statements = before.into_iter().chain([call]).collect();
    let mut setter = setter_of(parameter, name, &scope.ty(&ty), statements);
    let made =
        "All attempts send the same key. If it is not set, the client makes one for the request.";
    setter.docs.extend(Text::new().paragraph(made).after_gap());
    setter
}

/// What is done to the value of a parameter before it is written, the expression that is written, and its style
/// where that is not the usual one: the same whatever the argument is called.
pub(crate) fn written(
    plan: Plan<'_>,
    parameter: &Parameter,
) -> (Option<String>, Expr, Option<Expr>) {
    let scope = Scope::in_crate();
    let (_, before, expression) = taken_by(plan, parameter, "value", &scope);
    (before, expression, style(plan, parameter, &scope))
}

/// The type of a parameter's argument, and the statements that put it into the request.
fn fill<'a>(
    plan: Plan<'a>,
    parameter: &Parameter,
    value: &str,
    request: &Expr,
    scope: &Scope<'_>,
) -> (Ty<'a>, Vec<String>) {
    let (ty, before, expression) = taken_by(plan, parameter, value, scope);
    if parameter.location == Location::QueryString && !parameter.encoding.is_empty() {
        let object = described_object(plan.api, &parameter.schema);
        let styles = super::body::form_styles(object, &parameter.encoding, scope);
        let arguments = [Expr::string(&parameter.name), expression, styles];
        let call = request.clone().method("query_form", arguments);
        let call = layout::statement("        ", &call);
        return (ty, before.into_iter().chain([call]).collect());
    }
    let method = match parameter.location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
        Location::QueryString => "query_string",
    };
    let style = style(plan, parameter, scope);
    let method = match &style {
        Some(_) => format!("styled_{method}"),
        None => method.to_owned(),
    };
    let arguments = [Some(Expr::string(&parameter.name)), style, Some(expression)];
    let arguments: Vec<Expr> = arguments.into_iter().flatten().collect();
    let call = layout::statement("        ", &request.clone().method(method, arguments));
    (ty, before.into_iter().chain([call]).collect())
}

/// How the value of a parameter is taken, as [`taken`] says it of any value.
fn taken_by<'a>(
    plan: Plan<'a>,
    parameter: &Parameter,
    value: &str,
    scope: &Scope<'_>,
) -> (Ty<'a>, Option<String>, Expr) {
    if plan.is_untyped(parameter) {
        let value = Expr::variable(value.to_owned());
        return (Ty::Serialize, None, value.reference());
    }
    taken(plan, &parameter.schema, value, scope)
}

/// How a value is taken, what is done to it first, and the expression that borrows it.
pub(crate) fn taken<'a>(
    plan: Plan<'a>,
    schema: &Schema,
    value: &str,
    scope: &Scope<'_>,
) -> (Ty<'a>, Option<String>, Expr) {
    let ty = plan.bare(schema);
    let own = Expr::variable(value.to_owned());
    let borrowed = own.clone().reference();
    let bound =
        |ty: &Ty<'_>, given: &Expr| layout::binding("        ", value, &scope.ty(ty), given);
    if plan.is_converted(schema) {
        let before = bound(&ty, &own.method("into", []));
        return (ty.conversion(), Some(before), borrowed);
    }
    match plan.api.resolved(schema) {
        SchemaKind::String(_) if ty == Ty::STRING || plan.is_string(schema) => {
            (Ty::Plain("impl AsRef<str>"), None, own.method("as_ref", []))
        }
        // Its text has all digits, a JSON value in memory would not.
        SchemaKind::Number(NumberFormat::Decimal) | SchemaKind::Integer(IntegerFormat::Big) => {
            (ty, None, own.method("as_str", []))
        }
        SchemaKind::Array(items) => {
            let item = plan.bare(items);
            let converts = plan.is_string(items) || plan.is_converted(items) && !items.nullable;
            let (taken, items) = match converts {
                true => (item.clone().conversion(), Conversion::Items.of(own)),
                false => {
                    let items = own.method("into_iter", []);
                    (item.clone(), items.method("collect", []))
                }
            };
            let before = bound(&item.vec(), &items);
            (taken.iterator(), Some(before), borrowed)
        }
        SchemaKind::Any | SchemaKind::Tuple(_) | SchemaKind::Map(_) | SchemaKind::Envelope(..) => {
            (ty.reference(), None, own)
        }
        SchemaKind::Declared(id) => match plan.api.ty(*id).shape {
            Shape::Enum(_) => (ty, None, borrowed),
            _ => (ty.reference(), None, own),
        },
        _ => (ty, None, borrowed),
    }
}

/// The request that a builder holds.
fn own_request() -> Expr {
    Expr::variable("self").field("request")
}

impl Plan<'_> {
    /// Whether a parameter has no type, so that it takes texts, numbers and whatever else is written as
    /// one of them, and lists of such.
    pub(super) fn is_untyped(self, parameter: &Parameter) -> bool {
        *self.api.resolved(&parameter.schema) == SchemaKind::Any
    }

    /// Whether a value is one text, number or boolean.
    pub(crate) fn is_scalar(self, schema: &Schema) -> bool {
        match self.api.resolved(schema) {
            SchemaKind::Boolean
            | SchemaKind::Integer(_)
            | SchemaKind::Number(_)
            | SchemaKind::String(_)
            | SchemaKind::Constant(_) => true,
            SchemaKind::Declared(id) => matches!(self.api.ty(*id).shape, Shape::Enum(_)),
            _ => false,
        }
    }

    /// Whether an argument takes what converts into its type: an integer that is a text in JSON, and a
    /// union of scalars.
    pub(super) fn is_converted(self, schema: &Schema) -> bool {
        match self.api.resolved(schema) {
            SchemaKind::String(StringFormat::Integer(_)) => true,
            SchemaKind::Declared(id) => match &self.api.ty(*id).shape {
                Shape::Union(union) => {
                    let mut branches = union.branches.iter();
                    branches.all(|branch| self.is_scalar(&branch.schema))
                }
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether a schema is plain text to the caller.
    pub(super) fn is_string(self, schema: &Schema) -> bool {
        matches!(
            self.api.resolved(schema),
            SchemaKind::String(StringFormat::Plain | StringFormat::Binary)
        )
    }
}
