//! Response headers.

use super::Plan;
use crate::ir::{Header, HeaderForm, Operation, OperationId, Response, unquoted};
use crate::rust::{Expr, Ty};
use std::collections::HashSet;

/// A documented header of the successes of an operation.
#[derive(Debug)]
pub struct HeaderPlan<'a> {
    pub header: &'a Header,
    /// The field.
    pub ident: &'a str,
    /// The type of the field.
    pub ty: Ty<'a>,
    /// The expression that reads the header of `reply`.
    pub read: Expr,
}

impl<'a> Plan<'a> {
    /// Plans the documented headers of an operation's successes.
    pub(super) fn plan_headers(self, id: OperationId) -> Vec<HeaderPlan<'a>> {
        let operation = self.api.operation(id);
        let required = required(operation);
        let idents = &self.names.operation(id).header_fields;
        let headers = operation.headers().into_iter().zip(idents);
        let header = |(header, ident): (&'a Header, &'a String)| {
            let is_required = required.contains(&header.name.to_ascii_lowercase());
            let ty = self.header_ty(header);
            HeaderPlan {
                header,
                ident,
                ty: match is_required {
                    true => ty,
                    false => ty.option(),
                },
                read: self.read_header(header, is_required),
            }
        };
        headers.map(header).collect()
    }

    /// Returns the type that a header's value is parsed into.
    pub fn header_ty(self, header: &Header) -> Ty<'a> {
        match header.form(self.api) {
            HeaderForm::Plain => Ty::STRING,
            _ => self.bare(&header.schema),
        }
    }

    /// Returns the expression that reads a header of `reply`.
    fn read_header(self, header: &Header, is_required: bool) -> Expr {
        let function = match is_required {
            true => "required",
            false => "optional",
        };
        self.header_call(header, function, "reply").tried()
    }

    /// Returns the expression that reads a header of an error in `self`.
    pub fn read_error_header(self, header: &Header) -> Expr {
        self.header_call(header, "of_error", "self")
    }

    fn header_call(self, header: &Header, function: &str, reply: &'static str) -> Expr {
        let form = match header.form(self.api) {
            HeaderForm::Simple | HeaderForm::Plain => None,
            HeaderForm::Json => Some(Expr::item("headers::Form", "Json")),
            HeaderForm::Object(object) => {
                let names = Expr::strings(unquoted(self.api, object));
                Some(Expr::call("headers::Form::Object", [names]))
            }
        };
        let function = match form {
            None => format!("headers::{function}"),
            Some(_) => format!("headers::{function}_in"),
        };
        let arguments = [Expr::variable(reply), Expr::string(&header.name)];
        let arguments: Vec<Expr> = arguments.into_iter().chain(form).collect();
        Expr::call(function, arguments)
    }
}

/// Returns the lowercase names of the headers that every success response requires.
fn required(operation: &Operation) -> HashSet<String> {
    let of = |response: &Response| -> HashSet<String> {
        let headers = response.headers.iter().filter(|header| header.required);
        headers
            .map(|header| header.name.to_ascii_lowercase())
            .collect()
    };
    let all = operation.successes().map(of);
    all.reduce(|known, own| &known & &own).unwrap_or_default()
}
