//! Clients with short timeouts, the operations that must not be repeated, and kinds of errors.
//!
//! The test file that includes this module also includes the server as `crate::server`.

use std::time::Duration;

use outboundcalls::{
    Client, ClientBuilder, Error, Result, RetryPolicy,
    transport::BoxFuture,
    types::{CreateCall, CreateContact},
};

use crate::server::Server;

pub const KEY: &str = "oc_live_0123456789abcdef0123456789abcdef";
pub const TIMEOUT: Duration = Duration::from_millis(300);

pub fn builder(base_url: String) -> ClientBuilder {
    let quick = RetryPolicy::new(3)
        .initial_backoff(Duration::from_millis(5))
        .max_backoff(Duration::from_millis(20));
    Client::builder()
        .api_key(KEY)
        .base_url(base_url)
        .timeout(TIMEOUT)
        .retry(quick)
}

pub fn client(server: &Server) -> Client {
    builder(server.base_url()).build().expect("a client")
}

pub type Post = (&'static str, fn(Client) -> BoxFuture<'static, Result<()>>);

pub const POSTS: [Post; 2] = [
    ("POST /calls", |client| {
        Box::pin(async move {
            let body = CreateCall::new("clxA", "+14155551212");
            client.calls().create(body).await.map(drop)
        })
    }),
    ("POST /contacts", |client| {
        Box::pin(async move {
            let body = CreateContact::new("clxL", "+14155551212").name("n".repeat(100_000));
            client.contacts().create(body).await.map(drop)
        })
    }),
];

/// The kind of error that a single attempt ends with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    Timeout,
    Transport,
    Decode,
    Api(u16),
}

pub fn kind(error: &Error) -> Option<Kind> {
    Some(match error {
        Error::Timeout(_) => Kind::Timeout,
        Error::Transport(_) => Kind::Transport,
        Error::Decode(_) => Kind::Decode,
        Error::Api(error) => Kind::Api(error.status().as_u16()),
        _ => return None,
    })
}
