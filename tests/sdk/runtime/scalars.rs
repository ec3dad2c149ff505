//! Dates, decimals, integers and secrets round-trip unchanged.

use crate::date_time::DateTime;
use crate::decimal::Decimal;
use crate::runtime::Secret;
use jiff::Timestamp;
use jiff::tz::Offset;
use serde_json::json;

fn date_time(text: &str) -> DateTime {
    serde_json::from_value(json!(text)).expect(text)
}

#[test]
fn date_times_keep_their_form() {
    let noon: Timestamp = "2026-01-31T12:00:00Z".parse().expect("a time");
    let forms = [
        "2026-01-31T12:00:00Z",
        "2026-01-31T12:00:00.000Z",
        "2026-01-31T12:00:00.000000+00:00",
        "2026-01-31T14:00:00+02:00",
        "2026-01-31T14:00:00+0200",
        "2026-01-31T07:30:00-04:30",
        "2026-01-31t12:00:00z",
        "2026-01-31 12:00:00Z",
        "2026-01-31T12:00Z",
        // Without an offset, the time is read as UTC.
        "2026-01-31T12:00:00",
        "2026-01-31 12:00:00.000",
    ];
    for form in forms {
        let read = date_time(form);
        assert_eq!(read, noon, "{form}");
        assert_eq!(json!(read), json!(form));
        assert_eq!(read.to_string(), form);
        // Decodes from a borrowed text of a `Value` as well as from JSON.
        assert_eq!(
            serde_json::from_str::<DateTime>(&format!("\"{form}\"")).expect(form),
            read
        );
    }
    let fraction = date_time("2026-01-31T12:00:00.1234567890Z");
    assert_eq!(fraction.to_string(), "2026-01-31T12:00:00.1234567890Z");
    assert_eq!(fraction.timestamp().subsec_nanosecond(), 123_456_789);
    // jiff does not support leap seconds: the value is the second before, but is written as it was read.
    assert_eq!(
        json!(date_time("2016-12-31T23:59:60Z")),
        json!("2016-12-31T23:59:60Z")
    );
    for text in ["", "today", "2026-02-30T00:00:00Z", "12:00:00Z"] {
        serde_json::from_value::<DateTime>(json!(text)).expect_err(text);
    }
}

#[test]
fn date_times_are_made_and_compared() {
    let early = date_time("2026-01-31T12:00:00+02:00");
    let late = date_time("2026-01-31T11:00:00Z");
    assert!(early < late);
    assert_eq!(early.offset(), Some(Offset::constant(2)));
    assert_eq!(late.offset(), Some(Offset::UTC));
    assert_eq!(
        date_time("2026-01-31T11:00:00.0Z").offset(),
        Some(Offset::UTC)
    );
    assert_eq!(date_time("2026-01-31T11:00:00").offset(), None);
    let made = DateTime::from(late.timestamp());
    assert_eq!(json!(made), json!("2026-01-31T11:00:00Z"));
    let made = DateTime::with_offset(made.into(), Offset::constant(-5));
    assert_eq!(json!(made), json!("2026-01-31T06:00:00-05:00"));
    assert_eq!(made, late);
}

#[test]
fn decimals_keep_every_digit() {
    let texts = [
        "0",
        "-0",
        "1",
        "-12.50",
        "0.10",
        "1E400",
        "1e-400",
        "123456789012345678901234567890.123",
        "18446744073709551616",
        "9007199254740993",
    ];
    for text in texts {
        let read: Decimal = serde_json::from_str(text).expect(text);
        assert_eq!(read.as_str(), text);
        let written = if text == "-0" { "0" } else { text };
        assert_eq!(serde_json::to_string(&read).expect(text), written);
        assert_eq!(text.parse::<Decimal>().expect(text), read);
    }
    for text in [
        "", " 1", "1 ", "+1", ".5", "1.", "01", "1e", "0x1", "NaN", "\"1\"", "--1", "null",
    ] {
        text.parse::<Decimal>().expect_err(text);
    }
    serde_json::from_str::<Decimal>(r#""1""#).expect_err("a string");
    // From a `Value`, which may have fewer digits than the text.
    let read: Decimal = serde_json::from_value(json!(12.5)).expect("a number");
    assert_eq!(read.as_str(), "12.5");
    assert_eq!(json!(read), json!(12.5));
}

#[test]
fn decimals_are_compared_by_value() {
    let decimal = |text: &str| text.parse::<Decimal>().expect(text);
    for (one, other) in [
        ("1.50", "1.5"),
        ("1e2", "100"),
        ("-0.0", "0"),
        ("0.001", "1E-3"),
    ] {
        assert_eq!(decimal(one), decimal(other));
    }
    let mut sorted = [
        "10",
        "-2",
        "0.5",
        "9.99",
        "-10",
        "0",
        "1e3",
        "0.05",
        "-1e-999999999999999999999",
    ]
    .map(decimal);
    sorted.sort();
    let texts = sorted.each_ref().map(Decimal::as_str);
    assert_eq!(
        texts,
        [
            "-10",
            "-2",
            "-1e-999999999999999999999",
            "0",
            "0.05",
            "0.5",
            "9.99",
            "10",
            "1e3"
        ]
    );
    assert_eq!(Decimal::from(u128::MAX).to_string(), u128::MAX.to_string());
    assert_eq!(Decimal::try_from(0.5), Ok(decimal("0.50")));
    Decimal::try_from(f64::NAN).expect_err("no number");
    assert!((decimal("2.5e1").to_f64() - 25.0).abs() < f64::EPSILON);
}

#[test]
fn secrets_are_sent_but_not_shown() {
    let secret: Secret = serde_json::from_value(json!("hunter2")).expect("a text");
    assert_eq!(format!("{secret:?}"), "Secret([redacted])");
    assert_eq!(json!(secret), json!("hunter2"));
}
