//! Which operations give a list page by page: those that the user names, and those whose parameters and
//! responses follow a known pattern.

mod asked;
mod hinted;
mod known;
mod page;
#[cfg(test)]
mod tests;

use super::named::Named;
use crate::diag::{Diagnostics, codes};
use crate::ir::{Api, OperationId, Rules, Wish};
use page::Page;

/// Whether an operation has what is wished for.
pub fn fits(api: &Api, id: OperationId, wish: &Wish) -> bool {
    asked::paging(api, id, wish).is_ok()
}

pub fn run(api: &mut Api, rules: &Rules, diagnostics: &mut Diagnostics) {
    for id in api.operation_ids() {
        let hinted = hinted::paging(api, id, diagnostics);
        let known = || Page::of(api, id).and_then(|page| known::paging(&page));
        let found = hinted.or_else(known);
        api.operations[id.0 as usize].paging = found;
    }
    if rules.is_empty() {
        return;
    }
    let named = Named::new(api);
    for (key, rule) in rules {
        let Some(id) = named.find(api, "pagination", key, &rule.at.0, diagnostics) else {
            continue;
        };
        let paging = rule.wish.as_ref().map(|wish| asked::paging(api, id, wish));
        match paging.transpose() {
            Ok(paging) => api.operations[id.0 as usize].paging = paging,
            Err(why) => diagnostics.push(codes::pagination_misfit(&rule.at.0, key, &why)),
        }
    }
}
