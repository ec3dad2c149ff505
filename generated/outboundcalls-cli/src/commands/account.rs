//! The account that the API key belongs to, its credit balance and its subscription.

use sdk::Client;

use crate::runtime::{Exchange, Fault, Input, Mode, Resource};

/// The commands of the resource.
pub const RESOURCE: Resource = Resource {
    commands: include_str!("account.json"),
    functions: &[get],
};

/// `GET /me`
fn get(client: &Client, input: &Input) -> Result<Exchange, Fault> {
    let request = client.account().get();
    let request = request.options(input.options());
    Ok(match input.mode() {
        Mode::Build => Exchange::build(request.build()),
        _ => Exchange::send(request.send_raw()),
    })
}
