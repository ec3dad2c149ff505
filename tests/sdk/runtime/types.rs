//! Handwritten types in the layout that sdkgen generates for enums, unions, null and bytes.

use crate::runtime::enumeration::{integer_enum, text_enum};
use crate::runtime::{json, union};
use serde_core::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::HashSet;

text_enum! {
    /// An open enum in the generated layout.
    pub enum Mode {
        Fast = "fast",
        VerySlow = "very-slow",
        _ = Unknown(String),
    }
}

integer_enum! {
    /// An open enum of integers, with documented values.
    pub enum Level {
        /// Nothing.
        None = 0,
        /// Less than nothing.
        Below = -1,
        _ = Unknown(i64),
    }
}

/// A struct with every kind of field.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    pub mode: Mode,
    pub owner: Option<String>,
    pub note: Option<Option<String>>,
    pub size: Option<i64>,
    pub rate: Option<f64>,
    pub until: Option<String>,
    pub extra: Map<String, Value>,
}

json::object! {
    Job,
    required: &["mode", "owner"],
    "mode" => value(0, mode) = From::from(""),
    // Required and nullable: the field's type is the `Option`.
    "owner" => value(1, owner),
    "note" => nullable(note),
    "size" => optional_integer(size),
    "rate" => tolerant(rate, extra),
    "until" => noted(until, extra),
    _ => keep(extra),
}

