//! What an operation says to other generators.

use super::{Lowering, pinned};
use crate::diag::codes;
use crate::ir::NameOverride;
use crate::openapi::hints;
use crate::tree::Node;

impl<'t> Lowering<'t, '_> {
    /// The name that an operation is asked to have.
    pub(super) fn method(&mut self, node: Node<'t>, id: Option<&str>) -> Option<NameOverride> {
        let shared = || {
            self.hints
                .method(id?)
                .map(|name| NameOverride::Preferred(name.to_owned()))
        };
        pinned(node, hints::METHOD, &mut self.reader).or_else(shared)
    }

    /// How an operation's pages follow, where other generators are told.
    pub(super) fn hinted_pages(&mut self, node: Node<'t>) -> Option<hints::PaginationExtension> {
        match hints::pages(node, &self.hints)? {
            Ok(hinted) => Some(hinted),
            Err((at, why)) => {
                self.diagnostics().push(codes::hint_unfollowed(at, &why));
                None
            }
        }
    }
}
