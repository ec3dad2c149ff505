//! Reads extensions of other generators: names, groups, pagination and ignored operations.
//!
//! | here | Fern | Speakeasy |
//! | --- | --- | --- |
//! | name of a method | `x-fern-sdk-method-name` | `x-speakeasy-name-override`, also for many at the root |
//! | group of an operation | `x-fern-sdk-group-name` | `x-speakeasy-group` |
//! | name of a type | `x-fern-type-name` | `x-speakeasy-name-override` |
//! | name of a property | `x-fern-property-name` | `x-speakeasy-name-override` |
//! | name of a parameter | `x-fern-parameter-name` | `x-speakeasy-name-override` |
//! | name of a server | `x-fern-server-name` | `x-speakeasy-server-id` |
//! | names and docs of values | `x-fern-enum` | `x-speakeasy-enums`, `x-speakeasy-enum-descriptions` |
//! | ignored operation | `x-fern-ignore` | `x-speakeasy-ignore` |
//! | pagination | `x-fern-pagination` | `x-speakeasy-pagination` |
//! | idempotency | `x-fern-idempotent`, `x-fern-idempotency-headers` | `x-speakeasy-retries` |
//!
//! Of Stainless, only `x-stainless-param` is read, the name of a parameter. `sdkgen init` reads its configuration.
//!
//! The configuration overrides extensions, and extensions override detection. Extensions that are not or only
//! partly supported are reported.

mod pages;
mod unknown;

pub use pages::pages;
pub use unknown::report_unknown;

use super::Reader;
use crate::diag::codes;
use crate::ir::DeclaredIdempotency;
use crate::tree::Node;
use regex::{Regex, RegexBuilder};

pub const METHOD: &[&str] = &["x-fern-sdk-method-name", "x-speakeasy-name-override"];
pub const TYPE: &[&str] = &["x-fern-type-name", "x-speakeasy-name-override"];
pub const MEMBER: &[&str] = &["x-fern-property-name", "x-speakeasy-name-override"];
pub const PARAMETER: &[&str] = &[
    "x-fern-parameter-name",
    "x-speakeasy-name-override",
    "x-stainless-param",
];
pub const SERVER: &[&str] = &["x-fern-server-name", "x-speakeasy-server-id"];
const GROUP: [&str; 2] = ["x-fern-sdk-group-name", "x-speakeasy-group"];
const IGNORE: [&str; 2] = ["x-fern-ignore", "x-speakeasy-ignore"];
const RETRIES: [&str; 2] = ["x-speakeasy-retries", "x-fern-retries"];

/// Returns the name that one of these extensions specifies.
pub fn name(node: Node<'_>, keys: &[&str], reader: &mut Reader<'_>) -> Option<String> {
    keys.iter().find_map(|key| reader.prose(node, key))
}

/// Returns the group of an operation. A list is a path of nested groups, joined by spaces.
pub fn group(node: Node<'_>, reader: &mut Reader<'_>) -> Option<String> {
    let of = |key: &&str| match node.get(key)?.items().len() {
        0 => reader.prose(node, key),
        _ => Some(reader.strings(node, key).join(" ")),
    };
    GROUP.iter().find_map(of)
}

/// Returns the extension that ignores an operation or path, if it is set.
pub fn ignored(node: Node<'_>) -> Option<Node<'_>> {
    let is_set = |found: &Node<'_>| {
        let text = found.as_str();
        found.as_bool() == Some(true) || text.is_some_and(|text| text.eq_ignore_ascii_case("true"))
    };
    let mut found = IGNORE.iter().filter_map(|key| node.get(key));
    found.find(is_set)
}

/// Reports an ignored part of a type, which is generated anyway.
pub fn report_ignored(node: Node<'_>, reader: &mut Reader<'_>) {
    if let Some(found) = ignored(node) {
        let why =
            "sdkgen supports it on operations and paths only, and generates this part of the type";
        reader
            .diagnostics
            .push(codes::unsupported_extension(found, why));
    }
}

