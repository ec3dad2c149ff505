//! Claims method names per resource from the candidates of `naming::method`.

use super::claims::{claim_pin, no_holder, report_taken};
use super::{ResourceNames, bounded};
use crate::diag::Diagnostics;
use crate::ir::{Api, NameOverride, Operation, Schema, SchemaKind, Shape};
use crate::naming::method::{MethodCandidates, NameSource, OperationFacts, candidates};
use crate::naming::{IdentCase, NameScope, Words, reserved, words};

/// A method's name, its source and its alternatives.
pub struct MethodName {
    pub ident: String,
    pub source: NameSource,
    pub alternatives: Vec<String>,
}

/// Names each operation's method, by the operation's index.
pub fn resolve(
    api: &Api,
    resources: &[ResourceNames],
    wished: &[MethodCandidates],
    diagnostics: &mut Diagnostics,
) -> Vec<MethodName> {
    let reserved =
        || NameScope::with_reserved(IdentCase::Snake, reserved::RESOURCE.iter().copied());
    let mut scopes: Vec<NameScope> = resources.iter().map(|_| reserved()).collect();
    let mut names: Vec<Option<MethodName>> = Vec::new();
    // Claim the names that an author chose before any generated name.
    for operation in &api.operations {
        let scope = &mut scopes[operation.group];
        let pin = operation.pinned.as_ref();
        let claimed = claim_pin(scope, pin, operation.at, no_holder, diagnostics);
        names.push(claimed.map(|claimed| MethodName {
            ident: claimed.ident,
            source: NameSource::Prescribed,
            alternatives: Vec::new(),
        }));
    }
    let mut order: Vec<usize> = (0..names.len())
        .filter(|index| names[*index].is_none())
        .collect();
    order.sort_by_key(|index| wished[*index].rank);
    for index in order {
        let (operation, wished) = (&api.operations[index], &wished[index]);
        let claimed = scopes[operation.group].claim(&wished.names);
        if claimed.number.is_some() {
            let own = &wished.names[0];
            report_taken(
                diagnostics,
                operation.at,
                IdentCase::Snake,
                own,
                &claimed,
                no_holder,
            );
        }
        let others = wished.names.iter().map(|name| IdentCase::Snake.ident(name));
        names[index] = Some(MethodName {
            alternatives: others.filter(|name| *name != claimed.ident).collect(),
            ident: claimed.ident,
            source: wished.source,
        });
    }
    names.into_iter().flatten().collect()
}

/// Returns the candidates for each operation's method.
pub fn method_candidates(api: &Api) -> Vec<MethodCandidates> {
    let nouns: Vec<Words> = api
        .operations
        .iter()
        .map(|operation| api.groups[operation.group].noun.clone())
        .collect();
    let facts = api
        .operations
        .iter()
        .map(|operation| facts(api, operation))
        .collect();
    let mut wished = candidates(facts, &nouns);
    for (operation, wished) in api.operations.iter().zip(&mut wished) {
        if let Some(NameOverride::Preferred(name)) = &operation.pinned {
            wished.names.insert(0, bounded(words(name)));
            wished.source = NameSource::Prescribed;
            wished.rank = Default::default();
        }
    }
    wished
}

fn facts(api: &Api, operation: &Operation) -> OperationFacts {
    let success = operation
        .successes()
        .find_map(|response| response.contents.first());
    OperationFacts {
        method: operation.method.clone(),
        path: operation.path.raw.clone(),
        id: operation
            .id_override
            .clone()
            .or_else(|| operation.id.clone()),
        is_id_prescribed: operation.id_override.is_some(),
        summary: operation.docs.summary.clone(),
        returns_list: operation.paging.is_some()
            || success.is_some_and(|content| returns_list(api, &content.schema)),
        knows_response: success.is_some(),
        deprecated: operation.deprecated,
        ..OperationFacts::default()
    }
}

/// Returns whether a body is a list or an object that wraps one.
fn returns_list(api: &Api, schema: &Schema) -> bool {
    match api.resolved(schema) {
        SchemaKind::Array(_) => true,
        SchemaKind::Envelope(_, inner) => returns_list(api, inner),
        SchemaKind::Declared(id) => match &api.ty(*id).shape {
            Shape::Object(object) => {
                let lists = object
                    .members
                    .iter()
                    .filter(|member| matches!(api.resolved(&member.schema), SchemaKind::Array(_)));
                let named = [
                    "data", "entries", "items", "list", "records", "results", "values",
                ];
                lists
                    .clone()
                    .any(|member| named.contains(&member.name.as_str()))
                    || lists.count() == 1 && object.members.len() < 6
            }
            _ => false,
        },
        _ => false,
    }
}
