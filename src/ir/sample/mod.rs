//! Sample values: what a JSON value of a schema can look like, from the description's own examples
//! where it gives some, else from defaults, enumerations, formats, patterns and limits.
//!
//! Samples keep to their schema as well as can be without solving it. An example that is not valid is
//! used for the parts of it that are; a description that contradicts itself gets what is nearest.

mod pattern;
mod plain;
mod rules;
mod scalar;
mod union;

use super::valid::is_valid;
use super::{Api, Object, Schema, SchemaKind, Shape, StringFormat, TypeDef, TypeId};
use plain::{first_value, resembles, shallow};
use rules::{key, missing, missing_name};
use scalar::{count, limit};
use serde_json::{Map, Value as Json, json};

pub use super::valid::Way;

#[cfg(test)]
mod tests;

/// Which optional members a sample has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Optional {
    /// None, unless a rule asks for some.
    None,
    /// Those that the example has which the sample is made from.
    Given,
    /// All, as far down as a reader cares to look.
    All,
}

/// A request value of a schema, made from `given` where that helps. `name` is what it belongs to, which
/// is the best placeholder for a text.
pub fn request(
    api: &Api,
    schema: &Schema,
    given: &[Json],
    optional: Optional,
    name: Option<&str>,
) -> Json {
    let mut sampler = Sampler::new(api, Way::Request, optional);
    let valid = given.iter().find(|value| sampler.is_valid(schema, value));
    sampler.value(schema, valid.or(given.first()), name)
}

/// A text that keeps to the limits of a schema, whatever else that takes.
pub fn text(schema: &Schema, name: &str) -> String {
    scalar::text(schema, StringFormat::Plain, Some(name))
}

/// A value with its optional members too, as far down as a reader cares to look.
pub fn full(api: &Api, schema: &Schema, way: Way) -> Json {
    Sampler::new(api, way, Optional::All).value(schema, None, None)
}

/// Values lie no deeper than this, however deep the types go.
const MAX_DEPTH: usize = 24;
/// Optional members that nothing asks for lie no deeper than this.
const MAX_OPTIONAL_DEPTH: usize = 4;
/// A sample has no more values than this (and those that finish what was begun), since types that
/// fan out at each level would make one that nobody can read.
const MAX_VALUES: usize = 300;
/// Of a long list or map the begin shows how it goes on.
const MAX_ITEMS: usize = 3;

struct Sampler<'a> {
    api: &'a Api,
    way: Way,
    optional: Optional,
    /// The declared types around the value in hand: meeting one again means a cycle.
    around: Vec<TypeId>,
    depth: usize,
    /// Optional members lie no deeper than this.
    deepest: usize,
    values: usize,
}

impl<'a> Sampler<'a> {
    fn new(api: &'a Api, way: Way, optional: Optional) -> Self {
        Sampler {
            api,
            way,
            optional,
            around: Vec::new(),
            depth: 0,
            deepest: MAX_OPTIONAL_DEPTH,
            values: 0,
        }
    }

    fn is_valid(&self, schema: &Schema, value: &Json) -> bool {
        is_valid(self.api, self.way, schema, value)
    }

