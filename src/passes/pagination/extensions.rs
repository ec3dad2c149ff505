//! Reads pagination from extensions for other generators.

use super::{configured, detect};
use crate::diag::{Diagnostics, codes};
use crate::ir::{
    Api, NextPage, OperationId, PageAdvance, PageEnd, Pagination, PaginationExtension,
    PaginationHint,
};

/// Returns the pagination that an extension describes, and reports one that does not match the operation.
pub fn paging(api: &Api, id: OperationId, diagnostics: &mut Diagnostics) -> Option<Pagination> {
    let hinted = api.operation(id).hinted_pages.as_ref()?;
    let paging = configured::paging(api, id, &hint_of(api, id, hinted));
    paging
        .map_err(|why| diagnostics.push(codes::pagination_extension_misfit(hinted.at, &why)))
        .ok()
}

fn hint_of(api: &Api, id: OperationId, hinted: &PaginationExtension) -> PaginationHint {
    let next = match &hinted.way {
        PageAdvance::Cursor { parameter, next } => NextPage::Cursor {
            parameter: parameter.clone(),
            at: vec![next.clone()],
        },
        PageAdvance::LastItem { parameter, member } => NextPage::LastItem {
            parameter: parameter.clone(),
            at: vec![member.clone()],
        },
        PageAdvance::Page(name) => {
            let mut parameters = api.operation(id).parameters.iter();
            let parameter = parameters.find(|parameter| parameter.name == *name);
            NextPage::Page {
                parameter: name.clone(),
                // These extensions do not state the first page number.
                first: parameter
                    .and_then(|parameter| detect::default(&parameter.schema))
                    .unwrap_or(1),
            }
        }
        PageAdvance::Offset(name) => NextPage::Offset {
            parameter: name.clone(),
        },
        PageAdvance::Url(at) => NextPage::Url {
            at: vec![at.clone()],
        },
    };
    let end = match (&hinted.more, &hinted.total) {
        (Some(more), _) => PageEnd::More(vec![more.clone()]),
        (None, Some(total)) => PageEnd::Total(vec![total.clone()]),
        (None, None) => PageEnd::Unstated,
    };
    PaginationHint {
        items: hinted.items.clone(),
        next,
        end,
    }
}
