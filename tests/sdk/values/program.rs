//! Decodes and encodes JSON through types that were generated from fixtures.

mod unions;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::fmt::Debug;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    formats();
    uuids();
    all_formats();
    formats_in_doubt();
    integers_in_texts();
    whole_numbers();
    lossless_numbers();
    enums();
    equality();
    odd_enums();
    odd_objects();
    nulls();
    nullable_setters();
    unions::all();
    requests().await;
    constant_parameters().await;
}

fn read<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// Asserts that a text round-trips, and that a `Value` decodes to the same value. Returns the value.
#[track_caller]
fn same<T: DeserializeOwned + Serialize + Debug + PartialEq>(text: &str) -> T {
    let value: T = read(text);
    assert_eq!(serde_json::to_string(&value).expect(text), text);
    let tree: Value = read(text);
    let from_tree: T = serde_json::from_value(tree).expect(text);
    assert_eq!(from_tree, value, "from a tree");
    value
}

#[track_caller]
fn refused<T: DeserializeOwned + Debug>(text: &str, why: &str) {
    let error = serde_json::from_str::<T>(text).expect_err(text).to_string();
    assert!(error.contains(why), "{text}: {error}");
}

/// Checks integers that are strings in JSON.
fn integers_in_texts() {
    use integers_in_texts::Quoted;
    use integers_in_texts::types::{Header, HeaderLevel, Lease, Limit};
    let text = concat!(
        r#"{"revision":"9007199254740993","members":["18446744073709551615","0"],"term":"7","#,
        r#""small":"-5","maybe":null,"by_name":{"a":"1"},"lease":"3","limit":"2","level":"2","#,
        r#""width":4,"wide":"170141183460469231731687303715884105727","odd":"many","dated":"x"}"#
    );
    let header: Header = same(text);
    assert_eq!(header.revision, 9_007_199_254_740_993);
    assert_eq!(header.revision.0 + 1, 9_007_199_254_740_994);
    assert_eq!(header.members, [Quoted(u64::MAX), Quoted(0)]);
    assert_eq!((header.term, header.small), (Some(Quoted(7)), Some(Quoted(-5_i32))));
    assert_eq!((header.maybe, header.level), (Some(None), Some(HeaderLevel::N2)));
    assert_eq!(header.by_name.expect("a map")["a"], 1);
    assert_eq!((header.lease, header.limit), (Some(Lease::from(3)), Some(Limit::from(Quoted(2)))));
    let _: (Option<i64>, Option<String>) = (header.width, header.wide);

    let made = Header::new(-1, [1, 2]).term(3_u64).maybe(Quoted(4)).lease(5).limit(Quoted(6));
    let written = r#"{"revision":"-1","members":["1","2"],"term":"3","maybe":"4","lease":"5","limit":"6"}"#;
    assert_eq!(serde_json::to_string(&made).expect("JSON"), written);
    assert_eq!(i64::from(made.revision), -1);
    assert_eq!(format!("{:?} {}", made.revision, made.revision), "-1 -1");
    for (text, why) in [
        (r#"{"revision":2,"members":[]}"#, "expected an integer in a string"),
        (r#"{"revision":"","members":[]}"#, "expected an integer in a string"),
        (r#"{"revision":"9223372036854775808","members":[]}"#, "expected an integer in a string"),
        (r#"{"revision":"1","members":["-1"]}"#, "expected an integer in a string"),
    ] {
        refused::<Header>(text, why);
    }
}

/// Checks that the description's own example values decode, even if a format contradicts them.
fn formats_in_doubt() {
    use formats_in_doubt::types::Call;
    let call: Call = same(concat!(
        r#"{"id":"4b0e1f3c-8a47-4c21-9a56-3d1f0c2b7e90","request":"req_17","limit":-5,"#,
        r#""most":9223372036854776000,"any":9223372036854776000}"#
    ));
    let (_, _): (uuid::Uuid, String) = (call.id.into(), call.request);
    let limit: Option<i64> = call.limit;
    let most: Option<u64> = call.most;
    let any: Option<i128> = call.any;
    assert_eq!((limit, most), (Some(-5), Some(9_223_372_036_854_776_000)));
    assert_eq!(any, Some(9_223_372_036_854_776_000));
}

/// Checks that null and an absent property are distinct.
fn nulls() {
    use nulls::types::{Anything, Hold, Layered, Nested, Nothing, Tags};
    let none: Tags = same(r#"{"kept":null}"#);
    assert_eq!((none.premium, none.linked), (None, None));
    let all: Tags = same(concat!(
        r#"{"kept":null,"premium":null,"linked":null,"nested":null,"layered":null,"#,
        r#""listed":[null,null],"places":[null],"named":{"a":null}}"#
    ));
    assert_eq!((all.premium, all.linked), (Some(()), Some(())));
    refused::<Tags>(r#"{"kept":null,"premium":true}"#, "expected unit");
    let (_, _, _): (Nothing, Nested, Layered) = same("[null,null,null]");
    let any: Anything = same(r#"{"any":null,"some":null}"#);
    assert_eq!(any.any, Some(Value::Null));
    assert!(any.some.is_some() && same::<Anything>("{}").any.is_none());
    let hold = Hold::new("busy").renewed();
    assert_eq!(json!(hold), json!({"reason": "busy", "expires": null, "renewed": null}));
    assert_eq!(json!(Hold::new("busy")), json!({"reason": "busy", "expires": null}));
}

/// Checks that setters of properties that may be null take values, options of values, and `None` for null.
fn nullable_setters() {
    use nullable::types::{Mood, Owner, Pet, PetChip};
    assert_eq!(json!(Pet::new("Rex")), json!({"name": "Rex"}));
    let born: nullable::Date = "2026-01-31".parse().expect("a date");
    let nickname: Option<String> = Some("R".to_owned());
    let pet = Pet::new("Rex")
        .tag("t")
        .nickname(nickname)
        .mood("calm")
        .born(born)
        .weight(12)
        .labels(["a", "b"])
        .moods(vec![Mood::Wild])
        .owner(Owner::new("Eva").boss(Owner::new("Ann")))
        .chip(PetChip::from("7"))
        .wild(Some(false));
    let all = json!({
        "name": "Rex", "tag": "t", "nickname": "R", "mood": "calm", "born": "2026-01-31",
        "weight": 12, "labels": ["a", "b"], "moods": ["wild"],
        "owner": {"name": "Eva", "boss": {"name": "Ann"}}, "chip": "7", "wild": false,
    });
    assert_eq!(json!(pet), all);
    let none: Option<Mood> = None;
    let pet = Pet::new("Rex")
        .tag(None)
        .mood(none)
        .born(None)
        .weight(None)
        .labels(None)
        .owner(None)
        .chip(None);
    let nulls = json!({
        "name": "Rex", "tag": null, "mood": null, "born": null, "weight": null, "labels": null,
        "owner": null, "chip": null,
    });
    assert_eq!(json!(pet), nulls);
}

/// Checks that a UUID is written as it was read, in bodies and in paths.
fn uuids() {
    use formats::{Uuid, types::Formats};
    let bare = uuid::Uuid::from_u128(0x4b0e_1f3c_8a47_4c21_9a56_3d1f_0c2b_7e90);
    for text in [
        "4B0E1F3C-8A47-4C21-9A56-3D1F0C2B7E90",
        "4b0e1f3c8a474c219a563d1f0c2b7e90",
        "{4b0e1f3c-8a47-4c21-9a56-3d1f0c2b7e90}",
        "urn:uuid:4b0e1f3c-8a47-4c21-9a56-3d1f0c2b7e90",
    ] {
        let one = same::<Formats>(&format!(
            r#"{{"dateTime":"2026-01-31T14:00:00Z","uuid":"{text}"}}"#
        ));
        let id: Uuid = one.uuid;
        assert_eq!((id.uuid(), id.to_string().as_str()), (bare, text));
        assert_eq!(id, Uuid::from(bare));
    }
    assert_eq!(
        Uuid::from(bare).to_string(),
        "4b0e1f3c-8a47-4c21-9a56-3d1f0c2b7e90"
    );
    // Types of public signatures are reexported by the crate.
    let _: fn(&Uuid) -> formats::uuid::Uuid = Uuid::uuid;
    let _: fn(&formats::DateTime) -> formats::jiff::Timestamp = formats::DateTime::timestamp;
    let _: fn(formats::Date) -> formats::jiff::civil::Date = formats::Date::get;
}

fn formats() {
    use formats::types::Formats;
    let id = "4b0e1f3c-8a47-4c21-9a56-3d1f0c2b7e90";
    let one = same::<Formats>(&format!(
        r#"{{"dateTime":"2026-01-31T14:00:00.000+02:00","uuid":"{id}"}}"#
    ));
    let noon: jiff::Timestamp = "2026-01-31T12:00:00Z".parse().expect("a time");
    assert_eq!(one.date_time, noon);
    assert_eq!(one.date_time.timestamp().as_second(), noon.as_second());
    let all = same::<Formats>(&format!(
        concat!(
            r#"{{"date":"2026-01-31","dateTime":"2026-01-31T12:00:00Z","time":"12:00:00+01:00","#,
            r#""duration":"P1DT2H","uuid":"{}","byte":"+/8APw==","uri":"HTTP://Example.com/%7e","#,
            r#""decimal":"1.50","unknown":"red","password":"hunter2","base64url":"-_8A","#,
            r#""int32":-5,"uint64":18446744073709551615,"big":18446744073709551615,"#,
            r#""float":37.7749295,"double":0.1}}"#
        ),
        id
    ));
    let shown = format!("{all:?}");
    assert!(!shown.contains("hunter2"), "{shown}");
    assert_eq!(
        all.password
            .map(|secret| secret.expose().to_owned())
            .as_deref(),
        Some("hunter2")
    );
    refused::<Formats>(r#"{"dateTime":"soon","uuid":""}"#, "soon");
}

/// Checks that one unusual value of each format, in document order, is written as it was read.
fn all_formats() {
    use formats_all::types::{Integers, Numbers, Strings};
    same::<Integers>(concat!(
        r#"{"int8":-128,"int16":-32768,"int32":-2147483648,"int64":-9223372036854775808,"#,
        r#""int128":-5,"uint8":255,"uint16":65535,"uint32":4294967295,"uint64":18446744073709551615,"#,
        r#""uint128":5,"unixtime":1735689600,"bigint":-7}"#
    ));
    refused::<Integers>(r#"{"int8":128}"#, "expected i8");
    refused::<Integers>(r#"{"uint8":-1}"#, "expected u8");
    same::<Numbers>(concat!(
        r#"{"float":0.1,"double":1e-300,"decimal":0.10,"decimal128":1.50,"double-int":9007199254740991,"#,
        r#""int32":5,"unixtime":1735689600.5}"#
    ));
    let strings = concat!(
        r#"{"base64url":"-_8","binary":"\u0001ÿ","byte":"+/8APw==","char":"é","#,
        r#""commonmark":"*a*","date":"2024-02-29","date-time":"2026-01-31T14:00:00.120+02:00","#,
        r#""date-time-local":"2026-01-31T14:00:00","decimal":"1.50","decimal128":"-0.0","#,
        r#""duration":"P1DT2H","email":"a@b.example","hostname":"a.example","html":"<b>a</b>","#,
        r#""http-date":"Sat, 31 Jan 2026 14:00:00 GMT","idn-email":"ü@b.example","#,
        r#""idn-hostname":"ü.example","int64":"9223372036854775807","ipv4":"192.0.2.1","#,
        r#""ipv6":"2001:db8:0:0::1","iri":"https://ü.example/é","iri-reference":"é?x","#,
        r#""json-pointer":"/a~1b","media-range":"text/*;q=0.5","password":"hunter2","regex":"^a$","#,
        r#""relative-json-pointer":"1/a","sf-binary":":aGk=:","sf-boolean":"?1","sf-decimal":"1.0","#,
        r#""sf-integer":"1","sf-string":"\"a\"","sf-token":"a/b","time":"14:00:00.5+02:00","#,
        r#""time-local":"14:00:00","uint64":"18446744073709551615","uri":"HTTP://Example.com/%7e","#,
        r#""uri-reference":"../a","uri-template":"/{a}","uuid":"4b0e1f3c-8a47-4c21-9a56-3d1f0c2b7e90"}"#
    );
    let strings = same::<Strings>(strings);
    assert!(!format!("{strings:?}").contains("hunter2"));
}

/// Checks that values without floats are `Eq`, and that enums list and parse their values.
fn equality() {
    use enums::types::{All, Collide, Level};
    fn are_equal<T: Eq>(left: &T, right: &T) -> bool {
        left == right
    }
    let text = r#"{"odd":"*","level":1,"collide":"In Progress","kind":"all"}"#;
    assert!(are_equal::<All>(&read(text), &read(text)));
    let null = r#"{"any":null}"#;
    assert!(!are_equal::<nulls::types::Anything>(&read("{}"), &read(null)));
    assert_eq!("in-progress".parse(), Ok(Collide::from("in-progress")));
    assert_eq!("paused".parse::<Collide>().map(|it| it.to_string()).as_deref(), Ok("paused"));
    let known: Vec<&str> = Collide::KNOWN.iter().map(Collide::as_str).collect();
    let listed = ["in_progress", "in-progress", "IN_PROGRESS", "inProgress", "In Progress"];
    assert_eq!(known, listed);
    let levels: Vec<i64> = Level::KNOWN.iter().map(Level::as_i64).collect();
    assert_eq!(levels, [-1, 0, 1, 10]);
    assert_eq!(("10".parse(), "x".parse::<Level>().is_err()), (Ok(Level::from(10)), true));
}

fn whole_numbers() {
    use numbers::types::Numbers;
    // One number in JSON, in several notations.
    for count in ["5", "5.0", "5e0", "0.5e1"] {
        let text = format!(r#"{{"count":{count},"price":0,"nothing":{count},"u32":{count}}}"#);
        let numbers: Numbers = read(&text);
        assert_eq!(
            (numbers.count, numbers.nothing, numbers.u32),
            (5, Some(Some(5)), Some(5))
        );
    }
    let text = r#"{"count":5,"price":0,"counts":[1.0,null,2e0],"named":{"a":[3,4.0]}}"#;
    let numbers: Numbers = read(text);
    assert_eq!(numbers.counts, Some(vec![Some(1), None, Some(2)]));
    assert_eq!(numbers.named.map(|map| map["a"].clone()), Some(vec![3, 4]));
    refused::<Numbers>(r#"{"count":0,"price":0,"counts":[1.5]}"#, "expected i32");
    same::<Numbers>(r#"{"count":-9223372036854775808,"price":1,"nothing":null}"#);
    for count in [
        "5.5",
        "1e30",
        "9223372036854775808",
        "\"5\"",
        "null",
        "true",
    ] {
        refused::<Numbers>(&format!(r#"{{"count":{count},"price":0}}"#), "expected i64");
    }
    refused::<Numbers>(r#"{"count":0,"price":0,"u32":-1}"#, "expected u32");
    refused::<Numbers>(
        r#"{"count":0,"price":0,"nothing":2147483648}"#,
        "expected i32",
    );
}

fn lossless_numbers() {
    use numbers::types::Numbers;
    let numbers = same::<Numbers>(concat!(
        r#"{"count":0,"price":0.10,"natural":18446744073709551615,"both":18446744073709551615,"#,
        r#""id":9007199254740993}"#
    ));
    assert_eq!(numbers.price.as_str(), "0.10");
    let bounds = concat!(
        r#"{"bounds":{"u8":255,"u32":4294967295,"u64":18446744073709551615,"plain":18446744073709551615,"#,
        r#""positive":4294967295,"wide":4294967295,"wider":4294967296,"below":-2147483649,"#,
        r#""beyond":-9223372036854775808,"page":2147483647,"time":9223372036854775807,"#,
        r#""least":-2147483648,"sentinel":-1}"#
    );
    same::<Numbers>(&format!(r#"{{"count":0,"price":0,{}}}"#, &bounds[1..]));
    // Outside the range of `serde_json::Value`.
    let text = concat!(
        r#"{"count":0,"price":12345678901234567890.12345678901234567890,"#,
        r#""huge":123456789012345678901234567890123456789012345678901234567890,"#,
        r#""wide":170141183460469231731687303715884105727,"bigint":-18446744073709551616}"#
    );
    let numbers: Numbers = read(text);
    assert_eq!(serde_json::to_string(&numbers).expect("JSON"), text);
    assert_eq!(numbers.wide, Some(i128::MAX));
    // JSON cannot express these numbers: they are written as null and do not panic.
    let mut numbers = Numbers::new(1, 5.into());
    numbers.ratio = Some(f64::NAN);
    assert_eq!(
        json!(numbers),
        json!({"count": 1, "price": 5, "ratio": null})
    );
}

fn enums() {
    use enums::types::{All, Collide, Level, Maybe, Odd};
    let all =
        same::<All>(r#"{"odd":"","collide":"In Progress","level":10,"maybe":null,"kind":"all"}"#);
    assert_eq!(all.odd, Odd::Empty);
    assert_eq!(
        all.collide.as_ref().map(Collide::as_str),
        Some("In Progress")
    );
    assert_eq!(all.maybe, Some(None));
    let new = same::<All>(r#"{"odd":"new","level":11,"maybe":"perhaps"}"#);
    assert_eq!(new.odd, Odd::Unknown("new".to_owned()));
    assert_eq!(new.level, Level::Unknown(11));
    assert_eq!(new.maybe, Some(Some(Maybe::from("perhaps"))));
    assert_eq!(
        read::<All>(r#"{"odd":"self","level":1.0}"#).level,
        Level::Value1
    );
    for odd in [
        "", "+1", "-1", "*", "2fa", "日本", "Self", "self", "<=", "a b", "a\"b", "a\\b",
    ] {
        let value = Odd::from(odd);
        assert!(!matches!(value, Odd::Unknown(_)), "{odd}");
        assert_eq!((value.as_str(), value.to_string()), (odd, odd.to_owned()));
    }
    refused::<All>(r#"{"odd":1,"level":1}"#, "expected a string");
    refused::<All>(r#"{"odd":"","level":"1"}"#, "expected i64");
}

fn odd_enums() {
    use enums_odd::types::{All, AllMixed, AllSize, AllVersion, Level};
    for text in ["1.10", "007", "1e3", "True", "0x1F"] {
        let version = AllVersion::from(text);
        assert!(!matches!(version, AllVersion::Unknown(_)), "{text}");
    }
    let all = same::<All>(concat!(
        r#"{"success":true,"untypedTrue":true,"level":-1,"size":200,"step":0.5,"mixed":"auto","#,
        r#""yesNo":"true","against":"low","quoted":2,"maybe":null,"nothing":null,"twice":"b"}"#
    ));
    assert_eq!(all.level, Some(Level::Below));
    assert_eq!(all.size, Some(AllSize::Value200));
    assert_eq!(all.mixed, Some(AllMixed::Auto));
    let mixed = [
        json!("auto"),
        json!(1),
        json!(true),
        json!(-0.5),
        json!(9_007_199_254_740_993_i64),
    ];
    for value in mixed {
        let known = AllMixed::from(value.clone());
        assert!(!matches!(known, AllMixed::Unknown(_)), "{value}");
        assert_eq!(json!(known), value);
    }
    assert_eq!(AllMixed::Auto.to_string(), "auto");
    assert_eq!(AllMixed::from(json!([1])), AllMixed::Unknown(json!([1])));
    same::<All>(r#"{"success":false,"mixed":1,"yesNo":"maybe","against":"medium","twice":"c"}"#);
    same::<All>(r#"{"success":false,"mixed":true,"typed":2,"maybe":7}"#);
    same::<All>(r#"{"success":false,"mixed":"other"}"#);
    assert_eq!(
        read::<All>(r#"{"success":true,"size":100.0}"#).size,
        Some(AllSize::Value100)
    );
    refused::<All>(r#"{"success":true,"level":"low"}"#, "expected i64");
}

fn odd_objects() {
    use objects_odd::types::{All, AllSeveral, Required};
    let all = same::<All>(concat!(
        r#"{"required":{"id":1,"name":["a"],"more":null},"untyped":{"id":"x"},"#,
        r#""priced":{"total":1.5,"tax":0.25},"several":{"id":"a","x":1},"both":true,"#,
        r#""encoded":"FF","huge":1}"#
    ));
    assert_eq!(all.priced.map(|priced| (priced.total, priced.extra["tax"])), Some((1.5, 0.25)));
    let Some(Some(AllSeveral::Object(object))) = all.several else {
        panic!("{:?}", all.several);
    };
    assert_eq!(object.id, "a");
    same::<All>(r#"{"several":null}"#);
    let huge = r#"{"huge":99999999999999999999}"#;
    assert_eq!(serde_json::to_string(&read::<All>(huge)).expect("JSON"), huge);
    same::<All>(r#"{"several":[1,2],"both":"text"}"#);
    same::<Required>(r#"{"id":1}"#);
}

/// Checks requests: parameters are plain text, whole floats are written as integers.
/// Checks that the crate sends required parameters with one value, and that callers choose the optional one.
async fn constant_parameters() {
    use constants::types::CreateReportInclude;
    let transport = constants::transport::MemoryTransport::new().json(200, "{}");
    let client = constants::Client::builder()
        .transport(transport.clone())
        .build()
        .expect("a client");
    let include = CreateReportInclude::Totals;
    let request = client.reports().create("r1").include(include);
    request.send_raw().await.expect("a response");
    let request = &transport.requests()[0];
    assert_eq!(
        request.uri().to_string(),
        "https://example.com/reports/csv/r1?mode=full&level=3&kind=yearly&include=totals"
    );
    assert_eq!(request.headers()["x-feature"], "reports");
    assert_eq!(request.headers()["cookie"], "theme=dark");
}

async fn requests() {
    use enums_odd::types::{EchoSort, Level};
    let transport = enums_odd::transport::MemoryTransport::new().json(200, r#"{"success":true}"#);
    let client = enums_odd::Client::builder()
        .transport(transport.clone())
        .build()
        .expect("a client");
    let body = enums_odd::types::All::new();
    client
        .echo()
        .create(EchoSort::Desc, body)
        .level(Level::Below)
        .await
        .expect("an answer");
    assert_eq!(transport.requests()[0].uri().path(), "/echo/desc");
    assert_eq!(transport.requests()[0].uri().query(), Some("level=-1"));

    let transport =
        numbers::transport::MemoryTransport::new().json(200, r#"{"count":1.0,"price":1.00}"#);
    let client = numbers::Client::builder()
        .transport(transport.clone())
        .build()
        .expect("a client");
    let body = numbers::types::Numbers::new(1, "2.50".parse().expect("a number"))
        .ratio(3.0)
        .ratios(vec![0.5, 1.0, -0.0, 1e300]);
    let total = "12345678901234567890.50".parse().expect("a number");
    let answer = client
        .echo()
        .create(total, body)
        .ratio(2.0)
        .await
        .expect("an answer");
    assert_eq!((answer.count, answer.price.as_str()), (1, "1.00"));
    let request = &transport.requests()[0];
    assert_eq!(request.uri().path(), "/echo/12345678901234567890.50");
    assert_eq!(request.uri().query(), Some("ratio=2"));
    assert_eq!(
        std::str::from_utf8(request.body()).expect("text"),
        r#"{"count":1,"price":2.50,"ratio":3,"ratios":[0.5,1,-0.0,1e+300]}"#
    );
}
