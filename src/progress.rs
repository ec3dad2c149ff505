//! How far a run has come, for whoever looks at it from another thread.
//!
//! A step counts what it has done of what it has to do, in numbers that cost next to nothing; nobody has to
//! look at them.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};

/// What is done for one output, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Read,
    Understand,
    Name,
    /// The crate, and the book where there is one: its items are the types and the operations of each.
    Print,
    /// The hashes of all that was made, and what is told.
    Finish,
}

/// The steps with their shares of the time, as they were measured on the largest published descriptions.
const STEPS: [(Step, f32); 5] = [
    (Step::Read, 26.0),
    (Step::Understand, 18.0),
    (Step::Name, 4.0),
    (Step::Print, CRATE),
    (Step::Finish, 6.0),
];

const CRATE: f32 = 52.0;
const BOOK: f32 = 75.0;

impl Step {
    /// What a person is told.
    pub fn name(self) -> &'static str {
        match self {
            Step::Read => "reading",
            Step::Understand => "understanding",
            Step::Name => "naming",
            Step::Print => "printing",
            Step::Finish => "finishing",
        }
    }
}

/// How much of several like items is done.
#[derive(Debug, Default)]
pub struct Count {
    items: AtomicUsize,
    done: AtomicUsize,
}

impl Count {
    pub const fn new() -> Self {
        Count {
            items: AtomicUsize::new(0),
            done: AtomicUsize::new(0),
        }
    }

    /// There are so many, and nothing is done yet.
    pub fn begin(&self, items: usize) {
        self.items.store(0, Relaxed);
        self.done.store(0, Relaxed);
        self.items.store(items, Relaxed);
    }

    /// So many more are done.
    pub fn add(&self, items: usize) {
        self.done.fetch_add(items, Relaxed);
    }

    /// From 0 to 1.
    pub fn share(&self) -> f32 {
        let (done, items) = (self.done.load(Relaxed), self.items.load(Relaxed));
        done.min(items) as f32 / items.max(1) as f32
    }
}

/// How far the work on one output after the other has come.
#[derive(Debug)]
pub struct Progress {
    /// How many outputs there are, and how many of them are made.
    outputs: AtomicUsize,
    made: AtomicUsize,
    /// Whether files are made at all, and whether there is a book among them.
    has_files: AtomicBool,
    has_book: AtomicBool,
    /// The place in [`STEPS`].
    step: AtomicUsize,
    items: Count,
}

impl Default for Progress {
    fn default() -> Self {
        Progress::new()
    }
}

impl Progress {
    /// Of one output; nothing is done yet.
    pub const fn new() -> Self {
        Progress::of(1)
    }

    /// Of so many outputs.
    pub const fn of(outputs: usize) -> Self {
        Progress {
            outputs: AtomicUsize::new(outputs),
            made: AtomicUsize::new(0),
            has_files: AtomicBool::new(true),
            has_book: AtomicBool::new(false),
            step: AtomicUsize::new(0),
            items: Count::new(),
        }
    }

    /// Of so many outputs whose documents are only looked at.
    pub fn of_lint(outputs: usize) -> Self {
        Progress {
            has_files: AtomicBool::new(false),
            ..Progress::of(outputs)
        }
    }

    /// The next output begins.
    pub fn begin(&self, has_book: bool) {
        self.has_book.store(has_book, Relaxed);
        self.enter(Step::Read, 0);
    }

    /// A step begins that has so many items to do; 0 where it does not say.
    pub fn enter(&self, step: Step, items: usize) {
        let index = STEPS.iter().position(|(other, _)| *other == step);
        self.items.begin(0);
        self.step.store(index.unwrap_or_default(), Relaxed);
        self.items.begin(items);
    }

    /// Types and operations are printed, each of them once for the crate and once for the book.
    pub fn print(&self, described: usize) {
        let times = 1 + usize::from(self.has_book.load(Relaxed));
        self.enter(Step::Print, described * times);
    }

    /// So many more items of the step are done.
    pub fn add(&self, items: usize) {
        self.items.add(items);
    }

    /// An output is made, or cannot be.
    pub fn end(&self) {
        self.enter(Step::Read, 0);
        self.made.fetch_add(1, Relaxed);
    }

    /// What is being done.
    pub fn step(&self) -> Step {
        STEPS[self.step.load(Relaxed).min(STEPS.len() - 1)].0
    }

    /// How much of the work on all outputs is done, from 0 to 1.
    pub fn share(&self) -> f32 {
        let step = self.step.load(Relaxed);
        let has_files = self.has_files.load(Relaxed);
        let has_book = self.has_book.load(Relaxed);
        let weights = STEPS.map(|(step, weight)| match step {
            Step::Print if !has_files => 0.0,
            Step::Print if has_book => CRATE + BOOK,
            _ => weight,
        });
        let before: f32 = weights.iter().take(step).sum();
        let weight = weights.get(step).copied().unwrap_or_default();
        let output = (before + weight * self.items.share()) / weights.iter().sum::<f32>();
        let made = self.made.load(Relaxed) as f32;
        ((made + output) / self.outputs.load(Relaxed).max(1) as f32).clamp(0.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{Progress, Step};

    #[test]
    fn the_share_grows_with_steps_items_and_outputs() {
        let progress = Progress::of(2);
        let mut last = 0.0;
        for has_book in [true, false] {
            progress.begin(has_book);
            let steps = [Step::Read, Step::Name, Step::Print, Step::Finish];
            for step in steps {
                progress.enter(step, 3);
                assert_eq!(progress.step(), step);
                for _ in 0..3 {
                    progress.add(1);
                    assert!(progress.share() > last, "{step:?}");
                    last = progress.share();
                }
            }
            progress.end();
            let half = if has_book { 0.5 } else { 1.0 };
            assert!((progress.share() - half).abs() < 0.001, "{progress:?}");
            assert!((last - half).abs() < 0.001, "nothing is left: {progress:?}");
        }
    }

    #[test]
    fn a_document_that_is_only_looked_at_is_done_when_it_is_named() {
        let progress = Progress::of_lint(1);
        progress.begin(true);
        progress.enter(Step::Name, 1);
        progress.add(1);
        assert!(progress.share() > 0.85, "{progress:?}");
    }

    /// Who looks while a step begins may see the items of one step and the count of another.
    #[test]
    fn the_share_is_never_more_than_all() {
        let progress = Progress::default();
        progress.enter(Step::Finish, 1);
        progress.add(5);
        assert!(progress.share() <= 1.0);
        assert_eq!(Progress::of(3).share(), 0.0);
    }
}