    fn value(&mut self, schema: &Schema, given: Option<&Json>, name: Option<&str>) -> Json {
        self.values += 1;
        if given.is_some_and(|value| value.is_null() && self.is_valid(schema, value)) {
            return Json::Null;
        }
        let (given, is_exact) = match self.given(schema, given) {
            Some((given, is_exact)) => (Some(given), is_exact),
            None => (None, false),
        };
        if self.depth >= MAX_DEPTH || self.values > MAX_VALUES {
            return given
                .filter(|_| is_exact)
                .cloned()
                .unwrap_or_else(|| shallow(self.api, schema));
        }
        self.depth += 1;
        // One of the values that are listed is as good as an example.
        let listed = limit(schema, "enum").and_then(Json::as_array);
        let listed =
            listed.and_then(|values| values.iter().find(|value| self.is_valid(schema, value)));
        let exact = given.filter(|_| is_exact).or(listed);
        let value = match &schema.kind {
            SchemaKind::Any => exact.cloned().unwrap_or_else(|| self.any(schema, name)),
            SchemaKind::Null => Json::Null,
            SchemaKind::Constant(only) => only.value.clone(),
            SchemaKind::Boolean => exact.cloned().unwrap_or(Json::Bool(true)),
            SchemaKind::Integer(format) => exact
                .map(whole)
                .unwrap_or_else(|| scalar::integer(schema, *format)),
            SchemaKind::Number(_) => exact.map(whole).unwrap_or_else(|| scalar::number(schema)),
            SchemaKind::String(format) => match exact.and_then(Json::as_str) {
                Some(text) => Json::String(written(*format, text)),
                None => Json::String(scalar::text(schema, *format, name)),
            },
            SchemaKind::Array(items) => self.array(schema, items, given, name),
            SchemaKind::Tuple(parts) => {
                let part = |(index, part): (usize, &Schema)| {
                    let given = given.and_then(|given| given.get(index));
                    self.value(part, given, name)
                };
                parts.iter().enumerate().map(part).collect()
            }
            SchemaKind::Map(values) => self.map(schema, values, given),
            SchemaKind::Declared(id) => self.declared(*id, schema, given, name),
            SchemaKind::Envelope(_, inner) => self.value(inner, given, name),
        };
        self.depth -= 1;
        value
    }

