use crate::harness;

#[test]
fn get() -> harness::Outcome {
    let call = harness::Call {
        method: "GET",
        path: "/me",
        operation: "getMe",
        target: "/me",
        headers: &["authorization: Bearer secret"],
        accepts: &["application/json"],
        status: 200,
        ..Default::default()
    };
    call.check(async |client| {
        let response = client.account().get().send_raw().await?;
        Ok(response)
    })
}
