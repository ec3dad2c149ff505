//! Setters of builders, and the statements that send an argument.

use crate::ir::Docs;
use crate::rust::plan::sent::Sent;
use crate::rust::{Scope, layout};
use serde::Serialize;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Setter {
    pub docs: Vec<String>,
    pub deprecated: bool,
    pub signature: String,
    pub statements: Vec<String>,
    /// The name and type of the setter that takes an `Option`, with the name of this one.
    pub optional: Option<String>,
}

/// Returns the list item of an argument, or `None` if there is nothing to say about it.
pub fn argument_note(name: &str, docs: &Docs, notes: &str) -> Option<String> {
    let about = docs
        .description
        .as_deref()
        .map(crate::prose::first_sentence)
        .unwrap_or_default();
    let text: Vec<&str> = [about.as_str(), notes]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect();
    (!text.is_empty()).then(|| format!("`{name}`: {}", text.join(" ")))
}

/// Prints the statements for the argument of this name.
pub fn statements(sent: &Sent<'_>, argument: &str, scope: &Scope<'_>) -> Vec<String> {
    if sent.has_style {
        scope.import("runtime::Style");
    }
    let bound = sent.bound.as_ref();
    let bound = bound.map(|(ty, code)| layout::binding("        ", argument, &scope.ty(ty), code));
    let call = layout::statement("        ", &sent.call);
    bound.into_iter().chain([call]).collect()
}
