//! Polling: a request is repeated until its response shows that the work is done.

use std::{error::Error as StdError, fmt, future::IntoFuture, time::Duration};

use serde_json::Value;

use crate::{
    error::{Error, Result},
    runtime::{BoxFuture, Clock, Decoder, Operation, RawResponse, Request, without_mark},
};

/// Polls until a response shows that the work is done. Await it for that response.
///
/// The client waits one second before the second request. Each further wait is 1.5 times as long, at most 30
/// seconds. It gives up after 15 minutes. Each request has the client's retries and timeouts, so a
/// short outage of the server does not end the wait.
///
/// Nothing is sent before it is awaited. Dropping it ends the wait, but does not cancel the work.
#[must_use = "nothing is sent unless it is awaited"]
pub struct Waiter<T> {
    request: Request,
    decode: Decoder<T>,
    is_done: Test<T>,
    interval: Duration,
    longest_interval: Duration,
    deadline: Duration,
}

/// Returns whether a response and its decoded value show that the work is done.
type Test<T> = Box<dyn Fn(&RawResponse<T>, &T) -> bool + Send>;

/// The work is done when a property of the response has one of these values.
#[allow(
    dead_code,
    reason = "an API may have only one of the two kinds of work"
)]
pub(crate) struct Until {
    /// The properties of an envelope that may contain the response.
    pub(crate) within: &'static [&'static str],
    /// The path of the property.
    pub(crate) member: &'static [&'static str],
    /// The values, as JSON.
    pub(crate) values: &'static [&'static str],
}

#[allow(
    dead_code,
    reason = "an API may have only one of the two kinds of work"
)]
impl Until {
    fn is_met(&self, body: &[u8]) -> bool {
        let Ok(body) = serde_json::from_slice::<Value>(without_mark(body)) else {
            return false;
        };
        let around = self.within.iter().filter_map(|name| body.get(name));
        let response = around.chain([&body]).find_map(|response| {
            let mut names = self.member.iter();
            names.try_fold(response, |value, name| value.get(name))
        });
        let text = response.map(Value::to_string);
        text.is_some_and(|text| self.values.contains(&&*text))
    }
}

#[allow(
    dead_code,
    reason = "an API may have only one of the two kinds of work"
)]
impl<T> Waiter<T> {
    pub(crate) fn new(
        request: Request,
        decode: Decoder<T>,
        is_done: impl Fn(&T) -> bool + Send + 'static,
    ) -> Self {
        Self::of(request, decode, Box::new(move |_, value| is_done(value)))
    }

    pub(crate) fn until(request: Request, decode: Decoder<T>, until: &'static Until) -> Self {
        let is_done: Test<T> = Box::new(|response, _| until.is_met(response.body()));
        Self::of(request, decode, is_done)
    }

    fn of(request: Request, decode: Decoder<T>, is_done: Test<T>) -> Self {
        Self {
            request,
            decode,
            is_done,
            interval: Duration::from_secs(1),
            longest_interval: Duration::from_secs(30),
            deadline: Duration::from_secs(15 * 60),
        }
    }

    /// Sets the wait before the second request. The default is a second.
    pub fn interval(mut self, interval: Duration) -> Self {
        self.interval = interval;
        self
    }

    /// Sets the longest wait between two requests. The default is half a minute.
    pub fn longest_interval(mut self, interval: Duration) -> Self {
        self.longest_interval = interval;
        self
    }

    /// Sets how long to poll in total, starting with the first request. The default is 15 minutes.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    async fn run(self) -> Result<T, WaitError<T>> {
        let core = self.request.core().clone();
        let transport = &*core.settings().transport;
        let operation = self.request.operation();
        let mut clock = Clock::start();
        let mut interval = self.interval;
        let mut last = None;
        let mut attempts = 0;
        loop {
            let Some(request) = self.request.try_clone() else {
                // The request has an error, which sending it returns.
                let response = self.request.send(self.decode);
                return response
                    .await
                    .map_err(|error| WaitError::new(error, last, attempts));
            };
            let left = self.deadline.saturating_sub(clock.elapsed());
            let response = request.send_raw(self.decode);
            let response = clock
                .limit(transport, left, response)
                .await
                .map(|response| {
                    let response = response?;
                    let value = response.decode()?;
                    Ok(((self.is_done)(&response, &value), value))
                });
            match response {
                Some(Ok((true, value))) => return Ok(value),
                Some(Ok((false, value))) => {
                    last = Some(value);
                    attempts += 1;
                }
                Some(Err(error)) => return Err(WaitError::new(error, last, attempts)),
                None => return Err(WaitError::overdue(operation, last, attempts)),
            }
            interval = interval.min(self.longest_interval);
            if clock.elapsed().saturating_add(interval) >= self.deadline {
                return Err(WaitError::overdue(operation, last, attempts));
            }
            clock.sleep(transport, interval).await;
            interval = interval.saturating_add(interval / 2);
        }
    }
}

impl<T: Send + 'static> IntoFuture for Waiter<T> {
    type Output = Result<T, WaitError<T>>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

impl<T> fmt::Debug for Waiter<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Waiter")
            .field("request", &self.request)
            .field("interval", &self.interval)
            .field("longest_interval", &self.longest_interval)
            .field("deadline", &self.deadline)
            .finish_non_exhaustive()
    }
}

/// The error of a [`Waiter`], with the last response.
#[derive(Debug)]
pub struct WaitError<T> {
    error: Error,
    last: Option<Box<T>>,
    attempts: u32,
    is_overdue: bool,
}

impl<T> WaitError<T> {
    fn new(error: Error, last: Option<T>, attempts: u32) -> Self {
        Self {
            error,
            last: last.map(Box::new),
            attempts,
            is_overdue: false,
        }
    }

    fn overdue(operation: &'static Operation, last: Option<T>, attempts: u32) -> Self {
        Self {
            is_overdue: true,
            ..Self::new(Error::overdue(operation, attempts), last, attempts)
        }
    }

    /// Returns the error of the last request, or [`Error::Timeout`] if the deadline has passed.
    #[must_use]
    pub fn error(&self) -> &Error {
        &self.error
    }

    /// Returns whether the deadline passed before the work was done.
    #[must_use]
    pub fn is_overdue(&self) -> bool {
        self.is_overdue
    }

    /// Returns how many responses showed that the work was not done.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Returns the value of the last of these responses.
    #[must_use]
    pub fn last(&self) -> Option<&T> {
        self.last.as_deref()
    }

    /// Returns the value of the last of these responses and drops the error.
    #[must_use]
    pub fn into_last(self) -> Option<T> {
        self.last.map(|last| *last)
    }
}

impl<T> fmt::Display for WaitError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.attempts {
            1 => f.write_str("not done after 1 attempt: ")?,
            attempts => write!(f, "not done after {attempts} attempts: ")?,
        }
        match self.is_overdue {
            true => f.write_str("the deadline has passed"),
            false => self.error.fmt(f),
        }
    }
}

impl<T: fmt::Debug> StdError for WaitError<T> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.error.source()
    }
}

impl<T> From<WaitError<T>> for Error {
    fn from(error: WaitError<T>) -> Self {
        error.error
    }
}

/// An error before any response.
#[cfg(feature = "blocking")]
impl<T> From<Error> for WaitError<T> {
    fn from(error: Error) -> Self {
        Self::new(error, None, 0)
    }
}
