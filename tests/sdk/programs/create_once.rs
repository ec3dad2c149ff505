//! Creates a customer once, also if the program is started again.

use payments::types::{CreateCustomerRequest, Customer};

pub async fn run(client: &payments::Client, order: &str) -> payments::Result<Customer> {
    let body = CreateCustomerRequest::new().email("ada@example.com");
    client
        .customers()
        .create()
        .body(body)
        .idempotency_key(order)
        .await
}
