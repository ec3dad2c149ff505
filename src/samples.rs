//! Code samples as an overlay: each operation gets `x-codeSamples`, which documentation sites show.

use crate::diag::fix;
use crate::ir::OperationId;
use crate::load::Loaded;
use crate::rust::Plan;
use crate::rust::book::{Sample, samples};
use crate::tree::Node;
use serde_json::{Value as Json, json};

/// The extension, as Redoc, Scalar and Mintlify read it.
const EXTENSION: &str = "x-codeSamples";

/// An overlay with code samples.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Samples {
    /// The overlay as YAML.
    pub text: String,
    /// Operations that an overlay of the document cannot reach, as they are in another file.
    pub unreachable: usize,
}

/// Creates the overlay. A language for which an operation has a sample already is left as it is.
pub(crate) fn overlay(plan: Plan<'_>, loaded: &Loaded) -> Samples {
    let mut actions = Vec::new();
    let mut unreachable = 0;
    for id in plan.api.operation_ids() {
        let node = plan.api.operation(id).at.map(|at| loaded.tree.node(at));
        match node.filter(|node| node.file() == loaded.entry) {
            Some(node) => actions.extend(action(plan, id, node)),
            None => unreachable += 1,
        }
    }
    let overlay = json!({
        "overlay": "1.0.0",
        "info": {"title": "Code samples", "version": plan.options.package.version},
        "actions": actions,
    });
    Samples {
        // JSON values can always be written.
        text: serde_yaml::to_string(&overlay).unwrap_or_default(),
        unreachable,
    }
}

fn action(plan: Plan<'_>, id: OperationId, operation: Node<'_>) -> Option<Json> {
    let known = operation.get(EXTENSION).into_iter().flat_map(Node::items);
    let known: Vec<&str> = known.filter_map(|sample| sample.text("lang")).collect();
    let is_new = |sample: &Sample| {
        !known
            .iter()
            .any(|lang| lang.eq_ignore_ascii_case(sample.lang))
    };
    let new = samples(plan, id).into_iter().filter(is_new);
    let entries: Vec<Json> = new
        .map(|sample| json!({"lang": sample.lang, "label": sample.label, "source": sample.source}))
        .collect();
    (!entries.is_empty())
        .then(|| json!({"target": fix::path(operation), "update": {EXTENSION: entries}}))
}
