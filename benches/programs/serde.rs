//! Decodes and encodes the same text with generated and with derived types, in turn.

mod compare;
mod derived;

use compare::measure;
use serde_json::{Value, json};

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
