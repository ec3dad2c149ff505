//! Blocking API.
//!
//! Call [`Wait::wait`] instead of `.await`: it blocks the thread until the result is available. Everything
//! else stays the same: requests, setters, errors, retries and timeouts.
//!
//! ```no_run
//! use outboundcalls::{Client, blocking::Wait};
//! use outboundcalls::types::CreateCall;
//!
//! # fn run() -> outboundcalls::Result<()> {
//! // Reads the API key from the environment variable OUTBOUNDCALLS_API_KEY.
//! let client = Client::from_env()?;
//!
//! let call = client
//!     .calls()
//!     .create(CreateCall::new("clxXXX", "+14155551212"))
//!     .wait()?;
//! println!("{call:?}");
//! # Ok(())
//! # }
//! ```
//!
//! The first wait starts a background thread, which lives as long as the program. It drives the connections
//! and timers of all threads.

use std::{
    future::{IntoFuture, pending},
    io,
    sync::{Mutex, PoisonError},
    thread,
};

use tokio::runtime::{Builder, Handle};

use crate::error::{Error, Result};

/// Waits for a result on the current thread.
///
/// Everything in this crate that can be awaited implements it.
pub trait Wait<T, E>: IntoFuture<Output = Result<T, E>> {
    /// Blocks until the result is available.
    ///
    /// # Errors
    ///
    /// Returns the same errors as `.await`. On a thread of a Tokio runtime, which must not block, it returns
    /// [`Error::Config`] at once and sends nothing: use `.await` there, or Tokio's `Handle::block_on` inside
    /// `spawn_blocking`.
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
                let why = "`wait` would block the Tokio runtime of this thread: use `.await`";
                return Err(Error::config(why).into());
            }
        }
        match runtime() {
            Ok(runtime) => runtime.block_on(self.into_future()),
            Err(error) => {
                let why = "the thread that drives requests cannot be started";
                Err(Error::config(why).because(error).into())
            }
        }
    }
}

/// Returns the runtime of all waits. Its thread drives what outlives a wait, such as pooled connections.
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
