//! The error of an invalid configuration.

use crate::diag::{Diagnostic, Line, Location, codes};
use std::fmt;
use std::path::PathBuf;

/// An invalid configuration, with its position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    /// The configuration file, if there is one.
    pub path: Option<PathBuf>,
    /// Line and column, from 1.
    pub at: Option<(usize, usize)>,
    /// The text of the line.
    pub line: String,
    pub message: String,
}

impl ConfigError {
    /// Returns the diagnostic that reports the error.
    #[doc(hidden)]
    pub fn diagnostic(&self) -> Diagnostic {
        let path = self.path.as_ref().map(|path| path.display().to_string());
        let path = path.unwrap_or_default();
        let place = match self.at {
            Some((number, column)) => Location::Line(Line {
                path,
                number,
                column,
                text: self.line.clone(),
            }),
            None => Location::Path(path),
        };
        codes::configuration(place, &self.message)
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.path, self.at) {
            (Some(path), Some((line, column))) => {
                write!(f, "{}:{line}:{column}: ", path.display())?
            }
            (Some(path), None) => write!(f, "{}: ", path.display())?,
            (None, _) => {}
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for ConfigError {}

impl From<String> for ConfigError {
    fn from(message: String) -> Self {
        ConfigError {
            path: None,
            at: None,
            line: String::new(),
            message,
        }
    }
}
