//! Paginated lists: two methods besides `send`, and the constant that describes the pagination.

use crate::describe;
use crate::ir::{NextPage, OperationId, PageParameter};
use crate::rust::code::{Parameter, TypeCode};
use crate::rust::{Expr, Plan, Scope, layout};
use serde::Serialize;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PagesView {
    /// Lines of the constant: `items`, `next`, `end`.
    pub fields: Vec<String>,
    pub docs: Vec<String>,
    pub pages: Method,
    pub items: Method,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Method {
    pub signature: String,
    pub statement: String,
}

/// Returns both methods. `ty` is the response type, and `decoder` decodes it.
pub fn view(
    plan: Plan<'_>,
    id: OperationId,
    ty: &TypeCode,
    decoder: Expr,
    scope: &Scope<'_>,
) -> Option<PagesView> {
    let planned = plan.operation(id).pagination.as_ref()?;
    let paging = planned.pagination;
    let item = scope.ty(&planned.item);
    let has_link = paging.next == NextPage::Link;
    let has_patch = matches!(paging.next.parameter(), Some(PageParameter::Body(_)));
    let used = [("link", has_link), ("patch", has_patch)];
    let used = used.into_iter().filter(|(_, is_used)| *is_used);
    for module in ["pages", "paging"]
        .into_iter()
        .chain(used.map(|(module, _)| module))
    {
        scope.import(module);
    }
    Some(PagesView {
        fields: planned
            .fields
            .each_ref()
            .map(|(name, value)| layout::field_value("        ", name, value))
            .into(),
        docs: super::docs::Text::new()
            .paragraph(&describe::pagination(paging))
            .finish(),
        pages: method("pages", "Pages", ty, Some(decoder)),
        items: method("items", "Items", &item, None),
    })
}

fn method(name: &str, of: &str, ty: &TypeCode, decoder: Option<Expr>) -> Method {
    let returns = format!("pages::{of}<{ty}>");
    let request = Expr::variable("self").field("request");
    let paging = Expr::item("Self", "PAGING").reference();
    let arguments = [Some(request), decoder, Some(paging)];
    let arguments: Vec<Expr> = arguments.into_iter().flatten().collect();
    let call = Expr::new(format!("pages::{of}"), arguments);
    Method {
        signature: layout::signature(
            "    ",
            &format!("pub fn {name}"),
            &[Parameter::SELF],
            Some(&returns),
        ),
        statement: layout::tail("        ", &call),
    }
}
