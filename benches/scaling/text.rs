//! Shapes of texts, which stress reading, descriptions, overlays and reports.

use super::{Document, Shape, Work};

/// Returns a description that repeats a text n times.
macro_rules! described {
    ($name:literal, $piece:literal) => {
        Shape {
            name: concat!("description of ", $name),
            start: 12_500,
            work: Work::Generate,
            document: |n| describing(&$piece.repeat(n)),
        }
    };
}

/// Returns a description of n schemas with an overlay.
macro_rules! overlaid {
    ($name:literal, $start:literal, $actions:expr) => {
        Shape {
            name: concat!("overlay: ", $name),
            start: $start,
            work: Work::Lint,
            document: |n| overlaying(n, ($actions)(n)),
        }
    };
}

pub const SHAPES: &[Shape] = &[
    lint("equal keys, JSON", 12_500, |n| {
        json(&r#""a":1,"#.repeat(n)).into()
    }),
    lint("keys that stand twice, JSON", 6_250, |n| {
        let twice: String = (0..n).map(|i| format!(r#""k{i}":1,"k{i}":2,"#)).collect();
        json(&twice).into()
    }),
    lint("equal keys, YAML", 12_500, |n| {
        format!("{HEAD}x-a:\n{}", "  a: 1\n".repeat(n)).into()
    }),
    lint("findings on one line, JSON", 12_500, |n| {
        let schemas: String = (0..n)
            .map(|i| format!(r#""s{i}":{{"typ":"ä"}},"#))
            .collect();
        json(&format!(
            r#""components":{{"schemas":{{{schemas}"s":{{}}}}}},"#
        ))
        .into()
    }),
    lint("findings on one line, YAML", 12_500, |n| {
        let schemas: String = (0..n).map(|i| format!("s{i}: {{typ: ä}}, ")).collect();
        format!("{HEAD}components: {{schemas: {{{schemas}}}}}\n").into()
    }),
    lint("references to one missing schema", 12_500, |n| {
        let one = |i| format!("    s{i}: {{$ref: '#/components/schemas/none'}}\n");
        schemas((0..n).map(one).collect())
    }),
    lint("keys of a mapping merged into others", 2_500, |n| {
        let keys: String = (0..n).map(|i| format!("    k{i}: 1\n")).collect();
        format!("{HEAD}x-a:\n  a: &a\n{keys}  b: {{<<: *a}}\n").into()
    }),
    lint("merge keys of one mapping", 2_500, |n| {
        let keys: String = (0..n).map(|i| format!("  <<: {{k{i}: 1}}\n")).collect();
        format!("{HEAD}x-a:\n{keys}").into()
    }),
    described!("full stops", "..."),
    described!("CDATA", "<![CDATA["),
    described!("images", "!["),
    described!("processing instructions", "<?"),
    described!("brackets", "["),
    described!("closed brackets", "]("),
    described!("backticks", "`a``"),
    described!("emphasis", "*a _b"),
    described!("escapes", "\\\\_"),
    described!("addresses", "http://."),
    described!("closing brackets of addresses", ")"),
    described!("blanks", "_ "),
    described!("headings", "# a\n"),
    described!("quotes", "> "),
    described!("cells", "|a"),
    described!("definitions", "[a]: b\n"),
    overlaid!("actions with a path of names", 2_500, |n: usize| {
        let one = |i| format!("- {{target: \"$.components.schemas.s{i}\", update: {{x-b: 1}}}}\n");
        (0..n).map(one).collect()
    }),
    overlaid!("removal of n nodes", 12_500, |_: usize| {
        "- {target: \"$.components.schemas.*\", remove: true}\n".to_owned()
    }),
    overlaid!("a pattern for n nodes", 12_500, |_: usize| {
        "- {target: \"$..[?match(@.description,'d{1000}{1000}')]\", update: {x-b: 1}}\n".to_owned()
    }),
];

const HEAD: &str = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\n";

const fn lint(name: &'static str, start: usize, document: fn(usize) -> Document) -> Shape {
    Shape {
        name,
        start,
        work: Work::Lint,
        document,
    }
}

/// Returns a JSON document that begins with these properties.
fn json(members: &str) -> String {
    format!("{{{members}{TAIL}}}")
}

const TAIL: &str = r#""openapi":"3.1.0","info":{"title":"T","version":"1"},"paths":{}"#;

/// Returns a YAML document with these schemas.
fn schemas(lines: String) -> Document {
    format!("{HEAD}components:\n  schemas:\n{lines}").into()
}

/// Returns a document with one description in five positions: of the API, an operation, a parameter, a response and a
/// property.
fn describing(text: &str) -> Document {
    let text = serde_json::to_string(text).unwrap();
    let info = format!(r#"{{"title":"T","version":"1","description":{text}}}"#);
    let parameter =
        format!(r#"{{"name":"p","in":"query","schema":{{"type":"string"}},"description":{text}}}"#);
    let schema = format!(
        r#"{{"type":"object","properties":{{"a":{{"type":"string","description":{text}}}}}}}"#
    );
    let response = format!(
        r#"{{"description":{text},"content":{{"application/json":{{"schema":{schema}}}}}}}"#
    );
    let operation = format!(
        r#"{{"operationId":"get","description":{text},"parameters":[{parameter}],"responses":{{"200":{response}}}}}"#
    );
    format!(r#"{{"openapi":"3.1.0","info":{info},"paths":{{"/a":{{"get":{operation}}}}}}}"#).into()
}

/// Returns a document with n schemas, and an overlay with these actions.
fn overlaying(n: usize, actions: String) -> Document {
    let one = |i| format!("    s{i}: {{type: string, description: text}}\n");
    let head = "overlay: 1.1.0\ninfo: {title: T, version: '1'}\n";
    Document {
        overlay: Some(format!("{head}actions:\n{actions}")),
        ..schemas((0..n).map(one).collect())
    }
}
