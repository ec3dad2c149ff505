//! Says where the client is.

fn main() {
    println!("{}/client", env!("CARGO_MANIFEST_DIR"));
}
