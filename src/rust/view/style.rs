//! Styles: how the runtime writes parameters and fields of forms.

use crate::ir::{ContentKind, Location, Parameter, ParameterStyle};
use crate::rust::{Plan, Scope};

/// Returns the style of a parameter, unless it is the default of the parameter's location.
pub fn style(plan: Plan<'_>, parameter: &Parameter, scope: &Scope<'_>) -> Option<String> {
    let (kind, explode) = match plan.is_scalar(&parameter.schema) {
        true => of_scalar(parameter),
        false => (parameter.style, parameter.explode),
    };
    let mut text = match parameter.content {
        Some(kind) => content_style(parameter.location, kind)?.to_owned(),
        None => style_code(kind, explode, parameter.allow_reserved),
    };
    if parameter.allow_empty {
        text.push_str(".empty()");
    }
    if parameter.catch_all {
        text.push_str(".slashes()");
    }
    let usual = match parameter.location {
        Location::Path | Location::Header => "Style::SIMPLE",
        Location::QueryString => "Style::URL_ENCODED",
        Location::Query | Location::Cookie => "Style::FORM",
    };
    if text == usual {
        return None;
    }
    scope.import("runtime::Style");
    Some(text)
}

/// Returns the style of a single value. How several values are separated makes no difference to it.
fn of_scalar(parameter: &Parameter) -> (ParameterStyle, bool) {
    let is_named = matches!(parameter.location, Location::Query | Location::Cookie);
    let style = match parameter.style {
        ParameterStyle::SpaceDelimited
        | ParameterStyle::PipeDelimited
        | ParameterStyle::TabDelimited
        | ParameterStyle::DeepObject
            if is_named =>
        {
            ParameterStyle::Form
        }
        style => style,
    };
    (
        style,
        matches!(style, ParameterStyle::Form | ParameterStyle::Cookie),
    )
}

/// Returns the style of a parameter that is described by a media type.
fn content_style(location: Location, kind: ContentKind) -> Option<&'static str> {
    match (kind, location) {
        (ContentKind::Json, _) => Some("Style::JSON"),
        (ContentKind::Form, _) => Some("Style::URL_ENCODED"),
        // A text is written as it is: it needs no style of lists and objects.
        (_, Location::QueryString) => Some("Style::FORM"),
        _ => None,
    }
}

/// Prints a style of the runtime: `ParameterStyle::FORM.explode(false)`.
pub fn style_of(
    style: ParameterStyle,
    explode: bool,
    allow_reserved: bool,
    scope: &Scope<'_>,
) -> String {
    scope.import("runtime::Style");
    style_code(style, explode, allow_reserved)
}

fn style_code(style: ParameterStyle, explode: bool, allow_reserved: bool) -> String {
    let (base, explodes) = match style {
        ParameterStyle::Simple => ("Style::SIMPLE", false),
        ParameterStyle::Label => ("Style::LABEL", false),
        ParameterStyle::Matrix => ("Style::MATRIX", false),
        ParameterStyle::Form => ("Style::FORM", true),
        ParameterStyle::Cookie => ("Style::COOKIE", true),
        ParameterStyle::SpaceDelimited => ("Style::SPACE", false),
        ParameterStyle::PipeDelimited => ("Style::PIPE", false),
        ParameterStyle::TabDelimited => ("Style::TAB", false),
        ParameterStyle::DeepObject => ("Style::DEEP", true),
    };
    let mut text = base.to_owned();
    if style != ParameterStyle::DeepObject && explode != explodes {
        text.push_str(if explode {
            ".explode(true)"
        } else {
            ".explode(false)"
        });
    }
    if allow_reserved {
        text.push_str(".reserved()");
    }
    text
}
