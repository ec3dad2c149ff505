//! Credentials: from the environment, or stored by `login` in a file that only its owner reads.
//!
//! The file has profiles. Each has a text or the tokens of a login for each credential, and may have a base URL. A user
//! name and a password are one text, with a colon in between.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::ArgMatches;
use serde_json::{Map, Value, json};

use super::fault::{Fault, FaultKind};
use super::run::text;
use super::secrets::Secrets;
use super::specification::Specification;

/// The profile that is used unless another is named.
pub const DEFAULT_PROFILE: &str = "default";

/// The credentials of one run.
#[derive(Clone, Default)]
pub struct Stored {
    /// By the setter of the client.
    credentials: BTreeMap<String, String>,
    /// The tokens of logins, by the same names.
    pub tokens: BTreeMap<String, Value>,
    pub profile: String,
    pub base_url: Option<String>,
    /// What no output may have.
    pub secrets: Secrets,
    /// Whether requests are printed.
    pub is_verbose: bool,
    pub program: String,
    /// The environment variable of each credential.
    variables: BTreeMap<String, String>,
    is_placeholder: bool,
}

/// Shows no secret.
impl std::fmt::Debug for Stored {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names: Vec<_> = self.credentials.keys().collect();
        f.debug_struct("Stored")
            .field("credentials", &names)
            .finish_non_exhaustive()
    }
}

impl Stored {
    /// Finds the credentials: those of the named profile; or else those of the environment, and of the default profile.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read, or has no such profile.
    pub fn find(described: &Specification, matches: &ArgMatches) -> Result<Self, Fault> {
        let variable = format!("{}_PROFILE", described.env_prefix);
        let named = text(matches, "profile").or_else(|| from_env(&variable));
        let profiles = Profiles::read(&described.program)?;
        let mut found = match &named {
            Some(name) => profiles.get(name).ok_or_else(|| {
                let message = format!("there is no profile `{name}`");
                Fault::new(FaultKind::Auth, message)
                    .hint(format!("{} login --profile {name}", described.program))
            })?,
            None => profiles.get(DEFAULT_PROFILE).unwrap_or_default(),
        };
        found.program.clone_from(&described.program);
        found.is_verbose = matches.get_flag("verbose");
        for credential in &described.credentials {
            let name = &credential.name;
            found.variables.insert(name.clone(), credential.env.clone());
            let set = from_env(&credential.env);
            let is_stored = named.is_some() && found.credentials.contains_key(name);
            if let Some(secret) = set.filter(|_| !is_stored) {
                found.credentials.insert(name.clone(), secret);
                found.tokens.remove(name);
            }
        }
        for secret in found.credentials.values() {
            found.secrets.add(secret);
        }
        let url = from_env(&described.base_url_env);
        if let Some(url) = url.filter(|_| named.is_none() || found.base_url.is_none()) {
            found.base_url = Some(url);
        }
        Ok(found)
    }

    /// Replaces each secret by a placeholder. If no credential is set, all have one.
    pub fn placeholders(mut self) -> Self {
        if self.credentials.is_empty() {
            self.credentials = self
                .variables
                .keys()
                .map(|name| (name.clone(), String::new()))
                .collect();
        }
        self.tokens.clear();
        for (index, secret) in self.credentials.values_mut().enumerate() {
            *secret = placeholder(index);
        }
        self.is_placeholder = true;
        self
    }

    /// Returns the placeholders with the environment variables that they stand for.
    pub fn stand_ins(&self) -> Vec<(String, String)> {
        let secrets = self.credentials.keys().enumerate();
        let variable = |name: &String| self.variables.get(name).cloned().unwrap_or_default();
        secrets
            .map(|(index, name)| (placeholder(index), variable(name)))
            .collect()
    }

    pub fn is_empty(&self) -> bool {
        self.credentials.is_empty()
    }

    /// Returns a secret by the setter of the client.
    pub fn secret(&self, name: &str) -> Option<String> {
        self.credentials.get(name).cloned()
    }

    /// Returns a user name and a password.
    pub fn basic(&self, name: &str) -> Option<(String, String)> {
        let secret = self.credentials.get(name)?;
        let (user, password) = match self.is_placeholder {
            true => (&**secret, &**secret),
            false => secret.split_once(':').unwrap_or((secret, "")),
        };
        Some((user.to_owned(), password.to_owned()))
    }
}

