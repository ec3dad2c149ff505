//! Collects findings with resolved locations, from which all formats are rendered.

use super::location::ResolvedLocation;
use super::{ReportFormat, counts, github, human, json, overlay, sarif, short};
use crate::diag::fix::Actions;
use crate::diag::{Diagnostic, Diagnostics, Severity};
use crate::source::Sources;
use crate::tree::Tree;
use indexmap::IndexMap;
use serde::Serialize;
use serde_json::Value;
use std::collections::HashMap;

/// The findings of a report, from one or several documents. A finding that two documents share is kept once.
#[derive(Debug)]
pub struct Findings {
    form: ReportFormat,
    /// Findings with their rendered source lines, if the format has them.
    list: IndexMap<Finding, String>,
    actions: Actions,
}

/// A finding. Its fields are those of the JSON format.
#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Finding {
    pub code: &'static str,
    pub severity: Severity,
    pub message: String,
    #[serde(flatten)]
    pub at: ResolvedLocation,
    pub labels: Vec<ResolvedLocation>,
    pub note: Option<String>,
    pub help: Option<String>,
    /// The actions of an overlay that fixes it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub overlay: Vec<Value>,
}

impl Findings {
    /// Creates an empty report.
    pub fn new(form: ReportFormat) -> Self {
        Findings {
            form,
            list: IndexMap::new(),
            actions: Actions::default(),
        }
    }

    /// Creates the report of one document.
    pub fn of(
        form: ReportFormat,
        diagnostics: &Diagnostics,
        sources: &Sources,
        tree: &Tree,
    ) -> Self {
        let mut findings = Findings::new(form);
        findings.add(diagnostics, sources, tree);
        findings
    }

    /// Adds the diagnostics of a document, sorted by position, so that a reader goes through each file once.
    pub fn add(&mut self, diagnostics: &Diagnostics, sources: &Sources, tree: &Tree) {
        let mut shown: HashMap<&str, usize> = HashMap::new();
        let mut list: Vec<&Diagnostic> = diagnostics.iter().collect();
        list.sort_by_cached_key(|diagnostic| {
            let at = sources.place(tree, &diagnostic.primary.place);
            // Findings without a file come last.
            (at.is_none(), at.map(|at| (at.file, at.range.start)))
        });
        for diagnostic in list {
            let nth = shown.entry(diagnostic.code).or_default();
            *nth += 1;
            let text = match self.form {
                ReportFormat::Human(style) if style.shows(diagnostic.severity, *nth) => {
                    human::one(diagnostic, sources, tree, style)
                }
                _ => String::new(),
            };
            let finding = Finding::of(diagnostic, sources, tree);
            self.list.entry(finding).or_insert(text);
        }
        if self.form == ReportFormat::Overlay {
            self.actions.add(diagnostics, tree);
        }
    }

    /// Returns the findings, document by document.
    pub fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.list.keys()
    }

    /// Returns the findings with their source lines.
    pub(super) fn texts(&self) -> impl Iterator<Item = (&Finding, &str)> {
        self.list.iter().map(|(found, text)| (found, text.as_str()))
    }

    /// Returns the number of findings of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.iter()
            .filter(|found| found.severity == severity)
            .count()
    }

    /// Returns the rendered report.
    pub fn text(&self) -> String {
        match self.form {
            ReportFormat::Human(style) => human::report(self, style),
            ReportFormat::Short => short::report(self),
            ReportFormat::Json => json::report(self),
            ReportFormat::Github => github::report(self),
            ReportFormat::Sarif => sarif::report(self),
            ReportFormat::Overlay => overlay::report(&self.actions),
        }
    }

    /// Returns the number of findings of each code.
    pub fn counts(&self) -> Vec<counts::CodeCount> {
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
            at: ResolvedLocation::of(&diagnostic.primary, sources, tree),
            labels: labels
                .map(|label| ResolvedLocation::of(label, sources, tree))
                .collect(),
            note: diagnostic.note.clone(),
            help: diagnostic.help.clone(),
            overlay: diagnostic.actions(tree),
        }
    }

    /// Returns message, note and help, for formats with a single field for them.
    pub fn whole(&self) -> String {
        let mut whole = self.message.clone();
        for (name, text) in [("note", &self.note), ("help", &self.help)] {
            if let Some(text) = text {
                whole.push_str(&format!("\n\n{name}: {text}"));
            }
        }
        whole
    }
}
