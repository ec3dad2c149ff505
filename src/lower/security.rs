//! Lowers security schemes and requirements.

use super::Lowering;
use crate::diag::{Diagnostics, codes};
use crate::did_you_mean::nearest;
use crate::ir::{Flow, KeyLocation, Security, SecurityKind, SecurityScheme, is_token};
use crate::openapi::Version;
use crate::tree::Node;
use indexmap::IndexSet;
use std::collections::BTreeSet;

impl<'t> Lowering<'t, '_> {
    pub(super) fn security_schemes(&mut self) {
        for (name, node) in &self.document.components.security_schemes {
            let place = node.id();
            let Some(node) = self.follow(*node) else {
                continue;
            };
            if let Some(kind) = self.security_kind(node) {
                let description = self.reader.prose(node, "description");
                let scheme = SecurityScheme {
                    kind,
                    description,
                    is_parameter: false,
                    scopes: BTreeSet::new(),
                    at: Some(place),
                };
                self.api.security_schemes.insert((*name).to_owned(), scheme);
            }
        }
    }

    fn security_kind(&mut self, node: Node<'t>) -> Option<SecurityKind> {
        let reader = &mut self.reader;
        let kind = reader.text(node, "type").unwrap_or_default();
        let is_swagger = reader.version == Version::V20;
        Some(match kind.as_str() {
            "basic" if is_swagger => SecurityKind::Basic,
            "http" => {
                let scheme = reader.text(node, "scheme").unwrap_or_default();
                let kind = http_kind(&scheme, reader.prose(node, "bearerFormat"));
                // A missing scheme has its own diagnostic.
                if matches!(kind, SecurityKind::OtherHttp(_)) && !scheme.is_empty() {
                    reader
                        .diagnostics
                        .push(codes::other_http_scheme(node, &scheme));
                }
                kind
            }
            "apiKey" => {
                let location = match reader.text(node, "in").as_deref() {
                    Some("query") => KeyLocation::Query,
                    Some("cookie") => KeyLocation::Cookie,
                    _ => KeyLocation::Header,
                };
                let name = reader.prose(node, "name")?;
                if location != KeyLocation::Query && !is_token(&name) {
                    reader
                        .diagnostics
                        .push(codes::invalid_key_name(node, &name));
                    return None;
                }
                SecurityKind::ApiKey {
                    location,
                    name,
                    prefix: String::new(),
                }
            }
            "oauth2" if is_swagger => SecurityKind::OAuth2 {
                flows: self.swagger_flow(node).into_iter().collect(),
            },
            "oauth2" => SecurityKind::OAuth2 {
                flows: self.flows(node),
            },
            "openIdConnect" => SecurityKind::OpenIdConnect {
                url: reader.prose(node, "openIdConnectUrl").unwrap_or_default(),
            },
            "mutualTLS" => {
                reader.diagnostics.push(codes::mutual_tls(node));
                SecurityKind::MutualTls
            }
            _ => {
                let known = match is_swagger {
                    true => "`apiKey`, `basic` and `oauth2`",
                    false => "`apiKey`, `http`, `mutualTLS`, `oauth2` and `openIdConnect`",
                };
                reader
                    .diagnostics
                    .push(codes::unknown_security_type(node, &kind, known));
                return None;
            }
        })
    }

    fn flows(&mut self, node: Node<'t>) -> Vec<Flow> {
        let flows = node.get("flows").into_iter().flat_map(Node::members);
        let described = flows.filter(|(kind, _)| !kind.starts_with("x-"));
        described
            .map(|(kind, node)| self.flow(kind, node))
            .collect()
    }

    /// Lowers the only flow of a Swagger 2.0 scheme under its OpenAPI 3 name.
    fn swagger_flow(&mut self, node: Node<'t>) -> Option<Flow> {
        let written = self.reader.text(node, "flow").unwrap_or_default();
        let kind = match written.as_str() {
            "implicit" | "password" => written.as_str(),
            "application" => "clientCredentials",
            "accessCode" => "authorizationCode",
            _ => {
                self.diagnostics().push(codes::unknown_flow(node, &written));
                return None;
            }
        };
        Some(self.flow(kind, node))
    }

    fn flow(&mut self, kind: &str, node: Node<'t>) -> Flow {
        let scopes = node.get("scopes").into_iter().flat_map(Node::members);
        // In Swagger 2.0, the Scopes Object may have extensions.
        let is_swagger = self.reader.version == Version::V20;
        let scopes = scopes.filter(|(name, _)| !(is_swagger && name.starts_with("x-")));
        let text = |node: Node<'t>| node.as_str().unwrap_or_default().to_owned();
        Flow {
            kind: kind.to_owned(),
            authorization_url: self.reader.text(node, "authorizationUrl"),
            device_authorization_url: self.reader.text(node, "deviceAuthorizationUrl"),
            token_url: self.reader.text(node, "tokenUrl"),
            refresh_url: self.reader.text(node, "refreshUrl"),
            scopes: scopes
                .map(|(name, about)| (name.to_owned(), text(about)))
                .collect(),
        }
    }

    /// Returns the requirements in a `security` array. They are unstated if the array is absent or names only
    /// unknown schemes.
    pub(super) fn security(&mut self, node: Option<Node<'t>>) -> Security {
        if let Some(known) = self.index.security.get(&node.map(Node::id)) {
            return known.clone();
        }
        let mut alternatives = IndexSet::new();
        let mut is_unknown = false;
        for requirement in node.into_iter().flat_map(Node::items) {
            let mut schemes = Vec::new();
            for (name, scopes) in requirement.members() {
                match self.required_scheme(name, scopes) {
                    Some(scheme) => {
                        self.require_scopes(&scheme, scopes);
                        schemes.push(scheme);
                    }
                    None => is_unknown = true,
                }
            }
            alternatives.insert(schemes);
        }
        let alternatives: Vec<Vec<String>> = alternatives.into_iter().collect();
        let is_unstated = node.is_none() || is_unknown && alternatives.iter().all(Vec::is_empty);
        let security = match is_unstated {
            true => Security::Unstated,
            false => Security::OneOf(alternatives),
        };
        let place = node.map(Node::id);
        self.index.security.insert(place, security.clone());
        security
    }

    fn require_scopes(&mut self, scheme: &str, scopes: Node<'t>) {
        let Some(scheme) = self.api.security_schemes.get_mut(scheme) else {
            return;
        };
        if matches!(scheme.kind, SecurityKind::OAuth2 { .. }) {
            let scopes = scopes.items().filter_map(Node::as_str);
            scheme.scopes.extend(scopes.map(str::to_owned));
        }
    }

    /// Resolves the scheme that a requirement names, by component name or URI reference (OpenAPI 3.2, "Security
    /// Requirement Object"). Returns `None` if the client does not support it.
    fn required_scheme(&mut self, name: &str, scopes: Node<'t>) -> Option<String> {
        if self.index.security_schemes.contains(name) {
            // An unusable scheme was reported and is skipped.
            let is_usable = self.api.security_schemes.contains_key(name);
            return is_usable.then(|| name.to_owned());
        }
        if let Some(scheme) = self.scheme_by_uri(name, scopes) {
            return scheme;
        }
        let schemes = self.document.components.security_schemes.iter();
        let near = match self.reader.diagnostics.suggests() {
            true => nearest(name, schemes.map(|(known, _)| *known)),
            false => None,
        };
        let section = match self.reader.version {
            Version::V20 => "securityDefinitions",
            _ => "components/securitySchemes",
        };
        let finding = codes::unknown_security_scheme(scopes, name, section, near);
        self.diagnostics().push(finding);
        None
    }

    /// Resolves a URI reference to a scheme. The outer `None` means that it has no target.
    fn scheme_by_uri(&mut self, uri: &str, scopes: Node<'t>) -> Option<Option<String>> {
        let is_uri = uri.contains(['#', '/', '.']) && self.reader.version != Version::V20;
        let target = is_uri.then(|| self.resolver.target(scopes, uri, 0).ok());
        let node = self.follow(target??)?;
        if let Some(known) = self.index.schemes_by_uri.get(&node.id()) {
            return Some(known.clone());
        }
        let mut components = self.document.components.security_schemes.iter();
        let component = components.find(|(_, known)| {
            let followed = self.resolver.follow(*known, &mut Diagnostics::default());
            followed.is_some_and(|known| known.id() == node.id())
        });
        let name = match component {
            Some((name, _)) => Some((*name).to_owned()),
            // A text that leads to another object is a misspelled name.
            None if node.get("type").is_none() => return None,
            None => self
                .security_kind(node)
                .map(|kind| self.add_scheme(node, kind)),
        };
        let usable = name.filter(|name| self.api.security_schemes.contains_key(name));
        self.index.schemes_by_uri.insert(node.id(), usable.clone());
        Some(usable)
    }

    /// Adds a scheme outside `components` under a free name.
    fn add_scheme(&mut self, node: Node<'t>, kind: SecurityKind) -> String {
        let wish = self.resolver.own_name(node);
        let numbered = (2..).map(|number| format!("{wish}{number}"));
        let mut names = std::iter::once(wish.to_owned()).chain(numbered);
        let is_free = |name: &String| {
            !self.index.security_schemes.contains(name.as_str())
                && !self.api.security_schemes.contains_key(name)
        };
        let name = names.find(is_free).unwrap_or_default();
        let description = self.reader.prose(node, "description");
        let scheme = SecurityScheme {
            kind,
            description,
            is_parameter: false,
            scopes: BTreeSet::new(),
            at: Some(node.id()),
        };
        self.api.security_schemes.insert(name.clone(), scheme);
        name
    }
}

fn http_kind(scheme: &str, format: Option<String>) -> SecurityKind {
    match scheme.to_ascii_lowercase().as_str() {
        "bearer" => SecurityKind::Bearer { format },
        "basic" => SecurityKind::Basic,
        _ => SecurityKind::OtherHttp(scheme.to_owned()),
    }
}
