use crate::harness;

#[test]
fn list() -> harness::Outcome {
    let call = harness::Call {
        method: "GET",
        path: "/agents",
        operation: "listAgents",
        target: "/agents",
        query: &["status=deployed", "limit=50"],
        headers: &["authorization: Bearer secret"],
        accepts: &["application/json"],
        status: 200,
        ..Default::default()
    };
    call.check(async |client| {
        let response = client
            .agents()
            .list()
            .status("deployed")
            .limit(50)
            .send_raw()
            .await?;
        Ok(response)
    })
}

#[test]
fn get() -> harness::Outcome {
    let call = harness::Call {
        method: "GET",
        path: "/agents/{id}",
        operation: "getAgent",
        target: "/agents/clxXXX",
        headers: &["authorization: Bearer secret"],
        accepts: &["application/json"],
        status: 200,
        ..Default::default()
    };
    call.check(async |client| {
        let response = client.agents().get("clxXXX").send_raw().await?;
        Ok(response)
    })
}
