//! Uses each API of the client against a local server.

mod records;
mod server;
mod traces;
mod waiters;
mod waits;

use server::Server;
use std::net::SocketAddr;
use std::time::Duration;
use ways::{Client, RetryPolicy};

fn main() {
    traces::all();
    waits::all();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(records::all());
    runtime.block_on(waiters::all());
}

/// Starts a server with these responses.
fn start(answers: &[&str]) -> Server {
    Server::start(answers.iter().map(|answer| (*answer).to_owned()).collect())
}

fn client(address: SocketAddr) -> Client {
    Client::builder()
        .base_url(format!("http://{address}"))
        .api_key("s3cret")
        .retry(RetryPolicy::new(2).initial_backoff(Duration::from_millis(1)))
        .build()
        .expect("a client")
}
