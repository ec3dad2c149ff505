//! Describes rules that no type expresses, as CommonMark: properties that require each other, further array
//! items, property names.

use super::{code, json};
use serde_json::{Map, Value as Json};

/// The maximum length of a schema in a sentence.
const SHOWN: usize = 80;

/// Describes a keyword in a sentence: empty if it restricts nothing, `None` if no short sentence describes it.
pub fn sentence(keyword: &str, value: &Json) -> Option<String> {
    match keyword {
        "uniqueItems" => Some(sentence_if(value == &Json::Bool(true), "Items are unique.")),
        "prefixItems" => places(value.as_array()?),
        "contains" => contains(value),
        "propertyNames" => names(value),
        "patternProperties" => patterns(value.as_object()?),
        "dependentRequired" | "dependentSchemas" | "dependencies" => dependent(value.as_object()?),
        "if" => condition(value.get("if")?, value.get("then"), value.get("else")),
        "not" => not(value),
        "anyOf" | "oneOf" => needed(value.as_array()?, keyword == "oneOf"),
        "contentMediaType" => Some(format!("The content is {}.", code(value.as_str()?))),
        "contentEncoding" => Some(format!("Encoded as {}.", code(value.as_str()?))),
        "unevaluatedItems" | "unevaluatedProperties" => value.as_bool().map(|_| String::new()),
        _ => None,
    }
}

fn condition(test: &Json, then: Option<&Json>, otherwise: Option<&Json>) -> Option<String> {
    let test = clause(test)?;
    let then = then.map(consequence).unwrap_or(Some(String::new()))?;
    let otherwise = otherwise.map(consequence).unwrap_or(Some(String::new()))?;
    Some(match (then.is_empty(), otherwise.is_empty()) {
        (true, true) => String::new(),
        (false, true) => format!("If {test}: {then}."),
        (true, false) => format!("Unless {test}: {otherwise}."),
        (false, false) => format!("If {test}: {then}; else: {otherwise}."),
    })
}

/// Describes branches that only require properties.
fn needed(branches: &[Json], one_only: bool) -> Option<String> {
    let names = |branch: &Json| {
        let required = branch.get("required")?.as_array()?;
        let names: Vec<String> = required.iter().filter_map(Json::as_str).map(code).collect();
        let says_more =
            assertions(branch.as_object()?).any(|(key, _)| key != "required" && key != "type");
        (!says_more && !names.is_empty()).then(|| names.join(" and "))
    };
    if branches
        .iter()
        .all(|branch| branch.get("type") == Some(&Json::from("null")))
    {
        return Some(String::new());
    }
    let choices: Option<Vec<String>> = branches.iter().map(names).collect();
    let choices = choices?;
    Some(match (&choices[..], one_only) {
        ([only], _) => format!("It has {only}."),
        (_, true) => format!("It has exactly one of: {}.", choices.join("; ")),
        (_, false) => format!("It has at least one of: {}.", choices.join("; ")),
    })
}

fn sentence_if(holds: bool, sentence: &str) -> String {
    if holds {
        sentence.to_owned()
    } else {
        String::new()
    }
}

fn places(places: &[Json]) -> Option<String> {
    let words: Option<Vec<String>> = places.iter().map(words).collect();
    Some(format!("The first items, in order: {}.", words?.join(", ")))
}

fn contains(schema: &Json) -> Option<String> {
    match schema {
        Json::Bool(true) => Some("At least one item.".to_owned()),
        schema => Some(format!("At least one item is {}.", words(schema)?)),
    }
}

/// Describes a schema in a few words, or prints it if it is short.
fn words(schema: &Json) -> Option<String> {
    let Json::Object(members) = schema else {
        return (schema == &Json::Bool(true)).then(|| "any value".to_owned());
    };
    if let Some(reference) = members.get("$ref").and_then(Json::as_str) {
        let name = reference.rsplit(['/', '#']).next().unwrap_or(reference);
        return Some(code(name));
    }
    let assertions: Vec<(&String, &Json)> = assertions(members).collect();
    match assertions[..] {
        [] => Some("any value".to_owned()),
        [(key, value)] if key == "const" => Some(json(value)),
        [(key, Json::String(name))] if key == "type" => Some(typed(name)),
        [(key, Json::Array(values))] if key == "enum" => Some(listed(values)),
        _ => {
            let text: Map<String, Json> = assertions
                .into_iter()
                .map(|(key, value)| (key.clone(), value.clone()))
                .collect();
            let text = Json::Object(text).to_string();
            (text.len() <= SHOWN).then(|| format!("valid for {}", code(&text)))
        }
    }
}

