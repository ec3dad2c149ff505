//! The authorization code flow with PKCE (RFC 7636): the browser brings the code to a port of this machine (RFC 8252).

use std::net::Ipv4Addr;
use std::time::Duration;

use serde_json::Value;
use sha2::{Digest, Sha256};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::{Sender, channel};

use super::browser;
use super::fault::{Fault, FaultKind};
use super::oauth::Login;
use super::token::{TokenError, pairs};
use super::value::base64;

/// The path of the redirect URI.
const PATH: &str = "/callback";

/// The largest head of a request.
const MAX_HEAD: usize = 16 * 1024;

/// How long a browser may take to send a request on a connection.
const READ_TIMEOUT: Duration = Duration::from_secs(10);

/// What the browser brings, and the connection on which it waits for a page.
struct Reply {
    query: Vec<(String, String)>,
    stream: TcpStream,
}

/// Waits until the user has agreed in the browser, and returns the tokens.
///
/// # Errors
///
/// Returns an error if the user does not agree in time, or if the server returns one.
pub async fn log_in(login: &Login<'_>) -> Result<Value, Fault> {
    let port = login.port.unwrap_or(0);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await;
    let listener =
        listener.map_err(|error| Fault::usage(format!("cannot listen on port {port}: {error}")))?;
    let redirect = format!("http://127.0.0.1:{}{PATH}", listener.local_addr()?.port());
    let (verifier, state) = (random()?, random()?);
    let url = url(login, &redirect, &verifier, &state);
    eprintln!("Log in at this page, which opens in your browser if there is one:\n\n  {url}\n");
    if login.opens {
        browser::open(&url);
    }
    let (sender, mut replies) = channel(1);
    let accepting = tokio::spawn(accept(listener, state, sender));
    let reply = tokio::time::timeout(login.patience, replies.recv()).await;
    accepting.abort();
    let reply = reply.ok().flatten().ok_or_else(|| {
        let message = format!("nobody logged in for {} s", login.patience.as_secs());
        Fault::new(FaultKind::Auth, message).hint("--timeout sets how long to wait")
    })?;
    let outcome = exchanged(login, &reply, &redirect, &verifier).await;
    let page = match &outcome {
        Ok(_) => page(
            "You are logged in",
            "You can close this page and return to the terminal.",
        ),
        Err(fault) => page("The login failed", &fault.message),
    };
    respond(reply.stream, "200 OK", &page).await;
    outcome
}

/// Returns the URL of the page on which the user agrees.
fn url(login: &Login<'_>, redirect: &str, verifier: &str, state: &str) -> String {
    let challenge = base64url(&Sha256::digest(verifier.as_bytes()));
    let scope = login.scopes.join(" ");
    let mut parameters = vec![
        ("response_type", "code"),
        ("client_id", &*login.endpoint.registration.id),
        ("redirect_uri", redirect),
        ("state", state),
        ("code_challenge", &*challenge),
        ("code_challenge_method", "S256"),
    ];
    if !scope.is_empty() {
        parameters.push(("scope", &*scope));
    }
    parameters.extend(login.parameters());
    let address = login.url.split('#').next().unwrap_or_default();
    let sign = if address.contains('?') { '&' } else { '?' };
    format!("{address}{sign}{}", pairs(&parameters))
}

/// Requests tokens with the code of a reply.
async fn exchanged(
    login: &Login<'_>,
    reply: &Reply,
    redirect: &str,
    verifier: &str,
) -> Result<Value, Fault> {
    if let Some(error) = parameter(&reply.query, "error") {
        let about = parameter(&reply.query, "error_description");
        return Err(match login.endpoint.refused(error, about) {
            TokenError::Refused(code, about) if code == "access_denied" => {
                Fault::new(FaultKind::Auth, format!("the login was denied{about}"))
            }
            error => error.into_fault(),
        });
    }
    let code = parameter(&reply.query, "code").filter(|code| !code.is_empty());
    let code = code
        .ok_or_else(|| Fault::new(FaultKind::Auth, "the authorization server returned no code"))?;
    let grant = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", redirect),
        ("code_verifier", verifier),
    ];
    let tokens = login.endpoint.tokens(&login.token_url, &grant).await;
    tokens.map_err(TokenError::into_fault)
}

/// Reads requests until one is the reply to this login. A browser may open connections on which it sends nothing, so
/// each has a task.
async fn accept(listener: TcpListener, state: String, replies: Sender<Reply>) {
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        tokio::spawn(receive(stream, state.clone(), replies.clone()));
    }
}

