//! The recorded verdicts of `cargo semver-checks`: for each pair, a line with the required version step and the
//! failed lints.

use crate::pair::beside;
use std::collections::BTreeMap;

#[derive(Debug)]
pub struct Verdict {
    /// `none`, `minor` or `major`.
    pub step: String,
    /// Separated by spaces.
    pub lints: String,
}

impl Verdict {
    pub fn is_breaking(&self) -> bool {
        self.step == "major"
    }
}

pub type Verdicts = BTreeMap<String, Verdict>;

pub const FILE: &str = "semver/verdicts.tsv";

pub fn read() -> Verdicts {
    let text = std::fs::read_to_string(beside(FILE)).unwrap_or_default();
    let line = |line: &str| {
        let mut cells = line.split('\t').map(str::to_owned);
        let (name, step) = (cells.next()?, cells.next()?);
        let lints = cells.next().unwrap_or_default();
        Some((name, Verdict { step, lints }))
    };
    text.lines().filter_map(line).collect()
}
