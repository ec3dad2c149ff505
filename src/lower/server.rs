//! Lowers servers, and completes and reports incomplete URLs.

use super::Lowering;
use crate::diag::codes;
use crate::ir::{Server, ServerVariable};
use crate::openapi::{hints, server};
use crate::tree::Node;
use indexmap::IndexMap;

impl<'t> Lowering<'t, '_> {
    pub(super) fn servers(&mut self, nodes: &[Node<'t>]) -> Vec<Server> {
        nodes.iter().filter_map(|node| self.server(*node)).collect()
    }

    fn server(&mut self, node: Node<'t>) -> Option<Server> {
        let url = self.reader.text(node, "url")?;
        let place = node.get("url").unwrap_or(node);
        let url = self.server_url(place, url.trim());
        let named = self.reader.prose(node, "name");
        let server = Server {
            name: named.or_else(|| hints::name(node, hints::SERVER, &mut self.reader)),
            url,
            description: self.reader.prose(node, "description"),
            variables: self.server_variables(node),
        };
        for name in server.names() {
            if !server.variables.contains_key(name) {
                self.diagnostics()
                    .push(codes::unknown_server_variable(place, name));
            }
        }
        Some(server)
    }

    /// Returns an `http` or `https` URL without a query, or a relative one.
    pub(super) fn server_url(&mut self, place: Node<'t>, written: &str) -> String {
        let url = written.split(['?', '#']).next().unwrap_or_default();
        if url.len() < written.len() {
            self.diagnostics().push(codes::server_url_query(place));
        }
        if url.contains("://") || url.starts_with('{') {
            return url.to_owned();
        }
        let scheme = if url.starts_with("//") {
            "https:"
        } else if server::is_loopback(url) {
            "http://"
        } else if server::is_host(url) {
            "https://"
        } else {
            self.diagnostics().push(codes::relative_server(place));
            let root = self.document.root;
            return server::seen_from(root.file(), place.file(), url, self.resolver.sources)
                .unwrap_or_else(|| url.to_owned());
        };
        self.diagnostics()
            .push(codes::server_without_scheme(place, scheme));
        format!("{scheme}{url}")
    }

    fn server_variables(&mut self, node: Node<'t>) -> IndexMap<String, ServerVariable> {
        let reader = &mut self.reader;
        let variables = reader
            .object(node, "variables")
            .into_iter()
            .flat_map(Node::members);
        variables
            .map(|(name, variable)| {
                let values = reader.strings(variable, "enum");
                let default = reader.text(variable, "default").unwrap_or_else(|| {
                    reader
                        .diagnostics
                        .push(codes::server_variable_default(variable, name));
                    values
                        .first()
                        .map(|value| (*value).to_owned())
                        .unwrap_or_default()
                });
                let variable = ServerVariable {
                    default,
                    values: values.into_iter().map(str::to_owned).collect(),
                    description: reader.prose(variable, "description"),
                };
                (name.to_owned(), variable)
            })
            .collect()
    }
}
