//! Stages output: does everything that can fail before the disk changes.

use super::{MANIFEST, OutputError, Written, is_inside, manifest, running};
use crate::parallel;
use crate::progress::Count;
use crate::render::Files;
use std::collections::BTreeSet;
use std::fs::{File, Metadata};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The new state of a folder, ready to be committed. Dropping it removes the temporary files.
#[derive(Debug)]
pub struct Staged {
    pub(super) root: PathBuf,
    /// Contains the new texts. `None` if nothing changes.
    pub(super) temporary: Option<TempDir>,
    /// Contains the old folder after an exchange.
    pub(super) beside: Option<TempDir>,
    /// Other runs wait until these are dropped.
    pub(super) locks: Vec<File>,
    /// The files of sdkgen in the folder: of the last run and of this one.
    pub(super) own: BTreeSet<String>,
    pub(super) writes: Vec<Write>,
    /// Stale files, relative to the root.
    pub(super) removals: Vec<String>,
    pub(super) written: Written,
    /// Whether a killed run left the files in an unknown state.
    was_interrupted: bool,
}

/// A file to put in place.
#[derive(Debug)]
pub(super) struct Write {
    /// Relative to the root.
    pub path: String,
    pub staged: PathBuf,
}

/// Compares a folder with generated files and writes changed texts to a temporary folder.
///
/// Adds one to `count` for each file.
pub fn stage(root: &Path, files: &Files, count: &Count) -> Result<Staged, OutputError> {
    let (mut staged, survey) = stage_files(root, files, false, count)?;
    let manifest = manifest::text(files.0.keys());
    if !matches!(survey.state(MANIFEST, &manifest)?, FileState::Same) {
        staged.add(MANIFEST, &manifest)?;
        staged.add_opening(&survey)?;
    }
    Ok(staged)
}

/// Stages files that belong to the user from now on. No existing file is replaced, and no manifest lists them.
pub fn stage_user_files(root: &Path, files: &Files) -> Result<Staged, OutputError> {
    stage_files(root, files, true, &Count::new()).map(|(staged, _)| staged)
}

/// Stages files that are known to be up to date on the disk.
pub fn keep(root: &Path, files: &Files, count: &Count) -> Result<Staged, OutputError> {
    let mut staged = Staged::of(root)?;
    staged.written.unchanged = files.0.len();
    count.add(files.0.len());
    Ok(staged)
}

fn stage_files<'f>(
    root: &Path,
    files: &'f Files,
    user_owned: bool,
    count: &Count,
) -> Result<(Staged, Survey<'f>), OutputError> {
    let mut staged = Staged::of(root)?;
    let mut survey = Survey::new(root, files)?;
    if user_owned {
        survey.old.clear();
    }
    if !user_owned {
        staged.own = survey.old.iter().chain(files.0.keys()).cloned().collect();
    }
    staged.removals = survey.stale()?;
    staged.written.removed = staged.removals.len();
    let mut foreign = Vec::new();
    let compared: Vec<(&String, &String)> = files.0.iter().collect();
    let states = parallel::map(&compared, |(path, text)| survey.state(path, text));
    for ((path, text), state) in compared.into_iter().zip(states) {
        match state? {
            FileState::Same => staged.written.unchanged += 1,
            FileState::Differs if !survey.old.contains(path) => foreign.push(path.clone()),
            FileState::Differs => {
                staged.written.updated += 1;
                staged.add(path, text)?;
            }
            FileState::Absent => {
                staged.written.created += 1;
                staged.add(path, text)?;
            }
        }
        count.add(1);
    }
    if !foreign.is_empty() {
        return Err(OutputError::Foreign {
            root: root.to_owned(),
            paths: foreign,
        });
    }
    Ok((staged, survey))
}

