//! The command line of sdkgen.

mod cli;

use std::process::ExitCode;

/// A document may nest 500 levels deep, and some stages go down by recursion, which the main thread's
/// stack is too small for in a debug build.
const STACK: usize = 256 << 20;

fn main() -> ExitCode {
    let thread = std::thread::Builder::new()
        .stack_size(STACK)
        .spawn(cli::main);
    match thread.map(|thread| thread.join()) {
        Ok(Ok(code)) => code,
        // A panic is a defect of sdkgen; the thread has printed it.
        Ok(Err(_)) => ExitCode::from(101),
        Err(fault) => {
            eprintln!("error: cannot start: {fault}");
            ExitCode::FAILURE
        }
    }
}
