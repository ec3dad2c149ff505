//! Sample values of schemas: from the document's own examples, else from defaults, enums, formats, patterns and
//! limits.
//!
//! Samples satisfy their schema as far as possible without solving it. Of an invalid example, the valid parts
//! are used. If a document contradicts itself, the sample is the closest value.

mod budget;
mod collections;
mod label;
mod pattern;
mod plain;
mod realistic;
#[cfg(test)]
mod realistic_tests;
mod rules;
mod scalar;
mod union;
mod values;

use crate::example::validate::Validator;
use crate::ir::{Api, Object, Schema, SchemaKind, Shape, StringFormat, TypeDef, TypeId};
use budget::{Budget, remaining};
use plain::{first_value, resembles, shallow};
use rules::missing;
use scalar::limit;
use serde_json::{Map, Value as Json, json};
use std::sync::LazyLock;

pub use crate::example::validate::Direction;
pub use budget::{fits, is_small};
pub use label::{SampleLabel, thing};

#[cfg(test)]
mod tests;

/// Which optional properties a sample has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Optional {
    /// None, unless a rule requires some.
    None,
    /// Those in the example that the sample is based on.
    InExample,
    /// All, down to a readable depth.
    All,
}

/// Returns a request value of a schema, based on `given` if possible.
pub fn request(
    api: &Api,
    schema: &Schema,
    given: &[Json],
    optional: Optional,
    label: SampleLabel<'_>,
) -> Json {
    let mut sampler = Sampler::new(api, Direction::Request, optional);
    let valid = given
        .iter()
        .find(|value| fits(value, MOST_JUDGED) && sampler.validator.is_valid(schema, value));
    sampler.value(schema, valid.or(given.first()), label)
}

/// Returns a string that satisfies the limits of a schema.
pub fn text(schema: &Schema, label: SampleLabel<'_>) -> String {
    scalar::text(schema, StringFormat::Plain, label)
}

/// Returns a value with its optional properties, down to a readable depth.
pub fn full(api: &Api, schema: &Schema, way: Direction) -> Json {
    Sampler::new(api, way, Optional::All).value(schema, None, SampleLabel::default())
}

/// Returns a value with the optional properties of the document's examples only.
pub fn brief(api: &Api, schema: &Schema, way: Direction) -> Json {
    Sampler::new(api, way, Optional::InExample).value(schema, None, SampleLabel::default())
}

/// The maximum depth of values.
const MAX_DEPTH: usize = 24;
/// The maximum depth of optional properties that no rule requires.
const MAX_OPTIONAL_DEPTH: usize = 4;
/// A sample with more values gets only required properties, and lists get no more items. Types that fan out at
/// each level would be unreadable.
const MAX_VALUES: usize = 300;
/// The number of items of a long list or map that a sample shows.
const MAX_ITEMS: usize = 3;

/// Examples with more bytes of JSON are not validated as a whole.
const MOST_JUDGED: usize = 64 << 10;

struct Sampler<'a> {
    api: &'a Api,
    way: Direction,
    optional: Optional,
    /// The declared types around the current value; a repeated one is a cycle.
    around: Vec<TypeId>,
    depth: usize,
    /// The maximum depth of optional properties.
    deepest: usize,
    values: usize,
    left: Budget,
    validator: Validator<'a>,
}

static ANY: LazyLock<Schema> = LazyLock::new(Schema::any);

impl<'a> Sampler<'a> {
    fn new(api: &'a Api, way: Direction, optional: Optional) -> Self {
        let left = Budget::of(api);
        Sampler {
            api,
            way,
            optional,
            around: Vec::new(),
            depth: 0,
            deepest: MAX_OPTIONAL_DEPTH,
            values: 0,
            left,
            validator: Validator::new(api, way).with_steps(left.steps),
        }
    }

    /// Subtracts the size of a value from the budget. Returns false if it exceeds the budget.
    fn pay(&mut self, value: &Json) -> bool {
        let left = remaining(value, self.left.bytes);
        self.left.bytes = left.unwrap_or(self.left.bytes);
        left.is_some()
    }

    /// Returns the value if the budget allows it, else an empty one.
    fn paid(&mut self, value: Json) -> Json {
        if self.pay(&value) {
            return value;
        }
        self.left.bytes = 0;
        match value {
            Json::String(_) => Json::String(String::new()),
            Json::Array(_) => Json::Array(Vec::new()),
            Json::Object(_) => Json::Object(Map::new()),
            scalar => scalar,
        }
    }

