//! The configuration key `pagination`.

use super::{generated, refused};

const DOCUMENT: &str = "fixtures/operations/pages.yaml";

fn lists(config: &str) -> String {
    let mut files = generated(config, DOCUMENT).package.0;
    files.remove("src/resources/lists/builders.rs").unwrap()
}

/// Counts the constants in a file that define pagination.
fn pagings(text: &str) -> usize {
    text.matches("const PAGING").count()
}

#[test]
fn the_configuration_overrides_inference() {
    let usual = lists("");
    assert_eq!(pagings(&usual), 7);
    let off = lists("pagination: {listByCursor: none, GET /offset: none}");
    assert_eq!(pagings(&off), 5);
    let text = lists(
        "pagination:\n  listByCursor: {cursor: page_token, next: meta.next_page_token, items: data}\n  \
         listByNextUrl: {next_url: '@odata.nextLink'}\n",
    );
    assert_eq!(pagings(&text), 7);
    assert!(text.contains(r#"paging::Next::Url(&["@odata.nextLink"])"#));
    assert!(!text.contains("paging::End::More(&[\"meta\""));
}

#[test]
fn what_the_configuration_names_must_be_there() {
    let config = "pagination:\n  \
         listByCursr: none\n  \
         POST /cursor: none\n  \
         listByCursor: {cursor: token, next: meta.next_page_token}\n  \
         listByPage: {page: page, total: total}\n  \
         listByOffset: {offset: offset, items: total_count}\n  \
         listByTotalPages: {next_url: things.next}\n  \
         listByLastItem: {cursor: starting_after, last_item: key}\n  \
         createThing: {page: page}\n  \
         searchThings: {cursor: paging.cursr, next: next_cursor}\n  \
         getSeveral: link\n";
    insta::assert_snapshot!(refused(config, DOCUMENT));
}
