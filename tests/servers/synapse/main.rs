//! Two users create a room and talk in it.

use std::process::ExitCode;

use sdk::{
    Client, ErrorBody, RequestOptions,
    types::{
        AuthData, BanRequest, CreateRoomReceiptRequest, CreateRoomReceiptType, CreateRoomRequest,
        CreateRoomRequestPreset, DeleteDeviceRequest, Dir, InviteUserRequest, JoinRoomByIdRequest,
        JoinRoomRequest, KickRequest, LeaveRoomRequest, LoginRequest, PresenceKind,
        QueryPublicRoomsRequest, RedactEventRequest, RefreshRequest, RegisterRequest,
        SearchRequest, SearchRequestSearchCategories, SearchRequestSearchCategoriesRoomEvents,
        SearchUserDirectoryRequest, SendToDeviceRequest, SetPresenceRequest, SetReadMarkerRequest,
        SetRoomAliasRequest, SetTypingRequest, SyncFilter, Tag, UnbanRequest, UpdateDeviceRequest,
        UserIdentifier,
    },
};
use serde_json::{Map, Value, json};

use crate::tally::{Job, Tally, builder};

#[path = "../tally.rs"]
mod tally;

const PASSWORD: &str = "a long password";

/// A user who is logged in.
struct User {
    client: Client,
    id: String,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut tally = Tally::default();
    let _ = all(&mut tally).await;
    tally.finish()
}

async fn all(tally: &mut Tally) -> Job {
    let guest = builder().build().expect("the address is that of a server");
    let _ = strangers(&guest, tally).await;
    let ada = register(&guest, tally, "ada").await?;
    let bob = register(&guest, tally, "bob").await?;
    let _ = sessions(&guest, &ada, tally).await;
    let room = create(&ada, &bob, tally).await?;
    let _ = state(&ada, &room, tally).await;
    let _ = messages(&ada, &room, tally).await;
    let _ = sync(&ada, &bob, &room, tally).await;
    let _ = members(&ada, &bob, &room, tally).await;
    let _ = data(&ada, &room, tally).await;
    let _ = directory(&ada, &room, tally).await;
    let _ = media(&ada, tally).await;
    let _ = devices(&ada, &bob, tally).await;
    Ok(())
}

fn map(value: Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap_or_default()
}

async fn strangers(guest: &Client, tally: &mut Tally) -> Job {
    let versions = guest
        .server_administration()
        .list_versions()
        .send_raw()
        .await;
    let versions = tally.value("versions", versions)?;
    tally.check("versions", versions.versions.iter().any(|it| it == "v1.11"));
    let flows = guest
        .session_management()
        .get_login_flows()
        .send_raw()
        .await;
    tally.value("ways to log in", flows)?;
    let wrong = builder().api_key("wrong").build().expect("a client");
    let refused = wrong.session_management().get_token_owner().await;
    tally.refused("a wrong token", 401, refused)
}

async fn register(guest: &Client, tally: &mut Tally, name: &str) -> Job<User> {
    let free = guest.account_management().check_username_availability(name);
    tally.value("is the name free", free.send_raw().await)?;
    let body = RegisterRequest::new().username(name).password(PASSWORD);
    // The 401 response lists the authentication that the server requires.
    let asked = guest.account_management().register(body.clone()).await;
    let error = asked.as_ref().err().and_then(|error| error.documented());
    let session = match error {
        Some(ErrorBody::AuthResponse(response)) => response.session.clone(),
        _ => None,
    };
    tally.refused("register without more", 401, asked)?;
    let session = tally.some("session of the 401", session)?;
    let auth = AuthData::new().type_("m.login.dummy").session(session);
    let made = guest
        .account_management()
        .register(body.auth(auth))
        .send_raw()
        .await;
    let made = tally.value("register", made)?;
    let token = tally.some("token", made.access_token)?;
    let client = builder().api_key(token).build().expect("a client");
    Ok(User {
        client,
        id: made.user_id,
    })
}

