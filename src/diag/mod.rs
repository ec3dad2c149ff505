//! Represents diagnostics as data.
//!
//! A stage pushes [`Diagnostic`]s and continues; nothing is printed here. `codes` constructs them, and
//! [`crate::report`] renders them.

pub mod codes;
pub mod explain;
pub mod fix;
mod keys;
mod levels;
mod template;

pub use crate::tree::location::{Line, Location};
pub use keys::ConfigKeys;
pub use levels::{Denied, Levels};
pub use template::causes;

use serde::Serialize;
use std::collections::HashMap;

/// The severity of a diagnostic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Informational. The output is not affected.
    Note,
    /// Repaired or ignored, with a working fallback. Generation continues.
    Warning,
    /// No sensible client is possible. Nothing is written.
    Error,
}

/// A location with a text about it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Label {
    pub place: Location,
    pub text: String,
}

/// A diagnostic.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// A stable code such as `E0101`, `W0203` or `N0301`.
    pub code: &'static str,
    pub severity: Severity,
    /// A sentence without a period.
    pub message: String,
    /// The primary location. Its text may be empty.
    pub primary: Label,
    /// Further locations that explain the fault.
    pub secondary: Vec<Label>,
    /// What sdkgen does about it.
    pub note: Option<String>,
    /// How to fix it, as an imperative.
    pub help: Option<String>,
    /// Changes that fix the document. Empty if there is no simple fix.
    pub fixes: Vec<fix::Fix>,
}

impl Diagnostic {
    pub fn new(
        code: &'static str,
        severity: Severity,
        place: Location,
        message: impl Into<String>,
    ) -> Self {
        let primary = Label {
            place,
            text: String::new(),
        };
        Diagnostic {
            code,
            severity,
            message: message.into(),
            primary,
            secondary: Vec::new(),
            note: None,
            help: None,
            fixes: Vec::new(),
        }
    }

    /// Sets the text of the primary location.
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.primary.text = text.into();
        self
    }

    pub fn also(mut self, place: Location, text: impl Into<String>) -> Self {
        self.secondary.push(Label {
            place,
            text: text.into(),
        });
        self
    }

    /// Sets what sdkgen does about it.
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.note = Some(text.into());
        self
    }

    /// Sets how to fix it.
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Appends a suggestion to the help, if there is one.
    pub fn did_you_mean(mut self, near: Option<&str>) -> Self {
        if let Some(near) = near {
            let before = self
                .help
                .map(|help| format!("{help}; "))
                .unwrap_or_default();
            self.help = Some(format!("{before}did you mean `{near}`?"));
        }
        self
    }
}

/// The diagnostics of a run, in order, without duplicates.
#[derive(Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    /// The messages for each code and location.
    seen: HashMap<(&'static str, Location), Vec<String>>,
    /// `Some` if the configuration is used for several documents.
    keys: Option<ConfigKeys>,
}

impl Diagnostics {
    /// Adds a diagnostic, unless there is one with the same code, location and message: a parameter, a response or a
    /// rule of a schema that several operations use is read for each of them.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        let messages = self.seen.entry(identity(&diagnostic)).or_default();
        if !messages.contains(&diagnostic.message) {
            messages.push(diagnostic.message.clone());
            self.list.push(diagnostic);
        }
    }

    /// Creates an empty list for one of several documents with the same configuration.
    pub fn of_several() -> Self {
        Diagnostics {
            keys: Some(ConfigKeys::default()),
            ..Diagnostics::default()
        }
    }

    /// Records that a configuration key has an effect in the document.
    pub fn mark_used(&mut self, key: &Location) {
        if let Some(keys) = &mut self.keys {
            keys.mark_used(key);
        }
    }

    /// Adds a diagnostic on a configuration key without effect. With several documents, it is reported only if no
    /// document uses the key.
    pub fn push_unless_used(&mut self, diagnostic: Diagnostic) {
        match &mut self.keys {
            Some(keys) => keys.push(diagnostic),
            None => self.push(diagnostic),
        }
    }

    /// Takes the results on configuration keys.
    pub fn take_keys(&mut self) -> ConfigKeys {
        self.keys.as_mut().map(std::mem::take).unwrap_or_default()
    }

    /// Adds the diagnostics of another list.
    pub fn extend(&mut self, found: Diagnostics) {
        found.list.into_iter().for_each(|one| self.push(one));
    }

    /// Returns whether `push` would add a diagnostic.
    pub fn is_new(&self, diagnostic: &Diagnostic) -> bool {
        let messages = self.seen.get(&identity(diagnostic));
        !messages.is_some_and(|messages| messages.contains(&diagnostic.message))
    }

    /// Returns whether there is a diagnostic with this code and location.
    pub fn has(&self, code: &'static str, place: &Location) -> bool {
        self.seen.contains_key(&(code, place.clone()))
    }

    /// Returns whether to search for suggestions. With hundreds of diagnostics, a document has other problems than
    /// typos, and searching for all of them would take quadratic time.
    pub fn suggests(&self) -> bool {
        const MOST: usize = 500;
        self.list.len() < MOST
    }

    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    fn into_parts(self) -> (Vec<Diagnostic>, Option<ConfigKeys>) {
        (self.list, self.keys)
    }

    pub fn len(&self) -> usize {
        self.list.len()
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    pub fn count(&self, severity: Severity) -> usize {
        self.list
            .iter()
            .filter(|diagnostic| diagnostic.severity == severity)
            .count()
    }
}

/// Returns the code and the location, which duplicates share.
fn identity(diagnostic: &Diagnostic) -> (&'static str, Location) {
    (diagnostic.code, diagnostic.primary.place.clone())
}

#[cfg(test)]
mod tests {
    use super::{Diagnostic, Diagnostics, Location, Severity};

    #[test]
    fn findings_of_one_code_at_one_place_are_kept_and_repeats_are_not() {
        let found = |message: &str| {
            let place = Location::Path("api.yaml".to_owned());
            Diagnostic::new("W0999", Severity::Warning, place, message)
        };
        let mut diagnostics = Diagnostics::default();
        for message in ["`a` is ignored", "`b` is ignored", "`a` is ignored"] {
            diagnostics.push(found(message));
        }
        let messages: Vec<&str> = diagnostics.iter().map(|it| it.message.as_str()).collect();
        assert_eq!(messages, ["`a` is ignored", "`b` is ignored"]);
        assert!(!diagnostics.is_new(&found("`b` is ignored")));
        assert!(diagnostics.is_new(&found("`c` is ignored")));
    }
}
