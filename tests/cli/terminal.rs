//! Output on a terminal, which `script` emulates.

use super::sandbox::Sandbox;
use std::fmt::Write;

/// Returns the output on a terminal with so many columns.
fn shown(sandbox: &Sandbox, columns: u32, arguments: &str) -> String {
    let sdkgen = env!("CARGO_BIN_EXE_sdkgen");
    let line = format!("stty rows 40 cols {columns}; '{sdkgen}' {arguments}");
    let output = std::process::Command::new("script")
        .args(["--quiet", "--return", "--command", &line, "/dev/null"])
        .current_dir(sandbox.path(""))
        .env("TERM", "xterm")
        .env_remove("NO_COLOR")
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// Removes escape sequences for colours and cursor movement.
fn plain(text: &str) -> String {
    let mut parts = text.split('\x1b');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|char: char| char.is_ascii_alphabetic());
        plain.push_str(end.map_or("", |end| &part[end + 1..]));
    }
    plain
}

fn document(operations: usize) -> String {
    let mut text = "openapi: 3.1.0\ninfo: {title: Wide, version: '1'}\n\
                    servers: [{url: https://api.example.com}]\npaths:\n"
        .to_owned();
    for number in 0..operations {
        let summary = format!("summary: {}", "very ".repeat(30) + "wide");
        let responses = "responses: {'204': {description: Done.}}";
        writeln!(
            text,
            "  /a{number}: {{get: {{operationId: get{number}, {summary}, {responses}}}}}"
        )
        .unwrap();
    }
    text
}

#[test]
#[cfg(target_os = "linux")]
fn a_diff_fits_the_terminal_and_has_colours() {
    let sandbox = Sandbox::new(&[("api.yaml", &document(1))]);
    assert_eq!(sandbox.run("generate api.yaml --out client").code, 0);
    sandbox.write("api.yaml", &document(1).replace("wide,", "broad,"));
    let wide = shown(&sandbox, 1000, "check api.yaml --out client");
    assert!(
        plain(&wide)
            .lines()
            .any(|line| line.trim_end().chars().count() > 60),
        "{wide}"
    );
    let narrow = shown(&sandbox, 60, "check api.yaml --out client");
    assert!(
        narrow.contains("\x1b[32m+") && narrow.contains("\x1b[31m-"),
        "{narrow}"
    );
    let narrow = plain(&narrow);
    let from = narrow.find("\n---").expect("a diff");
    let diff: Vec<&str> = narrow[from..].lines().map(str::trim_end).collect();
    let to = diff
        .iter()
        .rposition(|line| line.starts_with(['+', '-', ' ']))
        .unwrap();
    assert!(
        diff[..=to].iter().all(|line| line.chars().count() <= 60),
        "{narrow}"
    );
    assert!(diff.iter().any(|line| line.ends_with('…')), "{narrow}");
    // Output to a pipe is not truncated.
    let piped = sandbox.run("check api.yaml --out client").out;
    assert!(!piped.contains('…') && !piped.contains('\x1b'), "{piped}");
}

/// Returns the progress bars as they are visible.
fn bars(told: &str) -> Vec<String> {
    let told = plain(told);
    let lines = told.split(['\r', '\n']).map(str::trim_end);
    let bars = lines.filter(|line| line.contains(" %  "));
    bars.map(str::to_owned).collect()
}

#[test]
#[cfg(target_os = "linux")]
fn progress_is_shown_and_erased() {
    let sandbox = Sandbox::new(&[("api.yaml", &document(1_000))]);
    let share = |bar: &String| -> u32 {
        let (before, _) = bar.split_once(" %  ").unwrap();
        before.rsplit([' ', ']']).next().unwrap().parse().unwrap()
    };
    for (columns, has_bar) in [(100, true), (50, true), (35, false)] {
        // In separate folders, as a second run into the same folder has nothing to do.
        let command = format!("generate api.yaml --out client{columns} --docs book{columns}");
        let told = shown(&sandbox, columns, &command);
        let (writing, bars): (Vec<String>, Vec<String>) = bars(&told)
            .into_iter()
            .partition(|bar| bar.ends_with("writing"));
        let shares: Vec<u32> = bars.iter().map(share).collect();
        assert!(shares.first() < shares.last(), "it moves: {bars:#?}");
        assert!(
            shares.is_sorted() && shares.last() <= Some(&100),
            "{bars:#?}"
        );
        assert!(writing.iter().map(share).is_sorted(), "{writing:#?}");
        let is_right = |bar: &String| {
            bar.starts_with('[') == has_bar && bar.chars().count() <= columns as usize
        };
        assert!(bars.iter().all(is_right), "{bars:#?}");
        let told_of = |bar: &String| bar.ends_with(" s  printing");
        assert!(bars.iter().any(told_of), "{bars:#?}");
        let (_, rest) = told.rsplit_once(" %  ").unwrap();
        let (_, rest) = rest.split_once("\r\x1b[2K").expect("it is taken away");
        assert!(rest.contains("client"), "{rest:?}");
        assert!(!rest.contains("\x1b[2K"), "and not drawn again: {rest:?}");
    }
    let quiet = shown(&sandbox, 100, "generate api.yaml --out client --quiet");
    assert!(!quiet.contains('%'), "{quiet}");
    let piped = sandbox.run("generate api.yaml --out client");
    assert_eq!(piped.err, "");
}
