//! What is true of the whole crate.

use super::Plan;
use crate::describe::series;
use crate::ir::Security;
use crate::naming::crate_ident;

impl Plan<'_> {
    /// Returns the crate's name as code says it.
    pub fn crate_name(self) -> String {
        crate_ident(&self.options.package.name)
    }

    /// Lists the lints that compare letters across scripts, if names have letters of several.
    pub fn lints(self) -> Vec<String> {
        let ascii = self.names.are_ascii();
        let lints = crate::naming::UNICODE_LINTS.iter().filter(|_| !ascii);
        lints.map(|lint| (*lint).to_owned()).collect()
    }

    /// Returns the version that a manifest asks for: `0.1` or `1.2` of a full version.
    pub fn minor_version(self) -> String {
        let version = &self.options.package.version;
        let core = version.split(['-', '+']).next().unwrap_or(version);
        let minor = core.rsplit_once('.').map_or(core, |(minor, _)| minor);
        minor.to_owned()
    }

    /// Whether the crate has the described servers as values.
    pub fn has_servers(self) -> bool {
        !self.servers().is_empty()
    }

    /// Whether no operation works without a credential.
    pub fn needs_credential(self) -> bool {
        let secured = |security: &Security| {
            let mut sets = security.alternatives().iter();
            sets.len() > 0 && sets.all(|schemes| !schemes.is_empty())
        };
        let mut operations = self.api.operations.iter();
        operations.len() > 0 && operations.all(|operation| secured(&operation.security))
    }

    /// Lists the statuses that are retried, as part of a sentence.
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
