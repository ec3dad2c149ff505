//! Example requests: for each operation the smallest useful one, with the document's own values. Each is
//! printed as code, in the docs, and as the request that a test expects ([`wire`]).

pub mod encode;
pub mod parts;
mod style;
pub mod wire;

#[cfg(test)]
mod tests;

use crate::example::sample::{self, Optional, SampleLabel};
use crate::example::validate::{Direction, is_valid};
use crate::ir::{
    Api, Body, ClientParameter, Content, ContentKind, Operation, Parameter, ParameterLocation,
    Schema, SchemaKind, Shape, StringFormat,
};
use crate::parallel;
use serde_json::{Map, Value as Json};

/// The values of one request.
#[derive(Debug, Clone, PartialEq)]
pub struct ExampleRequest {
    /// By parameter index; `None` for an omitted one.
    pub parameters: Vec<Option<Json>>,
    pub body: Option<ExampleBody>,
}

/// The body in one of its media types.
#[derive(Debug, Clone, PartialEq)]
pub struct ExampleBody {
    /// The index of the content.
    pub content: usize,
    /// The value. For a multipart body, an object of its parts, with a text for the content of each file.
    pub value: Json,
}

/// An example with more values is reduced to its required properties.
const MOST_VALUES: usize = 16;
/// The content of a file: text that is also valid base64.
pub const BYTES: &str = "data";

/// Returns the example requests of all operations, in order.
pub fn all(api: &Api) -> Vec<ExampleRequest> {
    parallel::map(&api.operations, |operation| call(api, operation))
}

fn call(api: &Api, operation: &Operation) -> ExampleRequest {
    let parameters = || operation.parameters.iter();
    let shown = |parameter: &&Parameter| {
        let is_own = !parameter.required && parameter.shared.is_none();
        is_own && !parameter.deprecated && has_example(api, parameter)
    };
    // The first and the last are enough to show how optional parameters are set.
    let first = parameters().find(shown);
    let last = parameters().rfind(shown);
    let is_one = |one: Option<&Parameter>, other| one.is_some_and(|one| std::ptr::eq(one, other));
    let argument = |parameter: &Parameter| {
        if let Some(shared) = api.shared(parameter) {
            let default = api.default_of_shared(parameter);
            let example = || shared_example(api, shared);
            return default.or_else(|| parameter.required.then(example));
        }
        let wanted = parameter.required || is_one(first, parameter) || is_one(last, parameter);
        wanted.then(|| argument(api, parameter, Some(operation)))
    };
    ExampleRequest {
        parameters: parameters().map(argument).collect(),
        body: operation.body.as_ref().and_then(|body| body_of(api, body)),
    }
}

/// Returns the value of a client parameter in examples: its default, else one of its examples.
pub fn shared_example(api: &Api, shared: &ClientParameter) -> Json {
    let source = api.source_of(shared);
    let default = api.default_of_shared(source);
    default.unwrap_or_else(|| argument(api, source, None))
}

/// Returns the preference of a content, lowest first: JSON, then forms, text and bytes.
pub fn preference(content: &Content) -> u8 {
    match content.kind {
        ContentKind::Json if is_usual_json(content) => 0,
        ContentKind::Json => 1,
        ContentKind::Form => 2,
        ContentKind::Multipart => 3,
        ContentKind::Text if content.media_type.contains("xml") => 5,
        ContentKind::Text => 4,
        ContentKind::Bytes => 6,
    }
}

pub fn is_usual_json(content: &Content) -> bool {
    content.media_type.eq_ignore_ascii_case("application/json")
}

/// Returns whether the document has a value that can be sent.
fn has_example(api: &Api, parameter: &Parameter) -> bool {
    let facts = parameter.schema.facts.iter();
    let own = facts.flat_map(|facts| &facts.examples);
    let mut known = parameter.examples.iter().chain(own);
    known.any(|value| {
        let usable = !value.is_null()
            && sample::is_small(api, value)
            && can_be_sent(parameter.location, value);
        usable && is_valid(api, Direction::Request, &parameter.schema, value)
    })
}

fn argument(api: &Api, parameter: &Parameter, operation: Option<&Operation>) -> Json {
    let label = SampleLabel::parameter(parameter, operation);
    let sampled = |given: &[Json]| value_of(api, &parameter.schema, given, label);
    let sendable =
        |value: &&Json| sample::is_small(api, value) && can_be_sent(parameter.location, value);
    let given: Vec<Json> = parameter
        .examples
        .iter()
        .filter(sendable)
        .cloned()
        .collect();
    let value = match given.is_empty() {
        true => sampled(&placeholder(api, parameter, label)),
        false => sampled(&given),
    };
    if can_be_sent(parameter.location, &value) {
        return value;
    }
    let plain = matches!(
        api.resolved(&parameter.schema),
        SchemaKind::String(StringFormat::Plain)
    );
    if plain { Json::from("value") } else { value }
}

/// Returns the value to try if the document has none: a string if strings are allowed, because every value is a
/// string in a URL.
fn placeholder(api: &Api, parameter: &Parameter, label: SampleLabel<'_>) -> Vec<Json> {
    let takes_texts = match api.resolved(&parameter.schema) {
        SchemaKind::Any => true,
        SchemaKind::Declared(id) => matches!(&api.ty(*id).shape, Shape::Union(_)),
        _ => false,
    };
    let text = || Json::from(sample::text(&parameter.schema, label));
    takes_texts.then(text).into_iter().collect()
}

