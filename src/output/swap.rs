//! Exchanges an output folder with its new version in one step, if it contains only sdkgen's files.
//!
//! The new version is created beside the folder, from new files and hard links to unchanged ones. A reader sees the
//! old folder or the new one, whenever the run is killed. If the folder contains other files, or the system has no
//! atomic exchange, files are renamed one by one instead.

use super::stage::Staged;
use super::{MANIFEST, running};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Two folders that were exchanged.
#[derive(Debug)]
pub struct Exchanged {
    root: PathBuf,
    old: PathBuf,
}

impl Exchanged {
    pub fn undo(&self) -> io::Result<()> {
        swap(&self.old, &self.root)
    }
}

/// The new version of a folder, beside the old one.
#[derive(Debug)]
pub struct Prepared {
    beside: TempDir,
    new: PathBuf,
    root: PathBuf,
    /// The files of the old folder.
    there: BTreeSet<String>,
}

/// Creates the new version of a folder beside it. Returns `None` if the two cannot be exchanged.
pub fn prepare(folder: &mut Staged) -> Option<Prepared> {
    // Renaming a single file is atomic anyway.
    if folder.writes.len() + folder.removals.len() < 2 {
        return None;
    }
    let root = fs::canonicalize(&folder.root).ok()?;
    // A process in the folder would stay in the old one. Only this process can be checked.
    let here = std::env::current_dir().and_then(fs::canonicalize).ok();
    if here.is_none_or(|here| here.starts_with(&root)) {
        return None;
    }
    let there = own_files(&root, folder)?;
    let beside = tempfile::Builder::new()
        .prefix(running::TEMPORARY)
        .tempdir_in(root.parent()?)
        .ok()?;
    folder.locks.extend(running::mark(beside.path()));
    let new = beside.path().join("whole");
    fill(&new, &root, &there, folder).ok()?;
    // A run that starts now waits for the new folder.
    folder.locks.extend(running::mark(&new));
    Some(Prepared {
        beside,
        new,
        root,
        there,
    })
}

/// Exchanges the folders. Returns `None`, with nothing changed, if that fails.
pub fn exchange(folder: &mut Staged, prepared: Prepared) -> Option<Exchanged> {
    let Prepared {
        beside,
        new,
        root,
        there,
    } = prepared;
    swap(&new, &root).ok()?;
    let exchanged = Exchanged {
        root,
        old: new.clone(),
    };
    // A file that somebody added in the meantime must not disappear with the old folder.
    if own_files(&new, folder).is_none_or(|now| now != there) && exchanged.undo().is_ok() {
        return None;
    }
    folder.beside = Some(beside);
    Some(exchanged)
}

/// Returns the files below a folder. Returns `None` if one of them is not sdkgen's or is read-only.
fn own_files(root: &Path, folder: &Staged) -> Option<BTreeSet<String>> {
    let temporary = folder
        .temporary
        .as_ref()
        .and_then(|it| it.path().file_name());
    let mut found = BTreeSet::new();
    let mut open = vec![String::new()];
    while let Some(inside) = open.pop() {
        let path = root.join(&inside);
        if fs::symlink_metadata(&path).ok()?.permissions().readonly() {
            return None;
        }
        let mut is_empty = true;
        for entry in fs::read_dir(&path).ok()? {
            let entry = entry.ok()?;
            if inside.is_empty() && Some(&*entry.file_name()) == temporary {
                continue;
            }
            is_empty = false;
            let name = entry.file_name().into_string().ok()?;
            let path = match inside.is_empty() {
                true => name,
                false => format!("{inside}/{name}"),
            };
            let kind = entry.file_type().ok()?;
            if kind.is_dir() {
                open.push(path);
            } else if kind.is_file() && (folder.own.contains(&path) || path == MANIFEST) {
                found.insert(path);
            } else {
                return None;
            }
        }
        if is_empty && !inside.is_empty() {
            return None;
        }
    }
    Some(found)
}

/// Creates the new folder.
fn fill(new: &Path, root: &Path, there: &BTreeSet<String>, folder: &Staged) -> io::Result<()> {
    let is_kept = |path: &&String| !folder.removals.contains(path);
    let kept = there.iter().filter(is_kept);
    let mut files: BTreeMap<&str, PathBuf> =
        kept.map(|path| (path.as_str(), root.join(path))).collect();
    let writes = folder.writes.iter();
    files.extend(writes.map(|write| (write.path.as_str(), write.staged.clone())));
    make_folder(new, root)?;
    for (path, from) in files {
        for (end, _) in path.match_indices('/') {
            make_folder(&new.join(&path[..end]), &root.join(&path[..end]))?;
        }
        fs::hard_link(from, new.join(path))?;
    }
    Ok(())
}

/// Creates a folder with the permissions of the old one, unless it exists. Fails if its owner would differ.
fn make_folder(new: &Path, old: &Path) -> io::Result<()> {
    if new.is_dir() {
        return Ok(());
    }
    fs::create_dir(new)?;
    if let Some(old) = fs::metadata(old).ok().filter(Metadata::is_dir) {
        fs::set_permissions(new, old.permissions())?;
        if owner(&old) != owner(&fs::metadata(new)?) {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
    }
    Ok(())
}

#[cfg(unix)]
fn owner(of: &Metadata) -> (u32, u32) {
    use std::os::unix::fs::MetadataExt;
    (of.uid(), of.gid())
}

#[cfg(not(unix))]
fn owner(_: &Metadata) {}

/// Exchanges two folders.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn swap(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).map_err(io::Error::from)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn swap(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
