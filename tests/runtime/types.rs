//! Types as they are laid out for APIs that have enums, unions, null and bytes.

use crate::runtime::enumeration::{integer_enum, text_enum};
use crate::runtime::{json, union};
use serde_core::{Deserialize, Deserializer, Serialize, Serializer, de::MapAccess};
use serde_json::{Map, Value, json};
use std::collections::HashSet;

text_enum! {
    /// An open enum as it is laid out for an API that has one.
    pub enum Mode {
        Fast = "fast",
        VerySlow = "very-slow",
        _ = Other(String),
    }
}

integer_enum! {
    /// An open enum of integers, with docs of its own.
    pub enum Level {
        /// Nothing.
        None = 0,
        /// Less than nothing.
        Below = -1,
        _ = Other(i64),
    }
}

/// A struct with every kind of member.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    pub mode: Mode,
    pub owner: Option<String>,
    pub note: Option<Option<String>>,
    pub size: Option<i64>,
    pub rate: Option<f64>,
    pub extra: Map<String, Value>,
}

impl Serialize for Job {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = json::Writer::open(serializer, &self.extra);
        object.value("mode", &self.mode);
        object.value("owner", &self.owner);
        object.optional("note", &self.note);
        object.optional("size", &self.size);
        object.optional("rate", &self.rate);
        object.end()
    }
}

impl<'de> Deserialize<'de> for Job {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        json::object(deserializer)
    }
}

impl<'de> json::Object<'de> for Job {
    const EXPECTING: &'static str = "a `Job` object";

    fn read<A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        let mut mode = None;
        let mut owner = None;
        let mut note = None;
        let mut size = None;
        let mut rate = None;
        let mut extra = Map::new();
        while let Some(key) = json::key(&mut map)? {
            match &*key {
                "mode" => json::value(&mut map, &mut mode)?,
                // Required, and may be null: the member's type is the `Option`.
                "owner" => json::value(&mut map, &mut owner)?,
                "note" => json::nullable(&mut map, &mut note)?,
                "size" => json::optional(&mut map, &mut size)?,
                "rate" => json::tolerant(&mut map, key, &mut rate, &mut extra)?,
                _ => json::keep(&mut map, key, &mut extra)?,
            }
        }
        Ok(Self {
            mode: json::required(mode, "mode")?,
            owner: json::required(owner, "owner")?,
            note,
            size,
            rate,
            extra,
        })
    }
}

#[test]
fn members_are_read_and_written() {
    let same = [
        r#"{"mode":"fast","owner":null}"#,
        r#"{"mode":"very-slow","owner":"o","note":null,"size":1,"rate":2.5}"#,
        r#"{"mode":"new\nmode","owner":null,"note":"n","x":[1,{"y":null}]}"#,
        r#"{"mode":"fast","owner":null,"rate":"12 %"}"#,
        r#"{"mode":"fast","owner":null,"rate":{"a":[1]}}"#,
    ];
    for text in same {
        let job: Job = serde_json::from_str(text).expect(text);
        assert_eq!(serde_json::to_string(&job).expect(text), text);
        // From a tree as well, which is how unions read it.
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
    assert_eq!(mode(r#""new""#), Mode::Other("new".to_owned()));
    assert_eq!(mode(r#""f\u0061st""#).as_str(), "fast");
    assert_eq!(json!([Mode::Fast, Mode::from("")]), json!(["fast", ""]));
    assert_eq!(
        format!("{0} {0:?}", Mode::VerySlow),
        r#"very-slow "very-slow""#
    );
    // From every kind of text, and equal by what is on the wire.
    assert_eq!(
        Mode::from("fast".to_owned()),
        Mode::Other("fast".to_owned())
    );
    let modes: HashSet<Mode> = ["fast", "slow", "fast"].map(Into::into).into();
    assert_eq!(modes.len(), 2);
    serde_json::from_str::<Mode>("1").expect_err("no text");

    let level = |text: &str| serde_json::from_str::<Level>(text).expect(text);
    assert_eq!(
        [level("0"), level("-1"), level("7")].map(|level| level.as_i64()),
        [0, -1, 7]
    );
    assert!(matches!(level("7"), Level::Other(7)));
    assert_eq!(json!([Level::Below, Level::from(3)]), json!([-1, 3]));
    assert_eq!(
        format!("{0} {0:?} {1}", Level::Below, Level::None),
        "-1 -1 0"
    );
    serde_json::from_str::<Level>(r#""0""#).expect_err("no number");
}

/// A union without a tag, as it is laid out for an API that has one.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// A job.
    Job(Box<Job>),
    /// Some numbers.
    Numbers(Vec<i64>),
    /// A value that is not documented.
    Unknown(Value),
}

impl<'de> Deserialize<'de> for Target {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut branches = union::Branches::read(deserializer)?;
        if let Some(value) = branches.fit("Job") {
            return Ok(Self::Job(value));
        }
        if let Some(value) = branches.fit("Numbers") {
            return Ok(Self::Numbers(value));
        }
        Ok(Self::Unknown(branches.into_value()))
    }
}

/// A union with a tag, and without room for what is not known.
#[derive(Clone, Debug, PartialEq)]
pub enum Tagged {
    /// `kind` is `job`.
    Job(Box<Job>),
    /// `kind` is `any`.
    Any(Map<String, Value>),
}

impl<'de> Deserialize<'de> for Tagged {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let branches = union::Branches::read(deserializer)?;
        match branches.tag("kind") {
            Some("job") => branches.must_fit("Job").map(Self::Job),
            Some("any") => branches.must_fit("Any").map(Self::Any),
            _ => Err(branches.no_fit("an object with `kind`: `job` or `any`")),
        }
    }
}

#[test]
fn unions() {
    let target = |value: Value| serde_json::from_value::<Target>(value).expect("a target");
    assert!(matches!(
        target(json!({"mode": "fast", "owner": null})),
        Target::Job(_)
    ));
    assert_eq!(target(json!([1])), Target::Numbers(vec![1]));
    assert_eq!(target(json!({"a": 1})), Target::Unknown(json!({"a": 1})));

    let tagged = |value: Value| serde_json::from_value::<Tagged>(value);
    let job = json!({"kind": "job", "mode": "fast", "owner": null});
    assert!(matches!(tagged(job), Ok(Tagged::Job(_))));
    assert!(matches!(tagged(json!({"kind": "any"})), Ok(Tagged::Any(_))));
    let error = tagged(json!({"kind": "job"}))
        .expect_err("no job")
        .to_string();
    assert_eq!(error, "as `Job`: missing field `mode`");
    let error = tagged(json!({"kind": 1})).expect_err("no kind").to_string();
    assert_eq!(error, "expected an object with `kind`: `job` or `any`");

    let mut branches = union::Branches::read(json!("x")).expect("a value");
    assert_eq!(branches.fit::<Job>("Job"), None);
    assert_eq!(branches.fit::<u8>("Number"), None);
    let error: serde_json::Error = branches.no_fit("a job or a number");
    assert_eq!(
        error.to_string(),
        "expected a job or a number (as `Job`: invalid type: string \"x\", expected a `Job` object; \
         as `Number`: invalid type: string \"x\", expected u8)"
    );
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
    serde_json::from_str::<crate::base64::Base64>(r#""!""#).expect_err("no base64");
}
