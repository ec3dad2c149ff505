//! `cargo bench --bench check_time`: how long rustc takes to check the largest generated crates, and
//! how much memory it takes, beside a fixed crate of derived serde types in the same run.
//!
//! The crates are those of the corpus' two largest descriptions, so `SDKGEN_CORPUS` has to name it.
//! What they depend on is checked before the clock runs. The yardstick is 1,000 structs of 8 members
//! with serde's derive, written here and always the same: the ratios to it hold on any machine.
//! `SDKGEN_BENCH_RUNS` says how often to measure (once without it); the shortest time counts.
//!
//! Cargo starts this program in rustc's place, which starts rustc and watches it.

#[path = "check_time/watch.rs"]
mod watch;
#[path = "check_time/yardstick.rs"]
mod yardstick;

#[path = "../tests/support/mod.rs"]
mod support;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Output};
use std::time::{Duration, Instant};
use support::bench::{asked_for, runs};
use support::generate::generate;
use support::{Workshop, cargo, target};
use watch::Usage;

/// Document, crate, and what it may take: seconds and MiB on an idle machine of two cores.
const MEASURED: [(&str, &str, f64, f64); 2] = [
    ("stripe-api.yaml", "stripe-api", 15.0, 819.0),
    ("github-api.json", "github-api", 45.0, 2048.0),
];

/// How long a document may take to generate.
const LIMIT: Duration = Duration::from_secs(180);

fn main() -> ExitCode {
    if let Some(code) = watch::in_place_of_rustc() {
        return code;
    }
    if asked_for() {
        bench();
    }
    ExitCode::SUCCESS
}

fn bench() {
    let mut workshop = Workshop::new("check-time");
    let manifest = yardstick::MANIFEST;
    let source = yardstick::source();
    workshop.add_program(
        yardstick::NAME,
        &[("Cargo.toml", manifest), ("src/lib.rs", &source)],
    );
    let mut wanted = vec![(yardstick::NAME, None)];
    match std::env::var_os("SDKGEN_CORPUS").filter(|path| !path.is_empty()) {
        None => println!("only the yardstick: SDKGEN_CORPUS is not set"),
        Some(corpus) => {
            for (file, package, seconds, mib) in MEASURED {
                workshop.add(&generate(&Path::new(&corpus).join(file), package, LIMIT));
                wanted.push((package, Some((seconds, mib))));
            }
        }
    }
    workshop.finish();
    for (package, _) in &wanted {
        check(&workshop, package, Some(package));
    }
    println!(
        "{:<12} {:>8} {:>9} {:>9} {:>9}   {:>6} {:>6} {:>6}   goal",
        "crate", "lines", "check s", "user s", "peak MiB", "time", "user", "memory"
    );
    let mut yardstick = None;
    for (package, goal) in wanted {
        let lines = workshop.lines(package);
        let taken = measure(&workshop, package);
        let unit = *yardstick.get_or_insert(taken);
        println!("{}", row(package, lines, taken, unit, goal));
    }
    println!("time, user and memory: ratios to the yardstick, rustc's own user time and peak");
}

/// What one check took: cargo's wall time, and what rustc used.
#[derive(Clone, Copy)]
struct Taken {
    wall: Duration,
    rustc: Usage,
}

fn row(package: &str, lines: usize, taken: Taken, unit: Taken, goal: Option<(f64, f64)>) -> String {
    let columns = |taken: Taken| {
        let Usage { user, peak } = taken.rustc;
        [taken.wall.as_secs_f64(), user.as_secs_f64(), peak]
    };
    let ([wall, user, peak], unit) = (columns(taken), columns(unit));
    let (time, cpu, memory) = (wall / unit[0], user / unit[1], peak / unit[2]);
    let goal = goal.map_or_else(String::new, |(seconds, mib)| {
        let reached = wall <= seconds && peak <= mib;
        let answer = if reached { "reached" } else { "missed" };
        format!("{seconds:.0} s, {mib:.0} MiB: {answer}")
    });
    format!(
        "{package:<12} {lines:>8} {wall:>9.2} {user:>9.2} {peak:>9.0}   {time:>6.2} {cpu:>6.2} \
         {memory:>6.2}   {goal}"
    )
}

/// The shortest of some checks of one crate, everything it depends on checked already.
fn measure(workshop: &Workshop, package: &str) -> Taken {
    let once = |_| {
        workshop.forget(package);
        let _ = std::fs::remove_file(log());
        let start = Instant::now();
        let output = check(workshop, package, None);
        let wall = start.elapsed();
        let text = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{package}: {text}");
        let rustc = watch::read(&log(), package).unwrap_or_else(|| panic!("{package}: {text}"));
        Taken { wall, rustc }
    };
    (0..runs(1))
        .map(once)
        .min_by_key(|taken| taken.wall)
        .expect("at least one run")
}

/// `cargo check` of one crate, rustc watched; of what it depends on only, when told to stop there.
fn check(workshop: &Workshop, package: &str, stop_at: Option<&str>) -> Output {
    let mut command: Command = cargo::command(
        workshop.root(),
        &["check", "--offline", "--package", package],
    );
    let program = std::env::current_exe().expect("a running program has a path");
    command.env("RUSTC_WRAPPER", program);
    command.env(watch::LOG, log());
    command.env(watch::STOP_AT, stop_at.unwrap_or_default());
    command.output().expect("cargo can be started")
}

fn log() -> PathBuf {
    target().join("check-time.tsv")
}
