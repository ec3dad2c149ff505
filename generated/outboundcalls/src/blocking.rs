//! Blocking API.
//!
//! Call [`Wait::wait`] instead of `.await`: it blocks the thread until there is an outcome. Everything
//! else is the same: requests, their setters, errors, retries and timeouts.
//!
//! ```no_run
//! use outboundcalls::{Client, blocking::Wait};
//! use outboundcalls::types::CreateCall;
//!
//! # fn run() -> outboundcalls::Result<()> {
//! // The API key is in the environment variable OUTBOUNDCALLS_API_KEY.
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
//! The first wait starts a thread of the crate's own, which lives as long as the program: it keeps
//! connections and timers going for the requests of all threads.

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
/// Everything in this crate that can be awaited implements it.
pub trait Wait<T, E>: IntoFuture<Output = Result<T, E>> {
    /// Waits for the outcome.
    ///
    /// # Errors
    ///
    /// Returns the errors of awaiting. On a thread of a Tokio runtime, which must not be blocked, it returns
    /// [`Error::Config`] at once and sends nothing: await there, or use Tokio's `Handle::block_on` inside
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

/// The runtime of all waits. A thread of its own drives what outlives a wait, such as connections that
/// are kept for the next request.
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
