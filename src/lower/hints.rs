//! Reads extensions of operations for other generators.

use super::{Lowering, pinned};
use crate::diag::codes;
use crate::ir::NameOverride;
use crate::openapi::hints;
use crate::tree::Node;

impl<'t> Lowering<'t, '_> {
    /// Returns the name that an extension prescribes for an operation.
    pub(super) fn method(&mut self, node: Node<'t>, id: Option<&str>) -> Option<NameOverride> {
        let shared = || {
            self.hints
                .method(id?)
                .map(|name| NameOverride::Preferred(name.to_owned()))
        };
        pinned(node, hints::METHOD, &mut self.reader).or_else(shared)
    }

    /// Returns how an operation is paginated according to an extension.
    pub(super) fn hinted_pages(
        &mut self,
        node: Node<'t>,
    ) -> Option<crate::ir::PaginationExtension> {
        match hints::pages(node, &self.hints)? {
            Ok(hinted) => Some(hinted),
            Err((at, why)) => {
                self.diagnostics()
                    .push(codes::unsupported_extension(at, &why));
                None
            }
        }
    }
}
