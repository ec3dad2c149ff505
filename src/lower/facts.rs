//! Reads limits, defaults and examples of schemas.

use super::Lowering;
use super::merge::is_rule;
use super::plan::Declaration;
use crate::describe::rules;
use crate::diag::codes;
use crate::ir::Facts;
use crate::openapi::{self, Additional};
use crate::pattern;
use crate::tree::{Kind, Node};
use serde_json::Value as Json;
use std::collections::HashSet;

/// Keywords that limit a value, in the order in which docs list them.
const LIMITS: [&str; 12] = [
    "minimum",
    "exclusiveMinimum",
    "maximum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
];

/// Keywords that docs describe in sentences; see `describe::rules`.
const RULES: [&str; 12] = [
    "uniqueItems",
    "prefixItems",
    "contains",
    "unevaluatedItems",
    "propertyNames",
    "patternProperties",
    "dependentRequired",
    "dependentSchemas",
    "dependencies",
    "not",
    "contentEncoding",
    "contentMediaType",
];

impl<'t> Lowering<'t, '_> {
    /// Returns the keywords of a schema other than its type, if it has any.
    pub(super) fn facts(&mut self, schema: &openapi::Schema<'t>) -> Option<Facts> {
        let node = schema.node;
        let mut limits = self.limits(schema);
        if !schema.values.is_empty()
            && (schema.reference.is_some() || self.enumeration(schema).is_none())
        {
            let values = schema
                .values
                .iter()
                .map(|value| schema.value(*value))
                .collect();
            limits.push(("enum".to_owned(), values));
        }
        if let Some(node) = schema
            .reference
            .and_then(|_| schema.branches.first()?.parent())
            && !matches!(self.plan(schema), Declaration::Union(_))
        {
            let keyword = node.key().unwrap_or_default();
            self.diagnostics()
                .push(codes::unsupported_keyword(node, keyword));
        }
        let meant = |node: Node<'t>| match node.kind() {
            Kind::Array | Kind::Object => example(node),
            _ => schema.value(node),
        };
        let facts = Facts {
            default: node.get("default").map(|node| schema.value(node)),
            examples: examples_of(node).map(meant).collect(),
            limits,
            format: schema.format.map(str::to_owned),
        };
        (facts != Facts::default()).then_some(facts)
    }

    /// Reports a pattern that is too costly to check values against.
    fn check_pattern(&mut self, node: Node<'t>) {
        let Some(pattern) = node.get("pattern") else {
            return;
        };
        let Some(text) = pattern.as_str() else {
            return;
        };
        let single = ["example", "default"].into_iter();
        let lists = ["examples", "enum"].into_iter();
        let listed = lists.filter_map(|key| node.get(key)).flat_map(Node::items);
        let values = single.filter_map(|key| node.get(key)).chain(listed);
        let mut texts = values.filter_map(|value| Some((value, value.as_str()?)));
        let is_too_large = pattern::is_too_large(text);
        let unchecked =
            texts.find(|(_, value)| is_too_large || pattern::is_too_costly(text, value));
        if let Some((value, _)) = unchecked {
            self.diagnostics()
                .push(codes::costly_pattern(pattern, value));
        }
    }

    /// Returns the limits of a schema and its inline `allOf` branches.
    pub(super) fn limits(&mut self, schema: &openapi::Schema<'t>) -> Vec<(String, Json)> {
        self.check_pattern(schema.node);
        let mut found = limits(schema.node);
        if schema.is_tuple() {
            found.retain(|(keyword, _)| !matches!(keyword.as_str(), "minItems" | "maxItems"));
        }
        found.extend(self.rules(schema));
        let mut known: HashSet<(String, Json)> = match schema.all_of.is_empty() {
            true => HashSet::new(),
            false => found.iter().cloned().collect(),
        };
        for branch in &schema.all_of {
            let branch = self.read_schema(*branch);
            if branch.reference.is_none() {
                let limits = self.limits(&branch).into_iter();
                found.extend(limits.filter(|limit| known.insert(limit.clone())));
            }
        }
        found
    }

    fn rules(&mut self, schema: &openapi::Schema<'t>) -> Vec<(String, Json)> {
        let mut found = Vec::new();
        for keyword in RULES {
            let Some(node) = schema.node.get(keyword) else {
                continue;
            };
            if is_expressed_elsewhere(schema, keyword) {
                continue;
            }
            // Resolves the reference, because readers of the docs cannot.
            let described = match keyword {
                "propertyNames" | "not" => self.follow(node).unwrap_or(node),
                _ => node,
            };
            self.rule(node, keyword, described.to_json(), &mut found);
        }
        if let Some(node) = schema.node.get("if") {
            let parts = ["if", "then", "else"];
            let parts = parts.map(|key| Some((key.to_owned(), schema.node.get(key)?.to_json())));
            let value = Json::Object(parts.into_iter().flatten().collect());
            self.rule(node, "if", value, &mut found);
        }
        // Branches that do not form a union only restrict the schema.
        let branches = &schema.branches;
        if !branches.is_empty()
            && !self.is_only_null(schema)
            && (branches.iter().all(|branch| is_rule(*branch)) || self.branches(schema).is_empty())
        {
            for keyword in ["oneOf", "anyOf"] {
                if let Some(node) = schema.node.get(keyword) {
                    self.rule(node, keyword, node.to_json(), &mut found);
                }
            }
        }
        // A schema with both has to satisfy both; its type comes from `oneOf` alone.
        let one_of = schema
            .node
            .get("oneOf")
            .filter(|node| node.items().next().is_some());
        if let (Some(_), Some(node)) = (one_of, schema.node.get("anyOf"))
            && !found.iter().any(|(keyword, _)| keyword == "anyOf")
        {
            self.rule(node, "anyOf", node.to_json(), &mut found);
        }
        for keyword in ["contentSchema", "patternProperties"] {
            let raw = matches!(schema.additional, Additional::Allowed);
            if let Some(node) = schema
                .node
                .get(keyword)
                .filter(|_| keyword != "patternProperties" || raw)
            {
                self.diagnostics()
                    .push(codes::unsupported_keyword(node, keyword));
            }
        }
        found
    }

    /// Adds a rule if a sentence can describe it, else reports it.
    fn rule(
        &mut self,
        node: Node<'t>,
        keyword: &str,
        value: Json,
        found: &mut Vec<(String, Json)>,
    ) {
        match rules::sentence(keyword, &value) {
            None => self
                .diagnostics()
                .push(codes::unsupported_keyword(node, keyword)),
            Some(sentence) if sentence.is_empty() => {}
            Some(_) => found.push((keyword.to_owned(), value)),
        }
    }
}

