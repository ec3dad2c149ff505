//! Effects of the configuration file on a crate.

mod client_parameters;
mod keys;
mod own_types;
mod pages;
mod quick_start;
mod streams;
#[path = "../support/mod.rs"]
mod support;
mod waits;
mod webhooks;

use sdkgen::pipeline::Generated;
use std::collections::BTreeMap;
use std::time::Duration;
use support::generate::{Attempt, Outcome, generate_with};
use support::repository;

/// Generates the crate of a document below `tests`.
fn attempt(config: &str, document: &str) -> Attempt {
    let spec = repository().join("tests").join(document);
    generate_with(config, &spec, "configured", Duration::from_secs(60))
}

fn generated(config: &str, document: &str) -> Generated {
    match attempt(config, document).outcome {
        Outcome::Generated(generated) => *generated,
        Outcome::Refused(why) => panic!("{why}"),
        _ => panic!("nothing was generated"),
    }
}

/// Returns the files of a resource and its builders.
fn resource(files: &BTreeMap<String, String>, module: &str) -> String {
    let builders = &files[&format!("src/resources/{module}/builders.rs")];
    format!(
        "{}\n{builders}",
        files[&format!("src/resources/{module}.rs")]
    )
}

fn refused(config: &str, document: &str) -> String {
    match attempt(config, document).outcome {
        Outcome::Refused(why) => why,
        _ => panic!("it is not refused"),
    }
}

const NAMES: &str = include_str!("names.sdkgen.yaml");

#[test]
fn names_of_the_configuration_are_given() {
    let files = generated(NAMES, "fixtures/config/names.yaml").package.0;
    let calls = resource(&files, "calls");
    for wanted in ["fn list_all(", "fn find(", "fn search(", "types::Call"] {
        assert!(calls.contains(wanted), "{wanted} in\n{calls}");
    }
    let client = &files["src/client.rs"];
    assert!(client.contains("fn calls(&self)") && client.contains("fn voices(&self)"));
    assert!(files.contains_key("src/resources/voices.rs"));
    let call = &files["src/types/call.rs"];
    for wanted in [
        "pub struct Call ",
        "pub description: ",
        "pub cost: Option<Price>",
        "pub struct Price ",
    ] {
        assert!(call.contains(wanted), "{wanted} in\n{call}");
    }
    let vote = &files["src/types/vote.rs"];
    assert!(
        vote.contains("        Yes = \"+1\",") && vote.contains("Minus1"),
        "{vote}"
    );
}

#[test]
fn names_of_the_configuration_must_fit() {
    let config = "\
names:
  tags: {phone-call: calls, agents: new}
  operations: {listPhoneCall: list, listAgents: find, getPhoneCall: find_all, listPhoneCalls: find_all}
  parameters: {listPhoneCalls.p: search, getPhoneCall.id: send}
  types: {PhoneCall: Call, Vote: String}
  members: {PhoneCallV2.des: description, Vote.+1: yes, PhoneCallV2.vote: Vote}
";
    insta::assert_snapshot!(refused(config, "fixtures/config/names.yaml"));
}

#[test]
fn empty_values_are_allowed_of_path_parameters_alone() {
    let files = generated(
        "allow_empty: [getPhoneCall.id]",
        "fixtures/config/names.yaml",
    );
    let calls = &files.package.0["src/resources/phone_calls.rs"];
    assert!(calls.contains("Style::SIMPLE.empty()"), "{calls}");
    insta::assert_snapshot!(refused(
        "allow_empty: [listPhoneCalls.q, getPhoneCall.ids]",
        "fixtures/config/names.yaml"
    ));
}

#[test]
fn extensions_of_other_generators_are_supported() {
    let files = generated("", "fixtures/config/hints.yaml").package.0;
    let has = |path: &str, wanted: &[&str]| {
        let module = path.strip_prefix("src/resources/");
        let text = match module.and_then(|module| module.strip_suffix(".rs")) {
            Some(module) => resource(&files, module),
            None => files[path].clone(),
        };
        for wanted in wanted {
            assert!(text.contains(wanted), "{wanted} in\n{text}");
        }
    };
    has(
        "src/resources/history.rs",
        &[
            "What was said.",
            "fn list(",
            "fn search_term(",
            "const PAGING",
            "pub struct ListHistoryBuilder ",
            "Next::Page(paging::PageParameter::Query(\"page\"), 0)",
        ],
    );
    let made = ["fn make(", "types::HistoryItem", "\"X-Once\""];
    has("src/resources/history_items.rs", &made);
    let users = ["fn everyone(", "paging::Next::LastItem", "fn invite("];
    has("src/resources/admin_users.rs", &users);
    has(
        "src/types/history_item.rs",
        &["pub value: ", "Angry = \"a\""],
    );
    has(
        "src/types/state.rs",
        &["/// Below.", "Less = \"<\"", "More = \">\""],
    );
    has(
        "src/resources/search.rs",
        &[
            "fn query_text(",
            "paging::PageParameter::Body(&[\"after\"], patch::put)",
        ],
    );
    has("src/types/level.rs", &["Low = 1", "High = 2"]);
    has("src/servers.rs", &["const PRODUCTION:", "const EU:"]);
    for absent in ["src/resources/internal.rs", "src/types/secret.rs"] {
        assert!(!files.contains_key(absent), "{absent}");
    }
}

#[test]
fn the_configuration_overrides_extensions() {
    let config = "\
names:
  tags: {history: past}
  operations: {getUsers: all, createItem: add}
  types: {item_v1: Item}
  members: {item_v1.val: content, State.<: Below}
pagination: {getUsers: none}
filter: {include: {operations: [getInternal], paths: [/users, /history, /search]}}
";
    let files = generated(config, "fixtures/config/hints.yaml").package.0;
    assert!(files["src/resources/past.rs"].contains("fn list("));
    assert!(files["src/resources/history_items.rs"].contains("fn add("));
    let users = resource(&files, "admin_users");
    assert!(
        users.contains("fn all(") && !users.contains("const PAGING"),
        "{users}"
    );
    assert!(files["src/types/item.rs"].contains("pub content: "));
    assert!(files["src/types/state.rs"].contains("Below = \"<\""));
    assert!(files.contains_key("src/types/secret.rs"));
}

#[test]
fn retried_statuses_are_those_of_the_configuration() {
    let config =
        "retry: {statuses: [425, 503], statuses_with_retry_after: []}\ngzip_requests: 2048\n";
    let files = generated(config, "fixtures/config/names.yaml").package.0;
    let client = &files["src/client.rs"];
    for wanted in [
        "    statuses: &[425, 503],\n    with_retry_after: &[],\n",
        ".retried(RETRIED)",
        ".gzip_from(2048)",
        "use crate::runtime::Retried;",
    ] {
        assert!(client.contains(wanted), "{wanted} in\n{client}");
    }
    let readme = &files["README.md"];
    assert!(readme.contains("the statuses 425 and 503. "), "{readme}");
}
