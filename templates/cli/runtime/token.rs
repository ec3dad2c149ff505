//! Requests to the endpoints of an authorization server (RFC 6749), and their responses.

use std::time::Duration;

use sdk::http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use sdk::http::{HeaderValue, Request, Uri};
use sdk::transport::{Body, ReqwestTransport, Transport};
use serde_json::{Value, json};

use super::fault::{Fault, FaultKind};
use super::secrets::Secrets;
use super::terminal::printable;
use super::time::now;
use super::value::base64;
use super::verbose::Verbose;

/// How long a request may take.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The largest response.
const MAX_RESPONSE: usize = 1024 * 1024;

/// How long before its expiry a token is replaced: a tenth of its lifetime, but not more seconds than this.
const MARGIN: u64 = 60;

/// The longest message of a server that is shown, in characters.
const MAX_MESSAGE: usize = 500;

/// The program, as the authorization server knows it.
#[derive(Clone, Default)]
pub struct Registration {
    pub id: String,
    pub secret: Option<String>,
}

/// The error of a request to an authorization server.
#[derive(Debug)]
pub enum TokenError {
    /// The server returned an error: its code, and a text for people.
    Refused(String, String),
    /// There is no usable response.
    Failed(Fault),
}

impl TokenError {
    /// Returns the error of a command.
    pub fn into_fault(self) -> Fault {
        match self {
            Self::Refused(code, about) => {
                let message = format!("the authorization server returned the error `{code}`");
                Fault::new(FaultKind::Auth, message + &about)
            }
            Self::Failed(fault) => fault,
        }
    }
}

/// Sends requests to one authorization server.
pub struct Endpoint {
    transport: Box<dyn Transport>,
    pub registration: Registration,
    secrets: Secrets,
}

impl Endpoint {
    /// Creates the sender of requests, which are printed if `is_verbose`.
    ///
    /// # Errors
    ///
    /// Returns an error if TLS cannot be set up.
    pub fn new(
        registration: Registration,
        secrets: Secrets,
        is_verbose: bool,
    ) -> Result<Self, Fault> {
        if let Some(secret) = &registration.secret {
            secrets.add(secret);
        }
        let plain = || ReqwestTransport::new().map_err(|error| Fault::usage(error.to_string()));
        let transport: Box<dyn Transport> = match is_verbose {
            true => Box::new(Verbose::new(secrets.clone())?),
            false => Box::new(plain()?),
        };
        Ok(Self {
            transport,
            registration,
            secrets,
        })
    }

    /// Requests tokens by a grant, and returns them as they are stored.
    ///
    /// # Errors
    ///
    /// Returns the error of the server, or an error if its response has no token.
    pub async fn tokens(&self, url: &str, grant: &[(&str, &str)]) -> Result<Value, TokenError> {
        let response = self.post(url, grant).await?;
        tokens(&response, &self.secrets).map_err(|message| self.failed(FaultKind::Auth, message))
    }

    /// Sends a form and returns the JSON of the response. A secret of the program is sent in a header first, and in the
    /// form if the server does not accept that.
    ///
    /// # Errors
    ///
    /// Returns the error of the server, or an error if there is no response.
    pub async fn post(&self, url: &str, form: &[(&str, &str)]) -> Result<Value, TokenError> {
        for (_, value) in form.iter().filter(|(name, _)| is_secret(name)) {
            self.secrets.add(value);
        }
        match self.send(url, form, false).await {
            Err(TokenError::Refused(code, _))
                if code == "invalid_client" && self.registration.secret.is_some() =>
            {
                self.send(url, form, true).await
            }
            outcome => outcome,
        }
    }

