//! Which calls may be sent again, and the key by which the API knows one again.

use super::Plan;
use crate::diag::{Diagnostics, codes};
use crate::ir::valid::{self, Way};
use crate::ir::{Location, Operation, Parameter, SchemaKind, StringFormat};
use crate::openapi::hints::Repeatable;

/// Names under which APIs take the key of a call.
const KEYS: [&str; 2] = ["idempotency-key", "x-idempotency-key"];

/// A key as the client makes one.
const KEY: &str = "0d3f7c1e-5a52-4b43-9c6e-2f1b8a7d4e90";

/// Why sending a call twice does no more than sending it once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat<'a> {
    /// The method says so.
    Method,
    /// The call has a key in this header.
    Key(&'a str),
    /// The configuration says so, or an extension of the description.
    Declared,
    /// It does more.
    Never,
}

impl<'a> Plan<'a> {
    pub fn repeat(self, operation: &'a Operation) -> Repeat<'a> {
        if is_idempotent(&operation.method) {
            Repeat::Method
        } else if let Some(header) = self.key_header(operation) {
            Repeat::Key(header)
        } else if self.is_declared(operation) {
            Repeat::Declared
        } else {
            Repeat::Never
        }
    }

    /// Whether the configuration names the operation, by its id or by method and path, or the
    /// description says so to other generators.
    fn is_declared(self, operation: &Operation) -> bool {
        let declared = &self.options.retry.idempotent;
        if operation.repeatable == Some(Repeatable::AsItIs) {
            return true;
        }
        !declared.is_empty() && operation.names().any(|name| declared.contains(&name))
    }

    /// The header in which a call has a key, where that makes it repeatable.
    pub fn key(self, operation: &'a Operation) -> Option<&'a str> {
        match self.repeat(operation) {
            Repeat::Key(header) => Some(header),
            _ => None,
        }
    }

    /// As the description has it, else as the configuration says. A list that is given page by page has
    /// none: each page is asked for by the same request, and would be taken for the first.
    fn key_header(self, operation: &'a Operation) -> Option<&'a str> {
        if operation.paging.is_some() {
            return None;
        }
        match self.described_key(operation) {
            Some(parameter) => Some(&*parameter.name).filter(|_| self.takes_key(parameter)),
            None => match &operation.repeatable {
                Some(Repeatable::ByKey(header)) => Some(header),
                _ => self.options.retry.header.as_deref(),
            },
        }
    }

    /// Whether a parameter of an operation is its key, which is made where the caller gives none.
    pub fn is_key(self, operation: &Operation, parameter: &Parameter) -> bool {
        let is_name = |name: &str| name.eq_ignore_ascii_case(&parameter.name);
        parameter.location == Location::Header && self.key(operation).is_some_and(is_name)
    }

    /// Whether some call has a key.
    pub fn makes_keys(self) -> bool {
        let mut operations = self.api.operations.iter();
        operations.any(|operation| self.key(operation).is_some())
    }

    /// Whether some call is repeated for more than its method.
    pub fn repeats_more(self) -> bool {
        let more = |repeat| matches!(repeat, Repeat::Key(_) | Repeat::Declared);
        let mut operations = self.api.operations.iter();
        operations.any(|operation| more(self.repeat(operation)))
    }

    /// Whether a parameter is an argument of the call, and not a setter.
    pub fn is_argument(self, operation: &Operation, parameter: &Parameter) -> bool {
        parameter.required && !self.is_key(operation, parameter)
    }

    /// The parameter that is a key by its name.
    fn described_key(self, operation: &'a Operation) -> Option<&'a Parameter> {
        let configured = self.options.retry.header.as_deref();
        let hinted = match &operation.repeatable {
            Some(Repeatable::ByKey(header)) => Some(&**header),
            _ => None,
        };
        let is_key = |parameter: &&Parameter| {
            let mut names = configured.into_iter().chain(hinted).chain(KEYS);
            parameter.location == Location::Header
                && names.any(|name| name.eq_ignore_ascii_case(&parameter.name))
        };
        let mut parameters = operation.parameters.iter();
        parameters.find(is_key)
    }

    /// Whether a key that the client makes is one by the description.
    fn takes_key(self, parameter: &Parameter) -> bool {
        let is_text = matches!(
            self.kind(&parameter.schema),
            SchemaKind::String(StringFormat::Plain | StringFormat::Uuid)
        );
        is_text
            && parameter.content.is_none()
            && valid::is_valid(self.api, Way::Request, &parameter.schema, &KEY.into())
    }
}

/// Tells of keys that the client cannot make.
pub fn doubts(plan: Plan<'_>, diagnostics: &mut Diagnostics) {
    let operations = plan.api.operations.iter();
    let unsafe_ones = operations.filter(|operation| !is_idempotent(&operation.method));
    let keys = unsafe_ones.filter_map(|operation| plan.described_key(operation));
    for key in keys.filter(|key| !plan.takes_key(key)) {
        if let Some(at) = key.at {
            diagnostics.push(codes::unmade_key(at, &key.name));
        }
    }
}

/// RFC 9110, section 9.2.2; QUERY is idempotent by its own specification.
fn is_idempotent(method: &str) -> bool {
    matches!(
        method,
        "GET" | "HEAD" | "PUT" | "DELETE" | "OPTIONS" | "TRACE" | "QUERY"
    )
}
