//! The command line of sdkgen.

mod cli;

use sdkgen::generator::STACK;
use std::process::ExitCode;

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
