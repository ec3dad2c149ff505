//! The requests of the page.

use sdkgen::config::{ConfigError, Overrides, Settings};
use sdkgen::diag::Diagnostics;
use sdkgen::diff::{Diff, Surface, report};
use sdkgen::load::{self, Loaded};
use sdkgen::pipeline::Compilation;
use sdkgen::report::{Finding, Findings, ReportFormat, Style};
use sdkgen::source::Sources;
use sdkgen::tree::Tree;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

/// A request of the page.
#[derive(Debug, Deserialize)]
#[serde(tag = "command", rename_all = "lowercase")]
pub enum Request {
    /// Generates the crate and the sources of its book.
    Generate { document: Document, config: String },
    /// Compares the crates of two documents.
    Compare {
        old: Document,
        new: Document,
        config: String,
    },
}

/// An OpenAPI document.
#[derive(Debug, Deserialize)]
pub struct Document {
    /// The name of the file, which diagnostics show.
    pub name: String,
    pub text: String,
}

/// The response to a request.
#[derive(Debug, Default, Serialize)]
pub struct Response {
    /// The fields of `--format json`.
    pub findings: Vec<Value>,
    /// The findings as the command line prints them.
    pub report: String,
    /// The files of the crate and the book, by path. Empty if the document has errors.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub files: BTreeMap<String, String>,
    /// The changes, if both documents can be generated from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comparison: Option<Comparison>,
}

/// The changes between two documents.
#[derive(Debug, Serialize)]
pub struct Comparison {
    /// The report that `sdkgen diff` prints.
    pub text: String,
    /// The fields of `sdkgen diff --format json`.
    pub changes: Value,
}

/// The folders of the crate and the book. Nothing is written there.
const FOLDERS: [&str; 2] = ["crate", "book"];

/// Returns the response to a request as JSON.
pub fn respond(request: &[u8]) -> Vec<u8> {
    let response = match serde_json::from_slice(request) {
        Ok(Request::Generate { document, config }) => generate(&document, &config),
        Ok(Request::Compare { old, new, config }) => compare(&old, &new, &config),
        Err(fault) => {
            let message = format!("invalid request: {fault}");
            return json!({ "fault": message }).to_string().into_bytes();
        }
    };
    // Maps with string keys always serialize.
    serde_json::to_vec(&response).unwrap_or_default()
}

fn generate(document: &Document, config: &str) -> Response {
    let mut response = Response::default();
    let Some((settings, loaded, mut diagnostics)) = read(document, config, &mut response) else {
        return response;
    };
    let job = settings.settle(&loaded);
    let generated = Compilation::new(&job, &loaded).generate(&mut diagnostics);
    response.report(&diagnostics, Some(&loaded));
    for (folder, files) in generated
        .iter()
        .flat_map(|generated| generated.folders(&job))
    {
        for (path, text) in &files.0 {
            let path = format!("{}/{path}", folder.display());
            response.files.insert(path, text.to_string());
        }
    }
    response
}

fn compare(old: &Document, new: &Document, config: &str) -> Response {
    let mut response = Response::default();
    let old = surface(old, config, &mut response);
    let new = surface(new, config, &mut response);
    if let (Some(old), Some(new)) = (old, new) {
        let diff = Diff::of(&old, &new);
        response.comparison = Some(Comparison {
            text: report::human(&diff),
            changes: serde_json::from_str(&report::json(&diff)).unwrap_or_default(),
        });
    }
    response
}

fn surface(document: &Document, config: &str, response: &mut Response) -> Option<Surface> {
    let (settings, loaded, mut diagnostics) = read(document, config, response)?;
    let job = settings.settle(&loaded);
    let surface = Compilation::new(&job, &loaded).surface(&mut diagnostics);
    // A comparison shows what prevents it, and no other findings.
    if surface.is_none() {
        response.report(&diagnostics, Some(&loaded));
    }
    surface
}

/// Reads a document. Reports why it cannot be read.
fn read(
    document: &Document,
    config: &str,
    response: &mut Response,
) -> Option<(Settings, Loaded, Diagnostics)> {
    let mut diagnostics = Diagnostics::default();
    let loaded = load::from_texts(&[(&document.name, &document.text)], &mut diagnostics);
    let Some(mut loaded) = loaded else {
        response.report(&diagnostics, None);
        return None;
    };
    let read = settings(document, config).and_then(|settings| {
        settings.apply(&mut loaded, &mut diagnostics)?;
        Ok(settings)
    });
    match read {
        Ok(settings) => Some((settings, loaded, diagnostics)),
        Err(fault) => {
            diagnostics.push(fault.diagnostic());
            response.report(&diagnostics, Some(&loaded));
            None
        }
    }
}

