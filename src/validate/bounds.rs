//! Checks that the limits of a schema allow a value.

use super::found::GroupedFindings;
use crate::diag::codes;
use crate::tree::Node;

/// Pairs of a lower and an upper limit that may be equal.
const PAIRS: [(&str, &str); 5] = [
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
    ("minContains", "maxContains"),
    ("minimum", "maximum"),
];

/// Reports a lower limit above the upper one.
pub fn contradictory(schema: Node<'_>, found: &mut GroupedFindings<'_>) {
    for (low, high) in PAIRS {
        if let Some((low, high)) = schema.get(low).zip(schema.get(high)) {
            compare(
                low,
                high,
                is_open(schema, low) || is_open(schema, high),
                found,
            );
        }
    }
    // Since OpenAPI 3.1, exclusive limits are numbers.
    for (low, high) in [
        ("exclusiveMinimum", "maximum"),
        ("minimum", "exclusiveMaximum"),
        ("exclusiveMinimum", "exclusiveMaximum"),
    ] {
        if let Some((low, high)) = schema.get(low).zip(schema.get(high)) {
            compare(low, high, true, found);
        }
    }
}

/// Returns whether a limit is exclusive, as OpenAPI 3.0 marks it.
fn is_open(schema: Node<'_>, limit: Node<'_>) -> bool {
    let keyword = match limit.key() {
        Some("minimum") => "exclusiveMinimum",
        Some("maximum") => "exclusiveMaximum",
        _ => return false,
    };
    schema.get(keyword).and_then(Node::as_bool) == Some(true)
}

fn compare(low: Node<'_>, high: Node<'_>, is_open: bool, found: &mut GroupedFindings<'_>) {
    let number = |node: Node<'_>| node.as_number()?.as_f64();
    let Some((least, most)) = number(low).zip(number(high)) else {
        return;
    };
    if least > most || (is_open && least == most) {
        found.push(low, codes::contradictory_bounds(low, high));
    }
}
