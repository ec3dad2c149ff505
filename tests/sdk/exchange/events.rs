//! Responses that are read value by value.

use crate::server::Server;
use crate::{client, told};
use exchange::types::{AskRequest, KindsResponseItem};
use exchange::{Client, Error, StreamError};

const EVENTS: &str = "200\ncontent-type: text/event-stream; charset=utf-8\n";

async fn exchange<T>(
    answers: &[String],
    call: impl AsyncFnOnce(Client) -> Result<T, Error>,
) -> (Vec<String>, T) {
    let server = Server::start(answers.to_vec());
    let value = call(client(&server)).await.expect("an answer");
    (server.requests(), value)
}

fn note(text: &str) -> String {
    format!("data: {{\"text\":\"{text}\"}}\n\n")
}

/// Runs all cases and returns their number.
pub async fn all() -> usize {
    values().await;
    kinds().await;
    errors().await;
    reconnects().await;
    ids().await;
    marks().await;
    flags().await;
    lines().await;
    19
}

async fn texts(
    client: Client,
    reconnects: u32,
) -> Result<(Vec<String>, Option<StreamError>), Error> {
    let events = client.get().listen().send_events().await?;
    let mut events = events.max_item_size(100).reconnect(reconnects);
    let mut texts = Vec::new();
    loop {
        match events.try_next().await {
            Ok(Some(event)) => texts.push(event.data.text),
            Ok(None) => return Ok((texts, None)),
            Err(error) => return Ok((texts, Some(error))),
        }
    }
}

async fn values() {
    // Nothing is read after the end marker.
    let body = format!(
        "{}id: 5\n{}data: [DONE]\n\n{}",
        note("a"),
        note("b"),
        note("c")
    );
    let (requests, (texts, error)) = exchange(&[format!("{EVENTS}\n{body}")], async |client| {
        texts(client, 0).await
    })
    .await;
    assert_eq!(
        requests,
        ["GET /notes/events\naccept: text/event-stream\n\n"]
    );
    assert_eq!(texts, ["a", "b"]);
    assert!(error.is_none());
}

async fn errors() {
    let cut = format!(
        "{EVENTS}content-length: 900\n\nid: 7\n{}data: {{",
        note("a")
    );
    let (_, (texts_, error)) = exchange(&[cut], async |client| texts(client, 0).await).await;
    let error = error.expect("an error");
    assert_eq!(texts_, ["a"], "what came before a break");
    assert!(matches!(error.error(), Error::Transport(_)), "{error}");
    assert_eq!((error.received(), error.last_event_id()), (1, Some("7")));

    let long = format!("{EVENTS}\n{}data: {}", note("a"), "x".repeat(101));
    let (_, (texts_, error)) = exchange(&[long], async |client| texts(client, 0).await).await;
    assert_eq!(texts_, ["a"], "what came before an event that is too long");
    let error = Error::from(error.expect("an error"));
    assert_eq!(told(&error), "transport: the response is too large");

    // A malformed event does not affect the events after it.
    let bad = format!("{EVENTS}\n{}data: 1\n\n{}", note("a"), note("b"));
    let (_, ()) = exchange(&[bad], async |client| {
        let mut events = client.get().listen().send_events().await?;
        assert!(events.try_next().await?.is_some());
        let error = events.try_next().await.expect_err("no note");
        assert!(
            error.error().is_decode() && error.received() == 1,
            "{error}"
        );
        let event = events.try_next().await?.expect("an event");
        assert_eq!(event.data.text, "b");
        assert!(events.try_next().await?.is_none());
        Ok(())
    })
    .await;

    let server = Server::start(vec!["200\ncontent-type: application/json\n\n{}".to_owned()]);
    let error = client(&server).get().listen().send_events().await;
    assert!(
        error.is_err_and(|error| error.is_decode()),
        "another media type"
    );
    server.requests();
}

