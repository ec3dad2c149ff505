//! Tests which lists are detected as paginated.

use crate::diag::Diagnostics;
use crate::ir::{
    ConfigPosition, NextPage, PageEnd, PageParameter, PaginationConfig, PaginationRule,
};
use crate::{load, pipeline};

/// Returns the detected pagination of a `GET` with these query parameters and body properties, one line each.
fn found(parameters: &[&str], members: &str) -> String {
    let body = format!("{{type: object, properties: {{{members}}}}}");
    found_in("get", parameters, "", &body)
}

fn found_in(method: &str, parameters: &[&str], headers: &str, body: &str) -> String {
    let parameter = |text: &&str| format!("        - {{in: query, {text}}}\n");
    let parameters: String = parameters.iter().map(parameter).collect();
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n  /x:\n    {method}:\n      \
         operationId: x\n      parameters:\n{parameters}      responses:\n        '200':\n          \
         description: A page.\n          headers: {{{headers}}}\n          content:\n            \
         application/json:\n              schema: {body}\n"
    );
    let mut diagnostics = Diagnostics::default();
    let loaded = load::from_texts(&[("x.yaml", &text)], &mut diagnostics).expect(&text);
    let api = pipeline::api(&loaded, &Default::default(), &mut diagnostics).expect(&text);
    let Some(paging) = &api.operations[0].paging else {
        return String::new();
    };
    let parameter = match paging.next.parameter() {
        Some(PageParameter::Query(name)) => name.clone(),
        Some(PageParameter::Body(path)) => format!("body {}", path.join(".")),
        None => String::new(),
    };
    let next = match &paging.next {
        NextPage::Cursor { at, .. } => format!("{parameter} = {}", at.join(".")),
        NextPage::LastItem { at, .. } => format!("{parameter} = last {}", at.join(".")),
        NextPage::Page { first, .. } => format!("{parameter} from {first}"),
        NextPage::Offset { .. } => format!("{parameter} of items"),
        NextPage::Link => "link".to_owned(),
        NextPage::Url { at } => at.join("."),
    };
    let end = match &paging.end {
        PageEnd::Unstated => String::new(),
        PageEnd::More(at) => format!(" while {}", at.join(".")),
        PageEnd::Total(at) => format!(" of {}", at.join(".")),
    };
    format!("{}: {next}{end}", paging.items.join("."))
}

const TEXT: &str = "schema: {type: string}";
const NUMBER: &str = "schema: {type: integer}";
const DATA: &str = "data: {type: array, items: {type: object, properties: {id: {type: string}}}}";

fn text(name: &str) -> String {
    format!("name: {name}, {TEXT}")
}

fn number(name: &str) -> String {
    format!("name: {name}, {NUMBER}")
}

#[test]
fn cursors() {
    for (parameter, members, wanted) in [
        (
            "cursor",
            "next_cursor: {type: string}",
            "data: cursor = next_cursor",
        ),
        (
            "pageToken",
            "nextPageToken: {type: [string, 'null']}",
            "data: pageToken = nextPageToken",
        ),
        (
            "after",
            "last_id: {type: string}, has_more: {type: boolean}",
            "data: after = last_id while has_more",
        ),
        (
            "after",
            "has_more: {type: boolean}",
            "data: after = last id while has_more",
        ),
        (
            "starting_after",
            "pages: {type: object, properties: {next: {type: object, properties: {starting_after: {type: string}}}}}",
            "data: starting_after = pages.next.starting_after",
        ),
        (
            "offset",
            "next_page: {type: object, properties: {offset: {type: string}}}",
            "data: offset = next_page.offset",
        ),
        (
            "page",
            "next_page: {type: string}",
            "data: page = next_page",
        ),
        (
            "continue",
            "metadata: {type: object, properties: {continue: {type: string}}}",
            "data: continue = metadata.continue",
        ),
        (
            "after",
            "next: {type: string, description: A cursor.}, has_more: {type: boolean}",
            "data: after = next while has_more",
        ),
        // An ambiguous `next`.
        (
            "after",
            "next: {type: string}, has_more: {type: boolean}",
            "",
        ),
        // Either the parameter or the property is missing.
        ("cursor", "", ""),
        ("cursor", "cursor: {type: string}", ""),
        ("filter", "next_cursor: {type: string}", ""),
        ("after", "last_id: {type: string}", ""),
        // The property has another type.
        ("cursor", "next_cursor: {type: boolean}", ""),
        (
            "per_page",
            "pages: {type: object, properties: {next: {type: object, properties: {per_page: {type: string}}}}}",
            "",
        ),
    ] {
        let found = found(&[&text(parameter)], &format!("{DATA}, {members}"));
        assert_eq!(found, wanted, "{parameter}, {members}");
    }
    let page = number("page");
    let numbers = format!("{DATA}, next_page: {{type: [integer, 'null']}}");
    assert_eq!(found(&[&page], &numbers), "data: page = next_page");
    let address = format!("{DATA}, next_page: {{type: string}}");
    assert_eq!(found(&[&page], &address), "");
    let dated = "name: after, schema: {type: string, format: date-time}";
    assert_eq!(
        found(&[dated], &format!("{DATA}, has_more: {{type: boolean}}")),
        ""
    );
}

