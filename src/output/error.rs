//! The error of writing or comparing output.

use super::MANIFEST;
use std::fmt;
use std::path::{Path, PathBuf};

/// The reason why an output folder was not changed.
#[derive(Debug)]
pub enum OutputError {
    /// A generated path is not a plain relative path within the folder.
    BadPath(String),
    /// Files that sdkgen did not write would be overwritten.
    Foreign { root: PathBuf, paths: Vec<String> },
    /// A symbolic link to a path outside of the output folder.
    Escape(PathBuf),
    /// A file is where a folder is needed, or the other way round.
    Blocked(PathBuf),
    /// The manifest contains a path that no run of sdkgen has written.
    Manifest { root: PathBuf, line: String },
    /// Another run is writing to the folder and did not finish in time.
    Busy(PathBuf),
    Io {
        action: &'static str,
        path: PathBuf,
        fault: std::io::Error,
    },
    /// A failure after which the old state could not be restored.
    HalfDone {
        fault: Box<OutputError>,
        kept: Vec<PathBuf>,
    },
}

impl OutputError {
    pub(super) fn io(action: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        move |fault| OutputError::Io {
            action,
            path: path.to_owned(),
            fault,
        }
    }
}

/// The limit of paths in a message.
const LISTED: usize = 10;

impl fmt::Display for OutputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OutputError::BadPath(path) => {
                write!(f, "`{path}` is not a path within the output folder")
            }
            OutputError::Foreign { root, paths } => foreign(f, root, paths),
            OutputError::Escape(path) => {
                write!(
                    f,
                    "`{}` is a symbolic link to a path outside of the output folder",
                    path.display()
                )
            }
            OutputError::Blocked(path) => {
                write!(
                    f,
                    "`{}` was not created by sdkgen; move it away",
                    path.display()
                )
            }
            OutputError::Manifest { root, line } => {
                let path = root.join(MANIFEST);
                let path = path.display();
                write!(
                    f,
                    "`{path}` is damaged: `{line}` is not a path within the folder; restore the file"
                )
            }
            OutputError::Busy(path) => {
                write!(
                    f,
                    "another process of sdkgen is writing to `{}`",
                    path.display()
                )
            }
            OutputError::Io {
                action,
                path,
                fault,
            } => {
                write!(f, "cannot {action} `{}`: {fault}", path.display())
            }
            OutputError::HalfDone { fault, kept } => {
                write!(f, "{fault}; not all files could be restored")?;
                kept.iter().try_for_each(|path| {
                    write!(f, "; the previous files are in `{}`", path.display())
                })
            }
        }
    }
}

fn foreign(f: &mut fmt::Formatter<'_>, root: &Path, paths: &[String]) -> fmt::Result {
    let files = if paths.len() == 1 { "a file" } else { "files" };
    write!(
        f,
        "`{}` contains {files} that sdkgen did not create and would overwrite:",
        root.display()
    )?;
    for path in paths.iter().take(LISTED) {
        write!(f, "\n  {path}")?;
    }
    if let Some(more) = paths.len().checked_sub(LISTED).filter(|more| *more > 0) {
        write!(f, "\n  … and {more} more")?;
    }
    write!(f, "\nmove them away, or choose another output folder")
}

impl std::error::Error for OutputError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            OutputError::Io { fault, .. } => Some(fault),
            OutputError::HalfDone { fault, .. } => Some(fault),
            _ => None,
        }
    }
}
