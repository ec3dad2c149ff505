//! Stores and watches keys, and uses leases and locks.

use std::process::ExitCode;

use sdk::{
    Base64, Client,
    types::{
        AuthpbPermission, AuthpbPermissionType, CompareCompareResult, CompareCompareTarget,
        EtcdserverpbAuthRoleAddRequest, EtcdserverpbAuthRoleGetRequest,
        EtcdserverpbAuthRoleGrantPermissionRequest, EtcdserverpbAuthUserAddRequest,
        EtcdserverpbAuthUserGrantRoleRequest, EtcdserverpbAuthenticateRequest,
        EtcdserverpbCompactionRequest, EtcdserverpbCompare, EtcdserverpbDeleteRangeRequest,
        EtcdserverpbLeaseGrantRequest, EtcdserverpbLeaseKeepAliveRequest,
        EtcdserverpbLeaseRevokeRequest, EtcdserverpbLeaseTimeToLiveRequest,
        EtcdserverpbMemberListRequest, EtcdserverpbPutRequest, EtcdserverpbRangeRequest,
        EtcdserverpbRequestOp, EtcdserverpbTxnRequest, EtcdserverpbWatchCreateRequest,
        EtcdserverpbWatchRequest, RangeRequestSortOrder, RangeRequestSortTarget,
    },
};
use serde_json::Map;

use crate::tally::{Job, Tally, builder};

#[path = "../tally.rs"]
mod tally;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    // The description requires a token everywhere, even for the login; a server without users needs none.
    let client = builder().without_credentials().build();
    let client = client.expect("the address is that of a server");
    let mut tally = Tally::default();
    let _ = general(&client, &mut tally).await;
    let _ = keys(&client, &mut tally).await;
    let _ = transactions(&client, &mut tally).await;
    let _ = watch(&client, &mut tally).await;
    let _ = leases(&client, &mut tally).await;
    let _ = users(&client, &mut tally).await;
    tally.finish()
}

async fn general(client: &Client, tally: &mut Tally) -> Job {
    let status = client.maintenance().status(Map::new()).send_raw().await;
    let status = tally.value("status", status)?;
    tally.check(
        "version",
        status.version.is_some_and(|it| it.starts_with("3.4")),
    );
    let members = client
        .cluster()
        .member_list(EtcdserverpbMemberListRequest::new());
    let members = tally.value("members", members.send_raw().await)?.members;
    tally.check("one member", members.is_some_and(|it| it.len() == 1));
    Ok(())
}

fn put(key: &str, value: &str) -> EtcdserverpbPutRequest {
    EtcdserverpbPutRequest::new().key(key).value(value)
}

fn range(key: &str) -> EtcdserverpbRangeRequest {
    EtcdserverpbRangeRequest::new().key(key)
}

fn is(value: &Option<Base64>, text: &str) -> bool {
    value
        .as_ref()
        .is_some_and(|it| it.as_bytes() == text.as_bytes())
}

async fn keys(client: &Client, tally: &mut Tally) -> Job {
    let kv = client.kv();
    for (key, value) in [("k/1", "eins"), ("k/2", "größer"), ("k/3", "")] {
        tally.value("put a key", kv.put(put(key, value)).send_raw().await)?;
    }
    let again = kv.put(put("k/1", "one").prev_kv(true)).send_raw().await;
    let again = tally.value("put another value", again)?;
    tally.check(
        "the value before",
        again.prev_kv.is_some_and(|it| is(&it.value, "eins")),
    );
    let got = kv.range(range("k/2")).send_raw().await;
    let got = tally.value("get a key", got)?.kvs.unwrap_or_default();
    tally.check("its value", got.len() == 1 && is(&got[0].value, "größer"));
    let none = kv.range(range("nothing")).send_raw().await;
    let none = tally.value("get a key that is not there", none)?;
    tally.check("none", none.kvs.is_none_or(|it| it.is_empty()));
    let list = range("k/")
        .range_end("k0")
        .limit(2)
        .sort_target(RangeRequestSortTarget::Key);
    let list = kv
        .range(list.sort_order(RangeRequestSortOrder::Descend))
        .send_raw()
        .await;
    let list = tally.value("list keys", list)?;
    tally.check("more than these", list.more == Some(true));
    let kvs = list.kvs.unwrap_or_default();
    tally.check("the last first", kvs.len() == 2 && is(&kvs[0].key, "k/3"));
    let body = EtcdserverpbDeleteRangeRequest::new().key("k/3");
    let deleted = kv.delete_range(body).send_raw().await;
    let deleted = tally.value("delete a key", deleted)?;
    tally.check("one deleted", deleted.deleted.is_some_and(|it| it == 1));
    let revision = tally.some("revision", deleted.header.and_then(|it| it.revision))?;
    let body = EtcdserverpbCompactionRequest::new().revision(revision);
    tally.value("compact", kv.compact(body).send_raw().await)?;
    let past = kv.range(range("k/1").revision(2)).await;
    tally.refused("a revision that is gone", 400, past)
}

async fn transactions(client: &Client, tally: &mut Tally) -> Job {
    let is_one = EtcdserverpbCompare::new()
        .key("k/1")
        .target(CompareCompareTarget::Value)
        .result(CompareCompareResult::Equal)
        .value("one");
    let then = EtcdserverpbRequestOp::new().request_put(put("k/1", "two"));
    let otherwise = EtcdserverpbRequestOp::new().request_range(range("k/1"));
    let body = EtcdserverpbTxnRequest::new()
        .compare(vec![is_one])
        .success(vec![then])
        .failure(vec![otherwise]);
    let done = client.kv().txn(body.clone()).send_raw().await;
    let done = tally.value("a transaction", done)?;
    tally.check("it succeeded", done.succeeded == Some(true));
    let done = client.kv().txn(body).send_raw().await;
    let done = tally.value("the same again", done)?;
    tally.check("it did not", done.succeeded != Some(true));
    let first = done.responses.unwrap_or_default().into_iter().next();
    let kvs = first.and_then(|it| it.response_range).and_then(|it| it.kvs);
    tally.check(
        "what is there",
        kvs.is_some_and(|it| is(&it[0].value, "two")),
    );
    Ok(())
}

