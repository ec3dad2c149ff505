//! The JSON Schemas of the OpenAPI Specification as the reference for `lint`: what they reject is reported at its
//! position, and what they accept has no finding about fields.
//!
//! The documents are the fixtures, and the published ones in the folder that `SDKGEN_CORPUS` names.

#[path = "support/job.rs"]
mod job;

use boon::{Compiler, Draft, ErrorKind, SchemaIndex, Schemas, ValidationError};
use sdkgen::diag::Diagnostics;
use sdkgen::report;
use sdkgen::{load, pipeline};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A report shows at most this many positions of equal findings.
const SHOWN: usize = 3;

struct Judge {
    schemas: Schemas,
    of: BTreeMap<&'static str, SchemaIndex>,
}

impl Judge {
    fn new() -> Self {
        let mut compiler = Compiler::new();
        compiler.set_default_draft(Draft::V2020_12);
        let mut schemas = Schemas::new();
        let mut of = BTreeMap::new();
        for version in ["3.0", "3.1", "3.2"] {
            let text = std::fs::read_to_string(format!("tests/specification/{version}.json"));
            let schema: Value = serde_json::from_str(&text.unwrap()).unwrap();
            let url = format!("https://schemas.invalid/{version}.json");
            compiler.add_resource(&url, schema).unwrap();
            of.insert(version, compiler.compile(&url, &mut schemas).unwrap());
        }
        Judge { schemas, of }
    }

    /// Returns what the schema of the document's version rejects, by rule, or `None` if there is no schema for the
    /// version.
    fn refused(&self, document: &Value) -> Option<BTreeMap<String, BTreeSet<Refusal>>> {
        let version = document.get("openapi")?.as_str()?.get(..3)?;
        let schema = *self.of.get(version)?;
        let mut refused = BTreeMap::new();
        if let Err(error) = self.schemas.validate(document, schema) {
            collect(&error, &mut refused);
        }
        Some(refused)
    }
}

/// Positions, one of which must be reported.
type Refusal = BTreeSet<Position>;

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Position {
    At(String),
    /// A property of this name, wherever it is.
    Named(String),
}

/// Collects the errors that no other error explains.
fn collect(error: &ValidationError<'_, '_>, refused: &mut BTreeMap<String, BTreeSet<Refusal>>) {
    let is_choice = matches!(error.kind, ErrorKind::OneOf(_) | ErrorKind::AnyOf);
    let causes: Vec<_> = error
        .causes
        .iter()
        .filter(|cause| !is_reference(cause))
        .collect();
    let refusal = match (&error.kind, causes.is_empty()) {
        // The readers accept every text as a URI or a media type.
        (ErrorKind::Format { .. }, _) => return,
        (ErrorKind::PropertyName { prop }, _) => {
            Refusal::from([Position::Named(prop.replace('~', "~0").replace('/', "~1"))])
        }
        (_, true) => Refusal::from([Position::At(error.instance_location.to_string())]),
        (_, false) if is_choice => {
            let mut branches = BTreeMap::new();
            causes
                .into_iter()
                .for_each(|cause| collect(cause, &mut branches));
            let positions: Refusal = branches.into_values().flatten().flatten().collect();
            if positions.is_empty() {
                return;
            }
            positions
        }
        (_, false) => return causes.into_iter().for_each(|cause| collect(cause, refused)),
    };
    let rule = refused.entry(error.schema_url.to_owned()).or_default();
    rule.insert(refusal);
}

/// Returns whether the error only says that an object is not a reference, which the schema reports for every invalid
/// object.
fn is_reference(error: &ValidationError<'_, '_>) -> bool {
    let is_one = matches!(&error.kind, ErrorKind::Required { want } if want.contains(&"$ref"));
    is_one || (!error.causes.is_empty() && error.causes.iter().all(is_reference))
}

struct Report {
    /// The JSON Pointers of all labels.
    places: BTreeSet<String>,
    codes: BTreeSet<String>,
    text: String,
}

