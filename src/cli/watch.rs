//! `sdkgen generate --watch`: once more whenever a file changes that the last run has read.
//!
//! Files are looked at several times a second: that works on every disk, shared ones and those of
//! containers included, whatever way an editor saves.

use super::target::Target;
use super::terminal::Ui;
use super::{MISUSE, Outcome, generate};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::thread::sleep;
use std::time::{Duration, SystemTime};

const PERIOD: Duration = Duration::from_millis(200);

/// Generates, and again after each change; ends only where the first run shows a misuse.
pub fn watch(target: &Target, force: bool, ui: &Ui) -> Outcome {
    if target.reads_stdin() {
        ui.error("`--watch` needs a file, which can change; standard input is read once");
        return Err(MISUSE);
    }
    let mut known = Watched::default();
    let mut first = true;
    loop {
        // A file that changes while it is read has changed since.
        let before = known.now();
        let mut read = target.named();
        let outcome = generate(target, force, ui, &mut read);
        if first && outcome == Err(MISUSE) {
            return outcome;
        }
        first = false;
        // What cannot be read at all is watched until it can.
        if outcome.is_err() {
            read.extend(known.0.into_keys());
        }
        known = Watched::new(read);
        for (path, state) in before.0 {
            known.0.entry(path).and_modify(|now| *now = state);
        }
        let files = match known.0.len() {
            1 => "1 file".to_owned(),
            count => format!("{count} files"),
        };
        ui.progress(&format!("watching {files}; Ctrl-C ends it"));
        known.wait();
    }
}

/// Files with what tells that they have changed; `None` for one that is not there.
#[derive(Debug, Default, PartialEq, Eq)]
struct Watched(BTreeMap<PathBuf, Option<(SystemTime, u64)>>);

impl Watched {
    fn new(paths: impl IntoIterator<Item = PathBuf>) -> Self {
        let state = |path: PathBuf| {
            let found = std::fs::metadata(&path);
            let found = found.and_then(|found| Ok((found.modified()?, found.len())));
            (path, found.ok())
        };
        Watched(paths.into_iter().map(state).collect())
    }

    fn now(&self) -> Self {
        Watched::new(self.0.keys().cloned())
    }

    /// Waits until a file has changed, and then until none does any more: one save is often several writes.
    fn wait(&self) {
        while self.now() == *self {
            sleep(PERIOD);
        }
        let mut last = self.now();
        loop {
            sleep(PERIOD / 2);
            let now = self.now();
            if now == last {
                return;
            }
            last = now;
        }
    }
}
