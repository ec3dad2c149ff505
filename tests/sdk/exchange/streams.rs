//! Streamed request bodies, and whether they can be retried.

use crate::server::Server;
use crate::{client, told};
use bytes::Bytes;
use exchange::resources::send::PartsForm;
use exchange::transport::Body;
use exchange::{Client, Error, Part};
use futures_core::Stream;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, ReadBuf};

/// Results yielded one after the other, as a stream and as a reader.
struct Pieces(Vec<io::Result<&'static str>>);

impl Pieces {
    fn next(&mut self) -> Option<io::Result<&'static str>> {
        (!self.0.is_empty()).then(|| self.0.remove(0))
    }
}

impl Stream for Pieces {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.next().map(|piece| piece.map(Bytes::from)))
    }
}

impl AsyncRead for Pieces {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if let Some(piece) = self.next() {
            buffer.put_slice(piece?.as_bytes());
        }
        Poll::Ready(Ok(()))
    }
}

fn pieces() -> Pieces {
    Pieces(vec![Ok("ab"), Ok("c")])
}

const BUSY: &str = "503\n\n";
const DONE: &str = "204\n";
const CHUNKED: &str = "content-type: application/octet-stream\ntransfer-encoding: chunked\n\nabc";

async fn exchange(
    answers: &[&str],
    call: impl AsyncFnOnce(Client) -> Result<(), Error>,
) -> (Vec<String>, String) {
    let answers = answers.iter().map(|answer| (*answer).to_owned());
    let server = Server::start(answers.collect());
    let outcome = match call(client(&server)).await {
        Ok(()) => String::new(),
        Err(error) => told(&error),
    };
    (server.requests(), outcome)
}

/// Runs all cases and returns their number.
pub async fn all() -> usize {
    streams().await;
    files().await;
    parts().await;
    downloads().await;
    14
}

async fn streams() {
    let (requests, outcome) = exchange(&[DONE], async |client| {
        client.send().create_bytes(Body::stream(pieces())).await
    })
    .await;
    assert_eq!(requests, [format!("POST /bytes\n{CHUNKED}")], "a stream");
    assert_eq!(outcome, "");

    let (requests, _) = exchange(&[DONE], async |client| {
        client.send().create_bytes(Body::from_reader(pieces())).await
    })
    .await;
    assert_eq!(requests, [format!("POST /bytes\n{CHUNKED}")], "a reader");

    let (requests, _) = exchange(&[DONE], async |client| {
        let body = Body::stream(pieces()).with_length(3);
        client.send().create_bytes(body).await
    })
    .await;
    let known = "content-length: 3\ncontent-type: application/octet-stream\n\nabc";
    assert_eq!(requests, [format!("POST /bytes\n{known}")], "a length");

    // PUT is retried unless the body was consumed.
    let (requests, outcome) = exchange(&[BUSY], async |client| {
        client.send().update_bytes(Body::stream(pieces())).await
    })
    .await;
    assert_eq!(requests.len(), 1, "a stream is sent once");
    assert_eq!(outcome, "api 503 undocumented \"\"");

    let (requests, outcome) = exchange(&[BUSY, DONE], async |client| {
        let body = Body::repeatable(|| Body::stream(pieces()));
        client.send().update_bytes(body).await
    })
    .await;
    let once = format!("PUT /bytes\n{CHUNKED}");
    assert_eq!(
        requests,
        [once.clone(), once],
        "a stream that is made again"
    );
    assert_eq!(outcome, "");

    let (_, outcome) = exchange(&[DONE], async |client| {
        let broken = Pieces(vec![Ok("ab"), Err(io::Error::other("broken"))]);
        client.send().create_bytes(Body::stream(broken)).await
    })
    .await;
    assert!(outcome.starts_with("transport: "), "{outcome}");
}