/// Returns whether the type or another keyword already expresses or cancels the rule.
fn is_expressed_elsewhere(schema: &openapi::Schema<'_>, keyword: &str) -> bool {
    let node = schema.node;
    match keyword {
        "prefixItems" => schema.is_tuple(),
        "contentEncoding" => node.text(keyword) == Some("base64"),
        "contains" => {
            let least = node.get("minContains").and_then(Node::as_number);
            least.and_then(serde_json::Number::as_u64) == Some(0)
        }
        "patternProperties" => matches!(schema.additional, Additional::Allowed),
        _ => false,
    }
}

/// Returns the examples of a schema: `example`, the array `examples` of 3.1, and `x-example` of Swagger 2.0
/// parameters.
pub(super) fn examples(node: Node<'_>) -> Vec<Json> {
    examples_of(node).map(example).collect()
}

fn examples_of(node: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    let listed = node.get("examples").into_iter().flat_map(Node::items);
    ["example", "x-example"]
        .into_iter()
        .filter_map(move |key| node.get(key))
        .chain(listed)
}

/// Returns an example. A very large one is shortened, because generated examples only use its first items.
pub(super) fn example(node: Node<'_>) -> Json {
    const MOST: usize = 50_000;
    match is_larger(node, MOST) {
        true => shortened(node),
        false => node.to_json(),
    }
}

/// Returns whether a value has more than `most` parts.
fn is_larger(node: Node<'_>, most: usize) -> bool {
    let mut open = vec![node];
    let mut count = 0;
    while let Some(node) = open.pop() {
        count += 1;
        if count + open.len() > most {
            return true;
        }
        open.extend(node.members().map(|(_, part)| part).chain(node.items()));
    }
    false
}

/// Returns a value with only the first items of arrays and objects.
fn shortened(node: Node<'_>) -> Json {
    const ITEMS: usize = 3;
    const MEMBERS: usize = 1_000;
    match node.kind() {
        Kind::Array => node.items().take(ITEMS).map(shortened).collect(),
        Kind::Object => {
            let members = node.members().take(MEMBERS);
            let members = members.map(|(key, part)| (key.to_owned(), shortened(part)));
            Json::Object(members.collect())
        }
        _ => node.to_json(),
    }
}

fn limits(node: Node<'_>) -> Vec<(String, Json)> {
    let mut limits = Vec::new();
    for keyword in LIMITS {
        let Some(value) = node.get(keyword) else {
            continue;
        };
        match (keyword, value.as_bool()) {
            // OpenAPI 3.0 has a boolean next to the limit, 3.1 the limit itself.
            ("exclusiveMinimum", Some(exclusive)) => {
                exclude(&mut limits, "minimum", keyword, exclusive)
            }
            ("exclusiveMaximum", Some(exclusive)) => {
                exclude(&mut limits, "maximum", keyword, exclusive)
            }
            _ => limits.push((keyword.to_owned(), value.to_json())),
        }
    }
    limits
}

fn exclude(limits: &mut [(String, Json)], inclusive: &str, keyword: &str, exclusive: bool) {
    if let Some(limit) = limits
        .iter_mut()
        .find(|(name, _)| exclusive && name == inclusive)
    {
        limit.0 = keyword.to_owned();
    }
}

#[cfg(test)]
mod tests {
    use super::example;
    use crate::load;
    use serde_json::json;

    #[test]
    fn large_examples_are_shortened() {
        let shown = |count: usize| {
            let list = vec!["[1, 2, 3, 4]"; count].join(",");
            let text = format!(r#"{{"all": [{list}], "a": "b"}}"#);
            let loaded = load::from_texts(&[("x.json", &text)], &mut Default::default());
            let loaded = loaded.unwrap();
            example(loaded.tree.root(loaded.entry).unwrap())
        };
        assert_eq!(shown(9_000)["all"].as_array().unwrap().len(), 9_000);
        let item = json!([1, 2, 3]);
        assert_eq!(shown(11_000), json!({"all": [item, item, item], "a": "b"}));
    }
}
