//! Counts reads of nodes, so that tests can measure work instead of time.

use std::cell::Cell;

thread_local! {
    static COUNT: Cell<usize> = const { Cell::new(0) };
}

pub(super) fn add() {
    COUNT.set(COUNT.get() + 1);
}

/// Returns the number of reads on this thread.
pub fn count() -> usize {
    COUNT.get()
}
