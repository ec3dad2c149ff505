//! A test without a server: what the transport returns, and what is asserted of the response and the request.

use super::call::Example;
use crate::example::sample::{self, Optional, SampleLabel};
use crate::ir::{
    Content, ContentKind, Object, OperationId, Presence, Property, Schema, SchemaKind, Shape,
    TypeId,
};
use crate::rust::code::Doctest;
use crate::rust::names::features::Gate;
use crate::rust::plan::{Decoder, PlainDecoder, ResultPlan};
use crate::rust::{Plan, feature_table, literal};
use serde_json::{Map, Value as Json, json};

/// A response and the assertion of its decoded value.
pub struct MemoryResponse {
    pub body: Json,
    pub assertion: String,
}

/// Longer texts would not fit on the line of an assertion.
const LONGEST: usize = 40;

/// Returns a short response of an operation, with one text property to assert. `None` if the result is not an
/// object, or a list of objects, with a text.
pub fn answer(plan: Plan<'_>, id: OperationId, binding: &str) -> Option<MemoryResponse> {
    let within: &[String] = match &plan.operation(id).result {
        ResultPlan::One {
            decoding,
            is_optional: false,
        } => match decoding.decoder {
            Decoder::Enveloped(within) => within,
            Decoder::Plain(PlainDecoder::Json) => &[],
            Decoder::Plain(_) => return None,
        },
        _ => return None,
    };
    let mut responses = plan.api.operation(id).successes();
    let content = responses.find_map(|response| response.contents.first())?;
    let schema = match &content.schema.kind {
        SchemaKind::Envelope(_, inner) => &**inner,
        _ => &content.schema,
    };
    let examples = examples(content, within);
    let (body, assertion) = match plan.api.resolved(schema) {
        SchemaKind::Array(items) if !items.nullable => {
            let examples: Vec<&Json> = examples.iter().flat_map(|it| it.get(0)).collect();
            let (object, asserted) = property(plan, items, &examples)?;
            (
                json!([object]),
                format!("assert_eq!({binding}[0].{asserted});"),
            )
        }
        _ => {
            let (object, asserted) = property(plan, schema, &examples)?;
            (object, format!("assert_eq!({binding}.{asserted});"))
        }
    };
    let wrap = |body: Json, name: &String| json!({ name: body });
    Some(MemoryResponse {
        body: within.first().into_iter().fold(body, wrap),
        assertion,
    })
}

/// The values of the body in the examples of a content.
fn examples<'a>(content: &'a Content, within: &[String]) -> Vec<&'a Json> {
    let values = content.examples.iter();
    values
        .map(|value| {
            let mut inner = within.iter().filter_map(|name| value.get(name));
            inner.next().unwrap_or(value)
        })
        .collect()
}

/// An object with one property that is a text, and what is asserted of it: `id, "text"`.
fn property(plan: Plan<'_>, schema: &Schema, examples: &[&Json]) -> Option<(Json, String)> {
    let SchemaKind::Declared(id) = plan.api.resolved(schema) else {
        return None;
    };
    let Shape::Object(object) = &plan.api.ty(*id).shape else {
        return None;
    };
    let index = asserted(plan, *id, object)?;
    let member = &object.members[index];
    let is_short = |text: &str| !text.is_empty() && text.len() <= LONGEST;
    let shown = examples
        .iter()
        .filter_map(|value| value.get(&member.name)?.as_str());
    let text = match shown.map(str::to_owned).find(|text| is_short(text)) {
        Some(text) => text,
        None => sampled(plan, *id, member).filter(|text| is_short(text))?,
    };
    let mut map = Map::new();
    map.insert(member.name.clone(), Json::from(&*text));
    let field = plan.names.ty(*id).parts[index].clone();
    let text = literal::string(&text);
    let asserted = match plan.api.ty(*id).presence(member) {
        Presence::Required => format!("{field}, {text}"),
        _ => format!("{field}.as_deref(), Some({text})"),
    };
    Some((Json::Object(map), asserted))
}

