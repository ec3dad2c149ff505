//! Checks the values of example requests against the document's schemas with a JSON Schema validator. Operations are
//! looked up in the document itself, independently of sdkgen.

use super::judge::{Formats, Judge};
use sdkgen::diag::Diagnostics;
use sdkgen::example::request;
use sdkgen::ir::{Api, ContentKind, Operation, ParameterLocation};
use sdkgen::load::Loaded;
use sdkgen::resolve::Resolver;
use sdkgen::tree::{Node, NodeId};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::collections::BTreeSet;

/// The values of all example requests of a document.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Calls {
    pub operations: usize,
    pub judged: usize,
    /// Invalid values: the operation, its part, and the value.
    pub invalid: Vec<String>,
}

/// A value, and the part of the operation it belongs to.
struct Sent {
    place: String,
    schema: NodeId,
    value: Json,
}

/// Validates all values for which the document has a schema.
pub fn judge(loaded: &Loaded, api: &Api) -> Calls {
    let resolver = Resolver {
        sources: &loaded.sources,
        tree: &loaded.tree,
    };
    let calls = request::all(api);
    let mut sent = Vec::new();
    for (operation, call) in api.operations.iter().zip(&calls) {
        collect(resolver, loaded, operation, call, &mut sent);
    }
    let roots: BTreeSet<NodeId> = sent.iter().map(|sent| sent.schema).collect();
    let judge = Judge::new(loaded, &roots, Formats::All);
    let mut judged = Calls {
        operations: api.operations.len(),
        ..Calls::default()
    };
    for sent in sent {
        match judge.holds(sent.schema, &sent.value) {
            Ok(true) => judged.judged += 1,
            Ok(false) => {
                judged.judged += 1;
                judged
                    .invalid
                    .push(format!("{}: {}", sent.place, sent.value));
            }
            Err(_) => {}
        }
    }
    judged
}

fn collect(
    resolver: Resolver<'_>,
    loaded: &Loaded,
    operation: &Operation,
    call: &request::ExampleRequest,
    sent: &mut Vec<Sent>,
) {
    let followed = |node: Node<'_>| {
        let followed = resolver.follow(node, &mut Diagnostics::default());
        followed.map(|node| node.id())
    };
    let follow = |node: Node<'_>| followed(node).map(|id| loaded.tree.node(id));
    let found = || {
        let paths = loaded.tree.root(loaded.entry)?.get("paths")?;
        let item = follow(paths.get(&operation.path.raw)?)?;
        let method = operation.method.to_ascii_lowercase();
        Some((item, follow(item.get(&method)?)?))
    };
    let Some((item, node)) = found() else { return };
    let line = format!("{} {}", operation.method, operation.path.raw);
    for (parameter, value) in operation.parameters.iter().zip(&call.parameters) {
        let Some(value) = value else { continue };
        let place = match parameter.location {
            ParameterLocation::Path => "path",
            ParameterLocation::Query => "query",
            ParameterLocation::Header => "header",
            ParameterLocation::Cookie => "cookie",
            ParameterLocation::QueryString => "querystring",
        };
        let listed = [node.get("parameters"), item.get("parameters")];
        let mut listed = listed.into_iter().flatten().flat_map(Node::items);
        let schema = listed.find_map(|node| {
            let node = follow(node)?;
            let meant =
                node.text("name") == Some(&parameter.name) && node.text("in") == Some(place);
            let content = || node.get("content")?.members().next()?.1.get("schema");
            node.get("schema").or_else(content).filter(|_| meant)
        });
        sent.extend(schema.map(|schema| Sent {
            place: format!("{line} {place} {}", parameter.name),
            schema: schema.id(),
            value: value.clone(),
        }));
    }
    let (Some(described), Some(body)) = (&operation.body, &call.body) else {
        return;
    };
    let content = &described.contents[body.content];
    if !matches!(content.kind, ContentKind::Json | ContentKind::Form) {
        return;
    }
    let schema = || {
        let contents = follow(node.get("requestBody")?)?.get("content")?;
        contents.get(&content.media_type)?.get("schema")
    };
    sent.extend(schema().map(|schema| Sent {
        place: format!("{line} body"),
        schema: schema.id(),
        value: body.value.clone(),
    }));
}
