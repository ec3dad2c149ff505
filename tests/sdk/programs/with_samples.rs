//! Tests code without a server: a sample of the type, changed where the test needs it.

use payments::mock::Sample;
use payments::transport::MemoryTransport;
use payments::types::Customer;

pub async fn run() {
    let mut customer = Customer::sample();
    customer.name = Some("Ada".to_owned());
    let body = serde_json::to_vec(&customer).expect("JSON");
    let transport = MemoryTransport::new().json(200, body);
    let client = payments::Client::builder()
        .basic_auth("key", "")
        .transport(transport.clone())
        .build()
        .expect("a client");
    let created = super::create_once::run(&client, "order-1")
        .await
        .expect("a customer");
    assert_eq!(created, customer);
    assert_eq!(transport.requests()[0].body(), "email=ada%40example.com");
}
