//! This program sends `POST /calls`, then polls `GET /calls/{id}` until the response has
//! `transcript`. It handles status 402: Insufficient credits to dispatch a call.

use std::error::Error;

use outboundcalls::Client;
use outboundcalls::types::CreateCall;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    // Reads the API key from the environment variable OUTBOUNDCALLS_API_KEY.
    let client = Client::from_env()?;

    let result = client
        .calls()
        .create(CreateCall::new("clxXXX", "+14155551212"))
        .await;
    let call = match result {
        Err(error) if error.is_insufficient_credits() => {
            println!("{error}");
            return Ok(());
        }
        result => result?,
    };
    let id = call.id.ok_or("the response has no id")?;

    let call = client
        .calls()
        .get(&id)
        .wait_until(|value| value.transcript.is_some())
        .await?;
    println!("{:?}", call.transcript);
    Ok(())
}
