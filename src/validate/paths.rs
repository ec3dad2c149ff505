//! Checks paths, methods, responses and tags.

use super::found::GroupedFindings;
use super::values::bad;
use crate::diag::codes;
use crate::openapi::Version;
use crate::tree::Node;
use std::collections::HashMap;

/// Checks the root object.
pub fn document(root: Node<'_>, version: Version, found: &mut GroupedFindings<'_>) {
    declared(root, found);
    same_paths(root, found);
    tags(root, version, found);
}

/// Checks that the declared version has three numbers.
fn declared(root: Node<'_>, found: &mut GroupedFindings<'_>) {
    let Some(node) = root.get("openapi") else {
        return;
    };
    let text = node.as_str().unwrap_or_default();
    let number = text.split('-').next().unwrap_or_default();
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = number.split('.').collect();
    if parts.len() != 3 || !parts.into_iter().all(is_number) {
        let message = "`openapi` must have three numbers, such as `3.1.1`";
        bad(node, message.to_owned(), found);
    }
}

/// Reports paths that match the same URLs (OpenAPI, Paths Object).
fn same_paths(root: Node<'_>, found: &mut GroupedFindings<'_>) {
    let mut first: HashMap<String, Node<'_>> = HashMap::new();
    let paths = root.get("paths").into_iter().flat_map(Node::members);
    for (path, item) in paths.filter(|(path, _)| path.contains('{')) {
        match first.get(&shape(path)) {
            Some(earlier) => found.push(item, codes::same_path(item, *earlier)),
            None => {
                first.insert(shape(path), item);
            }
        }
    }
}

/// Returns a path without the names of its parameters.
fn shape(path: &str) -> String {
    let mut shape = String::with_capacity(path.len());
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        shape.push_str(before);
        let Some((_, behind)) = after.split_once('}') else {
            break;
        };
        shape.push_str("{}");
        rest = behind;
    }
    shape + rest
}

/// Reports duplicate tags and unknown parents.
fn tags(root: Node<'_>, version: Version, found: &mut GroupedFindings<'_>) {
    let mut first: HashMap<&str, Node<'_>> = HashMap::new();
    let tags = || root.get("tags").into_iter().flat_map(Node::items);
    for tag in tags() {
        let Some(name) = tag.get("name") else {
            continue;
        };
        let text = name.as_str().unwrap_or_default();
        match first.get(text) {
            Some(earlier) => found.push(name, codes::duplicate_tag(name, *earlier, text)),
            None => {
                first.insert(text, name);
            }
        }
    }
    for parent in tags().filter_map(|tag| tag.get("parent")) {
        let name = parent.as_str().unwrap_or_default();
        if version == Version::V32 && !first.contains_key(name) {
            let message = format!("the parent `{name}` is not a tag of the document");
            bad(parent, message, found);
        }
    }
}

/// Reports `additionalOperations` with methods that have their own field or are not valid in HTTP.
pub fn additional_operations(item: Node<'_>, found: &mut GroupedFindings<'_>) {
    const OWN: [&str; 9] = [
        "GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "QUERY",
    ];
    let is_sign = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    let additional = item.get("additionalOperations");
    for (method, operation) in additional.into_iter().flat_map(Node::members) {
        if OWN.contains(&method) {
            found.push(operation, codes::method_with_field(operation, method));
        } else if method.is_empty() || !method.chars().all(is_sign) {
            found.push(operation, codes::invalid_method(operation, method));
        }
    }
}

/// Checks that an operation has at least one response.
pub fn responses(operation: Node<'_>, found: &mut GroupedFindings<'_>) {
    let Some(responses) = operation.get("responses") else {
        return;
    };
    let described = || {
        responses
            .members()
            .filter(|(key, _)| !key.starts_with("x-"))
    };
    for (status, response) in described() {
        // Other invalid keys are reported by the reader.
        if status.ends_with("xx") {
            found.push(response, codes::status_in_lower_case(response));
        }
    }
    if responses.is_object() && described().next().is_none() {
        let message = "`responses` must describe at least one response";
        bad(responses, message.to_owned(), found);
    }
}
