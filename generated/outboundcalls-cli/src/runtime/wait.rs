//! Polling: sends a request until a property of its response has one of some values.

use std::time::{Duration, Instant};

use serde_json::Value;

use super::fault::{Fault, FaultKind};
use super::specification::Condition;
use super::value;

/// How polling waits, and when it gives up.
#[derive(Debug, Clone)]
pub struct Poll {
    pub condition: Condition,
    interval: Duration,
    started: Instant,
}

const LONGEST_INTERVAL: Duration = Duration::from_secs(30);
const DEADLINE: Duration = Duration::from_secs(15 * 60);

impl Poll {
    pub fn new(condition: Condition, interval: Option<Duration>) -> Self {
        Self {
            condition,
            interval: interval.unwrap_or(Duration::from_secs(1)),
            started: Instant::now(),
        }
    }

    /// Returns whether a response ends the wait.
    pub fn is_done(&self, response: &Value) -> bool {
        let condition = &self.condition;
        let around = condition
            .within
            .iter()
            .filter_map(|name| response.get(name));
        let mut places = around.chain([response]);
        let found = places.find_map(|place| value::at(place, &condition.member));
        found.is_some_and(|found| condition.values.contains(found))
    }

    /// Returns how long to wait before the next request: 1.5 times as long each time.
    ///
    /// # Errors
    ///
    /// Returns an error after 15 minutes.
    pub fn next_wait(&mut self) -> Result<Duration, Fault> {
        let wait = self.interval.min(LONGEST_INTERVAL);
        if self.started.elapsed() + wait > DEADLINE {
            return Err(Fault::new(
                FaultKind::Network,
                "the work was not done after 15 minutes",
            ));
        }
        self.interval = wait.saturating_add(wait / 2);
        Ok(wait)
    }
}

/// Reads a condition such as `status=completed,failed`. `within` are the properties of an envelope.
///
/// # Errors
///
/// Returns a usage error if it has another form.
pub fn condition(text: &str, within: &[String]) -> Result<Condition, Fault> {
    let fault = || {
        Fault::usage(format!(
            "--until: `{text}` is not of the form PROPERTY=VALUE,VALUE"
        ))
    };
    let (member, values) = text.split_once('=').ok_or_else(fault)?;
    if member.is_empty() || values.is_empty() {
        return Err(fault());
    }
    // A value may be a text that looks like a number.
    let values = values.split(',').flat_map(|value| {
        let parsed = serde_json::from_str(value).ok();
        parsed.into_iter().chain([Value::from(value)])
    });
    Ok(Condition {
        within: within.to_vec(),
        member: member.split('.').map(str::to_owned).collect(),
        values: values.collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::{Poll, condition};
    use serde_json::json;

    #[test]
    fn conditions_are_met_inside_of_envelopes() {
        let until = condition("status=completed,5", &["data".to_owned()]).unwrap();
        let poll = Poll::new(until, None);
        assert!(poll.is_done(&json!({"data": {"status": "completed"}})));
        assert!(poll.is_done(&json!({"status": 5})) && poll.is_done(&json!({"status": "5"})));
        assert!(!poll.is_done(&json!({"status": "ringing"})) && !poll.is_done(&json!(null)));
        assert!(condition("status", &[]).is_err());
    }
}
