//! Which requests are retried, and how long the client waits between attempts.

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

/// How often a request is sent, how long the client waits between attempts, and which statuses it retries.
///
/// A wait is random, between zero and a bound that starts at `initial_backoff` and doubles with each attempt,
/// up to `max_backoff` ("full jitter"). So many clients do not retry at the same moment. If the response has
/// a `Retry-After` header, the client waits that long instead. If a wait would exceed the total timeout of
/// the request, the last error is returned instead.
///
/// All requests of a client and its clones share a retry budget, which limits the load during an outage. It
/// starts with 500 tokens. Each retry takes 5. Each success adds 1, or 5 if it needed retries. While fewer
/// than 5 tokens are left, nothing is retried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    max_attempts: u32,
    initial_backoff: Duration,
    max_backoff: Duration,
    /// `None` means the client's.
    statuses: Option<Cow<'static, [u16]>>,
}

impl RetryPolicy {
    /// Creates a policy with at most `max_attempts` attempts, including the first. Zero means one.
    #[must_use]
    pub const fn new(max_attempts: u32) -> Self {
        Self {
            max_attempts,
            initial_backoff: Duration::from_millis(500),
            max_backoff: Duration::from_secs(20),
            statuses: None,
        }
    }

    /// Creates a policy that never retries.
    #[must_use]
    pub const fn none() -> Self {
        Self::new(1)
    }

    /// Sets the largest number of attempts, including the first. The default is 3.
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

    /// Sets the largest bound of a wait. The default is 20 seconds.
    #[must_use]
    pub const fn max_backoff(mut self, backoff: Duration) -> Self {
        self.max_backoff = backoff;
        self
    }

    /// Sets the statuses that are retried. They replace the client's. A request that is not idempotent is
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

    /// Returns the wait after this many attempts.
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

/// The retry budget that all requests of a client share.
pub(super) struct Budget(AtomicU32);

impl Budget {
    const FULL: u32 = 500;
    const ATTEMPT: u32 = 5;

    pub(super) fn new() -> Self {
        Self(AtomicU32::new(Self::FULL))
    }

    /// Takes the price of a retry. Returns false if too little is left.
    pub(super) fn spend(&self) -> bool {
        let pay = |left: u32| left.checked_sub(Self::ATTEMPT);
        let paid = self
            .0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, pay);
        paid.is_ok()
    }

    /// Records a success after this many attempts.
    pub(super) fn earn(&self, attempts: u32) {
        let earned = if attempts > 1 { Self::ATTEMPT } else { 1 };
        let add = |left: u32| (left < Self::FULL).then(|| (left + earned).min(Self::FULL));
        let _ = self
            .0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
    }
}

/// Returns a random number from 0 to `bound`. Each `RandomState` of the standard library has a new seed,
/// which is random enough to spread waits and needs no dependency.
fn random_up_to(bound: u64) -> u64 {
    let random = RandomState::new().build_hasher().finish();
    match bound.checked_add(1) {
        Some(count) => random % count,
        None => random,
    }
}

/// The error statuses that a client retries: always, or if the response has a `Retry-After`.
#[derive(Clone, Copy)]
pub(crate) struct Retried {
    pub(crate) statuses: &'static [u16],
    pub(crate) with_retry_after: &'static [u16],
}

impl Retried {
    /// Some servers use a 403 with a `Retry-After` for rate limits.
    pub(super) const USUAL: Self = Self {
        statuses: &[408, 429, 500, 502, 503, 504],
        with_retry_after: &[403],
    };
}

/// Returns the wait of `Retry-After` (RFC 9110, section 10.2.3): seconds, or a date.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // A number that exceeds the type is treated as the longest wait.
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let now = headers.get(DATE).and_then(|date| date.to_str().ok());
    time::until(text, now)
}
