//! Trial decoding of union branches: how many trials are allowed, and how well a branch fits.

use std::cell::{Cell, RefCell};

pub(super) const TOO_MANY_TRIALS: &str = "none of its types fits it, after too many trials";

/// The trials of a union and of the unions in it.
///
/// If unions are nested and several branches accept a value, an error deep inside makes each level try all of
/// its branches, which multiplies the trials with each level.
pub(super) struct Trials;

/// What a branch decoded although its schema does not allow it: another branch may fit better.
#[derive(Default)]
pub(super) struct Misfits {
    /// Properties that a closed object does not declare, and drops.
    dropped: Vec<String>,
    /// Other values that the schema does not allow, and required properties that are missing.
    unfit: usize,
}

impl Misfits {
    pub(super) fn are_none(&self) -> bool {
        self.severity() == (0, 0)
    }

    /// Returns how badly the branch fits. Dropping a property is worse than keeping a value.
    pub(super) fn severity(&self) -> (usize, usize) {
        (self.dropped.len(), self.unfit)
    }

    /// Returns the same with more unfit values.
    pub(super) fn and(mut self, unfit: usize) -> Self {
        self.unfit += unfit;
        self
    }

    pub(super) fn dropped(&self) -> impl Iterator<Item = &str> {
        self.dropped.iter().map(String::as_str)
    }
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

/// Records that a closed object drops a property.
pub(super) fn drops(name: &str) {
    note(|misfits| misfits.dropped.push(name.to_owned()));
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

impl Trials {
    /// Enters a union.
    pub(super) fn within() -> Self {
        let (depth, failed) = TRIALS.get();
        TRIALS.set((depth + 1, failed));
        Trials
    }

    /// Decodes a branch, and returns how well it fits.
    pub(super) fn attempt<R>(&self, read: impl FnOnce() -> R) -> (R, Misfits) {
        let outer = MISFITS.take();
        let result = read();
        (result, MISFITS.replace(outer))
    }

    /// Adds the record of the chosen branch to that of the enclosing union.
    pub(super) fn accept(&self, misfits: Misfits) {
        MISFITS.with(|outer| {
            let mut outer = outer.borrow_mut();
            outer.dropped.extend(misfits.dropped);
            outer.unfit += misfits.unfit;
        });
    }

    /// Counts a failed trial. Returns whether the limit is reached.
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
        match depth {
            0 | 1 => {
                TRIALS.set((0, 0));
                MISFITS.take();
            }
            _ => TRIALS.set((depth - 1, failed)),
        }
    }
}
