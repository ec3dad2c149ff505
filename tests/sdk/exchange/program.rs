//! Sends the requests of the tables to a local server.

mod answers;
mod bodies;
#[cfg(feature = "codings")]
mod codings;
mod events;
mod failures;
#[cfg(not(feature = "codings"))]
mod no_codings;
mod server;
mod slow;
mod streams;

use exchange::{Client, Error, RetryPolicy, transport::BoxFuture};
use server::Server;
use std::fmt::Debug;
use std::time::Duration;

/// Sends a request and prints the decoded value.
pub type Run = fn(Client) -> BoxFuture<'static, Result<String, Error>>;

/// A row of a table. Empty texts are not compared.
pub struct Case {
    pub name: &'static str,
    pub run: Run,
    /// The server's responses in order; see `server.rs` for their syntax.
    pub answers: &'static [&'static str],
    /// The expected requests, separated by `----`.
    pub request: &'static str,
    /// The expected value or error as text.
    pub outcome: &'static str,
}

/// Creates the closure of a table row, which sends a request.
#[macro_export]
macro_rules! call {
    ($client:ident => $call:expr) => {
        |$client: exchange::Client| Box::pin(async move { Ok(format!("{:?}", $call.await?)) })
    };
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for case in bodies::CASES.iter().chain(answers::CASES) {
        count += 1;
        if let Err(why) = check(case).await {
            wrong.push(format!("=== {}\n{why}", case.name));
        }
    }
    count += streams::all().await;
    count += events::all().await;
    count += slow::all().await;
    count += failures::all().await;
    #[cfg(feature = "codings")]
    let of_codings = codings::all();
    #[cfg(not(feature = "codings"))]
    let of_codings = no_codings::all();
    count += of_codings.await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    println!("{count} exchanges are as the tables say");
}

async fn check(case: &Case) -> Result<(), String> {
    let answers = case.answers.iter().map(|answer| (*answer).to_owned());
    let server = Server::start(answers.collect());
    let outcome = (case.run)(client(&server)).await;
    let requests = server.requests().join("\n----\n");
    let outcome = outcome.unwrap_or_else(|error| told(&error));
    let mut why = String::new();
    if !case.request.is_empty() && requests != case.request {
        why.push_str(&format!(
            "requests:\n{requests:?}\nnot:\n{:?}\n",
            case.request
        ));
    }
    if outcome != case.outcome {
        why.push_str(&format!("outcome:\n{outcome}\nnot:\n{}\n", case.outcome));
    }
    if why.is_empty() { Ok(()) } else { Err(why) }
}

pub fn client(server: &Server) -> Client {
    let quick = RetryPolicy::new(2).initial_backoff(Duration::from_millis(1));
    Client::builder()
        .base_url(format!("http://{}", server.address))
        .retry(quick)
        .max_response_size(64)
        .build()
        .expect("a client")
}

/// Returns an error on one line, with everything that a caller can find in it.
pub fn told(error: &Error) -> String {
    fn shown(value: &dyn Debug) -> String {
        format!("{value:?}")
    }
    match error {
        Error::Api(error) => format!(
            "api {} {} {}",
            error.status().as_u16(),
            error
                .documented()
                .map_or("undocumented".to_owned(), |body| shown(body)),
            shown(&String::from_utf8_lossy(error.body()))
        ),
        Error::Decode(error) => format!(
            "decode {}: {} {}",
            error.status().map_or(0, |status| status.as_u16()),
            error.reason(),
            shown(&String::from_utf8_lossy(error.body()))
        ),
        Error::Transport(error) => {
            let source = std::error::Error::source(error).map(ToString::to_string);
            format!("transport: {}", source.unwrap_or_default())
        }
        other => other.to_string(),
    }
}
