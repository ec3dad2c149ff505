use outboundcalls::types::CreateContact;

use crate::harness;

#[test]
fn list() -> harness::Outcome {
    let call = harness::Call {
        method: "GET",
        path: "/contacts",
        operation: "listContacts",
        target: "/contacts",
        query: &["contactListId=clxXXX", "limit=100"],
        headers: &["authorization: Bearer secret"],
        accepts: &["application/json"],
        status: 200,
        ..Default::default()
    };
    call.check(async |client| {
        let response = client
            .contacts()
            .list()
            .contact_list_id("clxXXX")
            .limit(100)
            .send_raw()
            .await?;
        Ok(response)
    })
}

#[test]
fn create() -> harness::Outcome {
    let call = harness::Call {
        method: "POST",
        path: "/contacts",
        operation: "createContact",
        target: "/contacts",
        headers: &["authorization: Bearer secret"],
        accepts: &["application/json"],
        body: harness::Body::Json(
            "application/json",
            r#"{"contactListId":"clx...","phone":"+14155551212","name":"Jane Doe","tags":["lead","website"]}"#,
        ),
        status: 200,
        ..Default::default()
    };
    call.check(async |client| {
        let body = CreateContact::new("clx...", "+14155551212")
            .name("Jane Doe")
            .tags(["lead", "website"]);
        let response = client.contacts().create(body).send_raw().await?;
        Ok(response)
    })
}