async fn files() {
    let path = std::env::temp_dir().join(format!("exchange-{}.bin", std::process::id()));
    // Longer than the read buffer.
    let text = "0123456789".repeat(20_000);
    std::fs::write(&path, &text).expect("a file");
    let (requests, outcome) = exchange(&[BUSY, DONE], async |client| {
        let body = Body::from_path(&path).await.expect("a file");
        client.send().update_bytes(body).await
    })
    .await;
    let once = format!(
        "PUT /bytes\ncontent-length: 200000\ncontent-type: application/octet-stream\n\n{text}"
    );
    assert!(requests == [once.clone(), once], "a file is sent again");
    assert_eq!(outcome, "");
    std::fs::remove_file(&path).expect("the file");

    let missing = Body::from_path(&path).await.map(drop);
    assert_eq!(
        missing.map_err(|error| error.kind()),
        Err(io::ErrorKind::NotFound)
    );
}

async fn parts() {
    let folder = std::env::temp_dir().join(format!("exchange-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join("a.txt");
    std::fs::write(&path, "file").expect("a file");
    let (requests, outcome) = exchange(&[DONE], async |client| {
        let file = Part::from_path(&path).await.expect("a file");
        let form = PartsForm::new(file, "t").boundary("B");
        client.send().create_parts(form).await
    })
    .await;
    let body = concat!(
        "--B\r\ncontent-disposition: form-data; name=\"title\"\r\n\r\nt\r\n",
        "--B\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n",
        "content-type: application/octet-stream\r\n\r\nfile\r\n--B--\r\n"
    );
    let head = "POST /parts\ncontent-length: 179\ncontent-type: multipart/form-data; boundary=B";
    assert_eq!(requests, [format!("{head}\n\n{body}")]);
    assert_eq!(outcome, "");
    std::fs::remove_dir_all(&folder).expect("the folder");

    let (requests, _) = exchange(&[DONE], async |client| {
        let file = Part::from_reader(pieces()).file_name("a.txt");
        let form = PartsForm::new(file, "t").boundary("B");
        client.send().create_parts(form).await
    })
    .await;
    let head =
        "POST /parts\ncontent-type: multipart/form-data; boundary=B\ntransfer-encoding: chunked";
    let body = body.replace("\r\nfile\r\n", "\r\nabc\r\n");
    assert_eq!(requests, [format!("{head}\n\n{body}")]);
}

async fn downloads() {
    // The client's limit is 64 bytes, which does not apply to streamed bodies.
    let text = "0123456789".repeat(20_000);
    let answer = format!("200\nx-a: b\n\n{text}");
    let (_, outcome) = exchange(&[&answer], async |client| {
        let mut download = client.get().get_file().send_stream().await?;
        assert_eq!(download.status(), 200);
        assert_eq!(download.headers()["x-a"], "b");
        assert_eq!(download.length(), Some(200_000));
        let mut received = Vec::new();
        while let Some(chunk) = download.chunk().await? {
            received.extend_from_slice(&chunk);
        }
        assert!(received == text.as_bytes(), "the whole file");
        Ok(())
    })
    .await;
    assert_eq!(outcome, "");

    let (requests, outcome) = exchange(&["503\n\n", "200\n\nabc"], async |client| {
        let body = client.get().get_file().send_stream().await?.into_body();
        assert_eq!(body.bytes(3).await.expect("bytes"), "abc");
        Ok(())
    })
    .await;
    assert_eq!((requests.len(), &*outcome), (2, ""), "it is asked again");

    let (_, outcome) = exchange(&["404\n\n{\"title\":\"t\"}"], async |client| {
        client.get().get_file().send_stream().await.map(drop)
    })
    .await;
    let error =
        "api 404 Problem(Problem { title: \"t\", extra: {} }) \"{\\\"title\\\":\\\"t\\\"}\"";
    assert_eq!(outcome, error);

    let (_, outcome) = exchange(&["200\ncontent-length: 5\n\nabc"], async |client| {
        let mut download = client.get().get_file().send_stream().await?;
        while download.chunk().await?.is_some() {}
        Ok(())
    })
    .await;
    assert!(outcome.starts_with("transport: "), "cut short: {outcome}");
}
