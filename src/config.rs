//! `sdkgen.yaml`: what to generate from, where to, and with which names.
//!
//! The file as it is written becomes [`Settings`], and these, once the document has been read,
//! [`Options`]: what the generator reads, with every default filled in. Paths in the file are relative
//! to it.

mod auth;
mod check;
mod fault;
mod file;
mod modules;
mod names;
pub(crate) mod operations;
mod pagination;
mod retry;
#[cfg(test)]
mod schema;
mod settings;
mod wait;
pub mod webhooks;

pub(crate) use check::Fault;
pub(crate) use pagination::page_wish;
pub use settings::with_version;
pub use settings::{ConfigError, Overrides, Settings};

use crate::ir::Retry;
use crate::source::Inputs;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// What the back ends need to know beside the API.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Options {
    pub package: Package,
    /// The environment variable that `Client::from_env` reads the credential from.
    pub auth_env: String,
    /// What the description leaves open of the credential.
    pub auth: Option<crate::ir::Auth>,
    pub dates: Dates,
    pub decimals: Decimals,
    /// Whether the crate has a test that makes every call.
    pub wire_tests: bool,
    /// Whether the crate has answers to every call, for tests of its users.
    pub mock: bool,
    pub features: Features,
    /// How the API signs webhooks, where that is known.
    pub signatures: Option<webhooks::Scheme>,
    pub retry: Retry,
    /// Names that are given in place of those made of the document.
    pub pins: crate::ir::Pins,
    /// Path parameters whose value may be empty, as `OPERATION.parameter`.
    pub allow_empty: Vec<crate::ir::Given>,
    /// Modules of the user's own that `lib.rs` declares, sorted.
    pub extra_modules: Vec<String>,
    /// What is said of the pages of single operations.
    pub pagination: crate::ir::Rules,
    /// The operations that tell how far some work has come.
    pub waits: crate::ir::Waits,
}

/// The manifest of the generated crate.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Package {
    /// A crates.io name: ASCII letters, digits, `-` and `_`.
    pub name: String,
    /// The crate's own SemVer version; the API's version is never copied into it.
    pub version: String,
    /// An SPDX expression.
    pub license: String,
    pub description: Option<String>,
    pub repository: Option<String>,
    pub homepage: Option<String>,
    pub documentation: Option<String>,
    pub authors: Vec<String>,
    /// At most five, as crates.io wants it.
    pub keywords: Vec<String>,
    pub categories: Vec<String>,
    /// True when the crate stands in a workspace of its own repository; false makes the manifest
    /// carry an empty `[workspace]` table, so that the crate builds wherever it is written to.
    pub workspace_member: bool,
}

/// Which crate stands for dates and times.
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
    /// Plain strings, and no dependency.
    String,
}

/// What stands for numbers of any precision, as `format: decimal` has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Decimals {
    /// A type of the crate's own that keeps every digit and does not calculate.
    #[default]
    Exact,
    /// The same, which converts from and to the numbers of the crate rust_decimal.
    RustDecimal,
    /// The same, which converts from and to the numbers of the crate bigdecimal.
    Bigdecimal,
    /// `f64`: digits beyond some 16 are lost.
    F64,
}

/// Whether the crate has a cargo feature for each of its resources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Features {
    /// For large APIs, from 1,500 types and operations on.
    #[default]
    Auto,
    /// In any crate.
    PerResource,
    /// In no crate.
    None,
}

/// One run: where to read and where to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    pub spec: PathBuf,
    /// The folder of the generated crate.
    pub out: PathBuf,
    /// The folder of the generated book, when one is asked for.
    pub docs: Option<PathBuf>,
    /// The changelog of the crate's releases, where it is not in the crate's folder.
    pub changelog: Option<PathBuf>,
    /// Changes to the document, in the order in which they are applied.
    pub overlays: Vec<PathBuf>,
    /// Which operations of the document are generated.
    pub filter: crate::filter::config::Filter,
    /// The beginnings of URLs, with the folders in which the files behind them are found.
    pub remotes: Vec<(String, PathBuf)>,
    /// Folders that references may lead into, beside the document's own.
    pub allow_files: Vec<PathBuf>,
    /// The folder of templates that stand in place of built-in ones.
    pub templates: Option<PathBuf>,
    pub options: Options,
}

impl Job {
    /// The files to read, the templates excepted.
    pub fn inputs(&self) -> Inputs {
        Inputs {
            entry: self.spec.clone(),
            overlays: self.overlays.clone(),
            remotes: self.remotes.clone(),
            allow_files: self.allow_files.clone(),
        }
    }
}
