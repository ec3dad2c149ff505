//! The structure of `sdkgen.yaml`, for serde. Doc comments of fields become `docs/configuration.md`.

use super::auth::AuthFile;
use super::command_line::CommandLineFile;
use super::fault::SyntaxFault;
use super::names::NamesFile;
use super::pagination::RuleFile;
use super::retry::RetryFile;
use super::wait::WaitFile;
use super::webhooks::WebhooksFile;
use super::{Dates, Decimals, Features};
use crate::filter::config::Filter;
use serde::Deserialize;
use std::path::PathBuf;

/// The configuration of sdkgen. Every key is optional.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ConfigFile {
    /// The OpenAPI document. `SPEC` on the command line overrides it.
    pub spec: Option<PathBuf>,
    /// The folder of the crate. `--out` overrides it.
    pub out: Option<PathBuf>,
    /// The folder of the book's sources. Without it, no book is generated. `--docs` overrides it.
    pub docs: Option<PathBuf>,
    /// The changelog that `generate --bump` writes. The default is `CHANGELOG.md` in the crate's folder.
    pub changelog: Option<PathBuf>,
    /// Overlays (Overlay Specification) to apply to the OpenAPI document, in this order. `--overlay` overrides them.
    #[serde(default)]
    pub overlays: Vec<PathBuf>,
    /// The operations to generate, after overlays are applied. Types that only other operations use are not
    /// generated.
    #[serde(default)]
    pub filter: Filter,
    /// Folders with the files behind URLs, by the prefix of the URL. sdkgen fetches nothing.
    #[serde(default)]
    pub remote: indexmap::IndexMap<String, PathBuf>,
    /// Folders that references may lead into, beside the folder or git repository of the document.
    /// `--allow-files` adds to them.
    #[serde(default)]
    pub allow_files: Vec<PathBuf>,
    /// A folder of templates and source files that replace built-in ones of the same name. `sdkgen templates` lists
    /// the names. `--templates` overrides it.
    pub templates: Option<PathBuf>,
    /// The metadata in the crate's `Cargo.toml`.
    #[serde(default)]
    pub package: PackageFile,
    /// The source of the credential, and its location in requests if the document does not specify it.
    #[serde(default)]
    pub auth: AuthFile,
    /// The crate to use for dates and times; `jiff` by default.
    #[serde(default)]
    pub dates: Dates,
    /// The type for decimal numbers; `exact` by default.
    #[serde(default)]
    pub decimals: Decimals,
    /// Give the crate a test that sends each request once and compares it with the document.
    #[serde(default)]
    pub wire_tests: bool,
    /// Whether the crate has a feature `mock`: a transport for tests that answers each request with the
    /// description's example, or a sample.
    #[serde(default)]
    pub mock: bool,
    /// Whether each resource has a cargo feature; `auto` by default.
    #[serde(default)]
    pub features: Features,
    /// The signatures of webhooks, which OpenAPI cannot describe.
    #[serde(default)]
    pub webhooks: WebhooksFile,
    /// Which operations are idempotent although their method is not, and which statuses are retried.
    #[serde(default)]
    pub retry: RetryFile,
    /// The size in bytes from which clients compress request bodies with gzip, if the API supports it. By default,
    /// bodies are not compressed.
    pub gzip_requests: Option<u32>,
    /// Names that override those derived from the document.
    #[serde(default)]
    pub names: NamesFile,
    /// Path parameters that may be empty: `getContents.path` or `GET /contents/{path}.path`. The client refuses other
    /// empty values, unless the document has `minLength: 0` or `allowEmptyValue`.
    #[serde(default)]
    pub allow_empty: Vec<String>,
    /// Modules of your own in the crate's `src` folder, which `lib.rs` declares as public: `helpers` for
    /// `src/helpers.rs` or `src/helpers/mod.rs`. sdkgen never writes these files.
    #[serde(default)]
    pub extra_modules: Vec<String>,
    /// How lists are given page by page, by the `operationId` of the operation that returns
    /// the list, or as in `GET /path`.
    #[serde(default)]
    pub pagination: indexmap::IndexMap<String, RuleFile>,
    /// Which operations return how far some work has come, by their `operationId` or as in `GET /path`:
    /// each gets a method that waits for the end of it.
    #[serde(default)]
    pub wait: indexmap::IndexMap<String, WaitFile>,
    /// The operation that the README, the crate's documentation and `examples/quickstart.rs` show, by its
    /// `operationId` or as in `POST /path`. By default, sdkgen chooses an operation that creates the main resource.
    pub quick_start: Option<String>,
    /// A command-line program over the crate.
    #[serde(default)]
    pub cli: CommandLineFile,
    /// Several crates from one file. Each entry has keys of this page, which override those at the top. Either all
    /// outputs are written, or none.
    #[serde(default)]
    pub outputs: Vec<ConfigFile>,
}

