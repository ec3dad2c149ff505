//! One report of all documents that a configuration file names, in the forms that programs read.

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

/// Beside what a command does, the report is on standard error, and is one document there too.
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