fn settings(document: &Document, config: &str) -> Result<Settings, ConfigError> {
    let [out, docs] = FOLDERS.map(|folder| Some(folder.into()));
    let overrides = Overrides {
        spec: Some((&document.name).into()),
        out,
        docs,
        ..Overrides::default()
    };
    match config.trim().is_empty() {
        true => Settings::from_arguments(overrides),
        false => Settings::from_file(Path::new("sdkgen.yaml"), config, overrides),
    }
}

impl Response {
    fn report(&mut self, diagnostics: &Diagnostics, loaded: Option<&Loaded>) {
        let (sources, tree) = (Sources::default(), Tree::default());
        let (sources, tree) = match loaded {
            Some(loaded) => (&loaded.sources, &loaded.tree),
            None => (&sources, &tree),
        };
        let form = ReportFormat::Human(Style::default());
        let findings = Findings::of(form, diagnostics, sources, tree);
        let values = findings.iter().map(|found: &Finding| json!(found));
        self.findings.extend(values);
        self.report.push_str(&findings.text());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PETS: &str = "\
openapi: 3.1.0
info: {title: Pets, version: '1'}
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      responses: {'200': {description: All pets}}
";

    fn document(text: &str) -> Value {
        json!({ "name": "pets.yaml", "text": text })
    }

    fn answered(request: &Value) -> Value {
        serde_json::from_slice(&respond(request.to_string().as_bytes())).unwrap()
    }

    fn generated(text: &str, config: &str) -> Value {
        let request =
            json!({ "command": "generate", "document": document(text), "config": config });
        answered(&request)
    }

    #[test]
    fn generates_crate_and_book() {
        let response = generated(PETS, "");
        let files = response["files"].as_object().unwrap();
        let manifest = files["crate/Cargo.toml"].as_str().unwrap();
        assert!(manifest.contains("name = \"pets\""), "{manifest}");
        let resource = files["crate/src/resources/pets.rs"].as_str().unwrap();
        assert!(resource.contains("pub fn list("), "{resource}");
        assert!(files.contains_key("book/src/SUMMARY.md"));
    }

    #[test]
    fn applies_the_configuration() {
        let config = "package: {name: zoo, license: MIT}\nnames: {operations: {listPets: all}}\n";
        let response = generated(PETS, config);
        let files = response["files"].as_object().unwrap();
        let manifest = files["crate/Cargo.toml"].as_str().unwrap();
        assert!(manifest.contains("name = \"zoo\""), "{manifest}");
        let resource = files["crate/src/resources/pets.rs"].as_str().unwrap();
        assert!(resource.contains("pub fn all("), "{resource}");
    }

    #[test]
    fn reports_faults_with_positions() {
        let response = generated("a: 1\n", "");
        let finding = &response["findings"][0];
        assert_eq!(finding["severity"], "error");
        assert_eq!(
            (&finding["path"], &finding["line"]),
            (&json!("pets.yaml"), &json!(1))
        );
        assert_eq!(response.get("files"), None);
        let report = response["report"].as_str().unwrap();
        assert!(report.contains("pets.yaml:1:"), "{report}");

        let finding = &generated(PETS, "dates: never\n")["findings"][0];
        assert_eq!(
            (&finding["path"], &finding["line"]),
            (&json!("sdkgen.yaml"), &json!(1))
        );
        let finding = &generated("{", "")["findings"][0];
        assert_eq!(finding["severity"], "error");
    }

    #[test]
    fn compares_two_documents() {
        let new = PETS
            .replace("listPets", "allPets")
            .replace("/pets:", "/animals:");
        let request = json!({
            "command": "compare", "old": document(PETS), "new": document(&new), "config": "",
        });
        let response = answered(&request);
        assert_eq!(response["comparison"]["changes"]["step"]["1.x"], "major");
        let text = response["comparison"]["text"].as_str().unwrap();
        assert!(text.contains("breaking: "), "{text}");

        let broken = json!({
            "command": "compare", "old": document(PETS), "new": document("a: 1"), "config": "",
        });
        let response = answered(&broken);
        assert_eq!(response.get("comparison"), None);
        assert_eq!(response["findings"][0]["severity"], "error");
    }

    #[test]
    fn rejects_other_requests() {
        let response = answered(&json!({ "command": "erase" }));
        let fault = response["fault"].as_str().unwrap();
        assert!(
            fault.starts_with("invalid request: unknown variant `erase`"),
            "{fault}"
        );
    }
}
