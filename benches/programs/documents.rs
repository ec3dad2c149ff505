//! Decodes and encodes examples of published documents with generated types and as `serde_json::Value`, in turn.

mod compare;

use compare::measure;
use serde_json::Value;

fn main() {
    let issues = repeated(include_str!("issues.json"));
    measure::<github::types::Issue, Value>("1,000 issues of GitHub", VALUE, &issues);
    let messages = repeated(include_str!("messages.json"));
    let title = "1,000 messages of Discord";
    measure::<discord::types::MessageResponse, Value>(title, VALUE, &messages);
}

const VALUE: &str = "`serde_json::Value`";

/// Returns an array of 1,000 items, which repeat those of an array.
fn repeated(example: &str) -> Vec<u8> {
    let items: Vec<Value> = serde_json::from_str(example).expect("the example is an array");
    let thousand: Vec<&Value> = items.iter().cycle().take(1000).collect();
    serde_json::to_vec(&thousand).expect("a value can be written")
}
