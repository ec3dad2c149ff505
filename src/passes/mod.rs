//! Passes over the whole API, one fact in each file.

mod alias_cycles;
mod client_parameters;
mod constants;
mod credentials;
mod decimals_as_f64;
mod dedup;
mod direction;
mod discrimination;
mod empty;
mod encodings;
mod errors;
mod events;
mod exact_numbers;
mod find_operations;
mod first_use;
mod headers;
mod idempotency;
mod inferred;
mod infinite_types;
mod name_overrides;
pub mod pagination;
mod parts;
mod polling;
mod quick_start;
mod recursion;
mod resources;
mod streams;
mod styles;
mod union_cycles;

use crate::diag::Diagnostics;
use crate::ir::{
    Api, AuthConfig, ClientParameterConfig, ConfiguredName, NameOverrides, PaginationConfig,
    PollingConfig, Retry, StreamConfig,
};
use crate::tree::Node;

/// Configuration of the passes. It overrides what they find in the document.
#[derive(Debug)]
pub struct Configuration<'a> {
    pub auth: Option<&'a AuthConfig>,
    pub names: &'a NameOverrides,
    /// Path parameters whose value may be empty.
    pub allow_empty: &'a [ConfiguredName],
    pub pagination: &'a PaginationConfig,
    pub polling: &'a PollingConfig,
    pub retry: &'a Retry,
    /// Parameters that the client sets for all operations.
    pub client_parameters: &'a ClientParameterConfig,
    /// Streams of events that the document does not describe.
    pub streams: &'a StreamConfig,
    /// The operation that the documentation shows first.
    pub quick_start: Option<&'a ConfiguredName>,
    pub decimals_are_f64: bool,
}

/// Runs every pass, each of which fills its own part of the IR. `root` is the root of the document.
pub fn run(
    api: &mut Api,
    root: Node<'_>,
    configuration: &Configuration<'_>,
    diagnostics: &mut Diagnostics,
) {
    let tree = root.tree();
    credentials::run(api, root, configuration.auth, diagnostics);
    resources::run(api, &configuration.names.groups);
    name_overrides::run(api, tree, configuration.names, diagnostics);
    if configuration.decimals_are_f64 {
        decimals_as_f64::run(api);
    }
    empty::run(api, configuration.allow_empty, diagnostics);
    alias_cycles::run(api, tree, diagnostics);
    union_cycles::run(api, tree, diagnostics);
    infinite_types::run(api, tree, diagnostics);
    streams::run(api, tree, configuration.streams, diagnostics);
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
    pagination::run(api, tree, configuration.pagination, diagnostics);
    polling::run(api, configuration.polling, diagnostics);
    quick_start::run(api, configuration.quick_start, diagnostics);
    idempotency::run(api, configuration.retry, diagnostics);
    client_parameters::run(api, tree, configuration.client_parameters, diagnostics);
    constants::fix_parameters(api);
    first_use::run(api);
}
