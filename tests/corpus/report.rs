//! The results of a run as tables.

use super::child::Outcome;
use super::run::Row;
use super::trip::Failure;
use crate::support::cargo::{Findings, excerpt};
use std::collections::BTreeMap;
use std::fmt::Write;

/// How many findings of each kind are shown.
const SHOWN: usize = 3;

/// Returns all tables.
pub fn tables(rows: &[Row<'_>]) -> String {
    let mut text = documents(rows);
    text.push_str(&diagnostics(rows));
    text.push_str(&pages(rows));
    text.push_str(&fallbacks(rows));
    text.push_str(&trips(rows));
    text.push_str(&findings(rows));
    text
}

fn documents(rows: &[Row<'_>]) -> String {
    let mut text = format!(
        "{:<40} {:>6} {:>5} {:>7} {:>5} {:>5} {:>4} {:>7} {:>6} {:>4} {:>6} {:>6} {:>6}\n",
        "document",
        "gen s",
        "MiB",
        "lines",
        "warn",
        "note",
        "fmt",
        "check s",
        "clippy",
        "doc",
        "valid",
        "passed",
        "failed"
    );
    for row in rows {
        text.push_str(&line(row));
    }
    let generated = rows
        .iter()
        .filter(|row| row.answer.outcome == Outcome::Generated)
        .count();
    let seconds: f64 = rows.iter().map(|row| row.answer.seconds).sum();
    let lines: usize = rows.iter().map(|row| row.answer.lines).sum();
    let _ = writeln!(
        text,
        "{generated} of {} documents generated, {seconds:.1} s of work, {lines} lines\n",
        rows.len()
    );
    text
}

/// Returns the line of a document.
fn line(row: &Row<'_>) -> String {
    let answer = &row.answer;
    let counted = |letter: char| -> usize {
        let codes = answer.diagnostics.iter();
        codes
            .filter(|(code, _)| code.starts_with(letter))
            .map(|(_, count)| count)
            .sum()
    };
    let (warnings, notes) = (counted('W'), counted('N'));
    let found = |findings: &Option<Findings>| match findings {
        None => "-".to_owned(),
        Some(found) if found.is_clean() => "ok".to_owned(),
        Some(found) => (found.errors.len() + found.warnings.len()).to_string(),
    };
    let check = match &row.check {
        None => "-".to_owned(),
        Some((found, time)) if found.is_clean() => format!("{:.1}", time.as_secs_f64()),
        Some((found, _)) => format!("{}e {}w", found.errors.len(), found.warnings.len()),
    };
    let [valid, passed, failed] = match &row.trip {
        None => ["-", "-", "-"].map(str::to_owned),
        Some(Err(_)) => ["", "", "broken"].map(str::to_owned),
        Some(Ok(trip)) => {
            let (passed, failed) = (trip.passed, trip.failed.len());
            [passed + failed, passed, failed].map(|count| count.to_string())
        }
    };
    let (file, seconds, mib, lines) = (name(row), answer.seconds, answer.mib, answer.lines);
    let (fmt, clippy, doc) = (found(&row.fmt), found(&row.clippy), found(&row.doc));
    format!(
        "{file:<40} {seconds:>6.2} {mib:>5.0} {lines:>7} {warnings:>5} {notes:>5} {fmt:>4} \
         {check:>7} {clippy:>6} {doc:>4} {valid:>6} {passed:>6} {failed:>6}\n"
    )
}

fn name<'a>(row: &'a Row<'_>) -> &'a str {
    let file = row.document.file.as_str();
    file.char_indices()
        .nth(40)
        .map_or(file, |(end, _)| &file[..end])
}

/// Sums counts by code, with the number of documents in which each occurs.
fn by_code<'a>(
    counts: impl Iterator<Item = &'a BTreeMap<String, usize>>,
) -> BTreeMap<&'a str, (usize, usize)> {
    let mut sums: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (code, count) in counts.flatten() {
        let (all, documents) = sums.entry(code).or_default();
        *all += count;
        *documents += 1;
    }
    sums
}

