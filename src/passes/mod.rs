//! Passes over the whole API, one fact in each file.

mod alias_cycles;
mod constants;
pub mod credentials;
pub mod decimals_as_f64;
mod dedup;
mod direction;
mod discrimination;
pub mod empty;
mod encodings;
mod errors;
mod events;
mod exact_numbers;
mod find_operations;
mod headers;
pub mod idempotency;
mod inferred;
mod infinite_types;
pub mod name_overrides;
pub mod pagination;
mod parts;
pub mod polling;
mod recursion;
pub mod resources;
mod styles;
mod union_cycles;

use crate::diag::Diagnostics;
use crate::ir::{Api, PaginationConfig};
use crate::tree::Tree;

/// Runs every pass. Configured pagination takes precedence over detection.
pub fn run(api: &mut Api, tree: &Tree, pages: &PaginationConfig, diagnostics: &mut Diagnostics) {
    alias_cycles::run(api, tree, diagnostics);
    union_cycles::run(api, tree, diagnostics);
    infinite_types::run(api, tree, diagnostics);
    parts::run(api);
    dedup::run(api);
    constants::run(api);
    events::run(api);
    exact_numbers::run(api);
    direction::run(api);
    inferred::run(api);
    recursion::run(api);
    discrimination::run(api, tree, diagnostics);
    constants::leave_optional_tags(api);
    errors::run(api);
    styles::run(api, tree, diagnostics);
    encodings::run(api, tree, diagnostics);
    headers::run(api, tree, diagnostics);
    pagination::run(api, tree, pages, diagnostics);
}
