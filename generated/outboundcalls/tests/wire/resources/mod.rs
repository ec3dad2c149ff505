//! The operations, by what they are about.

mod account;
mod agents;
mod calls;
mod campaigns;
mod contacts;
