//! Sends one request for every operation, with the example of its documentation. The expected request is
//! computed from the API description, independently of the client's code.
//!
//! No connection is opened, unless `SDKGEN_WIRE_URL` is set: then the same requests are sent to the server at
//! this URL, including deletions. With `--nocapture`, each prints a line with its status and the deviations
//! of the response. A test fails if the server does not respond, returns a 5xx, or returns a success that
//! does not decode.
//!
//! The credentials for this server are read from the environment variables
//! `SDKGEN_WIRE_API_KEY`.

#![allow(deprecated, reason = "deprecated operations are tested too")]
#![allow(
    clippy::approx_constant,
    reason = "a number of an example may be close to a mathematical constant"
)]

#[path = "wire/harness.rs"]
mod harness;
#[path = "wire/resources/mod.rs"]
mod resources;