    /// Returns whether the budget is exhausted, so that lists and objects end.
    fn is_spent(&self) -> bool {
        self.left.values == 0 || self.left.bytes == 0
    }

    fn value(
        &mut self,
        schema: &'a Schema,
        given: Option<&'a Json>,
        label: SampleLabel<'a>,
    ) -> Json {
        self.values += 1;
        self.left.values = self.left.values.saturating_sub(1);
        if given.is_some_and(|value| value.is_null() && self.validator.is_valid(schema, value)) {
            return Json::Null;
        }
        let (given, is_exact) = match self.given(schema, given) {
            Some((given, is_exact)) => (Some(given), is_exact),
            None => (None, false),
        };
        let exact = given.filter(|given| is_exact && fits(given, self.left.bytes));
        if self.depth >= MAX_DEPTH || self.values > MAX_VALUES || self.is_spent() {
            let value = exact.cloned();
            return self.paid(value.unwrap_or_else(|| shallow(self.api, schema)));
        }
        self.depth += 1;
        let value = match &schema.kind {
            SchemaKind::Array(items) => self.array(schema, items, given, label),
            SchemaKind::Tuple(parts) => self.tuple(parts, given, label),
            SchemaKind::Map(values) => self.map(schema, values, given),
            SchemaKind::Declared(id) => self.declared(*id, schema, given, label),
            SchemaKind::Envelope(_, inner) => self.value(inner, given, label),
            _ => {
                let value = self.plain(schema, exact, label);
                self.paid(value)
            }
        };
        self.depth -= 1;
        value
    }

    /// Returns a scalar of a schema.
    fn plain(
        &mut self,
        schema: &'a Schema,
        exact: Option<&'a Json>,
        label: SampleLabel<'a>,
    ) -> Json {
        // Enum values are as good as examples.
        let listed = limit(schema, "enum").and_then(Json::as_array);
        let listed = listed.and_then(|values| {
            let mut values = values.iter();
            values.find(|value| self.validator.is_valid(schema, value))
        });
        let exact = exact.or(listed);
        match &schema.kind {
            SchemaKind::Null => Json::Null,
            SchemaKind::Constant(only) => only.value.clone(),
            SchemaKind::Boolean => exact.cloned().unwrap_or(Json::Bool(true)),
            SchemaKind::Integer(format) => exact
                .map(whole)
                .unwrap_or_else(|| scalar::integer(schema, *format)),
            SchemaKind::Number(_) => exact.map(whole).unwrap_or_else(|| scalar::number(schema)),
            SchemaKind::String(format) => match exact.and_then(Json::as_str) {
                Some(text) => Json::String(written(*format, text)),
                None => Json::String(scalar::text(schema, *format, label)),
            },
            _ => match exact {
                Some(value) => value.clone(),
                None => self.any(schema, label),
            },
        }
    }

    /// Returns the example to base a sample on, and whether it is valid: the given one, else those of the
    /// schema and its default.
    fn given(&mut self, schema: &'a Schema, given: Option<&'a Json>) -> Option<(&'a Json, bool)> {
        let api = self.api;
        let facts = schema.facts.iter();
        let own = facts.clone().flat_map(|facts| &facts.examples);
        let declared = match &schema.kind {
            SchemaKind::Declared(id) => &api.ty(*id).examples[..],
            _ => &[],
        };
        let default = facts.flat_map(|facts| &facts.default);
        let candidates = || {
            let known = own.clone().chain(declared).chain(default.clone());
            given
                .into_iter()
                .chain(known)
                .filter(|value| !value.is_null())
        };
        // Only parts of a large example are shown, and each is validated separately.
        let exact = candidates()
            .find(|value| fits(value, MOST_JUDGED) && self.validator.is_valid(schema, value));
        let near = || candidates().find(|value| resembles(api, schema, value));
        exact
            .map(|value| (value, true))
            .or_else(|| near().map(|value| (value, false)))
    }

