//! Styles: the serialization of parameters and form fields.

use super::Plan;
use crate::ir::{
    ContentKind, Encoding, Object, Parameter, ParameterLocation, ParameterStyle, is_json,
};
use crate::rust::Expr;
use std::collections::HashSet;

/// The runtime's `Style` type.
const STYLE: &str = "Style";

/// Returns the style of a parameter, unless it is the default of the parameter's location.
pub fn style(plan: Plan<'_>, parameter: &Parameter) -> Option<Expr> {
    let (kind, explode) = match plan.is_scalar(&parameter.schema) {
        true => of_scalar(parameter),
        false => (parameter.style, parameter.explode),
    };
    let mut code = match parameter.content {
        Some(kind) => Expr::item(STYLE, content_style(parameter.location, kind)?),
        None => style_of(kind, explode, parameter.allow_reserved),
    };
    if parameter.allow_empty {
        code = code.method("empty", []);
    }
    if parameter.catch_all {
        code = code.method("slashes", []);
    }
    let usual = match parameter.location {
        ParameterLocation::Path | ParameterLocation::Header => "SIMPLE",
        ParameterLocation::QueryString => "URL_ENCODED",
        ParameterLocation::Query | ParameterLocation::Cookie => "FORM",
    };
    Some(code).filter(|code| *code != Expr::item(STYLE, usual))
}

/// Returns the style of a single value. The separator of lists makes no difference to it.
fn of_scalar(parameter: &Parameter) -> (ParameterStyle, bool) {
    let is_named = matches!(
        parameter.location,
        ParameterLocation::Query | ParameterLocation::Cookie
    );
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
fn content_style(location: ParameterLocation, kind: ContentKind) -> Option<&'static str> {
    match (kind, location) {
        (ContentKind::Json, _) => Some("JSON"),
        (ContentKind::Form, _) => Some("URL_ENCODED"),
        // Text is written unchanged, so it needs no style of lists and objects.
        (_, ParameterLocation::QueryString) => Some("FORM"),
        _ => None,
    }
}

/// Returns a style expression: `Style::FORM.explode(false)`.
pub fn style_of(style: ParameterStyle, explode: bool, allow_reserved: bool) -> Expr {
    let (base, explodes) = match style {
        ParameterStyle::Simple => ("SIMPLE", false),
        ParameterStyle::Label => ("LABEL", false),
        ParameterStyle::Matrix => ("MATRIX", false),
        ParameterStyle::Form => ("FORM", true),
        ParameterStyle::Cookie => ("COOKIE", true),
        ParameterStyle::SpaceDelimited => ("SPACE", false),
        ParameterStyle::PipeDelimited => ("PIPE", false),
        ParameterStyle::TabDelimited => ("TAB", false),
        ParameterStyle::DeepObject => ("DEEP", true),
    };
    let mut code = Expr::item(STYLE, base);
    if style != ParameterStyle::DeepObject && explode != explodes {
        code = code.method("explode", [Expr::literal(explode)]);
    }
    if allow_reserved {
        code = code.method("reserved", []);
    }
    code
}

/// Returns the form fields that are not written in the default style, with their styles.
pub fn form_styles(object: Option<&Object>, encoding: &[Encoding]) -> Vec<Expr> {
    let declared = object.map(|object| {
        let members = object.members.iter();
        members.map(|member| &member.name).collect::<HashSet<_>>()
    });
    let row = |encoding: &Encoding| {
        let json = encoding.content_type.as_deref().is_some_and(is_json);
        let known = declared.as_ref();
        if known.is_some_and(|names| !names.contains(&encoding.name)) {
            return None;
        }
        let style = match encoding.style {
            Some((style, explode, reserved)) => style_of(style, explode, reserved),
            None if json => Expr::item(STYLE, "JSON"),
            None => return None,
        };
        Some(Expr::tuple([Expr::string(&encoding.name), style]))
    };
    encoding.iter().filter_map(row).collect()
}
