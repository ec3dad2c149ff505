//! Adds streams of events that the document describes as components only.
//!
//! A boolean property `stream` in the body of an operation selects them, and a union such as `MessageStreamEvent`
//! describes one event.

use super::find_operations::OperationIndex;
use super::name_overrides::{Types, components, unknown_name};
use crate::diag::{Diagnostics, codes};
use crate::ir::{
    Api, Content, ContentKind, Framing, Operation, OperationId, Origin, Schema, SchemaKind, Shape,
    StreamConfig, TypeId,
};
use crate::naming::{Words, words};
use crate::tree::Tree;
use std::collections::HashSet;

/// Words that names of request bodies have besides the thing they are about.
const OF_BODIES: [&str; 6] = ["create", "request", "params", "parameters", "body", "input"];

pub fn run(api: &mut Api, tree: &Tree, config: &StreamConfig, diagnostics: &mut Diagnostics) {
    let configured = configured(api, tree, config, diagnostics);
    let events = events(api);
    let ids = api.operation_ids();
    let open: Vec<OperationId> = ids
        .filter(|id| !configured.contains(id) && is_open(api, *id))
        .collect();
    for id in &open {
        let found = match (&events[..], &open[..]) {
            ([(_, only)], [_]) => Some(*only),
            _ => event_of(api, *id, &events),
        };
        let Some(event) = found else {
            continue;
        };
        let operation = api.operation(*id);
        if let Some(at) = operation.at {
            let name = component(api, event).unwrap_or_default();
            let key = operation.names().next().unwrap_or_default();
            diagnostics.push(codes::stream_found(tree.node(at), name, &key));
        }
        add(api, *id, event);
    }
}

/// Applies the configuration, and returns the operations that it names.
fn configured(
    api: &mut Api,
    tree: &Tree,
    config: &StreamConfig,
    diagnostics: &mut Diagnostics,
) -> HashSet<OperationId> {
    let mut known = HashSet::new();
    if config.is_empty() {
        return known;
    }
    let operations = OperationIndex::new(api);
    let types = Types::new(api, tree);
    for (key, stream) in config {
        let at = &stream.key.0;
        let Some(id) = operations.find(api, "streams", key, at, diagnostics) else {
            continue;
        };
        known.insert(id);
        let Some(name) = &stream.event else {
            leave_out(&mut api.operations[id.0 as usize]);
            continue;
        };
        if !api.operation(id).successes().any(has_body) {
            let why = "it has no response with a body";
            diagnostics.push(codes::stream_misfit(at, key, why));
            continue;
        }
        match types.called(name) {
            Some(event) => add(api, id, event),
            None => {
                let (section, at) = ("streams", &stream.at.0);
                let known = || components(api);
                unknown_name(api, section, "type", name, at, known, diagnostics);
            }
        }
    }
    known
}

/// Returns whether an operation may stream, although no response is described as a stream.
fn is_open(api: &Api, id: OperationId) -> bool {
    api.operation(id).streams().is_empty() && api.has_stream_flag(id)
}

/// Returns the unions of stream events, by the words before `StreamEvent` in their names.
fn events(api: &Api) -> Vec<(Words, TypeId)> {
    let event = |id: TypeId| {
        let name = component(api, id)?;
        let Shape::Union(_) = api.ty(id).shape else {
            return None;
        };
        let mut all = words(name);
        let is_event = all.ends_with(&["stream".to_owned(), "event".to_owned()]);
        all.truncate(all.len().saturating_sub(2));
        is_event.then_some((all, id))
    };
    api.type_ids().filter_map(event).collect()
}

/// Returns the union for an operation: the one named after its response, else after its body, else after the
/// operation.
fn event_of(api: &Api, id: OperationId, events: &[(Words, TypeId)]) -> Option<TypeId> {
    let operation = api.operation(id);
    let named = |wanted: &[String]| {
        let mut same = events.iter().filter(|(name, _)| name == wanted);
        same.next().map(|(_, id)| *id)
    };
    let responses = operation.successes().flat_map(|it| &it.contents);
    let response = responses.filter_map(|content| name_of(api, content));
    let mut response = response.map(words);
    let bodies = operation.body.iter().flat_map(|body| &body.contents);
    let body = bodies.filter_map(|content| name_of(api, content));
    let mut body = body.map(|name| without(words(name), &OF_BODIES));
    let by_id = || {
        let own = words(operation.id.as_deref()?);
        let ends = |(name, _): &&(Words, TypeId)| !name.is_empty() && own.ends_with(name);
        events
            .iter()
            .filter(ends)
            .max_by_key(|(name, _)| name.len())
            .map(|(_, id)| *id)
    };
    let found = response.find_map(|name| named(&name));
    found
        .or_else(|| body.find_map(|name| named(&name)))
        .or_else(by_id)
}

fn without(words: Words, others: &[&str]) -> Words {
    let mut words = words;
    words.retain(|word| !others.contains(&&**word));
    words
}

/// Returns the component name of a JSON content.
fn name_of<'a>(api: &'a Api, content: &Content) -> Option<&'a str> {
    match content.schema.kind {
        SchemaKind::Declared(id) if content.kind == ContentKind::Json => component(api, id),
        _ => None,
    }
}

fn component(api: &Api, id: TypeId) -> Option<&str> {
    match &api.ty(id).origin {
        Origin::Component(name) => Some(name),
        _ => None,
    }
}

fn has_body(response: &crate::ir::Response) -> bool {
    !response.status.is_bodiless() && !response.status.is_redirect()
}

/// Adds the stream to the first success, in place of a described one.
fn add(api: &mut Api, id: OperationId, event: TypeId) {
    let operation = &mut api.operations[id.0 as usize];
    let first = operation
        .successes()
        .find(|it| has_body(it))
        .map(|it| it.status);
    leave_out(operation);
    let mut responses = operation.responses.iter_mut();
    if let Some(response) = responses.find(|it| Some(it.status) == first) {
        let schema = Schema::new(SchemaKind::Declared(event));
        response.contents.push(Content::of_events(schema));
    }
}

/// Removes the streams of events that the responses of an operation describe.
fn leave_out(operation: &mut Operation) {
    for response in &mut operation.responses {
        response.contents.retain(|content| {
            let framing = content.items.as_ref().map(|items| items.framing);
            framing != Some(Framing::Events)
        });
    }
}
