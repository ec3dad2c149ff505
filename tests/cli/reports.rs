//! One report for all documents of a configuration file, in machine-readable formats.

use super::sandbox::Sandbox;
use serde_json::Value;
use std::collections::BTreeSet;

const API: &str = "\
openapi: 3.1.0
info: {title: Shop, version: '1'}
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      parameters: [{$ref: '#/components/parameters/Limt'}]
      responses: {'204': {description: None.}}
components:
  parameters:
    Limit: {name: limit, in: query, schema: {type: integer}}
";

/// Two outputs of one document, and one of another.
const CONFIG: &str = "\
outputs:
- {spec: my api.yaml, out: pets, package: {name: pets}}
- {spec: my api.yaml, out: shop, package: {name: shop}}
- {spec: other.yaml, out: other}
";

fn sandbox() -> Sandbox {
    let other = API.replace("listPets", "listOthers");
    Sandbox::new(&[
        ("my api.yaml", API),
        ("other.yaml", &other),
        ("sdkgen.yaml", CONFIG),
    ])
}

#[test]
fn several_outputs_have_one_sarif_log() {
    let sandbox = sandbox();
    let lint = sandbox.run("lint --format sarif");
    assert_eq!((lint.code, lint.err.as_str()), (0, ""), "{lint:?}");
    let log: Value = serde_json::from_str(&lint.out).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let runs = log["runs"].as_array().unwrap();
    assert_eq!(runs.len(), 1, "{log}");
    let results = runs[0]["results"].as_array().unwrap();
    let rules = runs[0]["tool"]["driver"]["rules"].as_array().unwrap();
    let mut places = BTreeSet::new();
    for result in results {
        let rule = &rules[result["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!(result["ruleId"], rule["id"], "{result}");
        let level = result["level"].as_str().unwrap();
        assert!(["error", "warning", "note"].contains(&level), "{result}");
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().unwrap();
        assert!(["my%20api.yaml", "other.yaml"].contains(&uri), "{result}");
        assert!(place["region"]["startLine"].as_u64() >= Some(1), "{result}");
        assert!(
            place["region"]["startColumn"].as_u64() >= Some(1),
            "{result}"
        );
        assert!(
            places.insert(result["ruleId"].to_string() + &place.to_string()),
            "told twice: {result}"
        );
    }
    let broken = results.iter().filter(|result| result["ruleId"] == "W0201");
    assert_eq!(broken.count(), 2, "one a document: {results:#?}");
}

/// Checks that the report is one document even on standard error, next to the command's result.
#[test]
fn several_outputs_have_one_report_beside_the_result() {
    let sandbox = sandbox();
    let mut reports = BTreeSet::new();
    for command in ["generate", "check"] {
        let run = sandbox.run(&format!("{command} --format json"));
        assert_eq!(run.code, 0, "{run:?}");
        let report: Value = serde_json::from_str(&run.err).unwrap();
        assert!(report["findings"].is_array(), "{report}");
        reports.insert(run.err);
    }
    assert_eq!(
        reports,
        BTreeSet::from([sandbox.run("lint --format json").out])
    );
}

/// A document that the configuration refers to in many ways.
const PETS: &str = "\
openapi: 3.1.0
info: {title: Pets, version: '1'}
servers: [{url: https://api.example.com}]
paths:
  /cats:
    get:
      operationId: listCats
      tags: [cats]
      parameters: [{name: q, in: query, schema: {type: string}}]
      responses:
        '200':
          description: All cats.
          content: {application/json: {schema: {$ref: '#/components/schemas/Cat'}}}
  /dogs:
    get:
      operationId: listDogs
      tags: [dogs]
      responses: {'204': {description: None.}}
components:
  schemas:
    Cat: {type: object, properties: {name: {type: string}}}
";

/// Names for all of [`PETS`], half of which the filter excludes.
const NAMES: &str = "\
spec: api.yaml
out: out
filter: {include: {tags: [dogs]}}
names:
  operations: {listCats: all, GET /dogs: every}
  tags: {cats: felines}
  types: {Cat: Feline}
  members: {Cat.name: label}
  parameters: {GET /cats.q: query}
pagination: {listCats: {cursor: q, next: name}}
wait: {listCats: {name: wait_until, until: {property: name, values: [Tom]}}}
allow_empty: []
";

/// Returns the path, line and column of each finding with this code, in a given format.
fn positions(sandbox: &Sandbox, code: &str) -> Vec<String> {
    let report: Value = serde_json::from_str(&sandbox.run("lint --format json").out).unwrap();
    let findings = report["findings"].as_array().unwrap().iter();
    let findings = findings.filter(|finding| finding["code"] == code);
    findings
        .map(|it| format!("{} {} {}", it["path"], it["line"], it["column"]))
        .collect()
}

#[test]
fn a_configuration_may_name_what_its_filter_leaves_out() {
    let sandbox = Sandbox::new(&[("api.yaml", PETS), ("sdkgen.yaml", NAMES)]);
    let lint = sandbox.run("lint");
    assert_eq!(
        (lint.code, lint.out.as_str()),
        (0, "no findings\n"),
        "{lint:?}"
    );
    // Without the filter, each name is used; a misspelled name is never used.
    let slip = NAMES.replace("{listCats: all", "{listCat: all");
    let slip = slip
        .replace("Cat.name", "Cat.nam")
        .replace("{Cat:", "{Cow:");
    sandbox.write("sdkgen.yaml", &slip);
    assert_eq!(positions(&sandbox, "E0442"), ["\"sdkgen.yaml\" 5 16"]);
    assert_eq!(positions(&sandbox, "E0504"), ["\"sdkgen.yaml\" 7 11"]);
    sandbox.write(
        "sdkgen.yaml",
        &slip.replace("filter: {include: {tags: [dogs]}}\n", ""),
    );
    assert_eq!(positions(&sandbox, "E0504").len(), 2);
}

#[test]
fn a_changelog_that_the_book_cannot_include_is_reported() {
    let sandbox = Sandbox::new(&[("api.yaml", PETS)]);
    let pages = |docs: &str| sandbox.read(&format!("{docs}/src/SUMMARY.md"));
    let head = "spec: api.yaml\ndocs: book\n";
    for (keys, changelog, place) in [
        ("out: my pets\n", "my pets/CHANGELOG.md", Some("3 6")),
        ("out: a{b\n", "a{b/CHANGELOG.md", Some("3 6")),
        ("out: pets\nchangelog: 'a b.md'\n", "a b.md", Some("4 12")),
        ("out: pets\nchangelog: 'a:1.md'\n", "a:1.md", Some("4 12")),
        ("out: my pets\nchangelog: new.md\n", "new.md", None),
        ("out: your pets\n", "absent/CHANGELOG.md", None),
    ] {
        sandbox.write("sdkgen.yaml", &format!("{head}{keys}"));
        sandbox.write(changelog, "# Changelog\n");
        let found: Vec<String> = place
            .iter()
            .map(|at| format!("\"sdkgen.yaml\" {at}"))
            .collect();
        assert_eq!(positions(&sandbox, "W0604"), found, "{keys}");
        let run = sandbox.run("generate --force");
        assert_eq!(run.code, 0, "{keys}: {run:?}");
        let includes = pages("book").contains("(changelog.md)");
        assert_eq!(includes, changelog == "new.md", "{keys}");
    }
    // The folder of the command line has no position.
    let arguments = [
        "generate", "api.yaml", "--docs", "other", "--out", "my pets",
    ];
    sandbox.write("sdkgen.yaml", "");
    let output = sandbox.command(&arguments).output().unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    insta::assert_snapshot!(text);
    assert!(!pages("other").contains("(changelog.md)"));
}

#[test]
fn findings_in_the_configuration_have_their_position_in_every_form() {
    let sandbox = Sandbox::new(&[("api.yaml", PETS), ("sdkgen.yaml", "")]);
    for (config, code, line, column, mark) in [
        (
            "spec: api.yaml\npackage: {license: FOO}\n",
            "E0144",
            2,
            20,
            "^^^",
        ),
        ("spec: api.yaml\npakage: {}\n", "E0144", 2, 1, "^^^^^^"),
        (
            "spec: api.yaml\nfilter: {include: {tags: [birds]}}\n",
            "E0144",
            2,
            27,
            "^^^^^",
        ),
        (
            "spec: api.yaml\nnames: {types: {Bird: Avian}}\n",
            "E0504",
            2,
            17,
            "^^^^",
        ),
        (
            "spec: api.yaml\nwait: {get: {name: wait_until}}\n",
            "E0442",
            2,
            8,
            "^^^",
        ),
    ] {
        sandbox.write("sdkgen.yaml", config);
        let place = format!("\"sdkgen.yaml\" {line} {column}");
        assert_eq!(positions(&sandbox, code), [place], "{config}");
        let github = sandbox.run("lint --format github").out;
        let place =
            format!("::error file=sdkgen.yaml,line={line},col={column},title=sdkgen {code}::");
        assert!(github.starts_with(&place), "{github}");
        let sarif: Value = serde_json::from_str(&sandbox.run("lint --format sarif").out).unwrap();
        let result = &sarif["runs"][0]["results"][0];
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "sdkgen.yaml");
        assert_eq!(place["region"]["startLine"], line, "{sarif}");
        assert_eq!(place["region"]["startColumn"], column, "{sarif}");
        let shown = sandbox.run("lint").out;
        let source = config.lines().nth(1).unwrap();
        let marked = format!("2 | {source}\n  | {}{mark}\n", " ".repeat(column - 1));
        assert!(shown.contains(&marked), "{shown}");
    }
}

#[test]
fn a_missing_argument_is_a_finding_for_programs() {
    let sandbox = Sandbox::new(&[("api.yaml", PETS)]);
    let lint = sandbox.run("lint --format json");
    let report: Value = serde_json::from_str(&lint.out).unwrap();
    assert_eq!(report["findings"][0]["code"], "E0144", "{lint:?}");
    assert_eq!(report["findings"][0]["path"], Value::Null, "{lint:?}");
    assert_eq!(lint.code, 2);
    let lint = sandbox.run("lint");
    assert!(lint.err.starts_with("error: no document"), "{lint:?}");
}