#[test]
fn counts() {
    let page = |more: &str| format!("name: page, schema: {{type: integer, {more}}}");
    let (size, limit) = (number("per_page"), number("limit"));
    let (one, zero) = (page("default: 1"), page("default: 0"));
    for (parameters, members, wanted) in [
        (vec![&*one, &size], DATA, "data: page from 1"),
        (vec![&zero, &size], DATA, "data: page from 0"),
        (vec![&page("minimum: 1"), &size], DATA, "data: page from 1"),
        // The first page or the page size is unknown.
        (vec![&page("minimum: 0"), &size], DATA, ""),
        (vec![&number("page"), &size], DATA, ""),
        (vec![&one], DATA, ""),
        (vec![&number("offset")], DATA, ""),
        (vec![&limit], DATA, ""),
        (
            vec![&number("offset"), &limit],
            DATA,
            "data: offset of items",
        ),
        (
            vec!["name: offset, schema: {type: integer, default: 1}", &limit],
            DATA,
            "",
        ),
        (vec![&text("offset"), &limit], DATA, ""),
    ] {
        assert_eq!(found(&parameters, members), wanted, "{parameters:?}");
    }
    let total = format!(
        "{DATA}, total: {{type: integer}}, meta: {{type: object, properties: {{total_pages: {{type: integer}}}}}}"
    );
    assert_eq!(
        found(&[&one, &size], &total),
        "data: page from 1 of meta.total_pages"
    );
    assert_eq!(
        found(&[&number("skip"), &limit], &total),
        "data: skip of items of total"
    );
    let more = format!("{total}, more: {{type: boolean}}");
    assert_eq!(
        found(&[&number("skip"), &limit], &more),
        "data: skip of items while more"
    );
}

#[test]
fn addresses() {
    for (members, wanted) in [
        ("nextLink: {type: string}", "data: nextLink"),
        (
            "links: {type: object, properties: {next: {type: string}}}",
            "data: links.next",
        ),
        (
            "_links: {type: object, properties: {next: {type: object, properties: {href: {type: string}}}}}",
            "data: _links.next.href",
        ),
        ("next: {type: string, format: uri}", "data: next"),
        (
            "next: {type: string, example: 'https://example.com'}",
            "data: next",
        ),
        (
            "next_page: {type: string, description: The URL of the next page.}",
            "data: next_page",
        ),
        // The property may be anything.
        ("next: {type: string}", ""),
        ("next: {type: integer}", ""),
        ("previousLink: {type: string}", ""),
        // A single resource, whose list continues elsewhere.
        ("id: {type: string}, next: {type: string, format: uri}", ""),
        // The URL belongs to another list.
        (
            "other: {type: object, properties: {next: {type: string, format: uri}, all: {type: array, items: {}}}}",
            "",
        ),
    ] {
        assert_eq!(
            found(&[], &format!("{DATA}, {members}")),
            wanted,
            "{members}"
        );
    }
    // A cursor works behind every proxy, a URL does not.
    let both = format!("{DATA}, next_cursor: {{type: string}}, nextLink: {{type: string}}");
    assert_eq!(
        found(&[&text("cursor")], &both),
        "data: cursor = next_cursor"
    );
    let header = "link: {schema: {type: string}}";
    let list = "{type: array, items: {type: string}}";
    assert_eq!(found_in("get", &[], header, list), ": link");
    assert_eq!(found_in("get", &[], header, "{type: string}"), "");
    assert_eq!(found_in("get", &[], "", list), "");
}