#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PackageFile {
    /// The crate's name. The default is derived from the document's title. `--package` overrides it.
    pub name: Option<String>,
    /// The crate's SemVer version, which is not that of the API; `0.1.0` by default.
    pub version: Option<String>,
    /// An SPDX expression; `MIT OR Apache-2.0` by default.
    pub license: Option<String>,
    /// A short description of the crate.
    pub description: Option<String>,
    /// The URL of the crate's repository.
    pub repository: Option<String>,
    /// The URL of the crate's home page.
    pub homepage: Option<String>,
    /// The URL of the crate's documentation.
    pub documentation: Option<String>,
    /// The crate's authors, as `Name <address>`.
    #[serde(default)]
    pub authors: Vec<String>,
    /// At most five crates.io keywords.
    #[serde(default)]
    pub keywords: Vec<String>,
    /// At most five crates.io categories.
    #[serde(default)]
    pub categories: Vec<String>,
}

impl ConfigFile {
    /// Returns the configuration of each output, with its own keys in place of those at the top. Returns the file
    /// itself if it has no outputs.
    pub fn outputs(text: &str) -> Result<Vec<Self>, SyntaxFault> {
        let whole = ConfigFile::parse(text)?;
        if whole.outputs.is_empty() {
            return Ok(vec![whole]);
        }
        // Each part was parsed as a file already, so merging their keys results in a valid file.
        let parts: Result<serde_yaml::Mapping, _> = serde_yaml::from_str(text);
        let mut top = parts.map_err(SyntaxFault::of)?;
        let entries = top.shift_remove("outputs").unwrap_or_default();
        let entries = entries.as_sequence().into_iter().flatten();
        let output = |entry: &serde_yaml::Value| {
            let own = entry.as_mapping().into_iter().flatten();
            let mut laid = top.clone();
            laid.extend(own.map(|(key, value)| (key.clone(), value.clone())));
            serde_yaml::from_value(laid.into()).map_err(SyntaxFault::of)
        };
        entries.map(output).collect()
    }

    pub fn parse(text: &str) -> Result<Self, SyntaxFault> {
        // An empty file is valid: every key has a default.
        let parsed: Result<Option<ConfigFile>, _> = serde_yaml::from_str(text);
        parsed
            .map(Option::unwrap_or_default)
            .map_err(SyntaxFault::of)
    }
}

#[cfg(test)]
mod tests {
    use super::ConfigFile;

    fn fault(text: &str) -> String {
        let fault = ConfigFile::parse(text).unwrap_err();
        format!("{:?} {}", fault.at, fault.message)
    }

    #[test]
    fn unknown_keys_are_named_with_the_nearest_known_one() {
        assert_eq!(
            fault("spec: a.yaml\nouts: b\n"),
            "Some((2, 1)) unknown key `outs`; did you mean `out`? (known: spec, out, docs, changelog, overlays, filter, remote, allow_files, templates, package, auth, dates, decimals, wire_tests, mock, features, webhooks, retry, gzip_requests, names, allow_empty, extra_modules, pagination, wait, quick_start, cli, outputs)"
        );
        assert_eq!(
            fault("package:\n  nmae: x\n"),
            "Some((2, 3)) unknown key `nmae` in `package`; did you mean `name`? (known: name, version, license, \
             description, repository, homepage, documentation, authors, keywords, categories)"
        );
        assert_eq!(
            fault("auth: {token: x}\n"),
            "Some((1, 8)) unknown key `token` in `auth` (known: env, scheme, in, name, prefix)"
        );
    }

    #[test]
    fn wrong_values_are_reported_with_position() {
        for (text, expected) in [
            (
                "dates: chorno",
                "1:8 unknown value `chorno` of `dates`; did you mean `chrono`? (known: jiff, chrono, time, string)",
            ),
            (
                "features: all",
                "1:11 unknown value `all` of `features` (known: auto, per-resource, none)",
            ),
            (
                "features: [auto]",
                "1:11 `features` should be one of its words, this is a list",
            ),
            (
                "package: 3",
                "1:10 `package` should be a map, this is the number `3`",
            ),
            (
                "mock: 0.5",
                "1:7 `mock` should be a boolean, this is the number `0.5`",
            ),
            (
                "overlays: {a: b}",
                "1:11 `overlays` should be a list, this is a map",
            ),
            (
                "package:\n  keywords: voice",
                "2:13 `package.keywords` should be a list, this is the string \"voice\"",
            ),
            ("spec: {", "1:7 `spec` should be a path, this is a map"),
            (
                "outputs: [true]",
                "1:11 `outputs[0]` should be a map, this is the boolean `true`",
            ),
            ("- a", "1:1 the file should be a map, this is a list"),
            ("out: a\nout: b", "1:1 the key `out` stands twice"),
            (
                "pagination: {list: 3}",
                "1:20 `pagination.list` should be `none`, `link`, or a map with `cursor`, `page`, `offset`, \
                 `next_url` or `link`, this is the number `3`",
            ),
        ] {
            let fault = ConfigFile::parse(text).unwrap_err();
            let (line, column) = fault.at.unwrap();
            assert_eq!(format!("{line}:{column} {}", fault.message), expected);
        }
    }

    #[test]
    fn an_empty_file_has_every_default() {
        assert!(ConfigFile::parse("# nothing\n").unwrap().spec.is_none());
    }
}
