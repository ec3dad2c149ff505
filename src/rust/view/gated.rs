//! Items that some features of the crate enable, and files that only list such items.

use crate::rust::layout;
use crate::rust::names::features::Gate;
use serde::Serialize;

/// A `mod.rs` that only declares and re-exports its modules.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ModuleIndex {
    pub modules: Vec<Gated>,
    /// Whole lines.
    pub exports: Vec<Gated>,
}

/// An item that is always compiled or only with some of the crate's features.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Gated {
    /// The `cfg` attribute; empty if the item is always compiled.
    pub cfg: String,
    pub text: String,
}

impl Gated {
    pub fn new(gate: &Gate, text: String) -> Self {
        let cfg = layout::cfg("", gate.as_deref().unwrap_or_default());
        Gated { cfg, text }
    }
}

impl AsRef<str> for Gated {
    fn as_ref(&self) -> &str {
        &self.text
    }
}
