//! Facts about the API that follow from all of it; one fact a file.

mod alias_cycles;
mod constants;
pub mod credentials;
mod digits;
mod direction;
pub mod doubles;
pub mod empty;
mod encodings;
mod endless;
mod errors;
mod events;
mod headers;
pub mod idempotency;
mod inferred;
mod named;
pub mod pages;
mod parts;
pub mod pins;
mod recursion;
pub mod resources;
mod sharing;
mod styles;
mod telling;
mod union_cycles;
pub mod waits;

use super::{Api, Rules};
use crate::diag::Diagnostics;
use crate::tree::Tree;

/// Runs every pass, each of which fills its own part of the IR.
/// What the user says of pages goes before what is found.
pub fn run(api: &mut Api, tree: &Tree, pages: &Rules, diagnostics: &mut Diagnostics) {
    alias_cycles::run(api, tree, diagnostics);
    union_cycles::run(api, tree, diagnostics);
    endless::run(api, tree, diagnostics);
    parts::run(api);
    sharing::run(api);
    constants::run(api);
    events::run(api);
    digits::run(api);
    direction::run(api);
    inferred::run(api);
    recursion::run(api);
    telling::run(api, tree, diagnostics);
    constants::leave_optional_tags(api);
    errors::run(api);
    styles::run(api, tree, diagnostics);
    encodings::run(api, tree, diagnostics);
    headers::run(api, tree, diagnostics);
    pages::run(api, tree, pages, diagnostics);
}
