//! Unions: which branch a value decodes to, what it preserves, and the errors for values that fit no branch.

use super::{read, refused, same};
use serde_json::json;

pub fn all() {
    texts();
    tagged();
    parents();
    untagged();
    constants();
    tried();
    fitted();
    dates();
    joined();
    shared();
    digits();
    numbers();
}

/// Checks that constant properties are not constructor arguments, and are sent.
fn constants() {
    use unions_tagged::types::{Created, Triangle};
    use unions_untagged::types::{ContentText, LevelLow};
    assert_eq!(json!(ContentText::new("a")), json!({"type": "text", "text": "a"}));
    assert_eq!(json!(LevelLow::new("a")), json!({"level": 1, "a": "a"}));
    assert_eq!(json!(Triangle::new(1.0)), json!({"kind": "triangle", "base": 1.0}));
    // The tag's schema is any string; the discriminator maps one value to the branch.
    assert_eq!(json!(Created::new("1")), json!({"type": "created", "id": "1"}));
    assert_eq!(enums_odd::types::All::default(), enums_odd::types::All::new());
    // A received value may differ and is preserved.
    same::<Created>(r#"{"type":"made","id":"1"}"#);
    // A property with one value is no field, and another value is kept with the unknown properties.
    let other: Triangle = same(r#"{"kind":"square","base":1.0}"#);
    assert_eq!(other.extra["kind"], "square");
    assert!(same::<Triangle>(r#"{"kind":"triangle","base":1.0}"#).extra.is_empty());
    refused::<Triangle>(r#"{"base":1.0}"#, "missing field `kind`");
    refused::<Triangle>(r#"{"kind":null,"base":1.0}"#, "expected a string");
}

fn tagged() {
    use unions_tagged::types::{Circle, Event, Part, Shape};
    // The branch lacks the tag; the union writes it if it has a single value.
    let part: Part = Circle::new(1.5).into();
    let written = serde_json::to_value(&part).expect("JSON");
    assert_eq!(written, json!({"kind": "Circle", "radius": 1.5}));
    let read_again: Part = serde_json::from_value(written.clone()).expect("a circle");
    assert!(matches!(read_again, Part::Circle(_)));
    assert_eq!(serde_json::to_value(&read_again).expect("JSON"), written);
    // If there are several values, the caller chooses.
    let mut circle = Circle::new(1.5);
    assert_eq!(json!(Shape::from(circle.clone())), json!({"radius": 1.5}));
    circle.extra.insert("kind".to_owned(), "oval".into());
    assert_eq!(json!(Shape::from(circle)), json!({"kind": "oval", "radius": 1.5}));
    // The received tag is written again, not the first tag of the mapping.
    let oval: Shape = read(r#"{"kind":"oval","radius":2.0}"#);
    assert_eq!(serde_json::to_value(&oval).expect("JSON")["kind"], "oval");
    for text in [
        r#"{"kind":"triangle","base":1.0}"#,
        r#"{"kind":"Square","side":1.0}"#,
    ] {
        assert!(matches!(same(text), Shape::Polygon(_)), "{text}");
    }
    assert!(matches!(same(r#"{"kind":"new"}"#), Shape::Unknown(_)));
    assert!(matches!(same(r#"[1]"#), Shape::Unknown(_)));
    refused::<Shape>(
        r#"{"kind":"oval"}"#,
        "`kind` is `oval`, but as `Circle`: missing field `radius`",
    );
    // `defaultMapping` applies to every unmapped tag.
    assert!(matches!(same(r#"{"type":"created","id":"1"}"#), Event::Created(_)));
    assert!(matches!(same(r#"{"type":"gone","note":"n"}"#), Event::Any(_)));
    assert!(matches!(same(r#"{"note":"n"}"#), Event::Unknown(_)));
    listed();
    optional();
}

/// Checks that an absent optional tag stays absent, and that constructors set it.
fn optional() {
    use unions_tagged::types::{Card, Cash, Change, Pay, Refund, Rise, Voucher};
    let card: Pay = same(r#"{"number":"4"}"#);
    assert!(matches!(card, Pay::Card(_)), "{card:?}");
    let cash: Pay = same(r#"{"coins":3}"#);
    assert!(matches!(cash, Pay::Cash(_)), "{cash:?}");
    assert!(matches!(same(r#"{"by":null,"coins":3}"#), Pay::Cash(_)));
    assert!(matches!(same(r#"{"to":1}"#), Change::Down(_)));
    let card = Card::new("4");
    assert_eq!(json!(card), json!({"by": "card", "number": "4"}));
    assert_eq!(json!(Pay::from(card.clone())), json!({"by": "card", "number": "4"}));
    assert_eq!(json!(Refund::from(card)), json!({"by": "card", "number": "4"}));
    let cash = Pay::Cash(Cash::default().coins(1));
    assert_eq!(json!(cash), json!({"by": "cash", "coins": 1}));
    assert_eq!(json!(Change::from(Rise::new().by(1))), json!({"way": "up", "by": 1}));
    let voucher = Voucher::new("x");
    assert_eq!(json!(Pay::from(voucher.clone())), json!({"by": "gift", "code": "x"}));
    assert_eq!(json!(Refund::from(voucher)), json!({"by": "refund", "code": "x"}));
}

/// Checks tags whose schema lists the values of all branches, and the mappings of nested unions.
fn listed() {
    use unions_tagged::types::{Animal, Figure, Hall, Part, Site, Tool};
    assert!(matches!(same(r#"{"species":"Wolf","pack":"p"}"#), Animal::Wolf(_)));
    assert!(matches!(same(r#"{"species":"Bear"}"#), Animal::Bear(_)));
    assert!(matches!(same(r#"{"species":"Animal"}"#), Animal::Base(_)));
    assert!(matches!(same(r#"{"species":"Crow"}"#), Animal::Base(_)));
    assert!(matches!(same(r#"{"kind":"hammer","mass":1}"#), Tool::Hammer(_)));
    assert!(matches!(same(r#"{"kind":"saw"}"#), Tool::Saw(_)));
    let hall = |text| match same::<Site>(text) {
        Site::Hall(hall) => hall,
        other => panic!("{other:?}"),
    };
    assert!(matches!(hall(r#"{"level":"hall","seats":1}"#), Hall::Base(base) if base.seats == Some(1)));
    assert!(matches!(same(r#"{"level":"desk","lamp":true}"#), Site::Desk(_)));
    assert!(matches!(hall(r#"{"level":"booth","door":true}"#), Hall::Booth(_)));
    // The mapping names the schema, so that the schema's own name is not a tag.
    assert!(matches!(same(r#"{"level":"Hall"}"#), Site::Base(_)));
    assert!(matches!(same(r#"{"level":"desk"}"#), Hall::Desk(_)));
    let figure = |text| match same::<Part>(text) {
        Part::Figure(figure) => figure,
        other => panic!("{other:?}"),
    };
    assert!(matches!(figure(r#"{"kind":"triangle","base":1.0}"#), Figure::Triangle(_)));
    assert!(matches!(figure(r#"{"kind":"figure"}"#), Figure::Unknown(_)));
}

fn parents() {
    use unions_tagged::types::{Home, Pet};
    let home: Home = same(concat!(
        r#"{"pets":[{"name":"a","petType":"Cat","lives":9},"#,
        r#"{"name":"b","petType":"dog","bark":"w","friend":{"name":"c","petType":"Fish"}},"#,
        r#"{"name":"d","petType":"newt","x":1}]}"#
    ));
    let pets = home.pets.expect("pets");
    let Pet::Dog(dog) = &pets[1] else {
        panic!("{:?}", pets[1]);
    };
    assert!(matches!(pets[0], Pet::Cat(_)));
    assert!(matches!(dog.friend.as_deref(), Some(Pet::Fish(_))));
    // An unknown kind of pet decodes to the properties that all pets share.
    let Pet::Base(newt) = &pets[2] else {
        panic!("{:?}", pets[2]);
    };
    assert_eq!((&*newt.name, &newt.extra["x"]), ("d", &json!(1)));
    inline_parents();
}

/// Checks parents whose discriminator is in a branch of their `allOf`.
fn inline_parents() {
    use unions_tagged::types::{Cargo, Coin, Vehicle};
    let vehicle: Vehicle = same(r#"{"wheels":"Bike","bell":true}"#);
    assert!(matches!(vehicle, Vehicle::Bike(_)), "{vehicle:?}");
    let six = r#"{"wheels":"six","load":2,"trailer":true}"#;
    let cargo: Cargo = same(six);
    let Cargo::Six(truck) = &cargo else {
        panic!("{cargo:?}");
    };
    assert_eq!(truck.trailer, Some(true));
    let vehicle: Vehicle = same(six);
    let Vehicle::Cargo(cargo) = &vehicle else {
        panic!("{vehicle:?}");
    };
    assert!(matches!(cargo, Cargo::Six(_)));
    let own: Cargo = same(r#"{"wheels":"Cargo","load":1}"#);
    assert!(matches!(own, Cargo::Base(_)), "{own:?}");
    let coin: Coin = same(r#"{"metal":"gold"}"#);
    assert_eq!(coin.metal, "gold");
}

fn untagged() {
    use unions_untagged::types::{Content, Expandable, Level, Where};
    assert!(matches!(same(r#"{"type":"text","text":"a"}"#), Content::Text(_)));
    assert!(matches!(same(r#"{"type":"image","url":"a"}"#), Content::Image(_)));
    assert!(matches!(same(r#"{"type":"video"}"#), Content::Unknown(_)));
    refused::<Content>(r#"{"type":"text"}"#, "as `Text`: missing field `text`");
    assert!(matches!(same(r#"{"level":1,"a":"x"}"#), Level::Low(_)));
    assert!(matches!(same(r#"{"level":2,"a":1}"#), Level::High(_)));
    assert!(matches!(same(r#"{"a":1,"level":3}"#), Level::Unknown(_)));
    assert!(matches!(same(r#""cus_1""#), Expandable::String(_)));
    assert!(matches!(same(r#"{"id":"cus_1","nick":null}"#), Expandable::Customer(_)));
    assert!(matches!(same("7"), Expandable::Unknown(_)));
    refused::<Expandable>("{}", "missing field `id`");
    assert!(matches!(same(r#"{"id":"a","x":1.5}"#), Where::Point(_)));
    assert!(matches!(same(r#"{"id":"a","name":"b"}"#), Where::Named(_)));
    assert!(matches!(same(r#"{"id":"a"}"#), Where::Unknown(_)));
}

fn texts() {
    use unions_untagged::types::{Change, Limit};
    assert!(matches!(same("5"), Limit::Integer(5)));
    assert_eq!(same::<Limit>(r#""auto""#), Limit::Auto);
    // Another text may be a value that the API added later.
    assert_eq!(same::<Limit>(r#""none""#), Limit::Unknown(json!("none")));
    assert_eq!(same::<Change>(r#""""#), Change::Empty);
    assert!(matches!(same(r#"{"to":"x"}"#), Change::Object(_)));
    assert!(matches!(same(r#"[{"by":1}]"#), Change::List(_)));
}

fn tried() {
    use unions_untagged::types::{Likely, Tries};
    assert!(matches!(same(r#"{"note":"n"}"#), Likely::Mail(_)));
    assert!(matches!(same(r#"{"note":"n","mail":"m"}"#), Likely::Mail(_)));
    assert!(matches!(same(r#"{"note":"n","phone":"p"}"#), Likely::Phone(_)));
    assert!(matches!(same(r#"{"a":1}"#), Tries::Loose(_)));
    assert!(matches!(same(r#"{"a":true}"#), Tries::Strict(_)));
    assert!(matches!(same(r#""2026-01-31""#), Tries::Date(_)));
    let id = r#""4b0e1f3c-8a47-4c21-9a56-3d1f0c2b7e90""#;
    assert!(matches!(same(id), Tries::Uuid(_)));
    for reason in ["as `Loose`: ", "; as `Strict`: "] {
        refused::<Tries>(r#"{"a":"x"}"#, reason);
    }
}

/// Checks that a branch that lists each value and declares each property takes precedence over one that does not.
fn fitted() {
    use unions_untagged::types::{Document, Fitted, FittedNone, FittedSole, Measured};
    assert!(matches!(same(r#"{"data":{"type":"people","name":"n"}}"#), Document::Person(_)));
    assert!(matches!(same(r#"{"data":{"type":"articles"}}"#), Document::Article(_)));
    assert!(matches!(same(r#"{"data":{"type":"later"}}"#), Document::Article(_)));
    assert!(matches!(same(r#"{"units":["h","s"]}"#), Measured::Variant3(_)));
    assert!(matches!(same(r#"{"units":["km"]}"#), Measured::Variant1(_)));
    for text in [
        r#"{"open":{"a":"x"}}"#,
        r#"{"open":{"other":1}}"#,
        r#"{"open":{"free":"y","a":"x"}}"#,
        r#"{"map":{"k":7}}"#,
        r#"{"map":{"a":"x"}}"#,
        r#"{"list":[{"a":"x"},{"k":7}]}"#,
        r#"{"needed":{"a":"s","k":"x"}}"#,
        r#"{"constant":{"k":"y","v":1}}"#,
        r#"{"constant":{"k":"x"}}"#,
        r#"{"none":{"c":1}}"#,
    ] {
        same::<Fitted>(text);
    }
    let none = |text| read::<Fitted>(text).none;
    assert!(matches!(none(r#"{"none":{"a":"x"}}"#), Some(FittedNone::Shut(_))));
    assert!(matches!(none(r#"{"none":{"b":"x"}}"#), Some(FittedNone::B(_))));
    assert!(matches!(none(r#"{"none":{"a":"x","c":1}}"#), Some(FittedNone::Unknown(_))));
    // Only one branch is an object: as outside of unions, a closed object drops undeclared properties.
    let sole: Fitted = read(r#"{"sole":{"a":"x","c":1}}"#);
    assert!(matches!(sole.sole, Some(FittedSole::Shut(_))));
}

/// Checks that a date with a time and the other forms of ISO 8601 are not dates (RFC 3339, `full-date`).
fn dates() {
    use unions_untagged::types::{Moment, Span};
    assert!(matches!(same(r#""2026-01-31""#), Moment::Date(_)));
    for text in [
        r#""2026-01-31T10:30:00+01:00""#,
        r#""2026-01-31T10:30:00""#,
        r#""2026-01-31T10:30:00Z""#,
    ] {
        assert!(matches!(same(text), Moment::DateTime(_)), "{text}");
    }
    same::<Span>(r#"{"days":["2026-01-31"]}"#);
    same::<Span>(r#"{"days":"2026-01-31T10:30:00Z"}"#);
    let others = ["2026-01-31T10:30:00Z", "20260131", "2026-W05-1", "+2026-01-31", "2026-1-31", ""];
    for text in others.into_iter().chain(["2026-02-30"]) {
        assert!(text.parse::<unions_untagged::Date>().is_err(), "{text}");
        refused::<unions_untagged::Date>(&format!("{text:?}"), "is not a date");
    }
    let date: unions_untagged::Date = "2026-01-31".parse().expect("a date");
    assert_eq!(jiff::civil::Date::from(date), jiff::civil::date(2026, 1, 31));
}

fn joined() {
    use unions_untagged::types::{Both, Code, Members, MembersNumber, Model};
    assert_eq!(same::<Model>(r#""small""#), Model::Small);
    assert_eq!(same::<Model>(r#""huge""#), Model::Unknown("huge".to_owned()));
    assert_eq!(same::<Both>(r#""c""#), Both::C);
    assert_eq!(same::<Both>(r#""large""#), Both::Large);
    assert_eq!(same::<Code>("2"), Code::Gone);
    assert_eq!(same::<Code>("9"), Code::Unknown(9));
    let members: Members = read(
        r#"{"number":1.5,"text":"t","clear":"","one":{"id":"1"},"maybe":null,"nested":true}"#,
    );
    assert_eq!((members.text.as_deref(), members.clear.as_deref()), (Some("t"), Some("")));
    let number = members.number.expect("a number");
    assert_eq!((number, members.maybe), (MembersNumber::Number(1.5), Some(None)));
}

fn shared() {
    use unions_shared::types::{Base, Laid, LaidKind, Limited, Narrow, Payment, Seek, Told};
    let Payment::Card(card) = same(r#"{"amount":5,"number":"42"}"#) else {
        panic!("no card");
    };
    assert_eq!((card.amount, &*card.number), (5, "42"));
    assert!(matches!(same(r#"{"amount":5,"iban":"a"}"#), Payment::Bank(_)));
    assert!(matches!(same(r#"{"rated":true,"days":3}"#), Seek::Slow(_)));
    assert!(matches!(same(r#"{"kind":"A","a":"x"}"#), Told::A(_)));
    let one: Base = same(r#"{"kind":"one","at":"2026-01-31","one":1}"#);
    assert!(matches!(one, Base::One(_)));
    assert_eq!(same::<Narrow>(r#""b""#), Narrow::B);
    let limited: Limited = same(r#"{"id":"1"}"#);
    assert_eq!(limited.id.as_deref(), Some("1"));
    let laid: Laid = same(r#"{"kind":"laid","meta":{"page":1,"total":2}}"#);
    assert_eq!(laid.kind, Some(LaidKind::Laid));
    let meta = laid.meta.expect("meta");
    assert_eq!((meta.page, meta.total), (Some(1), Some(2)));
}

/// Checks that a buffered union keeps all digits of its numbers.
fn digits() {
    use unions_digits::types::{Amount, Credit, Debit, Entry, Guess, Line};
    const LONG: &str = "12345678901234567890.12345678901234567890";
    const UNITS: &str = "170141183460469231731687303715884105727";
    let amount: Amount = read(LONG);
    assert!(matches!(amount, Amount::Number(_)), "{amount:?}");
    assert_eq!(written(&amount), LONG);
    let debit = format!(r#"{{"kind":"debit","sum":{LONG},"units":{UNITS}}}"#);
    let late = format!(r#"{{"sum":{LONG},"units":{UNITS},"kind":"debit"}}"#);
    for text in [&debit, &late] {
        let entry: Entry = read(text);
        assert!(matches!(entry, Entry::Debit(_)), "{entry:?}");
        assert_eq!(written(&entry), debit);
    }
    // The union writes the tag, which the branch lacks.
    let mut credit = Credit::new(LONG.parse().expect("a number"));
    credit.ratio = Some(2.0);
    let credit: Entry = credit.into();
    let text = format!(r#"{{"kind":"credit","ratio":2,"sum":{LONG}}}"#);
    assert_eq!(written(&credit), text);
    assert!(matches!(read(&text), Entry::Credit(_)));
    for text in [
        format!(r#"{{"of":5,"entry":{debit}}}"#),
        format!(r#"{{"of":"five","entries":[{debit},{debit}]}}"#),
    ] {
        assert_eq!(written(&read::<Line>(&text)), text);
    }
    // Without such a number, a `Value` decodes to the same value.
    same::<Entry>(r#"{"kind":"debit","sum":1,"units":5}"#);
    same::<Entry>(r#"{"kind":"cheque","sum":1}"#);
    let reason = "`kind` is `debit`, but as `Debit`: missing field `sum`";
    refused::<Entry>(r#"{"kind":"debit"}"#, reason);
    let _: Debit = read(&debit);
    // An inferred discriminator also preserves the text of numbers.
    let text = format!(r#"{{"sum":{LONG},"units":{UNITS},"sums":[{LONG}],"name":"n"}}"#);
    let guess: Guess = read(&text);
    assert!(guess.sum.is_some() && guess.units.is_some() && guess.extra.is_empty(), "{guess:?}");
    assert_eq!(written(&guess), text);
    let wrong: Guess = same(r#"{"sum":"five","sums":5}"#);
    assert_eq!((wrong.sum, wrong.extra.len()), (None, 2));
    assert_eq!(read::<Guess>(r#"{"sum":null}"#), Guess::new());
}

/// Checks that integers next to numbers keep their digits, and that fractions are numbers.
fn numbers() {
    use unions_digits::types::{Listed, ListedInteger};
    use unions_untagged::types::{
        MembersAll, MembersAllKind, MembersLabel, MembersListed, MembersListedInteger,
        MembersNumber, MembersSentinel, MembersSentinelInteger, MembersTypes,
    };
    const LONG: i64 = 9_007_199_254_740_993;
    let long = LONG.to_string();
    assert_eq!(same::<MembersNumber>(&long), MembersNumber::from(LONG));
    assert_eq!(same::<MembersLabel>(&long), MembersLabel::from(LONG));
    assert_eq!(same::<MembersTypes>(&long), MembersTypes::from(LONG));
    assert_eq!(same::<MembersNumber>("-9223372036854775808"), MembersNumber::from(i64::MIN));
    assert_eq!(MembersLabel::from(42), MembersLabel::Integer(42));
    for (text, number) in [("5.0", 5.0), ("1e3", 1e3), ("0.25", 0.25), ("-2.5e-1", -0.25)] {
        assert_eq!(read::<MembersNumber>(text), MembersNumber::Number(number), "{text}");
        assert_eq!(read::<MembersLabel>(text), MembersLabel::Number(number), "{text}");
        assert_eq!(read::<MembersTypes>(text), MembersTypes::Number(number), "{text}");
    }
    assert!(matches!(read("18446744073709551616e4"), MembersNumber::Number(_)));
    // An enum of integers next to numbers accepts only the listed integers.
    let two = MembersListed::Integer(MembersListedInteger::Value2);
    assert_eq!(same::<MembersListed>("2"), two);
    assert_eq!(read::<MembersListed>("0.25"), MembersListed::Number(0.25));
    assert_eq!(read::<MembersListed>("3"), MembersListed::Number(3.0));
    let one = MembersAll::Kind(MembersAllKind::Value1);
    assert_eq!(same::<MembersAll>("1"), one);
    assert_eq!(same::<MembersAll>(&long), MembersAll::Integer(LONG));
    assert_eq!(same::<MembersAll>("0.25"), MembersAll::Number(0.25));
    let minus = MembersSentinel::Integer(MembersSentinelInteger::Minus1);
    assert_eq!(same::<MembersSentinel>("-1"), minus);
    assert_eq!(same::<MembersSentinel>("0.25"), MembersSentinel::Number(0.25));
    assert_eq!(same::<Listed>("1"), Listed::Integer(ListedInteger::Value1));
    assert!(matches!(read("0.25"), Listed::Number(_)));
    assert!(matches!(read("3"), Listed::Number(_)));
}

fn written(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("JSON")
}
