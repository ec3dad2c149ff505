//! `login`: the OAuth 2.0 flows with which the program requests tokens for its user.

use super::Program;
use crate::config::OAuth;
use crate::ir::{Flow, SecurityKind};
use crate::rust::plan::credentials::Credential;

/// The key of the authorization code flow in the document.
const AUTHORIZATION: &str = "authorizationCode";

/// The key of the flow for devices without a browser.
const DEVICE: &str = "deviceAuthorization";

/// Scopes that ask for a refresh token.
const OFFLINE: [&str; 2] = ["offline_access", "offline"];

/// A flow of `login`.
#[derive(Debug)]
pub struct LoginFlow<'a> {
    /// Whether the user types a code on another device, instead of a redirect to this one.
    pub is_device: bool,
    /// The page on which the user agrees, or the endpoint that issues codes.
    pub url: &'a str,
    pub token_url: &'a str,
    pub refresh_url: &'a str,
    /// Scopes with their descriptions.
    pub scopes: &'a [(String, String)],
    /// The scopes that `login` requests by default.
    pub requested: Vec<&'a str>,
}

impl<'a> Program<'a> {
    /// Returns the flows with which `login` requests tokens for a credential.
    pub fn flows(&self, credential: Credential<'a>) -> Vec<LoginFlow<'a>> {
        let options = &self.options.oauth;
        let described: &[Flow] = match &credential.scheme.kind {
            SecurityKind::OAuth2 { flows } => flows,
            _ => &[],
        };
        let is_configured = self.configured() == Some(credential.name);
        let configured = |url: &'a Option<String>| url.as_deref().filter(|_| is_configured);
        let find = |kind: &str| described.iter().find(|flow| flow.kind == kind);
        let (authorization, device) = (find(AUTHORIZATION), find(DEVICE));
        let pages = [
            (
                false,
                authorization,
                configured(&options.authorization_url)
                    .or(authorization.and_then(|flow| flow.authorization_url.as_deref())),
            ),
            (
                true,
                device,
                configured(&options.device_authorization_url)
                    .or(device.and_then(|flow| flow.device_authorization_url.as_deref())),
            ),
        ];
        let flows = pages.into_iter().filter_map(|(is_device, own, url)| {
            // A flow that only the configuration has shares the rest with another one.
            let similar = own.or(authorization).or(device).or(described.first());
            let token_url = configured(&options.token_url)
                .or(similar.and_then(|flow| flow.token_url.as_deref()))?;
            let refresh_url = similar.and_then(|flow| flow.refresh_url.as_deref());
            let scopes = similar.map_or(&[][..], |flow| &flow.scopes);
            Some(LoginFlow {
                is_device,
                url: url?,
                token_url,
                refresh_url: refresh_url.unwrap_or(token_url),
                scopes,
                requested: requested(options, credential, scopes),
            })
        });
        flows.collect()
    }

    /// Returns the scheme that the configured URLs are for: the first of OAuth 2.0, or else the first whose
    /// credential is a token.
    fn configured(&self) -> Option<&'a str> {
        let first = |suits: fn(&SecurityKind) -> bool| {
            let mut credentials = self.plan.credentials();
            credentials.find(|credential| suits(&credential.scheme.kind))
        };
        let found = first(|kind| matches!(kind, SecurityKind::OAuth2 { .. })).or_else(|| {
            first(|kind| {
                matches!(
                    kind,
                    SecurityKind::Bearer { .. } | SecurityKind::OpenIdConnect { .. }
                )
            })
        });
        Some(found?.name)
    }

    /// Returns whether `login` requests tokens by OAuth 2.0 for some credential.
    pub fn has_login(&self) -> bool {
        let mut credentials = self.plan.credentials();
        credentials.any(|credential| !self.flows(credential).is_empty())
    }

    /// Returns whether `login` requests tokens in this way for some credential.
    pub fn logs_in(&self, by_device: bool) -> bool {
        let mut flows = self
            .plan
            .credentials()
            .flat_map(|credential| self.flows(credential));
        flows.any(|flow| flow.is_device == by_device)
    }
}

/// Returns the scopes that `login` requests: those of the configuration, or those that operations require, or all.
fn requested<'a>(
    options: &'a OAuth,
    credential: Credential<'a>,
    scopes: &'a [(String, String)],
) -> Vec<&'a str> {
    if let Some(configured) = &options.scopes {
        return configured.iter().map(String::as_str).collect();
    }
    let required = &credential.scheme.scopes;
    if scopes.is_empty() {
        return required.iter().map(String::as_str).collect();
    }
    let declared = scopes.iter().map(|(name, _)| name.as_str());
    let is_required = |name: &str| required.contains(name) || OFFLINE.contains(&name);
    let is_all = !scopes.iter().any(|(name, _)| required.contains(name));
    declared
        .filter(|name| is_all || is_required(name))
        .collect()
}
