//! Relative addresses in files: in a bundle they are seen from elsewhere.

use super::Walk;
use crate::openapi::server;
use crate::source::relocated;
use crate::tree::Node;

impl<'t> Walk<'t, '_> {
    /// A URL beside the file that it is written in. The bundle is served where the root document is.
    pub fn url(&mut self, node: Node<'t>, is_server: bool) {
        let Some(text) = node.as_str() else { return };
        // A variable of a server may stand for anything.
        let is_host = |text| server::is_host(text) || server::is_loopback(text);
        if is_server && (text.starts_with('{') || is_host(text)) {
            return;
        }
        let sources = self.plan.resolver.sources;
        if let Some(moved) = server::seen_from(self.plan.entry, node.file(), text, sources) {
            self.plan.moved.insert(node.id(), moved);
        }
    }

    /// The address of a file that is not part of the description, and stays where it is.
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