    /// Returns a value of a schema without a type: a string if it has rules for strings, else an object, unless
    /// a rule forbids it.
    fn any(&mut self, schema: &Schema, label: SampleLabel<'a>) -> Json {
        let text = || Json::String(scalar::text(schema, StringFormat::Plain, label));
        if ["pattern", "minLength", "maxLength"]
            .iter()
            .any(|rule| limit(schema, rule).is_some())
        {
            return text();
        }
        let empty = Json::Object(Map::new());
        if self.validator.is_valid_now(schema, &empty) {
            return empty;
        }
        let left = self.left.bytes;
        let object = self.map(schema, &ANY, None);
        self.left.bytes = left;
        let others = [text(), json!(1), json!(true), json!([])];
        let mut values = std::iter::once(&object).chain(&others);
        let fitting = values.find(|value| self.validator.is_valid_now(schema, value));
        fitting.cloned().unwrap_or(object)
    }

    fn declared(
        &mut self,
        id: TypeId,
        schema: &'a Schema,
        given: Option<&'a Json>,
        label: SampleLabel<'a>,
    ) -> Json {
        let def = self.api.ty(id);
        if given.is_none() && self.around.contains(&id) {
            return self.paid(shallow(self.api, schema));
        }
        self.around.push(id);
        let value = match &def.shape {
            Shape::Object(object) => self.object(def, object, given),
            Shape::Enum(shape) => {
                let listed = || shape.values.iter().map(|known| &known.value);
                let given = given.filter(|given| listed().any(|value| value == *given));
                let kept = || listed().find(|value| self.validator.is_valid(schema, value));
                let value = given.or_else(kept).cloned();
                self.paid(value.unwrap_or_else(|| first_value(shape)))
            }
            Shape::Union(union) => self.union(union, given, label),
            Shape::Alias(target) => self.value(target, given, label),
        };
        self.around.pop();
        value
    }

    fn object(&mut self, def: &'a TypeDef, object: &'a Object, given: Option<&'a Json>) -> Json {
        let owner = label::thing(self.api, def);
        let given = given.and_then(Json::as_object);
        let mut value = Json::Object(Map::new());
        for member in &object.members {
            let one_way = match self.way {
                Direction::Request => member.read_only,
                Direction::Response => member.write_only,
            };
            let given = given.and_then(|given| given.get(&member.name));
            let wanted = match (self.optional, given) {
                _ if member.required || member.constant.is_some() => true,
                (Optional::None, _) => false,
                (_, Some(given)) => {
                    let is_large = !fits(given, MOST_JUDGED);
                    !given.is_null() && (is_large || self.validator.is_valid(&member.schema, given))
                }
                (Optional::InExample, None) => false,
                (Optional::All, None) => {
                    let room = self.depth <= self.deepest && self.values < MAX_VALUES;
                    room && !self.closes(&member.schema)
                }
            };
            if wanted
                && !one_way
                && !self.put(
                    &mut value,
                    &member.name,
                    &member.schema,
                    given,
                    SampleLabel::property(member, owner),
                )
            {
                return value;
            }
        }
        // A rule may require properties that `required` does not list.
        while let Some(member) = missing(def, object, &value) {
            let given = given.and_then(|given| given.get(&member.name));
            let (name, schema) = (&member.name, &member.schema);
            let label = SampleLabel::property(member, owner);
            if self.values > MAX_VALUES || !self.put(&mut value, name, schema, given, label) {
                break;
            }
        }
        value
    }

    /// Returns whether a schema leads back to a type around it, directly or through items or values.
    fn closes(&self, schema: &Schema) -> bool {
        match &schema.kind {
            SchemaKind::Declared(id) => self.around.contains(id),
            kind => kind.parts().iter().any(|part| self.closes(part)),
        }
    }
}

/// Removes `.0` from an integral number, as clients send it.
fn whole(value: &Json) -> Json {
    match value.as_f64() {
        Some(number) if value.is_f64() && number.fract() == 0.0 && number.abs() < 9e15 => {
            Json::from(number as i64)
        }
        _ => value.clone(),
    }
}

/// Normalizes a string as clients write its format.
fn written(format: StringFormat, text: &str) -> String {
    match format {
        StringFormat::Integer(_) => digits(text),
        _ => text.to_owned(),
    }
}

/// Removes a plus sign and leading zeros from an integer, as clients write it.
fn digits(text: &str) -> String {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.trim_start_matches('+')),
    };
    match digits.trim_start_matches('0') {
        "" => "0".to_owned(),
        digits => format!("{sign}{digits}"),
    }
}
