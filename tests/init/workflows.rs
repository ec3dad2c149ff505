//! The steps of workflows, as a runner of GitHub Actions evaluates them.

use super::support::place::Location;
use serde_json::Value as Json;
use std::fs;
use std::path::Path;

/// A step that runs commands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub name: String,
    pub run: String,
    /// The evaluated variables of the workflow, the job and the step.
    pub variables: Vec<(String, String)>,
}

impl Step {
    /// Runs the step. Returns whether it succeeded, and its output.
    pub fn tried(&self, place: &Location, more: &[(&str, &str)]) -> (bool, String) {
        let own = self.variables.iter();
        let own = own.map(|(name, value)| (name.as_str(), value.as_str()));
        let variables: Vec<_> = own.chain(more.iter().copied()).collect();
        place.tried(&self.run, &variables)
    }

    pub fn passes(&self, place: &Location) -> String {
        let (passed, told) = self.tried(place, &[]);
        assert!(passed, "{}\n{told}", self.name);
        told
    }
}

/// Returns the steps of all jobs of a workflow that run commands.
pub fn steps(workflow: &Path) -> Vec<Step> {
    let text = fs::read_to_string(workflow).unwrap();
    let workflow: Json = serde_yaml::from_str(&text).unwrap();
    let mut steps = Vec::new();
    for job in workflow["jobs"].as_object().unwrap().values() {
        for step in job["steps"].as_array().unwrap() {
            let Some(run) = step["run"].as_str() else {
                continue;
            };
            let name = step["name"].as_str().unwrap_or_default().to_owned();
            assert!(!run.contains("${{"), "`{name}` has an expression: {run}");
            let levels = [&workflow["env"], &job["env"], &step["env"]];
            let variables = levels.into_iter().filter_map(Json::as_object).flatten();
            let variables = variables.map(|(name, value)| {
                let value = value.as_str().expect("a variable is a string");
                (name.clone(), evaluated(value))
            });
            steps.push(Step {
                name,
                run: run.to_owned(),
                variables: variables.collect(),
            });
        }
    }
    steps
}

/// Evaluates the expressions in a text. Panics on an expression that the templates do not use.
fn evaluated(text: &str) -> String {
    let Some((before, rest)) = text.split_once("${{") else {
        return text.to_owned();
    };
    // A quoted delimiter does not end an expression.
    let mut is_quoted = false;
    let end = rest.char_indices().find(|(at, char)| {
        is_quoted ^= *char == '\'';
        !is_quoted && rest[*at..].starts_with("}}")
    });
    let (end, _) = end.expect("an expression ends");
    let value = match rest[..end].trim() {
        "'${{'" => "${{",
        "github.token" => "a-token",
        "steps.auth.outputs.token" => "another-token",
        other => panic!("`{other}` is evaluated"),
    };
    format!("{before}{value}{}", evaluated(&rest[end + 2..]))
}
