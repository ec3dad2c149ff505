//! Generates the simplest numbers and strings within the limits.

use super::label::SampleLabel;
use super::{pattern, realistic};
use crate::example::validate;
use crate::ir::{IntegerFormat, Schema, StringFormat};
use crate::pattern::pattern as compiled;
use serde_json::{Number, Value as Json};

/// Returns all limits of a keyword; `allOf` may contribute several.
fn limits<'a>(schema: &'a Schema, keyword: &'a str) -> impl Iterator<Item = &'a Json> {
    let facts = schema.facts.iter();
    let limits = facts.flat_map(|facts| &facts.limits);
    limits
        .filter(move |(name, _)| name == keyword)
        .map(|(_, value)| value)
}

pub fn limit<'a>(schema: &'a Schema, keyword: &'a str) -> Option<&'a Json> {
    limits(schema, keyword).next()
}

pub fn count(schema: &Schema, keyword: &str) -> Option<usize> {
    limit(schema, keyword)?
        .as_u64()
        .map(|count| usize::try_from(count).unwrap_or(usize::MAX))
}

/// Returns the range of valid numbers, one step inside exclusive ends.
fn range(schema: &Schema, step: f64, usual: f64) -> (f64, f64) {
    let bound = |keyword: &str| {
        limits(schema, keyword)
            .filter_map(Json::as_f64)
            .collect::<Vec<_>>()
    };
    let most = bound("maximum")
        .into_iter()
        .chain(
            bound("exclusiveMaximum")
                .into_iter()
                .map(|most| most - step),
        )
        .fold(f64::INFINITY, f64::min);
    let least = bound("minimum")
        .into_iter()
        .chain(
            bound("exclusiveMinimum")
                .into_iter()
                .map(|least| least + step),
        )
        .fold(usual.min(most), f64::max);
    (least, most)
}

/// Returns 1, or the closest integer within the limits.
pub fn integer(schema: &Schema, format: IntegerFormat) -> Json {
    let (least, most) = range(schema, 1.0, 1.0);
    let (lowest, highest) = validate::bounds(format);
    let value = match multiple(schema).map(whole_step) {
        Some(step) => (least / step).ceil() * step,
        None => least.ceil(),
    };
    let value = value.clamp(lowest, highest).min(most.floor());
    // Casts from floats saturate at the ends of the range.
    match value >= i64::MAX as f64 {
        true => Json::from(value as u64),
        false => Json::from(value as i64),
    }
}

pub fn number(schema: &Schema) -> Json {
    let (least, most) = range(schema, f64::EPSILON, 1.5);
    // Uses the middle of a range with an exclusive end.
    let (least, most) =
        match limit(schema, "exclusiveMinimum").or(limit(schema, "exclusiveMaximum")) {
            Some(_) if most.is_finite() => (f64::midpoint(least, most), most),
            Some(_) => ((least + 0.5).floor().max(least), most),
            None => (least, most),
        };
    let value = match multiple(schema) {
        Some(step) => (least / step).ceil() * step,
        None => least,
    };
    let value = value.min(most);
    match value.fract() == 0.0 && value.abs() < 9e15 {
        true => Json::from(value as i64),
        false => Number::from_f64(value).map_or(Json::from(1), Json::Number),
    }
}

fn multiple(schema: &Schema) -> Option<f64> {
    limit(schema, "multipleOf")
        .and_then(Json::as_f64)
        .filter(|step| *step > 0.0)
}

/// Returns an integral multiple of a step, by powers of ten.
fn whole_step(step: f64) -> f64 {
    let mut tens = std::iter::successors(Some(step), |step| Some((step * 10.0).min(1e18)));
    let whole = tens.find(|step| (step - step.round()).abs() < 1e-9 * step);
    whole.map_or(step, f64::round)
}

/// Returns a string of the format within the limits: a realistic one, else the name.
pub fn text(schema: &Schema, format: StringFormat, label: SampleLabel<'_>) -> String {
    let written = schema
        .facts
        .as_ref()
        .and_then(|facts| facts.format.as_deref());
    let fixed = format.sample(written);
    let least = count(schema, "minLength").unwrap_or(0);
    let most = count(schema, "maxLength").unwrap_or(usize::MAX);
    let patterns: Vec<&str> = limits(schema, "pattern").filter_map(Json::as_str).collect();
    let is_sized = |text: &str| (least..=most).contains(&text.chars().count());
    if let Some(fixed) = fixed {
        let keeps = |pattern: &&str| compiled(pattern).is_none_or(|known| known.is_match(fixed));
        if format != StringFormat::Plain || is_sized(fixed) && patterns.iter().all(keeps) {
            return fixed.to_owned();
        }
    } else if format == StringFormat::Plain {
        let is_valid = |text: &str| {
            let keeps =
                |pattern: &&str| compiled(pattern).is_some_and(|known| known.is_match(text));
            is_sized(text) && patterns.iter().all(keeps)
        };
        if let Some(text) = realistic::text(label, written, is_valid) {
            return text;
        }
    }
    let usual = match format {
        StringFormat::Password => "password",
        _ if label.name.is_empty() => "string",
        _ => label.name,
    };
    let plain = sized(usual, least, most);
    let keeps = |pattern: &&str| compiled(pattern).is_some_and(|known| known.is_match(&plain));
    if patterns.iter().all(keeps) {
        return plain;
    }
    // An empty string is only used if no other is valid.
    pattern::text(&patterns, least.max(1), most)
        .or_else(|| pattern::text(&patterns, least, most))
        .unwrap_or(plain)
}

/// Pads or truncates a text to its length.
fn sized(text: &str, least: usize, most: usize) -> String {
    // A longer padding is of no use to readers.
    let missing = least.min(256).saturating_sub(text.chars().count());
    let filled = text.chars().chain(std::iter::repeat_n('x', missing));
    filled.take(most).collect()
}
