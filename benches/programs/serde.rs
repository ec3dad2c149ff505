//! Decodes and encodes the same text with generated and with derived types, in turn.

mod derived;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// How often each is measured; the median counts.
const ROUNDS: usize = 101;

fn main() {
    let calls = text(1000, call);
    let title = "1,000 calls with a member that is not declared";
    let ours = measure::<outboundcalls::types::Call>(&calls);
    compare(
        title,
        "derive with flatten",
        &calls,
        ours,
        measure::<derived::Call>(&calls),
    );
    let ours = measure::<outboundcalls::types::Call>(&calls);
    let lossy = measure::<derived::LossyCall>(&calls);
    compare(title, "derive that drops it", &calls, ours, lossy);
    let wide = text(200, wide);
    let ours = measure::<wide::types::Wide>(&wide);
    let derived = measure::<derived::Wide>(&wide);
    compare(
        "200 closed objects of 30 members",
        "derive",
        &wide,
        ours,
        derived,
    );
}

/// The times to decode and to encode.
#[derive(Clone, Copy)]
struct Times {
    decode: Duration,
    encode: Duration,
}

fn measure<T: DeserializeOwned + Serialize>(text: &[u8]) -> Times {
    let (mut decode, mut encode) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let value: Vec<T> =
            serde_json::from_slice(black_box(text)).expect("the text fits the type");
        decode.push(start.elapsed());
        let start = Instant::now();
        black_box(serde_json::to_vec(black_box(&value)).expect("what was read can be written"));
        encode.push(start.elapsed());
    }
    decode.sort();
    encode.sort();
    Times {
        decode: decode[ROUNDS / 2],
        encode: encode[ROUNDS / 2],
    }
}

fn compare(title: &str, against: &str, text: &[u8], ours: Times, derived: Times) {
    for (what, ours, derived) in [
        ("decode", ours.decode, derived.decode),
        ("encode", ours.encode, derived.encode),
    ] {
        let speed = |time: Duration| text.len() as f64 / 1e6 / time.as_secs_f64();
        println!(
            "{title}: {what}: generated {:.0} MB/s, {against} {:.0} MB/s, ratio {:.2}",
            speed(ours),
            speed(derived),
            speed(ours) / speed(derived)
        );
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
