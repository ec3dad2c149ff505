//! Campaigns of calls, and their progress.

use sdk::Client;

use crate::runtime::{Exchange, Fault, Input, Mode, Resource};

/// The commands of the resource.
pub const RESOURCE: Resource = Resource {
    commands: include_str!("campaigns.json"),
    functions: &[list, get],
};

/// `GET /campaigns`
fn list(client: &Client, input: &Input) -> Result<Exchange, Fault> {
    let request = client.campaigns().list();
    let request = request.options(input.options());
    Ok(match input.mode() {
        Mode::Build => Exchange::build(request.build()),
        _ => Exchange::send(request.send_raw()),
    })
}

/// `GET /campaigns/{id}`
fn get(client: &Client, input: &Input) -> Result<Exchange, Fault> {
    let id = input.text("id")?;
    let request = client.campaigns().get(id);
    let request = request.options(input.options());
    Ok(match input.mode() {
        Mode::Build => Exchange::build(request.build()),
        _ => Exchange::send(request.send_raw()),
    })
}
