use super::{Budget, Direction, Optional, SampleLabel, Sampler, fits, full, request};
use crate::diag::Diagnostics;
use crate::ir::{Api, Schema, SchemaKind};
use crate::{load, pipeline};
use serde_json::{Value as Json, json};

/// Returns an API with these lines under `components/schemas`.
fn api(schemas: &str) -> Api {
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{schemas}"
    );
    let mut diagnostics = Diagnostics::default();
    let loaded = load::from_texts(&[("api.yaml", &text)], &mut diagnostics).unwrap();
    pipeline::api(&loaded, &Default::default(), &mut diagnostics).unwrap()
}

/// Returns a schema that refers to the first type.
fn first(api: &Api) -> Schema {
    Schema::new(SchemaKind::Declared(api.type_ids().next().unwrap()))
}

fn least(schemas: &str) -> Json {
    let api = api(schemas);
    request(
        &api,
        &first(&api),
        &[],
        Optional::InExample,
        SampleLabel::default(),
    )
}

fn most(schemas: &str, way: Direction) -> Json {
    let api = api(schemas);
    full(&api, &first(&api), way)
}

const PET: &str = "    \
    Pet:
      type: object
      required: [name, kind, id]
      properties:
        id: {type: integer, readOnly: true, minimum: 7}
        name: {type: string}
        kind: {type: string, enum: [cat, dog]}
        secret: {type: string, writeOnly: true}
        born: {type: string, format: date}
";

#[test]
fn required_members_only() {
    assert_eq!(least(PET), json!({"name": "example", "kind": "cat"}));
}

#[test]
fn all_members_of_a_direction() {
    let request =
        json!({"name": "example", "kind": "cat", "secret": "secret", "born": "2026-01-31"});
    assert_eq!(most(PET, Direction::Request), request);
    let response = json!({"id": 7, "name": "example", "kind": "cat", "born": "2026-01-31"});
    assert_eq!(most(PET, Direction::Response), response);
}

#[test]
fn valid_examples_and_defaults_take_precedence() {
    let members = "    A:\n      type: object\n      required: [a, b, c]\n      properties:\n        \
        a: {type: string, example: x, default: y}\n        b: {type: integer, default: 50}\n        \
        c: {type: integer, example: no number}\n";
    assert_eq!(least(members), json!({"a": "x", "b": 50, "c": 1}));
    let whole = "    A:\n      type: object\n      properties: {a: {type: string}}\n      examples: [{a: z}]\n";
    assert_eq!(least(whole), json!({"a": "z"}));
}

#[test]
fn limits_are_kept() {
    let members = "    A:\n      type: object\n      required: [a, b, c, d, e]\n      properties:\n        \
        a: {type: integer, exclusiveMinimum: 10, multipleOf: 5}\n        \
        b: {type: integer, maximum: -3}\n        c: {type: number, maximum: 1}\n        \
        d: {type: string, minLength: 4, maxLength: 6}\n        \
        e: {type: array, minItems: 2, items: {type: boolean}}\n";
    let expected = json!({"a": 15, "b": -3, "c": 1, "d": "dxxx", "e": [true, true]});
    assert_eq!(least(members), expected);
}

#[test]
fn cycles_end() {
    let node = "    Node:\n      type: object\n      required: [children, next]\n      properties:\n        \
        children: {type: array, items: {$ref: '#/components/schemas/Node'}}\n        \
        next: {$ref: '#/components/schemas/Node'}\n        \
        other: {$ref: '#/components/schemas/Node'}\n";
    // No finite value has a `next` in every `next`, so it may be absent.
    assert_eq!(most(node, Direction::Response), json!({"children": []}));
    let union = "    U:\n      oneOf:\n        - {type: array, items: {$ref: '#/components/schemas/U'}}\n        \
        - {type: string}\n";
    assert_eq!(least(union), json!("string"));
}

