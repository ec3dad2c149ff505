//! The configuration key `streams`.

use super::{generated, refused};

const STREAMS: &str = "fixtures/operations/undescribed-streams.yaml";

#[test]
fn the_configuration_decides_what_is_streamed() {
    let events = |config: &str| {
        let files = generated(config, STREAMS).package.0;
        let builders = &files["src/resources/messages/builders.rs"];
        let lines = builders
            .lines()
            .filter(|line| line.contains("fn send_events("));
        let lines: Vec<&str> = lines
            .map(|line| {
                line.split(['<', '>'])
                    .nth(3)
                    .unwrap()
                    .trim_start_matches("types::")
            })
            .collect();
        lines.join(" ")
    };
    let found = "AnswerStreamEvent MessageStreamEvent RunStreamEvent";
    let mut all: Vec<String> = events("").split(' ').map(str::to_owned).collect();
    all.sort();
    assert_eq!(all.join(" "), found);
    let config = "streams: {ask: false, createRun: false, other: Message, POST /messages: Start}\n";
    let mut all: Vec<String> = events(config).split(' ').map(str::to_owned).collect();
    all.sort();
    assert_eq!(all.join(" "), "Message Start");
}

#[test]
fn unknown_operations_and_types_are_errors() {
    let config = "streams: {aks: Message, ask: Mesage}\n";
    insta::assert_snapshot!(refused(config, STREAMS));
    let config = "streams: {deleteThing: Thing}\n";
    insta::assert_snapshot!(refused(
        config,
        "fixtures/operations/client-parameters.yaml"
    ));
}