async fn sessions(guest: &Client, ada: &User, tally: &mut Tally) -> Job {
    let me = ada
        .client
        .session_management()
        .get_token_owner()
        .send_raw()
        .await;
    let me = tally.value("who am I", me)?;
    tally.check("it is her", me.user_id == ada.id);
    let taken = guest
        .account_management()
        .check_username_availability("ada")
        .await;
    tally.refused("a name that is taken", 400, taken)?;
    let identifier = |name: &str| {
        let mut identifier = UserIdentifier::new("m.id.user");
        identifier.extra.insert("user".to_owned(), name.into());
        LoginRequest::new("m.login.password")
            .identifier(identifier)
            .refresh_token(true)
    };
    let wrong = guest
        .session_management()
        .login(identifier("ada").password("x"))
        .await;
    tally.refused("a wrong password", 403, wrong)?;
    let body = identifier("ada").password(PASSWORD);
    let login = guest.session_management().login(body).send_raw().await;
    let login = tally.value("log in", login)?;
    let refresh = tally.some("token to refresh", login.refresh_token)?;
    let fresh = guest
        .matrix()
        .refresh(RefreshRequest::new(refresh))
        .send_raw()
        .await;
    let fresh = tally.value("refresh the token", fresh)?;
    let other = builder()
        .api_key(fresh.access_token)
        .build()
        .expect("a client");
    let out = other.session_management().logout().send_raw().await;
    tally.value("log out", out)?;
    let gone = other.session_management().get_token_owner().await;
    tally.refused("after the logout", 401, gone)?;
    let capabilities = ada.client.capabilities().get().send_raw().await;
    tally.value("capabilities", capabilities)?;
    Ok(())
}

async fn create(ada: &User, bob: &User, tally: &mut Tally) -> Job<String> {
    let body = CreateRoomRequest::new()
        .name("Größe")
        .topic("all of it")
        .preset(CreateRoomRequestPreset::PublicChat)
        .invite([bob.id.as_str()])
        .room_alias_name("size");
    let room = ada
        .client
        .room_creation()
        .create_room(body)
        .send_raw()
        .await;
    let room = tally.value("create a room", room)?.room_id;
    let joined = bob
        .client
        .room_membership()
        .join_room_by_room_id_or_alias("#size:localhost", JoinRoomRequest::new());
    let joined = tally.value("join by alias", joined.send_raw().await)?;
    tally.check("the same room", joined.room_id == room);
    let joined = bob
        .client
        .room_membership()
        .join_v3_room(&room, JoinRoomByIdRequest::new());
    tally.value("join again", joined.send_raw().await)?;
    let rooms = ada
        .client
        .room_membership()
        .list_joined_rooms()
        .send_raw()
        .await;
    let rooms = tally.value("rooms", rooms)?;
    tally.check("it is one of them", rooms.joined_rooms.contains(&room));
    Ok(room)
}

async fn state(ada: &User, room: &str, tally: &mut Tally) -> Job {
    let it = ada.client.room_participation();
    let whole = it.get_state(room).send_raw().await;
    let whole = tally.value("state of the room", whole)?;
    tally.check("some state", whole.len() > 5);
    let topic = map(json!({"topic": "less"}));
    let set = it
        .set_state_with_key(room, "m.room.topic", "", topic)
        .send_raw()
        .await;
    tally.value("set the topic", set)?;
    let mine = map(json!({"deep": {"list": [1, null]}}));
    let set = it.set_state_with_key(room, "org.tests.thing", "k/1", mine);
    tally.value("set state with a key", set.send_raw().await)?;
    let joined = it.get_joined_members(room).send_raw().await;
    let joined = tally.value("who is in the room", joined)?.joined;
    tally.check("both", joined.is_some_and(|joined| joined.len() == 2));
    let members = it.list_members(room).send_raw().await;
    tally.value("events of members", members)?;
    Ok(())
}

