//! Tables: which rows a response has, and how they fit on the screen.

use serde_json::{Map, Value};

use super::specification::Operation;
use super::terminal::{printable, width};
use super::value;

/// How wide a cell is at most.
const WIDEST: usize = 60;

/// Returns the value in a response that a table shows: the list or the object inside of its envelope.
pub fn shown<'v>(operation: &Operation, response: &'v Value) -> &'v Value {
    let mut candidates = operation
        .rows
        .iter()
        .filter_map(|path| value::at(response, path));
    candidates
        .find(|value| value.is_array() || value.is_object())
        .unwrap_or(response)
}

/// Returns a table of a value, without a line break at its end.
pub fn table(value: &Value, columns: &[String], screen: usize) -> String {
    match value {
        Value::Array(items) if items.is_empty() => "(none)".to_owned(),
        Value::Array(items) if items.iter().all(Value::is_object) => {
            let rows: Vec<&Map<String, Value>> =
                items.iter().filter_map(Value::as_object).collect();
            of_rows(&rows, columns, screen)
        }
        Value::Array(items) => items.iter().map(cell).collect::<Vec<_>>().join("\n"),
        Value::Object(object) => of_object(object, screen),
        scalar => printable_value(scalar),
    }
}

/// Returns a line for each row below the names of the columns.
fn of_rows(rows: &[&Map<String, Value>], columns: &[String], screen: usize) -> String {
    let columns = present(rows, columns);
    let text = |row: &Map<String, Value>, name: &String| {
        let path: Vec<String> = name.split('.').map(str::to_owned).collect();
        let nested = || {
            path.iter()
                .try_fold(None, |value: Option<&Value>, step| match value {
                    None => row.get(step).map(Some),
                    Some(value) => value.get(step).map(Some),
                })
        };
        let found = row.get(name).or_else(|| nested().flatten());
        found.map(cell).unwrap_or_default()
    };
    let heads = columns.iter().map(|name| printable(name).to_uppercase());
    let mut lines: Vec<Vec<String>> = vec![heads.collect()];
    lines.extend(
        rows.iter()
            .map(|row| columns.iter().map(|name| text(row, name)).collect()),
    );
    let mut widths: Vec<usize> = (0..columns.len())
        .map(|index| {
            lines
                .iter()
                .map(|line| width(&line[index]))
                .max()
                .unwrap_or_default()
                .min(WIDEST)
        })
        .collect();
    shrink(&mut widths, screen);
    let line = |cells: &Vec<String>| {
        let cells = cells
            .iter()
            .zip(&widths)
            .map(|(cell, width)| padded(cell, *width));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    lines.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Returns the wanted columns that some row has; those of the first rows if there is none.
fn present(rows: &[&Map<String, Value>], columns: &[String]) -> Vec<String> {
    let has = |name: &&String| {
        let first = name.split('.').next().unwrap_or(name);
        rows.iter()
            .any(|row| row.contains_key(*name) || row.contains_key(first))
    };
    let wanted: Vec<String> = columns.iter().filter(has).cloned().collect();
    if !wanted.is_empty() {
        return wanted;
    }
    let mut names: Vec<String> = Vec::new();
    for (name, value) in rows.iter().take(20).flat_map(|row| row.iter()) {
        if !value.is_object() && !value.is_array() && !names.contains(name) && names.len() < 6 {
            names.push(name.clone());
        }
    }
    match (names.is_empty(), rows.first()) {
        (true, Some(row)) => row.keys().take(6).cloned().collect(),
        _ => names,
    }
}

/// Narrows the widest columns until the table fits on the screen.
fn shrink(widths: &mut [usize], screen: usize) {
    const NARROWEST: usize = 8;
    let gaps = widths.len().saturating_sub(1) * 2;
    while widths.iter().sum::<usize>() + gaps > screen {
        let Some(widest) = widths.iter_mut().max() else {
            return;
        };
        if *widest <= NARROWEST {
            return;
        }
        *widest -= 1;
    }
}

/// Returns a line for each property.
fn of_object(object: &Map<String, Value>, screen: usize) -> String {
    if object.is_empty() {
        return "(empty)".to_owned();
    }
    let names: Vec<String> = object.keys().map(|name| printable(name)).collect();
    let widest = names
        .iter()
        .map(|name| width(name))
        .max()
        .unwrap_or_default()
        .min(WIDEST);
    let room = screen.saturating_sub(widest + 2).max(20);
    let lines = names.iter().zip(object.values()).map(|(name, value)| {
        let text = match value {
            // The text of a single thing is worth its lines.
            Value::String(text) => printable(text),
            value => padded(&cell(value), room).trim_end().to_owned(),
        };
        format!("{}  {text}", padded(name, widest))
            .trim_end()
            .to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Returns a value as the text of a cell, on one line.
pub fn cell(value: &Value) -> String {
    match value {
        Value::Array(items)
            if items
                .iter()
                .all(|item| !item.is_object() && !item.is_array()) =>
        {
            items
                .iter()
                .map(printable_value)
                .collect::<Vec<_>>()
                .join(", ")
        }
        value => printable_value(value),
    }
}

fn printable_value(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => printable(text),
        other => printable(&other.to_string()),
    }
}

/// Returns a text that takes so many columns: padded with spaces, or cut.
fn padded(text: &str, columns: usize) -> String {
    let taken = width(text);
    if taken <= columns {
        return format!("{text}{}", " ".repeat(columns - taken));
    }
    let mut cut = String::new();
    for c in text.chars() {
        cut.push(c);
        if width(&cut) > columns.saturating_sub(1) {
            cut.pop();
            break;
        }
    }
    let gap = columns.saturating_sub(width(&cut) + 1);
    format!("{cut}…{}", " ".repeat(gap))
}

#[cfg(test)]
mod tests {
    use super::{shown, table};
    use crate::runtime::specification::Operation;
    use serde_json::json;

    #[test]
    fn rows_have_the_wanted_columns() {
        let value = json!([{"id": "a", "n": 1, "x": {"y": true}}, {"id": "bb", "n": null}]);
        let columns = ["id".to_owned(), "x.y".to_owned(), "gone".to_owned()];
        assert_eq!(table(&value, &columns, 80), "ID  X.Y\na   true\nbb");
        assert_eq!(table(&value, &[], 80), "ID  N\na   1\nbb");
        assert_eq!(table(&json!([]), &[], 80), "(none)");
    }

    #[test]
    fn tables_fit_and_send_no_escapes() {
        let value = json!([{"a": "x".repeat(50), "b": "\u{1b}[31m"}]);
        let text = table(&value, &[], 30);
        assert!(
            text.lines().all(|line| line.chars().count() <= 30),
            "{text}"
        );
        assert!(!text.contains('\u{1b}') && text.contains("…"));
    }

    #[test]
    fn envelopes_are_opened() {
        let operation = Operation {
            rows: vec![vec!["data".to_owned()]],
            ..Operation::default()
        };
        let response = json!({"data": [{"id": 1}]});
        assert_eq!(shown(&operation, &response), &json!([{"id": 1}]));
        assert_eq!(shown(&operation, &json!([2])), &json!([2]));
    }
}