#[test]
fn types_that_fan_out_stay_readable() {
    let mut schemas = String::new();
    for level in 0..12 {
        schemas.push_str(&format!(
            "    L{level}:\n      type: object\n      properties:\n"
        ));
        for member in 0..12 {
            let next = level + 1;
            schemas.push_str(&format!(
                "        m{member}: {{$ref: '#/components/schemas/L{next}'}}\n"
            ));
        }
    }
    schemas.push_str("    L12: {type: string}\n");
    let text = most(&schemas, Direction::Response).to_string();
    assert!(text.len() < 20_000, "{}", text.len());
}

#[test]
fn branches_carry_their_tag() {
    let union = "    U:\n      oneOf:\n        - {$ref: '#/components/schemas/Cat'}\n        \
        - {$ref: '#/components/schemas/Dog'}\n      discriminator: {propertyName: kind}\n    \
        Cat: {type: object, properties: {kind: {type: string}, lives: {type: integer}}}\n    \
        Dog: {type: object, properties: {kind: {type: string}}}\n";
    assert_eq!(least(union), json!({"kind": "Cat"}));
}

#[test]
fn optional_members_that_distinguish_a_branch_are_present() {
    let part = |name: &str, kind: &str| {
        format!(
            "    {name}: {{type: object, properties: {{kind: {{type: string}}, note: {{type: string}}, \
             value: {{type: {kind}}}}}}}\n"
        )
    };
    let parts = part("Text", "string") + &part("Flag", "boolean");
    let branches =
        "oneOf: [{$ref: '#/components/schemas/Text'}, {$ref: '#/components/schemas/Flag'}]";
    // Below the depth of optional properties.
    let mut deep = format!("{{{branches}}}");
    for _ in 0..5 {
        deep = format!("{{type: object, required: [in], properties: {{in: {deep}}}}}");
    }
    let value = least(&format!("    U: {deep}\n{parts}"));
    let inner = value.pointer("/in/in/in/in/in");
    assert_eq!(inner, Some(&json!({"value": "value"})));
    // `oneOf` does not take the discriminator into account.
    let tagged = format!("    U:\n      {branches}\n      discriminator: {{propertyName: kind}}\n");
    assert_eq!(
        least(&(tagged + &parts)),
        json!({"kind": "Text", "value": "value"})
    );
}

#[test]
fn rules_of_values_without_members_are_kept() {
    let cases = [
        ("{type: integer, multipleOf: 0.25}", json!(25)),
        ("{minProperties: 1}", json!({"key": {}})),
        ("{pattern: '^[a-z]$', example: hero}", json!("a")),
        ("{maximum: 0}", json!({})),
        ("{not: {type: object}}", json!("value")),
        ("{not: {type: [object, string, integer]}}", json!(true)),
        (
            "{not: {type: object, properties: {a: {type: string}}}}",
            json!("value"),
        ),
        (
            "{not: {properties: {a: {contains: {}}}, dependentSchemas: {}}}",
            json!({}),
        ),
        (
            "{not: {$ref: '#/components/schemas/Other'}}",
            json!("value"),
        ),
        (
            "{type: object, oneOf: [{required: [a, b]}, {required: [a, c]}]}",
            json!({"a": {}, "b": {}}),
        ),
    ];
    for (rules, expected) in cases {
        let schemas = format!(
            "    A: {{type: object, required: [value], properties: {{value: {rules}}}}}\n    \
             Other: {{type: object}}\n"
        );
        assert_eq!(least(&schemas), json!({"value": expected}), "{rules}");
    }
}

/// Returns a full sample of the first type, with the number of values and steps it took.
fn counted(schemas: &str) -> (Json, usize, usize) {
    let api = api(schemas);
    let schema = first(&api);
    let mut sampler = Sampler::new(&api, Direction::Request, Optional::All);
    let value = sampler.value(&schema, None, SampleLabel::default());
    let budget = Budget::of(&api);
    let (values, steps) = (
        budget.values - sampler.left.values,
        budget.steps - sampler.validator.left(),
    );
    (value, values, steps)
}

fn values(value: &Json) -> usize {
    1 + match value {
        Json::Array(items) => items.iter().map(values).sum(),
        Json::Object(members) => members.values().map(values).sum(),
        _ => 0,
    }
}

