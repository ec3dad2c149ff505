//! Documented response headers: a struct for each operation that has any.

use super::docs::Text;
use crate::describe;
use crate::ir::OperationId;
use crate::rust::code::{FnParameter, TypeCode};
use crate::rust::plan::decoding::DecodeFunction;
use crate::rust::plan::headers::HeaderPlan;
use crate::rust::{Expr, Plan, Scope, Ty, layout};
use serde::Serialize;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Headers {
    pub ident: String,
    pub fields: Vec<HeaderField>,
    /// The head of the method that returns the headers with the value.
    pub send: String,
    /// The private function that decodes both: its head and its body.
    pub decode: String,
    pub statements: Vec<String>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct HeaderField {
    pub docs: Vec<String>,
    pub line: String,
    /// The field of the struct literal, with the expression that reads it.
    pub read: String,
}

pub fn view(
    plan: Plan<'_>,
    id: OperationId,
    result: &Ty<'_>,
    decoder: DecodeFunction,
    ty: &TypeCode,
    scope: &Scope<'_>,
    builders: &Scope<'_>,
) -> Option<Headers> {
    let names = plan.names.operation(id);
    let headers = &plan.operation(id).headers;
    if headers.is_empty() {
        return None;
    }
    scope.import("headers");
    for file in [scope, builders] {
        file.import("runtime::Reply");
        file.import("runtime::Result");
    }
    builders.import("runtime::ResponseFuture");
    let fields = headers.iter().map(|planned| field(planned, scope));
    let ident = builders.ty(&Ty::Local(&names.headers)).to_string();
    let is_nothing = *result == Ty::UNIT;
    let given = match is_nothing {
        true => ident.clone(),
        false => format!("({ty}, {ident})"),
    };
    let reply = || Expr::variable("reply");
    let read = Expr::call(format!("{ident}::read"), [reply()]);
    let decoded = decoder.call([reply()]).tried();
    let statements = match is_nothing {
        true => vec![layout::tail("        ", &read)],
        false => vec![
            layout::assignment("        ", "let value", &decoded),
            layout::assignment("        ", "let headers", &read.tried()),
            "        Ok((value, headers))".to_owned(),
        ],
    };
    let ty = ty.to_string();
    let signature = |head: &str, parameter: FnParameter, returns: &str| {
        // rustfmt puts the parts of a wider tuple on separate lines.
        if !is_nothing && ty.len() + 2 + ident.len() > WIDEST_TUPLE {
            let of = format!("        {ty},\n        {ident},");
            return format!(
                "    {head}(\n        {parameter},\n    ) -> {returns}<(\n{of}\n    )> {{"
            );
        }
        let returns = format!("{returns}<{given}>");
        layout::signature("    ", head, &[parameter], Some(&returns))
    };
    Some(Headers {
        fields: fields.collect(),
        send: signature(
            "pub fn send_with_headers",
            FnParameter::SELF,
            "ResponseFuture",
        ),
        decode: signature(
            "fn decode_with_headers",
            FnParameter::plain("reply", "&Reply"),
            "Result",
        ),
        statements,
        ident,
    })
}

/// rustfmt's `fn_call_width`, which also limits tuples.
const WIDEST_TUPLE: usize = 60;

fn field(planned: &HeaderPlan<'_>, scope: &Scope<'_>) -> HeaderField {
    let (header, ident) = (planned.header, planned.ident);
    let about = format!("The header {}.", describe::code(&header.name));
    HeaderField {
        docs: Text::new()
            .paragraph(&about)
            .prose(&header.docs)
            .paragraph(&describe::notes("", "", &header.schema, false))
            .finish(),
        line: layout::field("    ", &format!("pub {ident}"), &scope.ty(&planned.ty)),
        read: layout::field_value("            ", ident, &planned.read),
    }
}
