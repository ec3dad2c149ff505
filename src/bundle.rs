//! Bundles a description of several files into one document.
//!
//! `plan` decides what happens to each reference to another file: its target becomes a component, or replaces
//! the reference if OpenAPI has no components of that kind. `value` builds the resulting document. `text`
//! writes it: for YAML it edits the root's own text and copies text of other YAML files, so that comments and
//! order stay. The written text is parsed again and compared with the value. If they differ, the text is
//! written from the value instead.

mod kinds;
mod names;
mod plan;
mod ranges;
mod text;
mod unions;
mod value;
mod yaml;

use crate::diag::Diagnostics;
use crate::load::Loaded;
use crate::resolve::Resolver;
use crate::source::Syntax;
use std::path::Path;

/// A bundled document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// The document, in the root's syntax.
    pub text: String,
    /// The number of files in the bundle, including the root.
    pub files: usize,
    /// Whether comments and layout of the root are kept. Always true for JSON, which has neither.
    pub is_edited: bool,
}

/// Bundles a description and the files that it refers to. Returns `None` if the diagnostics have errors.
///
/// Unresolved references are reported and stay as they are. `folder` is the folder of the bundle; addresses of
/// files outside of the bundle become relative to it. The default is the root's folder.
pub fn bundle(
    loaded: &Loaded,
    folder: Option<&Path>,
    diagnostics: &mut Diagnostics,
) -> Option<Bundle> {
    let root = loaded.tree.root(loaded.entry)?;
    let resolver = Resolver {
        sources: &loaded.sources,
        tree: &loaded.tree,
    };
    let source = loaded.sources.file(loaded.entry)?;
    let own = source.path.parent().unwrap_or(Path::new(""));
    let plan = plan::BundlePlan::new(root, resolver, folder.unwrap_or(own), diagnostics);
    let value = value::Values::new(&plan).document(root, diagnostics)?;
    if diagnostics.has_errors() {
        return None;
    }
    let edited = match source.syntax {
        Syntax::Yaml => text::edited(&plan, root, &value),
        Syntax::Json => None,
    };
    Some(Bundle {
        is_edited: edited.is_some() || source.syntax == Syntax::Json,
        text: match source.syntax {
            Syntax::Json => json(&value),
            Syntax::Yaml => edited.unwrap_or_else(|| yaml::document(&value)),
        },
        files: plan.files(),
    })
}

fn json(value: &serde_json::Value) -> String {
    format!("{value:#}\n")
}

#[cfg(test)]
mod tests;
