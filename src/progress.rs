//! Tracks the progress of a run, for display on another thread.
//!
//! Steps update relaxed atomic counters, which cost next to nothing even if nobody reads them.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};

/// The steps for each output, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Read,
    Understand,
    Name,
    /// Renders the crate and the book. The items are the types and operations of each.
    Print,
    /// Computes the hashes and prepares the report.
    Finish,
}

/// The steps with their share of the time, measured on the largest published descriptions.
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
    /// Returns the name to display.
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

/// A counter of finished items.
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

    /// Sets the number of items, and resets the finished ones.
    pub fn begin(&self, items: usize) {
        self.items.store(0, Relaxed);
        self.done.store(0, Relaxed);
        self.items.store(items, Relaxed);
    }

    /// Adds finished items.
    pub fn add(&self, items: usize) {
        self.done.fetch_add(items, Relaxed);
    }

    /// Returns the finished share, from 0 to 1.
    pub fn share(&self) -> f32 {
        let (done, items) = (self.done.load(Relaxed), self.items.load(Relaxed));
        done.min(items) as f32 / items.max(1) as f32
    }
}

/// The progress over all outputs.
#[derive(Debug)]
pub struct Progress {
    /// The number of outputs, and of finished ones.
    outputs: AtomicUsize,
    made: AtomicUsize,
    /// Whether files are generated, and whether a book is.
    has_files: AtomicBool,
    has_book: AtomicBool,
    /// The index in [`STEPS`].
    step: AtomicUsize,
    items: Count,
}

impl Default for Progress {
    fn default() -> Self {
        Progress::new()
    }
}

impl Progress {
    /// Creates the progress of a single output.
    pub const fn new() -> Self {
        Progress::of(1)
    }

    /// Creates the progress of several outputs.
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

    /// Creates the progress of a lint over several outputs.
    pub fn of_lint(outputs: usize) -> Self {
        Progress {
            has_files: AtomicBool::new(false),
            ..Progress::of(outputs)
        }
    }

    /// Begins the next output.
    pub fn begin(&self, has_book: bool) {
        self.has_book.store(has_book, Relaxed);
        self.enter(Step::Read, 0);
    }

    /// Enters a step. `items` is 0 if the step does not count.
    pub fn enter(&self, step: Step, items: usize) {
        let index = STEPS.iter().position(|(other, _)| *other == step);
        self.items.begin(0);
        self.step.store(index.unwrap_or_default(), Relaxed);
        self.items.begin(items);
    }

    /// Enters the rendering of these types and operations, for the crate and for the book.
    pub fn print(&self, described: usize) {
        let times = 1 + usize::from(self.has_book.load(Relaxed));
        self.enter(Step::Print, described * times);
    }

    /// Adds finished items of the step.
    pub fn add(&self, items: usize) {
        self.items.add(items);
    }

    /// Ends an output, finished or failed.
    pub fn end(&self) {
        self.enter(Step::Read, 0);
        self.made.fetch_add(1, Relaxed);
    }

    /// Returns the current step.
    pub fn step(&self) -> Step {
        STEPS[self.step.load(Relaxed).min(STEPS.len() - 1)].0
    }

    /// Returns the finished share of all outputs, from 0 to 1.
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
    fn lint_skips_rendering() {
        let progress = Progress::of_lint(1);
        progress.begin(true);
        progress.enter(Step::Name, 1);
        progress.add(1);
        assert!(progress.share() > 0.85, "{progress:?}");
    }

    /// A reader may see the items of one step with the count of another.
    #[test]
    fn the_share_is_at_most_one() {
        let progress = Progress::default();
        progress.enter(Step::Finish, 1);
        progress.add(5);
        assert!(progress.share() <= 1.0);
        assert_eq!(Progress::of(3).share(), 0.0);
    }
}
