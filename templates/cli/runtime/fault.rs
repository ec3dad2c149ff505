//! Errors of commands: one line on the standard error, and an exit code.

use std::error::Error as _;
use std::fmt;

use sdk::Error;

use super::specification::Operation;
use super::terminal::printable;

/// Why a command failed.
#[derive(Debug, Clone)]
pub struct Fault {
    pub kind: FaultKind,
    pub message: String,
    /// What to do about it, on a second line.
    pub hint: Option<String>,
}

/// The kinds of errors, each with its exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// The API returned an error, or the output could not be written.
    Api,
    /// The command line cannot be used.
    Usage,
    /// A credential is missing, or the API rejects it.
    Auth,
    /// The API could not be reached.
    Network,
}

impl FaultKind {
    pub fn code(self) -> u8 {
        match self {
            Self::Api => 1,
            Self::Usage => 2,
            Self::Auth => 3,
            Self::Network => 4,
        }
    }
}

impl Fault {
    pub fn new(kind: FaultKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            hint: None,
        }
    }

    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(FaultKind::Usage, message)
    }

    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self {
            hint: Some(hint.into()),
            ..self
        }
    }

    /// Returns the error of a request, with what the documentation says about its status.
    pub fn of(error: &Error, operation: &Operation) -> Self {
        let Some(api) = error.as_api() else {
            // The credential of a login returns a fault of this program, which says what to do.
            let own = error
                .source()
                .and_then(|cause| cause.downcast_ref::<Self>());
            if let Some(fault) = own {
                return fault.clone();
            }
            return Self::new(kind(error), printable(&error.to_string()));
        };
        let status = api.status();
        let mut message = status.as_u16().to_string();
        if let Some(reason) = status.canonical_reason() {
            message.push_str(&format!(" {reason}"));
        }
        let meaning = meaning(operation, status.as_u16());
        match api.message() {
            Some(text) => message.push_str(&format!(": {}", printable(text))),
            None if meaning.is_none() => {
                message.push_str(&format!(": {}", printable(&error.to_string())))
            }
            None => {}
        }
        if let Some(meaning) = meaning {
            message.push_str(&format!(" ({})", meaning.trim_end_matches('.')));
        }
        if let Some(id) = api.request_id() {
            message.push_str(&format!(" [request {}]", printable(id)));
        }
        let kind = match status.as_u16() {
            401 | 403 => FaultKind::Auth,
            _ => FaultKind::Api,
        };
        Self::new(kind, message)
    }
}

/// Returns the documented meaning of a status.
pub fn meaning(operation: &Operation, status: u16) -> Option<&str> {
    let exact = status.to_string();
    let class = format!("{}XX", status / 100);
    let find = |name: &str| operation.errors.iter().find(|(known, _)| known == name);
    let found = find(&exact)
        .or_else(|| find(&class))
        .or_else(|| find("default"))?;
    Some(&found.1)
}

fn kind(error: &Error) -> FaultKind {
    match error {
        Error::Build(_) | Error::Config(_) => FaultKind::Usage,
        Error::Auth(_) => FaultKind::Auth,
        Error::Connect(_) | Error::Timeout(_) | Error::Transport(_) => FaultKind::Network,
        _ => FaultKind::Api,
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}", self.message)?;
        match &self.hint {
            Some(hint) => write!(f, "\n  help: {hint}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Fault {}

impl From<std::io::Error> for Fault {
    fn from(error: std::io::Error) -> Self {
        Self::new(FaultKind::Api, error.to_string())
    }
}
