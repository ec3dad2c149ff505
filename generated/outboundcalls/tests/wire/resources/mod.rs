//! The operations, grouped by resource.

mod account;
mod agents;
mod calls;
mod campaigns;
mod contacts;
