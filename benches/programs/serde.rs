//! Decodes and encodes the same text with generated and with derived types, in turn.

mod derived;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// The number of measurements, whose median counts.
const ROUNDS: usize = 101;

fn main() {
    let calls = text(1000, call);
    let title = "1,000 calls with a member that is not declared";
    measure::<outboundcalls::types::Call, derived::Call>(title, "derive with flatten", &calls);
    measure::<outboundcalls::types::Call, derived::LossyCall>(title, LOSSY, &calls);
    let title = "200 closed objects of 30 members";
    measure::<wide::types::Wide, derived::Wide>(title, "derive", &text(200, wide));
    let jobs = text(300, job);
    let title = "300 open objects with enums and open objects in an array";
    measure::<wide::types::Job, derived::Job>(title, "derive with flatten", &jobs);
    measure::<wide::types::Job, derived::LossyJob>(title, LOSSY, &jobs);
    let title = "100 closed objects with arrays of arrays";
    measure::<wide::types::Grid, derived::Grid>(title, "derive", &text(100, grid));
    let title = "1,000 values of a union with a discriminator";
    measure::<wide::types::Shape, derived::Shape>(title, "derive with tag", &text(1000, shape));
    let title = "3,000 values of a union of a string, a number and an object";
    measure::<wide::types::Label, derived::Label>(title, "derive untagged", &text(3000, label));
}

/// The label of derived types that drop unknown properties.
const LOSSY: &str = "derive that drops it";

/// The times to decode and to encode.
#[derive(Clone, Copy)]
struct Times {
    decode: Duration,
    encode: Duration,
}

/// Decodes a value from the bytes of a body.
type Read<T> = fn(&[u8]) -> T;

/// Decodes as generated clients do (`runtime/decode.rs`), which validate UTF-8 once.
fn from_text<T: DeserializeOwned>(body: &[u8]) -> T {
    let text = std::str::from_utf8(body).expect("the text is UTF-8");
    serde_json::from_str(text).expect("the text fits the type")
}

/// Decodes as handwritten clients and reqwest's `Response::json` do.
fn from_bytes<T: DeserializeOwned>(body: &[u8]) -> T {
    serde_json::from_slice(body).expect("the text fits the type")
}

/// Measures with properties in the order of the description, in which typed servers write them, and sorted by name.
fn measure<Ours, Derived>(title: &str, against: &str, sorted: &[u8])
where
    Ours: DeserializeOwned + Serialize,
    Derived: DeserializeOwned + Serialize,
{
    let values: Vec<Ours> = from_bytes(sorted);
    let in_order = serde_json::to_vec(&values).expect("what was read can be written");
    compare::<Ours, Derived>(title, against, &in_order);
    compare::<Ours, Derived>(&format!("{title}, sorted by name"), against, sorted);
}

/// Measures generated and derived types in turn, so that both run under the same load, and prints the comparison.
/// Derived types are measured with both ways to decode.
fn compare<Ours, Derived>(title: &str, against: &str, text: &[u8])
where
    Ours: DeserializeOwned + Serialize,
    Derived: DeserializeOwned + Serialize,
{
    let (mut ours, mut bytes, mut texts) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(once::<Vec<Ours>>(text, from_text));
        bytes.push(once::<Vec<Derived>>(text, from_bytes));
        texts.push(once::<Vec<Derived>>(text, from_text));
    }
    let (ours, bytes, texts) = (median(ours), median(bytes), median(texts));
    let speed = |time: Duration| text.len() as f64 / 1e6 / time.as_secs_f64();
    let (decode, encode) = (speed(ours.decode), speed(ours.encode));
    let [from_bytes, from_text] = [bytes, texts].map(|times| speed(times.decode));
    let derived = speed(bytes.encode);
    println!(
        "{title}, {against}: decode {decode:.0} MB/s to {from_bytes:.0}, ratio {:.2} ({:.2} if derived \
         types are read from text too); encode {encode:.0} MB/s to {derived:.0}, ratio {:.2}",
        decode / from_bytes,
        decode / from_text,
        encode / derived,
    );
}

