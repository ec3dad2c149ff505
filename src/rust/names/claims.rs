//! Claims names in a scope and reports the claims that fail.

use super::bounded;
use crate::diag::{Diagnostics, codes};
use crate::ir::NameOverride;
use crate::naming::{Claimed, IdentCase, NameScope, words};
use crate::tree::NodeId;
use std::collections::HashMap;

/// Claims the name that the user or an extension asks for, and reports a name that is not available.
pub fn claim_pin(
    scope: &mut NameScope,
    pin: Option<&NameOverride>,
    at: Option<NodeId>,
    holder: impl FnOnce(&str) -> Option<NodeId>,
    diagnostics: &mut Diagnostics,
) -> Option<Claimed> {
    let pin = pin?;
    let claimed = match pin {
        NameOverride::Exact { name, .. } => scope.claim_exact(name),
        NameOverride::Preferred(text) => scope.claim_free(&bounded(words(text))),
    };
    if claimed.is_none() {
        match (pin, at) {
            (NameOverride::Exact { name, at: Some(at) }, _) => {
                diagnostics.push(codes::configured_name_taken(&at.0, name));
            }
            (_, Some(at)) => {
                let holder = holder(&scope.ident(&words(pin.text())));
                diagnostics.push(codes::extension_name_taken(at, pin.text(), holder));
            }
            (_, None) => {}
        }
    }
    claimed
}

/// Reports that the wished name is taken, if another one was claimed instead.
pub fn report_taken(
    diagnostics: &mut Diagnostics,
    at: Option<NodeId>,
    case: IdentCase,
    wished: &[String],
    given: &Claimed,
    holder: impl FnOnce(&str) -> Option<NodeId>,
) {
    if let Some(at) = at.filter(|_| !given.is_first_candidate()) {
        let wished = case.ident(wished);
        let holder = holder(&wished);
        diagnostics.push(codes::name_taken(at, &wished, &given.ident, holder));
    }
}

/// Maps each name in a scope to the position in the document that claimed it.
#[derive(Default)]
pub struct Holders(HashMap<String, NodeId>);

impl Holders {
    pub fn add(&mut self, ident: &str, at: Option<NodeId>) {
        if let Some(at) = at {
            self.0.insert(ident.to_ascii_lowercase(), at);
        }
    }

    pub fn find(&self, ident: &str) -> Option<NodeId> {
        self.0.get(&ident.to_ascii_lowercase()).copied()
    }
}

/// A lookup for scopes whose holders have no position in the document.
pub fn no_holder(_: &str) -> Option<NodeId> {
    None
}
