//! Diagnostics: what sdkgen has to say about a document, as data.
//!
//! A stage pushes [`Diagnostic`]s and goes on; nothing is printed here. `codes.rs` has one
//! constructor a code, `render.rs` turns the list into text or JSON.

pub mod codes;
pub mod explain;
pub mod fix;
mod keys;
mod levels;
mod template;

pub use crate::tree::location::{Line, Place};
pub use keys::Keys;
pub use levels::{Denied, Levels};
pub use template::causes;

use serde::Serialize;

/// How much a diagnostic weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; the output is as asked for.
    Note,
    /// Repaired or left out with a working fallback; generation goes on.
    Warning,
    /// No sensible client can be made; nothing is written.
    Error,
}

/// One place with what is to be said of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Label {
    pub place: Place,
    pub text: String,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// Stable: `E0101`, `W0203`, `N0301`.
    pub code: &'static str,
    pub severity: Severity,
    /// One sentence without a full stop.
    pub message: String,
    /// The main place; its text may be empty.
    pub primary: Label,
    /// Further places that explain the fault.
    pub secondary: Vec<Label>,
    /// What the reader can do about it.
    pub help: Option<String>,
    /// Changes of the document that mend it; none where these are not as plain.
    pub mends: Vec<fix::Mend>,
}

impl Diagnostic {
    pub fn new(
        code: &'static str,
        severity: Severity,
        place: Place,
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
            help: None,
            mends: Vec::new(),
        }
    }

    /// What stands under the caret of the main place.
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.primary.text = text.into();
        self
    }

    pub fn also(mut self, place: Place, text: impl Into<String>) -> Self {
        self.secondary.push(Label {
            place,
            text: text.into(),
        });
        self
    }

    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// What was most likely meant, if anything is near, behind what else can be done.
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

/// All findings of a run, in the order in which they were made, each once.
#[derive(Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    seen: std::collections::HashSet<(&'static str, Place)>,
    /// Where the configuration is that of several documents.
    keys: Option<Keys>,
}

impl Diagnostics {
    /// Adds a finding, unless one of the same code was made at the same place.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if self.seen.insert(identity(&diagnostic)) {
            self.list.push(diagnostic);
        }
    }

    /// The findings of one of several documents with one configuration.
    pub fn of_several() -> Self {
        Diagnostics {
            keys: Some(Keys::default()),
            ..Diagnostics::default()
        }
    }

    /// Notes that the document has what a key of the configuration names.
    pub fn answer(&mut self, key: &Place) {
        if let Some(keys) = &mut self.keys {
            keys.answer(key);
        }
    }

    /// Adds a finding about a key of the configuration that names nothing in the document; another document
    /// may have it, where there are several.
    pub fn push_unanswered(&mut self, diagnostic: Diagnostic) {
        match &mut self.keys {
            Some(keys) => keys.push(diagnostic),
            None => self.push(diagnostic),
        }
    }

    /// What was found of the keys of the configuration.
    pub fn take_keys(&mut self) -> Keys {
        self.keys.as_mut().map(std::mem::take).unwrap_or_default()
    }

    /// Adds what was found elsewhere, in its order.
    pub fn extend(&mut self, found: Diagnostics) {
        found.list.into_iter().for_each(|one| self.push(one));
    }

    /// Whether it would be added.
    pub fn is_new(&self, diagnostic: &Diagnostic) -> bool {
        !self.seen.contains(&identity(diagnostic))
    }

    /// Whether a finding of this code was made at this place.
    pub fn has(&self, code: &'static str, place: &Place) -> bool {
        self.seen.contains(&(code, place.clone()))
    }

    /// Whether the next finding is worth a look at every known name for the one that was meant. A
    /// document with hundreds of findings suffers from something else than slips of the pen, and
    /// the looks for all of them would take quadratic time.
    pub fn suggests(&self) -> bool {
        const MOST: usize = 500;
        self.list.len() < MOST
    }

    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    fn into_parts(self) -> (Vec<Diagnostic>, Option<Keys>) {
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

/// What two findings that say the same have in common.
fn identity(diagnostic: &Diagnostic) -> (&'static str, Place) {
    (diagnostic.code, diagnostic.primary.place.clone())
}
