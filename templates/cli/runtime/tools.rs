//! Operations as tools of the Model Context Protocol: which ones there are, and what their results look like.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::columns;
use super::command::Running;
use super::specification::{self, Operation};
use super::value;
use super::{Function, Resource};

/// How many operations are a tool each. A language model reads the description of every tool.
pub const MOST_TOOLS: usize = 40;

/// An operation that may be run.
#[derive(Debug)]
pub struct Tool {
    /// ASCII letters, digits and underscores, unique.
    pub name: String,
    pub resource: String,
    pub command: String,
    pub operation: Operation,
    pub function: Function,
}

/// Which operations may be run.
#[derive(Debug, Default)]
pub struct Allowed {
    pub only_reads: bool,
    /// `tag:NAME`, the name of a resource or a tool, or an operation id; empty for all.
    pub names: Vec<String>,
}

impl Tool {
    /// Returns whether the request changes nothing (RFC 9110, section 9.2.1).
    pub fn is_read(&self) -> bool {
        matches!(
            &*self.operation.method,
            "GET" | "HEAD" | "OPTIONS" | "QUERY"
        )
    }

    /// Returns the description for a language model.
    pub fn description(&self) -> String {
        let operation = &self.operation;
        let line = format!("{} {}", operation.method, operation.path);
        let mut paragraphs = vec![operation.about.clone(), operation.details.clone(), line];
        if operation.is_deprecated {
            paragraphs.push("Deprecated.".to_owned());
        }
        if operation.confirms {
            paragraphs.push("The user has to confirm the request before it is sent.".to_owned());
        }
        paragraphs.retain(|text| !text.is_empty());
        paragraphs.join("\n\n")
    }

    fn is_allowed(&self, allowed: &Allowed) -> bool {
        let is_named = |name: &String| match name.strip_prefix("tag:") {
            Some(tag) => self.operation.tag == tag,
            None => [&self.name, &self.resource, &self.operation.id].contains(&name),
        };
        let is_listed = allowed.names.is_empty() || allowed.names.iter().any(is_named);
        is_listed && (!allowed.only_reads || self.is_read())
    }
}

/// Returns the operations that may be run, in the order of the description.
pub fn tools(running: &Running, allowed: &Allowed) -> Vec<Tool> {
    let described = running.specification.resources.iter();
    let mut names = HashSet::new();
    let mut tools = Vec::new();
    for (described, resource) in described.zip(running.program.resources) {
        tools.extend(of_resource(&described.name, resource, &mut names));
    }
    tools.retain(|tool| tool.is_allowed(allowed));
    tools
}

fn of_resource(name: &str, resource: &Resource, names: &mut HashSet<String>) -> Vec<Tool> {
    let operations = specification::operations(resource.commands).into_iter();
    let tool = |(operation, function): (Operation, &Function)| Tool {
        name: unique(&format!("{name}_{}", operation.name), names),
        resource: name.to_owned(),
        command: operation.name.clone(),
        operation,
        function: *function,
    };
    operations.zip(resource.functions).map(tool).collect()
}

/// Returns a name that clients accept: at most 64 letters, digits and underscores.
fn unique(name: &str, names: &mut HashSet<String>) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    let base: String = name.chars().map(plain).take(58).collect();
    let mut numbers = 2..;
    let mut name = base.clone();
    while !names.insert(name.clone()) {
        name = format!("{base}_{}", numbers.next().unwrap_or_default());
    }
    name
}

/// Returns a schema as an object.
pub fn schema(value: &Value) -> Map<String, Value> {
    let empty = || Map::from_iter([("type".to_owned(), json!("object"))]);
    value.as_object().cloned().unwrap_or_else(empty)
}

