//! The book: links and anchors resolve, every page is in the table of contents, and hostile descriptions inject
//! nothing.

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
fn descriptions_of_the_api_are_on_the_pages() {
    let book = Book::of_spec("spec/openapi.yaml", "outboundcalls");
    let calls = &book.pages["resources/calls.md"];
    for text in [
        "## Place a call {#calls.create}",
        "`POST /calls`",
        "reaches the server at most once",
        "| `limit`<br>`.limit(…)` | `i64`<br>query |",
        "At most 200.",
        "| 402 | `is_insufficient_credits`",
        "Insufficient credits to dispatch a call.",
        ".create(CreateCall::new(",
        "curl -X POST https://outboundcalls.ai/api/v1/calls \\\n  -H \"Authorization: Bearer $OUTBOUNDCALLS_API_KEY\" \\\n",
        "an object that contains it under `calls`, `data` or `items`. The client accepts both.",
        "| `creditsCharged` †<br>`credits_charged` |",
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

/// Checks that a changed word changes one line for each occurrence of the description, and that the text around it is
/// not rewrapped.
#[test]
fn a_changed_word_changes_a_line() {
    let words = "some more words about it, so that it is long";
    let long = format!("One word, {words}. Second WORD, {words}. Third. {words} ").repeat(4);
    let api = PETS.replace("LONG", &long);
    for (word, other) in [("WORD", "longer word"), ("A pet. It", "A pet. This")] {
        let (old, new) = (
            Book::of_text(&api),
            Book::of_text(&api.replacen(word, other, 1)),
        );
        let mut places = 0;
        for (path, text) in old.pages.iter().chain(&old.others) {
            let now = new.pages.get(path).or(new.others.get(path)).unwrap();
            assert_eq!(text.lines().count(), now.lines().count(), "{path}");
            let lines = text.lines().zip(now.lines());
            for (line, now) in lines.filter(|(line, now)| line != now) {
                assert!(line.len() < 200, "{path}: {line}");
                assert_eq!(
                    line.replace(word, other).replace("It", "This"),
                    now.replace("It", "This")
                );
                places += 1;
            }
        }
        assert!((2..=6).contains(&places), "{places} places of {word}");
    }
}

/// Checks that links to a section stay valid when other sections are added before it.
#[test]
fn anchors_do_not_depend_on_order() {
    let (from, to) = (
        PETS.find("  /pets:").unwrap(),
        PETS.find("\ncomponents").unwrap() + 1,
    );
    let (first, second) = PETS[from..to].split_at(PETS[from..to].find("  /pets/{id}").unwrap());
    let turned = format!("{}{second}{first}{}", &PETS[..from], &PETS[to..]);
    let anchors = |text: &str| Book::of_text(text).pages["resources/pets.md"].clone();
    let (old, new) = (anchors(PETS), anchors(&turned));
    assert_ne!(old, new);
    assert_eq!(book::anchors(&old), book::anchors(&new));
    let mut headings = old.lines().filter(|line| line.starts_with("##"));
    assert!(headings.all(|line| line.ends_with('}')), "{old}");
}

const PETS: &str = r##"
openapi: 3.1.0
info: {title: Pets, version: '1'}
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      description: "LONG\n\n# Notes\n\nA note.\n\n# Notes\n\nAnother."
      responses: {'200': {description: All., content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}}}
  /pets/{id}:
    put:
      operationId: putPet
      tags: [pets]
      description: "# Notes\n\nA note."
      parameters: [{name: id, in: path, required: true, description: LONG, schema: {type: string}}]
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
      responses: {'200': {description: Put.}, '404': {description: None.}}
components:
  schemas:
    Pet: {type: object, description: A pet. It has a name. LONG, properties: {name: {type: string}}}
"##;

#[test]
fn commands_contain_no_second_command() {
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

#[test]
fn inline_objects_that_contain_themselves_end() {
    let book = Book::of_text(
        "openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /nodes:
    put:
      operationId: replaceNode
      requestBody:
        content:
          application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/Node'}}
      responses: {'204': {description: Replaced.}}
components:
  schemas:
    Node:
      properties:
        id: {properties: {b: {properties: {c: {type: string}}, oneOf: [{$ref: '#/components/schemas/Node'}]}}}
",
    );
    assert_eq!(book.broken_links(), [""; 0]);
}
