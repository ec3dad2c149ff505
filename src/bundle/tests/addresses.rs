//! Addresses and identifiers in the files of a bundle.

use super::{bundled, edited, root};

#[test]
fn relative_urls_are_rewritten() {
    let api = root(
        "externalDocs: {url: root.html}\npaths:\n  /a: {$ref: 'sub/a.yaml'}\n  /b:\n    servers: [{url: ./own}]\n",
    );
    let a = "servers:\n- url: ./srv?x=1\n- {url: '{base}/v1'}\n- {url: api.example.com/v1}\n- {url: /v1}\n\
             get:\n  externalDocs:\n    url: docs.html\n  responses:\n    '200':\n      description: OK\n      \
             content:\n        a/b: {schema: {externalDocs: {url: ../up.html}, properties: {url: {type: string}}}}\n      \
             links: {next: {operationId: b, server: {url: beside}}}\n";
    let text = edited(&[("api.yaml", &api), ("sub/a.yaml", a)]);
    for kept in [
        "root.html",
        "./own",
        "'{base}/v1'",
        "api.example.com/v1",
        "/v1",
    ] {
        assert!(text.contains(&format!("url: {kept}")), "{kept}: {text}");
    }
    for moved in ["sub/srv?x=1", "sub/docs.html", "up.html", "sub/beside"] {
        assert!(text.contains(&format!("url: '{moved}'")), "{moved}: {text}");
    }
}

#[test]
fn identifiers_outside_of_the_bundle_are_not_reported() {
    let node = "$id: node.yaml\ndefinitions:\n  node: {properties: {next: {$ref: '#/definitions/node'}}}\n";
    let schemas = |more: &str| {
        root(&format!(
            "components:\n  schemas:\n    A: {{$ref: 'node.yaml#/definitions/node'}}\n{more}"
        ))
    };
    let codes = |api: &str| bundled(&[("api.yaml", api), ("node.yaml", node)]).1;
    assert_eq!(codes(&schemas("")), [""; 0]);
    // The second reference adds the whole schema to the bundle.
    let whole = schemas("    B: {properties: {c: {$ref: 'node.yaml'}}}\n");
    assert_eq!(codes(&whole), ["W0210"]);
    let within =
        "$id: inner.yaml\nproperties: {next: {$ref: '#/properties/to'}, to: {type: string}}\n";
    let api = root("components:\n  schemas:\n    A: {$ref: 'node.yaml'}\n");
    let (made, codes) = bundled(&[("api.yaml", &api), ("node.yaml", within)]);
    assert_eq!(codes, ["W0210"], "{}", made.text);
}