/// Returns the name and description of each value of an enumeration.
pub fn values(node: Node<'_>, values: &[Node<'_>]) -> Vec<(Option<String>, Option<String>)> {
    let text = |node: Option<Node<'_>>| node?.as_str().map(str::to_owned);
    // An array is matched by position, an object by value.
    let entry = |key: &str, index: usize, value: &Node<'_>| {
        let hints = node.get(key)?;
        let by_value = || match value.as_str() {
            Some(text) => hints.get(text),
            None => hints.get(&value.to_json().to_string()),
        };
        hints.item(index).or_else(by_value)
    };
    let of = |(index, value): (usize, &Node<'_>)| {
        let fern = entry("x-fern-enum", index, value);
        let name = text(fern.and_then(|fern| fern.get("name")));
        let description = text(fern.and_then(|fern| fern.get("description")));
        let name = name.or_else(|| text(entry("x-speakeasy-enums", index, value)));
        let other = || text(entry("x-speakeasy-enum-descriptions", index, value));
        (name, description.or_else(other))
    };
    values.iter().enumerate().map(of).collect()
}

/// The extensions of the document that apply to all operations.
#[derive(Debug)]
pub struct Shared<'t> {
    /// Method names, by a pattern for the `operationId`.
    names: Vec<(Regex, String)>,
    /// The pagination that `x-fern-pagination: true` of an operation refers to.
    pub(super) pages: Option<Node<'t>>,
    /// The header of the idempotency key.
    key: Option<String>,
}

impl<'t> Shared<'t> {
    pub fn read(root: Node<'t>, reader: &mut Reader<'_>) -> Self {
        for found in RETRIES.iter().filter_map(|key| root.get(key)) {
            let why = "sdkgen supports it on single operations only, because not all operations are safe to retry";
            reader
                .diagnostics
                .push(codes::unsupported_extension(found, why));
        }
        let mut names = Vec::new();
        for rule in root
            .get("x-speakeasy-name-override")
            .into_iter()
            .flat_map(Node::items)
        {
            let (Some(pattern), Some(name)) =
                (rule.text("operationId"), rule.text("methodNameOverride"))
            else {
                let why = "it has no `operationId` or no `methodNameOverride`";
                reader
                    .diagnostics
                    .push(codes::unsupported_extension(rule, why));
                continue;
            };
            // Limits the size, because each pattern is matched against each operation.
            let compiled = RegexBuilder::new(pattern)
                .size_limit(1 << 18)
                .dfa_size_limit(1 << 18)
                .build();
            match compiled {
                Ok(pattern) => names.push((pattern, name.to_owned())),
                Err(error) => {
                    let why = match error {
                        regex::Error::CompiledTooBig(_) => {
                            "its `operationId` is too large a pattern"
                        }
                        _ => "its `operationId` is not a regular expression",
                    };
                    reader
                        .diagnostics
                        .push(codes::unsupported_extension(rule, why));
                }
            }
        }
        let headers = root.get("x-fern-idempotency-headers");
        let mut headers = headers.into_iter().flat_map(Node::items);
        Shared {
            names,
            pages: root.get("x-fern-pagination"),
            key: headers.find_map(|header| header.text("header").map(str::to_owned)),
        }
    }

    /// Returns the method name for an operation that has none of its own.
    pub fn method(&self, id: &str) -> Option<&str> {
        let mut names = self.names.iter();
        let found = names.find(|(pattern, _)| pattern.is_match(id));
        found.map(|(_, name)| &**name)
    }

    /// Returns the idempotency that an operation declares.
    pub fn repeat(&self, node: Node<'_>, reader: &mut Reader<'_>) -> Option<DeclaredIdempotency> {
        if let Some(found) = node.get("x-fern-retries") {
            let why = "callers disable retries on the client's builder, or for a single request";
            reader
                .diagnostics
                .push(codes::unsupported_extension(found, why));
        }
        if reader.flag(node, "x-fern-idempotent") == Some(true) {
            return Some(match &self.key {
                Some(header) => DeclaredIdempotency::ByKey(header.clone()),
                None => DeclaredIdempotency::AsItIs,
            });
        }
        let retries = node.get("x-speakeasy-retries")?;
        if retries.text("strategy") == Some("backoff") {
            return Some(DeclaredIdempotency::AsItIs);
        }
        let why = "callers disable retries on the client's builder, or for a single request";
        reader
            .diagnostics
            .push(codes::unsupported_extension(retries, why));
        None
    }
}
