//! Writes, renames and reads files, and runs kernels.

use std::{env, process::ExitCode};

use sdk::{
    Client,
    types::{
        CreateContentRequest, CreateKernelRequest, GetContentFormat, Kernel, ReplaceContentRequest,
        Session, UpdateContentRequest,
    },
};

use crate::tally::{Job, Tally, builder};

#[path = "../tally.rs"]
mod tally;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let token = env::var("SERVER_TOKEN").expect("the server has a token");
    let authorization = format!("token {token}");
    let signed = builder().default_header("authorization", &authorization);
    let client = signed.build().expect("the address is that of a server");
    let mut tally = Tally::default();
    let _ = general(&client, &mut tally).await;
    let _ = strangers(&mut tally).await;
    let _ = files(&client, &mut tally).await;
    let _ = folders(&client, &mut tally).await;
    let _ = checkpoints(&client, &mut tally).await;
    let _ = kernels(&client, &mut tally).await;
    let _ = sessions(&client, &mut tally).await;
    let _ = config(&client, &mut tally).await;
    tally.finish()
}

async fn general(client: &Client, tally: &mut Tally) -> Job {
    let version = tally.value("version", client.api().get().send_raw().await)?;
    let is_pinned = version.version.is_some_and(|text| text.starts_with("2.21"));
    tally.check("version", is_pinned);
    tally.value("status", client.status().get().send_raw().await)?;
    let me = client.identity().get().send_raw().await;
    let me = tally.value("who am I", me)?;
    let named = me.identity.and_then(|identity| identity.username);
    tally.check("user", named.is_some());
    let document = client.api_spec().get_spec_yaml().send_raw().await;
    tally.value("description", document)?;
    Ok(())
}

/// Sends requests without a token.
async fn strangers(tally: &mut Tally) -> Job {
    let client = builder().build().expect("the address is that of a server");
    let refused = client.kernels().list().await;
    tally.refused("kernels without a token", 403, refused)
}

async fn files(client: &Client, tally: &mut Tally) -> Job {
    let contents = client.contents();
    let text = ReplaceContentRequest::new()
        .type_("file")
        .format("text")
        .content("Größe: 5 €\n");
    let put = contents
        .save_or_upload_file("a b.txt")
        .body(text)
        .send_raw()
        .await;
    let file = tally.value("upload a text", put)?;
    tally.check("name", file.name == "a b.txt");
    let bytes = ReplaceContentRequest::new()
        .type_("file")
        .format("base64")
        .content("AAEC/w==");
    let put = contents
        .save_or_upload_file("four.bin")
        .body(bytes)
        .send_raw()
        .await;
    tally.value("upload bytes", put)?;

    let got = contents.get("a b.txt").send_raw().await;
    let got = tally.value("read the text", got)?;
    tally.check("text", got.content == "Größe: 5 €\n");
    let got = contents.get("four.bin");
    let got = got.format(GetContentFormat::Base64).hash(1);
    let got = tally.value("read the bytes", got.send_raw().await)?;
    tally.check(
        "bytes",
        got.content.trim() == "AAEC/w==" && got.hash.is_some(),
    );
    let got = contents.get("four.bin").content(0).send_raw().await;
    let got = tally.value("what the bytes are", got)?;
    tally.check("size", got.size == Some(4));
    let as_text = contents.get("four.bin");
    let as_text = as_text.format(GetContentFormat::Text).await;
    tally.refused("bytes as a text", 400, as_text)?;

    let to = UpdateContentRequest::new().path("c.txt");
    let moved = contents.update_by_path("a b.txt", to).send_raw().await;
    let moved = tally.value("rename", moved)?;
    tally.check("new name", moved.path == "c.txt");
    let copy = CreateContentRequest::new().copy_from("c.txt");
    let copy = contents.update("").body(copy).send_raw().await;
    tally.value("copy", copy)?;
    let deleted = contents.delete("c.txt").send_raw().await;
    tally.value("delete", deleted)?;
    tally.refused("what is deleted", 404, contents.get("c.txt").await)
}

async fn folders(client: &Client, tally: &mut Tally) -> Job {
    let contents = client.contents();
    let folder = ReplaceContentRequest::new().type_("directory");
    let put = contents
        .save_or_upload_file("deep")
        .body(folder)
        .send_raw()
        .await;
    tally.value("make a folder", put)?;
    let notebook = CreateContentRequest::new().type_("notebook");
    let made = contents.update("deep").body(notebook).send_raw().await;
    let made = tally.value("make a notebook", made)?;
    let got = contents.get(&made.path).send_raw().await;
    tally.value("read the notebook", got)?;
    let listed = contents.get("deep").send_raw().await;
    tally.value("list the folder", listed)?;
    // The empty path is the root.
    let listed = contents.get("").send_raw().await;
    tally.value("list the root", listed)?;
    Ok(())
}