#[test]
fn members_are_read_and_written() {
    let same = [
        r#"{"mode":"fast","owner":null}"#,
        r#"{"mode":"very-slow","owner":"o","note":null,"size":1,"rate":2.5}"#,
        r#"{"mode":"new\nmode","owner":null,"note":"n","x":[1,{"y":null}]}"#,
        r#"{"mode":"fast","owner":null,"rate":"12 %"}"#,
        r#"{"mode":"fast","owner":null,"rate":{"a":[1]}}"#,
        r#"{"mode":"fast","owner":null,"until":"never"}"#,
        r#"{"mode":"fast","owner":null,"until":null}"#,
    ];
    for text in same {
        let job: Job = serde_json::from_str(text).expect(text);
        assert_eq!(serde_json::to_string(&job).expect(text), text);
        // Also from a `Value`, which is how unions decode.
        let tree: Value = serde_json::from_str(text).expect(text);
        assert_eq!(Job::deserialize(&tree).expect(text), job);
    }
    let table = [
        (
            r#"{"mode":"a","mode":"fast","owner":"x","size":null,"rate":null}"#,
            r#"{"mode":"fast","owner":"x"}"#,
        ),
        (
            r#"{"mode":"fast","owner":null,"rate":"x","rate":3}"#,
            r#"{"mode":"fast","owner":null,"rate":3.0}"#,
        ),
        (
            r#"{"mode":"fast","owner":null,"rate":3,"rate":"x"}"#,
            r#"{"mode":"fast","owner":null,"rate":"x"}"#,
        ),
        // In any order, and with null where a non-null value follows.
        (
            r#"{"until":null,"size":5.0,"owner":null,"until":"x","mode":"fast"}"#,
            r#"{"mode":"fast","owner":null,"size":5,"until":"x"}"#,
        ),
        (
            r#"{"mod\u0065":"f\u0061st","owner":null}"#,
            r#"{"mode":"fast","owner":null}"#,
        ),
    ];
    for (text, written) in table {
        let job: Job = serde_json::from_str(text).expect(text);
        assert_eq!(serde_json::to_string(&job).expect(text), written);
    }
    let mut job: Job = serde_json::from_str(same[1]).expect("a job");
    job.extra.insert("size".to_owned(), json!("hidden"));
    job.extra.insert("note".to_owned(), json!("hidden"));
    assert_eq!(serde_json::to_string(&job).expect("JSON"), same[1]);

    for (text, message) in [
        ("{}", "missing field `mode`"),
        (r#"{"mode":"fast"}"#, "missing field `owner`"),
        (r#"{"mode":null}"#, "expected a string"),
        ("[]", "expected a `Job` object"),
        (r#"{"mode":"fast","owner":null,"size":"1"}"#, "expected i64"),
    ] {
        let error = serde_json::from_str::<Job>(text).expect_err(text);
        assert!(error.to_string().contains(message), "{text}: {error}");
    }
}

#[test]
fn open_enums() {
    let mode = |text: &str| serde_json::from_str::<Mode>(text).expect(text);
    assert_eq!(mode(r#""very-slow""#), Mode::VerySlow);
    assert_eq!(mode(r#""new""#), Mode::Unknown("new".to_owned()));
    assert_eq!(mode(r#""f\u0061st""#).as_str(), "fast");
    assert_eq!(json!([Mode::Fast, Mode::from("")]), json!(["fast", ""]));
    assert_eq!(
        format!("{0} {0:?}", Mode::VerySlow),
        r#"very-slow "very-slow""#
    );
    // From every kind of text; equality compares the wire values.
    assert_eq!(
        Mode::from("fast".to_owned()),
        Mode::Unknown("fast".to_owned())
    );
    let modes: HashSet<Mode> = ["fast", "slow", "fast"].map(Into::into).into();
    assert_eq!(modes.len(), 2);
    serde_json::from_str::<Mode>("1").expect_err("no text");

    let level = |text: &str| serde_json::from_str::<Level>(text).expect(text);
    assert_eq!(
        [level("0"), level("-1"), level("7")].map(|level| level.as_i64()),
        [0, -1, 7]
    );
    assert!(matches!(level("7"), Level::Unknown(7)));
    assert_eq!(json!([Level::Below, Level::from(3)]), json!([-1, 3]));
    assert_eq!(
        format!("{0} {0:?} {1}", Level::Below, Level::None),
        "-1 -1 0"
    );
    serde_json::from_str::<Level>(r#""0""#).expect_err("no number");
    assert_eq!(Mode::KNOWN, [Mode::Fast, Mode::VerySlow]);
    assert_eq!(Level::KNOWN, [Level::None, Level::Below]);
}

/// An untagged union in the generated layout.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// A job.
    Job(Box<Job>),
    /// Some numbers.
    Numbers(Vec<i64>),
    /// A number.
    Integer(i64),
    /// Any other number.
    Number(f64),
    /// A value that is not documented.
    Unknown(Value),
}

union::union! {
    Target by union::read,
    branches: &[
        union::object(0, "Job"),
        union::list(1, "Numbers"),
        union::integer(2, "Integer"),
        union::number(3, "Number"),
    ],
    0 => plain(Job),
    1 => plain(Numbers),
    2 => plain(Integer),
    3 => plain(Number),
    _ => Unknown,
}

/// A tagged union. One branch lacks the tag, and one branch accepts all other objects.
#[derive(Clone, Debug, PartialEq)]
pub enum Tagged {
    /// `kind` is `job`.
    Job(Box<Job>),
    /// `kind` is `any`, or `1`, or not there.
    Any(Map<String, Value>),
    /// Any other.
    Rest(std::collections::BTreeMap<String, Value>),
    /// A value that is not documented.
    Unknown(Value),
}

union::union! {
    Tagged by union::read,
    tag: "kind",
    branches: &[
        union::object(0, "Job").tags(&["job"]),
        union::object(1, "Any")
            .tags(&["any", "1"])
            .or_none()
            .requires(&["x"]),
    ],
    default: 2,
    0 => tagged(Job, "job"),
    1 => tagged(Any, "any"),
    2 => plain(Rest),
    _ => Unknown,
    From<Job> => Job,
}

#[test]
fn values_are_told_by_their_kind() {
    // Objects are decoded directly from the text, and from a `Value`.
    let both = |text: &str| {
        let value: Value = serde_json::from_str(text).expect(text);
        let one = serde_json::from_str::<Target>(text).map_err(|error| error.to_string());
        let other = Target::deserialize(&value).map_err(|error| error.to_string());
        assert_eq!(one.is_ok(), other.is_ok(), "{text}");
        if one.is_ok() {
            assert_eq!(one, other);
        }
        one
    };
    let job = r#"{"mode": "fast", "owner": null}"#;
    assert!(matches!(both(job), Ok(Target::Job(_))));
    assert_eq!(both("[1]"), Ok(Target::Numbers(vec![1])));
    assert_eq!(both("5"), Ok(Target::Integer(5)));
    assert_eq!(both("5.5"), Ok(Target::Number(5.5)));
    // No branch is a text, so that a text is a new kind of value.
    assert_eq!(both(r#""x""#), Ok(Target::Unknown(json!("x"))));
    assert_eq!(both("null"), Ok(Target::Unknown(Value::Null)));
    // Only one branch is an object, so that its error is reported directly.
    let error = both(r#"{"mode": "fast"}"#).expect_err("no job");
    assert!(error.starts_with("missing field `owner`"), "{error}");
    let error = both(r#"["a"]"#).expect_err("no numbers");
    assert!(error.contains("expected i64"), "{error}");
}

#[test]
fn values_are_told_by_their_tag() {
    let tagged = |value: Value| serde_json::from_value::<Tagged>(value);
    let job = json!({"kind": "job", "mode": "fast", "owner": null});
    let value = tagged(job.clone()).expect("a job");
    assert!(matches!(value, Tagged::Job(_)));
    assert_eq!(serde_json::to_value(&value).expect("JSON"), job);
    for any in [
        json!({"kind": "any", "x": 0}),
        json!({"kind": 1, "x": 0}),
        json!({"x": 0}),
    ] {
        assert!(matches!(tagged(any), Ok(Tagged::Any(_))));
    }
    // An absent tag is written, as the receiver may require it.
    let written = serde_json::to_value(tagged(json!({"x": 0})).expect("any")).expect("JSON");
    assert_eq!(written, json!({"kind": "any", "x": 0}));
    for rest in [json!({"kind": "new"}), json!({"kind": "any"}), json!({})] {
        assert!(matches!(tagged(rest), Ok(Tagged::Rest(_))));
    }
    assert_eq!(tagged(json!(1)).expect("kept"), Tagged::Unknown(json!(1)));
    let error = tagged(json!({"kind": "job"}))
        .expect_err("no job")
        .to_string();
    assert_eq!(error, "`kind` is `job`, but as `Job`: missing field `mode`");
}

#[test]
fn tagged_objects_are_read_from_their_tag_on() {
    let read = |text: &str| serde_json::from_str::<Tagged>(text);
    for text in [
        r#"{"kind": "job", "mode": "fast", "owner": null}"#,
        r#"{"mode": "fast", "owner": null, "kind": "job"}"#,
        r#"{"m\u006fde": "fast", "kind": "job", "owner": null}"#,
    ] {
        let tree: Value = serde_json::from_str(text).expect(text);
        let value = read(text).expect(text);
        assert!(matches!(value, Tagged::Job(_)), "{text}");
        assert_eq!(value, serde_json::from_value(tree).expect(text), "{text}");
    }
    // Fields after the tag are not buffered, so that the error has a position.
    let error = read("{\"kind\": \"job\",\n\"mode\": 5,\n\"owner\": null}").expect_err("no mode");
    assert_eq!((error.line(), error.column()), (2, 9), "{error}");
    assert!(
        error
            .to_string()
            .contains("but as `Job`: invalid type: integer `5`"),
        "{error}"
    );
    // A tag that does not identify the branch leaves the choice to the other properties.
    assert!(matches!(
        read(r#"{"kind": "any", "x": 0}"#),
        Ok(Tagged::Any(_))
    ));
    assert!(matches!(read(r#"{"kind": "any"}"#), Ok(Tagged::Rest(_))));
    assert!(matches!(
        read(r#"{"kind": null, "y": 0}"#),
        Ok(Tagged::Rest(_))
    ));
}

/// Two kinds of text, each with a format.
#[derive(Clone, Debug, PartialEq)]
enum Moment {
    Date(jiff::civil::Date),
    Id(uuid::Uuid),
    Unknown(Value),
}

union::union! {
    Moment by union::read,
    branches: &[union::text(0, "Date"), union::text(1, "Id")],
    0 => plain(Date),
    1 => plain(Id),
    _ => Unknown,
}

#[test]
fn branches_that_nothing_tells_apart_are_tried() {
    let read = |text: &str| union::read::<Moment, _>(json!(text));
    assert!(matches!(read("2026-01-31"), Ok(Moment::Date(_))));
    let id = "4b0e1f3c-8a47-4c21-9a56-3d1f0c2b7e90";
    assert!(matches!(read(id), Ok(Moment::Id(_))));
    assert_eq!(
        union::read::<Moment, _>(json!(1)).expect("kept"),
        Moment::Unknown(json!(1))
    );
    let error = read("x").expect_err("neither").to_string();
    assert!(error.contains("as `Date`: "), "{error}");
    assert!(error.contains("; as `Id`: "), "{error}");
}

#[test]
fn base64_bytes() {
    let bytes = crate::base64::Base64::from(b"\xfb\xff\x00?".as_slice());
    assert_eq!(
        serde_json::to_string(&bytes).expect("text"),
        r#""+/8APw==""#
    );
    for text in [r#""+/8APw==""#, r#""+/8APw""#] {
        assert_eq!(
            serde_json::from_str::<crate::base64::Base64>(text).expect(text),
            bytes
        );
    }
    // Text with line breaks, as MIME writes base64.
    let lines = r#""+/8A\r\nPw==\r\n""#;
    let read = serde_json::from_str::<crate::base64::Base64>(lines);
    assert_eq!(read.expect("two lines"), bytes);
    for text in [r#""!""#, r#""-_8APw""#] {
        serde_json::from_str::<crate::base64::Base64>(text).expect_err("no base64");
    }

    let bytes = crate::base64_url::Base64Url::from(b"\xfb\xff\x00?".as_slice());
    assert_eq!(bytes.to_string(), "-_8APw==");
    let read = serde_json::from_str::<crate::base64_url::Base64Url>(r#""-_8A\nPw""#);
    assert_eq!(read.expect("no padding"), bytes);
}
