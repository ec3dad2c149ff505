//! What the styles of parameters do not say: values that OpenAPI defines no form for. Each has one,
//! by which it is sent, and a note that tells which.

use crate::diag::{Diagnostics, codes};
use crate::ir::{Api, Extra, Location, Parameter, ParameterStyle, Schema, SchemaKind, Shape};
use crate::tree::Tree;

pub fn run(api: &Api, tree: &Tree, diagnostics: &mut Diagnostics) {
    // Many operations may refer to one parameter.
    let mut told = Vec::new();
    let parameters = api
        .operations
        .iter()
        .flat_map(|operation| &operation.parameters);
    for parameter in parameters {
        let Some(at) = parameter.at.filter(|at| !told.contains(at)) else {
            continue;
        };
        if let Some((what, instead)) = undefined(api, parameter) {
            told.push(at);
            diagnostics.push(codes::undefined_style(tree.node(at), what, instead));
        }
        let no_text = matches!(
            api.resolved(&parameter.schema),
            SchemaKind::Boolean | SchemaKind::Integer(_) | SchemaKind::Number(_)
        );
        if parameter.allow_empty && no_text {
            told.push(at);
            diagnostics.push(codes::no_empty_value(tree.node(at), &parameter.name));
        }
    }
}

/// What there is no form for, and what is sent.
fn undefined(api: &Api, parameter: &Parameter) -> Option<(&'static str, &'static str)> {
    if parameter.content.is_some() || parameter.location == Location::QueryString {
        return None;
    }
    let form = Form::of(api, &parameter.schema);
    let delimited = matches!(
        parameter.style,
        ParameterStyle::SpaceDelimited
            | ParameterStyle::PipeDelimited
            | ParameterStyle::TabDelimited
    );
    match (parameter.style, form) {
        (_, Form::Unknown) => None,
        (ParameterStyle::DeepObject, Form::Scalar) => Some((
            "`deepObject` is for objects; this is a single value",
            "it is sent as `name=value`",
        )),
        (ParameterStyle::DeepObject, Form::List { .. }) => Some((
            "`deepObject` is for objects; this is a list",
            "its items are sent as `name[0]=value&name[1]=value`",
        )),
        (ParameterStyle::DeepObject, Form::Map { nested: true }) => Some((
            "`deepObject` is not defined for objects with lists or objects in them",
            "they are sent as `name[member][0]=value` and `name[member][member]=value`",
        )),
        (ParameterStyle::DeepObject, Form::Map { .. }) => None,
        (_, Form::List { nested: true } | Form::Map { nested: true }) => Some((
            "no style but `deepObject` has a form for lists or objects within a list or an object",
            "those are sent as JSON text",
        )),
        (_, Form::Scalar) if delimited => Some((
            "the style is for lists and objects; this is a single value",
            "it is sent as in the style `form`",
        )),
        (_, Form::List { .. } | Form::Map { .. }) if delimited && parameter.explode => Some((
            "the style is not defined with `explode: true`",
            "items are sent one by one, as in the style `form`",
        )),
        _ => None,
    }
}

/// A value as the styles know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Scalar,
    List {
        nested: bool,
    },
    Map {
        nested: bool,
    },
    /// One of several, or anything at all.
    Unknown,
}

impl Form {
    fn of(api: &Api, schema: &Schema) -> Self {
        let is_nested = |schema: &Schema| {
            matches!(
                Form::shallow(api, schema),
                Form::List { .. } | Form::Map { .. }
            )
        };
        match api.resolved(schema) {
            SchemaKind::Array(items) => Form::List {
                nested: is_nested(items),
            },
            SchemaKind::Tuple(items) => Form::List {
                nested: items.iter().any(is_nested),
            },
            SchemaKind::Map(values) => Form::Map {
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
                    Form::Map { nested }
                }
                _ => Form::shallow(api, schema),
            },
            _ => Form::shallow(api, schema),
        }
    }

    /// The form without a look into it.
    fn shallow(api: &Api, schema: &Schema) -> Self {
        match api.resolved(schema) {
            SchemaKind::Any | SchemaKind::Envelope(..) => Form::Unknown,
            SchemaKind::Array(_) | SchemaKind::Tuple(_) => Form::List { nested: false },
            SchemaKind::Map(_) => Form::Map { nested: false },
            SchemaKind::Declared(id) => match &api.ty(*id).shape {
                Shape::Object(_) => Form::Map { nested: false },
                Shape::Enum(_) => Form::Scalar,
                Shape::Union(_) | Shape::Alias(_) => Form::Unknown,
            },
            _ => Form::Scalar,
        }
    }
}
