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
        // A panic is a defect of sdkgen. The thread has already printed it.
        Ok(Err(_)) => ExitCode::from(101),
        // The system refuses a thread if a limit on processes is reached.
        Err(_) => {
            raise_stack_limit();
            cli::main()
        }
    }
}

/// Raises the stack limit of the main thread to that of the thread that could not be started.
///
/// The kernel reads the limit whenever the stack grows, so it applies to the running process. If it cannot be
/// raised, deeply nested documents may overflow the stack.
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
        // If raising fails, the old limit stays.
        let _ = setrlimit(Resource::Stack, raised);
    }
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn raise_stack_limit() {}
