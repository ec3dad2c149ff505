//! The round trip of examples: each is decoded into its Rust type and encoded again, and the result must be equal.
//!
//! A program for each generated crate does this through the crate's public types. It reads the examples from a file,
//! so that changed examples do not require a build.

use super::examples::{self, Example};
use super::judge::{Formats, Judge};
use sdkgen::load::Loaded;
use sdkgen::pipeline::TypedSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A valid example that has a Rust type.
#[derive(Debug, Serialize, Deserialize)]
pub struct Case {
    /// The example's position.
    pub place: String,
    /// The index of its type in [`Cases::types`].
    pub ty: usize,
    /// Whether it has every format that its schema names.
    pub fits_formats: bool,
    pub value: Json,
}

/// All examples of a document, sorted.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Cases {
    /// The types, in Rust syntax.
    pub types: Vec<String>,
    pub cases: Vec<Case>,
    /// The number of examples in the document.
    pub found: usize,
    /// The number of examples that are not valid for their schema.
    pub invalid: usize,
    /// Valid examples whose schema has no Rust type: it is unused, or the client passes its media type on as bytes.
    pub without_type: Vec<String>,
    /// Schemas that the validator cannot use, and why.
    pub not_judged: Vec<String>,
}

/// Finds the examples of a document and validates them.
pub fn cases(loaded: &Loaded, places: &[TypedSchema]) -> Cases {
    let examples = examples::collect(loaded);
    let roots: BTreeSet<_> = examples.iter().map(|example| example.schema).collect();
    let judge = Judge::new(loaded, &roots, Formats::Defined);
    let strict = Judge::new(loaded, &roots, Formats::All);
    let types: HashMap<_, _> = places.iter().map(|place| (place.node, &place.ty)).collect();
    let mut numbers: BTreeMap<&String, usize> = BTreeMap::new();
    let mut cases = Cases {
        found: examples.len(),
        ..Cases::default()
    };
    for Example {
        place,
        origin,
        schema,
        value,
    } in examples
    {
        match judge.holds(schema, &value) {
            Ok(true) => {}
            Ok(false) => {
                cases.invalid += 1;
                continue;
            }
            Err(why) => {
                cases.not_judged.push(format!("{place}: {why}"));
                continue;
            }
        }
        let Some(ty) = types.get(&schema) else {
            cases.without_type.push(format!("{origin:?} {place}"));
            continue;
        };
        let next = numbers.len();
        let number = *numbers.entry(ty).or_insert(next);
        let fits_formats = strict.holds(schema, &value).unwrap_or(true);
        cases.cases.push(Case {
            place: format!("{origin:?} {place}"),
            ty: number,
            fits_formats,
            value,
        });
    }
    let mut types: Vec<(usize, &String)> = numbers.into_iter().map(|(ty, n)| (n, ty)).collect();
    types.sort();
    cases.types = types.into_iter().map(|(_, ty)| ty.clone()).collect();
    cases
}

