//! The servers of Swagger 2.0: `schemes`, `host` and `basePath`.

use super::Lowering;
use crate::diag::codes;
use crate::ir::Server;
use crate::tree::Node;

impl<'t> Lowering<'t, '_> {
    /// The servers of the document, or of an operation that has schemes of its own: one for each
    /// scheme, `https` first.
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
                    .push(codes::undeclared_server_variable(place, name));
            }
            servers.push(server);
        }
        servers
    }

    /// The servers of an operation, where they are not the document's.
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

    /// The path that all others follow: empty, or with a slash at its beginning and none at its end.
    fn base_path(&mut self) -> String {
        let base = self.reader.prose(self.document.root, "basePath");
        let base = base.unwrap_or_default();
        match base.trim().trim_matches('/') {
            "" => String::new(),
            base => format!("/{base}"),
        }
    }

    /// What precedes the host: the schemes that a client can send requests by. One that is missing is
    /// completed as for any other server.
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
