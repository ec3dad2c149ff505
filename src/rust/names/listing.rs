//! Every name of a crate with where it comes from, for a person who reviews them.

use super::Names;
use crate::diag::{Diagnostics, codes};
use crate::ir::{Api, Origin, Shape};
use crate::naming::faults;
use crate::naming::method::Source;
use crate::tree::Node;
use std::collections::HashSet;

/// What has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Operation,
    Type,
    Variant,
}

/// A name of the crate.
#[derive(Debug)]
pub struct Listed {
    pub kind: Kind,
    /// What `names` of the configuration calls it: an operation, a component, `TYPE.value`; empty where it
    /// has no name there.
    pub key: String,
    /// As callers write it: `calls().list`, `Call`, `CallStatus::Queued`.
    pub name: String,
    /// What the name is made of.
    pub source: &'static str,
    /// Why it reads badly.
    pub fault: Option<&'static str>,
    /// A name for the configuration that reads better.
    pub better: Option<String>,
}

/// Fewer names that read badly are not worth a note: few documents have none.
const FEWEST_FAULTS: usize = 5;

/// Reports the names that read badly, in one note. What the configuration or an extension names is as its
/// author wants it.
pub fn report(api: &Api, names: &Names, root: Node<'_>, diagnostics: &mut Diagnostics) {
    let listed = list(api, names);
    let faulty = listed
        .iter()
        .filter(|name| name.fault.is_some() && name.source != GIVEN);
    let faulty: Vec<&str> = faulty.map(|name| name.name.as_str()).collect();
    if faulty.len() >= FEWEST_FAULTS {
        let examples = &faulty[..3];
        diagnostics.push(codes::names_read_badly(
            root,
            faulty.len(),
            listed.len(),
            examples,
        ));
    }
}

/// The source of names that the user has chosen.
const GIVEN: &str = "configuration or extension";

/// The names of all operations, types and variants of unions, in document order.
pub fn list(api: &Api, names: &Names) -> Vec<Listed> {
    let mut listed = operations(api, names);
    let idents: HashSet<&str> = names
        .types
        .iter()
        .map(|names| names.ident.as_str())
        .collect();
    for (ty, own) in api.types.iter().zip(&names.types) {
        let (key, source) = match (&ty.pinned, &ty.origin) {
            (Some(_), Origin::Component(key)) => (key.clone(), GIVEN),
            (Some(_), _) => (String::new(), GIVEN),
            (None, Origin::Component(key)) => (key.clone(), "component"),
            (None, Origin::Referenced(name)) => (name.clone(), "reference"),
            (None, Origin::Inline { .. }) => (String::new(), "its place"),
        };
        let fault = faults::of_type(&own.ident, |name| idents.contains(name));
        listed.push(Listed {
            kind: Kind::Type,
            key,
            name: own.ident.clone(),
            source,
            fault,
            better: None,
        });
        if let Shape::Union(_) = ty.shape {
            let variants: HashSet<&str> = own.parts.iter().map(String::as_str).collect();
            listed.extend(own.parts.iter().map(|part| Listed {
                kind: Kind::Variant,
                key: String::new(),
                name: format!("{}::{part}", own.ident),
                source: "branch",
                fault: faults::of_type(part, |name| variants.contains(name)),
                better: None,
            }));
        }
    }
    listed
}

fn operations(api: &Api, names: &Names) -> Vec<Listed> {
    let taken: HashSet<(usize, &str)> = api
        .operations
        .iter()
        .zip(&names.operations)
        .map(|(operation, own)| (operation.group, own.method.as_str()))
        .collect();
    let operations = api.operations.iter().zip(&names.operations);
    operations
        .map(|(operation, own)| {
            let fault = faults::of_method(&own.method);
            let is_better = |name: &&String| {
                faults::of_method(name).is_none()
                    && !taken.contains(&(operation.group, name.as_str()))
            };
            // Every run lists the names for its note, and few have a fault.
            let better = fault.and_then(|_| own.alternatives.iter().find(is_better));
            Listed {
                kind: Kind::Operation,
                key: operation.names().next().unwrap_or_default(),
                name: format!(
                    "{}().{}",
                    names.resources[operation.group].accessor, own.method
                ),
                source: match own.source {
                    Source::Prescribed => GIVEN,
                    Source::Id => "operationId",
                    Source::Path => "method and path",
                    Source::Summary => "summary",
                },
                fault,
                better: better.cloned(),
            }
        })
        .collect()
}
