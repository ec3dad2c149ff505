//! Manages articles and files, as the editors of a site would.

use std::{env, process::ExitCode};

use sdk::{
    Client, Part,
    resources::files::CreateFileForm,
    types::{
        CreateCommentRequest, CreateFolderRequest, CreateItemsArticlesRequest, HashGenerateRequest,
        HashVerifyRequest, ItemsArticles, LoginRequest, RefreshRequest, UpdateFolderRequest, Users,
    },
};
use serde_json::json;

use crate::tally::{Job, Tally, builder};

#[path = "../tally.rs"]
mod tally;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut tally = Tally::default();
    let _ = all(&mut tally).await;
    tally.finish()
}

async fn all(tally: &mut Tally) -> Job {
    let guest = builder().without_credentials().build().expect("a client");
    let token = log_in(&guest, tally).await?;
    // Nine in ten operations of the description do not state that they require the token.
    let authorization = format!("Bearer {token}");
    let client = builder()
        .default_header("authorization", &authorization)
        .build();
    let client = client.expect("a client");
    let _ = general(&client, tally).await;
    let _ = articles(&client, tally).await;
    let _ = pages(&client, tally).await;
    let _ = files(&client, tally).await;
    let _ = folders(&client, tally).await;
    let _ = users(&client, tally).await;
    // The key in the description is the whole header value.
    let keyed = builder().auth(authorization).build().expect("a client");
    let list = keyed.items().list_articles().send_raw().await;
    tally.value("articles with a key", list)?;
    Ok(())
}

async fn log_in(guest: &Client, tally: &mut Tally) -> Job<String> {
    tally.value("ping", guest.server().ping().send_raw().await)?;
    let refused = guest.items().list_articles().await;
    tally.refused("articles of a stranger", 403, refused)?;
    let variable = |name: &str| env::var(name).expect("the server has an administrator");
    let email = variable("SERVER_EMAIL");
    let wrong = LoginRequest::new(&email, "wrong");
    tally.refused(
        "a wrong password",
        401,
        guest.authentication().login().body(wrong).await,
    )?;
    let body = LoginRequest::new(&email, variable("SERVER_PASSWORD"));
    let login = guest.authentication().login().body(body).send_raw().await;
    let login = tally.value("log in", login)?.data;
    let refresh = login.and_then(|data| data.refresh_token);
    let body = RefreshRequest::new().refresh_token(tally.some("token to refresh", refresh)?);
    let fresh = guest.authentication().refresh().body(body).send_raw().await;
    let fresh = tally.value("refresh the token", fresh)?.data;
    tally.some("token", fresh.and_then(|data| data.access_token))
}

async fn general(client: &Client, tally: &mut Tally) -> Job {
    let me = client.users().list().send_raw().await;
    let me = tally.value("who am I", me)?.data;
    let email = me.and_then(|me| me.email);
    tally.check(
        "the administrator",
        email.as_deref() == Some("admin@example.com"),
    );
    let collections = client.collections().list().send_raw().await;
    tally.value("collections", collections)?;
    let fields = client
        .fields()
        .get_collection_fields("articles")
        .send_raw()
        .await;
    tally.value("fields of articles", fields)?;
    let settings = client.settings().get().send_raw().await;
    tally.value("settings", settings)?;
    let text = HashGenerateRequest::new("text");
    let hash = client
        .utilities()
        .generate_hash()
        .body(text)
        .send_raw()
        .await;
    let hash = tally.value("hash a text", hash)?.data;
    let body = HashVerifyRequest::new("text", tally.some("hash", hash)?);
    let verified = client.utilities().verify_hash().body(body).send_raw().await;
    let verified = tally.value("verify the hash", verified)?.data;
    tally.check("it is verified", verified == Some(true));
    Ok(())
}

fn one(article: ItemsArticles) -> CreateItemsArticlesRequest {
    article.into()
}

async fn articles(client: &Client, tally: &mut Tally) -> Job {
    let items = client.items();
    let body = ItemsArticles::new()
        .title("Größe")
        .published(true)
        .rating(4.5)
        .tags(json!(["a", {"b": null}]));
    let made = items.create_articles().body(one(body)).send_raw().await;
    let made = tally.value("create an article", made)?.data;
    let id = made.and_then(|made| made.first().and_then(|made| made.id));
    let id = tally.some("its id", id)?;
    let got = items.get_single_items_articles(id).send_raw().await;
    let got = tally.value("get it", got)?.data;
    let got = tally.some("the article", got)?;
    tally.check("its title", got.title.flatten().as_deref() == Some("Größe"));
    tally.check("it is published", got.published.flatten() == Some(true));
    let change = ItemsArticles::new().title(None).published(false);
    let changed = items
        .update_single_items_articles(id)
        .body(change)
        .send_raw()
        .await;
    let changed = tally.value("change it", changed)?.data;
    tally.check("no title", changed.is_some_and(|it| it.title == Some(None)));
    let comment = CreateCommentRequest::new("articles", "1", "good");
    let made = client.comments().create().body(comment).send_raw().await;
    tally.value("comment on it", made)?;
    let comments = client.comments().list().send_raw().await;
    tally.value("comments", comments)?;
    let revisions = client.revisions().list().send_raw().await;
    tally.value("revisions", revisions)?;
    let activity = client.activities().list().limit(2).send_raw().await;
    tally.value("activity", activity)?;
    let deleted = items.delete_single_items_articles(id).send_raw().await;
    tally.value("delete it", deleted)?;
    tally.refused(
        "what is deleted",
        403,
        items.get_single_items_articles(id).await,
    )
}

