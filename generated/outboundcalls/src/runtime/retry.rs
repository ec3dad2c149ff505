//! When to send again, and how long to wait before.

use std::{
    hash::{BuildHasher, Hasher, RandomState},
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use http::{
    HeaderMap, StatusCode,
    header::{DATE, RETRY_AFTER},
};

use super::time;

/// How often a request is sent, and how long the client waits in between.
///
/// The wait is random between zero and a bound that starts at `base` and doubles with each
/// attempt up to `cap` ("full jitter"), so that many clients do not come back at once. When the
/// server says how long to wait (`Retry-After`), that is the wait. The client never waits past the
/// total time limit of a call: it returns the last error instead.
///
/// All calls of a client and its clones share a budget, so that an outage is not made worse: it holds
/// 500, each further attempt takes 5, a success gives 1, and one that took further attempts gives back
/// 5. While less than 5 are left, requests are sent once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    max_attempts: u32,
    base: Duration,
    cap: Duration,
}

impl RetryPolicy {
    /// At most `max_attempts` attempts, the first one included. Zero is taken as one.
    #[must_use]
    pub const fn new(max_attempts: u32) -> Self {
        Self {
            max_attempts,
            base: Duration::from_millis(500),
            cap: Duration::from_secs(20),
        }
    }

    /// Every request is sent once.
    #[must_use]
    pub const fn none() -> Self {
        Self::new(1)
    }

    /// The bound of the first wait. The default is half a second.
    #[must_use]
    pub const fn base(mut self, base: Duration) -> Self {
        self.base = base;
        self
    }

    /// The highest bound of a wait. The default is 20 seconds.
    #[must_use]
    pub const fn cap(mut self, cap: Duration) -> Self {
        self.cap = cap;
        self
    }

    pub(crate) fn allows(&self, attempts_made: u32) -> bool {
        attempts_made < self.max_attempts
    }

    /// The wait after so many attempts.
    pub(crate) fn backoff(&self, attempts_made: u32) -> Duration {
        let doublings = attempts_made.saturating_sub(1).min(31);
        let bound = self.base.saturating_mul(1 << doublings).min(self.cap);
        let nanos = u64::try_from(bound.as_nanos()).unwrap_or(u64::MAX);
        Duration::from_nanos(random_up_to(nanos))
    }
}

impl Default for RetryPolicy {
    /// Three attempts.
    fn default() -> Self {
        Self::new(3)
    }
}

/// What all calls of a client may spend on further attempts.
pub(super) struct Budget(AtomicU32);

impl Budget {
    const FULL: u32 = 500;
    const ATTEMPT: u32 = 5;

    pub(super) fn new() -> Self {
        Self(AtomicU32::new(Self::FULL))
    }

    /// Pays for a further attempt, if there is enough left.
    pub(super) fn spend(&self) -> bool {
        let pay = |left: u32| left.checked_sub(Self::ATTEMPT);
        let paid = self
            .0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, pay);
        paid.is_ok()
    }

    /// Takes note of a success after so many attempts.
    pub(super) fn earn(&self, attempts: u32) {
        let earned = if attempts > 1 { Self::ATTEMPT } else { 1 };
        let add = |left: u32| (left < Self::FULL).then(|| (left + earned).min(Self::FULL));
        let _ = self
            .0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
    }
}

/// A random number from 0 to `bound`. The standard library seeds each `RandomState` anew, which is
/// random enough to spread waits, and needs no further crate.
fn random_up_to(bound: u64) -> u64 {
    let random = RandomState::new().build_hasher().finish();
    match bound.checked_add(1) {
        Some(count) => random % count,
        None => random,
    }
}

/// Whether the server may answer otherwise when asked again.
pub(crate) fn is_transient(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 429 | 500 | 502 | 503 | 504)
}

/// What the server says in `Retry-After` (RFC 9110, section 10.2.3): seconds, or a date.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // Digits that are too many for the type are a wait without an end.
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let now = headers.get(DATE).and_then(|date| date.to_str().ok());
    time::until(text, now)
}
