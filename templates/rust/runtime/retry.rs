//! Which requests are retried, and how long the client waits before.

use std::{
    borrow::Cow,
    hash::{BuildHasher, Hasher, RandomState},
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use http::{
    HeaderMap, StatusCode,
    header::{DATE, RETRY_AFTER},
};

use super::time;

/// How often a request is sent, how long the client waits in between, and which statuses it retries.
///
/// The wait is random between zero and a bound that starts at `initial_backoff` and doubles with each
/// attempt up to `max_backoff` ("full jitter"), so that many clients do not come back at once. If the
/// server says how long to wait (`Retry-After`), that is the wait. The client never waits past the
/// total timeout of a request: it returns the last error instead.
///
/// All requests of a client and its clones share a budget, so that an outage is not made worse: it holds
/// 500, each retry takes 5, a success returns 1, and one that took retries returns 5. While fewer than 5
/// are left, requests are sent once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    max_attempts: u32,
    initial_backoff: Duration,
    max_backoff: Duration,
    /// `None`: those of the client.
    statuses: Option<Cow<'static, [u16]>>,
}

impl RetryPolicy {
    /// Creates a policy of at most `max_attempts` attempts, the first one included. Zero means one.
    #[must_use]
    pub const fn new(max_attempts: u32) -> Self {
        Self {
            max_attempts,
            initial_backoff: Duration::from_millis(500),
            max_backoff: Duration::from_secs(20),
            statuses: None,
        }
    }

    /// Creates a policy by which every request is sent once.
    #[must_use]
    pub const fn none() -> Self {
        Self::new(1)
    }

    /// Sets how often a request is sent at most, the first time included. The default is 3.
    #[must_use]
    pub const fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// Sets the bound of the first wait. The default is half a second.
    #[must_use]
    pub const fn initial_backoff(mut self, backoff: Duration) -> Self {
        self.initial_backoff = backoff;
        self
    }

    /// Sets the highest bound of a wait. The default is 20 seconds.
    #[must_use]
    pub const fn max_backoff(mut self, backoff: Duration) -> Self {
        self.max_backoff = backoff;
        self
    }

    /// Sets the statuses that are retried, in place of the client's. A request that is not idempotent is
    /// never retried because of a status.
    #[must_use]
    pub fn statuses(mut self, statuses: impl IntoIterator<Item = u16>) -> Self {
        self.statuses = Some(statuses.into_iter().collect());
        self
    }

    /// Returns whether a response with this status is retried.
    pub(super) fn retries(&self, client: Retried, status: StatusCode, headers: &HeaderMap) -> bool {
        let status = status.as_u16();
        if let Some(own) = &self.statuses {
            return own.contains(&status);
        }
        let asks = || headers.contains_key(RETRY_AFTER);
        client.statuses.contains(&status) || (client.with_retry_after.contains(&status) && asks())
    }

    pub(crate) fn allows(&self, attempts_made: u32) -> bool {
        attempts_made < self.max_attempts
    }

    /// The wait after so many attempts.
    pub(crate) fn backoff(&self, attempts_made: u32) -> Duration {
        let doublings = attempts_made.saturating_sub(1).min(31);
        let bound = self.initial_backoff.saturating_mul(1 << doublings);
        let bound = bound.min(self.max_backoff);
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

/// What all requests of a client may spend on retries.
pub(super) struct Budget(AtomicU32);

impl Budget {
    const FULL: u32 = 500;
    const ATTEMPT: u32 = 5;

    pub(super) fn new() -> Self {
        Self(AtomicU32::new(Self::FULL))
    }

    /// Pays for a retry, if enough is left.
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

/// The error statuses that a client retries: always, and if the response has a `Retry-After`.
#[derive(Clone, Copy)]
pub(crate) struct Retried {
    pub(crate) statuses: &'static [u16],
    pub(crate) with_retry_after: &'static [u16],
}

impl Retried {
    /// A 403 with a `Retry-After` is how some servers say that there were too many requests.
    pub(super) const USUAL: Self = Self {
        statuses: &[408, 429, 500, 502, 503, 504],
        with_retry_after: &[403],
    };
}

/// Returns whether a later request may have another outcome.
pub(crate) fn is_transient(status: StatusCode) -> bool {
    Retried::USUAL.statuses.contains(&status.as_u16())
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