async fn pages(client: &Client, tally: &mut Tally) -> Job {
    let titles = ["p1", "p2", "p3", "p4", "p5"];
    let list = titles
        .map(|title| ItemsArticles::new().title(title).rating(1.0))
        .into();
    let body = CreateItemsArticlesRequest::List(list);
    let made = client.items().create_articles().body(body).send_raw().await;
    let made = tally.value("create five articles", made)?.data;
    tally.check("five", made.is_some_and(|made| made.len() == 5));
    let all = client.items().list_articles();
    let mut pages = all.sort(["title"]).fields(["id", "title"]).limit(2).items();
    let mut found = Vec::new();
    while let Some(article) = tally.decoded("an article of the list", pages.try_next().await)? {
        found.extend(article.title.flatten());
    }
    tally.check("all titles", found == titles);
    let filter = json!({"title": {"_in": ["p2", "p3"]}});
    let filter = filter.as_object().cloned().unwrap_or_default();
    let some = client
        .items()
        .list_articles()
        .filter(&filter)
        .meta("*")
        .send_raw()
        .await;
    let some = tally.value("filter articles", some)?;
    tally.check("two", some.data.is_some_and(|data| data.len() == 2));
    let counted = some.meta.and_then(|meta| meta.filter_count);
    tally.check("counted", counted == Some(2));
    let found = client.items().list_articles().search("p4").send_raw().await;
    let found = tally.value("search articles", found)?.data;
    tally.check("one", found.is_some_and(|data| data.len() == 1));
    let wrong = client.items().list_articles().sort(["nothing"]).await;
    tally.refused("sort by what is not there", 403, wrong)
}

async fn files(client: &Client, tally: &mut Tally) -> Job {
    let bytes: &[u8] = b"\x00\x01\xfe\xff";
    for (name, content) in [("größe.txt", "Größe".as_bytes()), ("four.bin", bytes)] {
        let file = Part::new(content.to_vec()).file_name(name);
        let form = CreateFileForm::new(file).title("a title");
        let sent = client.files().create().body(form).send_raw().await;
        let sent = tally.value("upload a file", sent)?.data;
        let sent = tally.some("the file", sent)?;
        tally.check("its title", sent.title.as_deref() == Some("a title"));
        tally.check("its name", sent.filename_download.as_deref() == Some(name));
        let id = tally.some("its id", sent.id)?;
        // Described as text, whatever the file contains.
        let got = client.assets().get(&id).send_raw().await;
        let got = tally.decoded("download it", got)?;
        tally.check("its bytes", got.body() == content);
        let deleted = client.files().delete(&id).send_raw().await;
        tally.value("delete it", deleted)?;
    }
    let files = client.files().list().send_raw().await;
    tally.value("list files", files)?;
    let none = client
        .files()
        .get("00000000-0000-4000-8000-000000000000")
        .await;
    tally.refused("a file that is not there", 403, none)
}

async fn folders(client: &Client, tally: &mut Tally) -> Job {
    let body = CreateFolderRequest::new("drafts");
    let made = client.folders().create().body(body).send_raw().await;
    let made = tally.value("make a folder", made)?.data;
    let id = tally.some("its id", made.and_then(|made| made.id))?;
    let body = UpdateFolderRequest::new().name("finals");
    let renamed = client.folders().update(&id).body(body).send_raw().await;
    tally.value("rename it", renamed)?;
    let got = client.folders().get(&id).send_raw().await;
    let got = tally.value("get it", got)?.data;
    tally.check(
        "its name",
        got.is_some_and(|it| it.name.as_deref() == Some("finals")),
    );
    let deleted = client.folders().delete(&id).send_raw().await;
    tally.value("delete it", deleted)
}

async fn users(client: &Client, tally: &mut Tally) -> Job {
    let body = Users::new()
        .email("ada@example.com")
        .password("secret")
        .first_name("Ada");
    let made = client.users().create().body(body).send_raw().await;
    let made = tally.value("create a user", made)?.data;
    let id = tally.some("her id", made.and_then(|made| made.id))?;
    let body = Users::new().title("editor");
    let changed = client.users().update(&id).body(body).send_raw().await;
    tally.value("change her", changed)?;
    let list = client.users().list().send_raw().await;
    let list = tally.value("list users", list)?.data;
    tally.check("two users", list.is_some_and(|list| list.len() == 2));
    let twice = Users::new().email("ada@example.com");
    tally.refused(
        "a user who is there",
        400,
        client.users().create().body(twice).await,
    )?;
    let roles = client.roles().list().send_raw().await;
    tally.value("roles", roles)?;
    let deleted = client.users().delete(&id).send_raw().await;
    tally.value("delete her", deleted)
}
