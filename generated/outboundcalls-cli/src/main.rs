//! The command line of the OutboundCalls API.

#![forbid(unsafe_code)]

mod commands;
mod runtime;

fn main() -> std::process::ExitCode {
    runtime::main(&commands::PROGRAM)
}
