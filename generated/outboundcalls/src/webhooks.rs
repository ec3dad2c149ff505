//! Webhooks: requests that the API sends to your server.
//!
//! The functions decode the body of a request. They do not verify who sent it: do that first, as far as the
//! API documents how.

use crate::Result;
use crate::runtime::decode;
use crate::types;

/// Decodes the body of the webhook `postCall`.
///
/// A call has ended
///
/// OutboundCalls sends a JSON payload with the full call data to your server when a call ends.
/// Configure it per agent on the **Agents** page of the web application.
///
/// The properties of the payload are inferred to be those of `GET /calls/{id}`. Not documented:
/// an event name, a signature, and whether a failed delivery is retried. Since no documented
/// part of the payload proves who sent it, read the call with `GET /calls/{id}` before you act
/// on it.
///
/// Full data of the call that ended.
///
/// # Errors
///
/// Returns [`Error::Decode`](crate::Error::Decode) if the body does not fit its type.
pub fn parse_post_call(body: &[u8]) -> Result<types::CallDetail> {
    decode::received_enveloped("webhook postCall", body, &["call", "data"])
}
