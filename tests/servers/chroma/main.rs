//! Stores documents with their embeddings, and queries the nearest.

use std::{collections::BTreeMap, process::ExitCode};

use sdk::{
    Client,
    types::{
        AddCollectionRecordsPayload, Collection, CreateCollectionPayload, CreateDatabasePayload,
        CreateTenantPayload, DeleteCollectionRecordsPayload, ForkCollectionPayload,
        GetRequestPayload, HashMapValue, Include, QueryRequestPayload, UpdateCollectionPayload,
        UpdateCollectionRecordsPayload, UpsertCollectionRecordsPayload,
    },
};
use serde_json::json;

use crate::tally::{Job, Tally, builder};

#[path = "../tally.rs"]
mod tally;

const TENANT: &str = "default_tenant";
const DATABASE: &str = "default_database";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    // The description requires a token, which this server does not need.
    let client = builder().without_credentials().build();
    let client = client.expect("the address is that of a server");
    let mut tally = Tally::default();
    let _ = system(&client, &mut tally).await;
    let _ = databases(&client, &mut tally).await;
    let _ = collections(&client, &mut tally).await;
    let _ = records(&client, &mut tally).await;
    tally.finish()
}

async fn system(client: &Client, tally: &mut Tally) -> Job {
    let beat = client.system().get_heartbeat().send_raw().await;
    let beat = tally.value("heartbeat", beat)?;
    tally.check(
        "nanoseconds",
        beat.nanosecond_heartbeat > 1_700_000_000_000_000_000,
    );
    // Described as text, sent as JSON.
    let version = client.system().get_version().send_raw().await;
    let version = tally.value("version", version)?;
    tally.check("without quotes", version.starts_with("1."));
    let limits = client.system().get_pre_flight_checks().send_raw().await;
    let limits = tally.value("limits", limits)?;
    tally.check("size of batches", limits.max_batch_size > 0);
    let health = client.system().get_healthcheck().send_raw().await;
    tally.value("health", health)?;
    let me = client.authentication().get_user_identity().send_raw().await;
    let me = tally.value("who am I", me)?;
    tally.check("tenant", me.tenant == TENANT);
    Ok(())
}

async fn databases(client: &Client, tally: &mut Tally) -> Job {
    let made = client
        .tenants()
        .create(CreateTenantPayload::new("acme"))
        .send_raw()
        .await;
    tally.value("create a tenant", made)?;
    let got = client.tenants().get("acme").send_raw().await;
    tally.value("get the tenant", got)?;
    let body = || CreateDatabasePayload::new("shop");
    let made = client.databases().create("acme", body()).send_raw().await;
    tally.value("create a database", made)?;
    let got = client.databases().get("acme", "shop").send_raw().await;
    let got = tally.value("get the database", got)?;
    tally.check("its name", got.name == "shop");
    let list = client.databases().list("acme").send_raw().await;
    let list = tally.value("list databases", list)?;
    tally.check("one database", list.len() == 1);
    let twice = client.databases().create("acme", body()).await;
    tally.refused("a database that is there", 409, twice)?;
    let deleted = client.databases().delete("acme", "shop").send_raw().await;
    tally.value("delete the database", deleted)?;
    tally.refused(
        "a tenant that is not there",
        404,
        client.tenants().get("nobody").await,
    )
}

async fn create(client: &Client, tally: &mut Tally, name: &str) -> Job<Collection> {
    let size = HashMapValue::from(2.5);
    let color = HashMapValue::from("grün".to_owned());
    let metadata = BTreeMap::from([("size".to_owned(), size), ("color".to_owned(), color)]);
    let body = CreateCollectionPayload::new(name).metadata(metadata);
    let made = client
        .collections()
        .create(TENANT, DATABASE, body)
        .send_raw()
        .await;
    tally.value("create a collection", made)
}

