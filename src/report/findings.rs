//! Findings with their places spelled out: what all forms of a report are made from.

use super::location::Spot;
use super::{Form, counts, github, human, json, overlay, sarif, short};
use crate::diag::fix::Actions;
use crate::diag::{Diagnostic, Diagnostics, Severity};
use crate::source::Sources;
use crate::tree::Tree;
use indexmap::IndexMap;
use serde::Serialize;
use serde_json::Value;
use std::collections::HashMap;

/// What one report tells: the findings of a document, or of the several that one command works on. A
/// finding that two of them share is told once.
#[derive(Debug)]
pub struct Findings {
    form: Form,
    /// Each with its source lines, where these are shown.
    list: IndexMap<Finding, String>,
    actions: Actions,
}

/// One finding; with these members it goes into JSON.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Finding {
    pub code: &'static str,
    pub severity: Severity,
    pub message: String,
    #[serde(flatten)]
    pub at: Spot,
    pub labels: Vec<Spot>,
    pub help: Option<String>,
    /// The actions of an overlay that mends it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub overlay: Vec<Value>,
}

impl Findings {
    /// None so far.
    pub fn new(form: Form) -> Self {
        Findings {
            form,
            list: IndexMap::new(),
            actions: Actions::default(),
        }
    }

    /// Those of one document.
    pub fn of(form: Form, diagnostics: &Diagnostics, sources: &Sources, tree: &Tree) -> Self {
        let mut findings = Findings::new(form);
        findings.add(diagnostics, sources, tree);
        findings
    }

    /// Adds those of a document, behind those that are there: in the order in which they stand in its files,
    /// so that a reader goes through each of them once.
    pub fn add(&mut self, diagnostics: &Diagnostics, sources: &Sources, tree: &Tree) {
        let mut shown: HashMap<&str, usize> = HashMap::new();
        let mut list: Vec<&Diagnostic> = diagnostics.iter().collect();
        list.sort_by_cached_key(|diagnostic| {
            let at = sources.place(tree, &diagnostic.primary.place);
            // What is of no file comes last.
            (at.is_none(), at.map(|at| (at.file, at.range.start)))
        });
        for diagnostic in list {
            let nth = shown.entry(diagnostic.code).or_default();
            *nth += 1;
            let text = match self.form {
                Form::Human(style) if style.shows(diagnostic.severity, *nth) => {
                    human::one(diagnostic, sources, tree, style)
                }
                _ => String::new(),
            };
            let finding = Finding::of(diagnostic, sources, tree);
            self.list.entry(finding).or_insert(text);
        }
        if self.form == Form::Overlay {
            self.actions.add(diagnostics, tree);
        }
    }

    /// One document after the other.
    pub fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.list.keys()
    }

    /// Each with its source lines.
    pub(super) fn texts(&self) -> impl Iterator<Item = (&Finding, &str)> {
        self.list.iter().map(|(found, text)| (found, text.as_str()))
    }

    /// How many weigh so much.
    pub fn count(&self, severity: Severity) -> usize {
        self.iter()
            .filter(|found| found.severity == severity)
            .count()
    }

    /// The report.
    pub fn text(&self) -> String {
        match self.form {
            Form::Human(style) => human::report(self, style),
            Form::Short => short::report(self),
            Form::Json => json::report(self),
            Form::Github => github::report(self),
            Form::Sarif => sarif::report(self),
            Form::Overlay => overlay::report(&self.actions),
        }
    }

    /// How often each code was found.
    pub fn counts(&self) -> Vec<counts::Count> {
        counts::counts(self)
    }
}

impl Finding {
    fn of(diagnostic: &Diagnostic, sources: &Sources, tree: &Tree) -> Self {
        let labels = diagnostic.secondary.iter();
        Finding {
            code: diagnostic.code,
            severity: diagnostic.severity,
            message: diagnostic.message.clone(),
            at: Spot::of(&diagnostic.primary, sources, tree),
            labels: labels.map(|label| Spot::of(label, sources, tree)).collect(),
            help: diagnostic.help.clone(),
            overlay: diagnostic.actions(tree),
        }
    }

    /// What it says and what can be done, for readers that have one field for both.
    pub fn whole(&self) -> String {
        match &self.help {
            Some(help) => format!("{}\n\n{help}", self.message),
            None => self.message.clone(),
        }
    }
}
