//! Constructs the diagnostics of `validate`: rules of the OpenAPI Specification.

use super::{note, warning};
use crate::diag::fix::Fix;
use crate::diag::{Diagnostic, Place};
use crate::tree::Node;
use serde_json::json;

/// An unknown field of an object.
pub fn unknown_field(node: Node<'_>, object: &str, near: Option<&str>) -> Diagnostic {
    let key = node.key().unwrap_or_default();
    let message = format!("`{key}` is not a field of {}", article(object));
    let found = warning("W0120", Place::key(node), message)
        .help("sdkgen ignores it; the name of an extension begins with `x-`")
        .did_you_mean(near);
    match (near, node.parent()) {
        (Some(near), Some(parent)) if parent.get(near).is_none() => found
            .fix(Fix::Update(parent.id(), json!({near: node.to_json()})))
            .fix(Fix::Remove(node.id())),
        _ => found,
    }
}

/// An unknown keyword of a schema.
pub fn unknown_keyword(node: Node<'_>) -> Diagnostic {
    let key = node.key().unwrap_or_default();
    let message = format!("`{key}` is not a keyword of schemas");
    note("N0121", Place::key(node), message)
        .help("sdkgen ignores it; the name of an extension begins with `x-`")
}

/// A missing required field. `field` may contain several names.
pub fn missing_field(node: Node<'_>, object: &str, field: &str) -> Diagnostic {
    let message = format!("{} needs `{field}`", article(object));
    let place = match node.key() {
        Some(_) => Place::key(node),
        None => Place::value(node),
    };
    warning("W0122", place, message)
}

fn article(object: &str) -> String {
    let begins_with_vowel = object.starts_with(['A', 'E', 'I', 'O', 'X']);
    format!("{} {object}", if begins_with_vowel { "an" } else { "a" })
}

/// Two parameters with the same name and location in a list.
pub fn duplicate_parameter(
    later: Node<'_>,
    earlier: Node<'_>,
    name: &str,
    place: &str,
) -> Diagnostic {
    let message = format!("the {place} parameter `{name}` is declared twice");
    warning("W0123", Place::value(later), message)
        .also(Place::value(earlier), "first here")
        .help("sdkgen uses the last one; remove the others")
        .fix(Fix::Remove(later.id()))
}

/// Two paths that differ only in the names of their parameters.
pub fn same_path(later: Node<'_>, earlier: Node<'_>) -> Diagnostic {
    let message = "two paths differ in the names of their parameters only";
    warning("W0124", Place::key(later), message)
        .also(Place::key(earlier), "first here")
        .help("move their operations into one path")
}

/// Two mutually exclusive fields.
pub fn exclusive_fields(one: Node<'_>, other: Node<'_>) -> Diagnostic {
    let key = |node: Node<'_>| node.key().unwrap_or_default().to_owned();
    let message = format!("`{}` has no place beside `{}`", key(one), key(other));
    warning("W0125", Place::key(one), message)
        .also(Place::key(other), "beside this")
        .help("remove one of the two")
}

/// A lower limit above the upper one.
pub fn contradictory_bounds(low: Node<'_>, high: Node<'_>) -> Diagnostic {
    let key = |node: Node<'_>| node.key().unwrap_or_default().to_owned();
    let message = format!("`{}` and `{}` leave no value", key(low), key(high));
    warning("W0126", Place::value(low), message)
        .also(Place::value(high), "the upper limit")
        .help("sdkgen lists both in the docs; correct one of them")
}

/// A pattern that is not a regular expression.
pub fn no_expression(pattern: Node<'_>, why: &str) -> Diagnostic {
    let message = format!("this pattern is not a regular expression: {why}");
    warning("W0127", Place::value(pattern), message).help(
        "patterns have the syntax of ECMA-262 (JavaScript); sdkgen checks no value against it",
    )
}

/// A component name with characters that are not allowed.
pub fn component_name(node: Node<'_>, section: &str) -> Diagnostic {
    let message = format!("this name has signs that names in `{section}` cannot have");
    warning("W0128", Place::key(node), message)
        .help("names of components have letters, digits, `.`, `_` and `-`")
}

/// An invalid value of a field.
pub fn bad_value(node: Node<'_>, message: String) -> Diagnostic {
    warning("W0129", Place::value(node), message)
}

/// A field that only another version of OpenAPI has.
pub fn field_of_other_version(node: Node<'_>, object: &str, version: &str) -> Diagnostic {
    let key = node.key().unwrap_or_default();
    of_other_version(node, &format!("`{key}` in {}", article(object)), version)
}

/// A feature that only another version of OpenAPI has.
pub fn of_other_version(node: Node<'_>, what: &str, version: &str) -> Diagnostic {
    let place = match node.key() {
        Some(_) => Place::key(node),
        None => Place::value(node),
    };
    note("N0133", place, format!("{version} does not have {what}")).help(
        "other versions have it, so other tools may ignore it; `openapi` declares the version",
    )
}

/// A path parameter that is not marked as required.
pub fn optional_path_parameter(node: Node<'_>) -> Diagnostic {
    let name = node.text("name").unwrap_or_default();
    let message = format!("the path parameter `{name}` needs `required: true`");
    let found = warning("W0134", Place::value(node), message)
        .help("sdkgen generates a required argument, as a path has no optional parts");
    found.fix(Fix::Update(node.id(), json!({"required": true})))
}

/// Two tags with the same name.
pub fn duplicate_tag(later: Node<'_>, earlier: Node<'_>, name: &str) -> Diagnostic {
    let message = format!("the tag `{name}` is declared twice");
    warning("W0135", Place::value(later), message)
        .also(Place::value(earlier), "first here")
        .help("remove one of the two")
}

/// A method in `additionalOperations` that has its own field.
pub fn method_with_field(operation: Node<'_>, method: &str) -> Diagnostic {
    let own = method.to_ascii_lowercase();
    let message = format!("`{method}` has no place in `additionalOperations`");
    warning("W0136", Place::key(operation), message)
        .help(format!("write the operation as `{own}` of the path"))
}

/// An invalid HTTP method in `additionalOperations`.
pub fn method_of_no_token(operation: Node<'_>, method: &str) -> Diagnostic {
    let message = format!("`{method}` is not an HTTP method");
    warning("W0138", Place::key(operation), message)
        .help("a method is one word of letters, digits and some signs (RFC 9110, section 5.6.2)")
}

/// A query parameter beside a `querystring` parameter.
pub fn beside_query_string(item: Node<'_>, whole: Node<'_>) -> Diagnostic {
    let message = "this parameter has no place beside one of `querystring`";
    warning("W0137", Place::value(item), message)
        .also(Place::value(whole), "this is the whole query string")
        .help("describe all of the query string in one of them")
}

/// A reference in place of an operation.
pub fn reference_to_operation(node: Node<'_>) -> Diagnostic {
    note("N0139", Place::key(node), "an operation is no place for `$ref`")
        .help("sdkgen follows the reference; for other tools, refer to the path item, or bundle the document")
}

/// A status range in lower case.
pub fn status_in_lower_case(response: Node<'_>) -> Diagnostic {
    let status = response.key().unwrap_or_default();
    let message = format!(
        "the range of statuses `{status}` is written `{}`",
        status.to_uppercase()
    );
    note("N0143", Place::key(response), message).help("sdkgen reads it; other tools may not")
}
