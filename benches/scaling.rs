//! `cargo bench --bench scaling [-- NAME]`: how the cost of a document grows with its size.
//!
//! For each shape of `scaling/`, it prints the CPU seconds at n, 2n and 4n, the peak memory at 4n, and the factor of
//! each doubling. A factor over 2.5 is marked; it is unreliable if the time is under half a second, as the system
//! counts CPU time in hundredths. Each run is a separate process. With a NAME, only the shapes whose name contains it
//! are measured.

#[path = "scaling/ir.rs"]
mod ir;
#[path = "scaling/text.rs"]
mod text;

use sdkgen::config::{Overrides, Settings};
use sdkgen::diag::Diagnostics;
use sdkgen::generator::STACK;
use sdkgen::report::{Findings, ReportFormat, Style};
use sdkgen::{load, pipeline};
use std::fmt::Write;
use std::path::Path;
use std::process::Command;
use std::{fs, thread};

/// A kind of document that grows.
pub struct Shape {
    pub name: &'static str,
    /// The number of parts of the smallest document; the largest has four times as many.
    pub start: usize,
    pub work: Work,
    /// Returns the document with n parts.
    pub document: fn(usize) -> Document,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Work {
    Lint,
    Generate,
}

/// The input: a description, and an optional overlay.
pub struct Document {
    pub text: String,
    pub overlay: Option<String>,
}

impl From<String> for Document {
    fn from(text: String) -> Self {
        Document {
            text,
            overlay: None,
        }
    }
}

/// The tables of shapes.
const SHAPES: &[&[Shape]] = &[text::SHAPES, ir::SHAPES];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [mode, name, count] = arguments.as_slice()
        && mode == "measure"
    {
        return child(name, count.parse().unwrap());
    }
    // `cargo test --benches` only checks that a bench starts.
    if !arguments.iter().any(|argument| argument == "--bench") {
        return;
    }
    let wanted = arguments.iter().find(|argument| !argument.starts_with('-'));
    for shape in SHAPES.iter().copied().flatten() {
        if wanted.is_none_or(|wanted| shape.name.contains(wanted.as_str())) {
            println!("{}", line(shape));
        }
    }
}

/// Measures a shape at its three sizes.
fn line(shape: &Shape) -> String {
    let mut line = format!("{:40}", shape.name);
    let mut before: Option<f64> = None;
    let mut peak = 0;
    for count in [shape.start, shape.start * 2, shape.start * 4] {
        let Some((seconds, kilobytes)) = measured(shape, count) else {
            line.push_str(" failed or took over a minute");
            return line;
        };
        _ = write!(line, " {count}: {seconds:.2} s");
        if let Some(before) = before {
            // The system counts no less than a hundredth.
            let factor = seconds.max(0.01) / before.max(0.01);
            let mark = if factor > 2.5 { " !" } else { "" };
            _ = write!(line, " (× {factor:.1}{mark})");
        }
        before = Some(seconds);
        peak = kilobytes;
    }
    _ = write!(line, ", {} MiB", peak / 1024);
    line
}

/// Returns the CPU seconds and the peak memory in kilobytes of a process that works on one document.
fn measured(shape: &Shape, count: usize) -> Option<(f64, u64)> {
    let program = std::env::current_exe().ok()?;
    let script = "ulimit -t 60 && exec \"$0\" measure \"$1\" \"$2\"";
    let output = Command::new("sh")
        .args(["-c", script])
        .arg(program)
        .args([shape.name, &count.to_string()])
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let mut numbers = text.split_whitespace();
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

/// Prints CPU seconds and kilobytes.
fn child(name: &str, count: usize) {
    let mut shapes = SHAPES.iter().copied().flatten();
    let shape = shapes.find(|shape| shape.name == name).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let document = (shape.document)(count);
    let is_json = document.text.starts_with('{');
    let spec = folder
        .path()
        .join(if is_json { "api.json" } else { "api.yaml" });
    fs::write(&spec, document.text).unwrap();
    let overlay = document.overlay.map(|text| {
        let path = folder.path().join("overlay.yaml");
        fs::write(&path, text).unwrap();
        path
    });
    let before = cpu_seconds();
    let work = || work(&spec, overlay.into_iter().collect(), shape.work);
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK);
        thread.spawn_scoped(scope, work).unwrap();
    });
    println!("{:.2}", cpu_seconds() - before);
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    println!("{}", line.map_or("unknown on this system", str::trim));
}

/// Runs a command on the document, and renders its report in all formats.
fn work(spec: &Path, overlays: Vec<std::path::PathBuf>, work: Work) {
    let given = Overrides {
        spec: Some(spec.to_owned()),
        overlays,
        ..Overrides::default()
    };
    let settings = Settings::from_arguments(given).unwrap();
    let mut diagnostics = Diagnostics::default();
    let job = settings.job();
    let inputs = load::Inputs {
        overlays: job.overlays.clone(),
        ..load::Inputs::of(&job.spec)
    };
    let Some(loaded) = load::load(&inputs, &mut diagnostics) else {
        return;
    };
    let job = settings.settle(&loaded);
    match work {
        Work::Lint => {
            pipeline::Compilation::new(&job, &loaded).lint(&mut diagnostics);
        }
        Work::Generate => {
            pipeline::Compilation::new(&job, &loaded).generate(&mut diagnostics);
        }
    }
    let forms = [
        ReportFormat::Human(Style::default()),
        ReportFormat::Short,
        ReportFormat::Json,
        ReportFormat::Github,
        ReportFormat::Sarif,
        ReportFormat::Overlay,
    ];
    for form in forms {
        Findings::of(form, &diagnostics, &loaded.sources, &loaded.tree).text();
    }
}

/// Returns the CPU time of this process with a resolution of a hundredth of a second, or 0 if the system does not
/// report it.
fn cpu_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name in parentheses may contain spaces; user and system time follow it.
    let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields);
    let times = fields.split_whitespace().skip(11).take(2);
    times
        .filter_map(|ticks| ticks.parse::<f64>().ok())
        .sum::<f64>()
        / 100.0
}
