//! Pagination over real sockets, by a program on the crate of `fixtures/operations/pages.yaml` (`pages/program.rs`).

use support::Workshop;

#[test]
fn lists_are_gone_through() {
    let config = "pagination:\n  \
         listFromNobodyKnowsWhere: {page: page, first: 0}\n  \
         searchThings: {cursor: paging.cursor, next: next_cursor}\n  \
         POST /search/by-page: {page: page}\n  \
         searchByUrl: {next_url: next_page}\n";
    let mut workshop = Workshop::new("pages");
    workshop.generate(config, "tests/fixtures/operations/pages.yaml", "pages");
    let files = [
        ("Cargo.toml", include_str!("pages/program.toml")),
        ("src/main.rs", include_str!("pages/program.rs")),
        ("src/server.rs", include_str!("exchange/server.rs")),
    ];
    workshop.add_program("pages-cases", &files);
    workshop.finish();
    support::say(workshop.run("pages-cases", &[]).trim_end());
}
