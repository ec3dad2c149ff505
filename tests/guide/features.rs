//! The table of OpenAPI and JSON Schema features. Each row of `features.txt` is a document that the generator must
//! handle as the row states.

use super::agrees;
use sdkgen::config::{Overrides, Settings};
use sdkgen::diag::Diagnostics;
use sdkgen::pipeline::{self, Compilation};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

const ROWS: &str = include_str!("features.txt");

const HEAD: &str = "\
# Supported features

This table says what sdkgen does with the features of OpenAPI 3.0, 3.1 and 3.2 and of JSON Schema. A test runs a
small document for each row. Swagger 2.0 documents are read into the same model.

- **supported**: the generated code has the feature.
- **documented**: the generated documentation states it. The client does not check it: the server does.
- **reported**: sdkgen prints the diagnostic and generates a fallback. `sdkgen explain CODE` describes it.
- **ignored**: no effect on the generated crate.

<!-- Generated from tests/guide/features.txt by `SDKGEN_BLESS=1 cargo test --test guide`. -->
";

/// The schema of `Thing` in rows about other features.
const THING: &str = "{type: object, properties: {name: {type: string}}}";

type Row = BTreeMap<&'static str, &'static str>;

/// Parses the sections and rows of `features.txt`.
fn sections() -> Vec<(&'static str, Vec<Row>)> {
    let mut sections: Vec<(&str, Vec<Row>)> = Vec::new();
    for block in ROWS.split("\n\n") {
        let lines = block.lines().filter(|line| !line.starts_with('#'));
        let mut row = Row::new();
        for line in lines {
            match line.split_once(": ") {
                Some((key, value)) => assert!(row.insert(key, value).is_none(), "{line}"),
                None if line.is_empty() => {}
                None => sections.push((line.trim_matches(['[', ']']), Vec::new())),
            }
        }
        if !row.is_empty() {
            sections.last_mut().expect("a section").1.push(row);
        }
    }
    sections
}

/// Returns the document of a row, with this schema.
fn document(row: &Row, schema: &str) -> String {
    let get = |key: &str| row.get(key).copied();
    let operation = get("operation").unwrap_or_default();
    let reference = "{$ref: '#/components/schemas/Thing'}";
    let mut fields = vec!["operationId: getThing".to_owned()];
    fields.extend(get("operation").map(str::to_owned));
    if !operation.starts_with("responses:") {
        fields.push(format!(
            "responses: {{'200': {{description: A thing., content: {{application/json: {{schema: {reference}}}}}}}}}"
        ));
    }
    let mut text = format!(
        "openapi: {}\ninfo: {{title: Things, version: '1'}}\nservers: [{{url: https://api.example.com}}]\n\
         paths:\n  /things:\n    get: {{{}}}\n    put: {{operationId: putThing, requestBody: {{required: true, \
         content: {{application/json: {{schema: {reference}}}}}}}, responses: {{'204': {{description: Done.}}}}}}\n",
        get("version").unwrap_or("3.1.0"),
        fields.join(", ")
    );
    let mut line = |indent: &str, value: &str| writeln!(text, "{indent}{value}").unwrap();
    get("paths").into_iter().for_each(|path| line("  ", path));
    line("", "components:\n  schemas:");
    line("    ", &format!("Thing: {schema}"));
    let others = get("components")
        .into_iter()
        .flat_map(|all| all.split("; "));
    others.for_each(|other| line("    ", other));
    if let Some(schemes) = get("securitySchemes") {
        line("  ", &format!("securitySchemes: {schemes}"));
    }
    get("root").into_iter().for_each(|root| line("", root));
    text
}

/// Returns the codes of the findings and the generated sources, without those of every crate.
fn generated(row: &Row, schema: &str) -> (Vec<&'static str>, BTreeMap<String, String>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("api.yaml");
    fs::write(&path, document(row, schema)).unwrap();
    if let Some((name, text)) = row.get("file").and_then(|file| file.split_once(' ')) {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let given = Overrides {
        spec: Some(path),
        ..Overrides::default()
    };
    let settings = Settings::from_file(Path::new("sdkgen.yaml"), "", given).unwrap();
    let mut diagnostics = Diagnostics::default();
    let mut files = BTreeMap::new();
    if let Some(loaded) = pipeline::load(settings.job(), &mut diagnostics) {
        let job = settings.settle(&loaded);
        if let Some(generated) = Compilation::new(&job, &loaded).generate(&mut diagnostics) {
            let all = generated.package.0.into_iter();
            files.extend(
                all.filter(|(name, _)| {
                    name.starts_with("src/") && !name.starts_with("src/runtime/")
                }),
            );
        }
    }
    let mut codes: Vec<&str> = diagnostics.iter().map(|found| found.code).collect();
    codes.sort_unstable();
    codes.dedup();
    (codes, files)
}

/// Returns the sources without comments.
fn code(files: &BTreeMap<String, String>) -> String {
    let lines = files.values().flat_map(|text| text.lines());
    let lines = lines.filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// Returns the table's text for a row.
///
/// # Errors
///
/// Returns how the generator deviates from the row.
fn verdict(row: &Row) -> Result<String, String> {
    let schema = row.get("schema").copied().unwrap_or(THING);
    let (codes, files) = generated(row, schema);
    if let Some(code) = row.get("reported") {
        return match codes[..] == [*code] {
            true => Ok(format!("reported ({code})")),
            false => Err(format!("the codes are {codes:?}")),
        };
    }
    if !codes.is_empty() {
        return Err(format!("the codes are {codes:?}"));
    }
    if let Some(text) = row.get("supported") {
        return match code(&files).contains(text) {
            true => Ok("supported".to_owned()),
            false => Err(format!("the code has no `{text}`")),
        };
    }
    let (word, without) = match (row.get("documented"), row.get("ignored")) {
        (Some(without), None) => ("documented", without),
        (None, Some(without)) => ("ignored", without),
        _ => return Err("the row has no verdict, or two".to_owned()),
    };
    let (_, others) = generated(row, without);
    if code(&files) != code(&others) {
        return Err("the code differs from the one without the feature".to_owned());
    }
    match (files == others) == (word == "ignored") {
        true => Ok(word.to_owned()),
        false => Err(format!("it is not {word}: look at the comments")),
    }
}

#[test]
fn the_table_of_features_says_what_the_generator_does() {
    let mut page = HEAD.to_owned();
    let mut faults = Vec::new();
    for (section, rows) in sections() {
        write!(
            page,
            "\n## {section}\n\n| feature | | |\n| --- | --- | --- |\n"
        )
        .unwrap();
        for row in rows {
            match verdict(&row) {
                Ok(said) => {
                    writeln!(page, "| {} | {said} | {} |", row["feature"], row["note"]).unwrap()
                }
                Err(why) => faults.push(format!("{}: {why}", row["feature"])),
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    agrees("features.md", &page);
}
