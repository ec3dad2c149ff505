//! `Retry-After` in all valid forms, and in invalid ones.

use std::time::Duration;

use http::{HeaderValue, Response, StatusCode};
use jiff::civil::{DateTime, date};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::requests::{GET, builder};
use crate::runtime::{MemoryTransport, Request, RetryPolicy, decode};

/// The longest delay within the total timeout.
const LONGEST: u64 = 1_000_000;

/// The delay without a hint of the server.
const USUAL: Duration = Duration::from_millis(500);

/// Returns the delay after a response with these headers, or `None` if the client does not retry.
fn wait(retry_after: &HeaderValue, now: Option<&str>) -> Option<Duration> {
    let mut busy = Response::new("".into());
    *busy.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    let headers = busy.headers_mut();
    headers.insert("retry-after", retry_after.clone());
    if let Some(now) = now {
        headers.insert("date", now.parse().expect("a date"));
    }
    let transport = MemoryTransport::new().response(busy).json(200, "1");
    let core = builder(&transport)
        .retry(RetryPolicy::new(2).initial_backoff(USUAL))
        .total_timeout(Duration::from_secs(LONGEST + 1))
        .finish()
        .expect("a client");
    let runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = { runtime }.build().expect("a runtime");
    let call = Request::new(&core, &GET).send(decode::nothing);
    let is_answered = runtime.block_on(call).is_ok();
    let sleeps = transport.sleeps();
    assert_eq!(
        is_answered,
        sleeps.len() == 1,
        "{retry_after:?}: {sleeps:?}"
    );
    sleeps.first().copied()
}

fn text(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).expect("a value")
}

/// Returns a strategy for any second of some years.
fn moments(years: std::ops::Range<i16>) -> impl Strategy<Value = DateTime> {
    let first = date(years.start, 1, 1).at(0, 0, 0, 0);
    let end = date(years.end, 1, 1).at(0, 0, 0, 0);
    let length = end.duration_since(first).as_secs();
    (0..length).prop_map(move |at| first + jiff::SignedDuration::from_secs(at))
}

/// The three date forms of RFC 9110, section 5.6.7. The second has no century.
const FORMS: [&str; 3] = [
    "%a, %d %b %Y %H:%M:%S GMT",
    "%A, %d-%b-%y %H:%M:%S GMT",
    "%a %b %e %H:%M:%S %Y",
];

fn written(at: DateTime, form: &str) -> String {
    at.strftime(form).to_string()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn seconds_are_waited(seconds in any::<u64>(), zeros in 0..30_usize) {
        let value = text(&format!("{}{seconds}", "0".repeat(zeros)));
        let expected = (seconds <= LONGEST).then(|| Duration::from_secs(seconds));
        prop_assert_eq!(wait(&value, None), expected);
    }

    #[test]
    fn few_seconds_are_waited(seconds in 0..=LONGEST, before in "[ \t]{0,3}", after in "[ \t]{0,3}") {
        let value = text(&format!("{before}{seconds}{after}"));
        prop_assert_eq!(wait(&value, None), Some(Duration::from_secs(seconds)));
    }

    #[test]
    fn a_date_is_waited_for_by_the_clock_of_the_server(
        (now, form, own) in prop_oneof![
            (moments(1990..9990), prop_oneof![Just(0), Just(2)], prop_oneof![Just(0), Just(2)]),
            // The form with a two-digit year can only express these years.
            (moments(1990..2060), 0..3_usize, 0..3_usize),
        ],
        after in -(LONGEST as i64)..=(LONGEST as i64),
    ) {
        let until = now + jiff::SignedDuration::from_secs(after);
        let value = text(&written(until, FORMS[form]));
        let now = written(now, FORMS[own]);
        let expected = Duration::from_secs(u64::try_from(after).unwrap_or(0));
        prop_assert_eq!(wait(&value, Some(&now)), Some(expected));
    }

    #[test]
    fn a_date_far_away_is_waited_for_in_no_call(at in moments(2200..9999), form in proptest::sample::select(&[0, 2][..])) {
        prop_assert_eq!(wait(&text(&written(at, FORMS[form])), None), None);
    }

    #[test]
    fn a_date_of_the_past_is_no_wait(at in moments(1970..2020), form in 0..3_usize) {
        prop_assert_eq!(wait(&text(&written(at, FORMS[form])), None), Some(Duration::ZERO));
    }

    #[test]
    fn junk_is_no_hint(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
        let Ok(value) = HeaderValue::from_bytes(&bytes) else {
            return Ok(());
        };
        let is_number = value.to_str().is_ok_and(|text| {
            let text = text.trim();
            !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
        });
        prop_assume!(!is_number);
        prop_assert!(wait(&value, None).is_some_and(|wait| wait <= USUAL));
    }

    /// Checks that a date with one replaced letter leads to a delay within the timeout, or to none.
    #[test]
    fn a_damaged_date_does_no_harm(
        at in moments(1970..9999),
        form in 0..3_usize,
        place in any::<proptest::sample::Index>(),
        letter in "[ -~]",
    ) {
        let mut date = written(at, FORMS[form]);
        let place = place.index(date.len());
        date.replace_range(place..=place, &letter);
        if let Some(wait) = wait(&text(&date), Some("Sun, 06 Nov 1994 08:49:37 GMT")) {
            prop_assert!(wait <= Duration::from_secs(LONGEST));
        }
    }
}
