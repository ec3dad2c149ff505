//! `sdkgen generate --watch`: generates again whenever a file changes that the last run has read.
//!
//! Polls the files several times a second. That works on every file system, including network shares and
//! containers, and however an editor saves.

use super::target::Target;
use super::terminal::Terminal;
use super::{CommandResult, MISUSE, generate};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::thread::sleep;
use std::time::{Duration, SystemTime};

const PERIOD: Duration = Duration::from_millis(200);

/// Generates, and again after each change. Returns only if the first run shows a misuse.
pub fn watch(target: &Target, force: bool, terminal: &Terminal) -> CommandResult {
    if target.reads_stdin() {
        terminal.error("`--watch` cannot watch standard input");
        return Err(MISUSE);
    }
    let mut known = Watched::default();
    let mut first = true;
    loop {
        // Takes the states before reading, so that a change during the run starts another one.
        let before = known.now();
        let mut read = target.named();
        let outcome = generate(target, force, terminal, &mut read);
        if first && outcome == Err(MISUSE) {
            return outcome;
        }
        first = false;
        // A run that failed may not have read all files, so the earlier ones are watched too.
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
        terminal.progress(&format!("watching {files}; press Ctrl-C to stop"));
        known.wait();
    }
}

/// Files with their modification time and size, or `None` for a missing file.
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

    /// Waits for a change, and then until the files are stable: an editor may write several times to save.
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
