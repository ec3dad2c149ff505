//! Samples of arrays, tuples and maps.

use super::budget::member;
use super::label::SampleLabel;
use super::rules::{key, missing_name};
use super::scalar::{count, limit};
use super::{MAX_ITEMS, MAX_VALUES, Optional, Sampler};
use crate::ir::{Schema, SchemaKind, Shape};
use serde_json::{Map, Value as Json};

impl<'a> Sampler<'a> {
    pub(super) fn tuple(
        &mut self,
        parts: &'a [Schema],
        given: Option<&'a Json>,
        label: SampleLabel<'a>,
    ) -> Json {
        let mut list = Vec::new();
        for (index, part) in parts.iter().enumerate() {
            if self.is_spent() {
                break;
            }
            let given = given.and_then(|given| given.get(index));
            list.push(self.value(part, given, label.item()));
        }
        Json::Array(list)
    }

    pub(super) fn array(
        &mut self,
        schema: &'a Schema,
        items: &'a Schema,
        given: Option<&'a Json>,
        label: SampleLabel<'a>,
    ) -> Json {
        let least = count(schema, "minItems").unwrap_or(0).min(64);
        let most = count(schema, "maxItems").unwrap_or(usize::MAX);
        let usual = if self.closes(items) { 0 } else { 1 };
        let mut list = Vec::new();
        let listed = given.and_then(Json::as_array).map(Vec::as_slice);
        if let Some(listed) = listed.filter(|listed| listed.len() >= least) {
            let wanted = listed.len().min(MAX_ITEMS.max(least)).min(most);
            for given in &listed[..wanted] {
                if self.is_spent() {
                    break;
                }
                list.push(self.value(items, Some(given), label.item()));
            }
            return Json::Array(list);
        }
        let before = self.values;
        let item = self.value(items, None, label.item());
        let size = self.values - before;
        let wanted = least.max(usual).min(most);
        let unique = limit(schema, "uniqueItems") == Some(&Json::Bool(true));
        for index in 0..wanted {
            let next = match unique {
                true => self.varied(items, &item, index),
                false => item.clone(),
            };
            if index > 0 {
                // Copies of copies multiply.
                self.values += size;
                if self.values > MAX_VALUES || !self.pay(&next) {
                    break;
                }
            }
            list.push(next);
        }
        Json::Array(list)
    }

    /// Returns a different value for each index, if possible.
    fn varied(&mut self, schema: &Schema, value: &Json, index: usize) -> Json {
        let other = match (self.api.resolved(schema), value) {
            (SchemaKind::Declared(id), _) => match &self.api.ty(*id).shape {
                Shape::Enum(shape) => shape.values.get(index).map(|known| known.value.clone()),
                _ => None,
            },
            (_, Json::Number(number)) => number
                .as_i64()
                .map(|number| Json::from(number + index as i64)),
            (_, Json::String(text)) if index > 0 => Some(Json::from(match text.parse::<u32>() {
                Ok(number) => (u64::from(number) + index as u64).to_string(),
                Err(_) => format!("{text}{}", index + 1),
            })),
            _ => None,
        };
        other
            .filter(|other| self.validator.is_valid_now(schema, other))
            .unwrap_or_else(|| value.clone())
    }

    pub(super) fn map(
        &mut self,
        schema: &Schema,
        values: &'a Schema,
        given: Option<&'a Json>,
    ) -> Json {
        let least = count(schema, "minProperties").unwrap_or(0);
        let label = SampleLabel::named("value");
        let mut value = Json::Object(Map::new());
        if let Some(given) = given
            .and_then(Json::as_object)
            .filter(|given| given.len() >= least)
        {
            for (name, given) in given.iter().take(MAX_ITEMS.max(least)) {
                if !self.put(&mut value, name, values, Some(given), label) {
                    break;
                }
            }
            return value;
        }
        let usual = usize::from(self.optional == Optional::All);
        for index in 0..least.max(usual).min(64) {
            if !self.put(&mut value, &key(schema, index), values, None, label) {
                return value;
            }
        }
        while let Some(name) = missing_name(schema, &value) {
            if !self.put(&mut value, &name, values, None, SampleLabel::default()) {
                break;
            }
        }
        value
    }

    /// Adds a property to an object. Returns false if the budget is exhausted.
    pub(super) fn put(
        &mut self,
        object: &mut Json,
        name: &str,
        schema: &'a Schema,
        given: Option<&'a Json>,
        label: SampleLabel<'a>,
    ) -> bool {
        let left = self.left.bytes.checked_sub(member(name));
        self.left.bytes = left.unwrap_or(0);
        if self.is_spent() {
            return false;
        }
        let value = self.value(schema, given, label);
        if let Json::Object(map) = object {
            map.insert(name.to_owned(), value);
        }
        true
    }
}
