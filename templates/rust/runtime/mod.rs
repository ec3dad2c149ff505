//! The runtime of the client, which all operations share: it builds, sends and retries requests and decodes
//! responses.
//!
//! Nothing here is specific to one API. From the rest of the crate it uses only `crate::error::ErrorBody`,
//! the documented error bodies.

#![allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "features of the crate need more than others, and enums have variants that this API does not need"
)]

mod assemble;
mod auth;
mod body;
mod builder;
mod client;
mod coding;
#[cfg(feature = "gzip")]
mod compress;
pub(crate) mod decode;
#[cfg(any(
    feature = "brotli",
    feature = "deflate",
    feature = "gzip",
    feature = "zstd"
))]
mod decompress;
mod deviation;
pub(crate) mod digits;
pub(crate) mod enumeration;
mod envelope;
mod error;
mod execute;
mod finite;
mod future;
mod inspect;
mod integer;
pub(crate) mod json;
mod json_path;
mod lenient;
mod lenient_access;
mod lenient_union;
mod members;
mod memory;
mod message;
mod number;
mod operation;
mod options;
mod param;
mod part;
mod prepared;
mod provide;
mod redact;
mod redirect;
mod request;
pub(crate) mod request_builder;
mod requirement;
mod response;
mod response_error;
mod retry;
mod scalar;
mod secret;
mod stack_text;
mod style;
mod target;
mod testing;
mod time;
mod tolerant;
mod transport;
pub(crate) mod union;
mod union_held;
mod union_trials;
mod url;

#[cfg(feature = "reqwest")]
#[cfg_attr(target_family = "wasm", path = "fetch.rs")]
mod reqwest;
#[cfg(feature = "tower")]
mod tower;
#[cfg(feature = "tracing")]
mod trace;

#[cfg(feature = "reqwest")]
pub use self::reqwest::ReqwestTransport;
#[cfg(all(feature = "reqwest", not(target_family = "wasm")))]
pub use self::reqwest::ReqwestTransportBuilder;
#[cfg(feature = "tower")]
pub use self::tower::{TowerTransport, TransportService};

pub use self::{
    body::Body,
    builder::ClientBuilder,
    deviation::Deviation,
    error::{BuildError, Error, Result, SendError},
    future::{HttpRequestFuture, RawResponseFuture, ResponseFuture},
    memory::MemoryTransport,
    options::RequestOptions,
    provide::TokenProvider,
    response::RawResponse,
    response_error::{ApiError, DecodeError},
    retry::RetryPolicy,
    secret::Secret,
    transport::{BoxFuture, Transport, TransportError, TransportErrorKind},
};

pub(crate) use self::{
    auth::Credential,
    client::Core,
    coding::{decoded, exchange},
    decode::without_mark,
    deviation::{deviates, is_recording},
    lenient::{date_of, is_blank_number, number_of},
    number::{text as number_text, to_value as to_json_value, to_vec as to_json},
    operation::{Operation, Status},
    param::fields,
    provide::{Provided, Shape, Source},
    redact::{Secrets, is_secret_parameter},
    request::{Request, Required},
    requirement::Scheme,
    response::{Decoder, Opened, Reply},
    retry::{Retried, is_transient},
    style::Style,
    time::{Clock, now},
};