async fn reconnects() {
    let cut = format!(
        "{EVENTS}connection: close\ncontent-length: 900\n\nid: 7\nretry: 1\n{}data: lost",
        note("a")
    );
    let ended = format!("{EVENTS}\n{}", note("b"));
    let answers = [cut.clone(), ended, "204\n\n".to_owned()];
    let (requests, (texts_, error)) =
        exchange(&answers, async |client| texts(client, 9).await).await;
    assert_eq!(texts_, ["a", "b"]);
    assert!(error.is_none(), "204 is the end");
    let first = "GET /notes/events\naccept: text/event-stream\n\n".to_owned();
    let again = "GET /notes/events\naccept: text/event-stream\nlast-event-id: 7\n\n".to_owned();
    assert_eq!(requests, [first, again.clone(), again]);

    let (requests, (texts_, error)) =
        exchange(&[cut.clone(), cut], async |client| texts(client, 1).await).await;
    assert_eq!(
        (requests.len(), texts_.len()),
        (2, 2),
        "no more than allowed"
    );
    assert!(error.is_some_and(|error| error.received() == 2));
}

/// Checks that an ID that no header can hold is ignored, and that the last valid ID is kept.
async fn ids() {
    let cut = |id: &str| {
        format!(
            "{EVENTS}connection: close\ncontent-length: 900\n\nid: 7\n{}id: {id}\nretry: 1\n{}data: lost",
            note("a"),
            note("b")
        )
    };
    for (id, sent) in [
        ("a\u{1}b", "7"),
        ("a\0b", "7"),
        ("\u{7f}", "7"),
        ("ü€", "ü€"),
        ("a\tb", "a\tb"),
    ] {
        let (requests, (texts_, error)) =
            exchange(&[cut(id), "204\n\n".to_owned()], async |client| {
                texts(client, 1).await
            })
            .await;
        assert_eq!(texts_, ["a", "b"], "{id:?}");
        assert!(error.is_none(), "{id:?}: {error:?}");
        let again = format!("last-event-id: {sent}\n");
        assert!(requests[1].contains(&again), "{id:?}: {requests:?}");
    }
}

/// Checks that a stream and each value may begin with a byte order mark.
async fn marks() {
    let body = format!("\u{feff}{}data: \u{feff}{{\"text\":\"b\"}}\n\n", note("a"));
    let (_, (texts_, error)) = exchange(&[format!("{EVENTS}\n{body}")], async |client| {
        texts(client, 0).await
    })
    .await;
    assert_eq!(texts_, ["a", "b"]);
    assert!(error.is_none(), "{error:?}");
    let body = "\u{feff}\n\u{feff}{\"text\":\"a\"}\n{\"text\":\"b\"}";
    let answer = format!("200\ncontent-type: application/x-ndjson\n\n{body}");
    let (_, ()) = exchange(&[answer], async |client| {
        let mut lines = client.get().get_note_lines().send_lines().await?;
        assert_eq!(lines.try_next().await?.expect("a line").text, "a");
        assert_eq!(lines.try_next().await?.expect("a line").text, "b");
        assert!(lines.try_next().await?.is_none());
        Ok(())
    })
    .await;
}

async fn flags() {
    let answer = [format!("{EVENTS}\n{}", note("a"))];
    let body = AskRequest::new("q").much(0.1);
    let (requests, event) = exchange(&answer, async |client| {
        let mut events = client.get().create_ask(body).send_events().await?.reconnect(1);
        let event = events.try_next().await?;
        assert!(events.try_next().await?.is_none(), "POST is sent once");
        Ok(event)
    })
    .await;
    assert_eq!(event.expect("an event").data.text, "a");
    let json = "{\"much\":0.1,\"stream\":true,\"text\":\"q\"}";
    let head = format!("accept: text/event-stream\ncontent-length: {}", json.len());
    let request = format!("POST /notes/ask\n{head}\ncontent-type: application/json\n\n{json}");
    assert_eq!(requests, [request]);
}

