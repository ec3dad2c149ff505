//! `state.tsv` records the progress of each corpus document. It is a ratchet: a run must not fall behind it.

use super::child::Outcome;
use super::run::Row;
use crate::support::cargo::Findings;
use crate::support::{repository, say};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The columns after the file's name, and when a change is a regression.
const COLUMNS: [(&str, Rule); 9] = [
    ("outcome", Rule::Word("generated")),
    ("formatted", Rule::Word("yes")),
    ("checks", Rule::Word("yes")),
    ("clippy", Rule::Word("yes")),
    ("rustdoc", Rule::Word("yes")),
    ("passed", Rule::MayRise),
    ("failed", Rule::MayFall),
    ("raw", Rule::MayFallByCode),
    ("calls", Rule::Word("yes")),
];

/// What counts as a regression.
#[derive(Debug, Clone, Copy)]
enum Rule {
    /// Any other word, once this one was reached.
    Word(&'static str),
    /// A lower number.
    MayRise,
    /// A higher number.
    MayFall,
    /// A higher number for any code: `W0201=3 W0310=1`.
    MayFallByCode,
}

/// The value of a column that was not checked.
const UNKNOWN: &str = "-";

type Cells = [String; COLUMNS.len()];

/// Compares a run with the file, and updates the file if `bless` is set. Prints regressions to stderr and returns
/// false if there are any.
pub fn settle(rows: &[Row<'_>], bless: bool) -> bool {
    let mut known = read();
    let (mut worse, mut better) = (Vec::new(), 0);
    for row in rows {
        let file = &row.document.file;
        if let Some(fault) = fault(row) {
            worse.push(format!("{file}: {fault}"));
        }
        let unknown = || std::array::from_fn(|_| UNKNOWN.to_owned());
        let before = known.entry(file.clone()).or_insert_with(unknown);
        for (index, now) in cells(row).into_iter().enumerate() {
            let (name, rule) = COLUMNS[index];
            if now == UNKNOWN || now == before[index] {
                continue;
            }
            if before[index] != UNKNOWN && rule.is_worse(&before[index], &now) {
                worse.push(format!("{file}: {name} was {}, is {now}", before[index]));
            } else {
                better += 1;
            }
            before[index] = now;
        }
    }
    if bless {
        let written = std::fs::write(path(), print(&known));
        written.expect("state.tsv can be written");
        say("corpus: state.tsv is what was reached now");
        return true;
    }
    if better > 0 {
        say(&format!(
            "corpus: {better} answers are better than in state.tsv; --bless writes them there"
        ));
    }
    if !worse.is_empty() {
        say(&format!(
            "corpus: worse than it was:\n  {}",
            worse.join("\n  ")
        ));
    }
    worse.is_empty()
}

/// Returns a fault that is never allowed, whatever the recorded state.
fn fault(row: &Row<'_>) -> Option<String> {
    match &row.answer.outcome {
        Outcome::Generated | Outcome::Refused(_) => None,
        Outcome::Died(why) => Some(format!("died: {}", why.trim())),
        Outcome::Hung => Some("no answer in time".to_owned()),
    }
}

fn cells(row: &Row<'_>) -> Cells {
    let outcome = match &row.answer.outcome {
        Outcome::Generated => "generated",
        Outcome::Refused(_) => "refused",
        Outcome::Died(_) | Outcome::Hung => "failed",
    };
    let clean = |found: Option<&Findings>| match found {
        None => UNKNOWN.to_owned(),
        Some(found) => if found.is_clean() { "yes" } else { "no" }.to_owned(),
    };
    let (passed, failed) = match &row.trip {
        None => (UNKNOWN.to_owned(), UNKNOWN.to_owned()),
        Some(Ok(trip)) => (trip.passed.to_string(), trip.failed.len().to_string()),
        // The number of successes is unknown.
        Some(Err(_)) => ("0".to_owned(), UNKNOWN.to_owned()),
    };
    let raw = row
        .answer
        .raw
        .iter()
        .map(|(code, count)| format!("{code}={count}"));
    let raw: Vec<String> = raw.collect();
    let raw = match (&row.answer.outcome, raw.is_empty()) {
        (Outcome::Generated, true) => "none".to_owned(),
        (Outcome::Generated, false) => raw.join(" "),
        _ => UNKNOWN.to_owned(),
    };
    [
        outcome.to_owned(),
        clean(row.fmt.as_ref()),
        clean(row.check.as_ref().map(|(found, _)| found)),
        clean(row.clippy.as_ref()),
        clean(row.doc.as_ref()),
        passed,
        failed,
        raw,
        match &row.calls {
            None => UNKNOWN.to_owned(),
            Some(calls) => if calls.is_ok() { "yes" } else { "no" }.to_owned(),
        },
    ]
}

impl Rule {
    fn is_worse(self, before: &str, now: &str) -> bool {
        let number = |text: &str| text.parse::<usize>().unwrap_or_default();
        match self {
            Rule::Word(reached) => before == reached && now != reached,
            Rule::MayRise => number(now) < number(before),
            Rule::MayFall => number(now) > number(before),
            Rule::MayFallByCode => {
                let before = by_code(before);
                let risen = |(code, count): (&str, usize)| {
                    count > before.get(code).copied().unwrap_or_default()
                };
                by_code(now).into_iter().any(risen)
            }
        }
    }
}

fn by_code(text: &str) -> BTreeMap<&str, usize> {
    let pair = |text: &'_ str| -> Option<(usize, usize)> {
        let at = text.find('=')?;
        Some((at, text[at + 1..].parse().ok()?))
    };
    text.split(' ')
        .filter_map(|text| pair(text).map(|(at, count)| (&text[..at], count)))
        .collect()
}

fn path() -> PathBuf {
    repository().join("tests/corpus/state.tsv")
}

fn read() -> BTreeMap<String, Cells> {
    let text = std::fs::read_to_string(path()).unwrap_or_default();
    let row = |line: &str| {
        let mut cells = line.split('\t').map(str::to_owned);
        let file = cells.next()?;
        Some((
            file,
            std::array::from_fn(|_| cells.next().unwrap_or(UNKNOWN.to_owned())),
        ))
    };
    text.lines().skip(1).filter_map(row).collect()
}

fn print(rows: &BTreeMap<String, Cells>) -> String {
    let header = COLUMNS.map(|(name, _)| name).join("\t");
    let lines = rows
        .iter()
        .map(|(file, cells)| format!("{file}\t{}\n", cells.join("\t")));
    std::iter::once(format!("file\t{header}\n"))
        .chain(lines)
        .collect()
}
