//! What every command shares: arguments, credentials, requests, output and errors.
//!
//! Nothing here is specific to one API. The descriptions of the commands are JSON, which `specification` reads.

#![allow(
    dead_code,
    reason = "the same files serve every API, and no API uses all of them"
)]

mod arguments;
mod builtin;
#[cfg(feature = "mcp")]
mod calls;
mod columns;
mod command;
mod confirm;
mod credentials;
mod curl;
mod exchange;
mod fault;
#[cfg(feature = "mcp-http")]
mod http;
mod input;
mod login;
#[cfg(feature = "mcp")]
mod mcp;
mod media;
mod output;
mod run;
mod secrets;
mod specification;
mod terminal;
mod time;
#[cfg(feature = "mcp")]
mod tools;
mod value;
mod verbose;
mod wait;
mod yaml;

pub use credentials::Stored;
pub use exchange::Exchange;
pub use fault::Fault;
pub use input::{Input, Mode};
pub use run::main;

use sdk::{Client, ClientBuilder};

/// Makes the request of an operation.
pub type Function = fn(&Client, &Input) -> Result<Exchange, Fault>;

/// A program over an API.
#[derive(Debug)]
pub struct Program {
    /// The description of the program, as JSON.
    pub description: &'static str,
    pub resources: &'static [Resource],
    /// Sets the credentials of the client.
    pub credentials: fn(ClientBuilder, &Stored) -> ClientBuilder,
}

/// The commands of one resource.
#[derive(Debug)]
pub struct Resource {
    /// The descriptions of its operations, as JSON.
    pub commands: &'static str,
    /// In the order of the descriptions.
    pub functions: &'static [Function],
}
