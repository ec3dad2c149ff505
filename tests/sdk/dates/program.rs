//! Values of `fixtures/config/values.yaml`, with one generated crate for each choice of date and decimal crates.

use chrono::Datelike;
use std::str::FromStr;

/// Asserts that a price is written as it was read.
macro_rules! round_trip {
    ($package:ident, $json:expr) => {{
        let price: $package::types::Price = serde_json::from_str($json).unwrap();
        assert_eq!(serde_json::to_string(&price).unwrap(), $json);
        price
    }};
}

/// Asserts that timestamps round-trip unchanged and compare as points in time.
macro_rules! times {
    ($package:ident) => {
        let time = |text: &str| $package::DateTime::from_str(text);
        let moment = time("2025-01-31T08:00:00Z").unwrap();
        for text in [
            "2025-01-31T08:00:00Z",
            "2025-01-31T10:00:00+02:00",
            "2025-01-31T10:00:00.000+02:00",
            "2025-01-31t08:00:00z",
            "2025-01-31 08:00:00",
            "2025-01-31T08:00",
            "2025-01-31T08:00Z",
            "2025-01-31T08:00:00.000000",
        ] {
            let read = time(text).unwrap_or_else(|fault| panic!("{text}: {fault}"));
            assert_eq!(read, moment, "{text}");
            assert_eq!(read.to_string(), text);
        }
        assert!(time("2025-01-31T08:00:00.123456789012Z").is_ok());
        assert!(time("2025-01-31T08:00:01Z").unwrap() > moment);
        for text in ["", "2025-01-31", "2025-02-30T08:00:00Z", "soon", "2025-01-31T08:00:00Z ", "äääää"] {
            assert!(time(text).is_err(), "{text}");
        }
    };
}

const PRICE: &str = r#"{"amount":12.50,"amounts":[0.1,123456789012345678901234567890],"day":"2025-01-31","days":["2024-02-29"],"at":"2025-01-31T08:00:00.120+02:00"}"#;

fn main() {
    times!(values_chrono);
    times!(values_time);

    let price = round_trip!(values_chrono, PRICE);
    assert_eq!((price.day.get().year(), price.at.moment().year()), (2025, 2025));
    let amount = rust_decimal::Decimal::try_from(&price.amount).unwrap();
    assert_eq!(values_chrono::Decimal::from(amount * amount).as_str(), "156.2500");
    let digits = |text: &str| {
        let number = values_chrono::Decimal::from_str(text).unwrap();
        rust_decimal::Decimal::try_from(number).map(|number| number.to_string())
    };
    assert_eq!(digits("1.5e3").unwrap(), "1500");
    assert!(digits(&"9".repeat(40)).is_err());
    assert!(digits("0.12345678901234567890123456789012").is_err());
    let now = chrono::DateTime::from_timestamp(1_738_310_400, 0).unwrap();
    assert_eq!(values_chrono::DateTime::from(now).to_string(), "2025-01-31T08:00:00Z");

    let price = round_trip!(values_time, PRICE);
    assert_eq!((price.day.get().year(), price.at.moment().year()), (2025, 2025));
    assert!(values_time::Date::from_str("2025-02-30").is_err());
    let amount = bigdecimal::BigDecimal::try_from(&price.amount).unwrap();
    assert_eq!(values_time::Decimal::from(&amount * &amount).as_str(), "156.2500");
    for text in ["1e400", "-0.5e-30", "0.12345678901234567890123456789012"] {
        let number = values_time::Decimal::from_str(text).unwrap();
        let big = bigdecimal::BigDecimal::try_from(&number).unwrap();
        let back = values_time::Decimal::from(big);
        assert_eq!(back, number);
        assert!(values_time::Decimal::from_str(back.as_str()).is_ok(), "{back}");
    }
    let day = time::Date::from_ordinal_date(2025, 31).unwrap();
    assert_eq!(values_time::Date::from(day).to_string(), "2025-01-31");

    let price: values_string::types::Price = serde_json::from_str(PRICE).unwrap();
    assert_eq!((price.amount, price.day.as_str()), (12.5_f64, "2025-01-31"));
}
