//! Operations of no real API, for tests of the runtime's parts.
//!
//! The test file that includes this module also includes the runtime as `crate::runtime`.

use crate::runtime::{ClientBuilder, Core, Error, MemoryTransport, Operation, Request, decode};

pub static GET: Operation = operation("/x", "GET");
pub static POST: Operation = operation("/x", "POST");
pub static ITEM: Operation = operation("/a/{p}/b", "GET");
pub static DOTTED: Operation = operation("/a/{p}.", "GET");

pub const fn operation(path: &'static str, method: &'static str) -> Operation {
    let idempotent = method.as_bytes()[0] == b'G';
    Operation {
        id: "test",
        method,
        path,
        accept: "*/*",
        idempotent,
        security: &[],
        successes: &[],
        errors: &[],
    }
}

pub const fn secured(security: &'static [&'static [&'static str]]) -> Operation {
    Operation {
        id: "test",
        method: "GET",
        path: "/x",
        accept: "*/*",
        idempotent: true,
        security,
        successes: &[],
        errors: &[],
    }
}

pub fn core(transport: &MemoryTransport) -> Core {
    builder(transport).finish().expect("a client")
}

pub fn builder(transport: &MemoryTransport) -> ClientBuilder {
    ClientBuilder::with_defaults("https://h/v", "t/1").transport(transport.clone())
}

pub fn ok() -> MemoryTransport {
    MemoryTransport::from_fn(|_| http::Response::new("null".into()))
}

/// Builds a request, sends it and returns what was sent.
pub async fn sent(
    operation: &'static Operation,
    fill: impl FnOnce(&mut Request),
) -> Result<http::Request<bytes::Bytes>, Error> {
    let transport = ok();
    let mut request = Request::new(&core(&transport), operation);
    fill(&mut request);
    request.send(decode::nothing).await?;
    Ok(transport.requests().remove(0))
}
