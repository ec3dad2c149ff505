//! Rewrites relative addresses of other files, because the bundle is in another folder.

use super::PlanWalk;
use crate::openapi::server;
use crate::source::relocated;
use crate::tree::Node;

impl<'t> PlanWalk<'t, '_> {
    /// Rewrites a URL that is relative to its file. The bundle is served from the address of the root document.
    pub fn url(&mut self, node: Node<'t>, is_server: bool) {
        let Some(text) = node.as_str() else { return };
        // A server variable may contain a whole URL.
        let is_host = |text| server::is_host(text) || server::is_loopback(text);
        if is_server && (text.starts_with('{') || is_host(text)) {
            return;
        }
        let sources = self.plan.resolver.sources;
        if let Some(moved) = server::seen_from(self.plan.entry, node.file(), text, sources) {
            self.plan.moved.insert(node.id(), moved);
        }
    }

    /// Rewrites the address of a file that is not part of the description and does not move.
    pub fn address(&mut self, node: Node<'t>) {
        let file = self.plan.resolver.sources.file(node.file());
        let moved = file
            .zip(node.as_str())
            .and_then(|(file, text)| relocated(text, &file.path, self.folder));
        if let Some(moved) = moved {
            self.plan.moved.insert(node.id(), moved);
        }
    }
}
