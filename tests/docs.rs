//! The book: every link and anchor resolves, every page is in the table of contents, and nothing of a
//! hostile description gets through.

#[path = "docs/book.rs"]
mod book;

use book::{Book, corpus, fixtures};
use pulldown_cmark::{Event, Tag, TagEnd};
use std::collections::BTreeSet;

#[test]
fn links_of_the_flagship_resolve() {
    let book = Book::of_spec("spec/openapi.yaml", "outboundcalls");
    for page in [
        "resources/calls.md",
        "webhooks.md",
        "types.md",
        "authentication.md",
        "errors.md",
    ] {
        assert!(
            book.pages.contains_key(page),
            "no {page}: {:?}",
            book.pages.keys()
        );
    }
    assert_eq!(book.broken_links(), [""; 0]);
    assert_eq!(book.contents_faults(), [""; 0]);
}

#[test]
fn links_of_the_fixtures_resolve() {
    for path in fixtures() {
        let book = Book::of_spec(&path, "fixture");
        assert_eq!(book.broken_links(), [""; 0], "{path}");
        assert_eq!(book.contents_faults(), [""; 0], "{path}");
        assert_eq!(book.html(), [""; 0], "{path}");
    }
}

/// Needs the corpus: set `SDKGEN_CORPUS` to its folder.
#[test]
fn links_of_the_corpus_resolve() {
    let documents = [
        "swagger-petstore.yaml",
        "redocly-museum.yaml",
        "bump-train-travel.yaml",
        "meilisearch-api.json",
    ];
    let Some(paths) = corpus(&documents) else {
        eprintln!("skipped: SDKGEN_CORPUS is not set");
        return;
    };
    for path in paths {
        let book = Book::of_spec(&path, "client");
        assert_eq!(book.broken_links(), [""; 0], "{path}");
        assert_eq!(book.contents_faults(), [""; 0], "{path}");
        assert_eq!(book.html(), [""; 0], "{path}");
    }
}

#[test]
fn what_the_api_says_is_on_the_page() {
    let book = Book::of_spec("spec/openapi.yaml", "outboundcalls");
    let calls = &book.pages["resources/calls.md"];
    for text in [
        "## Place a call {#calls.create}",
        "`POST /calls`",
        "reaches the server at most once",
        "| `limit` | query | `.limit(…)` | integer | no |",
        "At most 200.",
        "| 402 | Insufficient credits to dispatch a call.",
        "`is_insufficient_credits`",
        ".create(CreateCall::new(",
        "curl -X POST https://outboundcalls.ai/api/v1/calls \\\n  -H \"Authorization: Bearer $OUTBOUNDCALLS_API_KEY\" \\\n",
        "from the first of these keys that fits: `calls`, `data`, `items`",
        "| `creditsCharged` † | `credits_charged` |",
    ] {
        assert!(calls.contains(text), "{text:?} is not in:\n{calls}");
    }
    assert!(
        !calls
            .lines()
            .any(|line| line.starts_with("# ") && line != "# Calls"),
        "a hidden line is shown"
    );
    assert!(book.pages["index.md"].contains("## What is inferred {#Inferred}"));
    assert!(book.pages["authentication.md"].contains("OUTBOUNDCALLS_API_KEY"));
    let webhooks = &book.pages["webhooks.md"];
    assert!(
        webhooks.contains("webhooks::parse_post_call(body)?"),
        "{webhooks}"
    );
    assert!(
        webhooks.contains("Anyone can send such a request"),
        "{webhooks}"
    );
}

#[test]
fn nothing_is_inferred_unless_the_description_says_so() {
    let book = Book::of_spec("tests/fixtures/operations/webhooks.yaml", "fixture");
    assert!(
        book.pages
            .values()
            .all(|page| !page.contains('†') && !page.contains("{#Inferred}"))
    );
}

#[test]
fn hostile_prose_stays_text() {
    let book = Book::of_text(HOSTILE);
    assert_eq!(book.html(), [""; 0]);
    assert_eq!(book.broken_links(), [""; 0]);
    assert_eq!(book.contents_faults(), [""; 0]);
    for (path, text) in &book.pages {
        let armed = text
            .match_indices("{{#")
            .any(|(at, _)| !text[..at].ends_with('\\'));
        assert!(!armed, "{path} has a live include");
        let events = book::parse(text);
        for event in &events {
            if let Event::Start(Tag::Heading { classes, attrs, .. }) = event {
                assert!(classes.is_empty() && attrs.is_empty(), "{path}: {event:?}");
            }
            if let Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) = event {
                assert!(!dest_url.starts_with("javascript:"), "{path}: {dest_url}");
            }
        }
        assert!(
            !events
                .iter()
                .any(|event| matches!(event, Event::End(TagEnd::Image))),
            "{path}"
        );
    }
}

#[test]
fn commands_are_one_command() {
    let book = Book::of_text(HOSTILE);
    let page = book
        .pages
        .iter()
        .find(|(path, _)| path.starts_with("resources/"))
        .unwrap()
        .1;
    let command: BTreeSet<String> = book::code_blocks(page, "sh").into_iter().collect();
    assert!(!command.is_empty(), "{page}");
    for command in command {
        assert_eq!(book::shell_faults(&command), None, "{command}");
    }
}

const HOSTILE: &str = r##"
openapi: 3.1.0
info:
  title: 'Evil {onclick=alert(1)} <b> {{#include /etc/passwd}}'
  version: '</code><script>'
  description: "# Head {#x onmouseover=alert(1)}\n\n<img src=x onerror=alert(1)> {{#include a}} [x](javascript:alert(1)) ![i](http://a/b)\n\n{{ #playground b}}"
  termsOfService: 'javascript:alert(1)'
  contact: {name: '<script>', url: 'javascript:alert(1)'}
servers: [{url: "https://a.example/';id;'`id`$(id)", description: '<b> | `|'}]
tags: [{name: '](javascript:x) <i> SUMMARY', description: "| <u>\n- x"}, {name: readme}]
paths:
  "/a'b/{p'q}/$(id)":
    post:
      tags: ['](javascript:x) <i> SUMMARY']
      summary: 'Do {#fake .cls} <script>alert(1)</script> `code {{#include x}}` }'
      description: "```\n# {#y}\nnever closed {{#include z}}"
      parameters:
        - {name: "p'q", in: path, required: true, schema: {type: string}, example: "'; rm -rf / #"}
        - {name: 'q|"$(id)`', in: query, required: true, description: 'a | b `c|d`', schema: {type: string, pattern: '^a|b\|`$', default: "'\n```\n"}}
        - {name: X-H, in: header, required: true, schema: {type: string, example: "'$(id)\"`id`"}}
      requestBody:
        content:
          application/json:
            schema: {type: object, required: [a], properties: {a: {type: string, example: "it's\n```\n{{#include x}} $(id)"}, 'b|<c>': {type: string, description: '<td>'}}}
      responses:
        '200': {description: "| <b>\n\n- list", content: {application/json: {schema: {type: string, enum: ['a|b', '<x>', '`']}}}}
        '404': {description: 'x | y `|`'}
      security: [{"k'": []}]
  /readme: {get: {tags: [readme], summary: '](javascript:alert(1)) {.c}', description: '- # in a list {onclick=x}', responses: {'204': {description: none}}}}
components:
  securitySchemes:
    "k'": {type: apiKey, in: header, name: "X-'$(id)", description: '<script>'}
"##;
