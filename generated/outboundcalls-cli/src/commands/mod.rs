//! The commands of each resource, and the credentials of the client.

#![allow(
    deprecated,
    reason = "deprecated operations have commands too, whose help says so"
)]

mod account;
mod agents;
mod calls;
mod campaigns;
mod contacts;

use sdk::ClientBuilder;

use crate::runtime::{Program, Resource, Stored};

/// The program.
pub static PROGRAM: Program = Program {
    description: include_str!("program.json"),
    resources: RESOURCES,
    credentials,
};

pub static RESOURCES: &[Resource] = &[
    account::RESOURCE,
    agents::RESOURCE,
    contacts::RESOURCE,
    calls::RESOURCE,
    campaigns::RESOURCE,
];

/// Sets the credentials of the client.
fn credentials(mut builder: ClientBuilder, stored: &Stored) -> ClientBuilder {
    let found = stored.secret("api_key");
    if let Some(secret) = found {
        builder = builder.api_key(secret);
    }
    builder
}
