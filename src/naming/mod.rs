//! From any text to identifiers: pure functions without the IR.
//!
//! A name travels in one direction: text ([`words::words`]) → words ([`ident::Style::ident`]) →
//! identifier, and a [`scope::Scope`] keeps identifiers of one place apart. The plan of the Rust
//! names calls these; nothing else makes identifiers (invariant 2).

pub mod faults;
pub mod ident;
pub mod method;
pub mod package;
pub mod reserved;
pub mod scope;
pub mod shorten;
pub mod types;
mod unicode;
pub mod variant;
pub mod words;

pub use ident::Style;
pub use package::{crate_ident, env_prefix, package_name};
pub use scope::{Claimed, Scope};
pub use unicode::LINTS as UNICODE_LINTS;
pub use words::{Words, all_words, words};

#[cfg(test)]
mod tests;
