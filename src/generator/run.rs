//! One run, step by step: what the command line and [`super::Generator`] have in common.

use crate::config::{ConfigError, Job, Settings};
use crate::diag::{Diagnostics, Levels};
use crate::load::Loaded;
use crate::lock::{self, LOCK, Lock};
use crate::output::{self, Changed, Drift, OutputError, Staged, Written};
use crate::pipeline::{self, Compilation, Generated};
use crate::progress::{Count, Progress, Step};
use crate::render::Files;
use crate::source;
use std::path::Path;
use std::sync::Arc;

/// A document that has been read, with how it is to be generated from.
#[derive(Debug)]
pub struct Run {
    settings: Settings,
    pub loaded: Loaded,
    pub diagnostics: Diagnostics,
    progress: Arc<Progress>,
    /// The lock file of the files that an earlier run has made, where they are this run's too.
    kept: Option<Lock>,
}

/// How files come to be: [`Run::generate`] or [`Run::renew`].
pub type Make = fn(&mut Run, &Levels) -> Option<Generated>;

/// Why there is no document.
#[derive(Debug)]
pub enum Unread {
    Config(ConfigError),
    Document(Box<Diagnostics>),
}

impl Run {
    /// Reads the document, without what the configuration filters out of it.
    pub fn new(settings: Settings) -> Result<Self, Unread> {
        Run::watched(settings, Arc::default())
    }

    /// As [`Run::new`], for somebody who looks at how far it has come.
    pub fn watched(settings: Settings, progress: Arc<Progress>) -> Result<Self, Unread> {
        progress.begin(settings.job().docs.is_some());
        let mut diagnostics = match settings.is_one_of_several() {
            true => Diagnostics::of_several(),
            false => Diagnostics::default(),
        };
        let Some(mut loaded) = pipeline::load(settings.job(), &mut diagnostics) else {
            return Err(Unread::Document(Box::new(diagnostics)));
        };
        let applied = settings.apply(&mut loaded, &mut diagnostics);
        applied.map_err(Unread::Config)?;
        Ok(Run {
            settings,
            loaded,
            diagnostics,
            progress,
            kept: None,
        })
    }

    /// Where to generate to and how, with the names that the document gives.
    pub fn job(&self) -> Job {
        self.settings.clone().settle(&self.loaded)
    }

    /// Generates, and weighs the findings; `None` when there are errors among them.
    pub fn generate(&mut self, levels: &Levels) -> Option<Generated> {
        let (job, found) = (self.job(), &mut self.diagnostics);
        let compilation = Compilation::new(&job, &self.loaded).progress(&self.progress);
        let generated = compilation.generate(found);
        self.finish(generated, levels)
    }

    /// Generates as [`Run::generate`] does, but reuses the files of the last run if the lock file proves
    /// that nothing changed. Findings are reported again.
    pub fn renew(&mut self, levels: &Levels) -> Option<Generated> {
        let (job, loaded) = (self.job(), &self.loaded);
        let kept = || {
            let (generated, lock) = lock::reusable_output(&job, loaded)?;
            self.kept = Some(lock);
            Some(generated)
        };
        let (found, progress) = (&mut self.diagnostics, &self.progress);
        let compilation = Compilation::new(&job, loaded).progress(progress);
        let generated = compilation.reuse(kept).generate(found);
        self.finish(generated, levels)
    }

    fn finish(&mut self, generated: Option<Generated>, levels: &Levels) -> Option<Generated> {
        self.progress.enter(Step::Finish, 0);
        self.weigh(levels);
        generated.filter(|_| !self.diagnostics.has_errors())
    }

    /// Says what there is to say of the document, and weighs it; whether it can be generated from.
    pub fn lint(&mut self, levels: &Levels) -> bool {
        let (job, found) = (self.job(), &mut self.diagnostics);
        let compilation = Compilation::new(&job, &self.loaded).progress(&self.progress);
        let is_sound = compilation.lint(found);
        self.progress.enter(Step::Finish, 0);
        self.weigh(levels);
        is_sound && !self.diagnostics.has_errors()
    }

