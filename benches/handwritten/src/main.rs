//! The quick start, handwritten on reqwest and serde.

use reqwest::{Client, RequestBuilder, StatusCode};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::env;
use std::error::Error;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "only printed")]
struct Account {
    user: Option<User>,
    credit_balance: Option<f64>,
    subscription: Option<Map<String, Value>>,
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "only printed")]
struct User {
    id: Option<String>,
    name: Option<String>,
    email: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "only printed")]
struct Call {
    id: Option<String>,
    status: Option<String>,
    agent_id: Option<String>,
    campaign_id: Option<String>,
    contact_id: Option<String>,
    phone_number_id: Option<String>,
    to_number: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Calls {
    calls: Vec<Call>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct ListCalls<'a> {
    status: &'a str,
    limit: u32,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct CreateCall<'a> {
    agent_id: &'a str,
    to_number: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone_number_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contact_id: Option<&'a str>,
}

#[derive(Debug, Deserialize)]
struct Refusal {
    error: Option<String>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let key = env::var("OUTBOUNDCALLS_API_KEY")?;
    let base = env::var("OUTBOUNDCALLS_BASE_URL")
        .unwrap_or_else(|_| "https://outboundcalls.ai/api/v1".to_owned());
    let client = Client::new();

    let request = client.get(format!("{base}/me")).bearer_auth(&key);
    let account: Account = send(request).await?;
    println!("{account:?}");

    let filter = ListCalls {
        status: "completed",
        limit: 50,
    };
    let request = client.get(format!("{base}/calls")).query(&filter);
    let calls: Calls = send(request.bearer_auth(&key)).await?;
    println!("{:?}", calls.calls);

    let call = CreateCall {
        agent_id: "clxAgent",
        to_number: "+14155551212",
        phone_number_id: None,
        contact_id: None,
    };
    let request = client.post(format!("{base}/calls")).json(&call);
    let call: Call = send(request.bearer_auth(&key)).await?;
    println!("{call:?}");
    Ok(())
}

async fn send<T: DeserializeOwned>(request: RequestBuilder) -> Result<T, Box<dyn Error>> {
    let response = request.send().await?;
    let status = response.status();
    if status == StatusCode::PAYMENT_REQUIRED {
        return Err("at least 25 credits are needed".into());
    }
    if !status.is_success() {
        let refusal: Refusal = response.json().await?;
        return Err(format!("{status}: {}", refusal.error.unwrap_or_default()).into());
    }
    Ok(response.json().await?)
}
