//! Unions decode the same value directly from text as from a value in memory, wherever the tag is.

use crate::runtime::{json, union};
use serde_json::{Map, Value, json};

/// A folder of entries, which may be folders.
#[derive(Clone, Debug, PartialEq)]
struct Folder {
    entry: Option<Box<Entry>>,
    size: i64,
    extra: Map<String, Value>,
}

json::object! {
    Folder,
    required: &["size"],
    "entry" => optional(entry),
    "size" => integer(0, size),
    _ => keep(extra),
}

/// A union of scalars, a list, and objects with a tag. Only one branch accepts each kind of scalar.
#[derive(Clone, Debug, PartialEq)]
enum Entry {
    Flag(bool),
    Number(f64),
    Name(String),
    List(Vec<Entry>),
    Folder(Folder),
    Other(Map<String, Value>),
    Unknown(Value),
}

union::union! {
    Entry by union::read,
    tag: "kind",
    branches: &[
        union::boolean(0, "Flag"),
        union::number(1, "Number"),
        union::text(2, "Name"),
        union::list(3, "List"),
        union::object(4, "Folder").tags(&["folder", "7"]),
        union::object(5, "Other")
            .tags(&["other"])
            .requires(&["size"]),
    ],
    0 => plain(Flag),
    1 => plain(Number),
    2 => plain(Name),
    3 => plain(List),
    4 => plain(Folder),
    5 => plain(Other),
    _ => Unknown,
}

/// Decodes a value with every part of it in memory: the way that needs no order of properties.
fn buffered(value: &Value) -> Result<Entry, String> {
    let read = |branch| <Entry as union::Union>::read(branch, value);
    union::choose::<Entry, serde_json::Error, _>(value, read).map_err(|error| error.to_string())
}

/// A generator of numbers: the same in each run.
struct Random(u64);

impl Random {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = self.0.wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % count
    }

    /// Returns a value as text, with the tag at any place, of any kind, or absent.
    fn entry(&mut self, depth: usize) -> String {
        const SCALARS: [&str; 9] = [
            "true",
            "null",
            "5",
            "5.5",
            "-0.0",
            "\"a\"",
            "\"\"",
            "\"\\u00e9\\n\"",
            "18446744073709551615",
        ];
        const TAGS: [&str; 7] = [
            "\"folder\"",
            "7",
            "7.0",
            "\"other\"",
            "\"new\"",
            "null",
            "[1]",
        ];
        match self.below(if depth == 0 { 2 } else { 6 }) {
            0 | 1 => SCALARS[self.below(SCALARS.len())].to_owned(),
            2 => {
                let items: Vec<String> =
                    (0..self.below(4)).map(|_| self.entry(depth - 1)).collect();
                format!("[{}]", items.join(", "))
            }
            _ => {
                let mut members = Vec::new();
                if self.below(8) > 0 {
                    let size = ["3", "3.0", "\"x\""][self.below(12).saturating_sub(9)];
                    members.push(format!("\"size\": {size}"));
                }
                if self.below(2) > 0 {
                    members.push(format!("\"entry\": {}", self.entry(depth - 1)));
                }
                if self.below(3) == 0 {
                    members.push(format!("\"n\\u006fte\": {}", self.entry(depth - 1)));
                }
                if self.below(8) > 0 {
                    let key = ["\"kind\"", "\"k\\u0069nd\""][self.below(2)];
                    let tag = TAGS[self.below(5) * self.below(2) + self.below(3)];
                    let place = self.below(members.len() + 1);
                    members.insert(place, format!("{key}: {tag}"));
                }
                format!("{{{}}}", members.join(", "))
            }
        }
    }
}

#[test]
fn text_decodes_as_a_value_in_memory_does() {
    let mut random = Random(20_260_304);
    let mut branches = [0; 8];
    for _ in 0..20_000 {
        let text = random.entry(4);
        let value: Value = serde_json::from_str(&text).expect(&text);
        let direct = serde_json::from_str::<Entry>(&text);
        let buffered = buffered(&value);
        let branch = match &direct {
            Err(_) => 0,
            Ok(Entry::Flag(_)) => 1,
            Ok(Entry::Number(_)) => 2,
            Ok(Entry::Name(_)) => 3,
            Ok(Entry::List(_)) => 4,
            Ok(Entry::Folder(_)) => 5,
            Ok(Entry::Other(_)) => 6,
            Ok(Entry::Unknown(_)) => 7,
        };
        branches[branch] += 1;
        assert_eq!(
            direct.is_ok(),
            buffered.is_ok(),
            "{text}: {direct:?}, {buffered:?}"
        );
        if let (Ok(direct), Ok(buffered)) = (direct, buffered) {
            assert_eq!(direct, buffered, "{text}");
        }
    }
    assert!(branches.iter().all(|count| *count > 100), "{branches:?}");
}

#[test]
fn errors_name_the_branch_and_the_position() {
    for (text, message) in [
        (
            r#"{"kind": "folder", "size": "x"}"#,
            "`kind` is `folder`, but as `Folder`: invalid type: string \"x\", expected i64 at line 1 column 30",
        ),
        (
            r#"{"size": 1, "kind": 7, "entry": {"kind": "folder"}}"#,
            "`kind` is `7`, but as `Folder`: `kind` is `folder`, but as `Folder`: missing field `size` at line 1 column 50",
        ),
        (
            r#"[1, {"kind": "folder"}]"#,
            "`kind` is `folder`, but as `Folder`: missing field `size` at line 1 column 22",
        ),
    ] {
        let error = serde_json::from_str::<Entry>(text).expect_err(text);
        assert_eq!(error.to_string(), message, "{text}");
    }
}

#[test]
fn the_first_of_two_tags_chooses_the_branch() {
    let read = |text: &str| serde_json::from_str::<Entry>(text).expect(text);
    let folder = read(r#"{"size": 1, "kind": "folder", "kind": "other"}"#);
    let Entry::Folder(folder) = folder else {
        panic!("{folder:?}");
    };
    assert_eq!(folder.extra["kind"], "other");
    // The branch of `other` depends on more than the tag, so that the object is in memory, with the last tag.
    let folder = read(r#"{"kind": "other", "size": 1, "kind": "folder"}"#);
    assert!(matches!(folder, Entry::Folder(_)), "{folder:?}");
}

/// A union whose only text is a number too large for a float.
#[derive(Debug, PartialEq)]
enum Amount {
    Exact(crate::decimal::Decimal),
    Unknown(Value),
}

union::union! {
    Amount by union::read,
    branches: &[union::number(0, "Exact")],
    0 => plain(Exact),
    _ => Unknown,
}

#[test]
fn scalars_decode_as_types_that_request_raw_json() {
    let read = |value: Value| union::read::<Amount, _>(value).expect("an amount");
    assert_eq!(
        read(json!(1.5)),
        Amount::Exact("1.5".parse().expect("a number"))
    );
    assert_eq!(read(json!("1.5")), Amount::Unknown(json!("1.5")));
}
