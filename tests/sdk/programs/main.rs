//! Runs the programs against responses in memory.

mod all_customers;
mod card_error;
mod chat_stream;
mod create_once;
mod with_samples;

use payments::transport::MemoryTransport;

fn payments(transport: &MemoryTransport) -> payments::Client {
    let builder = payments::Client::builder().basic_auth("key", "");
    builder
        .transport(transport.clone())
        .build()
        .expect("a client")
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let chunk = |text: &str| {
        format!("data: {{\"id\":\"1\",\"choices\":[{{\"delta\":{{\"content\":\"{text}\"}}}}]}}\n\n")
    };
    let body = [
        chunk("A "),
        chunk("language."),
        "data: [DONE]\n\n".to_owned(),
    ]
    .concat();
    let response = chat::http::Response::builder().header("content-type", "text/event-stream");
    let response = response.body(body.into()).expect("a response");
    let transport = chat::transport::MemoryTransport::new().response(response);
    let client = chat::Client::builder()
        .api_key("key")
        .transport(transport.clone());
    let client = client.build().expect("a client");
    assert_eq!(
        chat_stream::run(&client).await.expect("a text"),
        "A language."
    );
    let sent: serde_json::Value =
        serde_json::from_slice(transport.requests()[0].body()).expect("JSON");
    let messages = serde_json::json!([{"role": "user", "content": "What is Rust?"}]);
    assert_eq!(
        (&sent["messages"], &sent["stream"]),
        (&messages, &true.into())
    );

    let page = |ids: [&str; 2], more: bool| {
        let customer = |id| serde_json::json!({"id": id, "object": "customer", "email": format!("{id}@example.com")});
        serde_json::json!({"object": "list", "url": "/", "data": ids.map(customer), "has_more": more}).to_string()
    };
    let transport = MemoryTransport::new()
        .json(200, page(["a", "b"], true))
        .json(200, page(["c", "d"], false));
    let addresses = all_customers::run(&payments(&transport))
        .await
        .expect("customers");
    assert_eq!(addresses.len(), 4);
    assert_eq!(
        transport.requests()[1].uri().query(),
        Some("limit=2&starting_after=b")
    );

    let transport = MemoryTransport::new()
        .failure(payments::transport::TransportErrorKind::Other)
        .json(200, r#"{"id":"cus_1","object":"customer"}"#);
    let created = create_once::run(&payments(&transport), "order-1")
        .await
        .expect("a customer");
    assert_eq!(created.id, "cus_1");
    let keys: Vec<_> = transport
        .requests()
        .iter()
        .map(|it| it.headers()["idempotency-key"].clone())
        .collect();
    assert_eq!(
        keys,
        ["order-1", "order-1"],
        "the client retries with the same key"
    );

    let declined = r#"{"error":{"type":"card_error","code":"card_declined","message":"Your card was declined."}}"#;
    let transport = MemoryTransport::new().json(402, declined);
    let text = card_error::run(&payments(&transport))
        .await
        .expect("a text");
    assert_eq!(text, "declined: Your card was declined.");

    with_samples::run().await;
}
