//! Lowers the servers of Swagger 2.0: `schemes`, `host` and `basePath`.

use super::Lowering;
use crate::diag::codes;
use crate::ir::Server;
use crate::tree::Node;

impl<'t> Lowering<'t, '_> {
    /// Returns the servers of the document, or of an operation with its own `schemes`: one for each scheme,
    /// `https` first.
    pub(super) fn hosts(&mut self, owner: Node<'t>) -> Vec<Server> {
        let root = self.document.root;
        let base = self.base_path();
        let host = self.reader.prose(root, "host").unwrap_or_default();
        let host = host.trim().trim_end_matches('/');
        let place = match host.is_empty() {
            true => root.get("basePath"),
            false => root.get("host"),
        };
        let Some(place) = place.filter(|_| !(host.is_empty() && base.is_empty())) else {
            return Vec::new();
        };
        let prefixes = match host.is_empty() || host.contains("://") {
            true => vec![String::new()],
            false => self.prefixes(owner),
        };
        let mut servers = Vec::new();
        for prefix in prefixes {
            let url = self.server_url(place, &format!("{prefix}{host}{base}"));
            let server = Server::new(url);
            for name in server.names() {
                self.diagnostics()
                    .push(codes::unknown_server_variable(place, name));
            }
            servers.push(server);
        }
        servers
    }

    /// Returns the servers of an operation if they differ from the document's.
    pub(super) fn own_hosts(&mut self, operation: Node<'t>) -> Vec<Server> {
        let servers = match operation.get("schemes") {
            Some(_) => self.hosts(operation),
            None => return Vec::new(),
        };
        match servers == self.api.servers {
            true => Vec::new(),
            false => servers,
        }
    }

    /// Returns the path prefix: empty, or with a leading and without a trailing slash.
    fn base_path(&mut self) -> String {
        let base = self.reader.prose(self.document.root, "basePath");
        let base = base.unwrap_or_default();
        match base.trim().trim_matches('/') {
            "" => String::new(),
            base => format!("/{base}"),
        }
    }

    /// Returns the schemes that the client supports as URL prefixes. A missing scheme is completed as for any
    /// other server.
    fn prefixes(&mut self, owner: Node<'t>) -> Vec<String> {
        let mut schemes = Vec::new();
        for node in self.reader.array(owner, "schemes") {
            match node.as_str().unwrap_or_default() {
                scheme @ ("http" | "https") => schemes.push(scheme),
                other => self.diagnostics().push(codes::unknown_scheme(node, other)),
            }
        }
        schemes.sort_by_key(|scheme| *scheme != "https");
        schemes.dedup();
        match schemes.is_empty() {
            true => vec![String::new()],
            false => schemes.iter().map(|it| format!("{it}://")).collect(),
        }
    }
}
