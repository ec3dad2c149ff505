//! Tests that lowering reads a number of nodes that is linear in the size of the document.

use crate::diag::Diagnostics;
use crate::tree::reads;
use crate::{load, pipeline};

/// Returns how many nodes lowering reads for a document with these paths and schemas.
fn reads_of(paths: &str, schemas: &str, rest: &str) -> usize {
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{{paths}}}\ncomponents: \
         {{schemas: {{{schemas}}}}}\n{rest}\n"
    );
    let mut diagnostics = Diagnostics::default();
    let loaded = load::from_texts(&[("x.yaml", &text)], &mut diagnostics).expect(&text);
    let before = reads::count();
    pipeline::api(&loaded, &Default::default(), &mut diagnostics).expect(&text);
    reads::count() - before
}

/// Repeats a text for each number, which replaces `#`.
fn each(count: usize, text: &str) -> String {
    let text = |index: usize| text.replace('#', &index.to_string());
    (0..count).map(text).collect::<Vec<_>>().join(", ")
}

#[track_caller]
fn is_linear(reads: impl Fn(usize) -> usize) {
    let (few, many) = (reads(200), reads(400));
    assert!(
        many * 2 <= few * 5,
        "{few} reads of 200 parts, {many} of 400"
    );
}

#[test]
fn tags() {
    let operation = "/p#: {get: {tags: [t#], responses: {'204': {description: d}}}}";
    is_linear(|count| {
        let tags = format!("tags: [{}]", each(count, "{name: t#}"));
        reads_of(&each(count, operation), "", &tags)
    });
}

#[test]
fn branches_and_a_mapping() {
    is_linear(|count| {
        let branches = each(count, "{$ref: '\u{0}/components/schemas/B#'}").replace('\u{0}', "#");
        let mapping = each(count, "b#: B#");
        let union = format!(
            "U: {{oneOf: [{branches}], discriminator: {{propertyName: k, mapping: {{{mapping}}}}}}}"
        );
        let schemas = each(
            count,
            "B#: {required: [k], properties: {k: {type: string}}}",
        );
        reads_of("", &format!("{union}, {schemas}"), "")
    });
}

#[test]
fn inline_branches() {
    is_linear(|count| {
        let branches = each(count, "{required: [p#], properties: {p#: {type: string}}}");
        reads_of("", &format!("U: {{anyOf: [{branches}]}}"), "")
    });
}

#[test]
fn required_members_without_properties() {
    is_linear(|count| reads_of("", &format!("S: {{required: [{}]}}", each(count, "p#")), ""));
}

#[test]
fn media_types() {
    is_linear(|count| {
        let content = each(count, "application/x#+json: {schema: {type: string}}");
        let paths = format!(
            "/p: {{post: {{requestBody: {{content: {{{content}}}}}, responses: {{'200': \
             {{description: d, content: {{{content}}}}}}}}}}}"
        );
        reads_of(&paths, "", "")
    });
}

/// Each schema refers to all after it, so twice as many schemas have four times as many references.
#[test]
fn all_of_all_others() {
    let reads = |count: usize| {
        let schema = |index: usize| {
            let refer = |other: usize| format!("{{$ref: '#/components/schemas/S{other}'}}");
            let others: Vec<String> = (index + 1..=count).map(refer).collect();
            format!("S{index}: {{allOf: [{}]}}", others.join(", "))
        };
        let schemas: Vec<String> = (0..count).map(schema).collect();
        reads_of("", &format!("{}, S{count}: {{}}", schemas.join(", ")), "")
    };
    let (few, many) = (reads(15), reads(30));
    assert!(many <= few * 10, "{few} reads of 15 schemas, {many} of 30");
}

#[test]
fn inherited_members_are_bounded() {
    let base = each(400, "m#: {}");
    let children = |count: usize| {
        let text = "C@: {allOf: [{$ref: '#/components/schemas/Base'}], properties: {o@: {}}}";
        let child = |index: usize| text.replace('@', &index.to_string());
        (0..count).map(child).collect::<Vec<_>>().join(", ")
    };
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents: {{schemas: {{Base: \
         {{properties: {{{base}}}}}, {}}}}}\n",
        children(200)
    );
    let mut diagnostics = Diagnostics::default();
    let loaded = load::from_texts(&[("x.yaml", &text)], &mut diagnostics).expect(&text);
    let api = pipeline::api(&loaded, &Default::default(), &mut diagnostics).expect(&text);
    let members = |def: &crate::ir::TypeDef| match &def.shape {
        crate::ir::Shape::Object(object) => object.members.len(),
        _ => 0,
    };
    let counts: Vec<usize> = api.types.iter().map(members).collect();
    assert!(counts.iter().sum::<usize>() < 25_000);
    assert_eq!((counts[1], counts.last()), (401, Some(&1)));
    let codes: Vec<&str> = diagnostics.iter().map(|found| found.code).collect();
    assert_eq!(codes.iter().filter(|code| **code == "W0338").count(), 1);
}

/// Returns the number of branches of an object that combines unions of these sizes, and the number of
/// diagnostics for too many.
fn branches_over(unions: &[usize]) -> (usize, usize) {
    let union = |(index, count): (usize, &usize)| {
        let branch = format!("{{required: [k{index}], properties: {{k{index}: {{const: v#}}}}}}");
        format!("{{oneOf: [{}]}}", each(*count, &branch))
    };
    let unions: Vec<String> = unions.iter().enumerate().map(union).collect();
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents: {{schemas: {{Event: \
         {{type: object, properties: {{id: {{type: string}}}}, allOf: [{}]}}}}}}\n",
        unions.join(", ")
    );
    let mut diagnostics = Diagnostics::default();
    let loaded = load::from_texts(&[("x.yaml", &text)], &mut diagnostics).expect(&text);
    let api = pipeline::api(&loaded, &Default::default(), &mut diagnostics).expect(&text);
    let branches = match &api.types[0].shape {
        crate::ir::Shape::Union(union) => union.branches.len(),
        _ => 0,
    };
    let codes = diagnostics.iter().map(|found| found.code);
    (branches, codes.filter(|code| *code == "W0320").count())
}

#[test]
fn combinations_are_limited_and_branches_of_one_union_are_not() {
    assert_eq!(branches_over(&[111]), (111, 0));
    assert_eq!(branches_over(&[500]), (500, 0));
    assert_eq!(branches_over(&[8, 8]), (64, 0));
    assert_eq!(branches_over(&[13, 5]), (0, 1));
}
