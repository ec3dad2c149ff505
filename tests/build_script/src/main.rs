//! Prints the folder of the client.

fn main() {
    println!("{}/client", env!("CARGO_MANIFEST_DIR"));
}
