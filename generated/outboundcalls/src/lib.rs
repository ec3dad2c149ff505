//! Client for the OutboundCalls API.
//!
//! Place phone calls with voice agents, and read their transcripts and results.
//!
//! # Quick start
//!
//! ```no_run
//! use outboundcalls::Client;
//! use outboundcalls::types::CreateCall;
//!
//! # async fn run() -> outboundcalls::Result<()> {
//! // Reads the API key from the environment variable OUTBOUNDCALLS_API_KEY.
//! let client = Client::from_env()?;
//!
//! let call = client
//!     .calls()
//!     .create(CreateCall::new("clxXXX", "+14155551212"))
//!     .await?;
//! println!("{call:?}");
//! # Ok(())
//! # }
//! ```
//!
//! # Wait for a result
//!
//! This program sends `POST /calls`, then polls `GET /calls/{id}` until the response has
//! `transcript`. It handles status 402: Insufficient credits to dispatch a call.
//!
//! ```no_run
//! use outboundcalls::Client;
//! use outboundcalls::types::CreateCall;
//!
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! // Reads the API key from the environment variable OUTBOUNDCALLS_API_KEY.
//! let client = Client::from_env()?;
//!
//! let result = client
//!     .calls()
//!     .create(CreateCall::new("clxXXX", "+14155551212"))
//!     .await;
//! let call = match result {
//!     Err(error) if error.is_insufficient_credits() => {
//!         println!("{error}");
//!         return Ok(());
//!     }
//!     result => result?,
//! };
//! let id = call.id.ok_or("the response has no id")?;
//!
//! let call = client
//!     .calls()
//!     .get(&id)
//!     .wait_until(|value| value.transcript.is_some())
//!     .await?;
//! println!("{:?}", call.transcript);
//! # Ok(())
//! # }
//! ```
//!
//! # Retries
//!
//! An idempotent request, such as a `GET`, is retried after a failed connection, a timeout,
//! and the statuses 408, 429, 500, 502, 503 and 504, and 403 with `Retry-After`.
//! Every other request, such as a `POST`, is retried only if no connection could be established, so it
//! arrives at most once. After another error, [`Error::may_have_reached_server`] returns whether the server
//! may have received it. See [`RetryPolicy`], and [`RequestOptions`] to override it for one request.
//!
//! # Redirects
//!
//! A `GET` follows up to five redirects. Credentials and default headers are not sent to another origin.
//! The client never follows a redirect from `https` to `http`, or of another method such as `POST`. It
//! returns such a redirect as an [`Error::Api`].
//!
//! # Testing
//!
//! [`MemoryTransport`](transport::MemoryTransport) returns queued responses and records requests, without a
//! network connection:
//!
//! ```
//! use outboundcalls::{Client, transport::MemoryTransport};
//! use outboundcalls::types::CreateCall;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let transport = MemoryTransport::new().json(200, r#"{"call":{"id":"call_123"}}"#);
//! let client = Client::builder().api_key("secret").transport(transport.clone()).build()?;
//!
//! let call = client
//!     .calls()
//!     .create(CreateCall::new("clxXXX", "+14155551212"))
//!     .await?;
//! assert_eq!(call.id.as_deref(), Some("call_123"));
//!
//! let request = &transport.requests()[0];
//! assert_eq!(request.method(), "POST");
//! let sent: serde_json::Value = serde_json::from_slice(request.body())?;
//! assert_eq!(sent["agentId"], "clxXXX");
//! # Ok(())
//! # }
//! ```
//!
//! # Tracing
//!
//! With the feature `tracing`, each request has a span `request` at level `INFO`, and in it a span `attempt`
//! for each attempt, with OpenTelemetry's names. A response that deviates from the API description emits a
//! `WARN` event. The target of all of them is `outboundcalls::runtime::trace`. They contain no bodies, headers or query
//! values.
//!
//! # Re-exports
//!
//! The crates whose types are in public signatures are re-exported, such as [`http`], [`bytes`] and
//! [`serde_json`]. If you use the re-exports, their versions always match.
//!
//! # Features
//!
//! - `reqwest` (default): the default transport, with reqwest. Without it, set a transport with
//!   [`ClientBuilder::transport`]. In a browser (`wasm32-unknown-unknown`) it uses `fetch`.
//! - `rustls` (default): `reqwest`, with TLS by rustls and AWS-LC.
//! - `rustls-ring`: `reqwest`, with TLS by rustls and ring, unless the program installs another provider.
//! - `rustls-no-provider`: `reqwest`, with TLS by rustls and the provider that the program installs with
//!   `CryptoProvider::install_default`. It needs no C compiler.
//! - `reqwest-0-13`: `ReqwestTransport::from_client`, which takes a client of reqwest 0.13. It is exempt from
//!   semver.
//! - `native-tls`: `reqwest`, with TLS by the system: SChannel on Windows, Secure Transport on macOS,
//!   OpenSSL elsewhere. It takes precedence over rustls if both are on; `default-features = false`
//!   turns rustls off.
//! - `gzip` (default), `deflate`, `brotli` and `zstd`: decode responses with these encodings, including
//!   error responses, streams and downloads. The client lists the enabled ones in `Accept-Encoding`, or
//!   `identity` if there are none. All limits count decoded bytes.
//! - `blocking`: the module `blocking`, to send requests without async.
//! - `recorder`: for tests, a transport that records responses for
//!   [`MemoryTransport`](transport::MemoryTransport) to replay.
//! - `tower`: a transport with your own Tower middleware, for limits, headers or metrics.
//! - `tracing`: `tracing` spans for requests and attempts; see [Tracing](#tracing).
//!
//! # About the API
//!
//! Programmatically dispatch calls, manage agents and contacts, read call results, and check
//! your account balance.
//!
//! #### Authentication
//!
//! Every endpoint requires an API key.
//!
//! 1. Generate one in the web application under **Settings → API Keys**. It is `oc_live_`
//!    followed by 32 characters. It is shown only once, when you create it, so store it then.
//!
//! 2. Send it with every request in the `Authorization` header:
//!
//!    ```text
//!    Authorization: Bearer oc_live_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
//!    ```
//!
//! Keys are hashed at rest. Revoke a compromised key on the same page. A request with a
//! missing, invalid or revoked key returns status 401.
//!
//! #### Pricing
//!
//! A call is charged when it completes, by its destination country. The sell price is
//! Twilio mobile + ElevenLabs $0.10 + 75% margin. At least **25 credits** are needed to
//! dispatch a call; with fewer, `POST /calls` returns status 402.
//!
//! #### Conventions
//!
//! - JSON properties are named in camelCase.
//! - Ids are opaque strings that look like `clx…`. Do not parse them.
//! - Phone numbers are in E.164 form: `+`, country code, number, no spaces, as in `+14155551212`.
//!
//! #### Documented and inferred parts
//!
//! The API's page documents the endpoints, their parameters, the request bodies, and the
//! meaning of each error status. It describes responses in prose only. The response schemas
//! here are inferred from that prose and marked as inferred. An inferred property may be
//! absent, may have another name, or may have another type.