#[test]
fn nested_lists_do_not_multiply() {
    for (levels, least) in [(10, 3), (40, 3), (3, 1000), (2, 64)] {
        let mut items = "{type: string}".to_owned();
        for _ in 0..levels {
            items = format!("{{type: array, minItems: {least}, items: {items}}}");
        }
        let (value, made, _) = counted(&format!("    A: {items}\n"));
        assert!(
            values(&value) < 700,
            "{levels} × {least}: {}",
            values(&value)
        );
        assert!(made < 100, "{made}");
        assert_eq!(value[0].is_array(), levels > 1);
    }
    // A short list has all its required items.
    let (value, ..) = counted("    A: {type: array, minItems: 64, items: {type: string}}\n");
    assert_eq!(value.as_array().unwrap().len(), 64);
}

#[test]
fn required_members_do_not_multiply() {
    let mut schemas = String::new();
    for level in 0..4 {
        let names: Vec<String> = (0..50).map(|index| format!("m{index}")).collect();
        schemas.push_str(&format!(
            "    L{level}:\n      type: object\n      required: [{}]\n      properties:\n",
            names.join(", ")
        ));
        for name in names {
            let next = level + 1;
            schemas.push_str(&format!(
                "        {name}: {{$ref: '#/components/schemas/L{next}'}}\n"
            ));
        }
    }
    schemas.push_str("    L4: {type: string}\n");
    let (value, made, _) = counted(&schemas);
    assert!(made < 1_000, "{made}");
    assert!(fits(&value, 24 << 10));
}

#[test]
fn long_texts_do_not_multiply() {
    let long = "x".repeat(5_000);
    let mut members = String::new();
    for index in 0..100 {
        members.push_str(&format!(
            "        m{index}: {{$ref: '#/components/schemas/Text'}}\n"
        ));
    }
    for text in ["enum", "const", "example", "default"] {
        let said = match text {
            "enum" => format!("enum: [{long}]"),
            _ => format!("{text}: {long}"),
        };
        let schemas = format!(
            "    A:\n      type: object\n      properties:\n{members}    Text: {{type: string, {said}}}\n"
        );
        let (value, ..) = counted(&schemas);
        assert!(value.to_string().len() < 30_000, "{text}");
        assert_eq!(value["m0"], json!(long), "{text}");
    }
}

#[test]
fn cycles_of_unions_end() {
    for steps in [&[1, 2][..], &[1, 7], &[1, 2, 3, 5, 8]] {
        let mut schemas = String::new();
        let count = 40;
        for index in 0..count {
            let branches: Vec<String> = steps
                .iter()
                .map(|step| {
                    let next = (index + step) % count;
                    format!("{{$ref: '#/components/schemas/S{next}'}}")
                })
                .collect();
            schemas.push_str(&format!(
                "    S{index}: {{oneOf: [{}], discriminator: {{propertyName: kind}}}}\n",
                branches.join(", ")
            ));
        }
        let (_, made, steps) = counted(&schemas);
        assert!(made <= 10_000 && steps <= 100_000, "{made} {steps}");
    }
}

#[test]
fn given_values_are_validated_once_at_each_level() {
    let steps = |levels: usize| {
        let mut inner = "{type: array, items: {type: integer}}".to_owned();
        let mut value = json!(vec![1; 100]);
        for _ in 0..levels {
            inner = format!("{{type: object, properties: {{in: {inner}}}}}");
            value = json!({"in": value});
        }
        let (_, _, steps) = counted(
            &format!("    A: {inner}\n      example: {value}\n")
                .replace("}\n      example:", &format!(", example: {value}}}\n#")),
        );
        steps
    };
    let (some, more) = (steps(8), steps(16));
    assert!(more < some * 2 && more < 2_000, "{some} {more}");
}

#[test]
fn examples_keep_their_fractions() {
    let place = "    \
    Location:
      type: object
      required: [lat, lon, scale]
      properties:
        lat: {type: number, example: 52.5}
        lon: {type: number, example: -13.0}
        scale: {type: number, default: 0.25}
";
    let expected = json!({"lat": 52.5, "lon": -13, "scale": 0.25});
    assert_eq!(least(place), expected);
    assert_eq!(most(place, Direction::Request), expected);
}
