//! The steps of `action.yml`, run as a runner of GitHub Actions does, with a release in a local folder.

use super::{read, support::repository};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

const API: &str = "\
openapi: 3.1.0
info: {title: Pets, version: '1'}
servers: [{url: 'https://api.example.com'}]
paths:
  /pets:
    get: {operationId: listPets, responses: {'204': {description: None.}}}
";

/// A repository with a document, the folders of a runner, and programs that replace those that need the network.
struct Runner {
    folder: TempDir,
    base: String,
}

/// The output of a step, and whether it succeeded.
struct Done {
    passed: bool,
    told: String,
}

fn program(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

impl Runner {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let runner = Runner {
            base: String::new(),
            folder,
        };
        fs::create_dir_all(runner.path("work")).unwrap();
        fs::create_dir_all(runner.path("temp")).unwrap();
        fs::write(runner.path("work/api.yaml"), API).unwrap();
        runner.git("init --quiet --initial-branch main");
        runner.git("add --all");
        runner.git("-c user.name=A -c user.email=a@example.com commit --quiet --message Begin");
        let base = runner.git("rev-parse HEAD").trim().to_owned();
        // Prints its arguments; the ID of an earlier comment is in a file.
        let gh = "#!/bin/sh\n{ printf '[%s]' \"$@\"; echo; } >> \"$RUNNER_TEMP/gh.txt\"\n\
                  case \"$*\" in *--jq*) cat \"$RUNNER_TEMP/comment.txt\" 2>/dev/null;; esac\nexit 0\n";
        program(&runner.path("bin/gh"), gh);
        program(
            &runner.path("bin/cargo"),
            "#!/bin/sh\nprintf '[%s]' cargo \"$@\"\n",
        );
        Runner { base, ..runner }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_default()
    }

    fn git(&self, line: &str) -> String {
        let mut command = Command::new("git");
        command.args(line.split(' ')).current_dir(self.path("work"));
        let output = command.output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Writes the release that the action downloads. Its program runs the one under test.
    fn release(&self) -> PathBuf {
        let target = format!("{}-unknown-linux-musl", std::env::consts::ARCH);
        let release = self.path(&format!("releases/v{}", env!("CARGO_PKG_VERSION")));
        let name = format!("sdkgen-{target}");
        let line = format!(
            "#!/bin/sh\nexec '{}' \"$@\"\n",
            env!("CARGO_BIN_EXE_sdkgen")
        );
        program(&release.join(&name).join("sdkgen"), &line);
        let lines = format!(
            "tar -czf {name}.tar.gz {name} && sha256sum {name}.tar.gz > {name}.tar.gz.sha256"
        );
        let packed = Command::new("bash")
            .args(["-c", &lines])
            .current_dir(&release)
            .status();
        assert!(packed.unwrap().success());
        release.join(format!("{name}.tar.gz"))
    }

    /// Runs all steps of the action with these inputs, up to the first that fails.
    fn run(&self, given: &[(&str, &str)]) -> Done {
        let action: Json = serde_yaml::from_str(&read("action.yml")).unwrap();
        let mut told = String::new();
        // Paths that an earlier run added must not apply to this job.
        let _ = fs::remove_file(self.path("path.txt"));
        for step in action["runs"]["steps"].as_array().unwrap() {
            let run = step["run"].as_str().unwrap();
            assert!(!run.contains("${{"), "a command has no expression: {run}");
            let mut command = Command::new("bash");
            command.args(["-e", "-o", "pipefail", "-c", run]);
            for (name, value) in step["env"].as_object().unwrap() {
                command.env(
                    name,
                    self.evaluated(value.as_str().unwrap(), &action, given),
                );
            }
            let path = [
                self.text("path.txt").trim().to_owned(),
                self.path("bin").display().to_string(),
            ];
            let path = format!("{}:{}", path.join(":"), std::env::var("PATH").unwrap());
            let arch = if cfg!(target_arch = "aarch64") {
                "ARM64"
            } else {
                "X64"
            };
            let output = command
                .current_dir(self.path("work"))
                .env("PATH", path)
                .env("RUNNER_OS", "Linux")
                .env("RUNNER_ARCH", arch)
                .env("RUNNER_TEMP", self.path("temp"))
                .env("GITHUB_PATH", self.path("path.txt"))
                .env("GITHUB_OUTPUT", self.path("output.txt"))
                .env("GITHUB_STEP_SUMMARY", self.path("summary.md"))
                .env("GITHUB_ACTION_PATH", repository())
                .env("GITHUB_REPOSITORY", "somebody/pets")
                .output()
                .unwrap();
            told += &String::from_utf8_lossy(&[output.stdout, output.stderr].concat());
            if !output.status.success() {
                return Done {
                    passed: false,
                    told,
                };
            }
        }
        Done { passed: true, told }
    }

    /// Evaluates the expressions in a value of `env`.
    fn evaluated(&self, text: &str, action: &Json, given: &[(&str, &str)]) -> String {
        let given: BTreeMap<&str, &str> = given.iter().copied().collect();
        if text.contains("github.action_repository") {
            return format!("file://{}", self.path("releases").display());
        }
        let Some(name) = text
            .strip_prefix("${{ ")
            .and_then(|text| text.strip_suffix(" }}"))
        else {
            return text.to_owned();
        };
        match name {
            "github.event.pull_request.base.sha" => self.base.clone(),
            "github.event.pull_request.number" => "7".to_owned(),
            "github.token" => "a-token".to_owned(),
            _ => {
                let name = name
                    .strip_prefix("inputs.")
                    .unwrap_or_else(|| panic!("{name}"));
                match given.get(name) {
                    Some(value) => (*value).to_owned(),
                    None => self.evaluated(
                        action["inputs"][name]["default"].as_str().unwrap(),
                        action,
                        &[],
                    ),
                }
            }
        }
    }

    fn change(&self, from: &str, to: &str) {
        let text = self.text("work/api.yaml");
        assert!(text.contains(from));
        fs::write(self.path("work/api.yaml"), text.replace(from, to)).unwrap();
    }
}

#[test]
fn findings_are_annotations_and_fail_where_denied() {
    let runner = Runner::new();
    runner.release();
    let lint = [("command", "lint"), ("spec", "api.yaml")];
    let done = runner.run(&lint);
    assert!(done.passed, "{}", done.told);
    runner.change("operationId: listPets", "operationId: listPets, nope: 1");
    let done = runner.run(&[lint[0], lint[1], ("deny", "warnings")]);
    assert!(!done.passed);
    assert!(done.told.contains("file=api.yaml,line=6,"), "{}", done.told);
}

#[test]
fn a_breaking_change_is_a_comment_and_fails_where_asked() {
    let runner = Runner::new();
    runner.release();
    let diff = [("command", "diff"), ("spec", "api.yaml")];
    let done = runner.run(&diff);
    assert!(done.passed, "{}", done.told);
    assert_eq!(runner.text("output.txt"), "breaking=false\n");

    runner.change("listPets", "searchPets");
    let done = runner.run(&diff);
    assert!(
        !done.passed
            && done
                .told
                .contains("::error::the document has breaking changes"),
        "{}",
        done.told
    );
    assert!(runner.text("output.txt").ends_with("breaking=true\n"));
    assert!(runner.text("summary.md").contains("breaking"));
    let comment = runner.text("temp/sdkgen-comment.md");
    assert!(
        comment.starts_with("<!-- sdkgen diff -->\n") && comment.contains("search"),
        "{comment}"
    );
    assert!(
        runner
            .text("temp/gh.txt")
            .contains("[--method][POST][repos/somebody/pets/issues/7/comments]")
    );

    fs::write(runner.path("temp/comment.txt"), "41\n42\n").unwrap();
    let done = runner.run(&[diff[0], diff[1], ("fail-on-breaking", "false")]);
    assert!(done.passed, "{}", done.told);
    assert!(
        runner
            .text("temp/gh.txt")
            .contains("[--method][PATCH][repos/somebody/pets/issues/comments/41]")
    );
}

#[test]
fn no_comment_is_posted_if_comments_are_disabled() {
    let runner = Runner::new();
    runner.release();
    let done = runner.run(&[
        ("command", "diff"),
        ("spec", "api.yaml"),
        ("comment", "false"),
    ]);
    assert!(done.passed, "{}", done.told);
    assert_eq!(runner.text("temp/gh.txt"), "");
}

#[test]
fn an_archive_with_another_checksum_is_not_run_nor_replaced_by_a_build() {
    let runner = Runner::new();
    let archive = runner.release();
    let lint = [("command", "lint"), ("spec", "api.yaml")];
    let done = runner.run(&[lint[0], lint[1], ("sha256", "0000")]);
    assert!(
        !done.passed && done.told.contains(", not 0000"),
        "{}",
        done.told
    );
    fs::write(archive, "another").unwrap();
    let done = runner.run(&lint);
    assert!(
        !done.passed && done.told.contains("::error::the SHA-256 of "),
        "{}",
        done.told
    );
    assert!(!done.told.contains("[cargo]"), "{}", done.told);
    assert_eq!(runner.text("path.txt"), "");
}

#[test]
fn without_a_release_the_action_builds_its_own_sources() {
    let runner = Runner::new();
    let done = runner.run(&[("command", "lint"), ("spec", "api.yaml")]);
    let built = format!(
        "[cargo][install][--path][{}][--locked]",
        repository().display()
    );
    assert!(done.told.contains(&built), "{}", done.told);
    let done = runner.run(&[("command", "lint"), ("install", "download")]);
    assert!(
        !done.passed && done.told.contains("there is no release of sdkgen"),
        "{}",
        done.told
    );
}

/// Checks that inputs are single words, whatever they contain.
#[test]
fn inputs_never_become_commands() {
    let runner = Runner::new();
    runner.release();
    for text in [
        "$(touch pwned)",
        "a; touch pwned;",
        "--help",
        "`touch pwned`",
    ] {
        for command in ["lint", "diff", "check", text] {
            runner.run(&[
                ("command", command),
                ("spec", text),
                ("config", text),
                ("base", text),
            ]);
            assert!(!runner.path("work/pwned").exists(), "{command} {text}");
        }
    }
}
