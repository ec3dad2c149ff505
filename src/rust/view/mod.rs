//! The contexts of the templates: strings, booleans and lists, without decisions left to make (invariant
//! 7).

pub(crate) mod access;
pub(crate) mod arguments;
pub(crate) mod body;
mod choice;
pub(crate) mod client;
pub(crate) mod docs;
mod enumeration;
pub(crate) mod errors;
mod first_use;
pub(crate) mod form;
mod gated;
pub(crate) mod headers;
pub mod manifest;
mod mock;
mod mock_pages;
pub(crate) mod object;
mod object_serde;
pub(crate) mod operation;
pub(crate) mod pages;
pub(crate) mod readme;
pub mod resource;
mod samples;
#[cfg(test)]
mod schema;
pub mod servers;
mod setter;
pub mod signature;
pub mod source;
pub(crate) mod stream;
pub(crate) mod types;
pub(crate) mod union;
pub(crate) mod waits;
pub mod webhooks;
mod wire;
pub(crate) mod workflow;

use super::Plan;
use super::modules::Modules;
use crate::parallel;
use gated::ModuleIndex;
use serde::Serialize;

/// The version of the template contexts. It changes if a field is removed or changes its meaning, and not
/// if a field is added.
pub const VERSION: u32 = 1;

/// The contexts of all files, by template.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Views {
    pub version: u32,
    /// `rust/Cargo.toml.j2`, `rust/LICENSE-MIT.j2`.
    pub manifest: manifest::Manifest,
    /// `rust/README.md.j2`, `rust/quickstart.rs.j2`, `rust/workflow.rs.j2`.
    pub readme: readme::Readme,
    /// `rust/src/lib.rs.j2`, `rust/src/blocking.rs.j2`, `rust/src/recorder.rs.j2`.
    pub library: client::Library,
    /// `rust/src/client.rs.j2`.
    pub client: client::Client,
    /// `rust/src/error.rs.j2`.
    pub error: errors::Errors,
    /// Each: `rust/src/resource.rs.j2`, `rust/src/builders.rs.j2`.
    pub resources: Vec<resource::Resource>,
    /// Each: `rust/src/types.rs.j2`, which includes those of objects, enumerations and unions.
    pub types: Vec<types::TypeFile>,
    /// `rust/src/types_mod.rs.j2`.
    pub types_index: ModuleIndex,
    /// `rust/src/resources_mod.rs.j2`.
    pub resources_index: ModuleIndex,
    /// `rust/src/servers.rs.j2`.
    pub servers: Option<servers::Servers>,
    /// `rust/src/webhooks.rs.j2`.
    pub webhooks: Option<webhooks::Webhooks>,
    /// `rust/src/signature.rs.j2`, if the configuration describes how webhooks are signed.
    pub signature: Option<signature::Signature>,
    /// `rust/tests/wire.rs.j2`, `rust/tests/harness.rs.j2`, `rust/tests/resources_mod.rs.j2`, and for
    /// each resource `rust/tests/resource.rs.j2`: the tests of every operation, if enabled.
    pub wire: Option<wire::Wire>,
    /// `rust/src/mock.rs.j2`, `rust/src/samples.rs.j2`: the mock's response to every operation, and a sample of
    /// every type, if enabled.
    pub mock: Option<mock::Mock>,
}

impl Views {
    /// Fills in the index of resources.
    pub fn set_resource_facts(&mut self, resources: Vec<resource::ResourceFacts>) {
        let modules = resources.into_iter().map(|resource| resource.gated);
        self.resources_index.modules = modules.collect();
    }
}

/// Creates all views.
pub fn all(plan: &Plan<'_>) -> Views {
    let (types, (resources, mut views)) = parallel::join(
        || types::all(*plan),
        || {
            let others = || around_files(plan, &Modules::of(*plan));
            parallel::join(|| resource::all(*plan), others)
        },
    );
    views.set_resource_facts(resources.iter().map(resource::ResourceFacts::of).collect());
    Views {
        types,
        resources,
        ..views
    }
}

/// Creates the views of all files except types and resources.
pub fn around_files(plan: &Plan<'_>, modules: &Modules) -> Views {
    let dependencies = modules.dependencies();
    Views {
        version: VERSION,
        manifest: manifest::manifest(*plan, &dependencies),
        readme: readme::readme(*plan, &dependencies),
        library: client::library(*plan, modules, &dependencies),
        client: client::client(*plan),
        error: errors::errors(*plan),
        resources: Vec::new(),
        types: Vec::new(),
        types_index: ModuleIndex {
            modules: types::modules(*plan),
            exports: types::exports(*plan),
        },
        resources_index: ModuleIndex {
            modules: Vec::new(),
            exports: resource::exports(*plan),
        },
        servers: servers::servers(*plan),
        webhooks: webhooks::webhooks(*plan),
        signature: signature::signature(*plan),
        wire: (plan.options.keys.wire_tests && !plan.api.operations.is_empty())
            .then(|| wire::wire(*plan)),
        mock: mock::mock(*plan),
    }
}
