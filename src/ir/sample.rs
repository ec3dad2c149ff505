//! Sample values: what a JSON value of a schema can look like, from the description's own examples
//! where it gives some, else from defaults, enumerations, formats and limits.
//!
//! Samples are for people to read. They keep to a schema as well as can be without solving it: a
//! `pattern` is not obeyed, and a description that contradicts itself gets what is nearest.

use super::{Api, Enum, Object, Schema, SchemaKind, Shape, StringFormat, TypeDef, TypeId, Union};
use serde_json::{Map, Number, Value as Json};

#[cfg(test)]
mod tests;

/// Which way a sample travels: a request has no read-only members, a response no write-only ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Request,
    Response,
}

/// The smallest request value of a schema that makes sense: required members only, unless the
/// description gives an example, which is taken as it is.
pub fn sample(api: &Api, schema: &Schema) -> Json {
    Sampler::new(api, Way::Request, false).value(schema, None)
}

/// A value with its optional members too, as far down as a reader cares to look.
pub fn full(api: &Api, schema: &Schema, way: Way) -> Json {
    Sampler::new(api, way, true).value(schema, None)
}

/// Values lie no deeper than this, however deep the types go.
const MAX_DEPTH: usize = 8;
/// Optional members lie no deeper than this.
const MAX_OPTIONAL_DEPTH: usize = 4;
/// A sample has no more values than this (and those that finish what was begun), since types that
/// fan out at each level would make one that nobody can read.
const MAX_VALUES: usize = 300;

struct Sampler<'a> {
    api: &'a Api,
    way: Way,
    optional: bool,
    /// The declared types around the value in hand: meeting one again means a cycle.
    around: Vec<TypeId>,
    depth: usize,
    values: usize,
}

impl<'a> Sampler<'a> {
    fn new(api: &'a Api, way: Way, optional: bool) -> Self {
        Sampler {
            api,
            way,
            optional,
            around: Vec::new(),
            depth: 0,
            values: 0,
        }
    }

    /// A value of the schema. `name` is what it belongs to, which is the best placeholder for a text.
    fn value(&mut self, schema: &Schema, name: Option<&str>) -> Json {
        self.values += 1;
        if let Some(given) = given(self.api, schema) {
            return given.clone();
        }
        if self.depth >= MAX_DEPTH || self.values > MAX_VALUES {
            return shallow(self.api, schema);
        }
        self.depth += 1;
        let value = match &schema.kind {
            SchemaKind::Any => Json::Object(Map::new()),
            SchemaKind::Null => Json::Null,
            SchemaKind::Constant(only) => only.value.clone(),
            SchemaKind::Boolean => Json::Bool(true),
            SchemaKind::Integer(_) => integer(schema),
            SchemaKind::Number(_) => number(schema),
            SchemaKind::String(format) => Json::String(text(schema, *format, name)),
            SchemaKind::Array(items) => self.array(schema, items, name),
            SchemaKind::Tuple(parts) => {
                Json::Array(parts.iter().map(|part| self.value(part, name)).collect())
            }
            SchemaKind::Map(values) => self.map(schema, values),
            SchemaKind::Declared(id) => self.declared(*id, schema, name),
            SchemaKind::Envelope(_, inner) => self.value(inner, name),
        };
        self.depth -= 1;
        value
    }

    fn array(&mut self, schema: &Schema, items: &Schema, name: Option<&str>) -> Json {
        let least = count(schema, "minItems").unwrap_or(0);
        let most = count(schema, "maxItems").unwrap_or(usize::MAX);
        let wanted = if self.closes(items) {
            least
        } else {
            least.max(1)
        };
        let item = self.value(items, name);
        Json::Array(vec![item; wanted.min(most).min(3)])
    }

    fn map(&mut self, schema: &Schema, values: &Schema) -> Json {
        let mut map = Map::new();
        if self.optional || count(schema, "minProperties").unwrap_or(0) > 0 {
            map.insert("key".to_owned(), self.value(values, Some("value")));
        }
        Json::Object(map)
    }

    fn declared(&mut self, id: TypeId, schema: &Schema, name: Option<&str>) -> Json {
        if self.around.contains(&id) {
            return shallow(self.api, schema);
        }
        let def = self.api.ty(id);
        if let Some(example) = def
            .examples
            .iter()
            .find(|example| fits(self.api, schema, example))
        {
            return example.clone();
        }
        self.around.push(id);
        let value = match &def.shape {
            Shape::Object(object) => self.object(object),
            Shape::Enum(shape) => first_value(shape),
            Shape::Union(union) => self.union(union, name),
            Shape::Alias(target) => self.value(target, name),
        };
        self.around.pop();
        value
    }

