//! Idempotency keys: the API recognizes a retry by its key.

use std::fmt::Display;

use crate::{
    error::{BuildError, Error, Result},
    runtime::Request,
};

/// Sets a random key, which all attempts of the request send: a UUID (RFC 9562, version 4).
pub(crate) fn make(request: &mut Request, header: &'static str) {
    request.key(header, random);
}

/// Returns a random UUID. With the key of another request, the API would ignore this one. So it uses the
/// system's randomness, and not the seeds of the standard library's hash maps, which are the same on each
/// start in WebAssembly.
fn random() -> Result<String> {
    let mut bytes = [0; 16];
    let filled = getrandom::fill(&mut bytes);
    filled.map_err(|error| {
        Error::build("the system returned no random bytes for an idempotency key").because(error)
    })?;
    Ok(uuid(u128::from_be_bytes(bytes)))
}

/// Sets the caller's key. An empty one is an error: without a key, a retry could take effect twice.
#[allow(dead_code, reason = "an API may describe no such header")]
pub(crate) fn set(request: &mut Request, header: &'static str, key: &(impl Display + ?Sized)) {
    let key = key.to_string();
    match key.trim().is_empty() {
        true => request.fail(BuildError::new(format!("the header `{header}` is empty"))),
        false => request.header(header, &key),
    }
}

fn uuid(bits: u128) -> String {
    format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        bits >> 96,
        bits >> 80 & 0xffff,
        bits >> 64 & 0x0fff | 0x4000,
        bits >> 48 & 0x3fff | 0x8000,
        bits & 0xffff_ffff_ffff
    )
}
