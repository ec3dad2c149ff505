//! The runtime of every generated crate, included as source: private items can be tested, and the shipped files
//! contain no tests.

mod credentials;
mod decode;
mod encoding;
mod events_cases;
mod links;
mod redact;
mod requests;
mod retry;
mod retry_after;
mod scalars;
mod types;
mod unions;

#[path = "../../../templates/rust/runtime/mod.rs"]
mod runtime;

/// Stand-ins for the other modules of a crate that the runtime uses.
mod error {
    #[derive(Clone, Debug)]
    pub enum ErrorBody {}

    impl ErrorBody {
        pub(crate) fn message_path(&self) -> &'static [&'static str] {
            match *self {}
        }
    }

    pub use crate::runtime::{Error, Result};
}

#[path = "../../../templates/rust/src/encoded.rs"]
mod encoded;

#[path = "../../../templates/rust/src/base64.rs"]
#[allow(dead_code, reason = "in a crate it is public")]
mod base64;

#[path = "../../../templates/rust/src/base64_url.rs"]
#[allow(dead_code, reason = "in a crate it is public")]
mod base64_url;

#[path = "../../../templates/rust/src/events.rs"]
#[allow(dead_code, reason = "in a crate it is public")]
mod events;

#[path = "../../../templates/rust/src/stream.rs"]
#[allow(dead_code, reason = "in a crate it is public")]
mod stream;

#[path = "../../../templates/rust/src/date_time.rs"]
#[allow(dead_code, reason = "in a crate it is public")]
mod date_time;

#[path = "../../../templates/rust/src/decimal.rs"]
#[allow(dead_code, reason = "in a crate it is public")]
mod decimal;

#[path = "../../../templates/rust/src/link.rs"]
mod link;
