//! Security schemes and the requirements that name them.

use super::Lowering;
use crate::diag::codes;
use crate::ir::{Flow, KeyLocation, Security, SecurityKind, SecurityScheme, is_token};
use crate::nearest::nearest;
use crate::tree::Node;
use indexmap::IndexSet;

impl<'t> Lowering<'t, '_> {
    pub(super) fn security_schemes(&mut self) {
        for (name, node) in &self.document.components.security_schemes {
            let Some(node) = self.follow(*node) else {
                continue;
            };
            if let Some(kind) = self.security_kind(node) {
                let description = self.reader.prose(node, "description");
                let scheme = SecurityScheme { kind, description };
                self.api.security_schemes.insert((*name).to_owned(), scheme);
            }
        }
    }

    fn security_kind(&mut self, node: Node<'t>) -> Option<SecurityKind> {
        let reader = &mut self.reader;
        let kind = reader.text(node, "type").unwrap_or_default();
        Some(match kind.as_str() {
            "http" => {
                let scheme = reader.text(node, "scheme").unwrap_or_default();
                let kind = http_kind(&scheme, reader.prose(node, "bearerFormat"));
                if matches!(kind, SecurityKind::OtherHttp(_)) {
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
                    reader.diagnostics.push(codes::key_name(node, &name));
                    return None;
                }
                SecurityKind::ApiKey { location, name }
            }
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
                reader
                    .diagnostics
                    .push(codes::unknown_security_type(node, &kind));
                return None;
            }
        })
    }

    fn flows(&mut self, node: Node<'t>) -> Vec<Flow> {
        let reader = &mut self.reader;
        let flows = node.get("flows").into_iter().flat_map(Node::members);
        let mut flow = |(kind, flow): (&str, Node<'t>)| {
            let scopes = flow.get("scopes").into_iter().flat_map(Node::members);
            Flow {
                kind: kind.to_owned(),
                token_url: reader.text(flow, "tokenUrl"),
                refresh_url: reader.text(flow, "refreshUrl"),
                scopes: scopes
                    .map(|(name, about)| {
                        (
                            name.to_owned(),
                            about.as_str().unwrap_or_default().to_owned(),
                        )
                    })
                    .collect(),
            }
        };
        let described = flows.filter(|(kind, _)| !kind.starts_with("x-"));
        described.map(&mut flow).collect()
    }

    /// The requirements at a node that holds a `security` array; none where there is no node.
    pub(super) fn security(&mut self, node: Option<Node<'t>>) -> Security {
        if let Some(known) = self.index.security.get(&node.map(Node::id)) {
            return known.clone();
        }
        let mut alternatives = IndexSet::new();
        for requirement in node.into_iter().flat_map(Node::items) {
            let mut schemes = Vec::new();
            for (name, scopes) in requirement.members() {
                if self.index.security_schemes.contains(name) {
                    schemes.push(name.to_owned());
                } else {
                    let known = self
                        .document
                        .components
                        .security_schemes
                        .iter()
                        .map(|(known, _)| *known);
                    let near = match self.reader.diagnostics.suggests() {
                        true => nearest(name, known),
                        false => None,
                    };
                    let finding = codes::unknown_security_scheme(scopes, name, near);
                    self.diagnostics().push(finding);
                }
            }
            alternatives.insert(schemes);
        }
        let security = Security(alternatives.into_iter().collect());
        let place = node.map(Node::id);
        self.index.security.insert(place, security.clone());
        security
    }
}

fn http_kind(scheme: &str, format: Option<String>) -> SecurityKind {
    match scheme.to_ascii_lowercase().as_str() {
        "bearer" => SecurityKind::Bearer { format },
        "basic" => SecurityKind::Basic,
        _ => SecurityKind::OtherHttp(scheme.to_owned()),
    }
}
