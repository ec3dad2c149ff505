//! Reads `sdkgen.yaml`: what to generate, where to, and with which names.
//!
//! [`Settings`] are the parsed file and command line. Once the document has been read, they become the [`Job`] with
//! its [`Options`], where every default is filled in. Paths in the file are relative to it.

mod auth;
mod changelog;
mod check;
mod client_parameters;
mod command_line;
mod error;
mod fault;
mod file;
mod modules;
mod names;
mod operations;
mod own_types;
mod pagination;
mod retry;
#[cfg(test)]
mod schema;
mod settings;
mod streams;
mod wait;
pub mod webhooks;
mod workspace;

pub use command_line::{CommandLine, OAuth};
pub use error::ConfigError;
pub use file::Keys;
pub(crate) use pagination::pagination_hint;
pub use settings::with_version;
pub use settings::{Overrides, Settings};

use crate::ir::Retry;
use crate::load::Inputs;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// The configuration that the back ends need beside the API.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Options {
    pub package: Package,
    /// The environment variable that `Client::from_env` reads the credential from.
    pub auth_env: String,
    /// The prefix of the API's environment variables, such as `OUTBOUNDCALLS`.
    pub env_prefix: String,
    /// The credential, where the description leaves it open.
    pub auth: Option<crate::ir::AuthConfig>,
    /// The keys that need no conversion.
    #[serde(flatten)]
    pub keys: Keys,
    /// The signature scheme of webhooks, if it is configured.
    pub signatures: Option<webhooks::Scheme>,
    pub retry: Retry,
    /// Name overrides.
    #[serde(rename = "pins")]
    pub name_overrides: crate::ir::NameOverrides,
    /// Path parameters whose value may be empty, as `OPERATION.parameter`.
    pub allow_empty: Vec<crate::ir::ConfiguredName>,
    /// Modules of the user that `lib.rs` declares, sorted.
    pub extra_modules: Vec<String>,
    /// Pagination of single operations.
    pub pagination: crate::ir::PaginationConfig,
    /// Operations to poll.
    #[serde(rename = "waits")]
    pub polling: crate::ir::PollingConfig,
    /// Parameters that the client sets for all operations.
    pub client_parameters: crate::ir::ClientParameterConfig,
    /// Streams of events, by operation.
    pub streams: crate::ir::StreamConfig,
    /// The operation that README, documentation and example show first.
    pub quick_start: Option<crate::ir::ConfiguredName>,
    /// Traits that generated types derive.
    pub derives: crate::ir::DeriveConfig,
    /// Types of the user in place of generated ones, as paths.
    pub types: crate::ir::ConfiguredNames,
    /// Dependencies for these: a version, or a map with Cargo's keys.
    pub dependencies: indexmap::IndexMap<String, serde_json::Value>,
    /// The command-line program over the crate, if there is one.
    pub cli: Option<CommandLine>,
    /// The path from the book's pages to the crate's changelog, if there is a book and a changelog.
    pub changelog: Option<String>,
}

/// The manifest of the generated crate.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Package {
    /// A crates.io name: ASCII letters, digits, `-` and `_`.
    pub name: String,
    /// The crate's SemVer version. The version of the API is never copied into it.
    pub version: String,
    /// An SPDX expression.
    pub license: String,
    pub description: Option<String>,
    pub repository: Option<String>,
    pub homepage: Option<String>,
    pub documentation: Option<String>,
    pub authors: Vec<String>,
    /// At most five, the limit of crates.io.
    pub keywords: Vec<String>,
    pub categories: Vec<String>,
    /// Whether the crate is a member of a workspace in its repository. Otherwise its manifest has an empty
    /// `[workspace]` table, so that it builds in any folder.
    pub workspace_member: bool,
}

/// The crate to use for dates and times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Dates {
    /// The crate jiff.
    #[default]
    Jiff,
    /// The crate chrono.
    Chrono,
    /// The crate time.
    Time,
    /// Plain strings, without a dependency.
    String,
}

/// The type for numbers of arbitrary precision (`format: decimal`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Decimals {
    /// A type of the generated crate that keeps every digit and has no arithmetic.
    #[default]
    Exact,
    /// Like `exact`, with conversions from and to the numbers of the crate rust_decimal.
    RustDecimal,
    /// Like `exact`, with conversions from and to the numbers of the crate bigdecimal.
    Bigdecimal,
    /// `f64`, which loses digits beyond about 16.
    F64,
}

/// Whether each resource has a cargo feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FeatureMode {
    /// Only large APIs, with at least 1,500 types and operations.
    #[default]
    Auto,
    /// Every crate.
    PerResource,
    /// No crate.
    None,
}

/// One run: the paths to read and write, and the options.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    pub spec: PathBuf,
    /// The folder of the generated crate.
    pub out: PathBuf,
    /// The folder of the generated book, if there is one.
    pub docs: Option<PathBuf>,
    /// The folder of the command-line program, if there is one.
    pub cli: Option<PathBuf>,
    /// The changelog of releases. Commands that write no crate have none.
    pub changelog: Option<PathBuf>,
    /// Overlays of the document, in order.
    pub overlays: Vec<PathBuf>,
    /// The operations to generate.
    pub filter: crate::filter::config::Filter,
    /// URL prefixes with the folders that contain the files behind them.
    pub remotes: Vec<(String, PathBuf)>,
    /// Folders that references may lead into, beside the document's.
    pub allow_files: Vec<PathBuf>,
    /// The folder with templates that replace built-in ones.
    pub templates: Option<PathBuf>,
    pub options: Options,
}

impl Job {
    /// Returns the files to read, without templates.
    pub fn inputs(&self) -> Inputs {
        Inputs {
            entry: self.spec.clone(),
            overlays: self.overlays.clone(),
            remotes: self.remotes.clone(),
            allow_files: self.allow_files.clone(),
        }
    }
}
