//! Generated types compared with a JSON Schema validator. Random schemas are generated from, compiled, and tried with
//! random values: a valid value must decode and encode to an equal value; an invalid value may decode, but must not
//! lose anything. `differential/tolerated.rs` lists accepted differences with reasons.
//!
//! The seed is fixed, so that a failure can be reproduced. To try more schemas, or others:
//!
//! ```sh
//! SDKGEN_SCHEMAS=20000 SDKGEN_VALUES=200 SDKGEN_SEED=7 cargo test --test differential -- --nocapture
//! ```

#[path = "../../fuzz/src/choices.rs"]
#[allow(dead_code, reason = "a fuzzer takes choices from bytes")]
mod choices;
mod judge;
mod plan;
mod schemas;
#[path = "../support/mod.rs"]
mod support;
mod tolerated;
mod values;
mod verdict;

use plan::{Case, Plan};
use std::collections::BTreeMap;
use support::Workshop;
use verdict::{Fault, Verdict};

/// The maximum number of printed faults.
const SHOWN: usize = 400;

#[test]
fn generated_types_agree_with_a_validator() {
    let plan = Plan::from_environment();
    let mut verdict = Verdict::default();
    for first in (0..plan.documents).step_by(plan::AT_A_TIME) {
        let numbers = first..plan.documents.min(first + plan::AT_A_TIME);
        let documents: Vec<_> = numbers.map(|number| plan.document(number)).collect();
        let cases: Vec<Case> = documents.iter().flat_map(|it| plan.cases(it)).collect();
        let outcomes = run(&documents, &cases);
        verdict.add(&documents, &cases, &outcomes);
    }
    println!("{}", verdict.summary());
    for excuse in verdict.used() {
        println!("excused, {}: {}", excuse.name, excuse.reason);
    }
    report(&verdict.faults);
    let stale = verdict.stale();
    assert!(
        !plan.is_default() || stale.is_empty(),
        "nothing matches {stale:?}"
    );
}

/// Decodes and encodes each value with its document's crate. Returns one line for each.
fn run(documents: &[plan::Document], cases: &[Case]) -> Vec<String> {
    let mut workshop = Workshop::new("differential");
    let folder = support::target().join("differential");
    std::fs::create_dir_all(&folder).expect("a folder");
    let (mut manifest, mut arms) = (include_str!("program.toml").to_owned(), String::new());
    for document in documents {
        let spec = folder.join(format!("{}.json", document.name));
        std::fs::write(&spec, document.text()).expect("a document");
        workshop.generate("", &spec.display().to_string(), &document.name);
        manifest.push_str(&format!(
            "{0} = {{ path = \"../{0}\", default-features = false }}\n",
            document.name
        ));
        for number in 0..document.schemas.len() {
            let arm = format!(
                "{0:?} => go::<{1}::types::H{number}>,\n",
                document.key(number),
                document.name.replace('-', "_")
            );
            arms.push_str(&arm);
        }
    }
    let program = include_str!("program.rs").replace("// The arms.", &arms);
    let files = [("Cargo.toml", &*manifest), ("src/main.rs", &program)];
    workshop.add_program("differential", &files);
    workshop.finish();
    let input: String = cases
        .iter()
        .map(|case| format!("{}\t{}\n", case.key, case.text))
        .collect();
    let path = folder.join("values.txt");
    std::fs::write(&path, input).expect("values");
    let output = workshop.run("differential", &[&path.display().to_string()]);
    output.lines().map(str::to_owned).collect()
}

/// Prints the first fault of each schema, smallest schemas first, and panics if there is any.
fn report(faults: &[Fault]) {
    let mut first: BTreeMap<(usize, &str), &Fault> = BTreeMap::new();
    for fault in faults {
        first
            .entry((fault.schema.len(), &fault.key))
            .or_insert(fault);
    }
    for fault in first.values().take(SHOWN) {
        println!("{fault}\n");
    }
    assert!(
        faults.is_empty(),
        "{} faults in {} schemas",
        faults.len(),
        first.len()
    );
}
