//! The first half of writing: everything that can fail without harm.

use super::{MANIFEST, OutputError, Written, is_inside, manifest, running};
use crate::parallel;
use crate::progress::Count;
use crate::render::Files;
use std::collections::BTreeSet;
use std::fs::{File, Metadata};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A folder's new state, ready to be renamed into place. Dropped, it leaves nothing behind.
#[derive(Debug)]
pub struct Staged {
    pub(super) root: PathBuf,
    /// Holds the new texts; none when nothing changes.
    pub(super) temporary: Option<TempDir>,
    /// Holds the old folder, once the new one has taken its place.
    pub(super) beside: Option<TempDir>,
    /// Other runs wait until these are dropped.
    pub(super) locks: Vec<File>,
    /// The files that are sdkgen's: of the last run and of this one.
    pub(super) own: BTreeSet<String>,
    pub(super) writes: Vec<Write>,
    /// Stale files, relative to the root.
    pub(super) removals: Vec<String>,
    pub(super) written: Written,
}

/// One file to be put in place.
#[derive(Debug)]
pub(super) struct Write {
    /// Relative to the root.
    pub path: String,
    pub staged: PathBuf,
}

/// Compares a folder with the files that it is to hold and writes the new ones to a temporary folder. Each
/// file is an item of the count.
pub fn stage(root: &Path, files: &Files, count: &Count) -> Result<Staged, OutputError> {
    let (mut staged, survey) = stage_files(root, files, false, count)?;
    let manifest = manifest::text(files.0.keys());
    if !matches!(survey.state(MANIFEST, &manifest)?, State::Same) {
        staged.add(MANIFEST, &manifest)?;
        staged.add_opening(&survey)?;
    }
    Ok(staged)
}

/// The same for files that are to be the user's own: none that is there is replaced or removed, and no
/// manifest names them.
pub fn stage_given(root: &Path, files: &Files) -> Result<Staged, OutputError> {
    stage_files(root, files, true, &Count::new()).map(|(staged, _)| staged)
}

/// The same for files that are known to be there already, as they are to be.
pub fn keep(root: &Path, files: &Files, count: &Count) -> Result<Staged, OutputError> {
    let mut staged = Staged::of(root)?;
    staged.written.unchanged = files.0.len();
    count.add(files.0.len());
    Ok(staged)
}

fn stage_files<'f>(
    root: &Path,
    files: &'f Files,
    given: bool,
    count: &Count,
) -> Result<(Staged, Survey<'f>), OutputError> {
    let mut staged = Staged::of(root)?;
    let mut survey = Survey::new(root, files)?;
    if given {
        survey.old.clear();
    }
    if !given {
        staged.own = survey.old.iter().chain(files.0.keys()).cloned().collect();
    }
    staged.removals = survey.stale()?;
    staged.written.removed = staged.removals.len();
    let mut foreign = Vec::new();
    let compared: Vec<(&String, &String)> = files.0.iter().collect();
    let states = parallel::map(&compared, |(path, text)| survey.state(path, text));
    for ((path, text), state) in compared.into_iter().zip(states) {
        match state? {
            State::Same => staged.written.unchanged += 1,
            State::Differs if !survey.old.contains(path) => foreign.push(path.clone()),
            State::Differs => {
                staged.written.updated += 1;
                staged.add(path, text)?;
            }
            State::Absent => {
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
    /// Nothing that changes a folder, which other runs leave alone from now on; what runs that were killed
    /// have left behind is gone.
    fn of(root: &Path) -> Result<Self, OutputError> {
        let lock = running::lock(root)?;
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
        })
    }

    /// Has the manifest name all files, of the last run and of this one, before the first is written.
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

    /// The temporary folder: within the root, or beside it where there is no root yet, so that it is
    /// on the same file system and renaming is enough.
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

/// Whether a run that wrote to a folder was killed, and no later one has written to it. Its files may be old,
/// or new, while those of another folder of the same run are not.
pub fn is_interrupted(root: &Path) -> Result<bool, OutputError> {
    Ok(with_temporary(root)?
        .iter()
        .any(|folder| running::is_left(folder)))
}

/// The folders in which a run that writes to a root has its temporary ones.
fn with_temporary(root: &Path) -> Result<Vec<PathBuf>, OutputError> {
    let real = std::fs::canonicalize(root).ok();
    let beside = real.as_deref().and_then(Path::parent).map(Path::to_owned);
    let folders = [Some(root.to_owned()), Some(around(root)?), beside];
    Ok(folders.into_iter().flatten().collect())
}

/// The nearest folder around a root that is there.
fn around(root: &Path) -> Result<PathBuf, OutputError> {
    let absolute = std::path::absolute(root).map_err(OutputError::io("find", root))?;
    let mut folders = absolute.ancestors().skip(1);
    let found = folders.find(|folder| folder.is_dir()).map(Path::to_owned);
    Ok(found.unwrap_or(absolute))
}

/// How a file on disk compares with its new text.
pub(super) enum State {
    Absent,
    Same,
    Differs,
}

/// A folder as it is now.
pub(super) struct Survey<'f> {
    root: PathBuf,
    /// The root without symbolic links, where it exists.
    real_root: Option<PathBuf>,
    files: &'f Files,
    /// What the last run made.
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

    /// The files of the last run that are still there and are no longer generated.
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

    pub fn state(&self, path: &str, text: &str) -> Result<State, OutputError> {
        let target = self.root.join(path);
        match self.found(path)? {
            None => Ok(State::Absent),
            Some(found) if found.is_dir() => match self.makes_way(path) {
                true => Ok(State::Absent),
                false => Err(OutputError::Blocked(target)),
            },
            // A link is replaced, never written through.
            Some(found) if found.is_symlink() => Ok(State::Differs),
            Some(found) if found.len() != text.len() as u64 => Ok(State::Differs),
            Some(_) => {
                let old = std::fs::read(&target).map_err(OutputError::io("read", &target))?;
                Ok(if old == text.as_bytes() {
                    State::Same
                } else {
                    State::Differs
                })
            }
        }
    }

    /// True for a folder that holds files of the last run only to lose them.
    fn makes_way(&self, path: &str) -> bool {
        let below = |old: &String| {
            old.strip_prefix(path)
                .is_some_and(|rest| rest.starts_with('/'))
        };
        self.old.iter().any(below)
    }

    /// What stands at a path; every folder on the way must be one of the root's own.
    fn found(&self, path: &str) -> Result<Option<Metadata>, OutputError> {
        for (end, _) in path.match_indices('/') {
            let folder = self.root.join(&path[..end]);
            match metadata(&folder)? {
                None => return Ok(None),
                Some(found) if found.is_dir() => {}
                Some(found) if found.is_symlink() => self.check_link(&folder)?,
                // A stale file makes way for the folder.
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

/// The metadata of a path itself, no link followed; `None` when nothing is there.
fn metadata(path: &Path) -> Result<Option<Metadata>, OutputError> {
    match std::fs::symlink_metadata(path) {
        Ok(found) => Ok(Some(found)),
        Err(fault) if matches!(fault.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Ok(None)
        }
        Err(fault) => Err(OutputError::io("look at", path)(fault)),
    }
}
