//! Finds paginated operations: those in the configuration, and those that follow a known pattern.

mod configured;
mod detect;
mod extensions;
mod page;
#[cfg(test)]
mod tests;

use super::find_operations::OperationIndex;
use crate::diag::{Diagnostics, codes};
use crate::ir::{Api, OperationId, PaginationConfig, PaginationHint};
use crate::tree::Tree;
use page::ListResponse;

/// Returns whether an operation has the parameters and properties of a hint.
pub fn fits(api: &Api, id: OperationId, hint: &PaginationHint) -> bool {
    configured::paging(api, id, hint).is_ok()
}

/// Returns lists that are probably paginated, with a suggested configuration line each. Configured operations
/// are excluded.
fn suggestions(api: &Api, rules: &PaginationConfig) -> Vec<(OperationId, String)> {
    let ids = api.operation_ids().filter(|id| {
        let operation = api.operation(*id);
        operation.paging.is_none() && !operation.names().any(|name| rules.contains_key(&name))
    });
    let line = |id: OperationId| {
        let rule = detect::suggestion(&ListResponse::of(api, id)?)?;
        let name = api.operation(id).names().next()?;
        Some((id, format!("  {name}: {rule}")))
    };
    ids.filter_map(line).collect()
}

pub fn run(api: &mut Api, tree: &Tree, rules: &PaginationConfig, diagnostics: &mut Diagnostics) {
    for id in api.operation_ids() {
        let hinted = extensions::paging(api, id, diagnostics);
        let known = || ListResponse::of(api, id).and_then(|page| detect::paging(&page));
        let found = hinted.or_else(known);
        api.operations[id.0 as usize].paging = found;
    }
    let suggestions = suggestions(api, rules);
    if let Some((id, lines)) = suggestions
        .first()
        .zip(Some(&suggestions))
        .map(|((id, _), all)| (*id, all))
    {
        let text: Vec<&str> = lines.iter().map(|(_, line)| line.as_str()).collect();
        let text = format!("pagination:\n{}", text.join("\n"));
        if let Some(at) = api.operation(id).at {
            diagnostics.push(codes::unknown_pagination(tree.node(at), lines.len(), &text));
        }
    }
    if rules.is_empty() {
        return;
    }
    let operations = OperationIndex::new(api);
    for (key, rule) in rules {
        let Some(id) = operations.find(api, "pagination", key, &rule.at.0, diagnostics) else {
            continue;
        };
        let paging = rule
            .hint
            .as_ref()
            .map(|hint| configured::paging(api, id, hint));
        match paging.transpose() {
            Ok(paging) => api.operations[id.0 as usize].paging = paging,
            Err(why) => diagnostics.push(codes::pagination_misfit(&rule.at.0, key, &why)),
        }
    }
}
