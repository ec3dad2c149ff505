//! The Model Context Protocol over HTTP, for programs of this machine.
//!
//! Web pages cannot use the server: it refuses requests with an `Origin`, and those whose `Host` is not this machine
//! (DNS rebinding).

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use sdk::bytes::Bytes;
use sdk::http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use sdk::http::{Request, Response, StatusCode};
use tokio::net::TcpListener;

use super::fault::Fault;
use super::mcp::Server;

/// The path of the server.
const PATH: &str = "/mcp";

/// The address if `--http` has no value.
pub const DEFAULT_ADDRESS: &str = "127.0.0.1:8808";

/// Reads an address: a port, or an address of this machine with a port.
///
/// # Errors
///
/// Returns a usage error if other machines could reach the address.
pub fn address(text: &str) -> Result<SocketAddr, Fault> {
    let port = text.parse().ok();
    let port = port.map(|port| SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port));
    let address = port.or_else(|| text.parse().ok());
    match address.filter(|address| address.ip().is_loopback()) {
        Some(address) => Ok(address),
        None => {
            let message = format!("--http: `{text}` is not an address of this machine");
            Err(Fault::usage(message).hint(format!("use {DEFAULT_ADDRESS}, or another port")))
        }
    }
}

/// Serves until the program is ended. If there is a token, each request has to have it.
///
/// # Errors
///
/// Returns an error if the address is taken.
pub async fn serve(
    server: Server,
    address: SocketAddr,
    token: Option<String>,
) -> Result<(), Fault> {
    let listener = TcpListener::bind(address)
        .await
        .map_err(|error| Fault::usage(format!("cannot listen on {address}: {error}")))?;
    eprintln!("http://{}{PATH}", listener.local_addr()?);
    let config = StreamableHttpServerConfig::default().enforce_origin_validation();
    let service = StreamableHttpService::new(
        move || Ok(server.clone()),
        Arc::new(LocalSessionManager::default()),
        config,
    );
    let token = token.map(Arc::new);
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            // Such as too many open files: connections that end make room.
            Err(error) => {
                eprintln!("{error}");
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let (service, token) = (service.clone(), token.clone());
        let respond = service_fn(move |request| respond(service.clone(), token.clone(), request));
        tokio::spawn(async move {
            let mut connection = http1::Builder::new();
            connection.timer(TokioTimer::new());
            // The client may go away at any time.
            let _ = connection
                .serve_connection(TokioIo::new(stream), respond)
                .await;
        });
    }
}

type Service = StreamableHttpService<Server, LocalSessionManager>;

async fn respond(
    service: Service,
    token: Option<Arc<String>>,
    request: Request<Incoming>,
) -> Result<Response<BoxBody<Bytes, Infallible>>, Infallible> {
    if let Some(token) = token {
        let sent = request.headers().get(AUTHORIZATION);
        let sent = sent.map_or(&[][..], |value| value.as_bytes());
        if !is_equal(sent, format!("Bearer {token}").as_bytes()) {
            let mut response = refused(StatusCode::UNAUTHORIZED);
            let scheme = sdk::http::HeaderValue::from_static("Bearer");
            response.headers_mut().insert(WWW_AUTHENTICATE, scheme);
            return Ok(response);
        }
    }
    Ok(match request.uri().path() {
        PATH => service.handle(request).await,
        _ => refused(StatusCode::NOT_FOUND),
    })
}

fn refused(status: StatusCode) -> Response<BoxBody<Bytes, Infallible>> {
    let body = Full::new(Bytes::from(status.to_string()));
    let mut response = Response::new(body.boxed());
    *response.status_mut() = status;
    response
}

/// Compares in a time that depends on the length alone.
fn is_equal(one: &[u8], other: &[u8]) -> bool {
    let differences = one.iter().zip(other).fold(0, |all, (a, b)| all | (a ^ b));
    one.len() == other.len() && differences == 0
}

#[cfg(test)]
mod tests {
    use super::{address, is_equal};

    #[test]
    fn other_machines_reach_no_address() {
        let read = |text: &str| address(text).map(|address| address.to_string()).ok();
        assert_eq!(read("8000").unwrap(), "127.0.0.1:8000");
        assert_eq!(read("[::1]:8000").unwrap(), "[::1]:8000");
        for wrong in ["0.0.0.0:8000", "192.168.0.1:80", "localhost", "", "99999"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn tokens_are_compared() {
        assert!(is_equal(b"a", b"a") && !is_equal(b"a", b"b") && !is_equal(b"", b"a"));
    }
}