#[test]
fn lists() {
    let cursor = &[&*text("cursor")];
    let list = |name: &str| format!("{name}: {{type: array, items: {{type: string}}}}");
    let of = |members: &str| found(cursor, &format!("{members}, next_cursor: {{type: string}}"));
    assert_eq!(of(&list("things")), "things: cursor = next_cursor");
    assert_eq!(
        of(&format!("{}, {}", list("things"), list("errors"))),
        "things: cursor = next_cursor"
    );
    let deeper = format!(
        "result: {{type: object, properties: {{{}}}}}",
        list("things")
    );
    assert_eq!(of(&deeper), "result.things: cursor = next_cursor");
    // Two lists are ambiguous; a nested list does not count.
    assert_eq!(of(&format!("{}, {}", list("a"), list("b"))), "");
    assert_eq!(of("a: {type: string}"), "");
    let body = format!("{{type: object, properties: {{{DATA}, next_cursor: {{type: string}}}}}}");
    assert_eq!(found_in("post", cursor, "", &body), "");
}

#[test]
fn an_unknown_operation_is_reported_with_the_nearest() {
    let text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /x: {get: {operationId: \
                listThings, responses: {'204': {description: None.}}}}\n";
    let mut diagnostics = Diagnostics::default();
    let loaded = load::from_texts(&[("x.yaml", text)], &mut diagnostics).unwrap();
    let mut api = pipeline::api(&loaded, &Default::default(), &mut diagnostics).unwrap();
    let rule = PaginationRule {
        at: ConfigPosition(crate::diag::Location::Path("sdkgen.yaml".to_owned())),
        hint: None,
    };
    for (key, help) in [
        ("listThing", "did you mean `listThings`?"),
        ("GET /y", "did you mean `GET /x`?"),
        (
            "somethingElse",
            "use an `operationId`, or method and path, as in `GET /path`",
        ),
    ] {
        let rules = PaginationConfig::from([(key.to_owned(), rule.clone())]);
        let mut found = Diagnostics::default();
        super::run(&mut api, &loaded.tree, &rules, &mut found);
        let helps: Vec<_> = found.iter().map(|found| found.help.clone()).collect();
        assert_eq!(helps, [Some(help.to_owned())]);
    }
}

#[test]
fn search_in_recursive_objects_ends() {
    let of = |count: usize| -> String {
        let member = |index: usize| {
            format!(
                "m{index}: {{$ref: '#/paths/~1x/get/responses/200/content/application~1json/schema'}}, "
            )
        };
        (0..count).map(member).collect()
    };
    let members = format!("{DATA}, next_cursor: {{type: string}}, {}", of(400));
    assert_eq!(
        found(&[&text("cursor")], &members),
        "data: cursor = next_cursor"
    );
}

#[test]
fn probable_pagination_is_suggested_until_configured() {
    let text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /x:\n    get:\n      operationId: x\n      \
                parameters: [{name: 'page[no]', in: query, schema: {type: integer}}, {name: page, in: query, schema: \
                {type: integer}}]\n      responses: {'200': {description: All., content: {application/json: {schema: \
                {type: array, items: {type: string}}}}}}\n";
    let mut diagnostics = Diagnostics::default();
    let loaded = load::from_texts(&[("x.yaml", text)], &mut diagnostics).unwrap();
    let mut api = pipeline::api(&loaded, &Default::default(), &mut diagnostics).unwrap();
    let mut suggested = |rules: PaginationConfig| -> Vec<String> {
        let mut found = Diagnostics::default();
        super::run(&mut api, &loaded.tree, &rules, &mut found);
        let near = found.iter().filter(|found| found.code == "N0466");
        near.filter_map(|found| found.help.clone()).collect()
    };
    let lines = "check these lines, and add them to the configuration file:\npagination:\n  \
                 x: {page: 'page[no]', first: 1}";
    let lines = lines.replace('\'', "\"");
    assert_eq!(suggested(PaginationConfig::default()), [lines]);
    let rule = PaginationRule {
        at: ConfigPosition(crate::diag::Location::Path("sdkgen.yaml".to_owned())),
        hint: None,
    };
    for key in ["x", "GET /x"] {
        let rules = PaginationConfig::from([(key.to_owned(), rule.clone())]);
        assert!(suggested(rules).is_empty(), "{key}");
    }
}
