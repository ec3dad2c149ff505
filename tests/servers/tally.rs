//! Counts what becomes of the requests to a server, and prints a line for each.
//!
//! A program is made of jobs. A request that fails ends its job, as what follows needs its value; the other
//! jobs go on. The last line has the sums, for the table of `run`.

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

/// The address of the server, which `run` has started.
pub fn url() -> String {
    env::var("SERVER_URL").expect("SERVER_URL is set by tests/servers/run")
}

/// A client of the server, to which a credential may be given.
pub fn builder() -> ClientBuilder {
    Client::builder().base_url(url())
}

impl Tally {
    /// The value of a request that has to succeed.
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

    /// The value of a request that has to succeed, where it comes another way than as a whole response.
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

    /// A request that the server has to refuse with this status.
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

    /// What has to hold of a value.
    pub fn check(&mut self, what: &str, holds: bool) {
        if !holds {
            self.failures += 1;
            println!("FAILED    {what}: the value is another");
        }
    }

    /// What has to be there.
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

    /// Prints the sums. Fails if any request did, or if there were hardly any.
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

/// A deviation without the indices in its path, so that those of a list's items are one.
fn kind(deviation: &str) -> String {
    let mut pieces = deviation.split('[');
    let mut kind = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        kind.push('[');
        kind.push_str(piece.trim_start_matches(|digit: char| digit.is_ascii_digit()));
    }
    kind
}
