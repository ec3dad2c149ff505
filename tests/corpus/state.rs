//! `state.tsv`: how far each document of the corpus came. It is a ratchet: what was reached stays.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

/// The columns, behind the file's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// `generated` or `refused`.
    Outcome,
    /// Whether rustfmt would change nothing: `yes` or `no`.
    Formatted,
    /// Whether it compiles: `yes` or `no`; known from a full run only.
    Compiles,
}

const HEADER: &str = "file\toutcome\tformatted\tcompiles";
const COLUMNS: usize = 3;
/// What the ratchet keeps; everything else is worse.
const REACHED: [&str; COLUMNS] = ["generated", "yes", "yes"];
const UNKNOWN: &str = "-";

/// Tests run side by side, and each writes columns of its own.
static WRITING: Mutex<()> = Mutex::new(());

type Rows = BTreeMap<String, [String; COLUMNS]>;

/// Compares what was found with the file. With `SDKGEN_BLESS` set, writes it there instead.
///
/// Returns the files that are not what they were, as one text, and the number of those that are
/// better now.
pub fn compare(column: Column, found: &[(String, String)]) -> (String, usize) {
    let guard = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
    let mut rows = read();
    let (mut worse, mut better) = (String::new(), 0);
    let index = column as usize;
    for (file, now) in found {
        let row = rows.entry(file.clone());
        let row = row.or_insert_with(|| std::array::from_fn(|_| UNKNOWN.to_owned()));
        let before = std::mem::replace(&mut row[index], now.clone());
        let reached = REACHED[index];
        if before == reached && now != reached {
            let _ = writeln!(worse, "  {file}: was {before}, is {now}");
        }
        better += usize::from(before != reached && now == reached);
    }
    if std::env::var_os("SDKGEN_BLESS").is_some() {
        std::fs::write(path(), print(&rows)).unwrap();
        (worse, better) = (String::new(), 0);
    }
    drop(guard);
    (worse, better)
}

fn path() -> PathBuf {
    crate::support::repository().join("tests/corpus/state.tsv")
}

fn read() -> Rows {
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

fn print(rows: &Rows) -> String {
    let lines = rows
        .iter()
        .map(|(file, cells)| format!("{file}\t{}\n", cells.join("\t")));
    std::iter::once(format!("{HEADER}\n"))
        .chain(lines)
        .collect()
}
