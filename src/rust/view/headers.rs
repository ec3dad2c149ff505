//! Response headers that are described: a type for each operation that has any.

use super::docs::{Text, notes};
use super::outcome::Outcome;
use crate::ir::{
    EnumKind, Header, IntegerFormat, NumberFormat, OperationId, Schema, SchemaKind, Shape, describe,
};
use crate::rust::{Plan, Scope, layout, literal};
use serde::Serialize;

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

pub fn view(plan: Plan<'_>, id: OperationId, outcome: &Outcome, ty: &str) -> Option<Headers> {
    let operation = plan.api.operation(id);
    let names = plan.names.operation(id);
    let headers = operation.headers();
    if headers.is_empty() {
        return None;
    }
    let required = |header: &Header| {
        let has = |other: &Header| other.required && other.is_called(&header.name);
        operation
            .successes()
            .all(|response| response.headers.iter().any(has))
    };
    let field = |(header, ident): (&&Header, &String)| field(plan, header, ident, required(header));
    let fields = headers.iter().zip(&names.header_fields).map(field);
    let ident = names.headers.clone();
    let is_nothing = ty == "()";
    let given = match is_nothing {
        true => ident.clone(),
        false => format!("({ty}, {ident})"),
    };
    let read = format!("{ident}::read(reply)");
    let decoded = match &outcome.reader {
        Some(_) => "Self::decode(reply)?".to_owned(),
        None => format!("{}(reply)?", outcome.decoder),
    };
    let statements = match is_nothing {
        true => vec![layout::expression("        ", "", &read, "")],
        false => vec![
            layout::expression("        ", "let value = ", &decoded, ";"),
            layout::expression("        ", "let headers = ", &format!("{read}?"), ";"),
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

fn field(plan: Plan<'_>, header: &Header, ident: &str, required: bool) -> Field {
    let ty = ty(plan, header);
    let (ty, function) = match required {
        true => (ty, "headers::required"),
        false => (format!("Option<{ty}>"), "headers::optional"),
    };
    let name = literal::string(&header.name);
    let arguments = ["reply".to_owned(), name];
    let about = format!("The header {}.", describe::code(&header.name));
    Field {
        docs: Text::new()
            .paragraph(&about)
            .prose(&header.docs)
            .paragraph(&notes("", "", &header.schema, false))
            .finish(),
        line: layout::field("    ", &format!("pub {ident}"), &ty),
        read: layout::call(
            "            ",
            &format!("{ident}: "),
            function,
            &arguments,
            "?,",
        ),
    }
}

/// The type that a header's text is read as.
pub fn ty(plan: Plan<'_>, header: &Header) -> String {
    match is_text(plan, &header.schema) {
        true => plan.bare(&header.schema, &Scope::outside()),
        false => "String".to_owned(),
    }
}

/// Whether a header's text is read as the type that its schema is; else it is given as it is.
fn is_text(plan: Plan<'_>, schema: &Schema) -> bool {
    let scalar = |schema: &Schema| match plan.kind(schema) {
        SchemaKind::Boolean | SchemaKind::String(_) => true,
        SchemaKind::Integer(format) => *format != IntegerFormat::Big,
        SchemaKind::Number(format) => *format != NumberFormat::Decimal,
        SchemaKind::Declared(id) => match &plan.api.ty(*id).shape {
            Shape::Enum(shape) => shape.kind == EnumKind::String,
            _ => false,
        },
        _ => false,
    };
    match plan.kind(schema) {
        SchemaKind::Array(items) => scalar(items),
        SchemaKind::Map(values) => scalar(values),
        _ => scalar(schema),
    }
}
