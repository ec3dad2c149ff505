//! Where what a configuration file says stands in it.

use super::ConfigError;
use super::check::Fault;
use crate::diag::{Line, Place};
use crate::load::{self, Loaded};
use crate::tree::Node;
use std::path::Path;

/// The places of what one output of a configuration file says. The file is read once more, since
/// `serde_yaml` keeps no positions.
pub struct Places<'a> {
    path: &'a Path,
    text: &'a str,
    output: Option<usize>,
    loaded: Option<Loaded>,
}

impl Places<'static> {
    /// Without a file.
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

    /// The place of a value.
    pub fn value(&self, steps: &[String]) -> Place {
        self.place(steps, Place::value)
    }

    /// The place of the key of a value.
    pub fn key(&self, steps: &[String]) -> Place {
        self.place(steps, Place::key)
    }

    fn place(&self, steps: &[String], of: fn(Node<'_>) -> Place) -> Place {
        let path = self.path.display().to_string();
        match self.position(&self.within(steps), of) {
            Some(at) => Place::Line(Line::of(path, self.text, at)),
            None => Place::Path(path),
        }
    }

    /// The fault as an error; what is not in the file came from the command line.
    pub fn placed(&self, (steps, message): Fault) -> ConfigError {
        let at = self.position(&self.within(&steps), Place::value);
        ConfigError {
            path: at.map(|_| self.path.to_owned()),
            at,
            line: at.map(|at| line(self.text, at)).unwrap_or_default(),
            message,
        }
    }

    /// The steps to what the output says: to its own key, where it has it, else to the one at the top.
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

    /// Whether the file says something there.
    pub fn has(&self, steps: &[String]) -> bool {
        self.position(steps, Place::value).is_some()
    }

    fn position(&self, steps: &[String], of: fn(Node<'_>) -> Place) -> Option<(usize, usize)> {
        let loaded = self.loaded.as_ref().filter(|_| !steps.is_empty())?;
        let node = loaded.tree.root(loaded.entry)?.descend(steps)?;
        let at = loaded.sources.place(&loaded.tree, &of(node))?;
        Some((at.line, at.column))
    }
}

/// The line of a position.
pub fn line(text: &str, (number, _): (usize, usize)) -> String {
    let line = text.lines().nth(number.saturating_sub(1));
    line.unwrap_or_default().to_owned()
}