/// Returns the keywords that are neither documentation nor examples.
fn assertions(members: &Map<String, Json>) -> impl Iterator<Item = (&String, &Json)> {
    let prose = [
        "title",
        "description",
        "example",
        "examples",
        "$comment",
        "default",
        "deprecated",
    ];
    members
        .iter()
        .filter(move |(key, _)| !prose.contains(&key.as_str()) && !key.starts_with("x-"))
}

fn typed(name: &str) -> String {
    match name {
        "null" => "null".to_owned(),
        "array" | "integer" | "object" => format!("an {name}"),
        _ => format!("a {name}"),
    }
}

fn listed(values: &[Json]) -> String {
    let values: Vec<String> = values.iter().take(12).map(json).collect();
    format!("one of {}", values.join(", "))
}

fn names(schema: &Json) -> Option<String> {
    let Json::Object(members) = schema else {
        return Some(sentence_if(
            schema == &Json::Bool(false),
            "It has no properties.",
        ));
    };
    let mut sentences = Vec::new();
    for (key, value) in assertions(members) {
        sentences.push(match (key.as_str(), value) {
            ("type", _) => continue,
            ("pattern", Json::String(pattern)) => format!("Names match {}.", code(pattern)),
            ("format", Json::String(format)) => {
                format!("Names have the format {}.", code(format))
            }
            ("enum", Json::Array(values)) => format!("Names are {}.", listed(values)),
            ("const", value) => format!("The only name is {}.", json(value)),
            ("minLength", value) => format!("Names have at least {value} characters."),
            ("maxLength", value) => format!("Names have at most {value} characters."),
            _ => return None,
        });
    }
    Some(sentences.join(" "))
}

fn patterns(patterns: &Map<String, Json>) -> Option<String> {
    let value = |(pattern, schema): (&String, &Json)| {
        let value = match schema {
            Json::Bool(false) => "no value".to_owned(),
            schema => words(schema)?,
        };
        Some(format!("{}, {value}", code(pattern)))
    };
    let values: Option<Vec<String>> = patterns.iter().map(value).collect();
    Some(match values?.join("; ") {
        values if values.is_empty() => values,
        values => format!("Properties whose names match a pattern: {values}."),
    })
}

fn dependent(rules: &Map<String, Json>) -> Option<String> {
    let mut sentences = Vec::new();
    for (name, rule) in rules {
        let then = match rule {
            Json::Array(names) => required(names)?,
            rule => consequence(rule)?,
        };
        if !then.is_empty() {
            sentences.push(format!("With {}: {then}.", code(name)));
        }
    }
    Some(sentences.join(" "))
}

/// Describes what holds under a condition. Properties that are only described belong to the type.
fn consequence(schema: &Json) -> Option<String> {
    let Json::Object(members) = schema else {
        return (schema == &Json::Bool(true)).then(String::new);
    };
    let mut parts = Vec::new();
    for (key, value) in assertions(members) {
        match (key.as_str(), value) {
            ("type", Json::String(name)) if name == "object" => {}
            ("required", Json::Array(names)) => parts.push(required(names)?),
            ("properties", Json::Object(properties)) => {
                let values = properties
                    .iter()
                    .filter_map(|(name, schema)| exact(name, schema));
                parts.extend(values);
            }
            _ => return None,
        }
    }
    parts.retain(|part| !part.is_empty());
    Some(parts.join(", "))
}

fn required(names: &[Json]) -> Option<String> {
    let names: Option<Vec<String>> = names.iter().map(|name| name.as_str().map(code)).collect();
    Some(match &names?[..] {
        [] => String::new(),
        [only] => format!("{only} is required"),
        [others @ .., last] => format!("{} and {last} are required", others.join(", ")),
    })
}

/// Describes the values that a property is limited to.
fn exact(name: &str, schema: &Json) -> Option<String> {
    if let Some(value) = schema.get("const") {
        return Some(format!("{} is {}", code(name), json(value)));
    }
    match schema
        .get("enum")
        .and_then(Json::as_array)
        .map(Vec::as_slice)
    {
        Some([only]) => Some(format!("{} is {}", code(name), json(only))),
        Some(values) => Some(format!("{} is {}", code(name), listed(values))),
        None => None,
    }
}

/// Describes a condition on the properties of an object: which are present, and with which values.
fn clause(schema: &Json) -> Option<String> {
    let mut parts = Vec::new();
    let members = schema.as_object()?;
    let empty = Map::new();
    let properties = match members.get("properties") {
        Some(properties) => properties.as_object()?,
        None => &empty,
    };
    for (name, schema) in properties {
        match exact(name, schema) {
            Some(part) => parts.push(part),
            None if assertions(schema.as_object()?).next().is_none() => {}
            None => return None,
        }
    }
    for name in members
        .get("required")
        .and_then(Json::as_array)
        .into_iter()
        .flatten()
    {
        let name = name.as_str()?;
        if properties
            .get(name)
            .is_none_or(|schema| exact(name, schema).is_none())
        {
            parts.push(format!("{} is present", code(name)));
        }
    }
    let known = |key: &str| matches!(key, "type" | "properties" | "required");
    let all = assertions(members).all(|(key, _)| known(key));
    (all && !parts.is_empty()).then(|| parts.join(" and "))
}