impl Staged {
    /// Returns the existing files that committing would change or remove, by their paths relative to the root. After
    /// a killed run there are none whose text is known.
    pub fn known_changes(&self) -> BTreeSet<&str> {
        if self.was_interrupted {
            return BTreeSet::new();
        }
        let writes = self.writes.iter().map(|write| write.path.as_str());
        writes
            .chain(self.removals.iter().map(String::as_str))
            .collect()
    }

    /// Locks a folder and stages no changes yet. Removes what killed runs left behind.
    fn of(root: &Path) -> Result<Self, OutputError> {
        let lock = running::lock(root)?;
        let was_interrupted = is_interrupted(root)?;
        for folder in with_temporary(root)? {
            running::clear(&folder);
        }
        Ok(Staged {
            root: root.to_owned(),
            temporary: None,
            beside: None,
            locks: lock.into_iter().collect(),
            own: BTreeSet::new(),
            writes: Vec::new(),
            removals: Vec::new(),
            written: Written {
                root: root.to_owned(),
                ..Written::default()
            },
            was_interrupted,
        })
    }

    /// Stages a manifest with the files of the last run and of this one, to be written before any other file.
    fn add_opening(&mut self, survey: &Survey<'_>) -> Result<(), OutputError> {
        let paths: BTreeSet<&String> = survey.old.iter().chain(survey.files.0.keys()).collect();
        self.add(MANIFEST, &manifest::text(paths))?;
        self.writes.rotate_right(1);
        Ok(())
    }

    /// Writes a new text to the temporary folder.
    fn add(&mut self, path: &str, text: &str) -> Result<(), OutputError> {
        let staged = self.temporary()?.join(self.writes.len().to_string());
        std::fs::write(&staged, text).map_err(OutputError::io("write", &staged))?;
        self.writes.push(Write {
            path: path.to_owned(),
            staged,
        });
        Ok(())
    }

    /// Returns the temporary folder: inside the root, or beside it if the root does not exist yet. It must be on the
    /// same file system for renames.
    pub(super) fn temporary(&mut self) -> Result<PathBuf, OutputError> {
        if let Some(folder) = &self.temporary {
            return Ok(folder.path().to_owned());
        }
        let parent = match self.root.is_dir() {
            true => std::path::absolute(&self.root).map_err(OutputError::io("find", &self.root))?,
            false => around(&self.root)?,
        };
        let folder = tempfile::Builder::new()
            .prefix(running::TEMPORARY)
            .tempdir_in(&parent)
            .map_err(OutputError::io("write to", &parent))?;
        let path = folder.path().to_owned();
        self.locks.extend(running::mark(&path));
        self.temporary = Some(folder);
        Ok(path)
    }
}

/// Returns whether a run that wrote to a folder was killed, and no later run has written to it.
///
/// Its files and those of another folder of that run may be of different versions.
pub fn is_interrupted(root: &Path) -> Result<bool, OutputError> {
    Ok(with_temporary(root)?
        .iter()
        .any(|folder| running::is_left(folder)))
}

/// Returns the folders where a run that writes to `root` creates its temporary folders.
fn with_temporary(root: &Path) -> Result<Vec<PathBuf>, OutputError> {
    let real = std::fs::canonicalize(root).ok();
    let beside = real.as_deref().and_then(Path::parent).map(Path::to_owned);
    let folders = [Some(root.to_owned()), Some(around(root)?), beside];
    Ok(folders.into_iter().flatten().collect())
}

/// Returns the nearest existing folder above a root.
fn around(root: &Path) -> Result<PathBuf, OutputError> {
    let absolute = std::path::absolute(root).map_err(OutputError::io("find", root))?;
    let mut folders = absolute.ancestors().skip(1);
    let found = folders.find(|folder| folder.is_dir()).map(Path::to_owned);
    Ok(found.unwrap_or(absolute))
}

/// The result of comparing a file with its new text.
pub(super) enum FileState {
    Absent,
    Same,
    Differs,
}