async fn messages(ada: &User, room: &str, tally: &mut Tally) -> Job {
    let it = ada.client.room_participation();
    let mut ids = Vec::new();
    for number in 1..=5 {
        let body = map(json!({"msgtype": "m.text", "body": format!("message {number}")}));
        let sent = it.send_message(room, "m.room.message", format!("t{number}"), body);
        ids.push(
            tally
                .value("send a message", sent.send_raw().await)?
                .event_id,
        );
    }
    let got = it.get_one_room_event(room, &ids[0]).send_raw().await;
    let got = tally.value("get the first", got)?;
    tally.check(
        "its text",
        got.content.get("body") == Some(&json!("message 1")),
    );
    let mut items = it.list_events(room, Dir::B).limit(2).items();
    let mut texts = 0;
    while let Some(event) = tally.decoded("an event, back in time", items.try_next().await)? {
        texts += usize::from(event.type_ == "m.room.message");
    }
    tally.check("five messages", texts == 5);
    let context = it
        .get_event_context(room, &ids[2])
        .limit(4)
        .send_raw()
        .await;
    let context = tally.value("what is around the third", context)?;
    tally.check(
        "two after it",
        context.events_after.is_some_and(|it| it.len() == 2),
    );
    let body = RedactEventRequest::new().reason("wrong");
    let redacted = it.redact_event(room, &ids[1], "r1", body).send_raw().await;
    tally.value("redact the second", redacted)?;
    let relation = json!({"rel_type": "m.thread", "event_id": ids[0]});
    let body = map(json!({"msgtype": "m.text", "body": "reply", "m.relates_to": relation}));
    let sent = it
        .send_message(room, "m.room.message", "t6", body)
        .send_raw()
        .await;
    tally.value("reply in a thread", sent)?;
    let related = ada
        .client
        .event_relationships()
        .get_relating_events(room, &ids[0]);
    let related = tally.value("replies", related.send_raw().await)?;
    tally.check("one reply", related.chunk.len() == 1);
    let threads = ada.client.threads().list_roots(room).send_raw().await;
    let threads = tally.value("threads", threads)?;
    tally.check("one thread", threads.chunk.len() == 1);
    let what = SearchRequestSearchCategoriesRoomEvents::new("message");
    let body = SearchRequestSearchCategories::new().room_events(what);
    let found = ada
        .client
        .search()
        .search(SearchRequest::new(body))
        .send_raw()
        .await;
    let found = tally.value("search", found)?.search_categories.room_events;
    tally.check("found", found.is_some_and(|found| found.count >= Some(4)));
    let read = CreateRoomReceiptType::MRead;
    let receipt = it.create_receipt(room, read, &ids[4], CreateRoomReceiptRequest::new());
    tally.value("read until the fifth", receipt.send_raw().await)?;
    let marker = SetReadMarkerRequest::new().m_fully_read(&ids[4]);
    let marked = ada.client.read_markers().set(room, marker).send_raw().await;
    tally.value("mark as read", marked)?;
    let unknown = it.get_one_room_event(room, "$nothing").await;
    tally.refused("an event that is not there", 404, unknown)
}

async fn sync(ada: &User, bob: &User, room: &str, tally: &mut Tally) -> Job {
    let it = bob.client.room_participation();
    let first = it.sync().timeout(0).send_raw().await;
    let first = tally.value("sync", first)?;
    let joined = first.rooms.and_then(|rooms| rooms.join);
    tally.check(
        "the room",
        joined.is_some_and(|join| join.contains_key(room)),
    );
    let body = SetTypingRequest::new(true).timeout(1_000);
    let typing = ada
        .client
        .room_participation()
        .set_typing(room, &ada.id, body);
    tally.value("type", typing.send_raw().await)?;
    let next = it
        .sync()
        .since(&first.next_batch)
        .timeout(5_000)
        .send_raw()
        .await;
    tally.value("sync what is new", next)?;
    let body = SyncFilter::new().event_fields(["content.body"]);
    let filter = it.create_define_filter(&bob.id, body).send_raw().await;
    let filter = tally.value("store a filter", filter)?;
    let got = it.get_filter(&bob.id, &filter.filter_id).send_raw().await;
    let got = tally.value("get the filter", got)?;
    tally.check(
        "the filter",
        got.event_fields.is_some_and(|it| it == ["content.body"]),
    );
    Ok(())
}

