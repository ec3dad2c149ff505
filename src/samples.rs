//! Code samples as an overlay: each operation gets `x-codeSamples`, which documentation sites show.

use crate::diag::fix;
use crate::load::Loaded;
use crate::rust::Plan;
use crate::rust::book::{Sample, samples};
use crate::rust::cli::{self, plan::Program};
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
    let program = Program::new(plan);
    for id in plan.api.operation_ids() {
        let node = plan.api.operation(id).at.map(|at| loaded.tree.node(at));
        match node.filter(|node| node.file() == loaded.entry) {
            Some(node) => {
                let mut samples = samples(plan, id).to_vec();
                samples.extend(program.as_ref().map(|program| cli::sample(program, id)));
                actions.extend(action(samples, node));
            }
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

fn action(samples: Vec<Sample>, operation: Node<'_>) -> Option<Json> {
    let known: Vec<Node<'_>> = operation
        .get(EXTENSION)
        .into_iter()
        .flat_map(Node::items)
        .collect();
    let new = samples
        .into_iter()
        .filter(|sample| !known.iter().any(|known| replaces(*known, sample)));
    let entries: Vec<Json> = new
        .map(|sample| json!({"lang": sample.lang, "label": sample.label, "source": sample.source}))
        .collect();
    (!entries.is_empty())
        .then(|| json!({"target": fix::path(operation), "update": {EXTENSION: entries}}))
}

/// Returns whether a sample of the document replaces one of ours: it has the same language. The program's command is
/// one of several samples for a shell, so it also needs the same label.
fn replaces(known: Node<'_>, sample: &Sample) -> bool {
    let is = |key: &str, value: &str| {
        let text = known.text(key);
        text.is_some_and(|text| text.eq_ignore_ascii_case(value))
    };
    is("lang", sample.lang) && (sample.label != cli::LABEL || is("label", sample.label))
}
