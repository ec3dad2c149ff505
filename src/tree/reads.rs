//! How often nodes are read: what tests measure instead of time.

use std::cell::Cell;

thread_local! {
    static COUNT: Cell<usize> = const { Cell::new(0) };
}

pub(super) fn add() {
    COUNT.set(COUNT.get() + 1);
}

/// How many reads this thread has made.
pub fn count() -> usize {
    COUNT.get()
}
