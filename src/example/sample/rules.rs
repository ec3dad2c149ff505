//! Applies rules that require properties of a sample.

use super::pattern;
use super::scalar::limit;
use crate::example::validate;
use crate::ir::{Branch, Object, Property, Schema, TypeDef, Union};
use crate::pattern::pattern as compiled;
use serde_json::{Map, Value as Json};

/// Returns the branch that the tag of an invalid value selects.
pub fn by_tag(union: &Union, value: &Json) -> Option<usize> {
    let tag = value.get(union.tag.as_ref()?)?;
    let meant = |branch: &Branch| branch.tags.contains(tag);
    union.branches.iter().position(meant)
}

/// Returns the next property that a violated rule requires.
pub fn missing<'o>(def: &TypeDef, object: &'o Object, value: &Json) -> Option<&'o Property> {
    let map = value.as_object()?;
    let is_absent = |member: &&Property| !map.contains_key(&member.name) && !member.read_only;
    broken(&def.limits, value).find_map(|limit| match limit.0.as_str() {
        "minProperties" => object.members.iter().find(is_absent),
        _ => asked(limit, map).into_iter().find_map(|name| {
            let mut members = object.members.iter().filter(is_absent);
            members.find(|member| member.name == name)
        }),
    })
}

/// Returns the next name that a violated rule of a map requires.
pub fn missing_name(schema: &Schema, value: &Json) -> Option<String> {
    let map = value.as_object()?;
    let limits = schema.facts.as_ref().map_or(&[][..], |facts| &facts.limits);
    let mut names = broken(limits, value).flat_map(|limit| asked(limit, map));
    names
        .find(|name| !map.contains_key(*name))
        .map(str::to_owned)
}

fn broken<'l>(
    limits: &'l [(String, Json)],
    value: &Json,
) -> impl Iterator<Item = &'l (String, Json)> {
    limits
        .iter()
        .filter(move |limit| !validate::holds(limit, value))
}

/// Returns the names that a rule requires next to the existing ones.
fn asked<'l>((keyword, limit): &'l (String, Json), map: &Map<String, Json>) -> Vec<&'l str> {
    let listed = |names: &'l Json| {
        let names = names.as_array().into_iter().flatten();
        names.filter_map(Json::as_str)
    };
    match keyword.as_str() {
        // The first branch suffices.
        "anyOf" | "oneOf" => {
            let branch = limit.as_array().and_then(|branches| branches.first());
            let names = branch.and_then(|branch| branch.get("required"));
            names.into_iter().flat_map(listed).collect()
        }
        "dependentRequired" | "dependencies" => {
            let rules = limit.as_object().into_iter().flatten();
            let rules = rules.filter(|(name, _)| map.contains_key(*name));
            rules.flat_map(|(_, names)| listed(names)).collect()
        }
        _ => Vec::new(),
    }
}

/// Returns the name of a map entry that satisfies `propertyNames`.
pub fn key(schema: &Schema, index: usize) -> String {
    let rules = limit(schema, "propertyNames");
    let rule = |keyword: &str| rules.and_then(|rules| rules.get(keyword));
    let listed = rule("enum").and_then(Json::as_array);
    if let Some(name) = listed.and_then(|names| names.get(index)?.as_str()) {
        return name.to_owned();
    }
    let usual = match index {
        0 => "key".to_owned(),
        index => format!("key{}", index + 1),
    };
    let pattern = rule("pattern").and_then(Json::as_str);
    let fits = |pattern: &str| compiled(pattern).is_none_or(|known| known.is_match(&usual));
    match pattern.filter(|pattern| !fits(pattern)) {
        Some(pattern) => pattern::text(&[pattern], index + 1, usize::MAX).unwrap_or(usual),
        None => usual,
    }
}
