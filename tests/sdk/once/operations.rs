//! The operations: how each is called, and whether it may be retried.

use once::{
    Client, ClientBuilder, Error, RetryPolicy, Secret,
    transport::{Body, BoxFuture},
    types::Thing,
};
use std::time::Duration;

pub struct Operation {
    pub name: &'static str,
    pub call: fn(Client) -> BoxFuture<'static, Result<(), Error>>,
    pub is_get: bool,
    pub repeated: bool,
    /// The header of its idempotency key.
    pub key: Option<&'static str>,
}

/// Returns a builder with a credential, which a test may replace.
pub fn builder(base_url: String) -> ClientBuilder {
    let quick = RetryPolicy::new(3).initial_backoff(Duration::from_millis(1));
    Client::builder()
        .base_url(base_url)
        .api_key_provider(|| async { Ok(Secret::new("key")) })
        .retry(quick)
}

pub fn thing() -> Thing {
    Thing::new("n".repeat(5000))
}

macro_rules! operations {
    ($($name:ident($($body:expr)?).$send:ident: $repeated:literal, $key:expr;)*) => {
        vec![$(Operation {
            name: stringify!($name($($body)?)),
            call: |client| {
                Box::pin(async move { client.things().$name($($body)?).$send().await.map(drop) })
            },
            is_get: stringify!($name).starts_with("get"),
            repeated: $repeated,
            key: $key,
        }),*]
    };
}

pub fn all() -> Vec<Operation> {
    const LARGE: &[u8] = &[b'u'; 5000];
    operations! {
        get_plain().send: true, None;
        replace_plain(thing()).send: true, None;
        delete_plain().send: true, None;
        create_plain(thing()).send: false, None;
        update_plain(thing()).send: false, None;
        get_secured().send: true, None;
        create_secured(thing()).send: false, None;
        create_secured_keyed(thing()).send: true, Some("idempotency-key");
        create_keyed(thing()).send: true, Some("idempotency-key");
        update_keyed(thing()).send: true, Some("x-idempotency-key");
        create_short(thing()).send: false, None;
        create_declared(thing()).send: true, None;
        update_declared(thing()).send: true, None;
        upload(LARGE).send: true, Some("idempotency-key");
        upload(once()).send: false, Some("idempotency-key");
        create_events(thing()).send_events: false, None;
    }
}

/// Returns a body that can be sent only once.
fn once() -> Body {
    Body::from_reader(&[b'u'; 5000][..]).with_length(5000)
}