    pub fn weigh(&mut self, levels: &Levels) {
        self.diagnostics = levels.apply(std::mem::take(&mut self.diagnostics));
    }

    /// What a run puts on the disk.
    pub fn output(&mut self, mut generated: Generated) -> Output {
        let job = self.job();
        let kept = self.kept.take();
        let is_kept = kept.is_some();
        let lock = kept.unwrap_or_else(|| {
            let lock = Lock::of(&job, &self.loaded, &generated);
            generated.package.insert(LOCK, lock.text());
            lock
        });
        Output {
            job,
            generated,
            lock,
            is_kept,
        }
    }
}

/// The folders of a run with what belongs into them, the lock file included.
#[derive(Debug)]
pub struct Output {
    job: Job,
    generated: Generated,
    lock: Lock,
    /// The files were read from the disk.
    is_kept: bool,
}

impl Output {
    fn folders(&self) -> impl Iterator<Item = (&Path, &Files)> {
        self.generated.folders(&self.job)
    }

    /// Generated files that were edited after the last run, and that writing would change or remove.
    ///
    /// Only files that are `candidates` are read: by the index of their folder, and their path in it.
    fn edits(
        &self,
        candidates: impl Fn(usize, &str) -> bool,
    ) -> Result<Vec<Edit<'_>>, OutputError> {
        // The files of the last run were compared with its lock file before they were reused.
        let lock = match self.is_kept {
            true => None,
            false => source::read_text(&self.job.out.join(LOCK)).ok(),
        };
        let Some(lock) = lock.as_deref().and_then(Lock::parse) else {
            return Ok(Vec::new());
        };
        let mut edits = Vec::new();
        let cli = self.job.cli.as_deref();
        for (index, (root, files)) in self.folders().enumerate() {
            let read = |path: &str| source::read_text(&root.join(path)).ok();
            let disk = |path: &str| candidates(index, path).then(|| read(path)).flatten();
            let edited = match index {
                0 => lock.edited(disk),
                _ if Some(root) == cli => lock.edited_cli(disk),
                _ => lock.edited_docs(disk),
            };
            for path in edited {
                let new = files.0.get(path).map(String::as_str);
                if disk(path).as_deref() != new {
                    edits.push((root, output::change(root, path, new)?));
                }
            }
        }
        Ok(edits)
    }

    /// Stages the folders, and locks them until the result is dropped.
    fn stage(&self, count: &Count) -> Result<Vec<Staged>, OutputError> {
        let stage = |(root, files)| match self.is_kept {
            true => output::keep(root, files, count),
            false => output::stage(root, files, count),
        };
        self.folders().map(stage).collect()
    }

    /// What has moved since the last run, and which files somebody edited: as far as its lock file tells.
    fn reasons(&self) -> Option<String> {
        let out = &self.job.out;
        let old = Lock::parse(&source::read_text(&out.join(LOCK)).ok()?)?;
        let moved = old.moved(&self.lock);
        let edited = old.edited(|path| source::read_text(&out.join(path)).ok());
        let mut text = String::new();
        if !moved.is_empty() {
            text.push_str("changed since the last `generate`:\n");
            text.extend(moved.iter().map(|line| format!("  {line}\n")));
        }
        if !edited.is_empty() {
            text.push_str("edited after the last `generate`:\n");
            text.extend(edited.iter().map(|path| format!("  {path}\n")));
        }
        Some(text)
    }
}

/// A folder, and a file in it whose edit would be lost.
pub type Edit<'a> = (&'a Path, Changed);

/// The result of [`Outputs::write_unless_edited`].
#[derive(Debug)]
pub enum Writing<'a> {
    Done(Vec<Written>),
    /// Nothing was written, because these edits would be lost.
    Edited(Vec<Edit<'a>>),
}

/// What `check` reports where it finds the temporary folders of a killed run.
const INTERRUPTED: &str =
    "an earlier run of sdkgen was interrupted while writing: some folders may be outdated\n";

