//! Creates a client and sends one request.
//!
//! Set `OUTBOUNDCALLS_BASE_URL` to use another server, for example one on this machine.

use std::env;
use std::error::Error;

use outboundcalls::Client;
use outboundcalls::types::CreateCall;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut builder = Client::builder();
    if let Ok(url) = env::var("OUTBOUNDCALLS_BASE_URL") {
        builder = builder.base_url(url);
    }
    if let Ok(secret) = env::var("OUTBOUNDCALLS_API_KEY") {
        builder = builder.api_key(secret);
    }
    let client = builder.build()?;

    let call = client
        .calls()
        .create(CreateCall::new("clxXXX", "+14155551212"))
        .await?;
    println!("{call:?}");
    Ok(())
}
