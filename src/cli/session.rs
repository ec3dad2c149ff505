//! Runs a command over its documents: one progress bar, and one report at the end.

use super::arguments::Format;
use super::progress_bar::ProgressBar;
use super::terminal::{Stream, Terminal};
use super::{FINDINGS, MISUSE};
use sdkgen::config::Settings;
use sdkgen::diag::{ConfigKeys, Diagnostics};
use sdkgen::generator::{Make, Run, Unread};
use sdkgen::load::Loaded;
use sdkgen::pipeline::Generated;
use sdkgen::progress::Progress;
use sdkgen::report::Findings;
use std::sync::Arc;

pub struct Session<'a> {
    terminal: &'a Terminal,
    stream: Stream,
    progress: Arc<Progress>,
    busy: ProgressBar,
    /// `None` until the first document was processed.
    findings: Option<Findings>,
    /// The configuration keys with an effect in one of the documents.
    keys: ConfigKeys,
    /// Whether every document was processed completely.
    is_whole: bool,
    /// Defects of sdkgen.
    faults: Vec<String>,
}

impl<'a> Session<'a> {
    /// Creates a session whose findings go to the stream.
    pub fn new(progress: Progress, stream: Stream, terminal: &'a Terminal) -> Self {
        let progress = Arc::new(progress);
        let looked_at = Arc::clone(&progress);
        Session {
            terminal,
            stream,
            busy: terminal.busy(move || (looked_at.step().name().to_owned(), looked_at.share())),
            progress,
            findings: None,
            keys: ConfigKeys::default(),
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
                // A missing file is a wrong argument, but a file in another encoding is a finding.
                let absent = found.iter().any(|found| found.code == "E0001");
                if absent { MISUSE } else { FINDINGS }
            }
        })
    }

    /// Generates with `make`.
    pub fn make(&mut self, run: &mut Run, make: Make) -> Result<Generated, u8> {
        let generated = make(run, self.terminal.levels());
        self.made(run, generated.is_some());
        generated.ok_or(FINDINGS)
    }

    /// Lints the document.
    pub fn lint(&mut self, run: &mut Run) -> Result<(), u8> {
        let is_sound = run.lint(self.terminal.levels());
        self.made(run, is_sound);
        is_sound.then_some(()).ok_or(FINDINGS)
    }

    fn made(&mut self, run: &mut Run, is_sound: bool) {
        self.is_whole &= is_sound;
        self.keys.extend(run.diagnostics.take_keys());
        self.add(&run.diagnostics, Some(&run.loaded));
        if !is_sound && !run.diagnostics.has_errors() {
            let fault =
                "generation failed without a reason; this is a bug in sdkgen, please report it";
            self.faults.push(fault.to_owned());
        }
    }

    /// Advances the progress to the next output.
    pub fn next(&self) {
        self.progress.end();
    }

    /// Adds the diagnostics of a document to the report.
    pub fn add(&mut self, found: &Diagnostics, loaded: Option<&Loaded>) {
        let (terminal, stream) = (self.terminal, self.stream);
        let findings = self
            .findings
            .get_or_insert_with(|| terminal.findings(stream));
        terminal.add(findings, found, loaded);
    }

    /// Prints the report. Fails if a configuration key has no effect in any document, unless a document was not
    /// processed completely.
    pub fn end(mut self) -> Result<(), u8> {
        let keys = std::mem::take(&mut self.keys).findings();
        let is_answered = keys.is_empty() || !self.is_whole;
        if !is_answered {
            self.add(&keys, None);
        }
        drop(self.busy);
        if let Some(findings) = &self.findings {
            self.terminal.print_report(findings, self.stream);
            let is_clean = findings.iter().next().is_none() && self.faults.is_empty();
            let is_asked = self.stream == Stream::Result && self.terminal.format() == Format::Human;
            // A user who asked for findings needs to see that there are none.
            if is_clean && is_asked {
                self.terminal.progress("no findings");
            }
        }
        self.faults
            .iter()
            .for_each(|fault| self.terminal.error(fault));
        is_answered.then_some(()).ok_or(FINDINGS)
    }
}
