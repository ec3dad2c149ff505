//! Draws a progress bar on the terminal.

use indicatif::{ProgressBar as Bar, ProgressDrawTarget, ProgressStyle};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// The delay before the bar appears. Work that is done sooner needs none.
const PATIENCE: Duration = Duration::from_millis(500);
const PERIOD: Duration = Duration::from_millis(100);

/// The number of steps of the bar: more than a terminal has columns.
const WHOLE: f32 = 1000.0;
/// The limits of the bar's width, and the width of the text beside it.
const WIDEST: usize = 30;
const NARROWEST: usize = 5;
const BESIDE: usize = "[] 100 %  100.0 s  understanding".len();

/// The current step, and the finished share of all work from 0 to 1.
pub type ProgressState = (String, f32);

/// Draws the bar until it is dropped.
pub struct ProgressBar(Option<(Sender<()>, JoinHandle<()>)>);

impl ProgressBar {
    /// Creates a handle without a bar.
    pub fn hidden() -> Self {
        ProgressBar(None)
    }

    /// Starts a thread that draws the bar on standard error.
    pub fn start(stand: impl Fn() -> ProgressState + Send + 'static) -> Self {
        let (sender, done) = channel();
        let begun = Instant::now();
        let draw = move || {
            if done.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            let seconds = || format!("{:.1} s", begun.elapsed().as_secs_f32());
            let position = |share: f32| (share * WHOLE) as u64;
            let (what, share) = stand();
            let bar = bar().with_prefix(seconds()).with_message(what);
            let bar = bar.with_position(position(share));
            loop {
                let (what, share) = stand();
                // `stand` reads several counters, which another thread changes in between.
                bar.set_position(position(share).max(bar.position()));
                bar.set_message(what);
                bar.set_prefix(seconds());
                bar.tick();
                if done.recv_timeout(PERIOD) != Err(RecvTimeoutError::Timeout) {
                    return bar.finish_and_clear();
                }
            }
        };
        // Without a thread there is no bar, but the work goes on.
        let thread = thread::Builder::new().spawn(draw);
        ProgressBar(thread.ok().map(|thread| (sender, thread)))
    }
}

impl Drop for ProgressBar {
    fn drop(&mut self) {
        if let Some((sender, thread)) = self.0.take() {
            drop(sender);
            // The thread does not panic. If it did, there would be nothing to do about it.
            let _ = thread.join();
        }
    }
}

fn bar() -> Bar {
    let columns = terminal_size::terminal_size_of(std::io::stderr());
    let columns = columns.map_or(80, |(width, _)| usize::from(width.0));
    let target = ProgressDrawTarget::stderr();
    Bar::with_draw_target(Some(WHOLE as u64), target).with_style(style(columns))
}

/// Returns the style for a width. The narrower the terminal, the shorter the bar; then the text is cut.
fn style(columns: usize) -> ProgressStyle {
    let bar = match columns.saturating_sub(BESIDE) {
        left if left < NARROWEST => String::new(),
        left => format!("[{{bar:{}}}] ", left.min(WIDEST)),
    };
    let line = format!("{bar}{{percent:>3}} %  {{prefix}}  {{wide_msg}}");
    let style = ProgressStyle::with_template(&line);
    // The template is constant. The fallback still shows a bar.
    style
        .unwrap_or_else(|_| ProgressStyle::default_bar())
        .progress_chars("=> ")
}