fn once<T: Serialize>(text: &[u8], read: Read<T>) -> Times {
    let start = Instant::now();
    let value = read(black_box(text));
    let decode = start.elapsed();
    let start = Instant::now();
    black_box(serde_json::to_vec(black_box(&value)).expect("what was read can be written"));
    Times {
        decode,
        encode: start.elapsed(),
    }
}

fn median(times: Vec<Times>) -> Times {
    let middle = |of: fn(&Times) -> Duration| {
        let mut all: Vec<Duration> = times.iter().map(of).collect();
        all.sort();
        all[ROUNDS / 2]
    };
    Times {
        decode: middle(|times| times.decode),
        encode: middle(|times| times.encode),
    }
}

fn text(count: usize, element: fn(usize) -> Value) -> Vec<u8> {
    let elements: Vec<Value> = (0..count).map(element).collect();
    serde_json::to_vec(&elements).expect("a value can be written")
}

fn call(index: usize) -> Value {
    json!({
        "id": format!("clxCall{index:06}"),
        "status": "completed",
        "agentId": "clxAgent0001",
        "campaignId": "clxCampaign0001",
        "contactId": format!("clxContact{index:06}"),
        "phoneNumberId": "clxPhone0001",
        "toNumber": "+14155551212",
        "durationSeconds": index,
    })
}

fn owner(index: usize) -> Value {
    json!({"id": index, "login": format!("user{index}"), "url": "https://example.com/u", "siteAdmin": false})
}

fn wide(index: usize) -> Value {
    json!({
        "id": index, "name": format!("name {index}"), "createdAt": "2026-01-02T03:04:05Z",
        "size": 123_456_789, "ratio": 0.25, "active": true, "kind": "repository",
        "owner": owner(index), "tags": ["one", "two", "three"],
        "updatedAt": "2026-01-02T03:04:05Z", "deletedAt": "2026-01-02T03:04:05Z",
        "description": "A line of text that says \"what\" this is.\nAnd another.",
        "homepage": "https://example.com/", "language": "Rust", "license": "MIT OR Apache-2.0",
        "forksCount": 12, "starsCount": 3456, "watchersCount": 78, "openIssues": 9,
        "defaultBranch": "main", "hasIssues": true, "hasProjects": false, "hasDownloads": true,
        "hasWiki": false, "archived": false, "disabled": false, "score": 12.5, "weight": 0.001,
        "reviewers": [owner(1), owner(2)], "labels": ["bug", "good first issue"],
    })
}

const STATUSES: [&str; 6] = [
    "queued",
    "in_progress",
    "completed",
    "waiting",
    "requested",
    "pending",
];

fn job(index: usize) -> Value {
    let step = |number: usize| json!({"name": format!("step {number}"), "status": STATUSES[(index + number) % 6], "number": number});
    let steps: Vec<Value> = (0..8).map(step).collect();
    json!({
        "id": format!("job_{index:08}"), "status": STATUSES[index % 6],
        "previous": STATUSES[(index + 1) % 6], "conclusion": "success", "steps": steps,
    })
}

fn grid(index: usize) -> Value {
    let row = |row: usize| {
        (0..12)
            .map(|column| (index * row + column) as f64 / 8.0)
            .collect()
    };
    let rows: Vec<Vec<f64>> = (0..12).map(row).collect();
    json!({"name": format!("grid {index}"), "rows": rows, "names": [["a", "b"], ["c"], []]})
}

fn shape(index: usize) -> Value {
    let name = format!("shape {index}");
    match index % 3 {
        0 => json!({"kind": "Circle", "radius": index as f64 / 4.0, "name": name}),
        1 => json!({"kind": "Rectangle", "width": 1.5, "height": index as f64 / 4.0, "name": name}),
        _ => {
            json!({"kind": "Path", "points": [[0.0, 1.5], [2.25, 3.0], [4.5, 5.75]], "name": name})
        }
    }
}

fn label(index: usize) -> Value {
    match index % 3 {
        0 => json!(format!("label {index}")),
        1 => json!(index),
        _ => json!({"text": format!("label {index}"), "color": "#ff0000"}),
    }
}
