//! Shapes of APIs, which stress reading schemas and operations, naming and rendering.

use super::{Document, Shape, Work};

pub const SHAPES: &[Shape] = &[
    lint("unions of all others", 40, |n| {
        let all = each(n, |i| reference(&format!("U{i}")));
        schemas(each(n, |i| {
            format!(r#""U{i}":{{"oneOf":[{all},{{"type":"object"}}]}}"#)
        }))
    }),
    shape("branches with a discriminator", 2_500, |n| {
        let union = format!(
            r#""U":{{"oneOf":[{}],"discriminator":{{"propertyName":"k","mapping":{{{}}}}}}}"#,
            each(n, |i| reference(&format!("B{i}"))),
            each(n, |i| format!(r#""b{i}":"B{i}""#)),
        );
        let branch = |i| object(&format!("B{i}"), &format!(r#""k":{TEXT},"p{i}":{TEXT}"#));
        schemas(format!("{union},{}", each(n, branch)))
    }),
    shape("branches with a constant", 2_500, |n| {
        let union = format!(
            r#""U":{{"oneOf":[{}]}}"#,
            each(n, |i| reference(&format!("B{i}")))
        );
        let branch = |i| object(&format!("B{i}"), &format!(r#""k":{{"const":"b{i}"}}"#));
        schemas(format!("{union},{}", each(n, branch)))
    }),
    shape("branches with members of their own", 2_500, |n| {
        let union = format!(
            r#""U":{{"anyOf":[{}]}}"#,
            each(n, |i| reference(&format!("B{i}")))
        );
        let branch = |i| object(&format!("B{i}"), &format!(r#""p{i}":{TEXT}"#));
        schemas(format!("{union},{}", each(n, branch)))
    }),
    shape("required without properties", 12_500, |n| {
        let required = each(n, |i| format!(r#""p{i}""#));
        schemas(format!(r#""S":{{"required":[{required}]}}"#))
    }),
    shape("properties that clash", 5_000, |n| {
        let properties = each(n, |i| {
            format!(r#""a{}b":{TEXT}"#, "-".repeat(i % 500 + i / 500))
        });
        schemas(object("S", &properties))
    }),
    shape("a chain of allOf", 1_000, |n| {
        let child = |i: usize| {
            let parent = reference(&format!("S{i}"));
            let own = format!(r#"{{"type":"object","properties":{{"p{i}":{TEXT}}}}}"#);
            format!(r#""S{}":{{"allOf":[{parent},{own}]}}"#, i + 1)
        };
        schemas(format!("{},{}", object("S0", ""), each(n, child)))
    }),
    shape("media types", 2_500, |n| {
        let content = each(n, |i| {
            format!(r#""application/x{i}+json":{{"schema":{TEXT}}}"#)
        });
        let body = format!(r#""requestBody":{{"content":{{{content}}}}},"#);
        let responses = format!(r#""200":{{"description":"d","content":{{{content}}}}}"#);
        paths(
            format!(r#""/p":{{"post":{{{body}"responses":{{{responses}}}}}}}"#),
            "",
        )
    }),
    shape("operations, each with a tag", 2_500, |n| {
        let tags = each(n, |i| format!(r#"{{"name":"t{i}"}}"#));
        let operation =
            |i| format!(r#""/p{i}":{{"get":{{"operationId":"o{i}","tags":["t{i}"],{NOTHING}}}}}"#);
        paths(each(n, operation), &format!(r#""tags":[{tags}],"#))
    }),
    shape("operations that fail in ways of their own", 1_250, |n| {
        let operation = |i| {
            let error = format!(r#"{{"type":"object","properties":{{"e{i}":{TEXT}}}}}"#);
            let content = format!(r#""content":{{"application/json":{{"schema":{error}}}}}"#);
            let responses = format!(r#""400":{{"description":"d",{content}}}"#);
            format!(r#""/p{i}":{{"get":{{"operationId":"o{i}","responses":{{{responses}}}}}}}"#)
        };
        paths(each(n, operation), "")
    }),
    shape("operations with fifty responses", 100, |n| {
        let content = format!(r#""content":{{"application/json":{{"schema":{TEXT}}}}}"#);
        let response = |i| format!(r#""{}":{{"description":"d",{content}}}"#, 200 + i);
        let responses = each(50, response);
        let operation = |i| {
            format!(r#""/p{i}":{{"get":{{"operationId":"o{i}","responses":{{{responses}}}}}}}"#)
        };
        paths(each(n, operation), "")
    }),
    shape("parameters", 5_000, |n| {
        let parameter = |i| format!(r#"{{"name":"p{i}","in":"query","schema":{TEXT}}}"#);
        let parameters = each(n, parameter);
        paths(
            format!(r#""/p":{{"get":{{"parameters":[{parameters}],{NOTHING}}}}}"#),
            "",
        )
    }),
    shape("headers of a response", 5_000, |n| {
        let headers = each(n, |i| format!(r#""X-H{i}":{{"schema":{TEXT}}}"#));
        let response = format!(r#""200":{{"description":"d","headers":{{{headers}}}}}"#);
        paths(
            format!(r#""/p":{{"get":{{"responses":{{{response}}}}}}}"#),
            "",
        )
    }),
    shape("inline schemas that say the same", 5_000, |n| {
        let inner = format!(r#"{{"type":"object","properties":{{"a":{TEXT}}}}}"#);
        schemas(object("S", &each(n, |i| format!(r#""p{i}":{inner}"#))))
    }),
];

const TEXT: &str = r#"{"type":"string"}"#;
const NOTHING: &str = r#""responses":{"204":{"description":"d"}}"#;

const fn lint(name: &'static str, start: usize, document: fn(usize) -> Document) -> Shape {
    Shape {
        name,
        start,
        work: Work::Lint,
        document,
    }
}

const fn shape(name: &'static str, start: usize, document: fn(usize) -> Document) -> Shape {
    Shape {
        name,
        start,
        work: Work::Generate,
        document,
    }
}

fn each(count: usize, text: impl Fn(usize) -> String) -> String {
    (0..count).map(text).collect::<Vec<_>>().join(",\n")
}

fn reference(name: &str) -> String {
    format!(r##"{{"$ref":"#/components/schemas/{name}"}}"##)
}

/// Returns an object that requires `k` if it has it.
fn object(name: &str, properties: &str) -> String {
    let required = match properties.contains(r#""k":"#) {
        true => r#""required":["k"],"#,
        false => "",
    };
    format!(r#""{name}":{{"type":"object",{required}"properties":{{{properties}}}}}"#)
}

fn schemas(schemas: String) -> Document {
    paths(
        String::new(),
        &format!(r#""components":{{"schemas":{{{schemas}}}}},"#),
    )
}

fn paths(paths: String, rest: &str) -> Document {
    let head = r#""openapi":"3.1.0","info":{"title":"T","version":"1"},"#;
    format!(r#"{{{head}{rest}"paths":{{{paths}}}}}"#).into()
}
