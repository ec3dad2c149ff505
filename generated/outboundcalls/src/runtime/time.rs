//! Clocks. Other files of the crate do not read the time.

use std::{
    future::{Future, poll_fn},
    pin::pin,
    task::Poll,
    time::{Duration, SystemTime},
};

#[cfg(not(target_family = "wasm"))]
use std::time::Instant;
#[cfg(target_family = "wasm")]
use web_time::Instant;

use super::transport::Transport;

/// Measures how long a request has taken.
///
/// It counts the requested waits, or the real time if that is longer. So a transport for tests, whose waits
/// take no time, reaches the same deadlines as a real one.
pub(crate) struct Clock {
    start: Instant,
    waited: Duration,
}

impl Clock {
    pub(crate) fn start() -> Self {
        Self {
            start: Instant::now(),
            waited: Duration::ZERO,
        }
    }

    pub(crate) fn elapsed(&self) -> Duration {
        self.start.elapsed().max(self.waited)
    }

    /// Waits for `duration`.
    pub(crate) async fn sleep(&mut self, transport: &dyn Transport, duration: Duration) {
        transport.sleep(duration).await;
        self.waited = self.waited.saturating_add(duration);
    }

    /// Awaits `future` for at most `limit`. If it takes longer, the future is dropped, which cancels it, and
    /// `None` is returned.
    pub(crate) async fn limit<F: Future>(
        &mut self,
        transport: &dyn Transport,
        limit: Duration,
        future: F,
    ) -> Option<F::Output> {
        let mut future = pin!(future);
        let mut alarm = transport.sleep(limit);
        let output = poll_fn(|cx| {
            if let Poll::Ready(output) = future.as_mut().poll(cx) {
                return Poll::Ready(Some(output));
            }
            alarm.as_mut().poll(cx).map(|()| None)
        })
        .await;
        if output.is_none() {
            self.waited = self.waited.saturating_add(limit);
        }
        output
    }
}

/// Returns how long it is until `date`, an HTTP date (RFC 9110, section 5.6.7). The server's clock is used if
/// the response has its time. Returns zero for a date in the past, and `None` if the text is not a date.
pub(super) fn until(date: &str, server_now: Option<&str>) -> Option<Duration> {
    let date = httpdate::parse_http_date(date).ok()?;
    let now = match server_now.and_then(|now| httpdate::parse_http_date(now).ok()) {
        Some(now) => now,
        None => now(),
    };
    Some(date.duration_since(now).unwrap_or(Duration::ZERO))
}

/// Returns the time of day. In a browser, the standard library cannot.
#[cfg(not(target_family = "wasm"))]
pub(crate) fn now() -> SystemTime {
    SystemTime::now()
}

#[cfg(target_family = "wasm")]
pub(crate) fn now() -> SystemTime {
    let now = web_time::SystemTime::now();
    let since = now.duration_since(web_time::SystemTime::UNIX_EPOCH);
    SystemTime::UNIX_EPOCH + since.unwrap_or_default()
}
