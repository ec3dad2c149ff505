//! Validates strings of the formats of JSON Schema (2020-12, validation, section 7.3) and of OpenAPI's
//! registry, as strictly as common validators.

use crate::pattern::pattern;
use std::net::{Ipv4Addr, Ipv6Addr};

/// Implements RFC 5321, section 4.1.2, without quoted names and address literals.
pub(super) fn is_email(text: &str) -> bool {
    let fine = |c: char| c.is_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(c);
    text.rsplit_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && name.chars().all(fine) && is_hostname(host) && host.contains('.')
    })
}

/// Implements RFC 3986, section 3: a scheme followed by characters of a URI.
pub(super) fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    let mut letters = scheme.chars();
    let named = letters.next().is_some_and(|c| c.is_ascii_alphabetic())
        && letters.all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    let has_host = !rest.starts_with("//") || rest.len() > 2 && !rest.starts_with("///");
    let fine = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c);
    named && has_host && !rest.is_empty() && rest.chars().all(fine)
}

pub(super) fn is_uri_reference(text: &str) -> bool {
    !text.contains([' ', '\\', '<', '>', '"'])
}

/// Implements RFC 1123, section 2.1.
pub(super) fn is_hostname(text: &str) -> bool {
    let label = |label: &str| {
        let fine = |c: char| c.is_alphanumeric() || c == '-';
        let inner = !label.starts_with('-') && !label.ends_with('-');
        (1..=63).contains(&label.len()) && inner && label.chars().all(fine)
    };
    text.len() <= 253 && text.split('.').all(label)
}

pub(super) fn is_ipv4(text: &str) -> bool {
    text.parse::<Ipv4Addr>().is_ok()
}

pub(super) fn is_ipv6(text: &str) -> bool {
    text.parse::<Ipv6Addr>().is_ok()
}

/// Implements RFC 6901, section 3.
pub(super) fn is_json_pointer(text: &str) -> bool {
    text.is_empty() || text.starts_with('/')
}

/// Returns whether a string is a regular expression that can be compiled.
pub(super) fn is_regex(text: &str) -> bool {
    pattern(text).is_some()
}

/// Implements RFC 9562, section 4.
pub(super) fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    let lengths = groups.iter().map(|group| group.len());
    lengths.eq([8, 4, 4, 4, 12])
        && groups
            .iter()
            .all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Implements RFC 4648, section 4, with padding, on one or several lines (RFC 2045, section 6.8).
pub(super) fn is_base64(text: &str) -> bool {
    let letters = one_line(text);
    let inner = letters.trim_end_matches('=');
    is_padded(&letters) && inner.bytes().all(|byte| is_of_base64(byte, b"+/"))
}

/// Implements RFC 4648, section 5, with or without padding.
pub(super) fn is_base64_url(text: &str) -> bool {
    let letters = one_line(text);
    let inner = letters.trim_end_matches('=');
    let is_bare = inner.len() == letters.len() && inner.len() % 4 != 1;
    (is_bare || is_padded(&letters)) && inner.bytes().all(|byte| is_of_base64(byte, b"-_"))
}

fn one_line(text: &str) -> String {
    text.split_ascii_whitespace().collect()
}

fn is_padded(letters: &str) -> bool {
    let inner = letters.trim_end_matches('=');
    letters.len().is_multiple_of(4) && letters.len() - inner.len() <= 2
}

fn is_of_base64(byte: u8, others: &[u8; 2]) -> bool {
    byte.is_ascii_alphanumeric() || others.contains(&byte)
}

/// Parses a number with a fixed count of digits at the start of a text. Returns it with the rest.
fn digits(text: &str, count: usize, most: u32) -> Option<(u32, &str)> {
    let (head, rest) = text.split_at_checked(count)?;
    let number = head.bytes().all(|byte| byte.is_ascii_digit());
    let value: u32 = head.parse().ok().filter(|_| number)?;
    (value <= most).then_some((value, rest))
}

/// Implements `full-date` of RFC 3339, section 5.6.
pub(super) fn is_date(text: &str) -> bool {
    date(text) == Some("")
}

fn date(text: &str) -> Option<&str> {
    let (year, rest) = digits(text, 4, 9999)?;
    let (month, rest) = digits(rest.strip_prefix('-')?, 2, 12)?;
    let (day, rest) = digits(rest.strip_prefix('-')?, 2, 31)?;
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    (month >= 1 && (1..=days).contains(&day)).then_some(rest)
}

/// Implements `date-time` of RFC 3339, section 5.6.
pub(super) fn is_date_time(text: &str) -> bool {
    date(text)
        .and_then(|rest| rest.strip_prefix(['T', 't']))
        .is_some_and(is_time)
}

