//! Reports parameters whose style OpenAPI does not define for their type, and how they are sent.

use crate::diag::{Diagnostics, codes};
use crate::ir::{
    Api, Extra, Parameter, ParameterLocation, ParameterStyle, Schema, SchemaKind, Shape,
};
use crate::tree::Tree;

pub fn run(api: &Api, tree: &Tree, diagnostics: &mut Diagnostics) {
    // Several operations may share a parameter.
    let mut reported = Vec::new();
    let parameters = api
        .operations
        .iter()
        .flat_map(|operation| &operation.parameters);
    for parameter in parameters {
        let Some(at) = parameter.at.filter(|at| !reported.contains(at)) else {
            continue;
        };
        if let Some((what, instead)) = undefined(api, parameter) {
            reported.push(at);
            diagnostics.push(codes::undefined_style(tree.node(at), what, instead));
        }
        let no_text = matches!(
            api.resolved(&parameter.schema),
            SchemaKind::Boolean | SchemaKind::Integer(_) | SchemaKind::Number(_)
        );
        if parameter.allow_empty && no_text {
            reported.push(at);
            diagnostics.push(codes::no_empty_value(tree.node(at), &parameter.name));
        }
    }
}

/// Returns what is undefined, and what is sent instead.
fn undefined(api: &Api, parameter: &Parameter) -> Option<(&'static str, &'static str)> {
    if parameter.content.is_some() || parameter.location == ParameterLocation::QueryString {
        return None;
    }
    let form = ValueForm::of(api, &parameter.schema);
    let delimited = matches!(
        parameter.style,
        ParameterStyle::SpaceDelimited
            | ParameterStyle::PipeDelimited
            | ParameterStyle::TabDelimited
    );
    match (parameter.style, form) {
        (_, ValueForm::Unknown) => None,
        (ParameterStyle::DeepObject, ValueForm::Scalar) => Some((
            "the style `deepObject` is not defined for a single value",
            "the client sends it as `name=value`",
        )),
        (ParameterStyle::DeepObject, ValueForm::List { .. }) => Some((
            "the style `deepObject` is not defined for a list",
            "the client sends its items as `name[0]=value&name[1]=value`",
        )),
        (ParameterStyle::DeepObject, ValueForm::Map { nested: true }) => Some((
            "the style `deepObject` is not defined for nested lists and objects",
            "the client sends them as `name[property][0]=value` and `name[property][property]=value`",
        )),
        (ParameterStyle::DeepObject, ValueForm::Map { .. }) => None,
        (_, ValueForm::List { nested: true } | ValueForm::Map { nested: true }) => Some((
            "the style is not defined for nested lists and objects",
            "the client sends them as JSON",
        )),
        (_, ValueForm::Scalar) if delimited => Some((
            "the style is not defined for a single value",
            "the client sends it in the style `form`",
        )),
        (_, ValueForm::List { .. } | ValueForm::Map { .. }) if delimited && parameter.explode => {
            Some((
                "the style is not defined with `explode: true`",
                "the client sends items one by one, as in the style `form`",
            ))
        }
        _ => None,
    }
}

/// The structure of a value as styles distinguish it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ValueForm {
    Scalar,
    List {
        nested: bool,
    },
    Map {
        nested: bool,
    },
    /// A union or any value.
    Unknown,
}

impl ValueForm {
    fn of(api: &Api, schema: &Schema) -> Self {
        let is_nested = |schema: &Schema| {
            matches!(
                ValueForm::shallow(api, schema),
                ValueForm::List { .. } | ValueForm::Map { .. }
            )
        };
        match api.resolved(schema) {
            SchemaKind::Array(items) => ValueForm::List {
                nested: is_nested(items),
            },
            SchemaKind::Tuple(items) => ValueForm::List {
                nested: items.iter().any(is_nested),
            },
            SchemaKind::Map(values) => ValueForm::Map {
                nested: is_nested(values),
            },
            SchemaKind::Declared(id) => match &api.ty(*id).shape {
                Shape::Object(object) => {
                    let extra = match &object.extra {
                        Extra::Typed(values) => is_nested(values),
                        _ => false,
                    };
                    let mut members = object.members.iter();
                    let nested = extra || members.any(|member| is_nested(&member.schema));
                    ValueForm::Map { nested }
                }
                _ => ValueForm::shallow(api, schema),
            },
            _ => ValueForm::shallow(api, schema),
        }
    }

    /// Returns the form without nested values.
    fn shallow(api: &Api, schema: &Schema) -> Self {
        match api.resolved(schema) {
            SchemaKind::Any | SchemaKind::Envelope(..) => ValueForm::Unknown,
            SchemaKind::Array(_) | SchemaKind::Tuple(_) => ValueForm::List { nested: false },
            SchemaKind::Map(_) => ValueForm::Map { nested: false },
            SchemaKind::Declared(id) => match &api.ty(*id).shape {
                Shape::Object(_) => ValueForm::Map { nested: false },
                Shape::Enum(_) => ValueForm::Scalar,
                Shape::Union(_) | Shape::Alias(_) => ValueForm::Unknown,
            },
            _ => ValueForm::Scalar,
        }
    }
}
