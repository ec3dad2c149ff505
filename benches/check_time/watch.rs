//! Runs rustc and records its user time and peak memory, as the system counts them.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::thread;
use std::time::Duration;

/// Names the file of the measurements, with a line for each crate.
pub const LOG: &str = "SDKGEN_CHECK_TIME_LOG";
/// Names the crate that must not be compiled, because only its dependencies are needed.
pub const STOP_AT: &str = "SDKGEN_CHECK_TIME_STOP_AT";

/// The interval at which the memory is read. The system records the peak.
const PAUSE: Duration = Duration::from_millis(10);

/// The resources of one run of rustc.
#[derive(Clone, Copy)]
pub struct Usage {
    pub user: Duration,
    /// In MiB.
    pub peak: f64,
}

/// Runs rustc with cargo's arguments if cargo started this program as the compiler.
pub fn in_place_of_rustc() -> Option<ExitCode> {
    let log = std::env::var_os(LOG)?;
    let mut arguments = std::env::args_os().skip(1);
    let rustc = arguments.next()?;
    let arguments: Vec<_> = arguments.collect();
    let name = arguments
        .windows(2)
        .find_map(|pair| (pair[0] == "--crate-name").then(|| pair[1].to_string_lossy()))
        .unwrap_or_default();
    let stop_at = std::env::var(STOP_AT).unwrap_or_default();
    if !stop_at.is_empty() && *name == ident(&stop_at) {
        return Some(ExitCode::FAILURE);
    }
    let mut child = Command::new(rustc).args(&arguments).spawn().ok()?;
    let mut peak = 0.0;
    let status = loop {
        peak = peak_of(child.id()).unwrap_or(peak);
        match child.try_wait() {
            Ok(None) => thread::sleep(PAUSE),
            other => break other,
        }
    };
    let user = user_time_of_children().unwrap_or_default().as_secs_f64();
    let line = format!("{name}\t{user}\t{peak}\n");
    let file = OpenOptions::new().create(true).append(true).open(log);
    file.and_then(|mut file| file.write_all(line.as_bytes()))
        .ok()?;
    let succeeded = status.ok().flatten().is_some_and(|status| status.success());
    Some(if succeeded {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Reads the measurement of a crate.
pub fn read(log: &Path, package: &str) -> Option<Usage> {
    let text = fs::read_to_string(log).ok()?;
    let usage = |line: &str| {
        let mut cells = line.split('\t');
        let named = cells.next()? == ident(package);
        let user = Duration::from_secs_f64(cells.next()?.parse().ok()?);
        let peak = cells.next()?.parse().ok()?;
        named.then_some(Usage { user, peak })
    };
    text.lines().find_map(usage)
}

/// Returns a package's crate name.
fn ident(package: &str) -> String {
    package.replace('-', "_")
}

/// Returns the peak memory of a process in MiB, or `None` without `/proc`.
fn peak_of(process: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: f64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kilobytes / 1024.0)
}

/// Returns the user time of finished child processes.
fn user_time_of_children() -> Option<Duration> {
    /// `sysconf(_SC_CLK_TCK)`, which has this value on every Linux.
    const TICKS: f64 = 100.0;
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The name in parentheses may contain spaces; `cutime` is the 14th field after it.
    let (_, rest) = stat.rsplit_once(')')?;
    let ticks: f64 = rest.split_whitespace().nth(13)?.parse().ok()?;
    Some(Duration::from_secs_f64(ticks / TICKS))
}