/// All that is put on the disk at once.
#[derive(Debug, Default)]
pub struct Outputs(Vec<Output>);

impl Outputs {
    pub fn push(&mut self, output: Output) {
        self.0.push(output);
    }

    /// How many files there are.
    fn files(&self) -> usize {
        let folders = self.0.iter().flat_map(Output::folders);
        folders.map(|(_, files)| files.0.len()).sum()
    }

    /// The folders of the crates. A program comes after its client, and with the folder of it.
    pub fn crates(&self) -> impl Iterator<Item = (&Path, Option<&Path>)> {
        self.0.iter().flat_map(|output| {
            let client = output.job.out.as_path();
            let program = output.job.cli.as_deref();
            let program = program.map(|program| (program, Some(client)));
            [(client, None)].into_iter().chain(program)
        })
    }

    /// Generated files that were edited after the last run, and that [`Outputs::write`] would change or remove.
    ///
    /// # Errors
    ///
    /// Returns an error if an edited file cannot be read.
    pub fn edits(&self) -> Result<Vec<Edit<'_>>, OutputError> {
        let mut edits = Vec::new();
        for output in &self.0 {
            let folders = output.folders();
            // A run that was killed leaves files that are newer than the lock file.
            let interrupted: Vec<bool> = folders
                .map(|(root, _)| output::is_interrupted(root))
                .collect::<Result<_, _>>()?;
            edits.extend(output.edits(|index, _| !interrupted[index])?);
        }
        Ok(edits)
    }

    /// Writes all folders, or none. Their files are counted. Edits of generated files are overwritten.
    ///
    /// # Errors
    ///
    /// Returns an error if a folder cannot be read or written. Nothing is changed then.
    pub fn write(&self, count: &Count) -> Result<Vec<Written>, OutputError> {
        count.begin(self.files());
        let staged = self.0.iter().map(|output| output.stage(count));
        let staged: Vec<Vec<Staged>> = staged.collect::<Result<_, _>>()?;
        output::commit(staged.into_iter().flatten().collect())
    }

    /// Writes like [`Outputs::write`], but writes nothing if edits of generated files would be lost.
    ///
    /// # Errors
    ///
    /// Returns an error if a folder cannot be read or written. Nothing is changed then.
    pub fn write_unless_edited(&self, count: &Count) -> Result<Writing<'_>, OutputError> {
        count.begin(self.files());
        let (mut all, mut edits) = (Vec::new(), Vec::new());
        for output in &self.0 {
            // Staging locks the folders. Before that, another run may be writing to them.
            let staged = output.stage(count)?;
            let changes: Vec<_> = staged.iter().map(Staged::known_changes).collect();
            edits.extend(output.edits(|index, path| changes[index].contains(path))?);
            all.extend(staged);
        }
        match edits.is_empty() {
            true => output::commit(all).map(Writing::Done),
            false => Ok(Writing::Edited(edits)),
        }
    }

    /// How each folder differs from what would be written. Their files are counted.
    pub fn drifts(&self, count: &Count) -> Result<Vec<(&Path, &Files, Drift)>, OutputError> {
        count.begin(self.files());
        let drift = |(root, files)| {
            let mut drift = output::check(root, files, count)?;
            // An input may move without a trace in the crate.
            drift.changed.retain(|changed| changed.path != LOCK);
            Ok((root, files, drift))
        };
        let folders = self.0.iter().flat_map(Output::folders);
        folders.map(drift).collect()
    }

    /// Why files may differ: a run that was killed, and what has moved since the last one, as far as the lock
    /// files tell.
    pub fn reasons(&self) -> String {
        let mut folders = self.0.iter().flat_map(Output::folders);
        let interrupted = folders.any(|(root, _)| output::is_interrupted(root).unwrap_or(false));
        let killed = interrupted.then(|| INTERRUPTED.to_owned());
        let moved = self.0.iter().filter_map(Output::reasons);
        killed.into_iter().chain(moved).collect()
    }
}
