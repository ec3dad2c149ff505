//! Where responses deviate from the API's description, and how that is recorded while one is read.

use std::{borrow::Cow, cell::RefCell, fmt, sync::Mutex};

/// A place where a response does not follow the API's description, and was read all the same.
///
/// A required property that is missing or null has taken its blank value: an empty string or list, zero,
/// `false`. A value of another type has been converted. The value itself is not part of a deviation, so
/// that it can be logged.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Deviation {
    path: String,
    expected: &'static str,
    found: &'static str,
}

impl Deviation {
    /// The place in the JSON, as in `$.calls[3].duration`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What the API's description has there: `string`, `integer`, `array`, `base64` and so on.
    #[must_use]
    pub fn expected(&self) -> &'static str {
        self.expected
    }

    /// What the response has there: a type of JSON, `null`, or `nothing`, or the encoding of a text.
    #[must_use]
    pub fn found(&self) -> &'static str {
        self.found
    }
}

impl fmt::Display for Deviation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (path, expected, found) = (&self.path, self.expected, self.found);
        write!(f, "{path}: expected {expected}, found {found}")
    }
}

/// A response with many more tells nobody more than these do.
const MAX_DEVIATIONS: usize = 1_000;

/// The deviations of a response, once it has been read.
#[derive(Default)]
pub(super) struct Deviations(Mutex<Vec<Deviation>>);

impl Deviations {
    /// Keeps what was found, in place of what was kept.
    pub(super) fn keep(&self, found: Vec<Deviation>) {
        if let Ok(mut kept) = self.0.lock() {
            *kept = found;
        }
    }

    pub(super) fn list(&self) -> Vec<Deviation> {
        self.0.lock().map(|kept| kept.clone()).unwrap_or_default()
    }
}

impl Clone for Deviations {
    fn clone(&self) -> Self {
        Self(Mutex::new(self.list()))
    }
}

/// A step from a value to one in it.
pub(super) enum Step {
    Key(String),
    Index(usize),
}

/// What is known of a value that is being read leniently.
#[derive(Default)]
pub(super) struct Recorder {
    steps: Vec<Step>,
    found: Vec<Deviation>,
    /// The path of the innermost value that could not be read.
    fault: Option<String>,
    /// Values are being made up within one that is missing, so that they need no record of their own.
    blanks: usize,
}

thread_local! {
    /// Reading is synchronous, and serde hands nothing from a value to the values in it.
    static RECORDER: RefCell<Option<Recorder>> = const { RefCell::new(None) };
}

/// Puts back on drop what was there before.
struct Restore(Option<Recorder>);

impl Drop for Restore {
    fn drop(&mut self) {
        let before = self.0.take();
        RECORDER.with(|recorder| *recorder.borrow_mut() = before);
    }
}

fn replace(with: Option<Recorder>) -> Option<Recorder> {
    RECORDER.with(|recorder| std::mem::replace(&mut *recorder.borrow_mut(), with))
}

fn with<R>(act: impl FnOnce(&mut Recorder) -> R) -> Option<R> {
    RECORDER.with(|recorder| recorder.borrow_mut().as_mut().map(act))
}

/// Whether a value is being read leniently.
pub(crate) fn is_recording() -> bool {
    RECORDER.with(|recorder| recorder.borrow().is_some())
}

/// What came of reading something leniently.
pub(super) struct Recorded<V> {
    pub(super) value: V,
    pub(super) deviations: Vec<Deviation>,
    /// The path of the innermost value that could not be read.
    pub(super) fault: Option<String>,
}

impl<T, E> Recorded<Result<T, E>> {
    /// A value that is not at all in the form that is described.
    pub(super) fn of_whole(value: T, expected: &'static str, found: &'static str) -> Self {
        let deviation = Deviation {
            path: "$".to_owned(),
            expected,
            found,
        };
        Self {
            value: Ok(value),
            deviations: vec![deviation],
            fault: None,
        }
    }
}

/// Reads leniently: what is read by [`lenient`](super::lenient) records its deviations here.
pub(super) fn record<V>(read: impl FnOnce() -> V) -> Recorded<V> {
    let restore = Restore(replace(Some(Recorder::default())));
    let value = read();
    let recorder = replace(None).unwrap_or_default();
    drop(restore);
    Recorded {
        value,
        deviations: recorder.found,
        fault: recorder.fault,
    }
}

/// Reads strictly within what is read leniently.
pub(super) fn strictly<R>(read: impl FnOnce() -> R) -> R {
    let _restore = Restore(replace(None));
    read()
}

/// Reads on trial: what it records counts only if it is [accepted](accept).
pub(super) fn attempt<V>(read: impl FnOnce() -> V) -> Recorded<V> {
    let before = with(|recorder| (std::mem::take(&mut recorder.found), recorder.fault.take()));
    let value = read();
    let (found, fault) = before.unwrap_or_default();
    let own = with(|recorder| {
        let deviations = std::mem::replace(&mut recorder.found, found);
        (deviations, std::mem::replace(&mut recorder.fault, fault))
    });
    let (deviations, fault) = own.unwrap_or_default();
    Recorded {
        value,
        deviations,
        fault,
    }
}

/// Takes over what a trial has recorded.
pub(super) fn accept(deviations: Vec<Deviation>, fault: Option<String>) {
    with(|recorder| {
        recorder.found.extend(deviations);
        recorder.fault = fault.or(recorder.fault.take());
    });
}

/// Records a deviation of the value in hand, whose first one counts.
pub(crate) fn deviates(expected: &'static str, found: &'static str) {
    with(|recorder| {
        if recorder.blanks == 0 && recorder.found.len() < MAX_DEVIATIONS {
            let path = print(&recorder.steps);
            if recorder.found.last().is_some_and(|last| last.path == path) {
                return;
            }
            recorder.found.push(Deviation {
                path,
                expected,
                found,
            });
        }
    });
}

/// Reads the value that a step leads to. `None`: there are too many steps.
pub(super) fn enter<T, E>(step: Step, read: impl FnOnce() -> Result<T, E>) -> Option<Result<T, E>> {
    /// As deep as serde_json goes.
    const MAX_STEPS: usize = 128;
    let fits = with(|recorder| {
        recorder.steps.push(step);
        recorder.steps.len() <= MAX_STEPS
    });
    let result = fits.unwrap_or(true).then(read);
    with(|recorder| {
        let failed = !matches!(result, Some(Ok(_)));
        if failed && recorder.fault.is_none() {
            recorder.fault = Some(print(&recorder.steps));
        }
        recorder.steps.pop();
    });
    result
}

/// Makes up a value. `None`: it holds itself without end.
pub(super) fn make_up<T, E>(make: impl FnOnce() -> Result<T, E>) -> Option<Result<T, E>> {
    /// Deeper than any value that somebody would want made up.
    const MAX_BLANKS: usize = 16;
    let fits = with(|recorder| {
        recorder.blanks += 1;
        recorder.blanks <= MAX_BLANKS
    });
    let result = fits.unwrap_or(true).then(make);
    with(|recorder| recorder.blanks -= 1);
    result
}

fn print(steps: &[Step]) -> String {
    let mut path = String::from("$");
    for step in steps {
        match step {
            Step::Index(index) => {
                path.push('[');
                path.push_str(&index.to_string());
                path.push(']');
            }
            Step::Key(key) => {
                let quoted: Cow<'_, str> = serde_json::Value::from(key.as_str()).to_string().into();
                super::json_path::print_key(&mut path, quoted.as_bytes());
            }
        }
    }
    path
}
