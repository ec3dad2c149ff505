//! `cli`: the command-line program over the generated crate.

use super::check::{self, Fault};
use super::workspace;
use crate::source::relative;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CommandLineFile {
    /// The folder of the program's crate. Without it, no program is generated. `--cli` overrides it.
    pub dir: Option<PathBuf>,
    /// The name of the program; by default, that of the client crate.
    pub name: Option<String>,
    /// The name of the program's crate; by default, the name of the client crate with `-cli`.
    pub package: Option<String>,
    /// Operations that ask before they are sent, by `operationId` or `METHOD /path`. Each `DELETE` asks too.
    #[serde(default)]
    pub confirm: Vec<String>,
}

/// The command-line program over the generated crate.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CommandLine {
    /// The name of the binary; empty for that of the client crate.
    pub name: String,
    /// The name of the crate; empty for the name of the client crate with `-cli`.
    pub package: String,
    /// The path from the program's folder to the folder of the client crate.
    pub client_path: String,
    /// Operations that ask before they are sent.
    pub confirm: Vec<String>,
    /// Whether the crate is a member of a workspace in its repository.
    pub workspace_member: bool,
}

impl CommandLine {
    /// Returns the name of the crate, for a client crate of this name.
    pub fn package(&self, client: &str) -> String {
        match &*self.package {
            "" => format!("{client}-cli"),
            name => name.to_owned(),
        }
    }
}

/// Returns the program that goes into `dir`, beside the client crate in `out`.
pub fn command_line(file: CommandLineFile, dir: &Path, out: &Path) -> Result<CommandLine, Fault> {
    for (key, name) in [("name", &file.name), ("package", &file.package)] {
        if let Some(name) = name {
            let at = || vec!["cli".to_owned(), key.to_owned()];
            check::name(name).map_err(|fault| (at(), fault))?;
        }
    }
    let client_path = relative(dir, out).ok_or_else(|| {
        let fault = "the program and the crate need folders on the same drive".to_owned();
        (vec!["cli".to_owned(), "dir".to_owned()], fault)
    })?;
    Ok(CommandLine {
        name: file.name.unwrap_or_default(),
        package: file.package.unwrap_or_default(),
        client_path,
        confirm: file.confirm,
        workspace_member: workspace::workspace_lists(dir),
    })
}
