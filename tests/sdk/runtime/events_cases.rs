//! Server-sent events by the test cases of the WHATWG, split at every byte.

use crate::events::Parser;
use std::time::Duration;

/// A name, the received text, and the events in it: kind, ID and data.
type Row = (
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str, &'static str)],
);

const CASES: &[Row] = &[
    ("data", "data: a\n\n", &[("message", "", "a")]),
    (
        "lines",
        "data: YHOO\ndata: +2\ndata: 10\n\n",
        &[("message", "", "YHOO\n+2\n10")],
    ),
    (
        "comments, ids, and an id taken back",
        ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
        &[
            ("message", "1", "first event"),
            ("message", "", "second event"),
            ("message", "", " third event"),
        ],
    ),
    (
        "no data is an event, no field of data is none",
        "data\n\ndata\ndata\n\ndata:",
        &[("message", "", ""), ("message", "", "\n")],
    ),
    (
        "one space is left out",
        "data:test\n\ndata: test\n\n",
        &[("message", "", "test"), ("message", "", "test")],
    ),
    (
        "a name",
        "event: add\ndata: 1\n\ndata: 2\n\n",
        &[("add", "", "1"), ("message", "", "2")],
    ),
    (
        "a name without data is forgotten",
        "event: add\n\ndata: 2\n\n",
        &[("message", "", "2")],
    ),
    (
        "an id stays",
        "id: 7\ndata: a\n\ndata: b\n\n",
        &[("message", "7", "a"), ("message", "7", "b")],
    ),
    (
        "an id without data counts",
        "id: 7\n\ndata: b\n\n",
        &[("message", "7", "b")],
    ),
    (
        "an id with a null is none",
        "id: 1\n\nid: a\0b\ndata: a\n\n",
        &[("message", "1", "a")],
    ),
    (
        "returns",
        "data: a\rdata: b\r\rdata: c\r\r",
        &[("message", "", "a\nb"), ("message", "", "c")],
    ),
    (
        "both",
        "data: a\r\ndata: b\r\n\r\n",
        &[("message", "", "a\nb")],
    ),
    (
        "mixed",
        "data: a\r\ndata: b\n\rdata: c\n\r\n",
        &[("message", "", "a\nb"), ("message", "", "c")],
    ),
    (
        "a mark at the begin",
        "\u{feff}data: a\n\n",
        &[("message", "", "a")],
    ),
    (
        "a mark is taken out once",
        "\u{feff}\u{feff}data: a\n\ndata: b\n\n",
        &[("message", "", "b")],
    ),
    (
        "other fields",
        "datum: x\nDATA: y\n data: z\ndata: a\n\n",
        &[("message", "", "a")],
    ),
    (
        "an incomplete event",
        "data: a\n\ndata: b\n",
        &[("message", "", "a")],
    ),
    ("colons", "data:: a:b\n\n", &[("message", "", ": a:b")]),
    (
        "letters beyond ASCII",
        "data: ü€🎉\n\n",
        &[("message", "", "ü€🎉")],
    ),
];

fn read(parser: &mut Parser, chunks: &[&[u8]]) -> Vec<(String, String, String)> {
    let mut events = Vec::new();
    for chunk in chunks {
        parser.feed(chunk.to_vec().into());
        while let Some(event) = parser.next().expect("no limit is reached") {
            let id = event.id.unwrap_or_default();
            events.push((event.event, id, event.data));
        }
    }
    events
}

#[test]
fn events_are_the_same_wherever_the_bytes_are_split() {
    for (name, text, expected) in CASES {
        let owned = |(event, id, data): &(&str, &str, &str)| {
            ((*event).to_owned(), (*id).to_owned(), (*data).to_owned())
        };
        let expected: Vec<_> = expected.iter().map(owned).collect();
        let bytes = text.as_bytes();
        for first in 0..=bytes.len() {
            for second in first..=bytes.len() {
                let chunks = [&bytes[..first], &bytes[first..second], &bytes[second..]];
                let events = read(&mut Parser::new(), &chunks);
                assert_eq!(events, expected, "{name}, split at {first} and {second}");
            }
        }
        let singly: Vec<&[u8]> = bytes.chunks(1).collect();
        assert_eq!(
            read(&mut Parser::new(), &singly),
            expected,
            "{name}, singly"
        );
    }
}

#[test]
fn bytes_that_are_no_text_are_replaced() {
    let events = read(&mut Parser::new(), &[b"data: a\xffb\n\n"]);
    assert_eq!(events[0].2, "a\u{fffd}b");
}

#[test]
fn the_wait_is_digits_alone() {
    let mut parser = Parser::new();
    read(&mut parser, &[b"retry: 250\nretry: 1s\nretry\n"]);
    assert_eq!(parser.retry, Some(Duration::from_millis(250)));
}

#[test]
fn an_event_has_a_limit_however_it_arrives() {
    for text in [
        "data: 123456789",
        "data: 1234\ndata: 567\n",
        ":123456789012",
    ] {
        for size in 1..=text.len() {
            let mut parser = Parser::new();
            parser.limit = 10;
            let mut failed = false;
            for chunk in text.as_bytes().chunks(size) {
                parser.feed(chunk.to_vec().into());
                failed |=
                    std::iter::from_fn(|| parser.next().transpose()).any(|next| next.is_err());
                if failed {
                    break;
                }
            }
            assert!(failed, "{text:?} by {size}");
        }
    }
}

#[test]
fn what_begins_anew_keeps_the_id_and_forgets_the_rest() {
    let mut parser = Parser::new();
    read(&mut parser, &[b"id: 1\ndata: a\n\nid: 2\ndata: b\n"]);
    parser.restart();
    let events = read(&mut parser, &[b"\ndata: c\n\n"]);
    assert_eq!(
        events,
        [("message".to_owned(), "1".to_owned(), "c".to_owned())]
    );
}
