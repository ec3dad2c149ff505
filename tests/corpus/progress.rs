//! The progress of a run: a bar on a terminal, otherwise a line for each document.

use super::run::Step;
use std::io::{IsTerminal, Write};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

const WIDTH: usize = 30;

pub struct Progress {
    state: Mutex<State>,
    is_terminal: bool,
}

struct State {
    what: &'static str,
    all: usize,
    done: usize,
    /// The packages in progress, with their steps.
    at: Vec<(String, String)>,
    start: Instant,
}

impl Progress {
    pub fn new() -> Self {
        let state = State {
            what: "",
            all: 0,
            done: 0,
            at: Vec::new(),
            start: Instant::now(),
        };
        Progress {
            state: Mutex::new(state),
            is_terminal: std::io::stderr().is_terminal(),
        }
    }

    /// Begins a stage with so many documents.
    pub fn start(&self, what: &'static str, all: usize) {
        self.update(|state| {
            (state.what, state.all, state.done) = (what, all, 0);
            state.start = Instant::now();
        });
    }

    /// Records that a document begins a step.
    pub fn at(&self, package: &str, step: Step) {
        self.update(|state| {
            state.at.retain(|(other, _)| other != package);
            let step = format!("{step:?}").to_ascii_lowercase();
            state.at.push((package.to_owned(), step));
        });
    }

    /// Records that a document is finished.
    pub fn done(&self, package: &str) {
        self.update(|state| {
            state.at.retain(|(other, _)| other != package);
            state.done += 1;
        });
        if !self.is_terminal {
            let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            let seconds = state.start.elapsed().as_secs_f64();
            eprintln!(
                "{} {}/{} {package} ({seconds:.0} s)",
                state.what, state.done, state.all
            );
        }
    }

    fn update(&self, change: impl FnOnce(&mut State)) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut state);
        if !self.is_terminal {
            return;
        }
        let full = state.done * WIDTH / state.all.max(1);
        let bar = format!("{}{}", "#".repeat(full), "-".repeat(WIDTH - full));
        let at: Vec<String> = state
            .at
            .iter()
            .map(|(package, step)| format!("{package}: {step}"))
            .collect();
        let line = format!(
            "{} [{bar}] {}/{} {}",
            state.what,
            state.done,
            state.all,
            at.join(", ")
        );
        let line: String = line.chars().take(100).collect();
        let end = if state.done == state.all { "\n" } else { "" };
        let mut out = std::io::stderr().lock();
        // A closed stderr must not end the run.
        let _ = write!(out, "\r\x1b[K{line}{end}").and_then(|()| out.flush());
    }
}
