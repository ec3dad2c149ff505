//! Schemes of pages as another generator's configuration describes them: once, for all calls that they fit.

use crate::config;
use crate::ir::{Api, passes};
use crate::tree::Node;
use serde_json::{Map, Value as Json};

/// A rule as `sdkgen.yaml` has it.
pub type Scheme = Map<String, Json>;

/// Reads a scheme; `None` where it is of no kind that sdkgen has.
///
/// Each property of its request and response says by a purpose what it is.
pub fn scheme(node: Node<'_>) -> Option<Scheme> {
    let mut scheme = Scheme::new();
    for (name, property) in node.get("request")?.members() {
        let key = match purpose(property).unwrap_or_default() {
            said if said.contains("cursor") => "cursor",
            said if said.contains("page_number") => "page",
            said if said.contains("offset") => "offset",
            _ => continue,
        };
        scheme.insert(key.to_owned(), name.into());
    }
    for (name, property) in node.get("response")?.members() {
        read(name, property, &mut scheme);
    }
    let begins = ["cursor", "page", "offset", "next_url"];
    begins
        .iter()
        .any(|key| scheme.contains_key(*key))
        .then_some(scheme)
}

/// A property of the response, by the dots that lead to it, and those within it.
fn read(path: &str, property: Node<'_>, scheme: &mut Scheme) {
    let key = match purpose(property).unwrap_or_default() {
        "items" => "items",
        said if said.contains("url") => "next_url",
        said if said.contains("next_cursor") => "next",
        said if said.contains("total") => "total",
        said if said.contains("has_next") || said.contains("has_more") => "more",
        _ => "",
    };
    if !key.is_empty() {
        scheme.insert(key.to_owned(), path.into());
    }
    // An item of the list may be what the next page is asked for with.
    let items = property
        .get("items")
        .and_then(|items| items.get("properties"));
    for (name, member) in items.into_iter().flat_map(Node::members) {
        if purpose(member).is_some_and(|said| said.contains("cursor")) {
            scheme.insert("last_item".to_owned(), name.into());
        }
    }
    let within = property
        .get("properties")
        .into_iter()
        .flat_map(Node::members);
    for (name, member) in within {
        read(&format!("{path}.{name}"), member, scheme);
    }
}

fn purpose(property: Node<'_>) -> Option<&str> {
    property
        .get("x-stainless-pagination-property")?
        .text("purpose")
}

/// The rule for each of these calls that a scheme fits: the first that does.
pub fn rules(api: &Api, schemes: &[Scheme], calls: &[String]) -> Map<String, Json> {
    let mut rules = Map::new();
    for id in api.operation_ids() {
        let operation = api.operation(id);
        let Some(call) = operation.names().find(|name| calls.contains(name)) else {
            continue;
        };
        let fits = |scheme: &&Scheme| {
            let wish = config::page_wish(Json::Object((*scheme).clone()));
            operation.method == "GET"
                && wish.is_some_and(|wish| passes::pages::fits(api, id, &wish))
        };
        if let Some(scheme) = schemes.iter().find(fits) {
            rules.insert(call, scheme.clone().into());
        }
    }
    rules
}
