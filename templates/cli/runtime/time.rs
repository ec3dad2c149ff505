//! Dates and times as a person writes them.
//!
//! A time is an RFC 3339 text, a date with or without a time of day in UTC, `now`, `today`, `yesterday`, `tomorrow`,
//! or a distance from now such as `2h`, `-30m` and `3d`.

use std::time::{SystemTime, UNIX_EPOCH};

const DAY: i64 = 86_400;

/// Returns the text of a date, `2026-11-30`.
pub fn date(text: &str) -> Result<String, String> {
    let text = text.trim();
    if is_date(text) {
        return Ok(text.to_owned());
    }
    match relative(text) {
        Some(seconds) => Ok(date_of(after(seconds))),
        None => Err(format!(
            "`{text}` is not a date such as `2026-11-30`, `tomorrow` or `3d`"
        )),
    }
}

/// Returns the text of a time in RFC 3339, `2026-11-30T14:00:00Z`.
pub fn time(text: &str) -> Result<String, String> {
    let text = text.trim();
    if is_date(text) {
        return Ok(format!("{text}T00:00:00Z"));
    }
    if let Some(seconds) = relative(text) {
        let at = after(seconds);
        return Ok(match text {
            "today" | "yesterday" | "tomorrow" => format!("{}T00:00:00Z", date_of(at)),
            _ => rfc_3339(at),
        });
    }
    if let Some((date, clock)) = text
        .split_once([' ', 'T', 't'])
        .filter(|(date, _)| is_date(date))
    {
        let zone = clock.find(['Z', 'z', '+', '-']).unwrap_or(clock.len());
        let (clock, zone) = clock.split_at(zone);
        if let Some(clock) = with_seconds(clock) {
            let zone = if zone.is_empty() { "Z" } else { zone };
            return Ok(format!("{date}T{clock}{zone}"));
        }
    }
    Err(format!(
        "`{text}` is not a time such as `2026-11-30 14:00`, `now` or `2h`"
    ))
}

/// Reads a distance such as `90s`, `2m` or `1h`, in seconds.
pub fn duration(text: &str) -> Result<u64, String> {
    let seconds = distance(text.trim()).and_then(|seconds| u64::try_from(seconds).ok());
    let plain = || text.trim().parse::<u64>().ok();
    seconds
        .or_else(plain)
        .ok_or_else(|| format!("`{text}` is not a duration such as `30s`, `5m` or `2h`"))
}

fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_form = bytes.len() == 10
        && bytes.iter().enumerate().all(|(index, byte)| match index {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    is_form && (1..=12).contains(&number(&text[5..7])) && (1..=31).contains(&number(&text[8..10]))
}

fn number(digits: &str) -> i64 {
    digits.parse().unwrap_or_default()
}

fn with_seconds(clock: &str) -> Option<String> {
    let (whole, fraction) = match clock.split_once('.') {
        Some((whole, fraction)) => (whole, format!(".{fraction}")),
        None => (clock, String::new()),
    };
    let parts: Vec<&str> = whole.split(':').collect();
    let is_two = |part: &&str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_digits = fraction.bytes().skip(1).all(|byte| byte.is_ascii_digit());
    match parts.len() {
        2 if parts.iter().all(is_two) && fraction.is_empty() => Some(format!("{whole}:00")),
        3 if parts.iter().all(is_two) && is_digits => Some(format!("{whole}{fraction}")),
        _ => None,
    }
}

/// Returns the seconds between now and a time such as `tomorrow` or `2h`.
fn relative(text: &str) -> Option<i64> {
    match text {
        "now" | "today" => Some(0),
        "yesterday" => Some(-DAY),
        "tomorrow" => Some(DAY),
        text => match text.strip_suffix(" ago") {
            Some(text) => distance(text).map(|seconds| -seconds),
            None => distance(text.strip_prefix("in ").unwrap_or(text)),
        },
    }
}

fn distance(text: &str) -> Option<i64> {
    let (sign, text) = match text.strip_prefix('-') {
        Some(text) => (-1, text),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let end = text.find(|c: char| !c.is_ascii_digit())?;
    let count: i64 = text[..end].parse().ok()?;
    let unit = match text[end..].trim() {
        "s" | "sec" | "second" | "seconds" => 1,
        "m" | "min" | "minute" | "minutes" => 60,
        "h" | "hour" | "hours" => 3600,
        "d" | "day" | "days" => DAY,
        "w" | "week" | "weeks" => 7 * DAY,
        _ => return None,
    };
    count.checked_mul(unit)?.checked_mul(sign)
}

/// Returns the time in seconds since 1970.
pub fn now() -> u64 {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH);
    elapsed.map_or(0, |elapsed| elapsed.as_secs())
}

/// Returns the time that is this many seconds from now.
fn after(seconds: i64) -> i64 {
    let now = i64::try_from(now()).unwrap_or(i64::MAX);
    now.saturating_add(seconds)
}

fn date_of(seconds: i64) -> String {
    let (year, month, day) = civil(seconds.div_euclid(DAY));
    format!("{year:04}-{month:02}-{day:02}")
}

fn rfc_3339(seconds: i64) -> String {
    let clock = seconds.rem_euclid(DAY);
    let (hour, minute, second) = (clock / 3600, clock / 60 % 60, clock % 60);
    format!("{}T{hour:02}:{minute:02}:{second:02}Z", date_of(seconds))
}

/// Returns year, month and day of a number of days since 1970, by the algorithm of Howard Hinnant.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::{civil, date, duration, rfc_3339, time};

    #[test]
    fn times_are_read_as_people_write_them() {
        assert_eq!(time("2026-11-30").unwrap(), "2026-11-30T00:00:00Z");
        assert_eq!(time("2026-11-30 14:05").unwrap(), "2026-11-30T14:05:00Z");
        assert_eq!(
            time("2026-11-30T14:05:06.5+02:00").unwrap(),
            "2026-11-30T14:05:06.5+02:00"
        );
        assert_eq!(date("2026-02-28").unwrap(), "2026-02-28");
        for wrong in ["", "soon", "2026-13-01", "2026-11-30 25", "5x"] {
            assert!(time(wrong).is_err() && date(wrong).is_err(), "{wrong}");
        }
        assert!(time("2h").unwrap() > time("now").unwrap());
        assert!(time("2 hours ago").unwrap() < time("now").unwrap());
    }

    #[test]
    fn days_become_dates() {
        assert_eq!(civil(0), (1970, 1, 1));
        assert_eq!(civil(11_016), (2000, 2, 29));
        assert_eq!(rfc_3339(1_796_047_200), "2026-11-30T14:00:00Z");
        assert_eq!(rfc_3339(-1), "1969-12-31T23:59:59Z");
    }

    #[test]
    fn durations_have_units() {
        assert_eq!(duration("90"), Ok(90));
        assert_eq!(duration("2m"), Ok(120));
        assert!(duration("-2m").is_err() && duration("m").is_err());
    }
}