    fn object(&mut self, object: &Object) -> Json {
        let mut map = Map::new();
        for member in &object.members {
            let one_way = match self.way {
                Way::Request => member.read_only,
                Way::Response => member.write_only,
            };
            let optional =
                self.optional && self.depth <= MAX_OPTIONAL_DEPTH && self.values < MAX_VALUES;
            if !one_way && (member.required || optional && !self.closes(&member.schema)) {
                map.insert(
                    member.name.clone(),
                    self.value(&member.schema, Some(&member.name)),
                );
            }
        }
        Json::Object(map)
    }

    /// The first branch that leads to no type around it, with the tag that means the branch.
    fn union(&mut self, union: &Union, name: Option<&str>) -> Json {
        let open = union
            .branches
            .iter()
            .find(|branch| !self.closes(&branch.schema));
        let Some(branch) = open.or(union.branches.first()) else {
            return Json::Object(Map::new());
        };
        let mut value = self.value(&branch.schema, name);
        if let (Json::Object(map), Some(tag), [first, ..]) =
            (&mut value, &union.tag, &branch.tags[..])
        {
            let known = map
                .get(tag)
                .is_some_and(|value| branch.tags.contains(value));
            if !known {
                map.insert(tag.clone(), first.clone());
            }
        }
        value
    }

    /// Whether a schema leads back to a type around it, by itself or by its items or values.
    fn closes(&self, schema: &Schema) -> bool {
        match &schema.kind {
            SchemaKind::Declared(id) => self.around.contains(id),
            kind => kind.parts().iter().any(|part| self.closes(part)),
        }
    }
}

/// The description's own value for the place: an example, else the default; one of another JSON type
/// than the schema says helps nobody.
fn given<'a>(api: &Api, schema: &'a Schema) -> Option<&'a Json> {
    let facts = schema.facts.as_ref()?;
    facts
        .examples
        .iter()
        .chain(&facts.default)
        .find(|value| !value.is_null() && fits(api, schema, value))
}

/// Whether a value is of the JSON type that the schema says.
fn fits(api: &Api, schema: &Schema, value: &Json) -> bool {
    match &schema.kind {
        SchemaKind::Any => true,
        SchemaKind::Null => value.is_null(),
        SchemaKind::Constant(only) => only.value == *value,
        SchemaKind::Boolean => value.is_boolean(),
        SchemaKind::Integer(_) => value.is_i64() || value.is_u64(),
        SchemaKind::Number(_) => value.is_number(),
        SchemaKind::String(_) => value.is_string(),
        SchemaKind::Array(_) => value.is_array(),
        SchemaKind::Tuple(parts) => fits_tuple(api, parts, value),
        SchemaKind::Map(_) => value.is_object(),
        SchemaKind::Declared(id) => fits_declared(api.ty(*id), value),
        SchemaKind::Envelope(_, inner) => fits(api, inner, value),
    }
}

fn fits_tuple(api: &Api, parts: &[Schema], value: &Json) -> bool {
    let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
    let mut pairs = parts.iter().zip(items);
    items.len() == parts.len() && pairs.all(|(part, item)| fits(api, part, item))
}

fn fits_declared(def: &TypeDef, value: &Json) -> bool {
    match &def.shape {
        Shape::Object(_) => value.is_object(),
        // Enumerations are open, but a value that is none of the listed ones is no good sample.
        Shape::Enum(shape) => shape.values.iter().any(|known| known.value == *value),
        Shape::Union(_) => true,
        Shape::Alias(target) => match &target.kind {
            // Aliases of aliases are not followed: they could go in a circle.
            SchemaKind::Declared(_) | SchemaKind::Any | SchemaKind::Envelope(..) => true,
            SchemaKind::Array(_) => value.is_array(),
            SchemaKind::Tuple(parts) => value
                .as_array()
                .is_some_and(|items| items.len() == parts.len()),
            SchemaKind::Map(_) => value.is_object(),
            SchemaKind::Null => value.is_null(),
            SchemaKind::Constant(only) => only.value == *value,
            SchemaKind::String(_) => value.is_string(),
            SchemaKind::Boolean => value.is_boolean(),
            SchemaKind::Integer(_) | SchemaKind::Number(_) => value.is_number(),
        },
    }
}