    async fn send(
        &self,
        url: &str,
        form: &[(&str, &str)],
        is_in_form: bool,
    ) -> Result<Value, TokenError> {
        let Registration { id, secret } = &self.registration;
        let mut form = form.to_vec();
        let mut header = None;
        match secret {
            Some(secret) if !is_in_form => {
                let pair = format!("{}:{}", encoded(id), encoded(secret));
                header = Some(format!("Basic {}", base64(pair.as_bytes())));
            }
            Some(secret) => form.extend([("client_id", &**id), ("client_secret", secret)]),
            None => form.push(("client_id", id)),
        }
        let mut request = Request::post(url)
            .header(ACCEPT, "application/json")
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(
                USER_AGENT,
                concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
            );
        if let Some(mut value) = header.and_then(|text| HeaderValue::try_from(text).ok()) {
            value.set_sensitive(true);
            request = request.header(AUTHORIZATION, value);
        }
        let request = request.body(Body::from(pairs(&form)));
        let request =
            request.map_err(|error| self.failed(FaultKind::Usage, format!("`{url}`: {error}")))?;
        let network = |error: String| {
            self.failed(
                FaultKind::Network,
                format!("the request to `{url}` failed: {error}"),
            )
        };
        let exchange = async {
            let response = self.transport.send(request).await?;
            let status = response.status();
            let body = response.into_body().bytes(MAX_RESPONSE).await?;
            Ok::<_, sdk::transport::TransportError>((status, body))
        };
        let (status, body) = match tokio::time::timeout(TIMEOUT, exchange).await {
            Ok(outcome) => outcome.map_err(|error| network(error.to_string()))?,
            Err(_) => return Err(network("there was no response in time".to_owned())),
        };
        let response: Value = serde_json::from_slice(&body).unwrap_or_default();
        if let Some(code) = response.get("error").and_then(Value::as_str) {
            let about = response.get("error_description").and_then(Value::as_str);
            return Err(self.refused(code, about));
        }
        match status.is_success() {
            true if response.is_object() => Ok(response),
            true => Err(self.failed(
                FaultKind::Auth,
                format!("the response of `{url}` is not a JSON object"),
            )),
            false => Err(self.failed(
                FaultKind::Auth,
                format!("`{url}` returned the status {status}"),
            )),
        }
    }

    /// Returns the error that a server has named, with its description.
    pub fn refused(&self, code: &str, about: Option<&str>) -> TokenError {
        let about = about.map(|about| format!(": {}", self.shown(about)));
        TokenError::Refused(self.shown(code), about.unwrap_or_default())
    }

    fn failed(&self, kind: FaultKind, message: String) -> TokenError {
        TokenError::Failed(Fault::new(kind, self.shown(&message)))
    }

    /// Returns a text of a server as it may be shown.
    pub fn shown(&self, text: &str) -> String {
        let text = printable(&self.secrets.redacted(text));
        text.chars().take(MAX_MESSAGE).collect()
    }
}

/// Returns the tokens of a response as they are stored.
fn tokens(response: &Value, secrets: &Secrets) -> Result<Value, String> {
    let text = |name: &str| response.get(name).and_then(Value::as_str);
    if let Some(kind) = text("token_type").filter(|kind| !kind.eq_ignore_ascii_case("bearer")) {
        return Err(format!("the type of the token is not `bearer`: {kind}"));
    }
    let is_usable = |token: &&str| !token.is_empty() && token.chars().all(|c| c.is_ascii_graphic());
    let token = text("access_token").filter(is_usable);
    let token = token.ok_or("the response of the authorization server has no usable token")?;
    secrets.add(token);
    let mut stored = json!({"access_token": token});
    if let Some(token) = text("refresh_token").filter(|token| !token.is_empty()) {
        secrets.add(token);
        stored["refresh_token"] = token.into();
    }
    if let Some(scope) = text("scope") {
        stored["scope"] = scope.into();
    }
    // Some servers write the number as a string.
    let life = response.get("expires_in").and_then(|life| match life {
        Value::String(text) => text.parse().ok(),
        life => life.as_u64(),
    });
    if let Some(life) = life {
        let usable = life - (life / 10).min(MARGIN);
        stored["refresh_at"] = now().saturating_add(usable).into();
    }
    Ok(stored)
}