/// Checks streams with several kinds of events, some with JSON data.
async fn kinds() {
    let body = "event: said\ndata: {\"text\":1}\n\nevent: noted\nid: 7\ndata: {\"text\":\ndata: \"a\"}\n\n\
                event: counted\ndata: 5\n\nevent: new\ndata: {}\n\nevent: counted\ndata: \"many\"\n\n\
                event: noted\ndata: 1,\"event\":\"said\"\n\nevent: summed\ndata: 6\n\n";
    let (_, ()) = exchange(&[format!("{EVENTS}\n{body}")], async |client| {
        let mut events = client.get().get_kinds().send_events().await?;
        let said = events.try_next().await?.expect("a text");
        let KindsResponseItem::Said(said) = said.data else {
            panic!("{said:?}");
        };
        assert_eq!(said.data, "{\"text\":1}");
        let event = events.try_next().await?.expect("a note");
        assert_eq!((&*event.event, event.id.as_deref()), ("noted", Some("7")));
        let KindsResponseItem::Noted(noted) = event.data else {
            panic!("{event:?}");
        };
        assert_eq!((&*noted.data.text, noted.id.as_deref()), ("a", Some("7")));
        let counted = events.try_next().await?.expect("a number");
        assert!(format!("{counted:?}").contains("data: 5"), "{counted:?}");
        let new = events.try_next().await?.expect("an unknown kind");
        assert_eq!(new.event, "new");
        let KindsResponseItem::Unknown(new) = new.data else {
            panic!("{new:?}");
        };
        assert_eq!(new["data"], "{}");
        let error = events.try_next().await.expect_err("no number");
        assert!(error.to_string().contains("$.data"), "{error}");
        let error = events.try_next().await.expect_err("data that is not JSON");
        assert!(error.error().is_decode(), "{error}");
        let summed = events.try_next().await?.expect("a number");
        assert_eq!(summed.event, "summed");
        assert!(events.try_next().await?.is_none());
        Ok(())
    })
    .await;

    let body = "event: said\ndata: a\n\ndata: {\"text\":\"b\"}\n\n";
    let (_, ()) = exchange(&[format!("{EVENTS}\n{body}")], async |client| {
        let mut events = client.get().get_mostly_json().send_events().await?;
        let said = events.try_next().await?.expect("a text");
        assert!(format!("{said:?}").contains("data: \"a\""), "{said:?}");
        let note = events.try_next().await?.expect("a note");
        assert!(format!("{note:?}").contains("text: \"b\""), "{note:?}");
        Ok(())
    })
    .await;
}

async fn lines() {
    let body = "{\"text\":\"a\"}\n\n  {\"text\":\"b\"}\r\n1\n{\"text\":\"c\"}";
    let answer = format!("200\ncontent-type: application/x-ndjson\n\n{body}");
    let (requests, ()) = exchange(&[answer], async |client| {
        let mut lines = client.get().get_note_lines().send_lines().await?;
        assert_eq!(lines.try_next().await?.expect("a line").text, "a");
        assert_eq!(lines.try_next().await?.expect("a line").text, "b");
        let error = lines.try_next().await.expect_err("no note");
        assert!(
            error.error().is_decode() && error.received() == 2,
            "{error}"
        );
        assert_eq!(lines.try_next().await?.expect("a line").text, "c");
        assert!(lines.try_next().await?.is_none());
        Ok(())
    })
    .await;
    assert_eq!(
        requests,
        ["GET /notes/lines\naccept: application/x-ndjson\n\n"]
    );

    let answer = "200\n\n{\"text\":\"too long\"}\n".to_owned();
    let (_, ()) = exchange(&[answer], async |client| {
        let lines = client.get().get_note_lines().send_lines().await?;
        let error = lines.max_item_size(10).try_next().await.expect_err("too long");
        assert!(matches!(error.error(), Error::Transport(_)), "{error}");
        Ok(())
    })
    .await;
}
