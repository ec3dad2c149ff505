//! Place outbound calls, and read their transcripts and results.

use sdk::Client;
use sdk::types;

use crate::runtime::{Exchange, Fault, Input, Mode, Resource};

/// The commands of the resource.
pub const RESOURCE: Resource = Resource {
    commands: include_str!("calls.json"),
    functions: &[list, create, get],
};

/// `GET /calls`
fn list(client: &Client, input: &Input) -> Result<Exchange, Fault> {
    let mut request = client.calls().list();
    let value = input.optional_text("status")?;
    if let Some(value) = value {
        request = request.status(value);
    }
    let value = input.optional_text("agentId")?;
    if let Some(value) = value {
        request = request.agent_id(value);
    }
    let value = input.optional_text("campaignId")?;
    if let Some(value) = value {
        request = request.campaign_id(value);
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

/// `POST /calls`
fn create(client: &Client, input: &Input) -> Result<Exchange, Fault> {
    let body: types::CreateCall = input.body()?;
    let request = client.calls().create(body);
    let request = request.options(input.options());
    Ok(match input.mode() {
        Mode::Build => Exchange::build(request.build()),
        _ => Exchange::send(request.send_raw()),
    })
}

/// `GET /calls/{id}`
fn get(client: &Client, input: &Input) -> Result<Exchange, Fault> {
    let id = input.text("id")?;
    let request = client.calls().get(id);
    let request = request.options(input.options());
    Ok(match input.mode() {
        Mode::Build => Exchange::build(request.build()),
        _ => Exchange::send(request.send_raw()),
    })
}
