//! How often the branches of unions are tried before the reader gives up.

use std::cell::Cell;

pub(super) const TOO_MANY_TRIALS: &str = "none of its types fits it, after too many trials";

/// The trials of a union and of the unions in it.
///
/// Where unions lie in unions and several branches take a value, a fault deep within makes each level try
/// all of them, which doubles the trials with each level.
pub(super) struct Trials;

thread_local! {
    /// How many unions are being read, one in the other, and the trials that failed since the outermost.
    static TRIALS: Cell<(usize, usize)> = const { Cell::new((0, 0)) };
}

impl Trials {
    /// Enters a union.
    pub(super) fn within() -> Self {
        let (depth, failed) = TRIALS.get();
        TRIALS.set((depth + 1, failed));
        Trials
    }

    /// Counts a trial that failed. Returns whether there are to be no more.
    pub(super) fn are_exhausted(&self) -> bool {
        /// No real response comes near it, and all of them take about a second.
        const MAX_TRIALS: usize = 1_000_000;
        let (depth, failed) = TRIALS.get();
        TRIALS.set((depth, failed + 1));
        failed >= MAX_TRIALS
    }
}

impl Drop for Trials {
    fn drop(&mut self) {
        let (depth, failed) = TRIALS.get();
        TRIALS.set(match depth {
            0 | 1 => (0, 0),
            _ => (depth - 1, failed),
        });
    }
}
