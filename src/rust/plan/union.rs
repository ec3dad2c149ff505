//! What the variants of unions hold.

use super::Plan;
use crate::ir::Branch;
use crate::rust::Ty;

impl<'a> Plan<'a> {
    /// Whether a variant holds its value in a box: where it closes a cycle of types, and where it is large.
    pub fn is_boxed_branch(self, branch: &Branch) -> bool {
        branch.indirect || self.is_large(&branch.schema)
    }

    /// The type that a variant holds.
    pub fn branch_ty(self, branch: &Branch) -> Ty<'a> {
        let ty = self.ty(&branch.schema);
        match self.is_boxed_branch(branch) {
            true => ty.boxed(),
            false => ty,
        }
    }
}
