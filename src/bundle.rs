//! One document from many files.
//!
//! `plan` decides what becomes of each reference to another file: what it names becomes a component,
//! to be referred to, or stands in the reference's place where OpenAPI has no components of its kind.
//! `value` is the document that follows from this. `text` writes it: for a description in YAML
//! the root's own text is edited, and what comes from other YAML files is copied as it stands, so
//! that comments and order stay. Whatever is written is read again and compared with the value; text
//! that does not say the same is written anew instead.

mod kinds;
mod names;
mod place;
mod plan;
mod text;
mod unions;
mod value;
mod yaml;

use crate::diag::Diagnostics;
use crate::load::Loaded;
use crate::resolve::Resolver;
use crate::source::Syntax;
use std::path::Path;

/// A description in one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// YAML or JSON, as the root was.
    pub text: String,
    /// How many files it was made from, the root among them.
    pub files: usize,
    /// Comments and layout of the root are kept, or there are none: it is JSON.
    pub is_edited: bool,
}

/// Makes one document of a description and the files that it refers to; `None` when there are errors,
/// which the diagnostics tell.
///
/// References that lead nowhere are told and stay as they are. `folder` is where the bundle goes: addresses
/// of files that are no part of it are relative to it. Without one it is the root's.
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
    let plan = plan::Plan::new(root, resolver, folder.unwrap_or(own), diagnostics);
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
