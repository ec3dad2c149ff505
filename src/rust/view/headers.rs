//! Response headers that are described: a type for each operation that has any.

use super::docs::Text;
use super::outcome::Outcome;
use crate::describe;
use crate::ir::{Header, HeaderForm, Operation, OperationId, Response, unquoted};
use crate::rust::{Expr, Plan, Scope, Ty, layout};
use serde::Serialize;
use std::collections::HashSet;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Headers {
    pub ident: String,
    pub fields: Vec<Field>,
    /// The head of the method that gives headers with the value.
    pub send: String,
    /// The private function that decodes both: its head, and what it does.
    pub decode: String,
    pub statements: Vec<String>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Field {
    pub docs: Vec<String>,
    pub line: String,
    /// The field of the literal, with the call that reads it.
    pub read: String,
}

pub fn view(
    plan: Plan<'_>,
    id: OperationId,
    outcome: &Outcome<'_>,
    ty: &str,
    scope: &Scope<'_>,
    builders: &Scope<'_>,
) -> Option<Headers> {
    let operation = plan.api.operation(id);
    let names = plan.names.operation(id);
    let headers = operation.headers();
    if headers.is_empty() {
        return None;
    }
    scope.import("headers");
    for file in [scope, builders] {
        file.import("runtime::Reply");
        file.import("runtime::Result");
    }
    let required = required(operation);
    let field = |(header, ident): (&&Header, &String)| {
        let is_required = required.contains(&header.name.to_ascii_lowercase());
        let ty = scope.ty(&field_ty(plan, &required, header));
        field(plan, header, ident, is_required, &ty)
    };
    let fields = headers.iter().zip(&names.header_fields).map(field);
    let ident = builders.ty(&Ty::Local(&names.headers));
    let is_nothing = outcome.ty == Ty::UNIT;
    let given = match is_nothing {
        true => ident.clone(),
        false => format!("({ty}, {ident})"),
    };
    let reply = || Expr::variable("reply");
    let read = Expr::call(format!("{ident}::read"), [reply()]);
    let decoded = outcome.decoder.call([reply()]).tried();
    let statements = match is_nothing {
        true => vec![layout::tail("        ", &read)],
        false => vec![
            layout::assignment("        ", "let value", &decoded),
            layout::assignment("        ", "let headers", &read.tried()),
            "        Ok((value, headers))".to_owned(),
        ],
    };
    let signature = |head: &str, parameter: &str, returns: &str| {
        // rustfmt puts the parts of a tuple of this width on lines of their own.
        if !is_nothing && ty.len() + 2 + ident.len() > WIDEST_TUPLE {
            let of = format!("        {ty},\n        {ident},");
            return format!(
                "    {head}(\n        {parameter},\n    ) -> {returns}<(\n{of}\n    )> {{"
            );
        }
        let returns = format!("{returns}<{given}>");
        layout::signature("    ", head, &[parameter.to_owned()], Some(&returns))
    };
    Some(Headers {
        fields: fields.collect(),
        send: signature("pub fn send_with_headers", "self", "ResponseFuture"),
        decode: signature("fn decode_with_headers", "reply: &Reply", "Result"),
        statements,
        ident,
    })
}

/// `fn_call_width`, which goes for tuples too.
const WIDEST_TUPLE: usize = 60;

/// The headers that every success has, in small letters.
pub fn required(operation: &Operation) -> HashSet<String> {
    let of = |response: &Response| -> HashSet<String> {
        let headers = response.headers.iter().filter(|header| header.required);
        headers
            .map(|header| header.name.to_ascii_lowercase())
            .collect()
    };
    let all = operation.successes().map(of);
    all.reduce(|known, own| &known & &own).unwrap_or_default()
}

/// The type of the header's field.
pub fn field_ty<'a>(plan: Plan<'a>, required: &HashSet<String>, header: &Header) -> Ty<'a> {
    let ty = ty(plan, header);
    match required.contains(&header.name.to_ascii_lowercase()) {
        true => ty,
        false => ty.option(),
    }
}

fn field(plan: Plan<'_>, header: &Header, ident: &str, is_required: bool, ty: &str) -> Field {
    let function = match is_required {
        true => "required",
        false => "optional",
    };
    let (function, form) = reader(plan, header, function);
    let arguments = [Expr::variable("reply"), Expr::string(&header.name)];
    let arguments: Vec<Expr> = arguments.into_iter().chain(form).collect();
    let read = Expr::call(function, arguments).tried();
    let about = format!("The header {}.", describe::code(&header.name));
    Field {
        docs: Text::new()
            .paragraph(&about)
            .prose(&header.docs)
            .paragraph(&describe::notes("", "", &header.schema, false))
            .finish(),
        line: layout::field("    ", &format!("pub {ident}"), ty),
        read: layout::field_value("            ", ident, &read),
    }
}

/// The type that a header's text is read as.
pub fn ty<'a>(plan: Plan<'a>, header: &Header) -> Ty<'a> {
    match header.form(plan.api) {
        HeaderForm::Plain => Ty::STRING,
        _ => plan.bare(&header.schema),
    }
}

/// The function that reads a header, with what it takes beside the header's name.
pub fn reader(plan: Plan<'_>, header: &Header, function: &str) -> (String, Option<Expr>) {
    let form = match header.form(plan.api) {
        HeaderForm::Simple | HeaderForm::Plain => return (format!("headers::{function}"), None),
        HeaderForm::Json => Expr::item("headers::Form", "Json"),
        HeaderForm::Object(object) => {
            let names = Expr::strings(unquoted(plan.api, object));
            Expr::call("headers::Form::Object", [names])
        }
    };
    (format!("headers::{function}_in"), Some(form))
}
