//! `wait`: operations to poll, and when polling ends.

use super::check::Fault;
use super::settings::place::Places;
use crate::ir::{ConfigPosition, PollingConfig, PollingRule};
use crate::naming::{IdentCase, reserved, words::words};
use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value as Json;

/// Polling of an operation.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct WaitFile {
    /// The name of the method that waits.
    name: String,
    /// The condition that ends the wait. Without it, the caller passes a closure.
    until: Option<UntilFile>,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct UntilFile {
    /// The property of the response with the state, as a path separated by dots.
    property: String,
    /// The values of the property that end the wait.
    values: Vec<Json>,
}

/// Returns the polling configuration.
pub fn polling(
    file: IndexMap<String, WaitFile>,
    places: &Places<'_>,
) -> Result<PollingConfig, Fault> {
    let mut rules = PollingConfig::default();
    for (operation, wait) in file {
        let steps = |keys: &[&str]| {
            let steps = ["wait", &operation].into_iter().chain(keys.iter().copied());
            steps.map(str::to_owned).collect::<Vec<_>>()
        };
        name(&wait.name).map_err(|why| (steps(&["name"]), why))?;
        if let Some(until) = &wait.until {
            values(&until.values).map_err(|why| (steps(&["until", "values"]), why.to_owned()))?;
        }
        let at = ConfigPosition(places.key(&steps(&[])));
        let until = wait.until.map(|until| (until.property, until.values));
        let name = wait.name;
        rules.insert(operation, PollingRule { at, name, until });
    }
    Ok(rules)
}

/// Checks that a name is valid for a method of a request builder.
fn name(name: &str) -> Result<(), String> {
    let ident = IdentCase::Snake.ident(&words(name));
    if ident != name {
        return Err(format!(
            "`{name}` is not a valid name of a method; use `{ident}`"
        ));
    }
    let mut taken = reserved::CALL.iter().chain(reserved::PAGES);
    match taken.any(|taken| *taken == name) {
        true => Err(format!(
            "`{name}` is already a method of the request builder"
        )),
        false => Ok(()),
    }
}

fn values(values: &[Json]) -> Result<(), &'static str> {
    let is_plain = |value: &Json| value.is_string() || value.is_boolean() || value.is_number();
    match values.is_empty() || !values.iter().all(is_plain) {
        true => Err("set at least one value: a string, a number, `true` or `false`"),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Overrides, Settings};
    use crate::diag::Location;
    use crate::ir::{ConfigPosition, PollingRule};
    use serde_json::json;
    use std::path::Path;

    fn wait(text: &str) -> Result<PollingRule, String> {
        let text = format!("spec: a.yaml\nwait:\n  getJob: {text}\n");
        let settings = Settings::from_file(Path::new("sdkgen.yaml"), &text, Overrides::default());
        let settings = settings.map_err(|fault| fault.to_string())?;
        Ok(settings.job().options.polling["getJob"].clone())
    }

    #[test]
    fn both_forms_are_parsed() {
        let name = "wait_until_ended".to_owned();
        let until = wait("{name: wait_until_ended, until: {property: a.b, values: [ok, 5, true]}}");
        let until = until.unwrap();
        assert!(
            matches!(&until.at, ConfigPosition(Location::Line(line)) if (line.number, line.column) == (3, 3))
        );
        assert_eq!(
            until,
            PollingRule {
                at: until.at.clone(),
                name,
                until: Some(("a.b".to_owned(), vec![json!("ok"), json!(5), json!(true)])),
            }
        );
        assert_eq!(wait("{name: wait_until}").unwrap().until, None);
    }

    #[test]
    fn the_guide_shows_waits_that_can_be_read() {
        let guide = include_str!("../../docs/guide/src/waiting.md");
        let (_, rest) = guide.split_once("```yaml config\nwait:\n").unwrap();
        let (waits, _) = rest.split_once("```").unwrap();
        let text = format!("spec: a.yaml\nwait:\n{waits}");
        let settings = Settings::from_file(Path::new("x.yaml"), &text, Overrides::default());
        assert_eq!(settings.unwrap().job().options.polling.len(), 2);
    }

    #[test]
    fn faults_have_positions() {
        let at = |text: &str| wait(text).unwrap_err();
        assert_eq!(
            at("{name: waitUntil}"),
            "sdkgen.yaml:3:18: `waitUntil` is not a valid name of a method; use `wait_until`"
        );
        assert_eq!(
            at("{name: send}"),
            "sdkgen.yaml:3:18: `send` is already a method of the request builder"
        );
        assert_eq!(
            at("{name: wait, until: {property: a, values: []}}"),
            "sdkgen.yaml:3:53: set at least one value: a string, a number, `true` or `false`"
        );
        assert_eq!(
            at("{name: wait, untill: {}}"),
            "sdkgen.yaml:3:24: unknown key `untill` in `wait.getJob`; did you mean `until`? (known: name, until)"
        );
    }
}
