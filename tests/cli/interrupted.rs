//! Runs that are killed while they write, and concurrent runs.
//!
//! `SDKGEN_KILLS=200 cargo test --test cli interrupted` kills 200 runs.

use super::sandbox::Sandbox;
use std::collections::BTreeMap;
use std::process::Stdio;
use std::time::{Duration, Instant};

/// Returns an API of two resources, or of one with another type, so that files are created, changed and removed.
fn api(second: bool) -> String {
    let (name, member) = match second {
        true => ("orders", "number: {type: integer}"),
        false => ("pets", "name: {type: string}"),
    };
    let mut text = String::from("openapi: 3.1.0\ninfo: {title: Shop, version: '1'}\n");
    text.push_str("servers: [{url: https://api.example.com}]\npaths:\n");
    for tag in [name, "toys"] {
        text.push_str(&format!(
            "  /{tag}:\n    get:\n      operationId: list_{tag}\n      tags: [{tag}]\n      responses:\n        '200':\n          description: OK\n          content: {{application/json: {{schema: {{$ref: '#/components/schemas/Thing'}}}}}}\n"
        ));
    }
    text.push_str(&format!(
        "components:\n  schemas:\n    Thing: {{type: object, properties: {{{member}}}}}\n"
    ));
    text
}

fn shop() -> Sandbox {
    Sandbox::new(&[("a.yaml", &api(false)), ("b.yaml", &api(true))])
}

fn line(spec: &str, out: &str) -> Vec<String> {
    let words = [
        "generate",
        spec,
        "--out",
        out,
        "--package",
        "shop",
        "--docs",
    ];
    let words = words.map(str::to_owned).into_iter();
    words.chain([format!("{out}-book")]).collect()
}

fn generate(sandbox: &Sandbox, spec: &str, out: &str) {
    let run = sandbox.run(&line(spec, out).join(" "));
    assert_eq!(run.code, 0, "{run:?}");
}

/// Returns the names in a folder that exist only during a run.
fn temporary(sandbox: &Sandbox, folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(sandbox.path(folder));
    let names = entries.into_iter().flatten().flatten();
    names
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with(".sdkgen-tmp-"))
        .collect()
}

/// Kills a run some time after it began to write. Returns false if it had already ended.
fn killed(sandbox: &Sandbox, spec: &str, out: &str, after: Duration) -> bool {
    let words = line(spec, out);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut command = sandbox.command(&words);
    let mut child = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let begin = Instant::now();
    let writes = || !temporary(sandbox, out).is_empty() || !temporary(sandbox, "").is_empty();
    while !writes() && child.try_wait().unwrap().is_none() {
        assert!(
            begin.elapsed() < Duration::from_secs(60),
            "nothing is written"
        );
    }
    std::thread::sleep(after);
    child.kill().unwrap();
    child.wait().unwrap().code().is_none()
}

fn rounds() -> u32 {
    let given = std::env::var("SDKGEN_KILLS").ok();
    given.and_then(|text| text.parse().ok()).unwrap_or(24)
}

/// Returns a moment between the beginning and the end of writing, usually an early one.
fn moment(round: u32) -> Duration {
    Duration::from_micros(u64::from(round * 997 % 40).pow(2) * 10)
}

/// Returns the files of a folder in which runs were killed, without temporary files.
fn left(sandbox: &Sandbox, folder: &str) -> BTreeMap<String, String> {
    let mut left = sandbox.tree(folder);
    left.retain(|path, _| !path.starts_with(".sdkgen-tmp-"));
    left
}

