//! Handles a declined card.

use payments::error::ErrorBody;
use payments::types::CreateChargeRequest;

pub async fn run(client: &payments::Client) -> payments::Result<String> {
    let error = match client
        .charges()
        .create(CreateChargeRequest::new(2_000, "eur"))
        .await
    {
        Ok(charge) => return Ok(charge.id),
        Err(error) => error,
    };
    match error.documented() {
        Some(ErrorBody::ErrorDetails(body)) if body.error.type_.as_str() == "card_error" => {
            Ok(format!("declined: {}", error.message().unwrap_or_default()))
        }
        _ => Err(error),
    }
}