async fn members(ada: &User, bob: &User, room: &str, tally: &mut Tally) -> Job {
    let hers = ada.client.room_membership();
    let his = bob.client.room_membership();
    let kicked = hers
        .kick(room, KickRequest::new(&bob.id).reason("noise"))
        .send_raw()
        .await;
    tally.value("kick", kicked)?;
    let invited = hers
        .invite_user(room, InviteUserRequest::new(&bob.id))
        .send_raw()
        .await;
    tally.value("invite", invited)?;
    let joined = his
        .join_v3_room(room, JoinRoomByIdRequest::new())
        .send_raw()
        .await;
    tally.value("join", joined)?;
    let not_his = his.ban(room, BanRequest::new(&ada.id)).await;
    tally.refused("ban without the power", 403, not_his)?;
    let banned = hers.ban(room, BanRequest::new(&bob.id)).send_raw().await;
    tally.value("ban", banned)?;
    let back = his.join_v3_room(room, JoinRoomByIdRequest::new()).await;
    tally.refused("join when banned", 403, back)?;
    let unbanned = hers
        .unban(room, UnbanRequest::new(&bob.id))
        .send_raw()
        .await;
    tally.value("unban", unbanned)?;
    let joined = his
        .join_v3_room(room, JoinRoomByIdRequest::new())
        .send_raw()
        .await;
    tally.value("join", joined)?;
    let left = his
        .leave_room(room, LeaveRoomRequest::new())
        .send_raw()
        .await;
    tally.value("leave", left)?;
    let forgot = his.forget_room(room).send_raw().await;
    tally.value("forget", forgot)?;
    Ok(())
}

async fn data(ada: &User, room: &str, tally: &mut Tally) -> Job {
    let it = ada.client.user_data();
    let name = map(json!({"displayname": "Ada L."}));
    let set = it
        .set_profile_field(&ada.id, "displayname", name)
        .send_raw()
        .await;
    tally.value("set her name", set)?;
    let got = it
        .get_profile_field(&ada.id, "displayname")
        .send_raw()
        .await;
    tally.value("get her name", got)?;
    let got = it.get_profile(&ada.id).send_raw().await;
    let got = tally.value("get her profile", got)?;
    tally.check("her name", got.displayname.as_deref() == Some("Ada L."));
    let value = map(json!({"a": [1, 2], "b": null}));
    let set = it
        .set_account_data(&ada.id, "org.tests", value.clone())
        .send_raw()
        .await;
    tally.value("set data", set)?;
    let got = it.get_account_data(&ada.id, "org.tests").send_raw().await;
    tally.check(
        "data",
        got.as_ref()
            .is_ok_and(|got| got.decode().is_ok_and(|it| it == value)),
    );
    tally.value("get data", got)?;
    let none = it.get_account_data(&ada.id, "org.nothing").await;
    tally.refused("data that is not there", 404, none)?;
    let tagged = it
        .set_room_tag(&ada.id, room, "u.best", Tag::new().order(0.25))
        .send_raw()
        .await;
    tally.value("tag the room", tagged)?;
    let tags = it.list_room_tags(&ada.id, room).send_raw().await;
    let tags = tally.value("tags", tags)?.tags.unwrap_or_default();
    tally.check(
        "tag",
        tags.get("u.best")
            .is_some_and(|tag| tag.order == Some(0.25)),
    );
    let deleted = it.delete_room_tag(&ada.id, room, "u.best").send_raw().await;
    tally.value("delete the tag", deleted)?;
    let online = SetPresenceRequest::new(PresenceKind::Online).status_msg("here");
    let set = ada.client.presences().set(&ada.id, online).send_raw().await;
    tally.value("set presence", set)?;
    let got = ada.client.presences().get(&ada.id).send_raw().await;
    let got = tally.value("get presence", got)?;
    tally.check("presence", got.presence == PresenceKind::Online);
    let rules = ada.client.push_notifications().get_rules().send_raw().await;
    tally.value("push rules", rules)?;
    Ok(())
}

