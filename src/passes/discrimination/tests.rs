//! Tests that comparing the branches of large unions takes linear time, counted in steps.

use super::{UnionBudget, discriminate};
use crate::diag::Diagnostics;
use crate::ir::{Api, BranchTest, JsonKind, Shape, Union};
use crate::{load, pipeline};

/// Returns an API whose first schema is the union, followed by the schemas of its branches.
fn api(union: &str, schemas: &[String]) -> Api {
    let schemas = schemas.join("\n    ");
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n    \
         U: {union}\n    {schemas}\n"
    );
    let mut diagnostics = Diagnostics::default();
    let loaded = load::from_texts(&[("x.yaml", &text)], &mut diagnostics).expect(&text);
    pipeline::api(&loaded, &Default::default(), &mut diagnostics).expect(&text)
}

fn first_union(api: &Api) -> &Union {
    match &api.types[0].shape {
        Shape::Union(union) => union,
        _ => panic!("the first schema is a union"),
    }
}

/// Returns a union of `count` components; `#` in the schema is replaced by the number.
fn alike(count: usize, rest: &str, schema: &str) -> Api {
    let branches = (0..count).map(|index| format!("{{$ref: '#/components/schemas/B{index}'}}"));
    let union = format!(
        "{{oneOf: [{}]{rest}}}",
        branches.collect::<Vec<_>>().join(", ")
    );
    let schema = |index: usize| format!("B{index}: {}", schema.replace('#', &index.to_string()));
    api(&union, &(0..count).map(schema).collect::<Vec<_>>())
}

fn steps(api: &Api) -> (usize, Vec<BranchTest>, bool) {
    let mut budget = UnionBudget::default();
    let all = budget.steps;
    let found = discriminate(api, first_union(api), &mut budget);
    (all - budget.steps, found.tests, found.is_cut)
}

#[test]
fn steps_grow_linearly_with_branches() {
    let discriminator = ", discriminator: {propertyName: kind}";
    let shapes = [
        // Distinguished by a discriminator, a constant or a property of one branch.
        (
            discriminator,
            "{required: [kind], properties: {kind: {type: string}, p#: {}}}",
        ),
        (
            "",
            "{required: [kind], properties: {kind: {const: k#}, p#: {}}}",
        ),
        ("", "{required: [p#], properties: {p#: {}}}"),
        ("", "{required: [id, p#], properties: {id: {}, p#: {}}}"),
        // Distinguished by declared properties, or not at all.
        ("", "{properties: {p#: {}}}"),
        ("", "{required: [id], properties: {id: {}, p#: {}}}"),
        ("", "{required: [id], properties: {id: {}}}"),
        (
            discriminator,
            "{required: [id], properties: {id: {}, kind: {const: same}, p#: {}}}",
        ),
    ];
    for (rest, schema) in shapes {
        let ((few, ..), (many, _, is_cut)) = (
            steps(&alike(150, rest, schema)),
            steps(&alike(300, rest, schema)),
        );
        assert!(!is_cut, "{schema}");
        assert!(
            many <= few * 5 / 2 && many < 30_000,
            "{few} and {many} for {schema}"
        );
    }
}

#[test]
fn a_branch_requires_the_property_that_no_other_has() {
    let api = alike(40, "", "{required: [id, p#], properties: {id: {}, p#: {}}}");
    let (_, tests, _) = steps(&api);
    let requires = tests.iter().map(|test| test.requires.join(" "));
    let expected = (0..40).map(|index| format!("p{index}"));
    assert_eq!(requires.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
}

#[test]
fn a_branch_over_budget_requires_all_its_properties() {
    let api = alike(40, "", "{required: [id, p#], properties: {id: {}, p#: {}}}");
    let mut budget = UnionBudget {
        steps: 10,
        ..UnionBudget::default()
    };
    let found = discriminate(&api, first_union(&api), &mut budget);
    assert!(found.is_cut);
    assert_eq!(budget.steps, 0);
    assert_eq!(found.tests[7].requires, ["id", "p7"]);
}

/// 150 branches that contain the same union of 100.
#[test]
fn nested_unions_are_expanded_up_to_a_limit() {
    let refer = |name: &str| format!("{{$ref: '#/components/schemas/{name}'}}");
    let each = |count: usize, text: &dyn Fn(usize) -> String| {
        (0..count).map(text).collect::<Vec<_>>().join(", ")
    };
    let common = each(100, &|index| {
        format!("{{required: [c{index}], properties: {{c{index}: {{}}}}}}")
    });
    let mut schemas = vec![format!("Common: {{oneOf: [{common}]}}")];
    schemas.extend((0..150).map(|index| {
        let own = format!("{{required: [v{index}], properties: {{v{index}: {{}}}}}}");
        format!("V{index}: {{oneOf: [{}, {own}]}}", refer("Common"))
    }));
    let branches = each(150, &|index| refer(&format!("V{index}")));
    let api = api(&format!("{{oneOf: [{branches}]}}"), &schemas);
    let mut budget = UnionBudget::default();
    let all = budget.nested;
    let found = discriminate(&api, first_union(&api), &mut budget);
    assert!(found.is_cut);
    assert!((9_000..=10_000).contains(&(all - budget.nested)));
    // A nested union that is not expanded matches anything and is tried last.
    let last = found.tests.last().unwrap();
    assert_eq!((last.branch, last.kind), (149, JsonKind::Any));
}
