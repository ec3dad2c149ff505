use outboundcalls::types::CreateCall;

use crate::harness;

#[test]
fn list() -> harness::Outcome {
    let call = harness::Call {
        method: "GET",
        path: "/calls",
        operation: "listCalls",
        target: "/calls",
        query: &["status=completed", "limit=50"],
        headers: &["authorization: Bearer secret"],
        accepts: &["application/json"],
        status: 200,
        ..Default::default()
    };
    call.check(async |client| {
        let response = client
            .calls()
            .list()
            .status("completed")
            .limit(50)
            .send_raw()
            .await?;
        Ok(response)
    })
}

#[test]
fn create() -> harness::Outcome {
    let call = harness::Call {
        method: "POST",
        path: "/calls",
        operation: "createCall",
        target: "/calls",
        headers: &["authorization: Bearer secret"],
        accepts: &["application/json"],
        body: harness::Body::Json(
            "application/json",
            r#"{"agentId":"clxXXX","toNumber":"+14155551212"}"#,
        ),
        status: 200,
        ..Default::default()
    };
    call.check(async |client| {
        let response = client
            .calls()
            .create(CreateCall::new("clxXXX", "+14155551212"))
            .send_raw()
            .await?;
        Ok(response)
    })
}

#[test]
fn get() -> harness::Outcome {
    let call = harness::Call {
        method: "GET",
        path: "/calls/{id}",
        operation: "getCall",
        target: "/calls/clxXXX",
        headers: &["authorization: Bearer secret"],
        accepts: &["application/json"],
        status: 200,
        ..Default::default()
    };
    call.check(async |client| {
        let response = client.calls().get("clxXXX").send_raw().await?;
        Ok(response)
    })
}