fn not(schema: &Json) -> Option<String> {
    let members = schema.as_object()?;
    let assertions: Vec<(&String, &Json)> = assertions(members).collect();
    match assertions[..] {
        [(key, Json::Array(names))] if key == "required" => {
            let names: Option<Vec<String>> =
                names.iter().map(|name| name.as_str().map(code)).collect();
            match &names?[..] {
                [] => None,
                [only] => Some(format!("{only} is never present.")),
                names => Some(format!("Never together: {}.", names.join(", "))),
            }
        }
        [(key, Json::Array(branches))] if key == "anyOf" || key == "oneOf" => {
            let sentences: Option<Vec<String>> = branches.iter().map(not).collect();
            Some(sentences?.join(" "))
        }
        [] => None,
        _ => Some(format!("Never {}.", words(schema)?)),
    }
}

#[cfg(test)]
mod tests {
    use super::{condition, sentence};
    use serde_json::{Value as Json, json};

    #[test]
    fn rules_read_as_prose() {
        let cases = [
            ("uniqueItems", json!(true), "Items are unique."),
            ("uniqueItems", json!(false), ""),
            (
                "prefixItems",
                json!([{"type": "string"}, {"$ref": "#/components/schemas/Pet"}, true]),
                "The first items, in order: a string, `Pet`, any value.",
            ),
            ("contains", json!({"const": 7}), "At least one item is `7`."),
            (
                "contains",
                json!({"type": "integer", "minimum": 3}),
                "At least one item is valid for `{\"type\":\"integer\",\"minimum\":3}`.",
            ),
            ("propertyNames", json!({"type": "string"}), ""),
            (
                "propertyNames",
                json!({"enum": ["a", "b"]}),
                "Names are one of `\"a\"`, `\"b\"`.",
            ),
            (
                "propertyNames",
                json!({"pattern": "^x", "maxLength": 5}),
                "Names match `^x`. Names have at most 5 characters.",
            ),
            (
                "patternProperties",
                json!({"^a": {"type": "integer"}, "^b": {}}),
                "Properties whose names match a pattern: `^a`, an integer; `^b`, any value.",
            ),
            (
                "dependentRequired",
                json!({"card": ["owner", "zip"], "a": ["b"]}),
                "With `card`: `owner` and `zip` are required. With `a`: `b` is required.",
            ),
            (
                "dependentSchemas",
                json!({"card": {"properties": {"zip": {}}, "required": ["zip"]}}),
                "With `card`: `zip` is required.",
            ),
            (
                "not",
                json!({"required": ["a", "b"]}),
                "Never together: `a`, `b`.",
            ),
            ("not", json!({"const": "root"}), "Never `\"root\"`."),
            ("not", json!({"type": "integer"}), "Never an integer."),
            (
                "not",
                json!({"anyOf": [{"required": ["a"]}, {"type": "null"}]}),
                "`a` is never present. Never null.",
            ),
        ];
        for (keyword, value, expected) in cases {
            assert_eq!(
                sentence(keyword, &value).as_deref(),
                Some(expected),
                "{keyword} {value}"
            );
        }
    }

    #[test]
    fn long_rules_are_not_described() {
        let long = json!({"allOf": ["x".repeat(100)]});
        for keyword in ["not", "contains", "propertyNames", "if", "dependentSchemas"] {
            assert_eq!(sentence(keyword, &json!({"a": long})), None, "{keyword}");
        }
        assert_eq!(sentence("not", &Json::Null), None);
    }

    #[test]
    fn conditions_read_as_prose() {
        let test = json!({"properties": {"kind": {"const": "card"}}, "required": ["kind"]});
        let then = json!({"required": ["number"], "properties": {"number": {"type": "string"}}});
        assert_eq!(
            condition(&test, Some(&then), None).unwrap(),
            "If `kind` is `\"card\"`: `number` is required."
        );
        assert_eq!(
            condition(
                &json!({"required": ["a"]}),
                None,
                Some(&json!({"required": ["b", "c"]}))
            )
            .unwrap(),
            "Unless `a` is present: `b` and `c` are required."
        );
        assert_eq!(
            condition(&json!({"minProperties": 1}), Some(&then), None),
            None
        );
    }
}