/// Cuts a response to a budget of characters. Returns what was left out, with a hint.
pub fn fit(operation: &Operation, response: Value, budget: usize) -> (Value, Option<String>) {
    if length(&response) <= budget {
        return (response, None);
    }
    let rows = columns::shown(operation, &response);
    if let Value::Array(items) = rows {
        let mut room = budget;
        let fits = |item: &&Value| {
            let length = length(item) + 1;
            let is_fit = length <= room;
            room = room.saturating_sub(length);
            is_fit
        };
        let kept: Vec<Value> = items.iter().take_while(fits).cloned().collect();
        if !kept.is_empty() {
            let note = format!(
                "{} of {} items are shown. {}",
                kept.len(),
                items.len(),
                hint(operation)
            );
            return (with_rows(operation, &response, kept), Some(note));
        }
    }
    let mut response = response;
    let mut longest = budget / 4;
    while length(&response) > budget && longest > 20 {
        shorten(&mut response, longest);
        longest /= 2;
    }
    let note = format!("Long values are cut. {}", hint(operation));
    match length(&response) <= budget {
        true => (response, Some(note)),
        false => {
            let text: String = response.to_string().chars().take(budget).collect();
            (
                Value::from(text),
                Some(format!("The response is cut. {}", hint(operation))),
            )
        }
    }
}

fn length(value: &Value) -> usize {
    value.to_string().chars().count()
}

/// Returns a response with its rows replaced.
fn with_rows(operation: &Operation, response: &Value, rows: Vec<Value>) -> Value {
    let mut response = response.clone();
    let holds = |path: &&Vec<String>| value::at(&response, path).is_some_and(Value::is_array);
    match operation.rows.iter().find(holds).cloned() {
        // The path leads to an array, so that it can be set.
        Some(path) => {
            let _ = value::set(&mut response, &path, Value::Array(rows));
            response
        }
        None => Value::Array(rows),
    }
}

/// Cuts texts and lists that are longer than that.
fn shorten(value: &mut Value, longest: usize) {
    match value {
        Value::String(text) => {
            let count = text.chars().count();
            if count > longest {
                let start: String = text.chars().take(longest).collect();
                *text = format!("{start}… ({count} characters)");
            }
        }
        Value::Array(items) => {
            items.truncate(longest.max(1));
            items.iter_mut().for_each(|item| shorten(item, longest));
        }
        Value::Object(members) => members
            .values_mut()
            .for_each(|member| shorten(member, longest)),
        _ => {}
    }
}

/// Returns how the response can be narrowed.
fn hint(operation: &Operation) -> String {
    let optional = operation
        .arguments
        .iter()
        .filter(|argument| !argument.is_required);
    let names: Vec<String> = optional
        .take(8)
        .map(|argument| argument.path.join("."))
        .collect();
    match names.is_empty() {
        true => "Ask for a single item instead.".to_owned(),
        false => format!("Narrow the request with: {}.", names.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::{fit, unique};
    use crate::runtime::specification::{Argument, Operation};
    use serde_json::json;
    use std::collections::HashSet;

    #[test]
    fn results_fit_a_budget() {
        let operation = Operation {
            rows: vec![vec!["data".to_owned()]],
            arguments: vec![Argument {
                path: vec!["limit".to_owned()],
                ..Argument::default()
            }],
            ..Operation::default()
        };
        let rows: Vec<_> = (0..100).map(|id| json!({"id": id})).collect();
        let (value, note) = fit(&operation, json!({"data": rows, "more": true}), 100);
        assert!(
            value.to_string().len() < 130 && value["more"] == true,
            "{value}"
        );
        assert_eq!(
            note.unwrap(),
            "11 of 100 items are shown. Narrow the request with: limit."
        );
        let (value, note) = fit(&operation, json!({"text": "x".repeat(1000)}), 100);
        assert!(
            value["text"]
                .as_str()
                .unwrap()
                .ends_with("(1000 characters)"),
            "{value}"
        );
        assert!(note.is_some());
        assert_eq!(fit(&operation, json!(1), 100), (json!(1), None));
    }

    #[test]
    fn names_are_unique_and_plain() {
        let mut names = HashSet::new();
        assert_eq!(unique("a-b_c", &mut names), "a_b_c");
        assert_eq!(unique("a_b_c", &mut names), "a_b_c_2");
        assert!(unique(&"é".repeat(100), &mut names).len() <= 64);
    }
}
