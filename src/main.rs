//! The command line of sdkgen.

mod cli;

use sdkgen::generator::STACK;
use std::process::ExitCode;

#[cfg(all(feature = "mimalloc", not(target_family = "wasm")))]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let thread = std::thread::Builder::new()
        .stack_size(STACK)
        .spawn(cli::main);
    match thread.map(|thread| thread.join()) {
        Ok(Ok(code)) => code,
        // A panic is a defect of sdkgen; the thread has printed it.
        Ok(Err(_)) => ExitCode::from(101),
        // The system refuses a thread: a limit on processes is reached.
        Err(_) => {
            raise_stack_limit();
            cli::main()
        }
    }
}

/// Lets the stack of the main thread grow as large as that of the thread that could not be started.
///
/// The kernel reads the limit whenever the stack grows, so it holds for the running process. Where the
/// limit cannot be raised, documents that nest deeply may still be too much for the stack.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn raise_stack_limit() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Stack);
    let wanted = limit.maximum.unwrap_or(u64::MAX).min(STACK as u64);
    if limit.current.is_some_and(|current| current < wanted) {
        let raised = Rlimit {
            current: Some(wanted),
            ..limit
        };
        // A refusal leaves the stack as it is.
        let _ = setrlimit(Resource::Stack, raised);
    }
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn raise_stack_limit() {}
