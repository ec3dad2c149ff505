//! The people you call, each in a contact list.

use sdk::Client;
use sdk::types;

use crate::runtime::{Exchange, Fault, Input, Mode, Resource};

/// The commands of the resource.
pub const RESOURCE: Resource = Resource {
    commands: include_str!("contacts.json"),
    functions: &[list, create],
};

/// `GET /contacts`
fn list(client: &Client, input: &Input) -> Result<Exchange, Fault> {
    let mut request = client.contacts().list();
    let value = input.optional_text("contactListId")?;
    if let Some(value) = value {
        request = request.contact_list_id(value);
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

/// `POST /contacts`
fn create(client: &Client, input: &Input) -> Result<Exchange, Fault> {
    let body: types::CreateContact = input.body()?;
    let request = client.contacts().create(body);
    let request = request.options(input.options());
    Ok(match input.mode() {
        Mode::Build => Exchange::build(request.build()),
        _ => Exchange::send(request.send_raw()),
    })
}