async fn directory(ada: &User, room: &str, tally: &mut Tally) -> Job {
    let it = ada.client.room_directory();
    let alias = "#größe:localhost";
    let set = it
        .set_alias(alias, SetRoomAliasRequest::new(room))
        .send_raw()
        .await;
    tally.value("set an alias", set)?;
    let got = it.get_id(alias).send_raw().await;
    let got = tally.value("room of the alias", got)?;
    tally.check("the room", got.room_id.as_deref() == Some(room));
    let twice = it.set_alias(alias, SetRoomAliasRequest::new(room)).await;
    tally.refused("an alias that is there", 409, twice)?;
    let local = it.list_local_aliases(room).send_raw().await;
    let local = tally.value("aliases of the room", local)?;
    tally.check("two aliases", local.aliases.len() == 2);
    let deleted = it.delete_alias(alias).send_raw().await;
    tally.value("delete the alias", deleted)?;
    let shown = ada.client.room_discovery().get_visibility(room);
    tally.value("is the room shown", shown.send_raw().await)?;
    let query = QueryPublicRoomsRequest::new().limit(5);
    let rooms = ada
        .client
        .room_discovery()
        .query_public_rooms(query)
        .send_raw()
        .await;
    tally.value("public rooms", rooms)?;
    let tree = ada.client.spaces().get_hierarchy(room).send_raw().await;
    tally.value("hierarchy", tree)?;
    let users = SearchUserDirectoryRequest::new("bob").limit(3);
    let users = ada.client.user_directory().search(users).send_raw().await;
    tally.value("search users", users)?;
    Ok(())
}

async fn media(ada: &User, tally: &mut Tally) -> Job {
    let it = ada.client.media();
    let limits = it.get_config_authed().send_raw().await;
    tally.value("limits of media", limits)?;
    let bytes: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    let png = RequestOptions::new().header("content-type", "image/x-tests");
    let sent = it
        .upload_content(bytes.clone())
        .filename("a b.bin")
        .options(png);
    let uri = tally.value("upload", sent.send_raw().await)?.content_uri;
    let id = tally.some("id of the upload", uri.rsplit('/').next())?;
    let got = it.get_content_authed("localhost", id).send_raw().await;
    let kind = got
        .as_ref()
        .ok()
        .and_then(|got| got.headers().get("content-type").cloned());
    tally.check("its type", kind.is_some_and(|kind| kind == "image/x-tests"));
    tally.value("download", got)?;
    let stream = it.get_content_authed("localhost", id).send_stream().await;
    let mut stream = tally.decoded("download as it comes", stream)?;
    let mut whole = Vec::new();
    while let Ok(Some(chunk)) = stream.chunk().await {
        whole.extend_from_slice(&chunk);
    }
    tally.check("all bytes", whole == bytes);
    let unknown = it.get_content_authed("localhost", "nothing").await;
    tally.refused("what was not uploaded", 404, unknown)
}

async fn devices(ada: &User, bob: &User, tally: &mut Tally) -> Job {
    let it = ada.client.device_management();
    let devices = it.list_devices().send_raw().await;
    let devices = tally.value("devices", devices)?.devices;
    let id = devices.and_then(|it| it.first().map(|device| device.device_id.clone()));
    let id = tally.some("a device", id)?;
    let named = it.update_device(&id, UpdateDeviceRequest::new().display_name("desk"));
    tally.value("name the device", named.send_raw().await)?;
    let got = it.get_device(&id).send_raw().await;
    let got = tally.value("get the device", got)?;
    tally.check("its name", got.display_name.as_deref() == Some("desk"));
    let to_all = map(json!({&bob.id: {"*": {"x": 1}}}));
    let body = SendToDeviceRequest::new(to_all);
    let sent = ada
        .client
        .send_to_device_messaging()
        .send_to_device("org.tests", "d1", body);
    tally.value("send to a device", sent.send_raw().await)?;
    let asked = it.delete_device(&id, DeleteDeviceRequest::new()).await;
    tally.refused("delete the device without the password", 401, asked)
}
