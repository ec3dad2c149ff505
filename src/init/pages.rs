//! Reads the pagination schemes of a Stainless configuration, each of which applies to all operations that it fits.

use crate::config;
use crate::ir::Api;
use crate::passes;
use crate::tree::Node;
use serde_json::{Map, Value as Json};

/// A pagination rule of `sdkgen.yaml`.
pub type PaginationScheme = Map<String, Json>;

/// Reads a scheme. Returns a message if sdkgen does not support it.
///
/// Each property of its request and response declares a purpose, or is recognized by its name.
pub fn scheme(node: Node<'_>) -> Result<PaginationScheme, &'static str> {
    let mut scheme = PaginationScheme::new();
    let properties = |key: &str| node.get(key).into_iter().flat_map(Node::members);
    for (name, property) in properties("request") {
        if let Some(key) = request_key(purpose(property), name)
            && !is_known(&scheme, key, property)
        {
            scheme.insert(key.to_owned(), name.into());
        }
    }
    for (name, property) in properties("response") {
        read(name, property, &mut scheme)?;
    }
    if scheme.contains_key("next_url") {
        // The URL contains all parameters of the next request.
        scheme.retain(|key, _| matches!(key.as_str(), "next_url" | "items" | "more"));
    }
    let is_counted = scheme.contains_key("page") || scheme.contains_key("offset");
    if scheme.contains_key("more") || !is_counted {
        scheme.remove("total");
    }
    match config::pagination_hint(Json::Object(scheme.clone())) {
        Some(_) => Ok(scheme),
        None => Err("this kind of pagination is not supported"),
    }
}

/// Returns the key for a property of the request, by its purpose or else by its name.
fn request_key(purpose: Option<&str>, name: &str) -> Option<&'static str> {
    match purpose {
        Some("next_cursor_param" | "next_cursor_id_param") => Some("cursor"),
        Some("page_number_param") => Some("page"),
        Some("offset_count_param") => Some("offset"),
        Some(_) => None,
        None => match name {
            "cursor" | "after" | "next_cursor" | "page_token" | "starting_after" => Some("cursor"),
            "page" | "page_number" => Some("page"),
            "offset" | "skip" => Some("offset"),
            _ => None,
        },
    }
}

/// Returns whether the key is set and the property is only recognized by its name.
fn is_known(scheme: &PaginationScheme, key: &str, property: Node<'_>) -> bool {
    scheme.contains_key(key) && purpose(property).is_none()
}

/// Reads a property of the response, and the properties in it. `path` is separated by dots.
fn read(path: &str, property: Node<'_>, scheme: &mut PaginationScheme) -> Result<(), &'static str> {
    let about = property.get("x-stainless-pagination-property");
    if about.and_then(|about| about.get("from_header")).is_some() {
        return Err("pagination in a header is not supported");
    }
    let is_all = about.and_then(|about| about.get("is_top_level_array"));
    let is_all = is_all.and_then(Node::as_bool) == Some(true);
    if let Some(key) = response_key(purpose(property), path, property).filter(|_| !is_all)
        && !is_known(scheme, key, property)
    {
        scheme.insert(key.to_owned(), path.into());
    }
    // A property of the last item may be the cursor.
    let items = property
        .get("items")
        .and_then(|items| items.get("properties"));
    for (name, member) in items.into_iter().flat_map(Node::members) {
        if purpose(member).is_some_and(|purpose| purpose.contains("cursor")) {
            scheme.insert("last_item".to_owned(), name.into());
        }
    }
    let within = property.get("properties");
    for (name, member) in within.into_iter().flat_map(Node::members) {
        read(&format!("{path}.{name}"), member, scheme)?;
    }
    Ok(())
}

/// Returns the key for a property of the response, by its purpose or else by its name and type.
fn response_key(purpose: Option<&str>, path: &str, property: Node<'_>) -> Option<&'static str> {
    match purpose {
        Some("items") => Some("items"),
        Some("next_cursor_field") => Some("next"),
        Some("cursor_url_field") => Some("next_url"),
        Some("total_page_count_field" | "offset_total_count_field") => Some("total"),
        Some("has_next_page") => Some("more"),
        Some(_) => None,
        None => match (path.rsplit('.').next()?, property.text("type")) {
            (_, Some("array")) => Some("items"),
            ("next_cursor" | "next_page_token", Some("string")) => Some("next"),
            ("has_more" | "has_next_page", Some("boolean")) => Some("more"),
            _ => None,
        },
    }
}

fn purpose(property: Node<'_>) -> Option<&str> {
    property
        .get("x-stainless-pagination-property")?
        .text("purpose")
}

/// Returns the rule for each of these operations: the first scheme that fits.
pub fn rules(api: &Api, schemes: &[PaginationScheme], calls: &[String]) -> Map<String, Json> {
    let mut rules = Map::new();
    for id in api.operation_ids() {
        let operation = api.operation(id);
        let Some(call) = operation.names().find(|name| calls.contains(name)) else {
            continue;
        };
        let fits = |scheme: &&PaginationScheme| {
            let hint = config::pagination_hint(Json::Object((*scheme).clone()));
            operation.method == "GET"
                && hint.is_some_and(|hint| passes::pagination::fits(api, id, &hint))
        };
        if let Some(scheme) = schemes.iter().find(fits) {
            rules.insert(call, scheme.clone().into());
        }
    }
    rules
}
