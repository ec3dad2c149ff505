//! Resolves security requirements whose keys are references (OpenAPI 3.2, "Security Requirement Object").

use super::{BundlePlan, PlanWalk};
use crate::bundle::kinds::ObjectKind;
use crate::tree::Node;

impl<'t> PlanWalk<'t, '_> {
    /// Resolves the keys of a requirement that name none of the root's own schemes.
    pub(super) fn requirement(&mut self, node: Node<'t>) {
        let root = self.plan.resolver.tree.root(self.plan.entry);
        let schemes = root.and_then(|root| root.get("components")?.get("securitySchemes"));
        for (name, scopes) in node.members() {
            let is_name = schemes.is_some_and(|schemes| schemes.get(name).is_some());
            let target = match is_name {
                true => None,
                false => self.target(scopes, name, true),
            };
            let Some(target) = target else { continue };
            if target.file() != self.plan.entry {
                self.enqueue(target, ObjectKind::SecurityScheme);
            }
            self.plan.requirements.insert(scopes.id(), target.id());
        }
    }
}

impl BundlePlan<'_> {
    /// Returns the new key of a requirement, or `None` if it does not change.
    pub fn scheme_name(&self, scopes: Node<'_>) -> Option<String> {
        let target = self.requirements.get(&scopes.id())?;
        let pointer = self.pointer(*target)?;
        let name = pointer.strip_prefix("/components/securitySchemes/");
        Some(match name.filter(|name| !name.contains('/')) {
            Some(name) => name.to_owned(),
            None => self.reference(*target),
        })
    }
}