/// Returns the document, and the report of `lint`.
fn lint(path: &Path) -> Option<(Value, Report)> {
    let mut found = Diagnostics::default();
    let loaded = load::load(&load::Inputs::of(path.to_owned()), &mut found)?;
    let document = loaded.tree.root(loaded.entry)?.to_json();
    let job = job::job(path, None);
    pipeline::Compilation::new(&job, &loaded).lint(&mut found);
    let report = report::Findings::of(
        report::ReportFormat::Json,
        &found,
        &loaded.sources,
        &loaded.tree,
    );
    let mut places = BTreeSet::new();
    for finding in report.iter() {
        let own = path.display().to_string();
        let labels = std::iter::once(&finding.at).chain(&finding.labels);
        let labels = labels.filter(|label| label.path.as_ref() == Some(&own));
        places.extend(labels.filter_map(|label| label.pointer.clone()));
    }
    let report = Report {
        places,
        codes: report
            .iter()
            .map(|finding| finding.code.to_owned())
            .collect(),
        text: report::short(&found, &loaded.sources, &loaded.tree),
    };
    Some((document, report))
}

/// Returns whether a label is at a position: at the value, at a field of the object, or at the surrounding object.
fn is_near(place: &str, position: &Position) -> bool {
    let parent = |pointer: &str| {
        pointer
            .rsplit_once('/')
            .map(|(parent, _)| parent.to_owned())
    };
    match position {
        Position::Named(name) => place.ends_with(&format!("/{name}")),
        Position::At(at) => {
            place == at
                || parent(place).as_deref() == Some(at)
                || parent(at).as_deref() == Some(place)
        }
    }
}

fn documents(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let is_document = path
            .extension()
            .is_some_and(|end| end == "yaml" || end == "json");
        match path.is_dir() {
            true => documents(&path, found),
            false if is_document => found.push(path),
            false => {}
        }
    }
}

/// Returns the differences for these documents, how many were checked, and how many were rejected.
fn differences(paths: &[PathBuf]) -> (Vec<String>, usize, usize) {
    let judge = Judge::new();
    let (mut wrong, mut judged, mut bad) = (Vec::new(), 0, 0);
    for path in paths {
        let Some((document, report)) = lint(path) else {
            continue;
        };
        let Some(refused) = judge.refused(&document) else {
            continue;
        };
        judged += 1;
        bad += usize::from(!refused.is_empty());
        for (rule, positions) in &refused {
            let is_told = |at: &Position| report.places.iter().any(|place| is_near(place, at));
            let untold: Vec<_> = positions
                .iter()
                .filter(|refusal| !refusal.iter().any(is_told))
                .collect();
            if positions.len() - untold.len() < positions.len().min(SHOWN) {
                let path = path.display();
                wrong.push(format!("{path}: {rule}: {untold:?}\n{}", report.text));
            }
        }
        if refused.is_empty() && report.codes.contains("W0122") {
            wrong.push(format!("{}: is accepted\n{}", path.display(), report.text));
        }
    }
    (wrong, judged, bad)
}

#[test]
fn faults_of_fixtures_are_reported() {
    let mut paths = Vec::new();
    documents(Path::new("tests/fixtures"), &mut paths);
    let (wrong, judged, refused) = differences(&paths);
    assert!(
        judged > 100 && refused > 10,
        "{judged} judged, {refused} refused"
    );
    assert!(
        wrong.is_empty(),
        "{}\n{} of {judged}",
        wrong.join("\n"),
        wrong.len()
    );
}

#[test]
fn faults_of_published_documents_are_reported() {
    let Some(corpus) = std::env::var_os("SDKGEN_CORPUS").filter(|path| !path.is_empty()) else {
        return eprintln!("skipped: SDKGEN_CORPUS is not set");
    };
    let entries = std::fs::read_dir(corpus).unwrap();
    let paths: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|end| end == "yaml" || end == "json")
        })
        .collect();
    let (wrong, judged, refused) = differences(&paths);
    println!("{judged} judged, {refused} refused");
    assert!(
        wrong.is_empty(),
        "{}\n{} of {judged}",
        wrong.join("\n"),
        wrong.len()
    );
}
