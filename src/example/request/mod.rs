//! Example calls: for each operation the smallest call that makes sense, with the description's own
//! values where it gives some. One call is told three times: as code, as a page of the documentation,
//! and as the request that a test expects ([`request`]).

pub mod encode;
pub mod parts;
mod style;
pub mod wire;

#[cfg(test)]
mod tests;

use crate::example::sample::{self, Optional};
use crate::example::validate::{Direction, is_valid};
use crate::ir::{
    Api, Body, Content, ContentKind, Location, Operation, Parameter, Schema, SchemaKind, Shape,
    StringFormat,
};
use crate::parallel;
use serde_json::{Map, Value as Json};

/// What one call sends.
#[derive(Debug, Clone, PartialEq)]
pub struct ExampleRequest {
    /// By the index of the parameter; `None` for one that is left out.
    pub parameters: Vec<Option<Json>>,
    pub body: Option<ExampleBody>,
}

/// The body in one of its media types.
#[derive(Debug, Clone, PartialEq)]
pub struct ExampleBody {
    /// The index of the content.
    pub content: usize,
    /// The value; of a multipart body its parts by name, with a text for the content of each file.
    pub value: Json,
}

/// An example of more values is cut down to its required members.
const MOST_VALUES: usize = 16;
/// What a file holds: a text that is base64 as well, should the schema ask for it.
pub const BYTES: &str = "data";

/// The calls of all operations, in their order.
pub fn all(api: &Api) -> Vec<ExampleRequest> {
    parallel::map(&api.operations, |operation| call(api, operation))
}

fn call(api: &Api, operation: &Operation) -> ExampleRequest {
    let parameters = || operation.parameters.iter();
    let shown = |parameter: &&Parameter| {
        !parameter.required && !parameter.deprecated && has_example(api, parameter)
    };
    // The first and the last show how it goes; all of them would hide it.
    let first = parameters().find(shown);
    let last = parameters().rfind(shown);
    let is_one = |one: Option<&Parameter>, other| one.is_some_and(|one| std::ptr::eq(one, other));
    let argument = |parameter: &Parameter| {
        let wanted = parameter.required || is_one(first, parameter) || is_one(last, parameter);
        wanted.then(|| argument(api, parameter))
    };
    ExampleRequest {
        parameters: parameters().map(argument).collect(),
        body: operation.body.as_ref().and_then(|body| body_of(api, body)),
    }
}

/// The content that a caller wants most: JSON, then forms, then texts, then bytes.
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

/// Whether the description gives a value that can be sent.
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

fn argument(api: &Api, parameter: &Parameter) -> Json {
    let sampled = |given: &[Json]| value_of(api, &parameter.schema, given, Some(&*parameter.name));
    let sendable =
        |value: &&Json| sample::is_small(api, value) && can_be_sent(parameter.location, value);
    let given: Vec<Json> = parameter
        .examples
        .iter()
        .filter(sendable)
        .cloned()
        .collect();
    let value = match given.is_empty() {
        true => sampled(&placeholder(api, parameter)),
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

/// The value to try where the description has none: a text where texts are taken among others, since all
/// values look like texts in a URL.
fn placeholder(api: &Api, parameter: &Parameter) -> Vec<Json> {
    let takes_texts = match api.resolved(&parameter.schema) {
        SchemaKind::Any => true,
        SchemaKind::Declared(id) => matches!(&api.ty(*id).shape, Shape::Union(_)),
        _ => false,
    };
    let text = || Json::from(sample::text(&parameter.schema, &parameter.name));
    takes_texts.then(text).into_iter().collect()
}

/// Whether a value has a form at a place: a path has no empty segments and no dots, and headers have no
/// letters beyond ASCII.
fn can_be_sent(location: Location, value: &Json) -> bool {
    let Some(text) = value.as_str() else {
        return true;
    };
    match location {
        Location::Path => !matches!(text, "" | "." | ".."),
        Location::Header | Location::Cookie => {
            !text.is_empty()
                && text
                    .bytes()
                    .all(|byte| (b' '..=b'~').contains(&byte) && byte != b';')
                && text.trim() == text
        }
        Location::Query | Location::QueryString => true,
    }
}

/// The body of a call; `None` where there is none, and where an optional one would say nothing.
fn body_of(api: &Api, body: &Body) -> Option<ExampleBody> {
    let (index, content) = body
        .contents
        .iter()
        .enumerate()
        .min_by_key(|(_, content)| preference(content))?;
    let value = match content.kind {
        ContentKind::Json | ContentKind::Form => {
            value_of(api, &content.schema, &content.examples, None)
        }
        ContentKind::Multipart => parts_of(api, content),
        ContentKind::Text => Json::from(text_of(api, content)),
        ContentKind::Bytes => Json::from(BYTES),
    };
    let says_nothing = value.as_object().is_some_and(Map::is_empty);
    (body.required || !says_nothing).then_some(ExampleBody {
        content: index,
        value,
    })
}

/// A value with what the examples give, but one that a reader takes in at once.
fn value_of(api: &Api, schema: &Schema, examples: &[Json], name: Option<&str>) -> Json {
    let of = |given: &[Json], optional| sample::request(api, schema, given, optional, name);
    let whole = of(examples, Optional::Given);
    let value = match count(&whole) > MOST_VALUES {
        true => of(examples, Optional::None),
        false => whole,
    };
    if !value.as_object().is_some_and(Map::is_empty) {
        return value;
    }
    // One member shows how the others go.
    let Some(name) = shown_member(api, schema) else {
        return value;
    };
    let all = of(&[], Optional::All);
    let shown = all.get(name).map(|member| {
        let one = Map::from_iter([(name.to_owned(), member.clone())]);
        of(&[Json::Object(one)], Optional::Given)
    });
    shown.unwrap_or(value)
}

/// The first member of an object that is a plain value.
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

/// How many values lie in a value.
fn count(value: &Json) -> usize {
    match value {
        Json::Array(items) => items.iter().map(count).sum(),
        Json::Object(members) => members.values().map(count).sum(),
        _ => 1,
    }
}

/// The parts of a multipart body: the required ones, and those of the example that are no files. Of a
/// body that is one of several objects, they are those of one.
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
            Optional::Given,
            None,
        )
    });
    let example = sampled.as_ref().or(content.examples.first());
    let members = content.parts(api).map(|parts| &parts.members[..]);
    let mut parts = Map::new();
    let encodings = content.encodings();
    for member in members.unwrap_or_default() {
        let given = example.and_then(|example| example.get(&member.name));
        let kind = parts::kind(api, &member.schema, encodings.get(&*member.name).copied());
        let is_file = !matches!(kind, parts::Kind::Value(_) | parts::Kind::Styled(..));
        let is_given = given.is_some_and(|given| !given.is_null());
        let shown = member.required || (is_given && (!is_file || is_one_of));
        if !shown || member.read_only {
            continue;
        }
        let given = given.map(std::slice::from_ref).unwrap_or_default();
        let name = Some(&*member.name);
        let value = match kind {
            parts::Kind::Value(_) | parts::Kind::Styled(..) => {
                sample::request(api, &member.schema, given, Optional::Given, name)
            }
            parts::Kind::Files(_) => Json::from(vec![BYTES]),
            parts::Kind::Part(_) | parts::Kind::File(_) => Json::from(BYTES),
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
        SchemaKind::String(_) => {
            sample::request(api, &content.schema, &[], Optional::Given, Some("text"))
        }
        _ => Json::from("text"),
    };
    let text = example.map(str::to_owned);
    text.unwrap_or_else(|| sampled().as_str().unwrap_or("text").to_owned())
}
