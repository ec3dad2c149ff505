//! Constructs the diagnostics of `validate`: rules of the OpenAPI Specification.

use super::{note, warning};
use crate::diag::fix::Fix;
use crate::diag::{Diagnostic, Location};
use crate::tree::Node;
use serde_json::json;

/// An unknown field of an object.
pub fn unknown_field(node: Node<'_>, object: &str, near: Option<&str>) -> Diagnostic {
    let key = node.key().unwrap_or_default();
    let message = format!("unknown field `{key}` of {}", article(object));
    let found = warning("W0120", Location::key(node), message)
        .note("sdkgen ignores it")
        .help("correct the name; begin the name of an extension with `x-`")
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
    let message = format!("unknown keyword `{key}` of a schema");
    note("N0121", Location::key(node), message)
        .note("sdkgen ignores it")
        .help("correct the name; begin the name of an extension with `x-`")
}

/// A missing required field. `field` may contain several names.
pub fn missing_field(node: Node<'_>, object: &str, field: &str) -> Diagnostic {
    let message = format!("missing required field `{field}` of {}", article(object));
    let place = match node.key() {
        Some(_) => Location::key(node),
        None => Location::value(node),
    };
    warning("W0122", place, message).help("add the field")
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
    let message = format!("duplicate {place} parameter `{name}`");
    warning("W0123", Location::value(later), message)
        .also(Location::value(earlier), "first declared here")
        .note("sdkgen uses the last declaration")
        .help("remove the others")
        .fix(Fix::Remove(later.id()))
}

/// Two paths that differ only in the names of their parameters.
pub fn same_path(later: Node<'_>, earlier: Node<'_>) -> Diagnostic {
    let message = "duplicate path: two paths differ only in the names of their parameters";
    warning("W0124", Location::key(later), message)
        .also(Location::key(earlier), "first declared here")
        .note("sdkgen generates the operations of both")
        .help("move their operations into one path")
}

/// Two mutually exclusive fields.
pub fn exclusive_fields(one: Node<'_>, other: Node<'_>) -> Diagnostic {
    let key = |node: Node<'_>| node.key().unwrap_or_default().to_owned();
    let message = format!("`{}` is not allowed beside `{}`", key(one), key(other));
    warning("W0125", Location::key(one), message)
        .also(Location::key(other), "the other field")
        .help("remove one of the two")
}

/// A lower limit above the upper one.
pub fn contradictory_bounds(low: Node<'_>, high: Node<'_>) -> Diagnostic {
    let key = |node: Node<'_>| node.key().unwrap_or_default().to_owned();
    let message = format!(
        "`{}` is greater than `{}`, so no value is valid",
        key(low),
        key(high)
    );
    warning("W0126", Location::value(low), message)
        .also(Location::value(high), "the upper limit")
        .note("sdkgen lists both in the docs, and enforces neither")
        .help("correct one of the limits")
}

/// A pattern that is not a regular expression.
pub fn invalid_expression(pattern: Node<'_>, why: &str) -> Diagnostic {
    let message = format!("invalid regular expression: {why}");
    warning("W0127", Location::value(pattern), message)
        .note("sdkgen does not check values against the pattern")
        .help("use the syntax of ECMA-262 (JavaScript), and escape special characters with `\\`")
}

/// A component name with characters that are not allowed.
pub fn component_name(node: Node<'_>, section: &str) -> Diagnostic {
    let message = format!("invalid character in the name of a component in `{section}`");
    warning("W0128", Location::key(node), message)
        .note("sdkgen accepts the name; other tools may reject the document")
        .help("use letters, digits, `.`, `_` and `-` only")
}

/// An invalid value of a field.
pub fn bad_value(node: Node<'_>, message: String) -> Diagnostic {
    warning("W0129", Location::value(node), message)
}

/// A field that only another version of OpenAPI has.
pub fn field_of_other_version(node: Node<'_>, object: &str, version: &str) -> Diagnostic {
    let key = node.key().unwrap_or_default();
    of_other_version(node, &format!("`{key}` in {}", article(object)), version)
}

/// A feature that only another version of OpenAPI has.
pub fn of_other_version(node: Node<'_>, what: &str, version: &str) -> Diagnostic {
    let place = match node.key() {
        Some(_) => Location::key(node),
        None => Location::value(node),
    };
    note("N0133", place, format!("{version} does not have {what}"))
        .note("sdkgen reads it if another version defines it; other tools may ignore it")
        .help("declare the other version, or remove it")
}

/// A path parameter that is not marked as required.
pub fn optional_path_parameter(node: Node<'_>) -> Diagnostic {
    let name = node.text("name").unwrap_or_default();
    let message = format!("the path parameter `{name}` needs `required: true`");
    let found = warning("W0134", Location::value(node), message)
        .note("sdkgen generates a required argument, because a path has no optional parts")
        .help("add `required: true`");
    found.fix(Fix::Update(node.id(), json!({"required": true})))
}

/// Two tags with the same name.
pub fn duplicate_tag(later: Node<'_>, earlier: Node<'_>, name: &str) -> Diagnostic {
    let message = format!("duplicate tag `{name}`");
    warning("W0135", Location::value(later), message)
        .also(Location::value(earlier), "first declared here")
        .help("remove one of the two")
}

/// A method in `additionalOperations` that has its own field.
pub fn method_with_field(operation: Node<'_>, method: &str) -> Diagnostic {
    let own = method.to_ascii_lowercase();
    let message = format!("`{method}` is not allowed in `additionalOperations`");
    warning("W0136", Location::key(operation), message)
        .note("sdkgen generates the operation; other tools may ignore it")
        .help(format!(
            "write the operation as the field `{own}` of the path item"
        ))
}

/// An invalid HTTP method in `additionalOperations`.
pub fn invalid_method(operation: Node<'_>, method: &str) -> Diagnostic {
    let message = format!("`{method}` is not an HTTP method");
    warning("W0138", Location::key(operation), message)
        .note("requests of this operation fail before they are sent")
        .help("use one word of letters, digits and ``!#$%&'*+-.^_`|~``")
}

/// A query parameter beside a `querystring` parameter.
pub fn beside_query_string(item: Node<'_>, whole: Node<'_>) -> Diagnostic {
    let message = "this parameter is not allowed beside a parameter with `in: querystring`";
    warning("W0137", Location::value(item), message)
        .also(
            Location::value(whole),
            "this parameter is the whole query string",
        )
        .help("describe the query string in one way: as a whole, or by its parts")
}

/// A reference in place of an operation.
pub fn reference_to_operation(node: Node<'_>) -> Diagnostic {
    note(
        "N0139",
        Location::key(node),
        "`$ref` is not allowed in place of an operation",
    )
    .note("sdkgen resolves the reference; other tools may not")
    .help("refer to the path item, or run `sdkgen bundle`")
}

/// A status range in lower case.
pub fn status_in_lower_case(response: Node<'_>) -> Diagnostic {
    let status = response.key().unwrap_or_default();
    let message = format!("the status range `{status}` must be in upper case");
    note("N0143", Location::key(response), message)
        .note("sdkgen reads it; other tools may not")
        .help(format!("write `{}`", status.to_uppercase()))
}