/// Returns whether a parameter of a form is a secret.
fn is_secret(name: &str) -> bool {
    matches!(
        name,
        "code" | "code_verifier" | "device_code" | "refresh_token"
    )
}

/// Returns parameters as a query or a form.
pub fn pairs(parameters: &[(&str, &str)]) -> String {
    let pair = |(name, value): &(&str, &str)| format!("{}={}", encoded(name), encoded(value));
    parameters.iter().map(pair).collect::<Vec<_>>().join("&")
}

/// Percent-encodes a text.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            true => out.push(char::from(byte)),
            false => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// Returns the absolute URL of an endpoint, which may be relative to the base URL.
///
/// # Errors
///
/// Returns a usage error if it is not a URL, or if a secret would not be encrypted on its way.
pub fn absolute(url: &str, base: Option<&str>) -> Result<String, Fault> {
    let wrong = |why: &str| Fault::usage(format!("the authorization server `{url}` {why}"));
    let text = match (url.contains("://"), base) {
        (true, _) => url.to_owned(),
        (false, Some(base)) => joined(base, url).ok_or_else(|| wrong("is not a URL"))?,
        (false, None) => return Err(wrong("is relative to an unknown base URL")),
    };
    let parsed: Uri = text.parse().map_err(|_| wrong("is not a URL"))?;
    let host = parsed.host().unwrap_or_default();
    let address = host.trim_matches(['[', ']']).parse::<std::net::IpAddr>();
    let is_local = host == "localhost" || address.is_ok_and(|address| address.is_loopback());
    match parsed.scheme_str() {
        Some("https") if !host.is_empty() => Ok(text),
        Some("http") if is_local => Ok(text),
        Some("http") => Err(wrong("is not encrypted")),
        _ => Err(wrong("is not a URL of HTTP")),
    }
}

fn joined(base: &str, url: &str) -> Option<String> {
    let parsed: Uri = base.parse().ok()?;
    match url.starts_with('/') {
        true => {
            let (scheme, authority) = (parsed.scheme_str()?, parsed.authority()?);
            Some(format!("{scheme}://{authority}{url}"))
        }
        false => Some(format!("{}/{url}", base.trim_end_matches('/'))),
    }
}

#[cfg(test)]
mod tests {
    use super::{absolute, pairs, tokens};
    use crate::runtime::secrets::Secrets;
    use serde_json::json;

    #[test]
    fn relative_urls_are_below_the_base_url() {
        let of = |url: &str, base: Option<&str>| absolute(url, base).map_err(|fault| fault.message);
        let base = Some("https://a.example/v1/");
        assert_eq!(of("/token", base).unwrap(), "https://a.example/token");
        assert_eq!(of("token", base).unwrap(), "https://a.example/v1/token");
        assert_eq!(
            of("https://b.example/t", None).unwrap(),
            "https://b.example/t"
        );
        assert_eq!(of("http://[::1]:8/t", None).unwrap(), "http://[::1]:8/t");
        for wrong in [
            "http://b.example/t",
            "file:///etc/passwd",
            "/token",
            "https://",
        ] {
            assert!(of(wrong, None).is_err(), "{wrong}");
        }
    }

    #[test]
    fn forms_are_encoded() {
        let form = [("scope", "a b"), ("x", "1&2=ä")];
        assert_eq!(pairs(&form), "scope=a%20b&x=1%262%3D%C3%A4");
    }

    #[test]
    fn only_usable_tokens_are_stored() {
        let read = |response| tokens(&response, &Secrets::default());
        let stored = read(json!({"access_token": "a", "expires_in": "x", "scope": "s"}));
        assert_eq!(stored, Ok(json!({"access_token": "a", "scope": "s"})));
        let wrong = [
            json!({}),
            json!({"access_token": ""}),
            json!({"access_token": "a b"}),
            json!({"access_token": 5}),
            json!({"access_token": "a", "token_type": "mac"}),
        ];
        for response in wrong {
            assert!(read(response.clone()).is_err(), "{response}");
        }
    }
}
