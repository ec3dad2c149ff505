//! The quick start on the generated crate; `benches/handwritten` has it by hand.

use outboundcalls::Client;
use outboundcalls::types::CreateCall;
use std::env;
use std::error::Error;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut builder = Client::builder().api_key(env::var("OUTBOUNDCALLS_API_KEY")?);
    if let Ok(base) = env::var("OUTBOUNDCALLS_BASE_URL") {
        builder = builder.base_url(base);
    }
    let client = builder.build()?;

    let account = client.account().get().await?;
    println!("{account:?}");

    let calls = client.calls().list().status("completed").limit(50).await?;
    println!("{calls:?}");

    match client
        .calls()
        .create(CreateCall::new("clxAgent", "+14155551212"))
        .await
    {
        Ok(call) => println!("{call:?}"),
        Err(e) if e.is_insufficient_credits() => {
            return Err("at least 25 credits are needed".into());
        }
        Err(e) => return Err(e.into()),
    }
    Ok(())
}
