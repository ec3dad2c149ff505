//! Idempotency keys of operations whose pagination is configured.

use super::generated;
use super::support::Workshop;

/// Checks that a paginated list has no key: with one key for all pages, the server would return the first page again.
#[test]
fn a_paginated_list_has_no_idempotency_key() {
    let config = "pagination: {search: {cursor: cursor, next: next}}\n";
    for (config, is_paged) in [(config, true), ("", false)] {
        let files = generated(config, "fixtures/config/keys-of-pages.yaml")
            .package
            .0;
        let builders = &files["src/resources/search/builders.rs"];
        let has_pages = builders.contains("pub fn pages(self)");
        assert_eq!(has_pages, is_paged, "{builders}");
        let text = &files["src/resources/search.rs"];
        assert_eq!(text.contains("idempotent: false"), is_paged, "{text}");
        let is_there = files.contains_key("src/idempotency.rs");
        assert_eq!(is_there, !is_paged);
    }
}

/// Checks the layout of lists with one element, which rustfmt formats in another way than longer ones.
#[test]
fn a_crate_with_one_operation_is_formatted() {
    let mut workshop = Workshop::new("one-operation");
    let spec = "tests/fixtures/config/keys-of-pages.yaml";
    workshop.generate("mock: true\nwire_tests: true\n", spec, "one-operation");
    workshop.finish();
    assert!(workshop.fmt_of("one-operation").is_none());
}
