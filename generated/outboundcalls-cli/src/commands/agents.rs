//! The voice agents that conduct calls. An agent must be deployed to ElevenLabs before it can
//! be used to place a call.

use sdk::Client;

use crate::runtime::{Exchange, Fault, Input, Mode, Resource};

/// The commands of the resource.
pub const RESOURCE: Resource = Resource {
    commands: include_str!("agents.json"),
    functions: &[list, get],
};

/// `GET /agents`
fn list(client: &Client, input: &Input) -> Result<Exchange, Fault> {
    let mut request = client.agents().list();
    let value = input.optional_text("status")?;
    if let Some(value) = value {
        request = request.status(value);
    }
    let value: Option<i64> = input.optional("limit")?;
    if let Some(value) = value {
        request = request.limit(value);
    }
    let request = request.options(input.options());
    Ok(match input.mode() {
        Mode::Build => Exchange::build(request.build()),
        _ => Exchange::send(request.send_raw()),
    })
}

/// `GET /agents/{id}`
fn get(client: &Client, input: &Input) -> Result<Exchange, Fault> {
    let id = input.text("id")?;
    let request = client.agents().get(id);
    let request = request.options(input.options());
    Ok(match input.mode() {
        Mode::Build => Exchange::build(request.build()),
        _ => Exchange::send(request.send_raw()),
    })
}
