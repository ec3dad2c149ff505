//! Measures decoding and encoding with a generated type and another one, in turn.

use serde::Serialize;
use serde::de::DeserializeOwned;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// The number of measurements, whose median counts.
const ROUNDS: usize = 51;

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
pub fn measure<Ours, Other>(title: &str, against: &str, sorted: &[u8])
where
    Ours: DeserializeOwned + Serialize,
    Other: DeserializeOwned + Serialize,
{
    let values: Vec<Ours> = from_bytes(sorted);
    let in_order = serde_json::to_vec(&values).expect("what was read can be written");
    compare::<Ours, Other>(title, against, &in_order);
    compare::<Ours, Other>(&format!("{title}, sorted by name"), against, sorted);
}

/// Measures generated and other types in turn, so that both run under the same load, and prints the comparison.
/// The others are measured with both ways to decode.
fn compare<Ours, Other>(title: &str, against: &str, text: &[u8])
where
    Ours: DeserializeOwned + Serialize,
    Other: DeserializeOwned + Serialize,
{
    let (mut ours, mut bytes, mut texts) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(once::<Vec<Ours>>(text, from_text));
        bytes.push(once::<Vec<Other>>(text, from_bytes));
        texts.push(once::<Vec<Other>>(text, from_text));
    }
    let (ours, bytes, texts) = (median(ours), median(bytes), median(texts));
    let speed = |time: Duration| text.len() as f64 / 1e6 / time.as_secs_f64();
    let (decode, encode) = (speed(ours.decode), speed(ours.encode));
    let [from_bytes, from_text] = [bytes, texts].map(|times| speed(times.decode));
    let other = speed(bytes.encode);
    println!(
        "{title}, {against}: decode {decode:.0} MB/s to {from_bytes:.0}, ratio {:.2} ({:.2} if the others \
         are read from text too); encode {encode:.0} MB/s to {other:.0}, ratio {:.2}",
        decode / from_bytes,
        decode / from_text,
        encode / other,
    );
}

/// Measures decoding and encoding once. An earlier value of the same type leaves the heap as its own allocations need
/// it: after thousands of small ones of another type, the allocator first merges what that type has freed.
fn once<T: Serialize>(text: &[u8], read: Read<T>) -> Times {
    drop(read(black_box(text)));
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