async fn watch(client: &Client, tally: &mut Tally) -> Job {
    let of = EtcdserverpbWatchCreateRequest::new()
        .key("w/")
        .range_end("w0");
    let body = EtcdserverpbWatchRequest::new().create_request(of);
    let stream = client.watch().watch(body).send_lines().await;
    let mut stream = tally.decoded("watch", stream)?;
    let first = tally.decoded("line of the watch", stream.try_next().await)?;
    let created = first.and_then(|it| it.result).and_then(|it| it.created);
    tally.check("it has begun", created == Some(true));
    for value in ["1", "2"] {
        tally.value(
            "put a key",
            client.kv().put(put("w/x", value)).send_raw().await,
        )?;
        let line = tally.decoded("line of the watch", stream.try_next().await)?;
        let events = line.and_then(|it| it.result).and_then(|it| it.events);
        let key = events
            .unwrap_or_default()
            .into_iter()
            .next()
            .and_then(|it| it.kv);
        tally.check("its value", key.is_some_and(|it| is(&it.value, value)));
    }
    Ok(())
}

async fn leases(client: &Client, tally: &mut Tally) -> Job {
    let lease = client.leases();
    let granted = lease
        .grant(EtcdserverpbLeaseGrantRequest::new().ttl(60))
        .send_raw()
        .await;
    let id = tally.value("grant a lease", granted)?.id;
    let id = tally.some("its id", id)?;
    tally.value(
        "put with it",
        client.kv().put(put("l", "x").lease(id)).send_raw().await,
    )?;
    let body = EtcdserverpbLeaseTimeToLiveRequest::new().id(id).keys(true);
    let left = lease.time_to_live(body).send_raw().await;
    let left = tally.value("time to live", left)?;
    tally.check("its key", left.keys.is_some_and(|it| *it[0] == *b"l"));
    let alive = lease.keep_alive(EtcdserverpbLeaseKeepAliveRequest::new().id(id));
    let alive = tally.value("keep alive", alive.send_raw().await)?;
    tally.check(
        "its time",
        alive
            .result
            .and_then(|it| it.ttl)
            .is_some_and(|it| it == 60),
    );
    let all = lease.leases(Map::new()).send_raw().await;
    tally.value("list leases", all)?;
    let body = EtcdserverpbLeaseRevokeRequest::new().id(id);
    tally.value("revoke", lease.revoke(body).send_raw().await)?;
    let gone = client.kv().range(range("l")).send_raw().await;
    let gone = tally.value("the key is gone", gone)?;
    tally.check("gone", gone.kvs.is_none_or(|it| it.is_empty()));
    let body = EtcdserverpbLeaseRevokeRequest::new().id(id);
    tally.refused("revoke again", 404, lease.revoke(body).await)
}

async fn users(client: &Client, tally: &mut Tally) -> Job {
    let auth = client.auth();
    let role = EtcdserverpbAuthRoleAddRequest::new().name("reader");
    tally.value("add a role", auth.role_add(role).send_raw().await)?;
    let may = AuthpbPermission::new().perm_type(AuthpbPermissionType::Read);
    let may = may.key("k/").range_end("k0");
    let body = EtcdserverpbAuthRoleGrantPermissionRequest::new()
        .name("reader")
        .perm(may);
    tally.value("grant", auth.role_grant_permission(body).send_raw().await)?;
    let body = EtcdserverpbAuthRoleGetRequest::new().role("reader");
    let role = tally.value("get the role", auth.role_get(body).send_raw().await)?;
    tally.check("its key", role.perm.is_some_and(|it| is(&it[0].key, "k/")));
    for (name, role) in [("root", "root"), ("ada", "reader")] {
        let user = EtcdserverpbAuthUserAddRequest::new()
            .name(name)
            .password("secret");
        tally.value("add a user", auth.user_add(user).send_raw().await)?;
        let body = EtcdserverpbAuthUserGrantRoleRequest::new()
            .user(name)
            .role(role);
        tally.value("give a role", auth.user_grant_role(body).send_raw().await)?;
    }
    let users = tally.value("list users", auth.user_list(Map::new()).send_raw().await)?;
    tally.check("two users", users.users.is_some_and(|it| it.len() == 2));
    tally.value("enable", auth.enable(Map::new()).send_raw().await)?;

    tally.refused(
        "without a token",
        400,
        client.kv().range(range("k/1")).await,
    )?;
    let user = |name: &str, password: &str| {
        let body = EtcdserverpbAuthenticateRequest::new().name(name);
        auth.authenticate(body.password(password))
    };
    tally.refused("a wrong password", 400, user("ada", "x").await)?;
    let token = tally
        .value("authenticate", user("ada", "secret").send_raw().await)?
        .token;
    let ada = builder()
        .api_key(tally.some("token", token)?)
        .build()
        .expect("a client");
    let got = ada.kv().range(range("k/1")).send_raw().await;
    tally.value("read what she may", got)?;
    tally.refused(
        "write what she may not",
        403,
        ada.kv().put(put("k/1", "x")).await,
    )?;
    let token = tally
        .value("authenticate", user("root", "secret").send_raw().await)?
        .token;
    let root = builder()
        .api_key(tally.some("token", token)?)
        .build()
        .expect("a client");
    tally.value("disable", root.auth().disable(Map::new()).send_raw().await)?;
    Ok(())
}