/// Implements `full-time` of RFC 3339, section 5.6, without leap seconds, which few parsers accept.
pub(super) fn is_time(text: &str) -> bool {
    let clock = || {
        let (_, rest) = digits(text, 2, 23)?;
        let (_, rest) = digits(rest.strip_prefix(':')?, 2, 59)?;
        let (_, rest) = digits(rest.strip_prefix(':')?, 2, 59)?;
        let rest = match rest.strip_prefix('.') {
            Some(fraction) => {
                let rest = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
                (1..=9)
                    .contains(&(fraction.len() - rest.len()))
                    .then_some(rest)?
            }
            None => rest,
        };
        if let "Z" | "z" = rest {
            return Some(());
        }
        let (_, rest) = digits(rest.strip_prefix(['+', '-'])?, 2, 23)?;
        let (_, rest) = digits(rest.strip_prefix(':')?, 2, 59)?;
        rest.is_empty().then_some(())
    };
    clock().is_some()
}

/// Implements RFC 3339, appendix A.
pub(super) fn is_duration(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('P') else {
        return false;
    };
    let (date, time) = match rest.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (rest, None),
    };
    let units = |text: &str, known: &str| {
        let parts = text.split_inclusive(|c: char| !c.is_ascii_digit());
        let mut last = None;
        parts.into_iter().all(|part| {
            let unit = part.chars().last().and_then(|unit| known.find(unit));
            let rises = unit.is_some() && unit > last;
            last = unit;
            rises && part.len() > 1
        })
    };
    let weeks = time.is_none() && units(date, "W");
    let filled = |time: &str| !time.is_empty() && units(time, "HMS");
    !(date.is_empty() && time.is_none()) && (weeks || units(date, "YMD")) && time.is_none_or(filled)
}

#[cfg(test)]
mod tests {
    use super::{is_base64, is_base64_url};
    use crate::ir::FormatFacts;

    #[test]
    fn base64_has_two_alphabets() {
        for text in ["", "YQ==", "+/8APw==", "+/8A\r\nPw==\n"] {
            assert!(is_base64(text), "{text:?}");
        }
        for text in ["YQ", "-_8APw==", "Y===", "Y!==", "=YQ="] {
            assert!(!is_base64(text), "{text:?}");
        }
        for text in ["", "YQ==", "YQ", "-_8APw", "-_8A\nPw=="] {
            assert!(is_base64_url(text), "{text:?}");
        }
        for text in ["Y", "YQ=", "+/8APw==", "Y!"] {
            assert!(!is_base64_url(text), "{text:?}");
        }
    }

    #[test]
    fn formats_accept_only_valid_texts() {
        let cases = [
            (
                "email",
                &["jane@example.com"][..],
                &["jane", "jane@", "a b@c.de", "j@host"][..],
            ),
            (
                "uri",
                &["https://a.example/b?c#d", "urn:x:y", "mailto:a@b.c"],
                &["/b", "a b:c", "https://"],
            ),
            ("hostname", &["a.example", "localhost"], &["-a", "a..b", ""]),
            ("ipv4", &["192.0.2.1"], &["192.0.2", "256.0.0.1"]),
            ("ipv6", &["2001:db8::1"], &["192.0.2.1"]),
            (
                "uuid",
                &["4B0e1f3c-8a47-4c21-9a56-3d1f0c2b7e90"],
                &["4b0e1f3c8a474c219a563d1f0c2b7e90", "g"],
            ),
            (
                "date",
                &["2024-02-29"],
                &["2023-02-29", "2024-2-9", "2024-04-31", "2024-02-29T"],
            ),
            (
                "date-time",
                &["2026-01-31T09:30:00Z", "2026-01-31t09:30:00.123+05:30"],
                &[
                    "2026-01-31",
                    "2026-01-31 09:30:00Z",
                    "2026-01-31T09:30:00",
                    "2026-01-31T24:00:00Z",
                ],
            ),
            ("time", &["09:30:00Z"], &["09:30"]),
            (
                "duration",
                &["PT1H", "P1Y2M3DT4H5M6S", "P3W"],
                &["P", "PT", "1H", "P1H", "PT5M4H"],
            ),
        ];
        for (name, good, bad) in cases {
            let is_valid = FormatFacts::named(name).unwrap().is_valid;
            for text in good {
                assert!(is_valid(text), "{name} {text}");
            }
            for text in bad {
                assert!(!is_valid(text), "{name} {text}");
            }
        }
        assert!(FormatFacts::named("whatever").is_none());
    }
}
