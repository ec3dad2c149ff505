//! The transport, which sends requests to the server.
//!
//! A client sends requests through a [`Transport`]. The default is [`ReqwestTransport`], with the cargo
//! feature `reqwest`. In tests, use [`MemoryTransport`], which opens no connection.

#[cfg(feature = "recorder")]
pub use crate::recorder::Recorder;
#[cfg(feature = "reqwest")]
pub use crate::runtime::ReqwestTransport;
#[cfg(all(feature = "reqwest", not(target_family = "wasm")))]
pub use crate::runtime::ReqwestTransportBuilder;
pub use crate::runtime::{
    Body, BoxFuture, MemoryTransport, Transport, TransportError, TransportErrorKind,
};
/// The crate whose client [`ReqwestTransport::from_client`] takes. It is exempt from semver.
#[cfg(feature = "reqwest-0-13")]
pub use ::reqwest;

#[cfg(feature = "tower")]
pub use crate::runtime::{TowerTransport, TransportService};
