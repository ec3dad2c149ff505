//! Decodes and encodes the values of a file, each with the type that its line names.

use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Debug;

fn main() {
    let path = std::env::args().nth(1).expect("a path");
    let lines = std::fs::read_to_string(path).expect("a file");
    let mut output = String::new();
    for line in lines.lines() {
        let (key, text) = line.split_once('\t').expect("a line");
        let outcome = by_key(key)(text);
        output.push_str(&outcome.replace('\n', " "));
        output.push('\n');
    }
    print!("{output}");
}

/// Returns `ok`, the variant and the encoded value, or `error` and the reason.
fn go<T: DeserializeOwned + Serialize + Debug>(text: &str) -> String {
    let value: T = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => return format!("error\t{error}"),
    };
    match serde_json::to_string(&value) {
        Ok(text) => format!("ok\t{value:?}\t{text}"),
        Err(error) => format!("error\t{error}"),
    }
}

fn by_key(key: &str) -> fn(&str) -> String {
    match key {
        // The arms.
        _ => panic!("{key}"),
    }
}