/// Lines that change one text property of a sample: of the shown operation's result, else of the first response
/// type that is compiled with default features.
pub fn sampled_value(plan: Plan<'_>) -> Doctest {
    let shown = plan.client.showcase.and_then(|id| result_type(plan, id));
    let is_compiled = |id: &TypeId| is_default(plan, plan.names.features.of_type(*id));
    let changed = |id: TypeId| {
        let Shape::Object(object) = &plan.api.ty(id).shape else {
            return None;
        };
        // A setter called `sample` hides the method of the trait.
        let idents = &plan.names.ty(id).parts;
        let index =
            asserted(plan, id, object).filter(|_| !idents.iter().any(|it| it == "sample"))?;
        Some((id, &object.members[index], index))
    };
    let mut responses = plan
        .api
        .type_ids()
        .filter(|id| plan.api.ty(*id).usage.response && is_compiled(id));
    let found = shown.and_then(changed);
    let Some((id, member, index)) = found.or_else(|| responses.find_map(changed)) else {
        return Doctest::default();
    };
    let names = plan.names.ty(id);
    let ident = &names.ident;
    let text = "\"changed\".to_owned()";
    let value = match plan.api.ty(id).presence(member) {
        Presence::Required => text.to_owned(),
        _ => format!("Some({text})"),
    };
    let mut doctest = Doctest::default();
    let name = plan.crate_name();
    doctest.show(format!("use {name}::{{mock::Sample, types::{ident}}};"));
    doctest.show("");
    doctest.show(format!("let mut value = {ident}::sample();"));
    doctest.show(format!("value.{} = {value};", names.parts[index]));
    doctest
}

/// Returns the type of an operation's result, or of the items of its list.
fn result_type(plan: Plan<'_>, id: OperationId) -> Option<TypeId> {
    let mut responses = plan.api.operation(id).successes();
    let content = responses.find_map(|response| response.contents.first())?;
    let mut kind = plan.api.resolved(&content.schema);
    while let SchemaKind::Envelope(_, inner) | SchemaKind::Array(inner) = kind {
        kind = plan.api.resolved(inner);
    }
    match kind {
        SchemaKind::Declared(id) => Some(*id),
        _ => None,
    }
}

/// Returns whether the default features compile an item.
fn is_default(plan: Plan<'_>, gate: Gate) -> bool {
    let default = feature_table::view(plan).map(|features| features.default);
    gate.is_none_or(|names| default.is_some_and(|default| names.contains(&default)))
}

/// The first required property that is any text, or the first one that may be absent.
fn asserted(plan: Plan<'_>, id: TypeId, object: &Object) -> Option<usize> {
    let def = plan.api.ty(id);
    let is_fit = |member: &Property| {
        member.constant.is_none() && !member.indirect && plan.is_string(&member.schema)
    };
    let with = |presence: &[Presence]| {
        let mut members = object.members.iter();
        members.position(|member| presence.contains(&def.presence(member)) && is_fit(member))
    };
    with(&[Presence::Required]).or_else(|| with(&[Presence::Optional, Presence::Nullable]))
}

fn sampled(plan: Plan<'_>, id: TypeId, member: &Property) -> Option<String> {
    let label = SampleLabel::property(member, sample::thing(plan.api, plan.api.ty(id)));
    let value = sample::request(plan.api, &member.schema, &[], Optional::None, label);
    value.as_str().map(str::to_owned)
}

/// The assertions of the request that an example sends: its method, and one property of a JSON body.
pub fn requested(plan: Plan<'_>, id: OperationId) -> Vec<String> {
    let operation = plan.api.operation(id);
    let method = literal::string(&operation.method);
    let call = &plan.calls[id.0 as usize];
    let body = call.body.as_ref().zip(operation.body.as_ref());
    let json =
        body.filter(|(body, described)| described.contents[body.content].kind == ContentKind::Json);
    let property = json.and_then(|(body, _)| {
        let mut members = body.value.as_object()?.iter();
        members.find(|(_, value)| {
            let text = value.as_str();
            text.is_some_and(|text| text.len() <= LONGEST) || value.is_boolean()
        })
    });
    let Some((name, value)) = property else {
        return vec![format!(
            "assert_eq!(transport.requests()[0].method(), {method});"
        )];
    };
    let value = match value.as_str() {
        Some(text) => literal::string(text),
        None => value.to_string(),
    };
    vec![
        "let request = &transport.requests()[0];".to_owned(),
        format!("assert_eq!(request.method(), {method});"),
        "let sent: serde_json::Value = serde_json::from_slice(request.body())?;".to_owned(),
        format!("assert_eq!(sent[{}], {value});", literal::string(name)),
    ]
}

/// The statements that send the request of an example and assert what comes back.
pub fn statements(plan: Plan<'_>, id: OperationId, example: &Example) -> (String, Vec<String>) {
    let binding = example.binding.as_deref();
    let answer = binding.and_then(|binding| answer(plan, id, binding));
    match answer {
        Some(answer) => {
            let mut lines = example.statements();
            lines.push(answer.assertion);
            (answer.body.to_string(), lines)
        }
        None => {
            let mut lines = example.raw("");
            lines.push("assert!(response.status().is_success());".to_owned());
            ("{}".to_owned(), lines)
        }
    }
}