async fn collections(client: &Client, tally: &mut Tally) -> Job {
    let collection = client.collections();
    let mut ids = Vec::new();
    for name in ["one", "two", "three", "four", "five"] {
        ids.push(create(client, tally, name).await?.id.to_string());
    }
    let count = collection.count(TENANT, DATABASE).send_raw().await;
    let count = tally.value("count collections", count)?;
    tally.check("five collections", count == 5);
    let mut items = collection.list(TENANT, DATABASE).limit(2).items();
    let mut names = Vec::new();
    while let Some(item) = tally.decoded("a collection of the list", items.try_next().await)? {
        names.push(item.name);
    }
    names.sort();
    tally.check(
        "all are listed",
        names == ["five", "four", "one", "three", "two"],
    );

    let got = collection
        .get_for_database(TENANT, DATABASE, "one")
        .send_raw()
        .await;
    let got = tally.value("get by name", got)?;
    let size = got.metadata.and_then(|it| it.get("size").cloned());
    tally.check("metadata", size == Some(HashMapValue::from(2.5)));
    let body = UpdateCollectionPayload::new().new_name("first");
    let updated = collection
        .update(TENANT, DATABASE, &ids[0], body)
        .send_raw()
        .await;
    tally.value("rename", updated)?;
    let got = collection
        .get_by_id(TENANT, DATABASE, &ids[0])
        .send_raw()
        .await;
    let got = tally.value("get by id", got)?;
    tally.check("new name", got.name == "first");
    let body = CreateCollectionPayload::new("two");
    let twice = collection.create(TENANT, DATABASE, body).await;
    tally.refused("a collection that is there", 409, twice)?;
    let forked = collection.fork(
        TENANT,
        DATABASE,
        &ids[1],
        ForkCollectionPayload::new("fork"),
    );
    tally.refused("a fork, which this server does not have", 501, forked.await)?;
    let deleted = collection
        .delete(TENANT, DATABASE, "first")
        .send_raw()
        .await;
    tally.value("delete", deleted)?;
    let gone = collection.get_for_database(TENANT, DATABASE, "first").await;
    tally.refused("what is deleted", 404, gone)
}

async fn records(client: &Client, tally: &mut Tally) -> Job {
    let record = client.record();
    let id = create(client, tally, "records").await?.id.to_string();
    let text = |text: &str| Some(text.to_owned());
    let of = |kind: &str| {
        let kind = HashMapValue::from(kind.to_owned());
        Some(BTreeMap::from([("kind".to_owned(), kind)]))
    };
    let points = vec![vec![1.0, 0.0], vec![0.0, 1.0], vec![0.9, 0.1]];
    let body = AddCollectionRecordsPayload::new(points, ["a", "b", "c"])
        .documents(vec![text("Apfel"), text("Birne"), None])
        .metadatas(vec![of("fruit"), of("fruit"), None]);
    let added = record.add(TENANT, DATABASE, &id, body).send_raw().await;
    tally.value("add records", added)?;
    let count = record.count(TENANT, DATABASE, &id).send_raw().await;
    let count = tally.value("count records", count)?;
    tally.check("three records", count == 3);

    let include = [Include::Documents, Include::Metadatas, Include::Embeddings];
    let body = GetRequestPayload::new().ids(["a", "c"]).include(include);
    let got = record.get(TENANT, DATABASE, &id, body).send_raw().await;
    let got = tally.value("get records", got)?;
    tally.check("two records", got.ids == ["a", "c"]);
    let texts = got.documents.unwrap_or_default();
    tally.check("a text and none", texts == [text("Apfel"), None]);
    let body = GetRequestPayload::new()
        .where_(json!({"kind": "fruit"}))
        .limit(1)
        .offset(1);
    let got = record.get(TENANT, DATABASE, &id, body).send_raw().await;
    let got = tally.value("get by metadata", got)?;
    tally.check("one record", got.ids.len() == 1);

    let body = QueryRequestPayload::new(vec![vec![1.0, 0.0]]).n_results(2);
    let found = record.query(TENANT, DATABASE, &id, body).send_raw().await;
    let found = tally.value("query", found)?;
    tally.check("the nearest first", found.ids == [["a", "c"]]);

    let body = UpdateCollectionRecordsPayload::new(["c"]).documents(vec![text("Citrone")]);
    let updated = record.update(TENANT, DATABASE, &id, body).send_raw().await;
    tally.value("update a record", updated)?;
    let body = UpsertCollectionRecordsPayload::new(vec![vec![0.5, 0.5]], ["d"]);
    let upserted = record.upsert(TENANT, DATABASE, &id, body).send_raw().await;
    tally.value("upsert a record", upserted)?;
    let body = DeleteCollectionRecordsPayload::new().ids(["a", "b"]);
    let deleted = record.delete(TENANT, DATABASE, &id, body).send_raw().await;
    tally.value("delete records", deleted)?;
    let count = record.count(TENANT, DATABASE, &id).send_raw().await;
    let count = tally.value("count what is left", count)?;
    tally.check("two records", count == 2);
    let longer = QueryRequestPayload::new(vec![vec![1.0, 0.0, 0.0]]);
    let refused = record.query(TENANT, DATABASE, &id, longer).await;
    tally.refused("a vector of another length", 400, refused)
}
