//! Tests which credentials operations send.

use crate::config::{Overrides, Settings};
use crate::diag::Diagnostics;
use crate::ir::{Api, Security};
use crate::load::{self, Loaded};
use crate::pipeline;
use crate::report;
use std::path::Path;

const KEY: &str = "Key: {type: apiKey, in: header, name: X-Key}";
const BEARER: &str = "Bearer: {type: http, scheme: bearer}";
const AUTH: &str = "{name: AUTHORIZATION, in: header, required: true, schema: {type: string}}";

/// Returns a document with these schemes, root keys and operation keys.
fn document(schemes: &str, root: &str, operations: &[&str]) -> String {
    let mut text = format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\nservers: [{{url: https://h}}]\n{root}\n\
         components:\n  securitySchemes: {{{schemes}}}\npaths:\n"
    );
    for (index, members) in operations.iter().enumerate() {
        text.push_str(&format!(
            "  /{index}: {{get: {{operationId: o{index}, {members}, responses: {{'204': {{description: D}}}}}}}}\n"
        ));
    }
    text
}

/// Returns the model of a document and the findings about it.
fn compiled(config: &str, text: &str) -> (Api, Loaded, Diagnostics) {
    let given = Overrides {
        spec: Some("api.yaml".into()),
        ..Overrides::default()
    };
    let settings = Settings::from_file(Path::new("sdkgen.yaml"), config, given).expect(config);
    let mut diagnostics = Diagnostics::default();
    let loaded = load::from_texts(&[("api.yaml", text)], &mut diagnostics).expect(text);
    let job = settings.settle(&loaded);
    let api = pipeline::api(&loaded, &job.options, &mut diagnostics).expect(text);
    (api, loaded, diagnostics)
}

/// Returns what each operation sends and accepts, one line each, and the diagnostic codes.
fn summary(config: &str, text: &str) -> String {
    let (api, loaded, diagnostics) = compiled(config, text);
    let found = report::short(&diagnostics, &loaded.sources, &loaded.tree);
    let codes = found
        .lines()
        .filter_map(|line| line.split(['[', ']']).nth(1));
    let codes: Vec<&str> = codes
        .filter(|code| !["N0401", "N0305"].contains(code))
        .collect();
    format!("{}{}", lines(&api), codes.join(" "))
}

fn lines(api: &Api) -> String {
    let line = |operation: &crate::ir::Operation| {
        let sends = match &operation.security {
            Security::Unstated => "whatever is set".to_owned(),
            Security::OneOf(sets) => {
                let sets: Vec<String> = sets.iter().map(|set| set.join("+")).collect();
                format!("[{}]", sets.join(" | "))
            }
        };
        let names = operation.parameters.iter().map(|it| it.name.as_str());
        format!("{sends} ({})\n", names.collect::<Vec<_>>().join(", "))
    };
    api.operations.iter().map(line).collect()
}

#[test]
fn without_security_every_credential_is_sent() {
    let both = format!("{KEY}, {BEARER}");
    let table = [
        (
            document(KEY, "", &["tags: [a]", "security: []"]),
            "whatever is set ()\n[] ()\nW0140",
        ),
        (
            document(&both, "security: []", &["tags: [a]"]),
            "[] ()\nW0140",
        ),
        (document(KEY, "", &["security: []"]), "[] ()\nW0140"),
        (document("", "", &["tags: [a]"]), "[] ()\n"),
        (
            document("D: {type: http, scheme: digest}", "", &["tags: [a]"]),
            "[] ()\nN0116",
        ),
        (
            document(KEY, "security: [{Key: []}]", &["tags: [a]", "security: []"]),
            "[Key] ()\n[] ()\n",
        ),
        // One operation requires a credential, so the others need none.
        (
            document(KEY, "", &["tags: [a]", "security: [{Key: []}]"]),
            "[] ()\n[Key] ()\n",
        ),
        // An unknown scheme may be any declared one.
        (
            document(KEY, "security: [{key: []}]", &["tags: [a]"]),
            "whatever is set ()\nW0113",
        ),
        (
            document(KEY, "", &["security: [{X: []}]", "tags: [a]"]),
            "whatever is set ()\n[] ()\nW0113",
        ),
    ];
    for (text, expected) in table {
        assert_eq!(summary("", &text), expected, "{text}");
    }
}

#[test]
fn a_token_precedes_a_user_name_with_a_password() {
    let both = "basic: {type: http, scheme: basic}, bearer: {type: http, scheme: bearer}";
    let either = "security: [{basic: []}, {bearer: []}]";
    let main = |operations: &[&str]| {
        let text = document(both, "", operations);
        compiled("", &text).0.main_scheme
    };
    assert_eq!(main(&[either]), Some(1));
    assert_eq!(main(&[either, "security: [{basic: []}]"]), Some(0));
}

#[test]
fn many_operations_without_security_are_reported() {
    let mut operations = vec!["tags: [a]"; 9];
    operations.push("security: [{Key: []}]");
    let text = document(KEY, "", &operations);
    assert!(
        summary("", &text).ends_with("[Key] ()\nW0141"),
        "{}",
        summary("", &text)
    );
    operations.push("security: [{Key: []}]");
    let text = document(KEY, "", &operations);
    assert!(
        summary("", &text).ends_with("[Key] ()\n"),
        "{}",
        summary("", &text)
    );
}

#[test]
fn credential_parameters_are_removed() {
    let auth = format!("parameters: [{AUTH}]");
    let optional = auth.replace("required: true", "required: false");
    let key = |name: &str, location: &str| {
        format!("parameters: [{{name: {name}, in: {location}, schema: {{type: string}}}}]")
    };
    let secured = |parameters: &str| format!("security: [{{Key: []}}], {parameters}");
    let query = "Key: {type: apiKey, in: query, name: k}";
    let cookie = "Key: {type: apiKey, in: cookie, name: k}";
    let table = [
        // No scheme uses the header, so it becomes one.
        (
            document("", "", &[&auth, &optional, "tags: [a]"]),
            "[Authorization] ()\n[Authorization | ] ()\n[] ()\nW0462",
        ),
        (
            document(KEY, "security: [{Key: []}]", &[&auth, &optional]),
            "[Key+Authorization] ()\n[Key+Authorization | Key] ()\nW0462",
        ),
        (
            document(KEY, "", &[&auth]),
            "whatever is set ()\nW0140 W0462",
        ),
        (
            document("Authorization: {type: http, scheme: digest}", "", &[&auth]),
            "[Authorization2] ()\nN0116 W0462",
        ),
        // A scheme uses the header.
        (
            document(BEARER, "security: [{Bearer: []}]", &[&auth]),
            "[Bearer] ()\nN0464",
        ),
        (
            document(BEARER, "", &[&auth]),
            "whatever is set ()\nW0140 N0464",
        ),
        // The operation does not use the scheme, so the header may be something else.
        (
            document(
                BEARER,
                "security: [{Bearer: []}]",
                &[&format!("security: [], {auth}")],
            ),
            "[] (AUTHORIZATION)\nW0463",
        ),
        // Other locations.
        (
            document(KEY, "", &[&secured(&key("x-key", "header"))]),
            "[Key] ()\nN0464",
        ),
        (
            document(KEY, "", &[&secured(&key("x-key", "query"))]),
            "[Key] (x-key)\n",
        ),
        (
            document(query, "", &[&secured(&key("k", "query"))]),
            "[Key] ()\nN0464",
        ),
        (
            document(query, "", &[&secured(&key("K", "query"))]),
            "[Key] (K)\n",
        ),
        (
            document(
                query,
                "",
                &[&secured(&key("k", "query")), &key("k", "query")],
            ),
            "[Key] ()\n[] (k)\nN0464",
        ),
        (
            document(cookie, "", &[&secured(&key("k", "cookie"))]),
            "[Key] ()\nN0464",
        ),
    ];
    for (text, expected) in table {
        assert_eq!(summary("", &text), expected, "{text}");
    }
}

#[test]
fn api_keys_among_parameters_are_credentials() {
    let key = "parameters: [{name: X-Api-Key, in: header, schema: {type: string}}]";
    let tenant =
        "parameters: [{name: X-Tenant, in: header, required: true, schema: {type: string}}]";
    let secured = format!("security: [{{Bearer: []}}], {tenant}");
    let table = [
        (
            "",
            document("", "", &[key, key, "tags: [a]"]),
            "[X-Api-Key | ] ()\n[X-Api-Key | ] ()\n[] ()\nN0467",
        ),
        // A header of few operations may be something else.
        (
            "",
            document("", "", &[key, "tags: [a]"]),
            "[] (X-Api-Key)\n[] ()\n",
        ),
        // It is needed besides another credential.
        (
            "",
            document(
                BEARER,
                "security: [{Bearer: []}]",
                &[&key.replace("schema", "required: true, schema")],
            ),
            "[Bearer+X-Api-Key] ()\nN0467",
        ),
        // The configuration names another header, also besides another credential.
        (
            "auth: {in: header, name: x-tenant}",
            document(BEARER, "", &[&secured, tenant, "tags: [a]"]),
            "[Bearer+X-Tenant] ()\n[X-Tenant] ()\n[] ()\n",
        ),
        (
            "auth: {in: header, name: x-tenants}",
            document(BEARER, "", &[&secured]),
            "[Bearer] (X-Tenant)\nW0142",
        ),
    ];
    for (config, text, expected) in table {
        assert_eq!(summary(config, &text), expected, "{text}");
    }
}

#[test]
fn the_configuration_completes_the_document() {
    let scheme = |config: &str, schemes: &str| {
        let text = document(schemes, "", &["tags: [a]", "security: []"]);
        let (api, _, diagnostics) = compiled(config, &text);
        let schemes = api.security_schemes.iter();
        let schemes: Vec<String> = schemes
            .map(|(name, it)| format!("{name}: {}", serde_json::json!(it.kind)))
            .collect();
        let codes: Vec<&str> = diagnostics.iter().map(|it| it.code).collect();
        format!(
            "{} {} {}",
            schemes.join(", "),
            lines(&api).replace('\n', ";"),
            codes.join(" ")
        )
    };
    let sent = "whatever is set ();[] ();";
    let key = |name: &str, location: &str, more: &str| {
        format!(r#"{{"apiKey":{{"location":"{location}","name":"{name}"{more}}}}}"#)
    };
    let token = key("Authorization", "header", r#","prefix":"Token ""#);
    let bearer = r#"{"bearer":{"format":null}}"#;
    let table = [
        (
            "auth: {scheme: bearer}",
            "",
            format!("bearer: {bearer} {sent} "),
        ),
        (
            "auth: {scheme: basic}",
            "",
            format!("basic: \"basic\" {sent} "),
        ),
        (
            "auth: {in: query, name: k}",
            "",
            format!("k: {} {sent} ", key("k", "query", "")),
        ),
        (
            "auth: {prefix: 'Token '}",
            "",
            format!("Authorization: {token} {sent} "),
        ),
        // The configuration completes the described scheme.
        (
            "auth: {prefix: 'Token '}",
            "K: {type: apiKey, in: header, name: Authorization}",
            format!("K: {token} {sent} W0140"),
        ),
        (
            "auth: {in: header, name: authorization, prefix: 'Token '}",
            "K: {type: apiKey, in: header, name: Authorization}",
            format!("K: {token} {sent} W0140"),
        ),
        (
            "auth: {in: header, name: Authorization, prefix: 'Token '}",
            "D: {type: http, scheme: Token}",
            format!("D: {token} {sent} N0116 W0140"),
        ),
        // The configuration has no effect.
        (
            "auth: {scheme: bearer}",
            KEY,
            format!("Key: {} {sent} W0140 W0142", key("X-Key", "header", "")),
        ),
        (
            "auth: {prefix: 'Token '}",
            BEARER,
            format!("Bearer: {bearer} {sent} W0140 W0142"),
        ),
    ];
    for (config, schemes, expected) in table {
        assert_eq!(scheme(config, schemes), expected, "{config}");
    }
    let auth = document("", "", &[&format!("parameters: [{AUTH}]")]);
    assert_eq!(
        summary("auth: {scheme: bearer}", &auth),
        "whatever is set ()\nN0464"
    );
}

/// OpenAPI 3.2, "Security Requirement Object".
#[test]
fn a_requirement_may_name_its_scheme_by_uri() {
    let document = |version: &str, schemes: &str, requirement: &str| {
        let text = document(
            schemes,
            "",
            &[&format!("security: [{{'{requirement}': []}}]")],
        );
        text.replace("3.1.0", version)
    };
    let summary = |text: &str| {
        let files = [
            ("api.yaml", text),
            (
                "auth/schemes.yaml",
                "Token: {type: http, scheme: bearer}\nKey: {type: apiKey, in: cookie, name: k}\nBad: {type: token}\n",
            ),
            ("auth/token.yaml", "type: http\nscheme: basic\n"),
        ];
        let mut diagnostics = Diagnostics::default();
        let loaded = load::from_texts(&files, &mut diagnostics).expect(text);
        let api = pipeline::api(&loaded, &Default::default(), &mut diagnostics).expect(text);
        let codes: Vec<&str> = diagnostics.iter().map(|it| it.code).collect();
        let schemes: Vec<&String> = api.security_schemes.keys().collect();
        format!("{schemes:?} {}{}", lines(&api), codes.join(" "))
    };
    let bad = "Key: {type: token}";
    let table = [
        (
            "3.2.0",
            KEY,
            "#/components/securitySchemes/Key",
            "[\"Key\"] [Key] ()\n",
        ),
        (
            "3.1.0",
            KEY,
            "#/components/securitySchemes/Key",
            "[\"Key\"] [Key] ()\n",
        ),
        (
            "3.2.0",
            KEY,
            "auth/schemes.yaml#/Token",
            "[\"Key\", \"Token\"] [Token] ()\n",
        ),
        (
            "3.2.0",
            KEY,
            "./auth/schemes.yaml#/Key",
            "[\"Key\", \"Key2\"] [Key2] ()\n",
        ),
        ("3.2.0", "", "auth/token.yaml", "[\"token\"] [token] ()\n"),
        (
            "3.2.0",
            "K: {$ref: 'auth/schemes.yaml#/Key'}",
            "auth/schemes.yaml#/Key",
            "[\"K\"] [K] ()\n",
        ),
        // Component names take precedence.
        (
            "3.2.0",
            "a.b: {type: http, scheme: bearer}",
            "a.b",
            "[\"a.b\"] [a.b] ()\n",
        ),
        // Unresolved references and unusable schemes.
        (
            "3.2.0",
            KEY,
            "#/components/securitySchemes/X",
            "[\"Key\"] whatever is set ()\nW0113",
        ),
        (
            "3.2.0",
            KEY,
            "#/info",
            "[\"Key\"] whatever is set ()\nW0113",
        ),
        (
            "3.2.0",
            KEY,
            "auth/gone.yaml",
            "[\"Key\"] whatever is set ()\nW0113",
        ),
        (
            "3.2.0",
            KEY,
            "auth/schemes.yaml#/Bad",
            "[\"Key\"] whatever is set ()\nW0112",
        ),
        ("3.1.0", bad, "Key", "[] [] ()\nW0112"),
    ];
    for (version, schemes, requirement, expected) in table {
        let text = document(version, schemes, requirement);
        assert_eq!(summary(&text), expected, "{text}");
    }
}
