//! Tests of several outputs in one configuration file.

use super::{Overrides, Settings};
use std::path::Path;

fn outputs(text: &str, given: Overrides) -> Result<Vec<Settings>, String> {
    let outputs = Settings::outputs(Path::new("spec/sdkgen.yaml"), text, given);
    outputs.map_err(|fault| fault.to_string())
}

fn fault(text: &str) -> String {
    outputs(text, Overrides::default()).unwrap_err()
}

#[test]
fn keys_of_outputs_override_those_at_the_top() {
    let text = "spec: a.yaml\ndates: string\npackage: {name: one, license: MIT}\noutputs:\n\
                - {out: ../one}\n- {out: ../two, package: {name: two}, dates: jiff}\n";
    let outputs = outputs(text, Overrides::default()).unwrap();
    let summaries = outputs.iter().map(|settings| {
        let job = settings.job();
        let package = &job.options.package;
        let (spec, out) = (job.spec.display(), job.out.display());
        format!("{spec} {out} {} {}", package.name, package.license)
    });
    assert_eq!(
        summaries.collect::<Vec<_>>(),
        [
            "spec/a.yaml one one MIT",
            "spec/a.yaml two two MIT OR Apache-2.0"
        ]
    );
    assert_ne!(
        outputs[0].job().options.keys.dates,
        outputs[1].job().options.keys.dates
    );
}

#[test]
fn faults_of_outputs_have_positions() {
    let at = "spec/sdkgen.yaml";
    assert_eq!(
        fault("spec: a\noutputs:\n- {out: x, dates: 2}\n- {out: y}\n"),
        format!(
            "{at}:3:19: unknown value `2` of `outputs[0].dates` (known: jiff, chrono, time, string)"
        )
    );
    let name = "`2fa` is not a package name: it must begin with a letter, hold only ASCII letters, digits, \
                `-` and `_`, and have at most 64 characters";
    assert_eq!(
        fault("spec: a\noutputs:\n- {out: x}\n- {out: y, package: {name: 2fa}}\n"),
        format!("{at}:4:28: {name}")
    );
    assert_eq!(
        fault("spec: a\npackage: {name: 2fa}\noutputs: [{out: x}]\n"),
        format!("{at}:2:17: {name}")
    );
    assert_eq!(
        fault("spec: a\noutputs: [{out: x, docs: y}, {out: z, docs: x}]\n"),
        format!("{at}:2:45: another output has the same folder")
    );
    assert_eq!(
        fault("spec: a\nout: x\noutputs: [{}, {}]\n"),
        format!("{at}:2:6: another output has the same folder")
    );
    assert_eq!(
        fault("spec: a\noutputs: [{outputs: [{out: x}]}]\n"),
        format!("{at}:2:21: `outputs` is not allowed in an output")
    );
}

#[test]
fn single_output_arguments_conflict_with_several_outputs() {
    let given = Overrides {
        out: Some("x".into()),
        ..Overrides::default()
    };
    let two = outputs("spec: a\noutputs: [{out: x}, {out: y}]\n", given.clone());
    assert_eq!(
        two.unwrap_err(),
        "--out needs a single output, but `spec/sdkgen.yaml` has 2"
    );
    let one = outputs("spec: a\noutputs: [{out: x}]\n", given);
    assert_eq!(one.unwrap().len(), 1);
}

#[test]
fn out_override_disables_the_configured_book() {
    let docs = |out: Option<&str>, docs: Option<&str>| {
        let given = Overrides {
            out: out.map(Into::into),
            docs: docs.map(Into::into),
            ..Overrides::default()
        };
        let read = outputs("spec: a\nout: x\ndocs: y\n", given).unwrap();
        read[0].job().docs.clone()
    };
    assert_eq!(docs(None, None), Some("spec/y".into()));
    assert_eq!(docs(Some("z"), None), None);
    assert_eq!(docs(Some("z"), Some("book")), Some("book".into()));
}

#[test]
fn options_do_not_depend_on_where_they_are_written() {
    let options = |path: &str, before: &str| {
        let text = format!(
            "{before}names: {{tags: {{a: b}}}}\npagination: {{listPets: none}}\nwait: {{getJob: {{name: wait}}}}\n"
        );
        let given = Overrides {
            spec: Some("a.yaml".into()),
            ..Overrides::default()
        };
        let settings = Settings::from_file(Path::new(path), &text, given).unwrap();
        serde_json::to_string(&settings.job().options).unwrap()
    };
    // The lock file has a hash of the serialized options.
    assert_eq!(
        options("sdkgen.yaml", ""),
        options("/elsewhere/sdkgen.yaml", "# More.\n")
    );
}
