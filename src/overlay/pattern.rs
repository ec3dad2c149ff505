//! Implements the functions `match` and `search` of JSONPath (RFC 9535, sections 2.4.6 and 2.4.7) with limits. Those
//! of `serde_json_path` compile their pattern for each node.

use regex::{Regex, RegexBuilder};
use serde_json::Value;
use serde_json_path::functions::{LogicalType, ValueType};
use std::cell::RefCell;
use std::collections::HashMap;

/// The size limit of a compiled pattern in bytes: some thousand states.
const LARGEST: usize = 2 << 20;
/// The limit of patterns in a path. Patterns may come from the document.
const MOST: usize = 1_000;

#[derive(Default)]
struct Patterns {
    /// `None` for an invalid pattern, which matches nothing.
    compiled: HashMap<String, Option<Regex>>,
    /// The limit that was exceeded.
    fault: Option<String>,
}

thread_local! {
    /// A thread-local, because functions of a JSONPath get only their arguments.
    static PATTERNS: RefCell<Patterns> = RefCell::default();
}

/// Evaluates a path. Fails if its patterns exceed a limit.
pub fn within_limits<T>(evaluate: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    PATTERNS.take();
    let result = evaluate();
    match PATTERNS.take().fault {
        Some(fault) => Err(fault),
        None => result,
    }
}

impl Patterns {
    fn matches(&mut self, text: &str, pattern: String) -> bool {
        if self.fault.is_some() {
            return false;
        }
        if !self.compiled.contains_key(&pattern) {
            if self.compiled.len() == MOST {
                self.fault = Some(format!("it has more than {MOST} patterns"));
                return false;
            }
            let compiled = RegexBuilder::new(&pattern).size_limit(LARGEST).build();
            if let Err(regex::Error::CompiledTooBig(_)) = compiled {
                self.fault = Some("one of its patterns is too large".to_owned());
            }
            self.compiled.insert(pattern.clone(), compiled.ok());
        }
        let known = self.compiled.get(&pattern).and_then(Option::as_ref);
        known.is_some_and(|pattern| pattern.is_match(text))
    }
}

fn is_match(text: &ValueType<'_>, pattern: &ValueType<'_>, whole: bool) -> LogicalType {
    let (Some(Value::String(text)), Some(Value::String(pattern))) =
        (text.as_value(), pattern.as_value())
    else {
        return LogicalType::False;
    };
    // In I-Regexp (RFC 9485), `.` matches neither `\n` nor `\r`.
    let pattern = match whole {
        true => format!("(?R)^({pattern})$"),
        false => format!("(?R)({pattern})"),
    };
    PATTERNS.with_borrow_mut(|patterns| patterns.matches(text, pattern).into())
}

#[serde_json_path::function(name = "match")]
fn match_whole(text: ValueType, pattern: ValueType) -> LogicalType {
    is_match(&text, &pattern, true)
}

#[serde_json_path::function]
fn search(text: ValueType, pattern: ValueType) -> LogicalType {
    is_match(&text, &pattern, false)
}
