//! `cargo bench --bench minified`: the cost of a document of 20 MB on one line, compared with the same document
//! pretty-printed, and the memory for each byte of both.
//!
//! Code that counts columns or lines from the start of a text or a line takes quadratic time here, which small
//! documents do not show. Each run is a separate process. `SDKGEN_BENCH_RUNS` sets the number of measurements.

#[path = "../tests/support/mod.rs"]
mod support;

use sdkgen::diag::Diagnostics;
use sdkgen::pipeline;
use sdkgen::report::{Findings, ReportFormat, Style};
use serde_json::{Value, json};
use std::path::Path;
use std::time::Duration;
use std::{fs, hint};
use support::bench::{self, asked_for, median, runs};
use support::generate::settings;

/// The number of schemas, and of operations.
const PARTS: usize = 9_000;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, mode, path] = arguments.as_slice()
        && mode == "measure"
    {
        return bench::child(|| work(Path::new(path)));
    }
    if !asked_for() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let document = document();
    let texts = [
        ("minified", document.to_string()),
        (
            "pretty-printed",
            serde_json::to_string_pretty(&document).unwrap(),
        ),
    ];
    let forms = texts.map(|(name, text)| {
        let path = folder.path().join(format!("{name}.json"));
        fs::write(&path, &text).unwrap();
        (name, path, text.len())
    });
    let mut found = forms.each_ref().map(|_| (Vec::new(), 0));
    // In turn, so that both are measured under the same load.
    for _ in 0..runs(5) {
        for ((_, path, _), (times, peak)) in forms.iter().zip(&mut found) {
            let (time, kilobytes) = bench::measured("measure", path);
            times.push(time);
            *peak = kilobytes.max(*peak);
        }
    }
    let found = found.map(|(mut times, peak)| (median(&mut times), peak));
    for ((name, _, bytes), (time, peak)) in forms.iter().zip(&found) {
        println!(
            "{name}: {:.1} MB, {:.2} s; peak of memory {} MiB, {:.1} times the document",
            *bytes as f64 / 1e6,
            time.as_secs_f64(),
            peak / 1024,
            (peak * 1024) as f64 / *bytes as f64
        );
    }
    let seconds = found.map(|(time, _): (Duration, u64)| time.as_secs_f64());
    println!(
        "minified to pretty-printed: ratio {:.2}",
        seconds[0] / seconds[1]
    );
}

/// Reads the document, generates all files, and reports all findings.
fn work(document: &Path) {
    let settings = settings("", document, "minified").unwrap();
    let mut diagnostics = Diagnostics::default();
    let loaded = pipeline::load(settings.job(), &mut diagnostics).unwrap();
    let job = settings.settle(&loaded);
    hint::black_box(
        pipeline::Compilation::new(&job, &loaded)
            .generate(&mut diagnostics)
            .unwrap(),
    );
    for form in [ReportFormat::Human(Style::default()), ReportFormat::Json] {
        Findings::of(form, &diagnostics, &loaded.sources, &loaded.tree).text();
    }
}

/// Returns a document like the largest published ones, with a finding in every schema.
fn document() -> Value {
    let schemas = (0..PARTS).map(|number| (format!("item{number}"), schema(number)));
    let paths = (0..PARTS).map(|number| {
        let path = format!("/groups/{{group-id}}/items{number}/{{item-id}}");
        (path, json!({"get": operation(number)}))
    });
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Large", "version": "1"},
        "servers": [{"url": "https://api.example.com"}],
        "paths": paths.collect::<serde_json::Map<_, _>>(),
        "components": {"schemas": schemas.collect::<serde_json::Map<_, _>>()}
    })
}

fn schema(number: usize) -> Value {
    let next = format!("#/components/schemas/item{}", (number + 1) % PARTS);
    let text = "The name that is shown to members of the group. It is at most 256 characters long.";
    json!({
        "type": "object",
        "required": ["id"],
        "properties": {
            "id": {"type": "string", "description": "Identifies the item."},
            "displayName": {"type": "string", "nullable": true, "description": text},
            "createdDateTime": {"type": "string", "format": "date-time", "description": text},
            "size": {"type": "integer", "format": "int64", "minimum": 0, "description": text},
            "state": {"type": "string", "enum": ["active", "archived", format!("only{number}")]},
            "unknownKind": {"typ": "string", "description": text},
            "children": {"type": "array", "items": {"$ref": next}, "description": text},
            "parent": {"$ref": next}
        }
    })
}

fn operation(number: usize) -> Value {
    let item = json!({"$ref": format!("#/components/schemas/item{number}")});
    let text = "Lists the items of a group, sorted by name, with the properties that are selected.";
    let parameter = |name: &str, place: &str| {
        let required = place == "path";
        json!({"name": name, "in": place, "required": required, "description": text, "schema": {"type": "string"}})
    };
    json!({
        "tags": [format!("groups.part{}", number / 20)],
        "summary": format!("Get items{number} of a group"),
        "description": text,
        "operationId": format!("groups.GetItems{number}"),
        "parameters": [
            parameter("group-id", "path"),
            parameter("item-id", "path"),
            parameter("$select", "query"),
            parameter("$expand", "query"),
            parameter("If-Match", "header")
        ],
        "responses": {
            "200": {"description": "Success", "content": {"application/json": {"schema": item}}}
        }
    })
}
