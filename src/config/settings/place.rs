//! Finds the line and column of a configuration key.

use super::ConfigError;
use super::check::Fault;
use crate::diag::{Line, Location};
use crate::load::{self, Loaded};
use crate::tree::Node;
use std::path::Path;

/// The positions of one output's keys. Parses the file again, because `serde_yaml` keeps no positions.
pub struct Places<'a> {
    path: &'a Path,
    text: &'a str,
    output: Option<usize>,
    loaded: Option<Loaded>,
}

impl Places<'static> {
    /// Returns positions for a configuration without a file.
    pub fn none() -> Self {
        Places::new(Path::new(""), "", None)
    }
}

impl<'a> Places<'a> {
    pub fn new(path: &'a Path, text: &'a str, output: Option<usize>) -> Self {
        let loaded = match text.is_empty() {
            true => None,
            false => load::from_texts(&[("sdkgen.yaml", text)], &mut Default::default()),
        };
        Places {
            path,
            text,
            output,
            loaded,
        }
    }

    /// Returns the position of a value.
    pub fn value(&self, steps: &[String]) -> Location {
        self.place(steps, Location::value)
    }

    /// Returns the position of a value's key.
    pub fn key(&self, steps: &[String]) -> Location {
        self.place(steps, Location::key)
    }

    fn place(&self, steps: &[String], of: fn(Node<'_>) -> Location) -> Location {
        let path = self.path.display().to_string();
        match self.position(&self.within(steps), of) {
            Some(at) => Location::Line(Line::of(path, self.text, at)),
            None => Location::Path(path),
        }
    }

    /// Converts a fault to an error. A value that is not in the file came from the command line, which has no
    /// position.
    pub fn placed(&self, (steps, message): Fault) -> ConfigError {
        let at = self.position(&self.within(&steps), Location::value);
        ConfigError {
            path: at.map(|_| self.path.to_owned()),
            at,
            line: at.map(|at| line(self.text, at)).unwrap_or_default(),
            message,
        }
    }

    /// Returns the path of a key: in the output's entry if it is set there, or else at the top.
    fn within(&self, steps: &[String]) -> Vec<String> {
        let Some(output) = self.output.filter(|_| !steps.is_empty()) else {
            return steps.to_vec();
        };
        let entry = ["outputs".to_owned(), output.to_string()];
        let own = [&entry[..], &steps[..1]].concat();
        match self.has(&own) {
            true => [&entry, steps].concat(),
            false => steps.to_vec(),
        }
    }

    /// Returns whether a key is set.
    pub fn has(&self, steps: &[String]) -> bool {
        self.position(steps, Location::value).is_some()
    }

    fn position(&self, steps: &[String], of: fn(Node<'_>) -> Location) -> Option<(usize, usize)> {
        let loaded = self.loaded.as_ref().filter(|_| !steps.is_empty())?;
        let node = loaded.tree.root(loaded.entry)?.descend(steps)?;
        let at = loaded.sources.place(&loaded.tree, &of(node))?;
        Some((at.line, at.column))
    }
}

/// Returns the text of the line at a position.
pub fn line(text: &str, (number, _): (usize, usize)) -> String {
    let line = text.lines().nth(number.saturating_sub(1));
    line.unwrap_or_default().to_owned()
}
