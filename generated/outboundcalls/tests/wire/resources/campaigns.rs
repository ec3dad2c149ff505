use crate::harness;

#[test]
fn list() -> harness::Outcome {
    let call = harness::Call {
        method: "GET",
        path: "/campaigns",
        operation: "listCampaigns",
        target: "/campaigns",
        headers: &["authorization: Bearer secret"],
        accepts: &["application/json"],
        status: 200,
        ..Default::default()
    };
    call.check(async |client| {
        let response = client.campaigns().list().send_raw().await?;
        Ok(response)
    })
}

#[test]
fn get() -> harness::Outcome {
    let call = harness::Call {
        method: "GET",
        path: "/campaigns/{id}",
        operation: "getCampaign",
        target: "/campaigns/clxXXX",
        headers: &["authorization: Bearer secret"],
        accepts: &["application/json"],
        status: 200,
        ..Default::default()
    };
    call.check(async |client| {
        let response = client.campaigns().get("clxXXX").send_raw().await?;
        Ok(response)
    })
}