#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]
#![warn(missing_docs)]
#![allow(
    deprecated,
    reason = "deprecated operations and types are still generated, and marked as deprecated"
)]
#![allow(
    clippy::disallowed_names,
    clippy::should_implement_trait,
    reason = "the API names the fields, and setters are named after fields"
)]
#![allow(clippy::type_complexity, reason = "the API may nest values deeply")]

#[cfg(feature = "blocking")]
pub mod blocking;
mod client;
pub mod error;
#[cfg(feature = "recorder")]
mod recorder;
pub mod resources;
mod runtime;
pub mod transport;
pub mod types;
mod waiter;
pub mod webhooks;

pub use self::client::Client;
pub use self::error::Error;
pub use self::error::ErrorBody;
pub use self::error::Result;
pub use self::runtime::ClientBuilder;
pub use self::runtime::Deviation;
pub use self::runtime::HttpRequestFuture;
pub use self::runtime::RawResponse;
pub use self::runtime::RawResponseFuture;
pub use self::runtime::RequestOptions;
pub use self::runtime::ResponseFuture;
pub use self::runtime::RetryPolicy;
pub use self::runtime::Secret;
pub use self::runtime::TokenProvider;
pub use self::waiter::WaitError;
pub use self::waiter::Waiter;

// The crates whose types are in public signatures, in their versions.
pub use ::bytes;
pub use ::http;
pub use ::serde_json;
