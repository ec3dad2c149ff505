//! Collects the addresses of all customers, page by page.

pub async fn run(client: &payments::Client) -> payments::Result<Vec<String>> {
    let mut addresses = Vec::new();
    let mut customers = client.customers().list().limit(2).items();
    while let Some(customer) = customers.try_next().await? {
        addresses.extend(customer.email);
    }
    Ok(addresses)
}
