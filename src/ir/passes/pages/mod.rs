//! Which operations give a list page by page: those that the user names, and those whose parameters and
//! responses follow a known pattern.

mod asked;
mod known;
mod page;
#[cfg(test)]
mod tests;

use crate::diag::{Diagnostics, codes};
use crate::ir::{Api, Operation, OperationId, Rules};
use crate::nearest::nearest;
use page::Page;

pub fn run(api: &mut Api, rules: &Rules, diagnostics: &mut Diagnostics) {
    for id in api.operation_ids() {
        let found = Page::of(api, id).and_then(|page| known::paging(&page));
        api.operations[id.0 as usize].paging = found;
    }
    for (key, rule) in rules {
        let Some(id) = named(api, key) else {
            let known: Vec<String> = api.operations.iter().flat_map(keys).collect();
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            let nearest = nearest(key, known.iter().copied());
            diagnostics.push(codes::pagination_of_unknown(&rule.at, key, nearest));
            continue;
        };
        let paging = rule.wish.as_ref().map(|wish| asked::paging(api, id, wish));
        match paging.transpose() {
            Ok(paging) => api.operations[id.0 as usize].paging = paging,
            Err(why) => diagnostics.push(codes::pagination_misfit(&rule.at, key, &why)),
        }
    }
}

fn named(api: &Api, key: &str) -> Option<OperationId> {
    let is_named = |id: &OperationId| keys(api.operation(*id)).any(|known| known == key);
    api.operation_ids().find(is_named)
}

/// What an operation can be called by.
fn keys(operation: &Operation) -> impl Iterator<Item = String> + use<> {
    let line = format!("{} {}", operation.method, operation.path.raw);
    operation.id.clone().into_iter().chain([line])
}
