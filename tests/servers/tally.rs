//! Counts the results of requests to a server, and prints a line for each.
//!
//! A program consists of jobs. A failed request ends its job, as later requests need its value; other jobs continue.
//! The last line has the sums for the table of `run`.

#![allow(dead_code, reason = "not every server has everything")]

use std::{collections::BTreeMap, env, fmt::Display, process::ExitCode};

use sdk::{Client, ClientBuilder, Error, RawResponse, Result};

/// A failure that has been reported.
pub struct Stop;

pub type Job<T = ()> = std::result::Result<T, Stop>;

#[derive(Default)]
pub struct Tally {
    requests: usize,
    decoded: usize,
    deviations: usize,
    expected: usize,
    failures: usize,
}

/// Returns the address of the server that `run` has started.
pub fn url() -> String {
    env::var("SERVER_URL").expect("SERVER_URL is set by tests/servers/run")
}

/// Returns a builder for a client of the server, to which a credential can be added.
pub fn builder() -> ClientBuilder {
    Client::builder().base_url(url())
}

impl Tally {
    /// Returns the value of a request that must succeed.
    pub fn value<T>(&mut self, what: &str, response: Result<RawResponse<T>>) -> Job<T> {
        let read = |response: RawResponse<T>| Ok((response.decode()?, response.deviations()?));
        let (value, deviations) = self.decoded(what, response.and_then(read))?;
        let mut places = BTreeMap::<String, usize>::new();
        for deviation in &deviations {
            *places.entry(kind(&deviation.to_string())).or_default() += 1;
        }
        for (place, count) in places {
            println!("deviates  {what}: {place} ({count})");
        }
        self.deviations += deviations.len();
        Ok(value)
    }

    /// Returns the value of a request that must succeed and does not return a whole response.
    pub fn decoded<T, E: Display>(
        &mut self,
        what: &str,
        value: std::result::Result<T, E>,
    ) -> Job<T> {
        self.requests += 1;
        match value {
            Ok(value) => {
                self.decoded += 1;
                println!("ok        {what}");
                Ok(value)
            }
            Err(error) => self.fail(what, error),
        }
    }

    /// Checks that the server rejects a request with this status.
    pub fn refused<T>(&mut self, what: &str, status: u16, response: Result<T>) -> Job {
        self.requests += 1;
        match response {
            Err(Error::Api(error)) if error.status() == status => {
                self.expected += 1;
                println!("ok        {what}: {status}");
                Ok(())
            }
            Err(error) => self.fail(what, error),
            Ok(_) => self.fail(what, format!("success, where {status} is expected")),
        }
    }

    /// Checks a condition about a value.
    pub fn check(&mut self, what: &str, holds: bool) {
        if !holds {
            self.failures += 1;
            println!("FAILED    {what}: the value is another");
        }
    }

    /// Returns a value that must be present.
    pub fn some<T>(&mut self, what: &str, value: Option<T>) -> Job<T> {
        match value {
            Some(value) => Ok(value),
            None => self.fail(what, "there is none"),
        }
    }

    fn fail<T>(&mut self, what: &str, why: impl Display) -> Job<T> {
        self.failures += 1;
        println!("FAILED    {what}: {why}");
        Err(Stop)
    }

    /// Prints the sums. Fails if any request failed, or if there were hardly any.
    pub fn finish(self) -> ExitCode {
        let Self {
            requests,
            decoded,
            deviations,
            expected,
            failures,
        } = self;
        println!("= {requests} {decoded} {deviations} {expected} {failures}");
        match failures == 0 && requests >= 12 {
            true => ExitCode::SUCCESS,
            false => ExitCode::FAILURE,
        }
    }
}

/// Returns a deviation without the indices in its path, so that the items of a list are counted as one.
fn kind(deviation: &str) -> String {
    let mut pieces = deviation.split('[');
    let mut kind = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        kind.push('[');
        kind.push_str(piece.trim_start_matches(|digit: char| digit.is_ascii_digit()));
    }
    kind
}
