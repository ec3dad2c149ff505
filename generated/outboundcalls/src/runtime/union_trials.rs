//! Trial decoding of union branches: how many trials are allowed, and how well a branch fits.

use std::cell::{Cell, RefCell};

/// What a branch decoded although its schema does not allow it: another branch may fit better.
#[derive(Default)]
pub(super) struct Misfits {
    /// Properties that a closed object does not declare, and drops.
    dropped: Vec<String>,
    /// Other values that the schema does not allow, and required properties that are missing.
    unfit: usize,
}

thread_local! {
    /// How many unions are being decoded, one inside the other, and the failed trials since the outermost
    /// began.
    static TRIALS: Cell<(usize, usize)> = const { Cell::new((0, 0)) };
    /// The misfits that the innermost trial has recorded.
    static MISFITS: RefCell<Misfits> = const {
        RefCell::new(Misfits {
            dropped: Vec::new(),
            unfit: 0,
        })
    };
}

/// Records a value that the schema does not allow: one that an enumeration does not list, or a null.
pub(super) fn is_unfit() {
    note(|misfits| misfits.unfit += 1);
}

fn note(note: impl FnOnce(&mut Misfits)) {
    if TRIALS.get().0 > 0 {
        MISFITS.with(|misfits| note(&mut misfits.borrow_mut()));
    }
}
