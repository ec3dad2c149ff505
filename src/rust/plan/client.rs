//! Facts about the client and the crate as a whole.

use super::Plan;
use super::credentials::Credential;
use super::servers::ServerPlan;
use super::workflow::Workflow;
use crate::describe::series;
use crate::ir::{OperationId, Security};
use crate::naming::crate_ident;

/// What the client has for all operations.
#[derive(Debug, Default)]
pub struct ClientPlan<'a> {
    /// The credentials that the user can set, in the order of the document.
    pub credentials: Vec<Credential<'a>>,
    /// The environment variables of all security schemes, in the order of the document.
    pub credential_envs: Vec<String>,
    /// The variable that overrides the base URL.
    pub base_url_env: String,
    /// The servers with a constant or a type. A single server without variables is the client's default.
    pub servers: Vec<ServerPlan<'a>>,
    /// The operation for the README, the crate's documentation and the example program.
    pub showcase: Option<OperationId>,
    /// The program that starts with the showcase, if a polled operation reads what it creates.
    pub workflow: Option<Workflow<'a>>,
}

impl<'a> ClientPlan<'a> {
    /// Plans the client, from a plan with the facts about operations.
    pub fn of(plan: Plan<'a>) -> Self {
        let showcase = plan.plan_showcase();
        ClientPlan {
            credentials: plan.plan_credentials(),
            credential_envs: plan.plan_credential_envs(),
            base_url_env: format!("{}_BASE_URL", plan.options.env_prefix),
            servers: plan.plan_servers(),
            workflow: showcase.and_then(|create| plan.plan_workflow(create)),
            showcase,
        }
    }
}

impl Plan<'_> {
    /// Returns the crate's name as a Rust identifier.
    pub fn crate_name(self) -> String {
        crate_ident(&self.options.package.name)
    }

    /// Lists the lints on mixed scripts that need an `allow`, if names use several scripts.
    pub fn lints(self) -> Vec<String> {
        let ascii = self.names.are_ascii();
        let lints = crate::naming::UNICODE_LINTS.iter().filter(|_| !ascii);
        lints.map(|lint| (*lint).to_owned()).collect()
    }

    /// Returns the version requirement for a manifest: `0.1` or `1.2` of a full version.
    pub fn minor_version(self) -> String {
        let version = &self.options.package.version;
        let core = version.split(['-', '+']).next().unwrap_or(version);
        let minor = core.rsplit_once('.').map_or(core, |(minor, _)| minor);
        minor.to_owned()
    }

    /// Returns whether the crate has values for the documented servers.
    pub fn has_servers(self) -> bool {
        !self.client.servers.is_empty()
    }

    /// Returns whether every operation requires a credential.
    pub fn needs_credential(self) -> bool {
        let secured = |security: &Security| {
            let mut sets = security.alternatives().iter();
            sets.len() > 0 && sets.all(|schemes| !schemes.is_empty())
        };
        let mut operations = self.api.operations.iter();
        operations.len() > 0 && operations.all(|operation| secured(&operation.security))
    }

    /// Lists the statuses that are retried, as a phrase.
    pub fn retried_statuses(self) -> String {
        let retry = &self.options.retry;
        let list = |statuses: &[u16]| {
            let statuses = statuses.iter().map(u16::to_string);
            series(&statuses.collect::<Vec<_>>())
        };
        let always = list(retry.statuses());
        match retry.statuses_with_retry_after() {
            [] => always,
            others => format!("{always}, and {} with `Retry-After`", list(others)),
        }
    }
}