fn diagnostics(rows: &[Row<'_>]) -> String {
    let sums = by_code(rows.iter().map(|row| &row.answer.diagnostics));
    let mut text = format!("{:<12} {:>7} {:>10}\n", "diagnostic", "count", "documents");
    for (code, (count, documents)) in sums {
        let _ = writeln!(text, "{code:<12} {count:>7} {documents:>10}");
    }
    text + "\n"
}

fn pages(rows: &[Row<'_>]) -> String {
    let sums = by_code(rows.iter().map(|row| &row.answer.pages));
    let mut text = format!("{:<12} {:>7} {:>10}\n", "pages by", "calls", "documents");
    for (kind, (count, documents)) in sums {
        let _ = writeln!(text, "{kind:<12} {count:>7} {documents:>10}");
    }
    text + "\n"
}

fn fallbacks(rows: &[Row<'_>]) -> String {
    let sums = by_code(rows.iter().map(|row| &row.answer.raw));
    let mut text = format!(
        "{:<12} {:>7} {:>10}\n",
        "raw JSON by", "schemas", "documents"
    );
    let all: usize = sums.values().map(|(count, _)| count).sum();
    for (code, (count, documents)) in sums {
        let _ = writeln!(text, "{code:<12} {count:>7} {documents:>10}");
    }
    let _ = writeln!(text, "{:<12} {all:>7}\n", "together");
    text
}

fn trips(rows: &[Row<'_>]) -> String {
    let trips = || {
        rows.iter()
            .filter_map(|row| row.trip.as_ref()?.as_ref().ok())
    };
    if trips().next().is_none() {
        return String::new();
    }
    let cases = || {
        rows.iter()
            .filter(|row| row.trip.is_some())
            .map(|row| &row.answer.cases)
    };
    let sum = |count: fn(&super::trip::Cases) -> usize| cases().map(count).sum::<usize>();
    let passed: usize = trips().map(|trip| trip.passed).sum();
    let failed = || trips().flat_map(|trip| &trip.failed);
    let valid = passed + failed().count();
    let percent = |part: usize, all: usize| 100.0 * part as f64 / all.max(1) as f64;
    let unformatted = failed().filter(|failure| !failure.fits_formats).count();
    let mut text = format!(
        "examples: {} found, {} not valid for their schema, {} valid without a type, {} not judged\n\
         round trip: {passed} of {valid} pass, {:.2} %; of those in the format that the schema \
         names, {:.2} %\n",
        sum(|cases| cases.found),
        sum(|cases| cases.invalid),
        sum(|cases| cases.without_type.len()),
        sum(|cases| cases.not_judged.len()),
        percent(passed, valid),
        percent(passed, valid - unformatted),
    );
    let calls = || rows.iter().map(|row| &row.answer.calls);
    let judged: usize = calls().map(|calls| calls.judged).sum();
    let invalid: usize = calls().map(|calls| calls.invalid.len()).sum();
    let _ = writeln!(
        text,
        "example calls: {} of {judged} values are valid for their schema, {:.2} %",
        judged - invalid,
        percent(judged - invalid, judged),
    );
    let mut classes: BTreeMap<String, usize> = BTreeMap::new();
    failed().for_each(|failure| *classes.entry(class(failure)).or_default() += 1);
    let mut classes: Vec<_> = classes.into_iter().collect();
    classes.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    for (class, count) in classes {
        let _ = writeln!(text, "{count:>7}  {class}");
    }
    text + "\n"
}

/// Returns a failure's reason without the details of the example.
pub fn class(failure: &Failure) -> String {
    let reason = failure.reason.as_str();
    let cut = reason
        .find(" at line ")
        .or(reason.find(", expected").map(|_| reason.len()));
    let reason = &reason[..cut.unwrap_or(reason.len())];
    let mut text = String::new();
    let mut quote = None;
    for letter in reason.chars() {
        match quote {
            Some(end) if letter == end => quote = None,
            Some(_) => continue,
            None if matches!(letter, '`' | '"') => quote = Some(letter),
            None => {}
        }
        text.push(letter);
    }
    let kind = if failure.fits_formats { "" } else { "format: " };
    match text
        .strip_prefix("encode: ")
        .and_then(|text| text.split_once(' '))
    {
        Some((_, rest)) => {
            let words: Vec<&str> = rest
                .split(' ')
                .filter(|word| word.starts_with(char::is_alphabetic))
                .collect();
            format!("{kind}encode: a member {}", words.join(" "))
        }
        None => format!("{kind}{}", text.chars().take(110).collect::<String>()),
    }
}

/// Returns the shortened messages of the tools.
fn findings(rows: &[Row<'_>]) -> String {
    let mut text = String::new();
    for row in rows {
        let package = &row.document.package;
        match &row.answer.outcome {
            Outcome::Generated => {}
            Outcome::Refused(why) => {
                text.push_str(&format!("=== {package} is refused\n{}", excerpt(why)))
            }
            Outcome::Died(why) => text.push_str(&format!("=== {package} died\n{}", excerpt(why))),
            Outcome::Hung => text.push_str(&format!("=== {package}: no answer in time\n")),
        }
        let check = row.check.as_ref().map(|(found, _)| found);
        let found = [
            ("fmt", row.fmt.as_ref()),
            ("check", check),
            ("clippy", row.clippy.as_ref()),
            ("doc", row.doc.as_ref()),
        ];
        for (what, found) in found {
            for finding in found.into_iter().flat_map(Findings::all).take(SHOWN) {
                text.push_str(&format!("=== {package}: {what}\n{}", excerpt(finding)));
            }
        }
        if let Some(Err(why)) = &row.calls {
            text.push_str(&format!("=== {package}: calls\n{}", excerpt(why)));
        }
        match &row.trip {
            Some(Err(why)) => text.push_str(&format!("=== {package}: trip\n{}", excerpt(why))),
            Some(Ok(trip)) => {
                for failure in trip.failed.iter().take(SHOWN) {
                    let _ = writeln!(
                        text,
                        "{package}: {} ({}): {}",
                        failure.place, failure.ty, failure.reason
                    );
                }
            }
            None => {}
        }
    }
    text
}

/// Lists every failed example and every fallback, one a line.
pub fn details(rows: &[Row<'_>]) -> String {
    let mut text = String::new();
    for row in rows {
        let file = &row.document.file;
        let trip = row.trip.as_ref().and_then(|trip| trip.as_ref().ok());
        for failure in trip.into_iter().flat_map(|trip| &trip.failed) {
            let Failure {
                place,
                ty,
                reason,
                fits_formats,
            } = failure;
            let format = if *fits_formats {
                ""
            } else {
                "not of the format"
            };
            let _ = writeln!(text, "trip\t{file}\t{place}\t{ty}\t{reason}\t{format}");
        }
        for (code, place) in &row.answer.raw_places {
            let _ = writeln!(text, "raw\t{file}\t{place}\t{code}");
        }
        for place in &row.answer.cases.without_type {
            let _ = writeln!(text, "without a type\t{file}\t{place}");
        }
        for call in &row.answer.calls.invalid {
            let _ = writeln!(text, "call\t{file}\t{call}");
        }
        for why in &row.answer.cases.not_judged {
            let _ = writeln!(text, "not judged\t{file}\t{why}");
        }
    }
    text
}
