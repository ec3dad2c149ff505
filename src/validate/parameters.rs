//! Checks parameters and headers: mutually dependent fields, and lists of parameters.

use super::found::GroupedFindings;
use super::values::{bad, either, word};
use crate::diag::{Diagnostics, codes};
use crate::openapi::Version;
use crate::resolve::Resolver;
use crate::tree::Node;
use std::collections::HashMap;

/// The valid values of `in`.
const LOCATIONS: &[&str] = &["query", "header", "path", "cookie"];
const LOCATIONS_3_2: &[&str] = &["query", "querystring", "header", "path", "cookie"];

/// Checks the fields of a parameter or header.
pub fn parameter(
    node: Node<'_>,
    has_place: bool,
    version: Version,
    found: &mut GroupedFindings<'_>,
) {
    either(node, "content", "schema", found);
    either(node, "example", "examples", found);
    let is_described = node.get("schema").or(node.get("content")).is_some();
    if !is_described && !found.is_reported(node, &["W0412"]) {
        let (object, field) = match (has_place, node.text("in")) {
            (true, Some("querystring")) => ("Parameter Object with `in: querystring`", "content"),
            (true, _) => ("Parameter Object", "schema` or `content"),
            (false, _) => ("Header Object", "schema` or `content"),
        };
        found.push(node, codes::missing_field(node, object, field));
    }
    if let Some(content) = node.get("content") {
        beside_content(node, version, found);
        if content.is_object() && content.members().count() != 1 {
            let what = "`content` of a parameter or a header must have exactly one media type";
            bad(content, what.to_owned(), found);
        }
    }
    if has_place {
        place(node, version, found);
    }
}

/// Reports fields that have no effect beside `content`, whose media type defines the serialization.
fn beside_content(node: Node<'_>, version: Version, found: &mut GroupedFindings<'_>) {
    let has_schema = node.get("schema").is_some();
    let of_schemas: &[&str] = match version {
        Version::V32 => &["style", "explode", "allowReserved"],
        _ => &["style", "explode", "allowReserved", "example", "examples"],
    };
    for key in of_schemas.iter().filter(|_| !has_schema) {
        either(node, key, "content", found);
    }
}

fn place(node: Node<'_>, version: Version, found: &mut GroupedFindings<'_>) {
    let Some(place) = node.get("in") else {
        return;
    };
    let places = match version {
        Version::V32 => LOCATIONS_3_2,
        _ => LOCATIONS,
    };
    word(place, "in", places, found);
    let name = place.as_str().unwrap_or_default();
    if name == "path" && node.get("required").and_then(Node::as_bool) != Some(true) {
        found.push(node, codes::optional_path_parameter(node));
    }
    if let (Some(style), Some(styles)) = (node.get("style"), styles(name, version)) {
        word(style, "style", styles, found);
    }
    if let Some(flag) = node.get("allowEmptyValue")
        && matches!(name, "path" | "header" | "cookie")
        && version > Version::V30
    {
        let message = "`allowEmptyValue` is allowed for query parameters only";
        bad(flag, message.to_owned(), found);
    }
    if let Some(schema) = node.get("schema")
        && name == "querystring"
    {
        let message = "a parameter with `in: querystring` must have `content` instead of `schema`";
        bad(schema, message.to_owned(), found);
    }
}

fn styles(place: &str, version: Version) -> Option<&'static [&'static str]> {
    match place {
        "path" => Some(&["matrix", "label", "simple"]),
        "query" => Some(&["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
        "header" => Some(&["simple"]),
        "cookie" if version == Version::V32 => Some(&["form", "cookie"]),
        "cookie" => Some(&["form"]),
        _ => None,
    }
}

/// Reports mutually exclusive parameters in the list of `node`.
pub fn listed<'t>(
    node: Node<'t>,
    version: Version,
    resolver: Resolver<'t>,
    found: &mut GroupedFindings<'_>,
) {
    let own = parameters(node, resolver);
    let mut first: HashMap<(&str, &str), Node<'t>> = HashMap::new();
    for (item, parameter) in &own {
        let Some((name, place)) = parameter.text("name").zip(parameter.text("in")) else {
            continue;
        };
        match first.get(&(name, place)) {
            None => {
                first.insert((name, place), *item);
            }
            Some(earlier) => {
                let finding = codes::duplicate_parameter(*item, *earlier, name, place);
                found.push(*item, finding);
            }
        }
    }
    if version == Version::V32 {
        // The parameters of an operation are combined with those of its path item.
        let around = node
            .parent()
            .filter(|item| item.get("get").is_some() || item.get("parameters").is_some());
        let inherited = around.map(|item| parameters(item, resolver));
        query_string(&own, &inherited.unwrap_or_default(), found);
    }
}

/// Returns the items of a parameter list with the resolved parameters.
fn parameters<'t>(node: Node<'t>, resolver: Resolver<'t>) -> Vec<(Node<'t>, Node<'t>)> {
    let items = node.get("parameters").into_iter().flat_map(Node::items);
    let mut discarded = Diagnostics::default();
    items
        .filter_map(|item| Some((item, resolver.follow(item, &mut discarded)?)))
        .collect()
}

/// Reports `query` and further `querystring` parameters beside a `querystring` one, which is the whole query string.
fn query_string<'t>(
    own: &[(Node<'t>, Node<'t>)],
    inherited: &[(Node<'t>, Node<'t>)],
    found: &mut GroupedFindings<'_>,
) {
    let place = |parameter: &Node<'t>| parameter.text("in").unwrap_or_default();
    let all = || inherited.iter().chain(own);
    let Some((whole, _)) = all().find(|(_, parameter)| place(parameter) == "querystring") else {
        return;
    };
    for (item, parameter) in all() {
        let is_other = item.id() != whole.id();
        // Conflicts within the path item are reported there.
        let is_new = own
            .iter()
            .any(|(own, _)| own.id() == item.id() || own.id() == whole.id());
        if is_other && is_new && matches!(place(parameter), "query" | "querystring") {
            found.push(*item, codes::beside_query_string(*item, *whole));
        }
    }
}
