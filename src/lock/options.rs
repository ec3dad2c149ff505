//! Prints the options as text that does not depend on how sdkgen represents them.

use crate::config::Options;
use crate::filter::config::Filter;
use serde_json::{Value, json};

/// Returns the options as JSON, without those that have their default.
///
/// The text stays the same if a later version of sdkgen adds an option, because its default is left out. Keys are
/// sorted, so neither the order of the configuration nor that of sdkgen's fields matters.
pub fn meaning(options: &Options, filter: &Filter) -> String {
    let of = |options: &Options, filter: &Filter| json!({"filter": filter, "options": options});
    let default = of(&Options::default(), &Filter::default());
    let mut meaning = of(options, filter);
    drop_defaults(&mut meaning, &default);
    meaning.sort_all_objects();
    meaning.to_string()
}

/// Removes the properties that equal their default.
fn drop_defaults(value: &mut Value, default: &Value) {
    let (Value::Object(members), Value::Object(defaults)) = (value, default) else {
        return;
    };
    members.retain(|key, member| defaults.get(key) != Some(member));
    for (key, member) in members {
        if let Some(default) = defaults.get(key) {
            drop_defaults(member, default);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{drop_defaults, meaning};
    use crate::config::{Dates, Keys, Options};
    use crate::filter::config::Filter;
    use serde_json::json;

    /// The text is hashed in every committed lock file, so it may change only with the meaning.
    #[test]
    fn defaults_are_left_out() {
        assert_eq!(meaning(&Options::default(), &Filter::default()), "{}");
        let mut options = Options {
            keys: Keys {
                dates: Dates::Chrono,
                ..Keys::default()
            },
            ..Options::default()
        };
        options.package.name = "pets".to_owned();
        let mut filter = Filter::default();
        filter.exclude.tags = vec!["internal".to_owned()];
        assert_eq!(
            meaning(&options, &filter),
            r#"{"filter":{"exclude":{"tags":["internal"]}},"options":{"dates":"chrono","package":{"name":"pets"}}}"#
        );
    }

    #[test]
    fn added_options_change_nothing() {
        let mut before = json!({"name": "pets", "retry": {"header": "Key"}});
        let mut after = json!({"name": "pets", "new": [], "retry": {"header": "Key", "new": 3}});
        drop_defaults(&mut before, &json!({"name": "", "retry": {"header": null}}));
        let default = json!({"name": "", "new": [], "retry": {"header": null, "new": 3}});
        drop_defaults(&mut after, &default);
        assert_eq!(before, after);
    }
}
