//! Renders findings for people.

use super::{FEW, Finding, Findings, MANY, Style, counts, excerpt, overlay};
use crate::diag::{Diagnostic, Location, Severity};
use crate::source::Sources;
use crate::tree::Tree;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use std::collections::HashMap;

/// Renders every finding with its source lines, and a summary.
pub fn report(findings: &Findings, style: Style) -> String {
    let counts = findings.counts();
    let mut of: HashMap<(&str, &str), usize> = HashMap::new();
    for (found, _) in findings.texts() {
        *of.entry(kind(found, style)).or_default() += 1;
    }
    let mut shown: HashMap<(&str, &str), usize> = HashMap::new();
    let mut text = String::new();
    for (found, lines) in findings
        .texts()
        .filter(|(found, _)| style.includes(found.severity))
    {
        let (code, kind) = (found.code, kind(found, style));
        let nth = shown.entry(kind).or_default();
        *nth += 1;
        let count = of.get(&kind).copied().unwrap_or_default();
        if count > MANY && *nth > FEW {
            if *nth == FEW + 1 {
                let rest = count - FEW;
                text.push_str(&match style.brief {
                    true => format!("… and {rest} more of {code} (see `sdkgen lint`)\n\n"),
                    false => format!(
                        "… and {rest} more with the same message (`--format short` lists them)\n\n"
                    ),
                });
            }
            continue;
        }
        text.push_str(lines);
        text.push_str("\n\n");
    }
    text + &counts::closing(findings, &counts, style)
}

/// Returns the key of similar findings: the code, and in a full report also the message.
fn kind(found: &Finding, style: Style) -> (&str, &str) {
    let message = if style.brief { "" } else { &found.message };
    (found.code, message)
}

/// Renders a diagnostic with its source lines.
pub fn one(diagnostic: &Diagnostic, sources: &Sources, tree: &Tree, style: Style) -> String {
    let renderer = if style.color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let title = level(diagnostic.severity)
        .primary_title(&diagnostic.message)
        .id(diagnostic.code);
    let mut group = Group::with_title(title);
    let excerpts = excerpt::excerpts(diagnostic, sources, tree);
    match &diagnostic.primary.place {
        Location::Path(path) if path.is_empty() => {}
        Location::Path(path) => group = group.element(Origin::path(path.as_str())),
        Location::Line(line) => {
            let mark = AnnotationKind::Primary.span(line.mark());
            let source = Snippet::source(line.text.as_str())
                .path(line.path.as_str())
                .line_start(line.number)
                .annotation(mark);
            group = group.element(source);
        }
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
    if let Some(note) = &diagnostic.note {
        group = group.element(Level::NOTE.message(note));
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
        .fold(report, |report, excerpt| excerpt.correct_column(report))
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}