fn placeholder(index: usize) -> String {
    format!("SECRET{index}SECRET")
}

/// Returns the value of a variable, unless it is empty.
pub fn from_env(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// The stored profiles.
#[derive(Debug)]
pub struct Profiles {
    path: PathBuf,
    profiles: Map<String, Value>,
}

impl Profiles {
    /// Reads the file of a program.
    ///
    /// # Errors
    ///
    /// Returns an error if it cannot be read, or is not JSON.
    pub fn read(program: &str) -> Result<Self, Fault> {
        let path = folder(program).join("credentials.json");
        let profiles = match std::fs::read_to_string(&path) {
            Ok(text) => serde_json::from_str(&text).map_err(|error| {
                Fault::usage(format!("`{}` is not valid: {error}", path.display()))
            })?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Map::new(),
            Err(error) => {
                return Err(Fault::usage(format!(
                    "cannot read `{}`: {error}",
                    path.display()
                )));
            }
        };
        Ok(Self { path, profiles })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn names(&self) -> impl Iterator<Item = &String> {
        self.profiles.keys()
    }

    /// Returns the stored value of a credential: a text, or the tokens of a login.
    pub fn value(&self, profile: &str, credential: &str) -> Option<&Value> {
        let profile = self.profiles.get(profile)?;
        profile.get("credentials")?.get(credential)
    }

    /// Returns the base URL of a profile.
    pub fn base_url(&self, profile: &str) -> Option<String> {
        let url = self.profiles.get(profile)?.get("base_url")?;
        url.as_str().map(str::to_owned)
    }

    fn get(&self, name: &str) -> Option<Stored> {
        let profile = self.profiles.get(name)?.as_object()?;
        let mut stored = Stored {
            profile: name.to_owned(),
            base_url: self.base_url(name),
            ..Stored::default()
        };
        let values = profile.get("credentials").and_then(Value::as_object);
        for (name, value) in values.into_iter().flatten() {
            if let Some(secret) = value.as_str() {
                stored.credentials.insert(name.clone(), secret.to_owned());
            } else if let Some(token) = value.get("access_token").and_then(Value::as_str) {
                stored.credentials.insert(name.clone(), token.to_owned());
                stored.tokens.insert(name.clone(), value.clone());
            }
        }
        Some(stored)
    }

    /// Stores a credential, and a base URL if there is one.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be written.
    pub fn store(
        &mut self,
        profile: &str,
        credential: &str,
        value: Value,
        base_url: Option<&str>,
    ) -> Result<(), Fault> {
        let profile = self.profiles.entry(profile).or_insert_with(|| json!({}));
        profile["credentials"][credential] = value;
        if let Some(url) = base_url {
            profile["base_url"] = url.into();
        }
        self.write()
    }

    /// Removes a profile. Returns whether there was one.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be written.
    pub fn remove(&mut self, profile: &str) -> Result<bool, Fault> {
        let was_there = self.profiles.remove(profile).is_some();
        if was_there {
            self.write()?;
        }
        Ok(was_there)
    }

    /// Writes the file beside its place first, so that it is never half written.
    fn write(&self) -> Result<(), Fault> {
        let fault = |error: std::io::Error| {
            Fault::usage(format!("cannot write `{}`: {error}", self.path.display()))
        };
        if let Some(folder) = self.path.parent() {
            std::fs::create_dir_all(folder).map_err(fault)?;
        }
        let text = serde_json::to_string_pretty(&self.profiles).unwrap_or_default() + "\n";
        let staged = self
            .path
            .with_extension(format!("{}.new", std::process::id()));
        let mut file = private(&staged).map_err(fault)?;
        file.write_all(text.as_bytes()).map_err(fault)?;
        file.sync_all().map_err(fault)?;
        std::fs::rename(&staged, &self.path).map_err(fault)
    }
}

/// Creates a file that only its owner may read.
fn private(path: &Path) -> std::io::Result<std::fs::File> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}

/// Returns the folder of a program's configuration.
fn folder(program: &str) -> PathBuf {
    let variable = |name: &str| from_env(name).map(PathBuf::from);
    let home = || variable("HOME").map(|home| home.join(".config"));
    let base = variable("XDG_CONFIG_HOME").or_else(|| match cfg!(windows) {
        true => variable("APPDATA"),
        false => home(),
    });
    base.unwrap_or_default().join(program)
}
