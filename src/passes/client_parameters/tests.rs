//! Tests which parameters the client sets.

use crate::config::{Overrides, Settings};
use crate::diag::Diagnostics;
use crate::{load, pipeline};
use std::path::Path;

/// Returns the client parameters of a document whose operations have these parameters: `name = default`, with `!` if
/// an operation needs a value.
fn found(operations: &[&str]) -> String {
    let mut text = String::from(
        "openapi: 3.1.0\ninfo: {title: T, version: '1'}\nservers: [{url: https://h}]\npaths:\n",
    );
    for (index, parameters) in operations.iter().enumerate() {
        text.push_str(&format!(
            "  /{index}: {{post: {{operationId: o{index}, parameters: [{parameters}], \
             responses: {{'204': {{description: D}}}}}}}}\n"
        ));
    }
    let given = Overrides {
        spec: Some("api.yaml".into()),
        ..Overrides::default()
    };
    let settings = Settings::from_file(Path::new("sdkgen.yaml"), "", given).unwrap();
    let mut diagnostics = Diagnostics::default();
    let loaded = load::from_texts(&[("api.yaml", &text)], &mut diagnostics).expect(&text);
    let job = settings.settle(&loaded);
    let api = pipeline::api(&loaded, &job.options, &mut diagnostics).expect(&text);
    let notes = diagnostics.iter().filter(|it| it.code == "N0469").count();
    assert_eq!(notes, api.client_parameters.len(), "{text}");
    let line = |(index, parameter): (usize, &crate::ir::ClientParameter)| {
        let parameters = api.operations.iter().flat_map(|it| &it.parameters);
        let own = || parameters.clone().filter(|it| it.shared == Some(index));
        let defaults = own().filter_map(|it| api.default_of_shared(it));
        let defaults: Vec<String> = defaults.map(|it| crate::ir::scalar_text(&it)).collect();
        let needs = if own().any(|it| api.needs_shared(it)) {
            "!"
        } else {
            ""
        };
        format!("{}{needs} = {}", parameter.name, defaults.join(" "))
    };
    let lines = api.client_parameters.iter().enumerate().map(line);
    lines.collect::<Vec<_>>().join("; ")
}

#[test]
fn shared_parameters_are_found() {
    let version = "{name: V, in: header, schema: {type: string}}";
    let required = "{name: v, in: header, required: true, schema: {type: string, default: a}}";
    let single = "{name: v, in: header, required: true, schema: {type: string, enum: [b]}}";
    let number = "{name: v, in: header, schema: {type: integer}}";
    let list = "{name: v, in: header, schema: {type: array, items: {type: string}}}";
    let none = "";
    let table: [(&[&str], &str); 9] = [
        (&[version; 3], "V = "),
        (&[version; 2], ""),
        (&[version, version, version, version, none], "V = "),
        (&[version, version, version, none], ""),
        // An operation requires it, so defaults are sent; one without a default needs a value only if it is required.
        (&[version, required, single], "V = a b"),
        (&[single; 3], "v = b b b"),
        (&[version, version, number], ""),
        (&[number; 3], "v = "),
        (&[list; 3], ""),
    ];
    for (operations, expected) in table {
        assert_eq!(found(operations), expected, "{operations:?}");
    }
}

#[test]
fn parameters_of_single_requests_are_not_settings() {
    let named = |name: &str, location: &str| {
        let one =
            format!("{{name: {name}, in: {location}, required: true, schema: {{type: string}}}}");
        found(&[&one, &one, &one])
    };
    for name in [
        "X-Request-ID",
        "If-Match",
        "Idempotency-Key",
        "traceparent",
        "X-Correlation-Id",
    ] {
        assert_eq!(named(name, "header"), "", "{name}");
    }
    for name in ["city", "page", "limit", "fields"] {
        assert_eq!(named(name, "query"), "", "{name}");
    }
    for name in ["api-version", "tenantId", "organization"] {
        assert_eq!(named(name, "query"), format!("{name}! = "));
    }
    assert_eq!(named("X-Organization", "header"), "X-Organization! = ");
    assert_eq!(named("version", "cookie"), "");
}
