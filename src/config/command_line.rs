//! `cli`: the command-line program over the generated crate.

use super::check::{self, Fault};
use super::workspace;
use crate::source::relative;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CommandLineFile {
    /// The folder of the program's crate. Without it, no program is generated. `--cli` overrides it.
    pub dir: Option<PathBuf>,
    /// The name of the program; by default, that of the client crate.
    pub name: Option<String>,
    /// The name of the program's crate; by default, the name of the client crate with `-cli`.
    pub package: Option<String>,
    /// Operations that ask before they are sent, by `operationId` or `METHOD /path`. Each `DELETE` asks too.
    #[serde(default)]
    pub confirm: Vec<String>,
    /// How `login` requests tokens by OAuth 2.0, as far as the document does not describe it.
    #[serde(default)]
    pub oauth: OAuth,
}

/// How `login` requests tokens by OAuth 2.0.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct OAuth {
    /// The public id of the program at the authorization server. `--client-id` and the variable `PREFIX_CLIENT_ID`
    /// override it.
    pub client_id: Option<String>,
    /// The scopes that `login` requests; by default, those that the operations require. `--scope` overrides them.
    pub scopes: Option<Vec<String>>,
    /// The port of the redirect URI `http://127.0.0.1:PORT/callback`, for servers that accept only a registered one. By
    /// default, `login` uses a free port.
    pub port: Option<u16>,
    /// More parameters of the authorization request: `{audience: https://api.example.com}`.
    pub parameters: IndexMap<String, String>,
    /// The page on which users agree. Overrides that of the document.
    pub authorization_url: Option<String>,
    /// The endpoint for devices without a browser, which only OpenAPI 3.2 describes. Overrides that of the document.
    pub device_authorization_url: Option<String>,
    /// The token endpoint. Overrides that of the document.
    pub token_url: Option<String>,
}

/// The command-line program over the generated crate.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CommandLine {
    /// The name of the binary; empty for that of the client crate.
    pub name: String,
    /// The name of the crate; empty for the name of the client crate with `-cli`.
    pub package: String,
    /// The path from the program's folder to the folder of the client crate.
    pub client_path: String,
    /// Operations that ask before they are sent.
    pub confirm: Vec<String>,
    /// How `login` requests tokens by OAuth 2.0.
    pub oauth: OAuth,
    /// Whether the crate is a member of a workspace in its repository.
    pub workspace_member: bool,
}

impl OAuth {
    /// Lists the URLs by their keys.
    fn urls(&self) -> impl Iterator<Item = (&'static str, &String)> {
        let urls = [
            ("authorization_url", &self.authorization_url),
            ("device_authorization_url", &self.device_authorization_url),
            ("token_url", &self.token_url),
        ];
        urls.into_iter()
            .filter_map(|(key, url)| Some((key, url.as_ref()?)))
    }
}

/// Returns whether a URL is one of HTTP, or a path below the base URL.
fn is_http(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://") || url.starts_with('/')
}

impl CommandLine {
    /// Returns the name of the crate, for a client crate of this name.
    pub fn package(&self, client: &str) -> String {
        match &*self.package {
            "" => format!("{client}-cli"),
            name => name.to_owned(),
        }
    }
}

/// Returns the program that goes into `dir`, beside the client crate in `out`.
pub fn command_line(file: CommandLineFile, dir: &Path, out: &Path) -> Result<CommandLine, Fault> {
    for (key, name) in [("name", &file.name), ("package", &file.package)] {
        if let Some(name) = name {
            let at = || vec!["cli".to_owned(), key.to_owned()];
            check::name(name).map_err(|fault| (at(), fault))?;
        }
    }
    for (key, url) in file.oauth.urls() {
        if !is_http(url) {
            let at = vec!["cli".to_owned(), "oauth".to_owned(), key.to_owned()];
            return Err((at, format!("`{url}` is not an `http` or `https` URL")));
        }
    }
    let client_path = relative(dir, out).ok_or_else(|| {
        let fault = "the program and the crate need folders on the same drive".to_owned();
        (vec!["cli".to_owned(), "dir".to_owned()], fault)
    })?;
    Ok(CommandLine {
        name: file.name.unwrap_or_default(),
        package: file.package.unwrap_or_default(),
        client_path,
        confirm: file.confirm,
        oauth: file.oauth,
        workspace_member: workspace::workspace_lists(dir),
    })
}
