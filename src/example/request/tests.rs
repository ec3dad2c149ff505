use super::wire::{Payload, request};
use super::{ExampleRequest, all};
use crate::diag::Diagnostics;
use crate::ir::Api;
use crate::{load, pipeline};
use serde_json::{Value as Json, json};

/// Returns an API with this operation at `POST /a/{id}`, in flow style.
fn api(operation: &str) -> Api {
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n  /a/{{id}}:\n    post: {operation}\n"
    );
    let mut diagnostics = Diagnostics::default();
    let loaded = load::from_texts(&[("api.yaml", &text)], &mut diagnostics).unwrap();
    pipeline::api(&loaded, &Default::default(), &mut diagnostics).unwrap()
}

const ID: &str = "{name: id, in: path, required: true, schema: {type: string}}";

fn with_parameters(parameters: &str) -> (Api, ExampleRequest) {
    let api = api(&format!(
        "{{parameters: [{ID}, {parameters}], responses: {{'200': {{description: ok}}}}}}"
    ));
    let call = all(&api).remove(0);
    (api, call)
}

fn body(content: &str, required: bool) -> Option<Json> {
    let api = api(&format!(
        "{{parameters: [{ID}], requestBody: {{required: {required}, content: {content}}}, \
         responses: {{'200': {{description: ok}}}}}}"
    ));
    all(&api).remove(0).body.map(|body| body.value)
}

#[test]
fn the_first_and_the_last_optional_parameter_with_an_example_are_set() {
    let query = |name: &str, more: &str| {
        format!("{{name: {name}, in: query, schema: {{type: string{more}}}}}")
    };
    let parameters = [
        query("a", ""),
        query("b", ", example: x"),
        query("c", ", example: y"),
        query("d", ", example: z"),
    ];
    let (_, call) = with_parameters(&parameters.join(", "));
    let set = [
        Some(json!("abc123")),
        None,
        Some(json!("x")),
        None,
        Some(json!("z")),
    ];
    assert_eq!(call.parameters, set);
}

#[test]
fn an_example_that_is_not_valid_or_cannot_be_sent_is_not_used() {
    let (_, call) = with_parameters(
        "{name: n, in: query, required: true, example: many, schema: {type: integer, minimum: 3}}, \
         {name: X-A, in: header, required: true, example: 'ü', schema: {type: string}}",
    );
    assert_eq!(call.parameters[1..], [Some(json!(3)), Some(json!("X-A"))]);
}

#[test]
fn parameters_are_serialized_in_their_styles() {
    let (api, call) = with_parameters(
        "{name: a, in: query, required: true, explode: false, example: [x y, z], \
          schema: {type: array, items: {type: string}}}, \
         {name: f, in: query, required: true, style: deepObject, example: {k: 1}, \
          schema: {type: object, properties: {k: {type: integer}}}}, \
         {name: c, in: cookie, required: true, example: 5, schema: {type: integer}}",
    );
    let request = request(&api, &api.operations[0], &call);
    assert_eq!(request.path, "/a/abc123");
    assert_eq!(request.query, ["a=x%20y,z", "f%5Bk%5D=1"]);
    assert_eq!(request.cookies, ["c=5"]);
    assert_eq!(request.body, Payload::None);
}

#[test]
fn an_optional_body_is_sent_unless_it_is_empty() {
    let of = |schema: &str| format!("{{application/json: {{schema: {schema}}}}}");
    let nothing = of("{type: object, additionalProperties: {type: string}}");
    assert_eq!(body(&nothing, false), None);
    assert_eq!(body(&nothing, true), Some(json!({})));
    // One property is enough to show how the others are set.
    let optional = of("{type: object, properties: {a: {type: object}, b: {type: string}, c: {}}}");
    assert_eq!(body(&optional, false), Some(json!({"b": "b"})));
}

#[test]
fn json_takes_precedence_over_forms() {
    let both = "{application/x-www-form-urlencoded: {schema: {type: object, required: [f], \
                properties: {f: {type: string}}}}, application/json: {schema: {type: integer}}}";
    assert_eq!(body(both, true), Some(json!(1)));
    let range = "{'*/*': {schema: {type: object, required: [f], properties: {f: {type: string}}}}}";
    assert_eq!(body(range, true), Some(json!({"f": "f"})));
    let file = "{'*/*': {schema: {type: string, format: binary}}}";
    assert_eq!(body(file, true), Some(json!("data")));
}

#[test]
fn a_large_example_is_reduced_to_required_properties() {
    let members: Vec<String> = (0..20)
        .map(|n| format!("m{n}: {{type: integer}}"))
        .collect();
    let values: Vec<String> = (0..20).map(|n| format!("m{n}: {n}")).collect();
    let content = format!(
        "{{application/json: {{example: {{{}}}, schema: {{type: object, required: [m7], properties: {{{}}}}}}}}}",
        values.join(", "),
        members.join(", ")
    );
    assert_eq!(body(&content, true), Some(json!({"m7": 7})));
}
