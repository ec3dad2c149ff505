//! Lists page by page over real sockets, by a program on the crate of `fixtures/operations/pages.yaml`
//! (`pages/program.rs`); and what the configuration says of pages.

mod support;

use std::time::Duration;
use support::generate::{Attempt, Outcome, generate_with};
use support::{Workshop, repository};

fn attempt(config: &str) -> Attempt {
    let spec = repository().join("tests/fixtures/operations/pages.yaml");
    generate_with(config, &spec, "pages", Duration::from_secs(60))
}

fn lists(attempt: &Attempt) -> &str {
    match &attempt.outcome {
        Outcome::Generated(generated) => &generated.package.0["src/resources/lists/builders.rs"],
        Outcome::Refused(why) => panic!("{why}"),
        _ => panic!("nothing was generated"),
    }
}

#[test]
fn lists_are_gone_through() {
    let attempt = attempt(
        "pagination:\n  \
         listFromNobodyKnowsWhere: {page: page, first: 0}\n  \
         searchThings: {cursor: paging.cursor, next: next_cursor}\n  \
         POST /search/by-page: {page: page}\n  \
         searchByUrl: {next_url: next_page}\n",
    );
    let mut workshop = Workshop::new("pages");
    workshop.add(&attempt);
    let files = [
        ("Cargo.toml", include_str!("pages/program.toml")),
        ("src/main.rs", include_str!("pages/program.rs")),
        ("src/server.rs", include_str!("exchange/server.rs")),
    ];
    workshop.add_program("pages-cases", &files);
    workshop.finish();
    support::say(workshop.run("pages-cases", &[]).trim_end());
}

/// The constants of a file that say how pages follow.
fn pagings(text: &str) -> usize {
    text.matches("const PAGING").count()
}

#[test]
fn the_configuration_goes_before_what_is_found() {
    let usual = attempt("");
    assert_eq!(pagings(lists(&usual)), 7);
    let off = attempt("pagination: {listByCursor: none, GET /offset: none}");
    assert_eq!(pagings(lists(&off)), 5);
    let other = attempt(
        "pagination:\n  listByCursor: {cursor: page_token, next: meta.next_page_token, items: data}\n  \
         listByNextUrl: {next_url: '@odata.nextLink'}\n",
    );
    let text = lists(&other);
    assert_eq!(pagings(text), 7);
    assert!(text.contains(r#"paging::Next::Url(&["@odata.nextLink"])"#));
    assert!(!text.contains("paging::End::More(&[\"meta\""));
}

#[test]
fn what_the_configuration_names_must_be_there() {
    let attempt = attempt(
        "pagination:\n  \
         listByCursr: none\n  \
         POST /cursor: none\n  \
         listByCursor: {cursor: token, next: meta.next_page_token}\n  \
         listByPage: {page: page, total: total}\n  \
         listByOffset: {offset: offset, items: total_count}\n  \
         listByTotalPages: {next_url: things.next}\n  \
         listByLastItem: {cursor: starting_after, last_item: key}\n  \
         createThing: {page: page}\n  \
         searchThings: {cursor: paging.cursr, next: next_cursor}\n  \
         getSeveral: link\n",
    );
    let Outcome::Refused(why) = attempt.outcome else {
        panic!("it is not refused");
    };
    insta::assert_snapshot!(why);
}
