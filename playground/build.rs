//! Sets the stack size of the WebAssembly module.

/// The stack in bytes. A document may nest 500 levels deep, and the default is 1 MiB.
const STACK: u32 = 64 << 20;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_FAMILY").is_ok_and(|family| family == "wasm") {
        println!("cargo::rustc-link-arg-cdylib=-zstack-size={STACK}");
    }
}
