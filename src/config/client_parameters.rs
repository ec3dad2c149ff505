//! `client_parameters`: parameters that are set once on the client.

use super::check::{self, Fault};
use super::settings::place::Places;
use crate::ir::{ClientParameterConfig, ConfigPosition, ConfiguredParameter, is_scalar};
use indexmap::IndexMap;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value as Json;
use std::fmt;

/// A parameter of the client, as written in the file.
#[derive(Debug)]
pub enum ClientParameterFile {
    /// Whether the client sets the parameter, or each request.
    Switch(bool),
    Settings(ClientParameterSettings),
}

/// The client sets the parameter.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ClientParameterSettings {
    /// The value for clients that set none. By default, it is the one in the parameter's schema, if an operation
    /// requires the parameter.
    default: Option<Json>,
    /// The environment variable that `Client::from_env` reads the value from.
    env: Option<String>,
}

impl<'de> Deserialize<'de> for ClientParameterFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ParameterVisitor)
    }
}

struct ParameterVisitor;

impl<'de> Visitor<'de> for ParameterVisitor {
    type Value = ClientParameterFile;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`true`, `false`, or a map with `default` or `env`")
    }

    fn visit_bool<E: Error>(self, is_shared: bool) -> Result<ClientParameterFile, E> {
        Ok(ClientParameterFile::Switch(is_shared))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<ClientParameterFile, A::Error> {
        let map = MapAccessDeserializer::new(map);
        ClientParameterSettings::deserialize(map).map(ClientParameterFile::Settings)
    }
}

/// Returns the configured parameters.
pub fn client_parameters(
    file: IndexMap<String, ClientParameterFile>,
    places: &Places<'_>,
) -> Result<ClientParameterConfig, Fault> {
    let mut config = ClientParameterConfig::default();
    for (name, parameter) in file {
        let steps = |keys: &[&str]| {
            let steps = ["client_parameters", &name]
                .into_iter()
                .chain(keys.iter().copied());
            steps.map(str::to_owned).collect::<Vec<_>>()
        };
        let key = ConfigPosition(places.key(&steps(&[])));
        let (is_shared, default, env) = match parameter {
            ClientParameterFile::Switch(is_shared) => (is_shared, None, None),
            ClientParameterFile::Settings(settings) => (true, settings.default, settings.env),
        };
        if default.as_ref().is_some_and(|value| !is_scalar(value)) {
            let why = "a default is a text, a number, `true` or `false`".to_owned();
            return Err((steps(&["default"]), why));
        }
        if let Some(env) = &env {
            check::env(env).map_err(|why| (steps(&["env"]), why))?;
        }
        let parameter = ConfiguredParameter {
            key,
            is_shared,
            default,
            env,
        };
        config.insert(name, parameter);
    }
    Ok(config)
}

#[cfg(test)]
mod tests {
    use super::super::{Overrides, Settings};
    use std::path::Path;

    fn fault(parameters: &str) -> String {
        let text = format!("spec: a.yaml\nclient_parameters:\n  X-Version: {parameters}\n");
        let settings = Settings::from_file(Path::new("sdkgen.yaml"), &text, Overrides::default());
        settings.map_or_else(|fault| fault.to_string(), |_| String::new())
    }

    #[test]
    fn faults_have_positions() {
        for right in [
            "true",
            "false",
            "{}",
            "{default: 2024-06-01}",
            "{default: 2, env: X}",
        ] {
            assert_eq!(fault(right), "", "{right}");
        }
        assert_eq!(
            fault("{default: [a]}"),
            "sdkgen.yaml:3:24: a default is a text, a number, `true` or `false`"
        );
        assert!(fault("{env: a b}").starts_with("sdkgen.yaml:3:20: "));
        assert_eq!(
            fault("{defualt: a}"),
            "sdkgen.yaml:3:15: unknown key `defualt` in `client_parameters.X-Version`; did you mean `default`? \
             (known: default, env)"
        );
        assert!(fault("yes please").contains("`true`, `false`, or a map with `default` or `env`"));
    }
}