/// The current state of a folder.
pub(super) struct Survey<'f> {
    root: PathBuf,
    /// The root without symbolic links, if it exists.
    real_root: Option<PathBuf>,
    files: &'f Files,
    /// The files of the last run.
    pub old: BTreeSet<String>,
}

impl<'f> Survey<'f> {
    pub fn new(root: &Path, files: &'f Files) -> Result<Self, OutputError> {
        if let Some(path) = files
            .0
            .keys()
            .find(|path| !is_inside(path) || *path == MANIFEST)
        {
            return Err(OutputError::BadPath(path.clone()));
        }
        if metadata(root)?.is_some_and(|found| !found.is_dir() && !root.is_dir()) {
            return Err(OutputError::Blocked(root.to_owned()));
        }
        let old = manifest::read(root)?;
        let real_root = std::fs::canonicalize(root).ok();
        Ok(Survey {
            root: root.to_owned(),
            real_root,
            files,
            old,
        })
    }

    /// Returns the files of the last run that still exist and are no longer generated.
    pub fn stale(&self) -> Result<Vec<String>, OutputError> {
        let mut stale = Vec::new();
        for path in self
            .old
            .iter()
            .filter(|path| !self.files.0.contains_key(*path))
        {
            let found = self.found(path)?;
            if found.is_some_and(|found| !found.is_dir()) {
                stale.push(path.clone());
            }
        }
        Ok(stale)
    }

    pub fn state(&self, path: &str, text: &str) -> Result<FileState, OutputError> {
        let target = self.root.join(path);
        match self.found(path)? {
            None => Ok(FileState::Absent),
            Some(found) if found.is_dir() => match self.makes_way(path) {
                true => Ok(FileState::Absent),
                false => Err(OutputError::Blocked(target)),
            },
            // A link is replaced, never written through.
            Some(found) if found.is_symlink() => Ok(FileState::Differs),
            Some(found) if found.len() != text.len() as u64 => Ok(FileState::Differs),
            Some(_) => {
                let old = std::fs::read(&target).map_err(OutputError::io("read", &target))?;
                Ok(if old == text.as_bytes() {
                    FileState::Same
                } else {
                    FileState::Differs
                })
            }
        }
    }

    /// Returns whether a folder contains files of the last run, which are removed.
    fn makes_way(&self, path: &str) -> bool {
        let below = |old: &String| {
            old.strip_prefix(path)
                .is_some_and(|rest| rest.starts_with('/'))
        };
        self.old.iter().any(below)
    }

    /// Returns the metadata of a path in the folder. Fails if a folder above it leads out of the root.
    fn found(&self, path: &str) -> Result<Option<Metadata>, OutputError> {
        for (end, _) in path.match_indices('/') {
            let folder = self.root.join(&path[..end]);
            match metadata(&folder)? {
                None => return Ok(None),
                Some(found) if found.is_dir() => {}
                Some(found) if found.is_symlink() => self.check_link(&folder)?,
                // The stale file will be removed.
                Some(_) if self.old.contains(&path[..end]) => return Ok(None),
                Some(_) => return Err(OutputError::Blocked(folder)),
            }
        }
        metadata(&self.root.join(path))
    }

    fn check_link(&self, folder: &Path) -> Result<(), OutputError> {
        let inside = std::fs::canonicalize(folder)
            .ok()
            .zip(self.real_root.as_ref());
        match inside.is_some_and(|(real, root)| real.is_dir() && real.starts_with(root)) {
            true => Ok(()),
            false => Err(OutputError::Escape(folder.to_owned())),
        }
    }
}

/// Returns the metadata of a path without following links, or `None` if it does not exist.
fn metadata(path: &Path) -> Result<Option<Metadata>, OutputError> {
    match std::fs::symlink_metadata(path) {
        Ok(found) => Ok(Some(found)),
        Err(fault) if matches!(fault.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Ok(None)
        }
        Err(fault) => Err(OutputError::io("read", path)(fault)),
    }
}
