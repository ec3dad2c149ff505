//! Deviations of responses from the API description, and how they are recorded while a response is decoded.

use std::{borrow::Cow, cell::RefCell, fmt, sync::Mutex};

/// A place where a response does not match the API description, but was decoded anyway.
///
/// A required property that is missing or null has become an empty value: an empty string or list, zero, or
/// `false`. A value of another type has been converted. A deviation does not contain the value itself, so it
/// can be logged.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Deviation {
    path: String,
    expected: &'static str,
    found: &'static str,
}

impl Deviation {
    /// Returns the JSON path, such as `$.calls[3].duration`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the type in the API description: `string`, `integer`, `array`, `base64` and so on.
    #[must_use]
    pub fn expected(&self) -> &'static str {
        self.expected
    }

    /// Returns what the response contains: a JSON type, `null`, `nothing`, or the encoding of a text.
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

/// The largest number of deviations that are recorded for one response. More would add no information.
const MAX_DEVIATIONS: usize = 1_000;

/// The deviations of a response that has been decoded.
#[derive(Default)]
pub(super) struct Deviations(Mutex<Vec<Deviation>>);

impl Deviations {
    /// Replaces the recorded deviations.
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

/// A step from a value to a value inside it.
pub(super) enum Step {
    Key(String),
    Index(usize),
}

/// The state of decoding a value leniently.
#[derive(Default)]
pub(super) struct Recorder {
    steps: Vec<Step>,
    found: Vec<Deviation>,
    /// The path of the innermost value that could not be decoded.
    fault: Option<String>,
    /// How many missing values enclose this one. Values inside a missing value are not recorded themselves.
    blanks: usize,
}

thread_local! {
    /// Thread-local, because decoding is synchronous and serde passes no context from a value to the values
    /// in it.
    static RECORDER: RefCell<Option<Recorder>> = const { RefCell::new(None) };
}

/// Restores the previous recorder when it is dropped.
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

/// Returns whether a value is being decoded leniently.
pub(crate) fn is_recording() -> bool {
    RECORDER.with(|recorder| recorder.borrow().is_some())
}

/// The result of decoding leniently.
pub(super) struct Recorded<V> {
    pub(super) value: V,
    pub(super) deviations: Vec<Deviation>,
    /// The path of the innermost value that could not be decoded.
    pub(super) fault: Option<String>,
}

impl<T, E> Recorded<Result<T, E>> {
    /// Creates the result for a value in another form than the described one.
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

/// Decodes leniently: [`lenient`](super::lenient) records its deviations here.
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

/// Decodes strictly inside of lenient decoding.
pub(super) fn strictly<R>(read: impl FnOnce() -> R) -> R {
    let _restore = Restore(replace(None));
    read()
}

/// Records a deviation of the current value. Only the first one counts.
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

/// Decodes the value that a step leads to. Returns `None` if it is nested too deeply.
pub(super) fn enter<T, E>(step: Step, read: impl FnOnce() -> Result<T, E>) -> Option<Result<T, E>> {
    /// serde_json has the same limit.
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

/// Creates an empty value. Returns `None` if the type contains itself without end.
pub(super) fn make_up<T, E>(make: impl FnOnce() -> Result<T, E>) -> Option<Result<T, E>> {
    /// Deeper than any value that is useful.
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
