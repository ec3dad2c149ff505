//! Servers and base URLs.

use super::{Api, Operation};
use indexmap::{IndexMap, IndexSet};
use serde::Serialize;
use std::collections::HashSet;

impl Api {
    /// Returns the first absolute server URL, without a trailing slash. If the API has no servers and every
    /// operation has its own, returns that of the first operation.
    pub fn base_url(&self) -> Option<String> {
        let first = |servers: &[Server]| servers.iter().find_map(Server::absolute_url);
        if !self.servers.is_empty() {
            return first(&self.servers);
        }
        let own = self.operations.iter();
        let own: Option<Vec<String>> = own.map(|operation| first(&operation.servers)).collect();
        own?.into_iter().next()
    }

    /// Returns the path of the base URL if the API has only a relative server.
    pub fn relative_base(&self) -> Option<String> {
        let url = self.servers.first()?.default_url();
        let path = url.trim_matches('/');
        let known = self.base_url().is_some() || url.contains(['{', ':']) || path.is_empty();
        (!known).then(|| format!("/{path}"))
    }

    /// Returns every server with an absolute URL, or one that its variables make absolute, deduplicated: the
    /// API's first, then those of operations.
    pub fn named_servers(&self) -> Vec<&Server> {
        let own = self.operations.iter().flat_map(|one| &one.servers);
        let absolute =
            |server: &&Server| server.absolute_url().is_some() || !server.names().is_empty();
        let mut urls = HashSet::new();
        let named = self.servers.iter().chain(own).filter(absolute);
        named.filter(|server| urls.insert(&server.url)).collect()
    }

    /// Returns the server that overrides the API's for an operation: an absolute URL, or one relative to the
    /// API's base URL.
    pub fn own_server(&self, operation: &Operation) -> Option<String> {
        let own = operation.servers.first()?;
        let usable = operation.servers.iter().find_map(Server::absolute_url);
        let relative = || Some(own.default_url()).filter(|url| own.is_relative(url));
        let url = usable.or_else(relative)?;
        let usual = self.servers.first() == Some(own) || self.base_url().as_ref() == Some(&url);
        (!usual).then_some(url)
    }
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Server {
    /// The name (OpenAPI 3.2).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// May be relative and may contain `{variables}`; has no query and no fragment.
    pub url: String,
    pub description: Option<String>,
    pub variables: IndexMap<String, ServerVariable>,
}

impl Server {
    /// Creates a server with only a URL.
    pub fn new(url: String) -> Self {
        Server {
            name: None,
            url,
            description: None,
            variables: IndexMap::new(),
        }
    }

    /// Returns the URL with each variable replaced by its default.
    pub fn default_url(&self) -> String {
        let mut url = String::with_capacity(self.url.len());
        for (text, name) in self.pieces() {
            url.push_str(text);
            let Some(name) = name else { continue };
            match self.variables.get(name) {
                Some(variable) => url.push_str(&variable.default),
                None => url.push_str(&format!("{{{name}}}")),
            }
        }
        url
    }

    /// Returns the URL without a trailing slash, if it is absolute.
    pub fn absolute_url(&self) -> Option<String> {
        let url = self.default_url();
        let host = url
            .strip_prefix("https://")
            .or_else(|| url.strip_prefix("http://"))?;
        let usable = !host.starts_with(['/', ':', '.']) && !host.is_empty() && !url.contains('{');
        usable.then(|| url.trim_end_matches('/').to_owned())
    }

    fn is_relative(&self, url: &str) -> bool {
        !url.contains("://") && !url.contains('{')
    }

    /// Returns the names of the variables in the URL, deduplicated, in order.
    pub fn names(&self) -> Vec<&str> {
        let pieces = self.pieces().into_iter();
        let names: IndexSet<&str> = pieces.filter_map(|(_, variable)| variable).collect();
        names.into_iter().collect()
    }

    /// Splits the URL into pairs of text and the variable after it.
    pub fn pieces(&self) -> Vec<(&str, Option<&str>)> {
        let mut pieces = Vec::new();
        let mut rest = self.url.as_str();
        while let Some((text, from)) = rest.split_once('{') {
            let Some((name, after)) = from.split_once('}') else {
                break;
            };
            pieces.push((text, Some(name)));
            rest = after;
        }
        pieces.push((rest, None));
        pieces
    }
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ServerVariable {
    pub default: String,
    pub values: Vec<String>,
    pub description: Option<String>,
}
