//! What a command does with its documents: one bar while it goes on, and one report when it is done.

use super::arguments::Format;
use super::progress_bar::Busy;
use super::terminal::{Stream, Ui};
use super::{FINDINGS, MISUSE};
use sdkgen::config::Settings;
use sdkgen::diag::{Diagnostics, Keys};
use sdkgen::generator::{Make, Run, Unread};
use sdkgen::load::Loaded;
use sdkgen::pipeline::Generated;
use sdkgen::progress::Progress;
use sdkgen::report::Findings;
use std::sync::Arc;

pub struct Work<'a> {
    ui: &'a Ui,
    stream: Stream,
    progress: Arc<Progress>,
    busy: Busy,
    /// None before something has come of the first document.
    findings: Option<Findings>,
    /// What the documents have of the keys of their configuration.
    keys: Keys,
    /// Each document was looked at to its end.
    is_whole: bool,
    /// What is wrong with sdkgen.
    faults: Vec<String>,
}

impl<'a> Work<'a> {
    /// Work whose findings go to the stream.
    pub fn new(progress: Progress, stream: Stream, ui: &'a Ui) -> Self {
        let progress = Arc::new(progress);
        let looked_at = Arc::clone(&progress);
        Work {
            ui,
            stream,
            busy: ui.busy(move || (looked_at.step().name().to_owned(), looked_at.share())),
            progress,
            findings: None,
            keys: Keys::default(),
            is_whole: true,
            faults: Vec::new(),
        }
    }

    /// Reads the document of the next output.
    pub fn read(&mut self, settings: Settings) -> Result<Run, u8> {
        let run = Run::watched(settings, Arc::clone(&self.progress));
        self.is_whole &= run.is_ok();
        run.map_err(|unread| match unread {
            Unread::Config(fault) => {
                let mut found = Diagnostics::default();
                found.push(fault.diagnostic());
                self.add(&found, None);
                MISUSE
            }
            Unread::Document(found) => {
                self.add(&found, None);
                // A file that is not there is a wrong argument; one in another encoding is a find.
                let absent = found.iter().any(|found| found.code == "E0001");
                if absent { MISUSE } else { FINDINGS }
            }
        })
    }

    /// Generates, in the way that is given.
    pub fn make(&mut self, run: &mut Run, make: Make) -> Result<Generated, u8> {
        let generated = make(run, self.ui.levels());
        self.made(run, generated.is_some());
        generated.ok_or(FINDINGS)
    }

    /// Says what there is to say of the document.
    pub fn lint(&mut self, run: &mut Run) -> Result<(), u8> {
        let is_sound = run.lint(self.ui.levels());
        self.made(run, is_sound);
        is_sound.then_some(()).ok_or(FINDINGS)
    }

    fn made(&mut self, run: &mut Run, is_sound: bool) {
        self.is_whole &= is_sound;
        self.keys.extend(run.diagnostics.take_keys());
        self.add(&run.diagnostics, Some(&run.loaded));
        if !is_sound && !run.diagnostics.has_errors() {
            let fault =
                "nothing can be generated, and no reason was given: this is a defect of sdkgen";
            self.faults.push(fault.to_owned());
        }
    }

    /// One more output is done, or cannot be.
    pub fn next(&self) {
        self.progress.end();
    }

    /// Takes what was found in a document into the report.
    pub fn add(&mut self, found: &Diagnostics, loaded: Option<&Loaded>) {
        let (ui, stream) = (self.ui, self.stream);
        let findings = self.findings.get_or_insert_with(|| ui.findings(stream));
        ui.add(findings, found, loaded);
    }

    /// Tells what was found; an error where a key of the configuration names nothing in any document. What
    /// could not be looked at may have it.
    pub fn end(mut self) -> Result<(), u8> {
        let keys = std::mem::take(&mut self.keys).findings();
        let is_answered = keys.is_empty() || !self.is_whole;
        if !is_answered {
            self.add(&keys, None);
        }
        drop(self.busy);
        if let Some(findings) = &self.findings {
            self.ui.tell(findings, self.stream);
            let is_clean = findings.iter().next().is_none() && self.faults.is_empty();
            let is_asked = self.stream == Stream::Result && self.ui.format() == Format::Human;
            // Silence is no answer to somebody who asked for findings.
            if is_clean && is_asked {
                self.ui.progress("no findings");
            }
        }
        self.faults.iter().for_each(|fault| self.ui.error(fault));
        is_answered.then_some(()).ok_or(FINDINGS)
    }
}
