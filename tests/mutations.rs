//! Documents as people break them: whatever is changed in a sound one, the line ends, with files or
//! with errors, and never with a panic.
//!
//! The changes follow from a fixed seed, so a failure can be run again. `SDKGEN_MUTATIONS` sets how
//! many are tried for each fixture.

#[path = "support/job.rs"]
mod job;

use sdkgen::diag::{Diagnostics, render};
use sdkgen::{pipeline, source};
use serde_json::{Map, Value, json};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// A small generator of numbers (xorshift): the same on every machine, and no dependency.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides.max(1) as u64) as usize
    }

    fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.roll(list.len())]
    }
}

/// Values that stand where they should not.
fn strange(dice: &mut Dice, pointers: &[String]) -> Value {
    let reference = format!("#{}", dice.pick(pointers).replace('%', "%25"));
    match dice.roll(14) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(-1),
        3 => json!(1.5e300),
        4 => json!(u64::MAX),
        5 => json!(""),
        6 => json!("{{ x }} {% y %} \" */ #![a] \u{202e} \n `"),
        7 => json!([]),
        8 => json!({}),
        9 => json!([{}, null, "x", 3]),
        10 => json!({"type": ["string", "integer", "null"], "enum": [1, "1", null, 1]}),
        11 => json!({"allOf": [{"$ref": reference}, {"oneOf": [{"$ref": reference}, {}]}]}),
        12 => json!({"type": "array", "items": {"$ref": reference}}),
        _ => json!({"$ref": reference}),
    }
}

/// Keys that names are made of, or that mean something elsewhere.
const KEYS: [&str; 12] = [
    "$ref",
    "allOf",
    "oneOf",
    "discriminator",
    "enum",
    "const",
    "type",
    "",
    "self",
    "日本",
    "a/b~c{d}",
    "+1",
];

fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    let escape = |key: &str| key.replace('~', "~0").replace('/', "~1");
    match value {
        Value::Object(members) => members
            .iter()
            .for_each(|(key, value)| pointers(value, &format!("{at}/{}", escape(key)), found)),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(index, value)| pointers(value, &format!("{at}/{index}"), found)),
        _ => {}
    }
}

/// Changes one thing in a document.
fn mutate(document: &mut Value, dice: &mut Dice) {
    let mut all = Vec::new();
    pointers(document, "", &mut all);
    let from = document.pointer(dice.pick(&all).as_str()).cloned();
    let value = match dice.roll(3) {
        0 => from.unwrap_or_default(),
        _ => strange(dice, &all),
    };
    let Some(place) = document.pointer_mut(dice.pick(&all).as_str()) else {
        return;
    };
    match (dice.roll(4), place) {
        (0, Value::Object(members)) => rename(members, dice),
        (1, Value::Object(members)) => {
            members.insert(dice.pick(&KEYS).to_string(), value);
        }
        (2, Value::Object(members)) => {
            let gone = members.keys().nth(dice.roll(members.len())).cloned();
            members.remove(&gone.unwrap_or_default());
        }
        (1, Value::Array(items)) => items.push(value),
        (_, place) => *place = value,
    }
}

fn rename(members: &mut Map<String, Value>, dice: &mut Dice) {
    let Some(key) = members.keys().nth(dice.roll(members.len())).cloned() else {
        return;
    };
    if let Some(value) = members.remove(&key) {
        members.insert(dice.pick(&KEYS).to_string(), value);
    }
}

/// The whole line, and the telling of what was found.
fn run(text: &str) {
    let mut diagnostics = Diagnostics::default();
    let Some(loaded) = source::from_texts(&[("spec.json", text)], &mut diagnostics) else {
        return;
    };
    let generated = pipeline::generate(
        &job::job(Path::new("spec.json"), Some("docs")),
        &loaded,
        &mut diagnostics,
    );
    assert!(
        generated.is_some() || diagnostics.has_errors(),
        "nothing was made, and nothing said"
    );
    render::short(&diagnostics, &loaded.sources, &loaded.tree);
}

fn fixtures() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [
        "tests/fixtures/schemas",
        "tests/fixtures/operations",
        "spec",
    ];
    let mut found: Vec<PathBuf> = folders
        .iter()
        .flat_map(|folder| std::fs::read_dir(root.join(folder)).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| !path.ends_with("sdkgen.yaml"))
        .collect();
    found.sort();
    found
}

#[test]
fn no_change_to_a_document_makes_a_panic() {
    let count = std::env::var("SDKGEN_MUTATIONS")
        .ok()
        .and_then(|count| count.parse().ok());
    let count = count.unwrap_or(40);
    let mut faults = Vec::new();
    for (number, path) in fixtures().iter().enumerate() {
        let text = std::fs::read_to_string(path).unwrap();
        let loaded = source::from_texts(&[("spec.yaml", &text)], &mut Diagnostics::default());
        let loaded = loaded.expect("a fixture");
        let sound = loaded
            .tree
            .root(loaded.entry)
            .expect("a document")
            .to_json();
        let mut dice = Dice(0x9e37_79b9_7f4a_7c15 ^ number as u64);
        for _ in 0..count {
            let mut document = sound.clone();
            for _ in 0..=dice.roll(4) {
                mutate(&mut document, &mut dice);
            }
            let text = document.to_string();
            if catch_unwind(AssertUnwindSafe(|| run(&text))).is_err() {
                faults.push(format!("{}: {text}", path.display()));
            }
        }
    }
    assert!(
        faults.is_empty(),
        "{} documents:\n{}",
        faults.len(),
        faults.join("\n")
    );
}
