//! Decoding of bytes that no type of the flagship API covers.

use std::collections::BTreeMap;

use crate::requests::{GET, core};
use crate::runtime::{Error, MemoryTransport, Request, decode};
use serde_core::{Deserialize, Deserializer};

#[tokio::test]
async fn decode_errors_have_a_path() {
    #[derive(Debug)]
    struct Typed;
    /// Decodes `{"calls": [{"duration": number}]}` strictly.
    impl<'de> Deserialize<'de> for Typed {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            BTreeMap::<String, Vec<BTreeMap<String, f64>>>::deserialize(deserializer)?;
            Ok(Typed)
        }
    }
    let table = [
        (
            r#"{"calls": [{}, {"a": 1}, {"duration": "x"}]}"#,
            "$.calls[2].duration",
        ),
        (r#"{"calls": [{"duration": {}}]}"#, "$.calls[0].duration"),
        (r#"{"calls": [{"duration": [1]}]}"#, "$.calls[0].duration"),
        (r#"{"calls": [{"duration": null}]}"#, "$.calls[0].duration"),
        (
            "{\"calls\":\n [{\n  \"a\": 1,\n  \"duration\": true}]}",
            "$.calls[0].duration",
        ),
        (r#"{"calls": [{"a b": "x"}]}"#, r#"$.calls[0]["a b"]"#),
        (r#"{"calls": [{"a\"]b": "x"}]}"#, r#"$.calls[0]["a\"]b"]"#),
        (r#"{"a": [{"é": 1}], "calls": 7}"#, "$.calls"),
        (r#"{"a": [{"b": 1}, 2]}"#, "$.a[1]"),
        (r#"{"a": [{"b": 1"#, "$.a[0].b"),
        (r#"{"a": [{"b": 1}"#, "$.a[0]"),
        (r#"{"a": [{"b": 1},"#, "$.a[1]"),
        (r#"{"a": [{"b""#, "$.a[0]"),
        (r#"{"a": [{"b"#, "$.a[0]"),
        (r#"{"a": [] "b": []}"#, "$.a"),
        (r#"{"a": []} x"#, "$"),
        (r#"7"#, "$"),
    ];
    for (body, path) in table {
        let transport = MemoryTransport::new().json(200, body);
        let result = Request::new(&core(&transport), &GET)
            .send(decode::json::<Typed>)
            .await;
        let Err(Error::Decode(error)) = result else {
            panic!("{body}: {result:?}");
        };
        assert_eq!(error.path(), path, "{body}: {error}");
        assert!(!error.reason().contains("line"), "{error}");
    }

    let transport = MemoryTransport::new().response(http::Response::new(b"a\n\xffb"[..].into()));
    let error = Request::new(&core(&transport), &GET)
        .send(decode::text)
        .await;
    let Err(Error::Decode(error)) = error else {
        panic!("{error:?}");
    };
    assert_eq!((error.line(), error.column()), (2, 0), "{error}");
}

#[test]
fn envelopes() {
    let read = |body: &str| {
        decode::received_enveloped::<Vec<u8>>("test", body.as_bytes(), &["calls", "data"])
    };
    let good = [
        "[1, 2]",
        r#" {"calls": [1, 2], "n": 1}"#,
        r#"{"data": [1, 2], "calls": 5}"#,
        r#"{"data": [9], "calls": [1, 2]}"#,
        r#"{"c\u0061lls": [7], "calls": [1, 2]}"#,
    ];
    for body in good {
        assert_eq!(read(body).expect(body), [1, 2], "{body}");
    }
    let bad = [
        (r#"{"x": [1], "calls": [1, 300]}"#, "$.calls[1]"),
        ("{\n \"data\": [\n1,\n \"x\"]}", "$.data[1]"),
        (r#"{"x": [1]}"#, "$"),
        (r#"{"calls": [1"#, "$.calls[0]"),
        ("[1, -1]", "$[1]"),
    ];
    for (body, path) in bad {
        let Err(Error::Decode(error)) = read(body) else {
            panic!("{body}");
        };
        assert_eq!(error.path(), path, "{body}: {error}");
    }
}
