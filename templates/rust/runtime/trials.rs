//! Trials of the branches of unions: how many there may be, and what a successful one leaves in doubt.

use std::cell::{Cell, RefCell};

pub(super) const TOO_MANY_TRIALS: &str = "none of its types fits it, after too many trials";

/// The trials of a union and of the unions in it.
///
/// Where unions lie in unions and several branches take a value, a fault deep within makes each level try
/// all of them, which doubles the trials with each level.
pub(super) struct Trials;

/// What a branch read although its schema does not allow it: another branch may fit better.
#[derive(Default)]
pub(super) struct Doubts {
    /// Properties that a closed object does not declare, and drops.
    dropped: Vec<String>,
    /// Other values that the schema does not allow, and properties that it demands in vain.
    unfit: usize,
}

impl Doubts {
    pub(super) fn is_empty(&self) -> bool {
        self.weight() == (0, 0)
    }

    /// How much speaks against the branch. To drop a property is worse than to keep a value.
    pub(super) fn weight(&self) -> (usize, usize) {
        (self.dropped.len(), self.unfit)
    }

    /// The same with as many more reasons against the branch.
    pub(super) fn and(mut self, unfit: usize) -> Self {
        self.unfit += unfit;
        self
    }

    pub(super) fn dropped(&self) -> impl Iterator<Item = &str> {
        self.dropped.iter().map(String::as_str)
    }
}

thread_local! {
    /// How many unions are being read, one in the other, and the trials that failed since the outermost.
    static TRIALS: Cell<(usize, usize)> = const { Cell::new((0, 0)) };
    /// The doubts of the innermost trial so far.
    static DOUBTS: RefCell<Doubts> = const {
        RefCell::new(Doubts {
            dropped: Vec::new(),
            unfit: 0,
        })
    };
}

/// Notes that a closed object drops a property.
pub(super) fn drops(name: &str) {
    note(|doubts| doubts.dropped.push(name.to_owned()));
}

/// Notes a value that the schema does not allow: one that an enumeration does not list, or a null.
pub(super) fn is_unfit() {
    note(|doubts| doubts.unfit += 1);
}

fn note(note: impl FnOnce(&mut Doubts)) {
    if TRIALS.get().0 > 0 {
        DOUBTS.with(|doubts| note(&mut doubts.borrow_mut()));
    }
}

impl Trials {
    /// Enters a union.
    pub(super) fn within() -> Self {
        let (depth, failed) = TRIALS.get();
        TRIALS.set((depth + 1, failed));
        Trials
    }

    /// Reads a branch, and returns what it leaves in doubt.
    pub(super) fn attempt<R>(&self, read: impl FnOnce() -> R) -> (R, Doubts) {
        let outer = DOUBTS.take();
        let result = read();
        (result, DOUBTS.replace(outer))
    }

    /// Adds the doubts of the branch that is taken to those of the union around this one.
    pub(super) fn accept(&self, doubts: Doubts) {
        DOUBTS.with(|outer| {
            let mut outer = outer.borrow_mut();
            outer.dropped.extend(doubts.dropped);
            outer.unfit += doubts.unfit;
        });
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
        match depth {
            0 | 1 => {
                TRIALS.set((0, 0));
                DOUBTS.take();
            }
            _ => TRIALS.set((depth - 1, failed)),
        }
    }
}
