//! Calls without async.
//!
//! [`Wait::wait`] stands where `.await` would, and holds the thread until there is an outcome. Everything
//! else is the same: calls, their setters, errors, retries and time limits.
//!
//! ```no_run
//! use outboundcalls::{Client, blocking::Wait};
//!
//! # fn run() -> outboundcalls::Result<()> {
//! // The API key is in the environment variable OUTBOUNDCALLS_API_KEY.
//! let client = Client::from_env()?;
//!
//! let account = client.account().get().send().wait()?;
//! println!("{account:?}");
//! # Ok(())
//! # }
//! ```
//!
//! The first wait starts a thread of the crate's own, which lives as long as the program: it keeps
//! connections and timers going for the calls of all threads.

use std::{
    future::{IntoFuture, pending},
    io,
    sync::{Mutex, PoisonError},
    thread,
};

use tokio::runtime::{Builder, Handle};

use crate::error::{Error, Result};

/// Waits for an outcome on this thread.
///
/// All that this crate would have awaited has it, and nothing else has to be implemented for it.
pub trait Wait<T, E>: IntoFuture<Output = Result<T, E>> {
    /// Waits for the outcome.
    ///
    /// # Errors
    ///
    /// Fails as the call itself does. On a thread that belongs to a Tokio runtime, which must not be
    /// held up, it fails with [`Error::Config`] at once, and nothing is sent: await the call there, or,
    /// inside of `spawn_blocking`, give it to Tokio's `Handle::block_on`.
    fn wait(self) -> Result<T, E>;
}

impl<F, T, E> Wait<T, E> for F
where
    F: IntoFuture<Output = Result<T, E>>,
    E: From<Error>,
{
    fn wait(self) -> Result<T, E> {
        match Handle::try_current() {
            Err(none) if none.is_missing_context() => {}
            _ => {
                let why = "`wait` would hold up the Tokio runtime of this thread: await the call";
                return Err(Error::config(why).into());
            }
        }
        match runtime() {
            Ok(runtime) => runtime.block_on(self.into_future()),
            Err(error) => {
                let why = "the thread that drives calls cannot be started";
                Err(Error::config(why).because(error).into())
            }
        }
    }
}

/// The runtime of all waits. A thread of its own drives what outlives a wait, such as connections that
/// are kept for the next call.
fn runtime() -> io::Result<Handle> {
    static RUNTIME: Mutex<Option<Handle>> = Mutex::new(None);

    let mut known = RUNTIME.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(handle) = &*known {
        return Ok(handle.clone());
    }
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let handle = runtime.handle().clone();
    thread::Builder::new()
        .name(concat!(env!("CARGO_PKG_NAME"), "-blocking").to_owned())
        .spawn(move || runtime.block_on(pending::<()>()))?;
    *known = Some(handle.clone());
    Ok(handle)
}
