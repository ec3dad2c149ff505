//! What the description says of pages to other generators.

use super::{configured, detect};
use crate::diag::{Diagnostics, codes};
use crate::ir::{Api, End, Hinted, Next, OperationId, PageLink, Paging, Wish};

/// The paging that is said of an operation; where its description does not have what is said, that is
/// told.
pub fn paging(api: &Api, id: OperationId, diagnostics: &mut Diagnostics) -> Option<Paging> {
    let hinted = api.operation(id).hinted_pages.as_ref()?;
    let paging = configured::paging(api, id, &wish(api, id, hinted));
    paging
        .map_err(|why| diagnostics.push(codes::hinted_pages_misfit(hinted.at, &why)))
        .ok()
}

fn wish(api: &Api, id: OperationId, hinted: &Hinted) -> Wish {
    let next = match &hinted.way {
        PageLink::Cursor { parameter, next } => Next::Cursor {
            parameter: parameter.clone(),
            at: vec![next.clone()],
        },
        PageLink::LastItem { parameter, member } => Next::LastItem {
            parameter: parameter.clone(),
            at: vec![member.clone()],
        },
        PageLink::Page(name) => {
            let mut parameters = api.operation(id).parameters.iter();
            let parameter = parameters.find(|parameter| parameter.name == *name);
            Next::Page {
                parameter: name.clone(),
                // Neither of them says where pages begin.
                first: parameter
                    .and_then(|parameter| detect::default(&parameter.schema))
                    .unwrap_or(1),
            }
        }
        PageLink::Offset(name) => Next::Offset {
            parameter: name.clone(),
        },
        PageLink::Url(at) => Next::Url {
            at: vec![at.clone()],
        },
    };
    let end = match (&hinted.more, &hinted.total) {
        (Some(more), _) => End::More(vec![more.clone()]),
        (None, Some(total)) => End::Total(vec![total.clone()]),
        (None, None) => End::Untold,
    };
    Wish {
        items: hinted.items.clone(),
        next,
        end,
    }
}
