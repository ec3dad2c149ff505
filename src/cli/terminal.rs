//! Prints results and diagnostics, in color if the terminal supports it.

use super::arguments::{Color, Format, Global};
use super::progress_bar::{ProgressBar, ProgressState};
use sdkgen::config::ConfigError;
use sdkgen::diag::{Diagnostics, Levels, Severity};
use sdkgen::load::Loaded;
use sdkgen::progress::Count;
use sdkgen::report::{Findings, ReportFormat, Style};
use sdkgen::source::Sources;
use sdkgen::tree::Tree;
use std::borrow::Cow;
use std::io::{ErrorKind, IsTerminal, Write};
use std::sync::Arc;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The stream of diagnostics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stream {
    /// Standard output, in full: diagnostics are the result of the command.
    Result,
    /// Standard error, in brief: diagnostics accompany the result.
    Error,
}

/// The output settings of a command.
pub struct Terminal {
    quiet: bool,
    format: Format,
    levels: Levels,
    color_out: bool,
    color_err: bool,
    /// Whether standard error is a terminal that shows progress.
    is_watched: bool,
    /// The width of standard output, if it is a terminal.
    width: Option<usize>,
}

impl Terminal {
    pub fn new(global: &Global) -> Self {
        let is_dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()) || is_dumb;
        let color = |terminal: bool| match global.color {
            Color::Auto => terminal && !plain,
            Color::Always => true,
            Color::Never => false,
        };
        Terminal {
            quiet: global.quiet,
            format: global.format,
            levels: Levels::new(global.allow.clone(), global.deny.clone()),
            color_out: color(std::io::stdout().is_terminal()),
            color_err: color(std::io::stderr().is_terminal()),
            is_watched: !global.quiet && !is_dumb && std::io::stderr().is_terminal(),
            width: terminal_size::terminal_size_of(std::io::stdout())
                .map(|(width, _)| usize::from(width.0)),
        }
    }

    /// Prints the result of the command.
    pub fn result(&self, text: &str) {
        print(&mut std::io::stdout().lock(), text);
    }

    /// Prints a part of the result that `--quiet` suppresses.
    pub fn report(&self, text: &str) {
        if !self.quiet {
            self.result(text);
        }
    }

    /// Prints a line about what was done.
    pub fn progress(&self, text: &str) {
        self.report(&format!("{text}\n"));
    }

    /// Prints a line about what was done, of a command whose result is on standard output.
    pub fn note(&self, text: &str) {
        if !self.quiet {
            print(&mut std::io::stderr().lock(), &format!("{text}\n"));
        }
    }

    pub fn error(&self, text: &str) {
        let head = if self.color_err {
            "\x1b[1m\x1b[91merror\x1b[0m"
        } else {
            "error"
        };
        print(&mut std::io::stderr().lock(), &format!("{head}: {text}\n"));
    }

    /// Reports an invalid configuration. Without a file, a person gets a single line.
    pub fn fault(&self, fault: &ConfigError, stream: Stream) {
        let is_for_people = matches!(self.format, Format::Human | Format::Markdown);
        if is_for_people && fault.path.is_none() {
            return self.error(&fault.to_string());
        }
        let mut found = Diagnostics::default();
        found.push(fault.diagnostic());
        let mut findings = self.findings(stream);
        self.add(&mut findings, &found, None);
        self.print_report(&findings, stream);
    }

    /// Shows progress until the returned value is dropped.
    pub fn busy(&self, stand: impl Fn() -> ProgressState + Send + 'static) -> ProgressBar {
        match self.is_watched {
            true => ProgressBar::start(stand),
            false => ProgressBar::hidden(),
        }
    }

    /// Shows progress by counted items.
    pub fn count_progress(&self, what: &'static str, count: &Arc<Count>) -> ProgressBar {
        let count = Arc::clone(count);
        self.busy(move || (what.to_owned(), count.share()))
    }

    /// Shows progress by steps, of which `done` are finished.
    pub fn step_progress(&self, what: &'static str, done: usize, of: usize) -> ProgressBar {
        let share = done as f32 / of as f32;
        self.busy(move || (what.to_owned(), share))
    }

    /// Prints a unified diff, cut to the width of the terminal.
    pub fn diff(&self, diff: &str) {
        if !self.color_out && self.width.is_none() {
            return self.report(diff);
        }
        let mut text = String::with_capacity(diff.len() * 2);
        for line in diff.split_inclusive('\n') {
            let color = match line.as_bytes() {
                _ if !self.color_out => "",
                [b'+', b'+', b'+', ..] | [b'-', b'-', b'-', ..] => "\x1b[1m",
                [b'+', ..] => "\x1b[32m",
                [b'-', ..] => "\x1b[31m",
                [b'@', ..] => "\x1b[36m",
                _ => "",
            };
            let body = line.strip_suffix('\n').unwrap_or(line);
            let body = self.width.map_or(body.into(), |width| cut(body, width));
            let reset = if color.is_empty() { "" } else { "\x1b[0m" };
            text.push_str(&format!("{color}{body}{reset}\n"));
        }
        self.report(&text);
    }

    pub fn format(&self) -> Format {
        self.format
    }

    /// Returns the levels that `--deny` and `--allow` set.
    pub fn levels(&self) -> &Levels {
        &self.levels
    }

    /// Creates an empty report for a stream.
    pub fn findings(&self, stream: Stream) -> Findings {
        let (color, brief) = match stream {
            Stream::Result => (self.color_out, false),
            Stream::Error => (self.color_err, true),
        };
        Findings::new(match self.format {
            // A changelog has no findings; diagnostics of the documents are for people.
            Format::Human | Format::Markdown => ReportFormat::Human(Style { color, brief }),
            Format::Short => ReportFormat::Short,
            Format::Json => ReportFormat::Json,
            Format::Github => ReportFormat::Github,
            Format::Sarif => ReportFormat::Sarif,
            Format::Overlay => ReportFormat::Overlay,
        })
    }

    /// Adds the diagnostics of a document to a report. Without a document, no source lines are shown.
    pub fn add(&self, findings: &mut Findings, found: &Diagnostics, loaded: Option<&Loaded>) {
        let mut errors = Diagnostics::default();
        let found = match self.quiet {
            false => found,
            true => {
                let only = found.iter().filter(|it| it.severity == Severity::Error);
                only.for_each(|found| errors.push(found.clone()));
                &errors
            }
        };
        match loaded {
            Some(loaded) => findings.add(found, &loaded.sources, &loaded.tree),
            None => findings.add(found, &Sources::default(), &Tree::default()),
        }
    }

    pub fn print_report(&self, findings: &Findings, stream: Stream) {
        match stream {
            Stream::Result => print(&mut std::io::stdout().lock(), &findings.text()),
            Stream::Error => print(&mut std::io::stderr().lock(), &findings.text()),
        }
    }

    /// Prints the diagnostics of a command's only document.
    pub fn diagnostics(&self, found: &Diagnostics, loaded: Option<&Loaded>) {
        let mut findings = self.findings(Stream::Error);
        self.add(&mut findings, found, loaded);
        self.print_report(&findings, Stream::Error);
    }
}

