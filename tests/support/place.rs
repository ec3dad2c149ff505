//! A repository in which a test runs the commands of a person or a workflow, unchanged.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

pub struct Folder {
    pub root: PathBuf,
    /// Holds programs that replace those that need the network.
    pub bin: PathBuf,
    /// The environment of its programs. `None` removes a variable.
    variables: Vec<(&'static str, Option<OsString>)>,
}

impl Folder {
    /// Creates an empty folder of this name in another folder, which is emptied as well.
    pub fn new(
        above: &Path,
        name: &str,
        variables: impl IntoIterator<Item = (&'static str, Option<OsString>)>,
    ) -> Self {
        // The folder does not exist in the first run.
        let _ = fs::remove_dir_all(above);
        let (root, bin) = (above.join(name), above.join("bin"));
        fs::create_dir_all(&root).unwrap();
        fs::create_dir_all(&bin).unwrap();
        Folder {
            root,
            bin,
            variables: variables.into_iter().collect(),
        }
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// Runs lines as a workflow step does, and returns their output.
    pub fn run(&self, lines: &str) -> String {
        let (passed, told) = self.tried(lines, &[]);
        assert!(passed, "{lines}\n{told}");
        told
    }

    /// Runs lines as [`Self::run`] does, with variables of the step. Also returns whether they succeeded.
    pub fn tried(&self, lines: &str, variables: &[(&str, &str)]) -> (bool, String) {
        let path = std::env::var("PATH").unwrap();
        let mut command = Command::new("bash");
        command
            .args(["-e", "-o", "pipefail", "-c", lines])
            .current_dir(&self.root)
            .env("PATH", format!("{}:{path}", self.bin.display()))
            .env("CARGO_NET_OFFLINE", "true");
        for (name, value) in &self.variables {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        let output = command.envs(variables.iter().copied()).output().unwrap();
        let told = [output.stdout, output.stderr].concat();
        let told = String::from_utf8_lossy(&told).into_owned();
        (output.status.success(), told)
    }

    pub fn commit(&self, message: &str) {
        let who = "-c user.name=Somebody -c user.email=somebody@example.com";
        self.run(&format!(
            "git add --all && git {who} commit --quiet --message '{message}'"
        ));
    }
}

/// Replaces a text that must occur exactly once in a file.
pub fn replace(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{from}");
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}
