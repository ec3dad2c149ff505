//! The device authorization flow (RFC 8628): the user types a code on any device with a browser.

use std::time::Duration;

use serde_json::Value;

use super::browser;
use super::fault::{Fault, FaultKind};
use super::oauth::Login;
use super::terminal::printable;
use super::time::now;
use super::token::TokenError;

const GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// The seconds between two requests, if the server names no others.
const INTERVAL: u64 = 5;

/// How many seconds later the next requests are sent if the server asks for fewer.
const SLOWER: u64 = 5;

/// The longest wait between two requests, if the server does not respond.
const LONGEST: u64 = 60;

/// The lifetime of a code in seconds, if the server names none.
const LIFETIME: u64 = 600;

/// Shows the code, and waits until the user has agreed. Returns the tokens.
///
/// # Errors
///
/// Returns an error if the user does not agree in time.
pub async fn log_in(login: &Login<'_>) -> Result<Value, Fault> {
    let scope = login.scopes.join(" ");
    let mut form = Vec::new();
    if !scope.is_empty() {
        form.push(("scope", &*scope));
    }
    form.extend(login.parameters());
    let response = login.endpoint.post(&login.url, &form).await;
    let response = response.map_err(TokenError::into_fault)?;
    let code = text(&response, &["device_code"])?;
    show(login, &response)?;
    let number = |name: &str| response.get(name).and_then(Value::as_u64);
    let mut interval = number("interval").unwrap_or(INTERVAL).max(1);
    let ends = now().saturating_add(number("expires_in").unwrap_or(LIFETIME));
    let grant = [("grant_type", GRANT), ("device_code", code)];
    let fault = |message: &str| Fault::new(FaultKind::Auth, message);
    loop {
        if now().saturating_add(interval) > ends {
            return Err(fault("the code has expired").hint("log in again"));
        }
        tokio::time::sleep(Duration::from_secs(interval)).await;
        match login.endpoint.tokens(&login.token_url, &grant).await {
            Err(TokenError::Refused(code, about)) => match &*code {
                "authorization_pending" => {}
                "slow_down" => interval = interval.saturating_add(SLOWER),
                "access_denied" => return Err(fault("the login was denied")),
                "expired_token" => return Err(fault("the code has expired").hint("log in again")),
                _ => return Err(TokenError::Refused(code, about).into_fault()),
            },
            Err(TokenError::Failed(fault)) if fault.kind == FaultKind::Network => {
                interval = interval.saturating_mul(2).min(LONGEST.max(interval));
            }
            outcome => return outcome.map_err(TokenError::into_fault),
        }
    }
}

/// Prints the page and the code, and opens the page.
fn show(login: &Login<'_>, response: &Value) -> Result<(), Fault> {
    // Some servers have the name of a draft.
    let page = text(response, &["verification_uri", "verification_url"])?;
    let code = text(response, &["user_code"])?;
    eprintln!(
        "Open {} and enter the code:\n\n  {}\n",
        printable(page),
        printable(code)
    );
    let complete = text(response, &["verification_uri_complete"]).ok();
    let page = complete.unwrap_or(page);
    let is_http = page.starts_with("https://") || page.starts_with("http://");
    if login.opens && is_http {
        browser::open(page);
    }
    Ok(())
}

fn text<'v>(response: &'v Value, names: &[&str]) -> Result<&'v str, Fault> {
    let found = names.iter().find_map(|name| response.get(name)?.as_str());
    let found = found.filter(|text| !text.is_empty());
    found.ok_or_else(|| {
        let name = names.first().unwrap_or(&"");
        let message = format!("the response of the authorization server has no `{name}`");
        Fault::new(FaultKind::Auth, message)
    })
}
