//! Checks documents in a child process: if one overflows the stack, exceeds a limit or hangs, the process ends, and
//! its parent knows the document.

use super::check;
use super::made::{Kind, Maker};
use super::memory::{self, Taken};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// The first argument of a child process; the second is its [`Order`].
const ARGUMENT: &str = "--check-documents";

/// The task of a child process.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Order {
    pub documents: Documents,
    /// No further document is begun after this time.
    pub time: Option<Duration>,
    pub limits: Limits,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Documents {
    File(PathBuf),
    /// `count` documents of a seed, starting at `first`, every `step`-th.
    Made {
        kind: Kind,
        seed: u64,
        first: u64,
        step: u64,
        count: u64,
    },
}

/// The limits for one document.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Limits {
    pub stack: usize,
    /// Allocations: a base, and an addition for each byte of the text.
    pub allocations: (i64, i64),
    /// Bytes of memory: a base, and an addition for each byte of the text. A document of a megabyte may take 1 GiB.
    pub bytes: (i64, i64),
    /// Catches documents that hang without allocating; generous enough for the slowest machine.
    pub cpu_seconds: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            stack: 8 << 20,
            // Each pattern that is too large to match may cost seven million allocations, in three runs, and 70 MiB.
            allocations: (40_000_000, 500),
            bytes: (256 << 20, 800),
            cpu_seconds: 120,
        }
    }
}

impl Limits {
    fn of(&self, size: usize) -> Taken {
        let size = size as i64;
        Taken {
            allocations: self.allocations.0 + self.allocations.1 * size,
            bytes: self.bytes.0 + self.bytes.1 * size,
        }
    }
}

/// The output of a child process, one JSON value a line.
#[derive(Debug, Clone, Serialize, Deserialize)]
enum Line {
    Begun(u64),
    Passed(Passed),
}

/// A document that passed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Passed {
    pub number: u64,
    pub is_generated: bool,
    /// Bytes of its text.
    pub size: usize,
    pub allocations: i64,
    pub bytes: i64,
}

/// A document that failed, and why.
#[derive(Debug)]
pub struct Failure {
    pub number: u64,
    /// The output of the process before it ended, and its exit status.
    pub message: String,
}

/// Does the work of a child process if this is one. Returns whether it is.
pub fn answered() -> bool {
    let mut arguments = std::env::args().skip(1);
    if arguments.next().as_deref() != Some(ARGUMENT) {
        return false;
    }
    let order = arguments.next().unwrap_or_default();
    work(&serde_json::from_str(&order).expect("an order"));
    true
}

fn work(order: &Order) {
    let start = Instant::now();
    let is_over = || order.time.is_some_and(|time| start.elapsed() > time);
    match &order.documents {
        Documents::File(path) => {
            let text = std::fs::read(path).expect("a file");
            let document = serde_json::from_slice(&text).expect("JSON");
            check(0, document, &order.limits);
        }
        Documents::Made {
            kind,
            seed,
            first,
            step,
            count,
        } => {
            let maker = Maker::new(*kind, *seed);
            for index in 0..*count {
                if is_over() {
                    return;
                }
                let number = first + index * step;
                say(&Line::Begun(number));
                check(number, maker.document(number), &order.limits);
            }
        }
    }
}

/// Checks one document. The process ends if it fails.
fn check(number: u64, document: Value, limits: &Limits) {
    let size = document.to_string().len();
    limit_cpu(limits.cpu_seconds);
    let stack = limits.stack;
    let work = move || check::document(&document, "fuzzed").is_some();
    let thread = || {
        let thread = thread::Builder::new().stack_size(stack).spawn(work);
        thread.expect("a thread").join()
    };
    let (result, taken) = memory::measured(limits.of(size), thread);
    // The panic message is already on stderr.
    let Ok(is_generated) = result else {
        std::process::exit(101);
    };
    say(&Line::Passed(Passed {
        number,
        is_generated,
        size,
        allocations: taken.allocations,
        bytes: taken.bytes,
    }));
}

/// Makes the system end this process after so many more seconds of CPU time.
#[cfg(unix)]
fn limit_cpu(seconds: u64) {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    use rustix::time::{ClockId, clock_gettime};
    let used = clock_gettime(ClockId::ProcessCPUTime).tv_sec as u64;
    let most = Rlimit {
        current: Some(used + seconds),
        ..getrlimit(Resource::Cpu)
    };
    // A lower limit that the user has set applies anyway.
    let _ = setrlimit(Resource::Cpu, most);
}

/// Sets no limit on this system: the user must end a document that hangs.
#[cfg(not(unix))]
fn limit_cpu(_: u64) {}

fn say(line: &Line) {
    let line = serde_json::to_string(line).expect("plain data");
    println!("{line}");
    // The parent has closed the pipe.
    if std::io::stdout().flush().is_err() {
        std::process::exit(1);
    }
}

/// Starts a child process and waits for its end. Returns the documents that passed, and the failure that ended it.
pub fn ask(order: &Order) -> (Vec<Passed>, Option<Failure>) {
    let program = std::env::current_exe().expect("a running program has a path");
    let mut child = Command::new(program)
        .arg(ARGUMENT)
        .arg(serde_json::to_string(order).expect("plain data"))
        .env("RUST_BACKTRACE", "0")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("this program can be started again");
    let mut complaints = child.stderr.take().expect("it is piped");
    let listener = thread::spawn(move || {
        let mut bytes = Vec::new();
        // Output that was read before an error is still reported.
        let _ = complaints.read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    });
    let (mut begun, mut passed) = (0, Vec::new());
    let lines = BufReader::new(child.stdout.take().expect("it is piped")).lines();
    for line in lines.map_while(Result::ok) {
        match serde_json::from_str(&line) {
            Ok(Line::Begun(number)) => begun = number,
            Ok(Line::Passed(one)) => passed.push(one),
            Err(_) => {}
        }
    }
    let status = child.wait().expect("a child that was started");
    let message = listener.join().unwrap_or_default();
    let failure = (!status.success()).then(|| Failure {
        number: begun,
        message: format!("{message}{status}"),
    });
    (passed, failure)
}
