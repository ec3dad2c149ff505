//! Keys by which the API knows a call again that it has done already.

use std::fmt::Display;

use crate::{error::Error, runtime::Request};

/// Gives the call a key of its own, which all its attempts send: a random UUID (RFC 9562, version 4).
///
/// The key of another call would have this one passed over. So it is the system's randomness, and not
/// what the standard library seeds hash maps with, which in WebAssembly is the same on each start.
pub(crate) fn make(request: &mut Request, header: &'static str) {
    let mut bytes = [0; 16];
    match getrandom::fill(&mut bytes) {
        Ok(()) => request.header(header, &uuid(u128::from_be_bytes(bytes))),
        Err(error) => request.fail(Error::build("no key could be made").because(error)),
    }
}

/// Gives the call the caller's key. An empty one is none, and without a key the call could be done twice.
#[allow(dead_code, reason = "an API may describe no such header")]
pub(crate) fn set(request: &mut Request, header: &'static str, key: &(impl Display + ?Sized)) {
    let key = key.to_string();
    match key.trim().is_empty() {
        true => request.fail(Error::build(format!("the header `{header}` is empty"))),
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
