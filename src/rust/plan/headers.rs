//! Response headers.

use super::Plan;
use crate::ir::{Header, HeaderForm, Operation, Response, unquoted};
use crate::rust::{Expr, Ty};
use std::collections::HashSet;

impl<'a> Plan<'a> {
    /// Returns the type that a header's value is parsed into.
    pub fn header_ty(self, header: &Header) -> Ty<'a> {
        match header.form(self.api) {
            HeaderForm::Plain => Ty::STRING,
            _ => self.bare(&header.schema),
        }
    }

    /// Returns the type of the field for a header.
    pub fn header_field_ty(self, header: &Header, is_required: bool) -> Ty<'a> {
        let ty = self.header_ty(header);
        match is_required {
            true => ty,
            false => ty.option(),
        }
    }

    /// Returns the expression that reads a header of `reply`.
    pub fn read_header(self, header: &Header, is_required: bool) -> Expr {
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