/// Returns whether a value can be sent in a location: paths have no empty and no dot segments, headers only
/// ASCII.
fn can_be_sent(location: ParameterLocation, value: &Json) -> bool {
    let Some(text) = value.as_str() else {
        return true;
    };
    match location {
        ParameterLocation::Path => !matches!(text, "" | "." | ".."),
        ParameterLocation::Header | ParameterLocation::Cookie => {
            !text.is_empty()
                && text
                    .bytes()
                    .all(|byte| (b' '..=b'~').contains(&byte) && byte != b';')
                && text.trim() == text
        }
        ParameterLocation::Query | ParameterLocation::QueryString => true,
    }
}

/// Returns the example body, or `None` if there is none or an optional one would be empty.
fn body_of(api: &Api, body: &Body) -> Option<ExampleBody> {
    let (index, content) = body
        .contents
        .iter()
        .enumerate()
        .min_by_key(|(_, content)| preference(content))?;
    let value = match content.kind {
        ContentKind::Json | ContentKind::Form => value_of(
            api,
            &content.schema,
            &content.examples,
            SampleLabel::default(),
        ),
        ContentKind::Multipart => parts_of(api, content),
        ContentKind::Text => Json::from(text_of(api, content)),
        ContentKind::Bytes => Json::from(BYTES),
    };
    let is_empty = value.as_object().is_some_and(Map::is_empty);
    (body.required || !is_empty).then_some(ExampleBody {
        content: index,
        value,
    })
}

/// Returns a value from the examples that is short enough to read.
fn value_of(api: &Api, schema: &Schema, examples: &[Json], label: SampleLabel<'_>) -> Json {
    let of = |given: &[Json], optional| sample::request(api, schema, given, optional, label);
    let whole = of(examples, Optional::InExample);
    let value = match count(&whole) > MOST_VALUES {
        true => of(examples, Optional::None),
        false => whole,
    };
    if !value.as_object().is_some_and(Map::is_empty) {
        return value;
    }
    // One property is enough to show how the others are set.
    let Some(name) = shown_member(api, schema) else {
        return value;
    };
    let all = of(&[], Optional::All);
    let shown = all.get(name).map(|member| {
        let one = Map::from_iter([(name.to_owned(), member.clone())]);
        of(&[Json::Object(one)], Optional::InExample)
    });
    shown.unwrap_or(value)
}

/// Returns the first property of an object with a plain value.
fn shown_member<'a>(api: &'a Api, schema: &'a Schema) -> Option<&'a str> {
    let SchemaKind::Declared(id) = api.resolved(schema) else {
        return None;
    };
    let Shape::Object(object) = &api.ty(*id).shape else {
        return None;
    };
    let plain = |schema: &Schema| match api.resolved(schema) {
        SchemaKind::Declared(id) => matches!(api.ty(*id).shape, Shape::Enum(_)),
        SchemaKind::Boolean
        | SchemaKind::Integer(_)
        | SchemaKind::Number(_)
        | SchemaKind::String(_) => true,
        _ => false,
    };
    let mut members = object.members.iter();
    let found = members.find(|one| !one.read_only && !one.deprecated && plain(&one.schema));
    found.map(|member| member.name.as_str())
}

/// Counts the scalars in a value.
fn count(value: &Json) -> usize {
    match value {
        Json::Array(items) => items.iter().map(count).sum(),
        Json::Object(members) => members.values().map(count).sum(),
        _ => 1,
    }
}

/// Returns the parts of a multipart body: the required ones, and those of the example that are not files. For a
/// union, these are the parts of one branch.
fn parts_of(api: &Api, content: &Content) -> Json {
    let is_one_of = matches!(
        api.resolved(&content.schema),
        SchemaKind::Declared(id) if matches!(api.ty(*id).shape, Shape::Union(_))
    );
    let sampled = is_one_of.then(|| {
        sample::request(
            api,
            &content.schema,
            &content.examples,
            Optional::InExample,
            SampleLabel::default(),
        )
    });
    let example = sampled.as_ref().or(content.examples.first());
    let members = content.parts(api).map(|parts| &parts.members[..]);
    let owner = match api.resolved(&content.schema) {
        SchemaKind::Declared(id) => sample::thing(api, api.ty(*id)),
        _ => "",
    };
    let mut parts = Map::new();
    let encodings = content.encodings();
    for member in members.unwrap_or_default() {
        let given = example.and_then(|example| example.get(&member.name));
        let kind = parts::kind(api, &member.schema, encodings.get(&*member.name).copied());
        let is_file = !matches!(
            kind,
            parts::PartKind::Value(_) | parts::PartKind::Styled(..)
        );
        let is_given = given.is_some_and(|given| !given.is_null());
        let shown = member.required || (is_given && (!is_file || is_one_of));
        if !shown || member.read_only {
            continue;
        }
        let given = given.map(std::slice::from_ref).unwrap_or_default();
        let label = SampleLabel::property(member, owner);
        let value = match kind {
            parts::PartKind::Value(_) | parts::PartKind::Styled(..) => {
                sample::request(api, &member.schema, given, Optional::InExample, label)
            }
            parts::PartKind::Files(_) => Json::from(vec![BYTES]),
            parts::PartKind::Part(_) | parts::PartKind::File(_) => Json::from(BYTES),
        };
        parts.insert(member.name.clone(), value);
    }
    Json::Object(parts)
}

fn text_of(api: &Api, content: &Content) -> String {
    let mut small = content
        .examples
        .iter()
        .filter(|example| sample::is_small(api, example));
    let example = small.find_map(Json::as_str);
    let sampled = || match api.resolved(&content.schema) {
        SchemaKind::String(_) => sample::request(
            api,
            &content.schema,
            &[],
            Optional::InExample,
            SampleLabel::named("text"),
        ),
        _ => Json::from("text"),
    };
    let text = example.map(str::to_owned);
    text.unwrap_or_else(|| sampled().as_str().unwrap_or("text").to_owned())
}