async fn checkpoints(client: &Client, tally: &mut Tally) -> Job {
    let contents = client.contents();
    let text = |text: &str| {
        let body = ReplaceContentRequest::new().type_("file");
        body.format("text").content(text)
    };
    let put = contents.save_or_upload_file("draft.txt").body(text("one"));
    tally.value("first draft", put.send_raw().await)?;
    let made = contents.create_checkpoint("draft.txt").send_raw().await;
    let made = tally.value("make a checkpoint", made)?;
    let put = contents.save_or_upload_file("draft.txt").body(text("two"));
    tally.value("second draft", put.send_raw().await)?;
    let list = contents.list_checkpoints("draft.txt").send_raw().await;
    tally.value("list checkpoints", list)?;
    let restored = contents.restore_particular_checkpointed_state("draft.txt", &made.id);
    tally.value("restore the checkpoint", restored.send_raw().await)?;
    let got = contents.get("draft.txt").send_raw().await;
    let got = tally.value("read the first draft", got)?;
    tally.check("first draft", got.content == "one");
    let deleted = contents.delete_checkpoint("draft.txt", &made.id);
    tally.value("delete the checkpoint", deleted.send_raw().await)
}

async fn kernels(client: &Client, tally: &mut Tally) -> Job {
    let kernels = client.kernels();
    let specs = client.kernelspecs().list().send_raw().await;
    let specs = tally.value("kinds of kernels", specs)?;
    let default = tally.some("default kind", specs.default)?;
    let wanted = CreateKernelRequest::new(default);
    let started = kernels
        .start_and_return_uuid()
        .body(wanted)
        .send_raw()
        .await;
    let id = tally.value("start a kernel", started)?.id;
    let all = tally.value("list kernels", kernels.list().send_raw().await)?;
    tally.check("it is listed", all.iter().any(|kernel| kernel.id == id));
    let got = kernels.get(id.clone()).send_raw().await;
    tally.value("get the kernel", got)?;
    let interrupted = kernels.interrupt(id.clone()).send_raw().await;
    tally.value("interrupt it", interrupted)?;
    let restarted = kernels.restart(id.clone()).send_raw().await;
    tally.value("restart it", restarted)?;
    let ended = kernels.delete(id.clone()).send_raw().await;
    tally.value("end it", ended)?;
    tally.refused("the kernel that ended", 404, kernels.get(id).await)
}

async fn sessions(client: &Client, tally: &mut Tally) -> Job {
    let sessions = client.sessions();
    let none = "00000000-0000-4000-8000-000000000000"
        .parse()
        .expect("an id");
    let mut wanted = Session::new()
        .name("one")
        .path("deep/one.ipynb")
        .type_("notebook");
    wanted.kernel = Some(Kernel::new(none, "python3"));
    if let Some(kernel) = &mut wanted.kernel {
        kernel
            .extra
            .insert("id".to_owned(), serde_json::Value::Null);
    }
    let mut body = wanted.clone();
    body.kernel = None;
    body.extra
        .insert("kernel".to_owned(), serde_json::json!({"name": "python3"}));
    let made = sessions.create().body(body).send_raw().await;
    let made = tally.value("open a session", made)?;
    let id = tally.some("id of the session", made.id)?;
    let all = tally.value("list sessions", sessions.list().send_raw().await)?;
    tally.check(
        "it is listed",
        all.iter().any(|session| session.id.as_ref() == Some(&id)),
    );
    let renamed = Session::new().name("two");
    let renamed = sessions.update(id.clone(), renamed).send_raw().await;
    let renamed = tally.value("rename the session", renamed)?;
    tally.check("new name", renamed.name.as_deref() == Some("two"));
    let got = sessions.get(id.clone()).send_raw().await;
    tally.value("get the session", got)?;
    let closed = sessions.delete(id.clone()).send_raw().await;
    tally.value("close the session", closed)?;
    tally.refused("the closed session", 404, sessions.get(id).await)
}

async fn config(client: &Client, tally: &mut Tally) -> Job {
    let config = client.config();
    let section = serde_json::Map::from_iter([("theme".to_owned(), "dark".into())]);
    let patched = config.update("editor").body(section.clone());
    tally.value("change a setting", patched.send_raw().await)?;
    let got = config.get("editor").send_raw().await;
    let got = tally.value("read the settings", got)?;
    tally.check("setting", got == section);
    Ok(())
}
