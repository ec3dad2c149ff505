//! Every operation is called once, with the example of its documentation. What has to be sent is worked
//! out from the API's description, apart from the client's code.
//!
//! No connection is opened, unless `SDKGEN_WIRE_URL` is set: then the same calls are made against the
//! server at this URL, deletions as well. With `--nocapture`, a line for each shows its status and where the
//! response deviates from the description. A call fails if the server does not answer, answers with a 5xx,
//! or with a success that does not decode.
//!
//! Credentials for this server are read from the environment: `SDKGEN_WIRE_API_KEY`.

#![allow(
    deprecated,
    reason = "what the API deprecates is still there, and called as well"
)]
#![allow(
    clippy::approx_constant,
    reason = "a value of an example may be close to one of mathematics"
)]

#[path = "wire/harness.rs"]
mod harness;
#[path = "wire/resources/mod.rs"]
mod resources;
