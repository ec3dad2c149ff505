//! Styles: how the runtime writes parameters and fields of forms.

use crate::ir::{ContentKind, Location, Parameter, Style};
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
fn of_scalar(parameter: &Parameter) -> (Style, bool) {
    let is_named = matches!(parameter.location, Location::Query | Location::Cookie);
    let style = match parameter.style {
        Style::SpaceDelimited | Style::PipeDelimited | Style::TabDelimited | Style::DeepObject
            if is_named =>
        {
            Style::Form
        }
        style => style,
    };
    (style, matches!(style, Style::Form | Style::Cookie))
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

/// Prints a style of the runtime: `Style::FORM.explode(false)`.
pub fn style_of(style: Style, explode: bool, allow_reserved: bool, scope: &Scope<'_>) -> String {
    scope.import("runtime::Style");
    style_code(style, explode, allow_reserved)
}

fn style_code(style: Style, explode: bool, allow_reserved: bool) -> String {
    let (base, explodes) = match style {
        Style::Simple => ("Style::SIMPLE", false),
        Style::Label => ("Style::LABEL", false),
        Style::Matrix => ("Style::MATRIX", false),
        Style::Form => ("Style::FORM", true),
        Style::Cookie => ("Style::COOKIE", true),
        Style::SpaceDelimited => ("Style::SPACE", false),
        Style::PipeDelimited => ("Style::PIPE", false),
        Style::TabDelimited => ("Style::TAB", false),
        Style::DeepObject => ("Style::DEEP", true),
    };
    let mut text = base.to_owned();
    if style != Style::DeepObject && explode != explodes {
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