/// Kills runs that change a crate and a book from one state to another. Returns how many left a folder that is in
/// neither state.
fn mixed(sandbox: &Sandbox, own: &[&str]) -> u32 {
    let specs = ["a.yaml", "b.yaml"];
    let folders = ["out", "out-book"];
    own.iter().for_each(|path| sandbox.write(path, "mine"));
    let states = specs.map(|spec| {
        generate(sandbox, spec, "out");
        folders.map(|folder| sandbox.tree(folder))
    });
    generate(sandbox, specs[0], "out");
    let (mut now, mut kills, mut mixed) = (0, 0, 0);
    for round in 0..rounds() {
        kills += u32::from(killed(sandbox, specs[1 - now], "out", moment(round)));
        let mut is_whole = true;
        for (index, folder) in folders.into_iter().enumerate() {
            let left = left(sandbox, folder);
            for (path, text) in left
                .iter()
                .filter(|(path, _)| !path.starts_with(".sdkgen-"))
            {
                let known = states
                    .iter()
                    .any(|state| state[index].get(path) == Some(text));
                assert!(
                    known,
                    "round {round}: {path} is neither the old file nor the new"
                );
            }
            is_whole &= states.iter().any(|state| state[index] == left);
        }
        mixed += u32::from(!is_whole);
        // The next run must write the result of the killed run, or the state before it. It must take neither for user
        // edits.
        now = (round / 2 % 2) as usize;
        generate(sandbox, specs[now], "out");
        let there = folders.map(|folder| sandbox.tree(folder));
        assert_eq!(there, states[now], "round {round}");
        assert_eq!(temporary(sandbox, ""), [""; 0]);
    }
    println!(
        "{kills} of {} runs were killed, {mixed} of them between two renames",
        rounds()
    );
    assert!(kills > rounds() / 4, "only {kills} were killed");
    mixed
}

#[test]
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn a_killed_run_leaves_the_old_folders_or_the_new_ones() {
    assert_eq!(mixed(&shop(), &[]), 0);
}

/// Checks a new crate next to an old book: the state after a run that is killed between the two.
#[test]
#[cfg(unix)]
fn check_reports_what_a_killed_run_has_left() {
    let sandbox = shop();
    generate(&sandbox, "a.yaml", "out");
    sandbox.write("api.yaml", &sandbox.read("b.yaml"));
    let check = || {
        sandbox.run(
            &line("api.yaml", "out")
                .join(" ")
                .replace("generate", "check"),
        )
    };
    let interrupted = "an earlier run of sdkgen was interrupted while writing";
    let run = check();
    assert!(run.code == 1 && !run.out.contains(interrupted), "{run:?}");
    let words = line("api.yaml", "out").join(" ");
    let crate_only = words.split(" --docs").next().unwrap();
    assert_eq!(sandbox.run(crate_only).code, 0);
    sandbox.write(".sdkgen-tmp-dead/whole/src/lib.rs", "");
    let run = check();
    let told = run.out + &run.err;
    assert_eq!(run.code, 1, "{told}");
    for said in [interrupted, "out-book: ", "to fix it: sdkgen generate"] {
        assert!(told.contains(said), "{said}\n{told}");
    }
    generate(&sandbox, "api.yaml", "out");
    let run = check();
    assert_eq!((run.code, temporary(&sandbox, "").len()), (0, 0), "{run:?}");
}

/// Checks a folder with other files in it, which is changed file by file.
#[test]
#[cfg(unix)]
fn a_killed_run_next_to_user_files_leaves_complete_files_and_the_next_run_repairs_the_folder() {
    mixed(&shop(), &["out/notes.md", "out-book/book/index.html"]);
}

#[test]
#[cfg(unix)]
fn a_new_folder_appears_complete() {
    let sandbox = shop();
    generate(&sandbox, "a.yaml", "whole");
    let whole = sandbox.tree("whole");
    let mut kills = 0;
    for round in 0..rounds() {
        kills += u32::from(killed(&sandbox, "a.yaml", "deep/out", moment(round)));
        if sandbox.path("deep/out").exists() {
            assert_eq!(sandbox.tree("deep/out"), whole, "round {round}");
            std::fs::remove_dir_all(sandbox.path("deep")).unwrap();
        }
    }
    assert!(kills > rounds() / 4, "only {kills} were killed");
    generate(&sandbox, "a.yaml", "deep/out");
    assert_eq!(
        temporary(&sandbox, ""),
        [""; 0],
        "what was left is cleared away"
    );
}

#[test]
fn runs_at_the_same_time_take_turns() {
    let sandbox = shop();
    let states = ["a.yaml", "b.yaml"].map(|spec| {
        generate(&sandbox, spec, "out");
        sandbox.tree("out")
    });
    for _ in 0..4 {
        let children = ["a.yaml", "b.yaml", "a.yaml"].map(|spec| {
            let words = line(spec, "out");
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let mut command = sandbox.command(&words);
            command
                .stdout(Stdio::null())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap()
        });
        for child in children {
            let output = child.wait_with_output().unwrap();
            let err = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{err}");
        }
        assert!(
            states.contains(&sandbox.tree("out")),
            "one of the two, not some of each"
        );
        assert_eq!(temporary(&sandbox, "out"), [""; 0]);
    }
}