async fn receive(mut stream: TcpStream, state: String, replies: Sender<Reply>) {
    let target = tokio::time::timeout(READ_TIMEOUT, target(&mut stream)).await;
    let Ok(Some(target)) = target else {
        return;
    };
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    if path != PATH {
        return respond(stream, "404 Not Found", &page("Not found", "")).await;
    }
    let query: Vec<_> = query.split('&').map(decoded_pair).collect();
    if parameter(&query, "state") != Some(&*state) {
        eprintln!("ignored a response to another login");
        let text = "This page belongs to another login. Return to the terminal.";
        return respond(stream, "400 Bad Request", &page("The login failed", text)).await;
    }
    // A reply after the first has nobody who waits for it.
    let _ = replies.send(Reply { query, stream }).await;
}

/// Returns the target of a `GET` request, once its whole head has arrived.
async fn target(stream: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    let mut chunk = [0; 1024];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        let read = stream.read(&mut chunk).await.ok()?;
        head.extend_from_slice(chunk.get(..read)?);
        if read == 0 || head.len() > MAX_HEAD {
            return None;
        }
    }
    let head = String::from_utf8_lossy(&head);
    let mut words = head.lines().next()?.split(' ');
    let target = (words.next()? == "GET").then(|| words.next()).flatten()?;
    Some(target.to_owned())
}

fn parameter<'q>(query: &'q [(String, String)], name: &str) -> Option<&'q str> {
    let found = query.iter().find(|(known, _)| known == name);
    found.map(|(_, value)| &**value)
}

fn decoded_pair(pair: &str) -> (String, String) {
    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
    (decoded(name), decoded(value))
}

/// Decodes a part of a query.
fn decoded(text: &str) -> String {
    let text = text.as_bytes();
    let digit = |at: usize| char::from(*text.get(at)?).to_digit(16);
    let mut bytes = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        let escaped = digit(at + 1).zip(digit(at + 2));
        match escaped.filter(|_| *byte == b'%') {
            Some((high, low)) => {
                bytes.push((high * 16 + low) as u8);
                at += 3;
            }
            None => {
                bytes.push(if *byte == b'+' { b' ' } else { *byte });
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Returns the page that the browser shows.
fn page(title: &str, text: &str) -> String {
    let [title, text] = [title, text].map(|text| {
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        text.replace('>', "&gt;")
    });
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{title}</title>\
         <body style=\"font: 1.2em sans-serif; margin: 15vh auto; max-width: 30em\"><h1>{title}</h1><p>{text}</p>\n"
    )
}

/// Sends a page. The browser may be gone already.
async fn respond(mut stream: TcpStream, status: &str, page: &str) {
    let response = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\
         Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\nReferrer-Policy: no-referrer\r\n\
         Cache-Control: no-store\r\nConnection: close\r\n\r\n{page}",
        page.len()
    );
    let _ = stream.write_all(response.as_bytes()).await;
    let _ = stream.shutdown().await;
}

/// Returns a random text of 43 characters, as long as a verifier has to be.
fn random() -> Result<String, Fault> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)
        .map_err(|error| Fault::usage(format!("the system has no random bytes: {error}")))?;
    Ok(base64url(&bytes))
}

fn base64url(bytes: &[u8]) -> String {
    let text = base64(bytes).replace('+', "-").replace('/', "_");
    text.trim_end_matches('=').to_owned()
}

#[cfg(test)]
mod tests {
    use super::{base64url, decoded, page, random};
    use sha2::{Digest, Sha256};

    /// The example of RFC 7636, appendix B.
    #[test]
    fn challenges_are_as_in_the_standard() {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        let challenge = base64url(&Sha256::digest(verifier.as_bytes()));
        assert_eq!(challenge, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    #[test]
    fn verifiers_are_long_and_differ() {
        let [one, other] = [random().unwrap(), random().unwrap()];
        assert_eq!((one.len(), other.len()), (43, 43));
        assert_ne!(one, other);
    }

    #[test]
    fn queries_are_decoded() {
        assert_eq!(decoded("a%20b+c%C3%A4%2"), "a b cä%2");
        assert_eq!(decoded("%zz%+5%"), "%zz% 5%");
    }

    #[test]
    fn texts_are_no_markup() {
        assert!(page("a", "<script>&").contains("&lt;script&gt;&amp;"));
    }
}
