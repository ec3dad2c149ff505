//! A bar that tells a person at a terminal what goes on, and how far it has come.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Work that is done sooner is not worth a bar.
const PATIENCE: Duration = Duration::from_millis(500);
const PERIOD: Duration = Duration::from_millis(100);

/// How many steps the bar has: more than any terminal has columns for it.
const WHOLE: f32 = 1000.0;
/// The widest bar, the narrowest that says anything, and what stands beside it on its line.
const WIDEST: usize = 30;
const NARROWEST: usize = 5;
const BESIDE: usize = "[] 100 %  100.0 s  understanding".len();

/// What is being done, and how much of all is done, from 0 to 1.
pub type Stand = (String, f32);

/// Stands for as long as the work goes on; the bar is gone afterwards.
pub struct Busy(Option<(Sender<()>, JoinHandle<()>)>);

impl Busy {
    /// Tells nothing.
    pub fn silent() -> Self {
        Busy(None)
    }

    /// Draws on standard error how things stand, as often as a person can follow.
    pub fn telling(stand: impl Fn() -> Stand + Send + 'static) -> Self {
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
                // What has been counted together may not be of the same moment.
                bar.set_position(position(share).max(bar.position()));
                bar.set_message(what);
                bar.set_prefix(seconds());
                bar.tick();
                if done.recv_timeout(PERIOD) != Err(RecvTimeoutError::Timeout) {
                    return bar.finish_and_clear();
                }
            }
        };
        // Without a thread there is no bar, and the work goes on all the same.
        let thread = thread::Builder::new().spawn(draw);
        Busy(thread.ok().map(|thread| (sender, thread)))
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        if let Some((sender, thread)) = self.0.take() {
            drop(sender);
            // The thread does not panic, and if it did there would be nothing to do about it.
            let _ = thread.join();
        }
    }
}

fn bar() -> ProgressBar {
    let columns = terminal_size::terminal_size_of(std::io::stderr());
    let columns = columns.map_or(80, |(width, _)| usize::from(width.0));
    let target = ProgressDrawTarget::stderr();
    ProgressBar::with_draw_target(Some(WHOLE as u64), target).with_style(style(columns))
}

/// The line in so many columns. In a narrow terminal the bar is shorter, then there is none, and at last
/// what is being done is cut.
fn style(columns: usize) -> ProgressStyle {
    let bar = match columns.saturating_sub(BESIDE) {
        left if left < NARROWEST => String::new(),
        left => format!("[{{bar:{}}}] ", left.min(WIDEST)),
    };
    let line = format!("{bar}{{percent:>3}} %  {{prefix}}  {{wide_msg}}");
    let style = ProgressStyle::with_template(&line);
    // The template is one of ours; with the library's own there is a bar all the same.
    style
        .unwrap_or_else(|_| ProgressStyle::default_bar())
        .progress_chars("=> ")
}
