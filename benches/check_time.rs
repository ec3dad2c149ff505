//! `cargo bench --bench check_time`: the time and memory that rustc takes to check the largest generated crates,
//! compared with a fixed crate of derived serde types in the same run.
//!
//! The crates are those of the corpus' two largest descriptions, so that `SDKGEN_CORPUS` has to name the corpus. Each
//! is checked with default features, and with one of its resources alone. Dependencies are checked before the
//! measurement. The yardstick is 1,000 structs of 8 fields with serde's derive, which never change: ratios to it hold
//! on any machine. `SDKGEN_BENCH_RUNS` sets the number of measurements (default 1); the shortest time counts.
//!
//! Cargo starts this program as the compiler; it starts rustc and watches it.

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

/// A generated crate to measure.
struct Measured {
    document: &'static str,
    package: &'static str,
    /// The feature of one of its resources.
    alone: &'static str,
    /// The goal in seconds and MiB, on an idle machine of two cores.
    goal: (f64, f64),
}

const MEASURED: [Measured; 2] = [
    Measured {
        document: "stripe-api.yaml",
        package: "stripe-api",
        alone: "checkout",
        goal: (15.0, 819.0),
    },
    Measured {
        document: "github-api.json",
        package: "github-api",
        alone: "repos",
        goal: (45.0, 2048.0),
    },
];

/// A crate with a choice of its features.
struct Choice {
    package: &'static str,
    /// The label in the table.
    label: String,
    features: Vec<&'static str>,
    goal: Option<(f64, f64)>,
}

impl Choice {
    fn of(measured: &Measured) -> [Self; 3] {
        let Measured {
            package,
            alone,
            goal,
            ..
        } = *measured;
        let choice = |what: &str, features: &[&'static str]| Choice {
            package,
            label: format!("{package}, {what}"),
            features: features.to_vec(),
            goal: Some(goal),
        };
        [
            choice("whole", &["--all-features"]),
            choice("default", &[]),
            choice(alone, &["--no-default-features", "--features", alone]),
        ]
    }
}

/// The time limit for generating a crate.
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
    let mut wanted = vec![Choice {
        package: yardstick::NAME,
        label: yardstick::NAME.to_owned(),
        features: Vec::new(),
        goal: None,
    }];
    match std::env::var_os("SDKGEN_CORPUS").filter(|path| !path.is_empty()) {
        None => println!("only the yardstick: SDKGEN_CORPUS is not set"),
        Some(corpus) => {
            for measured in &MEASURED {
                let document = Path::new(&corpus).join(measured.document);
                workshop.add(&generate(&document, measured.package, LIMIT));
                wanted.extend(Choice::of(measured));
            }
        }
    }
    workshop.finish();
    for choice in &wanted {
        check(&workshop, choice, Some(choice.package));
    }
    println!(
        "{:<22} {:>8} {:>9} {:>9} {:>9}   {:>6} {:>6} {:>6}   goal",
        "crate, features", "lines", "check s", "user s", "peak MiB", "time", "user", "memory"
    );
    let mut yardstick = None;
    for choice in &wanted {
        let lines = workshop.lines(choice.package);
        let taken = measure(&workshop, choice);
        let unit = *yardstick.get_or_insert(taken);
        println!("{}", row(choice, lines, taken, unit));
    }
    println!(
        "lines: those of all features; time, user and memory: ratios to the yardstick, rustc's own user time and peak"
    );
}

/// The cost of one check: cargo's wall time, and rustc's resources.
#[derive(Clone, Copy)]
struct Taken {
    wall: Duration,
    rustc: Usage,
}

fn row(choice: &Choice, lines: usize, taken: Taken, unit: Taken) -> String {
    let columns = |taken: Taken| {
        let Usage { user, peak } = taken.rustc;
        [taken.wall.as_secs_f64(), user.as_secs_f64(), peak]
    };
    let ([wall, user, peak], unit) = (columns(taken), columns(unit));
    let (time, cpu, memory) = (wall / unit[0], user / unit[1], peak / unit[2]);
    let goal = choice.goal.map_or_else(String::new, |(seconds, mib)| {
        let reached = wall <= seconds && peak <= mib;
        let answer = if reached { "reached" } else { "missed" };
        format!("{seconds:.0} s, {mib:.0} MiB: {answer}")
    });
    let label = &choice.label;
    format!(
        "{label:<22} {lines:>8} {wall:>9.2} {user:>9.2} {peak:>9.0}   {time:>6.2} {cpu:>6.2} \
         {memory:>6.2}   {goal}"
    )
}

/// Measures checks of a crate whose dependencies are already checked. Returns the shortest.
fn measure(workshop: &Workshop, choice: &Choice) -> Taken {
    let package = choice.package;
    let once = |_| {
        workshop.forget(package);
        let _ = std::fs::remove_file(log());
        let start = Instant::now();
        let output = check(workshop, choice, None);
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

/// Runs `cargo check` for one crate and watches rustc. With `stop_at`, only dependencies are checked.
fn check(workshop: &Workshop, choice: &Choice, stop_at: Option<&str>) -> Output {
    let arguments = ["check", "--offline", "--package", choice.package];
    let arguments = [&arguments[..], &choice.features].concat();
    let mut command: Command = cargo::command(workshop.root(), &arguments);
    let program = std::env::current_exe().expect("a running program has a path");
    command.env("RUSTC_WRAPPER", program);
    command.env(watch::LOG, log());
    command.env(watch::STOP_AT, stop_at.unwrap_or_default());
    command.output().expect("cargo can be started")
}

fn log() -> PathBuf {
    target().join("check-time.tsv")
}
