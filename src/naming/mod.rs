//! Turns text into identifiers. Pure functions, independent of the model.
//!
//! [`words::words`] splits text into words, [`ident::IdentCase::ident`] joins words to an identifier, and a
//! [`scope::NameScope`] keeps identifiers unique. Only `rust::names` uses them, and nothing else creates
//! identifiers.

mod escapes;
pub mod faults;
pub mod ident;
pub mod method;
pub mod package;
pub mod reserved;
pub mod scope;
pub mod shorten;
pub mod title;
pub mod types;
mod unicode;
pub mod variant;
pub mod words;

pub use ident::IdentCase;
pub use method::{is_verb, singular};
pub use package::{crate_ident, env_prefix, package_name};
pub use scope::{Claimed, NameScope};
pub use unicode::LINTS as UNICODE_LINTS;
pub use words::{Words, all_words, words};

#[cfg(test)]
mod tests;
