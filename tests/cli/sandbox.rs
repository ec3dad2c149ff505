//! A folder for each test, in which the program runs.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

pub struct Sandbox(tempfile::TempDir);

/// The output and the exit code of a run.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Sandbox {
    pub fn new(files: &[(&str, &str)]) -> Self {
        let sandbox = Sandbox(tempfile::tempdir().unwrap());
        files
            .iter()
            .for_each(|(path, text)| sandbox.write(path, text));
        sandbox
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sdkgen"));
        command
            .args(arguments)
            .current_dir(self.0.path())
            .env_remove("NO_COLOR")
            .stdin(Stdio::null());
        command
    }

    pub fn run(&self, line: &str) -> Run {
        let arguments: Vec<&str> = line.split_whitespace().collect();
        let output = self.command(&arguments).output().unwrap();
        Run {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs commands and returns each with its output, for a snapshot.
    pub fn transcript(&self, lines: &[&str]) -> String {
        let mut text = String::new();
        for line in lines {
            let Run { code, out, err } = self.run(line);
            text.push_str(&format!("$ sdkgen {line}\n"));
            let streams = [("", out), ("! ", err)];
            for (mark, stream) in streams {
                stream
                    .lines()
                    .for_each(|line| text.push_str(&format!("{mark}{line}\n")));
            }
            text.push_str(&format!("exit {code}\n\n"));
        }
        text
    }

    /// Returns every file below a folder with its text.
    pub fn tree(&self, folder: &str) -> BTreeMap<String, String> {
        let root = self.path(folder);
        let mut found = BTreeMap::new();
        let mut open = vec![root.clone()];
        while let Some(folder) = open.pop() {
            for entry in fs::read_dir(&folder).into_iter().flatten() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    open.push(path);
                } else {
                    let name = path
                        .strip_prefix(&root)
                        .unwrap()
                        .to_string_lossy()
                        .replace('\\', "/");
                    found.insert(name, fs::read_to_string(&path).unwrap());
                }
            }
        }
        found
    }

    /// Sets the times of all files in a folder back, so that any write is detected.
    pub fn age(&self, folder: &str) {
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        for path in self.tree(folder).keys() {
            let file = fs::File::options()
                .write(true)
                .open(self.path(folder).join(path))
                .unwrap();
            file.set_modified(time).unwrap();
        }
    }

    /// Returns the files that were written since [`Self::age`].
    pub fn touched(&self, folder: &str) -> Vec<String> {
        let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        let changed = |path: &Path| fs::metadata(path).unwrap().modified().unwrap() != old;
        let paths = self.tree(folder).into_keys();
        paths
            .filter(|path| changed(&self.path(folder).join(path)))
            .collect()
    }
}
