//! What rules of a type ask of its samples.

use super::pattern;
use super::scalar::limit;
use crate::ir::{Branch, Member, Object, Schema, TypeDef, Union, valid};
use serde_json::{Map, Value as Json};

/// The branch that the tag of a value means, where it is not valid for it.
pub fn by_tag(union: &Union, value: &Json) -> Option<usize> {
    let tag = value.get(union.tag.as_ref()?)?;
    let meant = |branch: &Branch| branch.tags.contains(tag);
    union.branches.iter().position(meant)
}

/// The next member that a rule of the type asks for, where the members that are there do not keep to it.
pub fn missing<'o>(
    def: &TypeDef,
    object: &'o Object,
    map: &Map<String, Json>,
) -> Option<&'o Member> {
    let absent = |name: &str| {
        let mut members = object.members.iter();
        members.find(|member| member.name == name && !map.contains_key(name) && !member.read_only)
    };
    let first = |names: Option<&Json>| {
        let names = names.and_then(Json::as_array).into_iter().flatten();
        names.filter_map(Json::as_str).find_map(absent)
    };
    let broken = |limit: &&(String, Json)| !valid::holds(limit, &Json::Object(map.clone()));
    let mut limits = def.limits.iter().filter(broken);
    limits.find_map(|(keyword, limit)| match keyword.as_str() {
        "minProperties" => object
            .members
            .iter()
            .find_map(|member| absent(&member.name)),
        // One of the branches will do: the first.
        "anyOf" | "oneOf" => {
            let branch = limit.as_array()?.first()?;
            first(branch.get("required"))
        }
        "dependentRequired" | "dependencies" => limit
            .as_object()?
            .iter()
            .find_map(|(name, names)| map.contains_key(name).then(|| first(Some(names))).flatten()),
        _ => None,
    })
}

/// The name of a map's member, by the rule that names keep to where there is one.
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
    let fits = |pattern: &str| valid::pattern(pattern).is_none_or(|known| known.is_match(&usual));
    match pattern.filter(|pattern| !fits(pattern)) {
        Some(pattern) => pattern::text(&[pattern], index + 1, usize::MAX).unwrap_or(usual),
        None => usual,
    }
}