/// Prints. Ignores a closed pipe, as after `| head`.
fn print(stream: &mut dyn Write, text: &str) {
    let result = stream
        .write_all(text.as_bytes())
        .and_then(|()| stream.flush());
    if let Err(fault) = result
        && fault.kind() != ErrorKind::BrokenPipe
    {
        // If standard error failed, there is no other way to report it.
        let _ = writeln!(std::io::stderr(), "error: cannot print: {fault}");
    }
}

/// Cuts a line to a width, and ends it with an ellipsis.
fn cut(line: &str, columns: usize) -> Cow<'_, str> {
    if line.width() <= columns {
        return line.into();
    }
    let mut left = columns.saturating_sub(1);
    let fits = line.chars().take_while(|char| {
        let width = char.width().unwrap_or_default();
        let fits = width <= left;
        left = left.saturating_sub(width);
        fits
    });
    let mut text: String = fits.collect();
    text.push('…');
    text.into()
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn lines_are_cut_at_columns_and_not_at_bytes() {
        assert_eq!(cut("+abc", 4), "+abc");
        assert_eq!(cut("+abcd", 4), "+ab…");
        assert_eq!(cut("日本語", 6), "日本語");
        assert_eq!(cut("日本語", 5), "日本…");
        assert_eq!(cut("日本語", 4), "日…");
        assert_eq!(cut("abc", 0), "…");
    }
}
