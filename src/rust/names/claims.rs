//! Names that are wished for and that somebody else may have.

use super::bounded;
use crate::diag::{Diagnostics, codes};
use crate::ir::NameOverride;
use crate::naming::{Claimed, Scope, Style, words};
use crate::tree::NodeId;
use std::collections::HashMap;

/// The name that somebody has asked for; where it cannot be given, that is told.
pub fn claim_pin(
    scope: &mut Scope,
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
                diagnostics.push(codes::given_name_refused(&at.0, name));
            }
            (_, Some(at)) => {
                let holder = holder(&scope.ident(&words(pin.text())));
                diagnostics.push(codes::pinned_name_refused(at, pin.text(), holder));
            }
            (_, None) => {}
        }
    }
    claimed
}

/// Says that a name is taken, by whom as far as the holder knows, and which one was given, where it is not
/// the one wished for.
pub fn tell(
    diagnostics: &mut Diagnostics,
    at: Option<NodeId>,
    style: Style,
    wished: &[String],
    given: &Claimed,
    holder: impl FnOnce(&str) -> Option<NodeId>,
) {
    if let Some(at) = at.filter(|_| !given.is_first_candidate()) {
        let wished = style.ident(wished);
        let holder = holder(&wished);
        diagnostics.push(codes::name_taken(at, &wished, &given.ident, holder));
    }
}

/// Who has each name of a scope, by its place in the document.
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

/// Where nobody is known who could have a name.
pub fn nobody(_: &str) -> Option<NodeId> {
    None
}
