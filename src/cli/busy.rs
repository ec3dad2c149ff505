//! A line that tells a person at a terminal that work is going on.

use std::io::Write;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Work that is done sooner is not worth a line.
const PATIENCE: Duration = Duration::from_millis(500);

/// Stands for as long as the work goes on; the line is gone afterwards.
pub struct Busy(Option<(Sender<()>, JoinHandle<()>)>);

impl Busy {
    /// Tells nothing.
    pub fn silent() -> Self {
        Busy(None)
    }

    /// Tells on standard error what is being done, and for how long.
    pub fn telling(what: &'static str) -> Self {
        let (sender, done) = channel();
        let begun = Instant::now();
        let line = move || {
            let mut wait = PATIENCE;
            while done.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                let seconds = begun.elapsed().as_secs_f32();
                tell(&format!("\r\x1b[2K{what} … {seconds:.1} s"));
                wait = Duration::from_millis(100);
            }
            if wait < PATIENCE {
                tell("\r\x1b[2K");
            }
        };
        // Without a thread there is no line, and the work goes on all the same.
        let thread = thread::Builder::new().spawn(line);
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

/// What cannot be told is left out.
fn tell(text: &str) {
    let mut stream = std::io::stderr().lock();
    let _ = stream
        .write_all(text.as_bytes())
        .and_then(|()| stream.flush());
}
