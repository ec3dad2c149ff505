//! Diagnostics as text for people; in files of their own as lines for editors, as annotations of
//! GitHub, as JSON and as SARIF for tools.

mod counts;
mod excerpt;
mod github;
mod json;
mod overlay;
mod sarif;
mod short;
mod spot;

pub use counts::{Count, counts, summary};
pub use github::github;
pub use json::json;
pub use overlay::overlay;
pub use sarif::sarif;
pub use short::short;

use super::{Diagnostic, Diagnostics, Place, Severity};
use crate::source::Sources;
use crate::tree::Tree;
use annotate_snippets::{Group, Level, Origin, Renderer};
use std::collections::HashMap;

/// How the list is shown to a person.
#[derive(Debug, Clone, Copy, Default)]
pub struct Style {
    pub color: bool,
    /// Only what matters beside a result: no notes, and of a code that was found more often than
    /// [`MANY`] times the first few.
    pub brief: bool,
}

/// More findings of one code than this are cut short in the brief style.
pub const MANY: usize = 20;
/// How many are shown then.
const FEW: usize = 3;

/// Every diagnostic with its source lines, and at the end how much was found of what.
pub fn human(diagnostics: &Diagnostics, sources: &Sources, tree: &Tree, style: Style) -> String {
    let renderer = if style.color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let counts = counts(diagnostics);
    let of: HashMap<&str, usize> = counts.iter().map(|of| (of.code, of.count)).collect();
    let mut shown: HashMap<&str, usize> = HashMap::new();
    let mut text = String::new();
    for diagnostic in diagnostics
        .iter()
        .filter(|diagnostic| style.shows(diagnostic.severity))
    {
        let (code, nth) = (diagnostic.code, shown.entry(diagnostic.code).or_default());
        *nth += 1;
        let count = of.get(code).copied().unwrap_or_default();
        if style.brief && count > MANY && *nth > FEW {
            if *nth == FEW + 1 {
                let rest = count - FEW;
                text.push_str(&format!(
                    "… and {rest} more of {code} (see `sdkgen lint`)\n\n"
                ));
            }
            continue;
        }
        text.push_str(&one(diagnostic, sources, tree, &renderer));
        text.push_str("\n\n");
    }
    text + &counts::closing(diagnostics, &counts, style)
}

impl Style {
    fn shows(self, severity: Severity) -> bool {
        !self.brief || severity > Severity::Note
    }
}

/// One diagnostic.
fn one(diagnostic: &Diagnostic, sources: &Sources, tree: &Tree, renderer: &Renderer) -> String {
    let title = level(diagnostic.severity)
        .primary_title(&diagnostic.message)
        .id(diagnostic.code);
    let mut group = Group::with_title(title);
    let excerpts = excerpt::excerpts(diagnostic, sources, tree);
    match &diagnostic.primary.place {
        Place::Path(path) => group = group.element(Origin::path(path.as_str())),
        _ if excerpts.is_empty() => {
            if let Some(at) = sources.place(tree, &diagnostic.primary.place) {
                group = group.element(Origin::path(at.path.display().to_string()));
            }
        }
        _ => {}
    }
    for excerpt in &excerpts {
        group = group.element(excerpt.snippet());
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help));
    }
    let actions = overlay::actions(diagnostic, tree);
    if let Some(actions) = &actions {
        group = group.element(Level::HELP.message(actions));
    }
    let report = renderer.render(&[group]);
    excerpts
        .iter()
        .fold(report, |report, excerpt| excerpt.mend(report))
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}

fn name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

#[cfg(test)]
mod tests;
