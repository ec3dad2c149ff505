//! Runs all cases, which assert.

mod faults;
mod keys;
mod operations;
mod server;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let count = faults::all().await;
    keys::all().await;
    println!("{count} times what may not be done twice arrived once");
}