/// Returns the files of the program: its manifest and its source.
pub fn program(package: &str, manifest: &str, types: &[String]) -> [(&'static str, String); 2] {
    let ident = package.replace('-', "_");
    let types: Vec<String> = types
        .iter()
        .map(|ty| ty.replace("crate::", &format!("{ident}::")))
        .collect();
    // Types of other crates are dependencies of the generated crate.
    let foreign = |line: &&str| {
        let name = line.split([' ', '=']).next().unwrap_or_default();
        let head = format!("{}::", name.replace('-', "_"));
        !name.is_empty() && types.iter().any(|ty| mentions(ty, &head))
    };
    let dependencies = manifest
        .split("\n[dependencies]\n")
        .nth(1)
        .unwrap_or_default();
    let dependencies = dependencies
        .lines()
        .take_while(|line| !line.starts_with('['));
    let foreign: String = dependencies
        .filter(|line| !line.starts_with("serde_json"))
        .filter(foreign)
        .map(|line| format!("{line}\n"))
        .collect();
    let features = match manifest.contains("\nfull = [") {
        true => ", features = [\"full\"]",
        false => "",
    };
    let manifest = format!(
        "[package]\nname = \"{package}-trip\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\
         publish = false\n\n[dependencies]\n\
         {package} = {{ path = \"../{package}\", default-features = false{features} }}\n\
         serde = \"1\"\nserde_json = \"1\"\n{foreign}"
    );
    let table: String = types
        .iter()
        .map(|ty| format!("    trip::<{ty}>,\n"))
        .collect();
    let types_module = types.iter().any(|ty| mentions(ty, "types::"));
    let mut uses = String::new();
    if types_module {
        uses.push_str(&format!("use {ident}::types;\n"));
    }
    if types.iter().any(|ty| ty.contains("BTreeMap<")) {
        uses.push_str("use std::collections::BTreeMap;\n");
    }
    let source = include_str!("trip_program.rs.txt")
        .replace("/*uses*/\n", &uses)
        .replace("/*types*/\n", &table);
    [("Cargo.toml", manifest), ("src/main.rs", source)]
}

fn mentions(ty: &str, head: &str) -> bool {
    ty.match_indices(head).any(|(at, _)| {
        let before = ty[..at].chars().next_back();
        !before.is_some_and(|before| before.is_alphanumeric() || before == '_' || before == ':')
    })
}

/// Returns the program's input: for each example, a line with the index of its type and its text.
pub fn input(cases: &Cases) -> String {
    let line = |case: &Case| format!("{} {}\n", case.ty, case.value);
    cases.cases.iter().map(line).collect()
}

/// The results of the round trip.
#[derive(Debug, Default)]
pub struct Outcome {
    pub passed: usize,
    /// Position, type and reason.
    pub failed: Vec<Failure>,
}

#[derive(Debug)]
pub struct Failure {
    pub place: String,
    pub ty: String,
    pub reason: String,
    pub fits_formats: bool,
}

/// Compares the program's output with its input.
pub fn compare(cases: &Cases, output: &str) -> Outcome {
    let mut lines = output.lines();
    let mut outcome = Outcome::default();
    for case in &cases.cases {
        let line = lines
            .next()
            .unwrap_or("-the program ended before this example");
        let reason = match line.strip_prefix('+') {
            None => Some(format!("decode: {}", &line[line.len().min(1)..])),
            Some(text) => match serde_json::from_str(text) {
                Ok(encoded) => difference(&case.value, &encoded, String::new()),
                Err(error) => Some(format!("encoded text is no JSON: {error}")),
            },
        };
        match reason {
            None => outcome.passed += 1,
            Some(reason) => outcome.failed.push(Failure {
                place: case.place.clone(),
                ty: cases.types[case.ty].clone(),
                reason,
                fits_formats: case.fits_formats,
            }),
        }
    }
    outcome
}

/// Returns the first difference of two values. As in JSON Schema, 1 and 1.0 are the same number.
fn difference(before: &Json, after: &Json, at: String) -> Option<String> {
    match (before, after) {
        (Json::Array(before), Json::Array(after)) if before.len() == after.len() => {
            let pairs = before.iter().zip(after).enumerate();
            pairs
                .map(|(index, (before, after))| difference(before, after, format!("{at}/{index}")))
                .find_map(|found| found)
        }
        (Json::Object(before), Json::Object(after)) => {
            for (key, value) in before {
                let at = format!("{at}/{key}");
                let Some(other) = after.get(key) else {
                    return Some(format!("encode: {at} is lost, it was {}", short(value)));
                };
                if let Some(found) = difference(value, other, at) {
                    return Some(found);
                }
            }
            let added = after.iter().find(|(key, _)| !before.contains_key(*key));
            added.map(|(key, value)| format!("encode: {at}/{key} is added: {}", short(value)))
        }
        (Json::Number(before), Json::Number(after)) => {
            let equal = before == after || before.as_f64() == after.as_f64();
            (!equal).then(|| format!("encode: {at}: {before} became {after}"))
        }
        (before, after) if before == after => None,
        _ => Some(format!(
            "encode: {at}: {} became {}",
            short(before),
            short(after)
        )),
    }
}

fn short(value: &Json) -> String {
    let text = value.to_string();
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
