//! The `Link` header: everything that RFC 8288 allows is parsed, and malformed parts are skipped.

use crate::link::next;
use http::{HeaderMap, HeaderValue, header};
use proptest::prelude::*;

fn next_of(values: &[&str]) -> Option<String> {
    let mut headers = HeaderMap::new();
    for value in values {
        headers.append(
            header::LINK,
            HeaderValue::from_bytes(value.as_bytes()).unwrap(),
        );
    }
    next(&headers)
}

#[test]
fn the_next_page_is_found() {
    for (value, target) in [
        // The form that GitHub, Mastodon and others send.
        (
            r#"<https://api.example.com/x?page=1>; rel="prev", <https://api.example.com/x?page=3>; rel="next""#,
            "https://api.example.com/x?page=3",
        ),
        ("</x?a=1,2;3>;rel=next", "/x?a=1,2;3"),
        (
            "<a>; title=\"b; rel=\\\"prev\\\", <c>\"; REL = \"last NEXT\"",
            "a",
        ),
        ("<a>; rel; title=x, <b> ;\t rel=next ; rel=prev", "b"),
        (",, <>; rel=next", ""),
        ("<ключ>; rel=next", "ключ"),
    ] {
        assert_eq!(next_of(&[value]).as_deref(), Some(target), "{value}");
    }
    assert_eq!(
        next_of(&["<a>; rel=prev", "<b>; rel=next"]).as_deref(),
        Some("b")
    );
}

#[test]
fn what_does_not_lead_to_the_next_page_is_left() {
    for value in [
        "",
        "<a>",
        "<a>; rel=prev; rel=next",
        "<a>; rel=\"nextpage\"",
        "<a>; rev=next",
        "<a>; rel=next; anchor=\"#top\"",
        "a; rel=next",
        "<a; rel=next",
        "<a> rel=next",
    ] {
        assert_eq!(next_of(&[value]), None, "{value}");
    }
}

/// Returns a text as a quoted string.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

proptest! {
    #[test]
    fn any_link_is_found_among_others(
        target in "[!-;=?-~]{0,40}",
        others in prop::collection::vec(("[!-;=?-~]{0,20}", "[ -~]{0,20}"), 0..4),
        title in "[ -~]{0,30}",
        before in any::<bool>(),
        space in "[ \t]{0,2}",
    ) {
        let mut links: Vec<String> = Vec::new();
        for (other, text) in &others {
            links.push(format!("<{other}>{space};{space}rel=prev; title={}", quoted(text)));
        }
        let title = format!("title{space}={space}{}", quoted(&title));
        let rel = "rel=next".to_owned();
        let both = if before { [title, rel] } else { [rel, title] };
        links.insert(others.len() / 2, format!("<{target}>;{space}{}", both.join(";")));
        let value = links.join(&format!("{space},{space}"));
        prop_assert_eq!(next_of(&[&value]), Some(target));
    }

    #[test]
    fn no_text_stops_the_reader(value in "[ -~\t]{0,80}|([<>;,=\"\\\\ ]|rel|next|a){0,30}") {
        let _ = next_of(&[&value]);
    }
}
