//! Decodes responses that deviate from their description: `body → value | deviations`.

use http::Response;
use lenient::transport::MemoryTransport;
use lenient::{RequestOptions, Client, Error, RawResponse, Result};
use std::fmt::Debug;

/// Returns a thing as described, except for the properties that a case replaces.
macro_rules! thing {
    ($($replaced:tt)*) => {
        concat!(
            r#"{"id":"a","count":1,"active":true,"ratio":0.5,"tags":["x"],"kind":"big","owner":{"name":"o"}"#,
            $($replaced)*,
            "}"
        )
    };
}

/// A name, a body, the expected fields, and the expected deviations, one a line.
type Case = (&'static str, &'static str, &'static str, &'static str);

const THINGS: &[Case] = &[
    ("as described", thing!(""), "a 1 true 0.5 [x] big o", ""),
    (
        "required and missing",
        "{}",
        " 0 false 0 []  ",
        "$.id: expected string, found nothing
$.count: expected integer, found nothing
$.active: expected boolean, found nothing
$.ratio: expected number, found nothing
$.tags: expected array, found nothing
$.kind: expected string, found nothing
$.owner: expected object, found nothing",
    ),
    (
        "required and null",
        thing!(
            r#","id":null,"count":null,"active":null,"ratio":null,"tags":null,"kind":null,"owner":null"#
        ),
        " 0 false 0 []  ",
        "$.id: expected string, found null
$.count: expected integer, found null
$.active: expected boolean, found null
$.ratio: expected number, found null
$.tags: expected array, found null
$.kind: expected string, found null
$.owner: expected object, found null",
    ),
    (
        "missing within a required object",
        thing!(r#","owner":{"parent":{}}"#),
        "a 1 true 0.5 [x] big ",
        "$.owner.parent.name: expected string, found nothing
$.owner.name: expected string, found nothing",
    ),
    (
        "a number for a boolean",
        thing!(r#","active":0"#),
        "a 1 false 0.5 [x] big o",
        "$.active: expected boolean, found number",
    ),
    (
        "a text for a boolean",
        thing!(r#","active":"true""#),
        "a 1 true 0.5 [x] big o",
        "$.active: expected boolean, found string",
    ),
    (
        "texts for numbers",
        thing!(r#","count":"7","ratio":"1.5e1""#),
        "a 7 true 15 [x] big o",
        "$.count: expected integer, found string
$.ratio: expected number, found string",
    ),
    (
        "a whole float is an integer",
        thing!(r#","count":5.0"#),
        "a 5 true 0.5 [x] big o",
        "",
    ),
    (
        "numbers for texts",
        thing!(r#","id":12345678901234567890,"kind":1"#),
        "12345678901234567890 1 true 0.5 [x] 1 o",
        "$.id: expected string, found number
$.kind: expected string, found number",
    ),
    (
        "a map and a list for texts",
        thing!(r#","id":{"a": [1]},"tags":[["x", 1]],"kind":{}"#),
        r#"{"a": [1]} 1 true 0.5 [["x", 1]] {} o"#,
        "$.id: expected string, found object
$.tags[0]: expected string, found array
$.kind: expected string, found object",
    ),
    (
        "one for a list of one",
        thing!(r#","tags":"y","sizes":4"#),
        "a 1 true 0.5 [y] big o",
        "$.tags: expected array, found string
$.sizes: expected array, found number",
    ),
    (
        "items of another type",
        thing!(r#","tags":[1],"sizes":["1",2.0]"#),
        "a 1 true 0.5 [1] big o",
        "$.tags[0]: expected string, found number
$.sizes[0]: expected integer, found string",
    ),
    (
        "an empty list for an empty map, as PHP writes it",
        thing!(r#","labels":[],"owner":[]"#),
        "a 1 true 0.5 [x] big ",
        "$.labels: expected object, found array
$.owner: expected object, found array",
    ),
    (
        "a list of one for an object",
        thing!(r#","owner":[{"name":5}]"#),
        "a 1 true 0.5 [x] big 5",
        "$.owner: expected object, found array
$.owner[0].name: expected string, found number",
    ),
    (
        "half of a surrogate pair in an unknown property",
        thing!(r#","unknown":"a\ud800b \ud83d\ude00 \\ud800""#),
        "a 1 true 0.5 [x] big o",
        "$.unknown: expected string, found half of a surrogate pair",
    ),
    (
        "a key that is no name",
        thing!(r#","labels":{"a b":1}"#),
        "a 1 true 0.5 [x] big o",
        r#"$.labels["a b"]: expected string, found number"#,
    ),
];

/// Bodies that cannot be decoded, and the expected error.
const REFUSED: &[(&str, &str, &str)] = &[
    (
        "an item that is null",
        thing!(r#","tags":["a",null]"#),
        "$.tags[1]: invalid type: null, expected a string",
    ),
    (
        "a list of several for an object",
        thing!(r#","owner":[{"name":"a"},{"name":"b"}]"#),
        "$.owner: invalid type: sequence, expected an `Owner` object",
    ),
    (
        "a map for a number",
        thing!(r#","count":{}"#),
        "$.count: invalid type: map, expected i64",
    ),
    (
        "a text for a number",
        thing!(r#","count":"many""#),
        "$.count: invalid type: string \"many\", expected i64",
    ),
    (
        "a fraction for an integer",
        thing!(r#","count":1.5"#),
        "$.count: invalid type: floating point `1.5`, expected i64",
    ),
    (
        "infinity for a number",
        thing!(r#","ratio":"inf""#),
        "$.ratio: invalid type: string \"inf\", expected f64",
    ),
    (
        "a list that is null within an optional list",
        thing!(r#","sizes":[null]"#),
        "$.sizes[0]: invalid type: null, expected i64",
    ),
    ("no JSON", "<html>", "$: expected value"),
    ("nothing", "", "$: it is empty"),
];

fn client(body: &str, media_type: &str, strict: bool) -> Client {
    let response = Response::builder()
        .status(200)
        .header("content-type", media_type);
    let response = response
        .body(body.as_bytes().to_vec().into())
        .expect("a response");
    let builder = Client::builder().transport(MemoryTransport::new().response(response));
    let builder = if strict {
        builder.strict_responses()
    } else {
        builder
    };
    builder.build().expect("a client")
}

/// Returns a client whose responses consist of a status alone.
fn answered(status: u16, strict: bool) -> Client {
    let response = Response::builder().status(status).body(Vec::new().into());
    let transport = MemoryTransport::new().response(response.expect("a response"));
    let builder = Client::builder().transport(transport);
    let builder = if strict {
        builder.strict_responses()
    } else {
        builder
    };
    builder.build().expect("a client")
}

const JSON: &str = "application/json";

/// Returns the value and the deviations as text.
fn shown<T>(raw: Result<RawResponse<T>>, show: impl Fn(T) -> String) -> (String, String) {
    let value = raw.and_then(|raw| {
        let deviations = raw.deviations()?;
        let lines: Vec<String> = deviations.iter().map(ToString::to_string).collect();
        Ok((show(raw.decode()?), lines.join("\n")))
    });
    value.unwrap_or_else(|error| (fault(&error), String::new()))
}

fn fault(error: &Error) -> String {
    match error {
        Error::Decode(error) => format!("{}: {}", error.path(), error.reason()),
        other => other.to_string(),
    }
}

fn debug<T: Debug>(value: T) -> String {
    format!("{value:?}")
}

fn fields(thing: lenient::types::Thing) -> String {
    let (tags, owner) = (thing.tags.join(","), thing.owner.name);
    format!(
        "{} {} {} {} [{tags}] {} {owner}",
        thing.id, thing.count, thing.active, thing.ratio, thing.kind
    )
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    things().await;
    unions().await;
    dates().await;
    tuples().await;
    whole_bodies().await;
    encoded_bytes().await;
    println!(
        "{} bodies are read as the tables say",
        THINGS.len() + REFUSED.len()
    );
}

async fn things() {
    for (name, body, value, deviations) in THINGS {
        let raw = client(body, JSON, false).thing().get().send_raw().await;
        assert_eq!(
            shown(raw, fields),
            ((*value).to_owned(), (*deviations).to_owned()),
            "{name}"
        );

        // Strict decoding fails at the first deviation.
        let strict = client(body, JSON, true).thing().get().await;
        let options = RequestOptions::new().strict_responses();
        let once = client(body, JSON, false)
            .thing()
            .get()
            .options(options)
            .await;
        let first = deviations.lines().next().unwrap_or_default();
        let expected = match deviations.is_empty() {
            true => (*value).to_owned(),
            false => first.to_owned(),
        };
        assert_eq!(
            strict.map_or_else(|error| fault(&error), fields),
            expected,
            "{name}"
        );
        assert_eq!(
            once.map_or_else(|error| fault(&error), fields),
            expected,
            "{name}"
        );

        // A list decodes its items in the same way.
        let list = format!("[{}, {body}]", thing!(""));
        let raw = client(&list, JSON, false).things().list().send_raw().await;
        let (_, of_list) = shown(raw, debug);
        let within: Vec<String> = deviations
            .lines()
            .map(|line| line.replacen('$', "$[1]", 1))
            .collect();
        assert_eq!(of_list, within.join("\n"), "{name}");
    }
    for (name, body, why) in REFUSED {
        let result = client(body, JSON, false).thing().get().await;
        assert_eq!(
            result.map_or_else(|error| fault(&error), fields),
            *why,
            "{name}"
        );
    }
}

async fn unions() {
    let tagged = r#"{"output":[{"content":[{"text":"t","logprobs":null}],"at":"2026-01-31","type":"text"}]}"#;
    let raw = client(tagged, JSON, false).message().list().send_raw().await;
    let (value, deviations) = shown(raw, debug);
    assert!(value.contains("logprobs: []"), "{value}");
    assert_eq!(
        deviations,
        "$.output[0].content[0].logprobs: expected array, found null"
    );

    // The error's path continues inside a union whose discriminator comes last.
    let refused =
        r#"{"output":[{"content":[{"text":"t","logprobs":["x"]}],"at":"2026-01-31","type":"text"}]}"#;
    let error = client(refused, JSON, false)
        .message()
        .list()
        .await
        .expect_err("an error");
    assert!(
        fault(&error).starts_with("$.output[0].content[0].logprobs[0]: "),
        "{error}"
    );

    // A branch that fits strictly takes precedence over an earlier branch that fits leniently.
    let raw = client(r#"{"side":2}"#, JSON, false)
        .shape()
        .get()
        .send_raw()
        .await;
    let (value, deviations) = shown(raw, debug);
    assert!(value.contains("side: 2"), "{value}");
    assert_eq!(deviations, "");
    let raw = client(r#"{"side":"2"}"#, JSON, false)
        .shape()
        .get()
        .send_raw()
        .await;
    let (value, deviations) = shown(raw, debug);
    assert!(value.contains("side: 2"), "{value}");
    assert_eq!(deviations, "$.side: expected integer, found string");
}

/// Checks that a date-time is accepted where a date is described, and only there.
async fn dates() {
    let body = r#"{"day":"2026-01-31T10:30:00+01:00","days":["2026-01-31","2026-02-01 00:00:00"]}"#;
    let raw = client(body, JSON, false).days().list().send_raw().await;
    let (value, deviations) = shown(raw, debug);
    assert!(
        value.starts_with("Days { day: Some(2026-01-31), days: Some([2026-01-31, 2026-02-01])"),
        "{value}"
    );
    assert_eq!(
        deviations,
        "$.day: expected date, found date-time\n$.days[1]: expected date, found date-time"
    );
    let error = client(body, JSON, true)
        .days()
        .list()
        .await
        .expect_err("an error");
    assert_eq!(fault(&error), "$.day: expected date, found date-time");

    let body = r#"{"moment":"2026-01-31T10:30:00+01:00"}"#;
    let raw = client(body, JSON, false).days().list().send_raw().await;
    let (value, deviations) = shown(raw, debug);
    assert!(
        value.contains("moment: Some(DateTime(2026-01-31T10:30:00+01:00))"),
        "{value}"
    );
    assert_eq!(deviations, "");
    for body in [
        r#"{"day":"20260131"}"#,
        r#"{"day":"2026-01-31x"}"#,
        r#"{"day":"2026-13-31"}"#,
    ] {
        client(body, JSON, false)
            .days()
            .list()
            .await
            .expect_err(body);
    }
}

/// Checks that a tuple may be shorter than described unless `minItems` forbids it.
async fn tuples() {
    let body = r#"{"pair":["a"],"pairs":[["a",["b"]],[],["c"]]}"#;
    let raw = client(body, JSON, false).tuples().list().send_raw().await;
    let (value, deviations) = shown(raw, debug);
    let pairs = r#"pair: Some(("a", 0)), pairs: Some([("a", ["b"]), ("", []), ("c", [])])"#;
    assert!(value.contains(pairs), "{value}");
    assert_eq!(
        deviations,
        "$.pair[1]: expected integer, found nothing
$.pairs[1][0]: expected string, found nothing
$.pairs[1][1]: expected array, found nothing
$.pairs[2][1]: expected array, found nothing"
    );
}

async fn encoded_bytes() {
    // A text, and its deviations in a base64 field and in a base64url field.
    let other = "$.{}: expected base64, found base64url";
    let other_url = "$.{}: expected base64url, found base64";
    for (text, standard, url) in [
        ("+/8APw==", "", other_url),
        ("-_8APw==", other, ""),
        ("+/8APw", "", other_url),
        ("-_8APw", other, ""),
        ("+/8A\\r\\nPw==\\r\\n", "", other_url),
        ("-_8A\\nPw", other, ""),
        ("-/8APw", other, other_url),
    ] {
        for (field, deviation) in [("byte", standard), ("standard", standard), ("url", url)] {
            let body = format!(r#"{{"{field}":"{text}"}}"#);
            let raw = client(&body, JSON, false).blob().list().send_raw().await;
            let (_, deviations) = shown(raw, |blob| {
                let bytes = match field {
                    "byte" => blob.byte.map(|bytes| bytes.into_bytes()),
                    "standard" => blob.standard.map(|bytes| bytes.into_bytes()),
                    _ => blob.url.map(|bytes| bytes.into_bytes()),
                };
                assert_eq!(bytes.as_deref(), Some(&b"\xfb\xff\x00?"[..]), "{body}");
                String::new()
            });
            assert_eq!(deviations, deviation.replace("{}", field), "{body}");
            let strict = client(&body, JSON, true).blob().list().await;
            assert_eq!(strict.is_ok(), deviation.is_empty(), "{body}");
        }
    }
    let body = r#"{"either":"-_8A\nPw","list":["YQ==","-_8A"]}"#;
    let raw = client(body, JSON, false).blob().list().send_raw().await;
    let (value, deviations) = shown(raw, debug);
    assert!(value.contains("Base64(4 bytes)"), "{value}");
    let of_list = "$.list[1]: expected base64, found base64url";
    let all = format!("$.either: expected base64, found base64url\n{of_list}");
    assert_eq!(deviations, all);

    for text in ["?", "Y", "Yä=="] {
        let body = format!(r#"{{"byte":"{text}"}}"#);
        let error = client(&body, JSON, false).blob().list().await;
        let error = error.expect_err("no base64").to_string();
        assert!(error.contains("not base64 text: "), "{error}");
    }
}

async fn whole_bodies() {
    // A type without a blank value makes decoding fail with an error that names the field.
    for (body, what) in [("{}", "missing"), (r#"{"created":null}"#, "null")] {
        let error = client(body, JSON, false)
            .dated()
            .get()
            .await
            .expect_err("an error");
        let why = format!(
            "$.created: `created` is {what}, and its type has no blank value; `send_raw` returns the body"
        );
        assert_eq!(fault(&error), why);
    }
    // Decimals keep all digits.
    let body = r#"{"amount":"123456789012345678901234567890.123456789"}"#;
    let (value, deviations) = shown(
        client(body, JSON, false).price().get().send_raw().await,
        debug,
    );
    assert!(
        value.contains("123456789012345678901234567890.123456789"),
        "{value}"
    );
    assert_eq!(deviations, "$.amount: expected number, found string");

    // An integer described as a string arrives as a number, empty or missing.
    let body = r#"{"revision":9007199254740993,"term":"","members":["1",2]}"#;
    let (value, deviations) = shown(
        client(body, JSON, false).store().list().send_raw().await,
        debug,
    );
    assert!(
        value.contains("revision: 9007199254740993, term: 0, members: [1, 2]"),
        "{value}"
    );
    assert_eq!(
        deviations,
        "$.revision: expected string, found number
$.term: expected integer, found empty string
$.members[1]: expected string, found number"
    );
    let (value, deviations) = shown(
        client(r#"{"revision":null}"#, JSON, false)
            .store()
            .list()
            .send_raw()
            .await,
        debug,
    );
    assert!(value.contains("revision: 0, term: 0"), "{value}");
    assert_eq!(
        deviations,
        "$.revision: expected string, found null
$.term: expected string, found nothing
$.members: expected array, found nothing"
    );
    let error = client(r#"{"revision":"2a","term":"1","members":[]}"#, JSON, false);
    let error = error.store().list().await.expect_err("an error");
    assert!(fault(&error).starts_with("$.revision: "), "{error}");

    // The response's media type decides how a schema without a type and a plain string are decoded.
    let (value, deviations) = shown(
        client("a,b\n", "text/csv", false)
            .any()
            .get()
            .send_raw()
            .await,
        debug,
    );
    assert_eq!(
        (value.as_str(), deviations.as_str()),
        (r#"String("a,b\n")"#, "$: expected JSON, found text")
    );
    let version = client(r#""1.0.0""#, JSON, false).version().get().await;
    assert_eq!(version.expect("a version"), "1.0.0");
    let version = client(r#""1.0.0""#, "text/plain", false)
        .version()
        .get()
        .await;
    assert_eq!(version.expect("a version"), r#""1.0.0""#);

    // An empty body is not an error, since the server has already performed the operation.
    let missing = "$: expected object, found nothing";
    let blank = (" 0 false 0 []  ".to_owned(), missing.to_owned());
    for status in [204, 205] {
        let done = answered(status, false).thing().create().send_raw().await;
        assert_eq!(shown(done, fields), blank, "{status}");
        let error = answered(status, true).thing().create().await;
        let error = error.expect_err("strict responses");
        assert_eq!(fault(&error), missing);
    }
    for status in [200, 201] {
        let error = answered(status, false).thing().create().await;
        let error = error.expect_err("a lost body").to_string();
        assert!(error.contains("it is empty"), "{error}");
    }
    let error = answered(204, false).dated().create().await;
    let error = error.expect_err("a date has no blank value");
    assert!(fault(&error).starts_with("$.created: "), "{error}");
    let done = answered(204, false).enclosed().delete().send_raw().await;
    assert_eq!(shown(done, fields), blank);

    // The same in an envelope.
    let body = r#"{"data":{"id":5}}"#;
    let (_, deviations) = shown(
        client(body, JSON, false).enclosed().get().send_raw().await,
        debug,
    );
    assert!(
        deviations.starts_with("$.data.id: expected string, found number\n$.data.count: "),
        "{deviations}"
    );

    // Deep nesting is an error and does not overflow the stack.
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let error = client(&deep, JSON, false)
        .thing()
        .get()
        .await
        .expect_err("an error");
    assert!(matches!(error, Error::Decode(_)), "{error}");
    // A fault in nested unions does not double the work at each level.
    let fault = r#"{"left":{},"right":{}}"#;
    let deep = format!("{}{fault}{}", r#"{"inner":"#.repeat(60), "}".repeat(60));
    let error = client(&deep, JSON, false).nested().get().await;
    let error = error.expect_err("an error").to_string();
    assert!(error.contains("after too many trials"), "{}", error.len());
    assert!(error.len() < 10_000, "{}", error.len());
    let owners = r#"{"name":1,"parent":"#.repeat(1_000);
    let deep = format!(r#"{{"owner":{owners}null{}}}"#, "}".repeat(1_000));
    let error = client(&deep, JSON, false)
        .thing()
        .get()
        .await
        .expect_err("an error");
    assert!(matches!(error, Error::Decode(_)), "{error}");
}
