//! `cargo bench --bench generate`: the time to read a document, and to generate from it.
//!
//! For the flagship, it prints the time of each stage. If `SDKGEN_CORPUS` is set, it also measures the corpus'
//! largest document as a multiple of the time to parse the same text as JSON. This is measured twice: in one process
//! that repeats the work and reuses its memory, and in processes that do it once, as a command does, with their peak
//! memory. `SDKGEN_BENCH_RUNS` sets the number of measurements. Only a release skips generation when nothing changed,
//! so that the figure for a second run needs `SDKGEN_RELEASE=1`.

#[path = "../tests/support/mod.rs"]
mod support;

use sdkgen::Generator;
use sdkgen::config::{Job, Overrides, Settings};
use sdkgen::diag::Diagnostics;
use sdkgen::load::{self, Loaded};
use sdkgen::pipeline::{self, Compilation, Generated};
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use support::bench::{asked_for, child, measured, median, runs};
use support::{repository, target};

/// The corpus' largest document.
const LARGEST: &str = "github-api.json";

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, mode, path] = arguments.as_slice()
        && let Some(work) = MODES
            .iter()
            .find_map(|(name, work)| (name == mode).then_some(work))
    {
        return child(|| work(Path::new(path)));
    }
    if !asked_for() {
        return;
    }
    stages(
        "flagship",
        &repository().join("spec/openapi.yaml"),
        runs(51),
    );
    match std::env::var_os("SDKGEN_CORPUS").filter(|path| !path.is_empty()) {
        None => println!("{LARGEST}: skipped, SDKGEN_CORPUS is not set"),
        Some(corpus) => against_parsing(&PathBuf::from(corpus).join(LARGEST)),
    }
}

/// Prints the times of each stage, the lines and the bytes.
fn stages(name: &str, spec: &Path, runs: usize) {
    let (mut load, mut lower, mut whole) = (Vec::new(), Vec::new(), Vec::new());
    let mut size = (0, 0, 0);
    for _ in 0..runs {
        let (job, loaded, time) = loaded(spec);
        load.push(time);
        let start = Instant::now();
        black_box(pipeline::api(
            &loaded,
            &Default::default(),
            &mut Diagnostics::default(),
        ));
        lower.push(start.elapsed());
        let start = Instant::now();
        let generated = generated(&job, &loaded);
        whole.push(start.elapsed());
        size = sizes(&generated);
    }
    let (load, lower, whole) = (median(&mut load), median(&mut lower), median(&mut whole));
    let rest = whole.saturating_sub(lower);
    let (files, lines, bytes) = size;
    println!(
        "{name}: load {:.2} ms, lower {:.2} ms, names to text {:.2} ms, together {:.2} ms; \
         {files} files, {lines} lines, {bytes} bytes (median of {runs})",
        ms(load),
        ms(lower),
        ms(rest),
        ms(load + whole)
    );
}

/// Compares reading and generating with the time that `serde_json` takes for the same text.
fn against_parsing(spec: &Path) {
    let (mut parse, mut load, mut whole) = (Vec::new(), Vec::new(), Vec::new());
    let mut again = Vec::new();
    let text = std::fs::read_to_string(spec).unwrap();
    let generator = generator(spec);
    generator.generate().unwrap();
    for _ in 0..runs(5) {
        let start = Instant::now();
        black_box(parsed(&text));
        parse.push(start.elapsed());
        let (job, loaded, time) = loaded(spec);
        load.push(time);
        let start = Instant::now();
        black_box(generated(&job, &loaded));
        whole.push(start.elapsed() + time);
        let start = Instant::now();
        let report = generator.generate().unwrap();
        again.push(start.elapsed());
        assert!(report.folders.iter().all(|folder| folder.updated == 0));
    }
    let (parse, load, whole) = (median(&mut parse), median(&mut load), median(&mut whole));
    let again = median(&mut again);
    println!(
        "{LARGEST}: serde_json parses it to a `Value` in {:.0} ms",
        ms(parse)
    );
    for (what, time) in [
        ("load alone", load),
        ("load to text", whole),
        ("a second run that changes nothing", again),
    ] {
        let ratio = time.as_secs_f64() / parse.as_secs_f64();
        println!("{LARGEST}: {what} {:.0} ms, ratio {ratio:.2}", ms(time));
    }
    stages(LARGEST, spec, runs(5));
    alone(spec);
}

/// Measures the same in separate processes, one after the other.
fn alone(spec: &Path) {
    let mut found = MODES.map(|_| (Vec::new(), 0));
    for _ in 0..runs(5) {
        for ((mode, _), (times, peak)) in MODES.iter().zip(&mut found) {
            let (time, kilobytes) = measured(mode, spec);
            times.push(time);
            *peak = kilobytes.max(*peak);
        }
    }
    let mut parse = None;
    for ((mode, _), (mut times, peak)) in MODES.iter().zip(found) {
        let time = median(&mut times);
        let parse = *parse.get_or_insert((time, peak));
        println!(
            "{LARGEST}: in a process of its own, {mode}: {:.0} ms, ratio {:.2}; peak of memory {} MiB, ratio {:.2}",
            ms(time),
            time.as_secs_f64() / parse.0.as_secs_f64(),
            peak / 1024,
            peak as f64 / parse.1.max(1) as f64
        );
    }
}

type Work = fn(&Path);

/// The modes of a child process. The first is the baseline of the others.
const MODES: [(&str, Work); 4] = [
    ("parse", |path| {
        drop(black_box(parsed(&std::fs::read_to_string(path).unwrap())))
    }),
    ("load", |path| drop(black_box(loaded(path)))),
    ("load to text", |path| {
        let (job, loaded, _) = loaded(path);
        drop(black_box(generated(&job, &loaded)));
    }),
    ("a second run that changes nothing", |path| {
        let report = generator(path).generate().unwrap();
        assert!(report.folders.iter().all(|folder| folder.updated == 0));
    }),
];

/// Returns the generator for second runs, in the folder of the first runs' output.
fn generator(spec: &Path) -> Generator {
    Generator::new(spec).out(target().join("tmp/bench-generate"))
}

fn parsed(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap()
}

fn loaded(spec: &Path) -> (Job, Loaded, Duration) {
    let given = Overrides {
        spec: Some(spec.to_owned()),
        ..Overrides::default()
    };
    let settings = Settings::from_arguments(given).unwrap();
    let start = Instant::now();
    let loaded = load::load(&settings.job().inputs(), &mut Diagnostics::default()).unwrap();
    let time = start.elapsed();
    (settings.settle(&loaded), loaded, time)
}

fn generated(job: &Job, loaded: &Loaded) -> Generated {
    Compilation::new(job, loaded)
        .generate(&mut Diagnostics::default())
        .unwrap()
}

/// Returns the number of files, lines and bytes.
fn sizes(generated: &Generated) -> (usize, usize, usize) {
    let texts = || generated.package.0.values();
    (
        texts().count(),
        texts().map(|text| text.lines().count()).sum(),
        texts().map(String::len).sum(),
    )
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