    /// The value that a sample is made from, and whether it is valid as a whole: what is given, else
    /// the description's own examples for the place and its default.
    fn given<'v>(&self, schema: &'v Schema, given: Option<&'v Json>) -> Option<(&'v Json, bool)>
    where
        'a: 'v,
    {
        let facts = schema.facts.iter();
        let own = facts.clone().flat_map(|facts| &facts.examples);
        let declared = match &schema.kind {
            SchemaKind::Declared(id) => &self.api.ty(*id).examples[..],
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
        let exact = candidates().find(|value| self.is_valid(schema, value));
        let near = || candidates().find(|value| resembles(self.api, schema, value));
        exact
            .map(|value| (value, true))
            .or_else(|| near().map(|value| (value, false)))
    }

    fn array(
        &mut self,
        schema: &Schema,
        items: &Schema,
        given: Option<&Json>,
        name: Option<&str>,
    ) -> Json {
        let least = count(schema, "minItems").unwrap_or(0).min(64);
        let most = count(schema, "maxItems").unwrap_or(usize::MAX);
        let usual = if self.closes(items) { 0 } else { 1 };
        let listed = given.and_then(Json::as_array).map(Vec::as_slice);
        if let Some(listed) = listed.filter(|listed| listed.len() >= least) {
            let wanted = listed.len().min(MAX_ITEMS.max(least)).min(most);
            let items = listed[..wanted]
                .iter()
                .map(|given| self.value(items, Some(given), name));
            return items.collect();
        }
        let item = self.value(items, None, name);
        let wanted = least.max(usual).min(most);
        let unique = limit(schema, "uniqueItems") == Some(&Json::Bool(true));
        let nth = |index: usize| match unique {
            true => self.varied(items, &item, index),
            false => item.clone(),
        };
        (0..wanted).map(nth).collect()
    }

    /// Another value for each index, where one can be told.
    fn varied(&self, schema: &Schema, value: &Json, index: usize) -> Json {
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
            .filter(|other| self.is_valid(schema, other))
            .unwrap_or_else(|| value.clone())
    }

    fn map(&mut self, schema: &Schema, values: &Schema, given: Option<&Json>) -> Json {
        let least = count(schema, "minProperties").unwrap_or(0);
        if let Some(given) = given
            .and_then(Json::as_object)
            .filter(|given| given.len() >= least)
        {
            let wanted = given.iter().take(MAX_ITEMS.max(least));
            let value = |(name, given): (&String, &Json)| {
                (name.clone(), self.value(values, Some(given), Some("value")))
            };
            return Json::Object(wanted.map(value).collect());
        }
        let usual = usize::from(self.optional == Optional::All);
        let mut map = Map::new();
        for index in 0..least.max(usual).min(64) {
            let value = self.value(values, None, Some("value"));
            map.insert(key(schema, index), value);
        }
        while let Some(name) = missing_name(schema, &map) {
            let value = self.value(values, None, Some(&name));
            map.insert(name, value);
        }
        Json::Object(map)
    }

    /// A value where no type is said: of the type that its rules are for, else an object, unless a rule
    /// speaks against it.
    fn any(&mut self, schema: &Schema, name: Option<&str>) -> Json {
        let text = || Json::String(scalar::text(schema, StringFormat::Plain, name));
        if ["pattern", "minLength", "maxLength"]
            .iter()
            .any(|rule| limit(schema, rule).is_some())
        {
            return text();
        }
        if ["minimum", "maximum", "multipleOf"]
            .iter()
            .any(|rule| limit(schema, rule).is_some())
        {
            return scalar::number(schema);
        }
        let empty = Json::Object(Map::new());
        if self.is_valid(schema, &empty) {
            return empty;
        }
        let object = self.map(schema, &Schema::any(), None);
        let others = [text(), json!(1), json!(true), json!([])];
        let mut values = std::iter::once(&object).chain(&others);
        let fitting = values.find(|value| self.is_valid(schema, value));
        fitting.cloned().unwrap_or(object)
    }

    fn declared(
        &mut self,
        id: TypeId,
        schema: &Schema,
        given: Option<&Json>,
        name: Option<&str>,
    ) -> Json {
        let def = self.api.ty(id);
        if given.is_none() && self.around.contains(&id) {
            return shallow(self.api, schema);
        }
        self.around.push(id);
        let value = match &def.shape {
            Shape::Object(object) => self.object(def, object, given),
            Shape::Enum(shape) => {
                let listed = || shape.values.iter().map(|known| &known.value);
                let given = given.filter(|given| listed().any(|value| value == *given));
                let kept = || listed().find(|value| self.is_valid(schema, value));
                given
                    .or_else(kept)
                    .cloned()
                    .unwrap_or_else(|| first_value(shape))
            }
            Shape::Union(union) => self.union(union, given, name),
            Shape::Alias(target) => self.value(target, given, name),
        };
        self.around.pop();
        value
    }

    fn object(&mut self, def: &TypeDef, object: &Object, given: Option<&Json>) -> Json {
        let given = given.and_then(Json::as_object);
        let mut map = Map::new();
        for member in &object.members {
            let one_way = match self.way {
                Way::Request => member.read_only,
                Way::Response => member.write_only,
            };
            let given = given.and_then(|given| given.get(&member.name));
            let wanted = match (self.optional, given) {
                _ if member.required => true,
                (Optional::None, _) => false,
                (_, Some(given)) => !given.is_null() && self.is_valid(&member.schema, given),
                (Optional::Given, None) => false,
                (Optional::All, None) => {
                    let room = self.depth <= self.deepest && self.values < MAX_VALUES;
                    room && !self.closes(&member.schema)
                }
            };
            if wanted && !one_way {
                let value = self.value(&member.schema, given, Some(&member.name));
                map.insert(member.name.clone(), value);
            }
        }
        // A rule may ask for members that no list of required ones has.
        while let Some(member) = missing(def, object, &map) {
            let given = given.and_then(|given| given.get(&member.name));
            let value = self.value(&member.schema, given, Some(&member.name));
            map.insert(member.name.clone(), value);
        }
        Json::Object(map)
    }

    /// Whether a schema leads back to a type around it, by itself or by its items or values.
    fn closes(&self, schema: &Schema) -> bool {
        match &schema.kind {
            SchemaKind::Declared(id) => self.around.contains(id),
            kind => kind.parts().iter().any(|part| self.closes(part)),
        }
    }
}

/// A number without the `.0` that it may be written with, as a client sends it.
fn whole(value: &Json) -> Json {
    match value.as_f64() {
        Some(number) if value.is_f64() && number.abs() < 9e15 => Json::from(number as i64),
        _ => value.clone(),
    }
}

/// A text as a client writes it that knows the format: UUIDs in lower case (RFC 9562, section 4).
fn written(format: StringFormat, text: &str) -> String {
    match format {
        StringFormat::Uuid => text.to_ascii_lowercase(),
        _ => text.to_owned(),
    }
}