/// What stands where the sample goes no deeper.
fn shallow(api: &Api, schema: &Schema) -> Json {
    if schema.nullable {
        return Json::Null;
    }
    match &schema.kind {
        SchemaKind::Null => Json::Null,
        SchemaKind::Constant(only) => only.value.clone(),
        SchemaKind::Boolean => Json::Bool(true),
        SchemaKind::Integer(_) => integer(schema),
        SchemaKind::Number(_) => number(schema),
        SchemaKind::String(format) => Json::String(text(schema, *format, None)),
        SchemaKind::Array(_) => Json::Array(Vec::new()),
        SchemaKind::Tuple(parts) => parts.iter().map(|part| shallow(api, part)).collect(),
        SchemaKind::Declared(id) => match &api.ty(*id).shape {
            Shape::Enum(shape) => first_value(shape),
            _ => Json::Object(Map::new()),
        },
        SchemaKind::Any | SchemaKind::Map(_) | SchemaKind::Envelope(..) => Json::Object(Map::new()),
    }
}

fn first_value(shape: &Enum) -> Json {
    shape.values.first().map_or_else(
        || Json::String("value".to_owned()),
        |value| value.value.clone(),
    )
}

fn limit<'a>(schema: &'a Schema, keyword: &str) -> Option<&'a Json> {
    let facts = schema.facts.as_ref()?;
    facts
        .limits
        .iter()
        .find(|(name, _)| name == keyword)
        .map(|(_, value)| value)
}

fn count(schema: &Schema, keyword: &str) -> Option<usize> {
    limit(schema, keyword)?
        .as_u64()
        .map(|count| usize::try_from(count).unwrap_or(usize::MAX))
}

/// 1, or what is nearest to it within the limits.
fn integer(schema: &Schema) -> Json {
    let bound = |keyword: &str| limit(schema, keyword).and_then(Json::as_f64);
    let low = bound("minimum")
        .map(f64::ceil)
        .or(bound("exclusiveMinimum").map(|low| low.floor() + 1.0));
    let high = bound("maximum")
        .map(f64::floor)
        .or(bound("exclusiveMaximum").map(|high| high.ceil() - 1.0));
    let step = bound("multipleOf").filter(|step| *step >= 1.0);
    let value = low.map_or(1.0, |low| low.max(1.0));
    let value = step.map_or(value, |step| (value / step).ceil() * step);
    let value = high.map_or(value, |high| value.min(high));
    // Casts of floats to integers stop at the ends of the range.
    Json::from(value as i64)
}

fn number(schema: &Schema) -> Json {
    let bound = |keyword: &str| limit(schema, keyword).and_then(Json::as_f64);
    let value = bound("minimum")
        .or(bound("exclusiveMinimum").map(|low| low + 0.5))
        .map_or(1.5, |low| low.max(1.5));
    let value = match bound("maximum").or(bound("exclusiveMaximum").map(|high| high - 0.5)) {
        Some(high) => value.min(high),
        None => value,
    };
    Number::from_f64(value).map_or(Json::from(1), Json::Number)
}

fn text(schema: &Schema, format: StringFormat, name: Option<&str>) -> String {
    let written = schema
        .facts
        .as_ref()
        .and_then(|facts| facts.format.as_deref());
    let fixed = match format {
        StringFormat::Date => Some("2026-01-31"),
        StringFormat::DateTime => Some("2026-01-31T09:30:00Z"),
        StringFormat::Uuid => Some("4b0e1f3c-8a47-4c21-9a56-3d1f0c2b7e90"),
        StringFormat::Base64 => Some("Ynl0ZXM="),
        StringFormat::Binary => Some("bytes"),
        StringFormat::Password => Some("password"),
        StringFormat::Plain => written.and_then(by_format),
    };
    if let Some(fixed) = fixed {
        return fixed.to_owned();
    }
    let mut text = name
        .filter(|name| !name.is_empty())
        .unwrap_or("string")
        .to_owned();
    // No reader gains from a longer filling.
    let least = count(schema, "minLength").unwrap_or(0).min(256);
    while text.chars().count() < least {
        text.push('x');
    }
    match count(schema, "maxLength") {
        Some(most) => text.chars().take(most).collect(),
        None => text,
    }
}

/// Formats that JSON Schema defines (2020-12, validation, section 7.3) and that are widely used.
fn by_format(format: &str) -> Option<&'static str> {
    Some(match format {
        "email" | "idn-email" => "jane@example.com",
        "uri" | "url" | "iri" => "https://example.com",
        "uri-reference" | "iri-reference" => "/path",
        "hostname" | "idn-hostname" => "example.com",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "time" => "09:30:00Z",
        "duration" => "PT1H",
        "json-pointer" => "/member",
        "regex" => "^a",
        _ => return None,
    })
}
