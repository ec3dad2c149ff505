//! The structure of `sdkgen.yaml`, for serde. Doc comments of fields become `docs/configuration.md`.

use super::auth::AuthFile;
use super::client_parameters::ClientParameterFile;
use super::command_line::CommandLineFile;
use super::fault::SyntaxFault;
use super::names::NamesFile;
use super::own_types::DerivesFile;
use super::pagination::RuleFile;
use super::retry::RetryFile;
use super::streams::StreamFile;
use super::wait::WaitFile;
use super::webhooks::WebhooksFile;
use super::{Dates, Decimals, FeatureMode};
use crate::filter::config::Filter;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Declares the configuration file, and [`Keys`] with those of its keys that the back end takes as they are written. Such
/// a key is declared here alone.
macro_rules! config_file {
    (
        first: { $($(#[$first_meta:meta])* $first:ident: $first_ty:ty,)* }
        keys: { $($(#[$key_meta:meta])* $key:ident: $key_ty:ty,)* }
        last: { $($(#[$last_meta:meta])* $last:ident: $last_ty:ty,)* }
    ) => {
        /// The configuration of sdkgen. Every key is optional.
        #[derive(Debug, Default, Deserialize)]
        #[cfg_attr(test, derive(schemars::JsonSchema))]
        #[serde(deny_unknown_fields)]
        pub struct ConfigFile {
            $($(#[$first_meta])* pub $first: $first_ty,)*
            $($(#[$key_meta])* pub $key: $key_ty,)*
            $($(#[$last_meta])* pub $last: $last_ty,)*
        }

        /// The options of the configuration that are used as they are written.
        #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
        pub struct Keys {
            $($(#[$key_meta])* pub $key: $key_ty,)*
        }

        impl ConfigFile {
            /// Returns the options that are used as they are written.
            pub fn keys(&self) -> Keys {
                Keys { $($key: self.$key.clone(),)* }
            }
        }
    };
}

config_file! {
    first: {
        /// The OpenAPI document. `SPEC` on the command line overrides it.
        spec: Option<PathBuf>,
        /// The folder of the crate. `--out` overrides it.
        out: Option<PathBuf>,
        /// The folder of the book's sources. Without it, no book is generated. `--docs` overrides it.
        docs: Option<PathBuf>,
        /// The changelog that `generate --bump` writes and the book includes. The default is `CHANGELOG.md` in the
        /// crate's folder. mdBook cannot include a path with blanks, colons or braces, so the book then has no such page.
        changelog: Option<PathBuf>,
        /// Overlays (Overlay Specification) to apply to the OpenAPI document, in this order. `--overlay` overrides them.
        #[serde(default)]
        overlays: Vec<PathBuf>,
        /// The operations to generate, after overlays are applied. Types that only other operations use are not
        /// generated.
        #[serde(default)]
        filter: Filter,
        /// Folders with the files behind URLs, by the prefix of the URL. sdkgen fetches nothing.
        #[serde(default)]
        remote: indexmap::IndexMap<String, PathBuf>,
        /// Folders with files that references may use, in addition to the folder or git repository of the document.
        /// `--allow-files` adds to them.
        #[serde(default)]
        allow_files: Vec<PathBuf>,
        /// A folder of templates and source files that replace built-in ones of the same name. `sdkgen templates` lists
        /// the names. `--templates` overrides it.
        templates: Option<PathBuf>,
        /// The metadata in the crate's `Cargo.toml`.
        #[serde(default)]
        package: PackageFile,
        /// The source of the credential, and its location in requests if the document does not specify it.
        #[serde(default)]
        auth: AuthFile,
    }
    keys: {
        /// The crate to use for dates and times; `jiff` by default.
        #[serde(default)]
        dates: Dates,
        /// The type for decimal numbers; `exact` by default.
        #[serde(default)]
        decimals: Decimals,
        /// Whether the crate has a test that sends each request to a server and checks it.
        #[serde(default)]
        wire_tests: bool,
        /// Whether the crate has a feature `mock`: a transport for tests that returns the example of the document, or a
        /// sample, for each request.
        #[serde(default)]
        mock: bool,
        /// Whether each resource has a cargo feature; `auto` by default.
        #[serde(default)]
        features: FeatureMode,
        /// The size in bytes from which clients compress request bodies with gzip, if the API supports it. By default,
        /// bodies are not compressed.
        gzip_requests: Option<u32>,
    }
    last: {
        /// The signatures of webhooks, which OpenAPI cannot describe.
        #[serde(default)]
        webhooks: WebhooksFile,
        /// Which operations are idempotent although their method is not, and which statuses the client retries.
        #[serde(default)]
        retry: RetryFile,
        /// Names that override those derived from the document.
        #[serde(default)]
        names: NamesFile,
        /// Path parameters that may be empty: `getContents.path` or `GET /contents/{path}.path`. The client rejects other
        /// empty values, unless the document has `minLength: 0` or `allowEmptyValue`.
        #[serde(default)]
        allow_empty: Vec<String>,
        /// Your own modules in the crate's `src` folder, which `lib.rs` declares as public: `helpers` for
        /// `src/helpers.rs` or `src/helpers/mod.rs`. sdkgen never writes these files.
        #[serde(default)]
        extra_modules: Vec<String>,
        /// How to request the next page of an operation, by its `operationId` or as in `GET /path`.
        #[serde(default)]
        pagination: indexmap::IndexMap<String, RuleFile>,
        /// Operations that return the state of some work, by their `operationId` or as in `GET /path`. Each gets a method
        /// that polls until the work is done.
        #[serde(default)]
        wait: indexmap::IndexMap<String, WaitFile>,
        /// Header and query parameters that are set once on the client, such as the version of the API, by name:
        /// `Client::builder().api_version("2024-06-01")`. Requests can override them. By default, these are headers
        /// that at least 80 % of the operations have, and query parameters of this kind whose name has a word such as
        /// `version` or `tenant`.
        #[serde(default)]
        client_parameters: indexmap::IndexMap<String, ClientParameterFile>,
        /// Streams of server-sent events that the document does not describe: the type of one event, by operation
        /// (`operationId` or `POST /path`), or `false` if the operation has no stream. By default, an operation with a
        /// boolean property `stream` in its body streams the union that is named after its response, such as
        /// `MessageStreamEvent`.
        #[serde(default)]
        streams: indexmap::IndexMap<String, StreamFile>,
        /// Traits that generated types derive, by their paths: a list for all types, or lists by component name or JSON
        /// Pointer: `derives: {Pet: [Hash, garde::Validate]}`. A list for all types adds `Eq` and `Hash` only to types
        /// without floats.
        #[serde(default)]
        derives: DerivesFile,
        /// Your own types in place of generated ones, by component name or JSON Pointer: `types: {Money: my_money::Money}`,
        /// or `crate::money::Money` for a module of `extra_modules`. A type needs `Clone`, `Debug`, `Default`, `PartialEq`,
        /// `Serialize` and `Deserialize`.
        #[serde(default)]
        types: indexmap::IndexMap<String, String>,
        /// Dependencies of the crate for `derives`, `types` and `extra_modules`: a version, or a map with keys of Cargo:
        /// `dependencies: {my_money: {version: "1", features: [serde]}}`.
        #[serde(default)]
        dependencies: indexmap::IndexMap<String, serde_json::Value>,
        /// The operation that the README, the crate's documentation and `examples/quickstart.rs` show, by its
        /// `operationId` or as in `POST /path`. By default, sdkgen chooses an operation that creates the main resource.
        quick_start: Option<String>,
        /// A command-line program over the crate.
        #[serde(default)]
        cli: CommandLineFile,
        /// Several crates from one file. Each entry has the keys of this page, which override those at the top. sdkgen
        /// writes either all outputs or none.
        #[serde(default)]
        outputs: Vec<ConfigFile>,
    }
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
        let unknown = fault("spec: a.yaml\nouts: b\n");
        let expected =
            "Some((2, 1)) unknown key `outs`; did you mean `out`? (known: spec, out, docs, ";
        assert!(unknown.starts_with(expected), "{unknown}");
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
                "1:11 `features` must be one of its values, but is a list",
            ),
            (
                "package: 3",
                "1:10 `package` must be a map, but is the number `3`",
            ),
            (
                "mock: 0.5",
                "1:7 `mock` must be a boolean, but is the number `0.5`",
            ),
            (
                "overlays: {a: b}",
                "1:11 `overlays` must be a list, but is a map",
            ),
            (
                "package:\n  keywords: voice",
                "2:13 `package.keywords` must be a list, but is the string \"voice\"",
            ),
            ("spec: {", "1:7 `spec` must be a path, but is a map"),
            (
                "outputs: [true]",
                "1:11 `outputs[0]` must be a map, but is the boolean `true`",
            ),
            ("- a", "1:1 the file must be a map, but is a list"),
            ("out: a\nout: b", "1:1 duplicate key `out`"),
            (
                "pagination: {list: 3}",
                "1:20 `pagination.list` must be `none`, `link`, or a map with `cursor`, `page`, `offset`, \
                 `next_url` or `link`, but is the number `3`",
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
