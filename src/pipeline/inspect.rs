//! Results of single stages: for `dump`, `names` and `diff`, and for tests.

use super::Compilation;
use crate::diag::Diagnostics;
use crate::diff::Surface;
use crate::ir::Schema;
use crate::load;
use crate::lower::Keep;
use crate::rust::Package;
use crate::rust::cli;
use crate::rust::names::listing::Listed;
use crate::rust::view;
use crate::samples::{self, Samples};
use crate::tree::NodeId;
use serde::Serialize;

/// A stage whose result can be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Nodes,
    Ir,
    Names,
    View,
}

/// A schema and its type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedSchema {
    pub node: NodeId,
    /// As code outside of the crate's `types` module says it: `types::Pet`, `Vec<String>`.
    pub ty: String,
    /// Any JSON value is taken: the type says nothing of it.
    pub is_raw: bool,
}

/// The views of the crate, and those of its program.
#[derive(Serialize)]
struct AllViews {
    #[serde(flatten)]
    client: view::Views,
    #[serde(skip_serializing_if = "Option::is_none")]
    cli: Option<cli::ProgramViews>,
}

impl<'a> Compilation<'a> {
    /// Returns the result of a stage as text: nodes a line each, everything else as JSON.
    pub fn dump(self, stage: Stage, diagnostics: &mut Diagnostics) -> Option<String> {
        if stage == Stage::Nodes {
            return Some(load::dump(self.loaded));
        }
        let package = self.named(Keep::Nothing, diagnostics)?;
        Some(match stage {
            Stage::Nodes | Stage::Ir => json(package.api()),
            Stage::Names => json(package.names()),
            Stage::View => package.with_calls(|plan| {
                json(&AllViews {
                    client: view::all(plan),
                    cli: cli::views(*plan),
                })
            }),
        })
    }

    /// Returns every name of the crate.
    pub fn names(self, diagnostics: &mut Diagnostics) -> Option<Vec<Listed>> {
        let package = self.named(Keep::Nothing, diagnostics)?;
        Some(package.listing())
    }

    /// Returns the code samples of all operations as an overlay.
    pub fn samples(self, diagnostics: &mut Diagnostics) -> Option<Samples> {
        let package = self.named(Keep::Nothing, diagnostics)?;
        Some(package.with_calls(|plan| samples::overlay(*plan, self.loaded)))
    }

    /// Returns what callers of the crate can name, or `None` if the diagnostics have errors.
    pub fn surface(self, diagnostics: &mut Diagnostics) -> Option<Surface> {
        let package = self.named(Keep::Nothing, diagnostics)?;
        (!diagnostics.has_errors()).then(|| package.with_plan(&[], |plan| Surface::of(*plan)))
    }

    /// Returns the Rust type of each schema of the description. Tools that decode the description's own
    /// examples need it.
    pub fn places(self, diagnostics: &mut Diagnostics) -> Option<Vec<TypedSchema>> {
        let package = self.named(Keep::Places, diagnostics)?;
        Some(package.with_plan(&[], |plan| {
            let place = |(node, schema): &(NodeId, Schema)| TypedSchema {
                node: *node,
                ty: plan.ty(schema).to_string(),
                is_raw: plan.api.is_raw(schema),
            };
            plan.api.places.iter().map(place).collect()
        }))
    }

    fn named(&self, keep: Keep, diagnostics: &mut Diagnostics) -> Option<Package<'a>> {
        let options = &self.job.options;
        let api = super::api_keeping(keep, self.loaded, options, diagnostics)?;
        Some(Package::new(api, options, diagnostics))
    }
}

fn json(value: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_else(|error| error.to_string());
    text.push('\n');
    text
}
