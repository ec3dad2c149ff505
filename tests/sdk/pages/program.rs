//! Reads lists of a local server, page by page and item by item.

mod server;

use futures_core::Stream;
use pages::blocking::Wait;
use pages::pages::{Items, Pages};
use pages::types::{SearchByPageRequest, SearchByUrlRequest, SearchThingsRequest, SearchThingsRequestPaging, Thing};
use pages::{RequestOptions, Client, Result, RetryPolicy};
use server::Server;
use std::fmt::Debug;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::Duration;

/// The maximum number of items that a case takes.
const MOST: usize = 12;

fn client(server: &Server) -> Client {
    Client::builder()
        .base_url(format!("http://{}/v1", server.address))
        .api_key("secret")
        .retry(RetryPolicy::none())
        .build()
        .expect("a client")
}

/// Runs a function and returns the requested targets and the function's lines.
async fn gone<A: AsyncFnOnce(Client) -> Vec<String>>(
    answers: &[&str],
    go: A,
) -> (Vec<String>, Vec<String>) {
    let answers = answers.iter().map(|answer| (*answer).to_owned());
    let server = Server::start(answers.collect());
    let given = go(client(&server)).await;
    let requests = server.requests();
    let target = |request: &String| {
        let line = request.lines().next().unwrap_or_default();
        line.strip_prefix("GET /v1").unwrap_or(line).to_owned()
    };
    (requests.iter().map(target).collect(), given)
}

fn told<T: Debug>(outcome: Result<T>) -> String {
    match outcome {
        Ok(value) => format!("{value:?}"),
        Err(error) => format!("! {error}"),
    }
}

/// Collects a stream. A macro, as pages and items have no common trait that can be awaited.
macro_rules! all {
    ($list:expr) => {{
        let list = &mut $list;
        let mut given = Vec::new();
        while let Some(outcome) = list.try_next().await.transpose() {
            given.push(told(outcome.map(short)));
            if given.len() == MOST {
                break;
            }
        }
        given
    }};
}

/// Shortens the `Debug` output of a value for the tables.
fn short<T: Debug>(value: T) -> String {
    let text = format!("{value:?}");
    let ids = text.split("id: \"").skip(1);
    let ids: Vec<&str> = ids.filter_map(|rest| rest.split('"').next()).collect();
    if ids.is_empty() { text } else { ids.join(" ") }
}

fn check(name: &str, found: (Vec<String>, Vec<String>), targets: &[&str], given: &[&str]) {
    let given: Vec<String> = given
        .iter()
        .map(|text| match text.starts_with('!') {
            true => (*text).to_owned(),
            false => format!("{text:?}"),
        })
        .collect();
    assert_eq!(found.0, targets, "{name}: targets");
    assert_eq!(found.1, given, "{name}: what came");
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    cursors().await;
    counts().await;
    bodies().await;
    addresses().await;
    an_address_is_got().await;
    faults().await;
    ends().await;
    empty_pages().await;
    streams().await;
    println!("all lists were gone through");
}

async fn cursors() {
    let answers = [
        "200\n\n{\"data\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"meta\":{\"next_page_token\":\"x&y\",\"has_more\":true}}",
        "200\n\n{\"data\":[],\"meta\":{\"next_page_token\":\"z\"}}",
        "200\n\n{\"data\":[{\"id\":\"c\"}],\"meta\":{\"next_page_token\":\"more\",\"has_more\":false}}",
    ];
    let targets = [
        "/cursor?limit=2",
        "/cursor?limit=2&page_token=x%26y",
        "/cursor?limit=2&page_token=z",
    ];
    let found = gone(&answers, async |client| {
        all!(client.lists().list_by_cursor().limit(2).items())
    })
    .await;
    check("items", found, &targets, &["a", "b", "c"]);
    let found = gone(&answers, async |client| {
        let mut pages = client.lists().list_by_cursor().limit(2).pages();
        all!(pages)
            .iter()
            .map(|page| page.len().min(9).to_string())
            .collect()
    })
    .await;
    assert_eq!(found.1.len(), 3, "an empty page is a page");

    let answers = [
        "200\n\n{\"data\":[{\"id\":\"a\"}],\"meta\":{\"next_page_token\":7}}",
        "200\n\n{\"data\":[{\"id\":\"b\"}],\"meta\":{\"next_page_token\":null}}",
    ];
    let found = gone(&answers[1..], async |client| {
        all!(client.lists().list_by_cursor().page_token("from").items())
    })
    .await;
    check(
        "a cursor of one's own",
        found,
        &["/cursor?page_token=from"],
        &["b"],
    );

    let answers = [
        "200\n\n{\"data\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"has_more\":true}",
        "200\n\n{\"data\":[{\"id\":\"c\"}],\"has_more\":false}",
    ];
    let found = gone(&answers, async |client| {
        all!(client.lists().list_by_last_item().items())
    })
    .await;
    let targets = ["/last-item", "/last-item?starting_after=b"];
    check("the last item", found, &targets, &["a", "b", "c"]);
    let answers = [answers[0], "200\n\n{\"data\":[],\"has_more\":true}"];
    let found = gone(&answers, async |client| {
        all!(client.lists().list_by_last_item().items())
    })
    .await;
    let fault = "! GET /last-item: 200 OK, but the body does not decode: there are more pages, but \
                 the response does not say how to request them";
    check("no last item", found, &targets, &["a", "b", fault]);
}

/// Checks pagination by parameters in the request body.
async fn bodies() {
    let posted = async |answers: &[&str], go: fn(&Client) -> Items<Thing>| {
        let answers = answers.iter().map(|answer| (*answer).to_owned());
        let server = Server::start(answers.collect());
        let given = all!(go(&client(&server)));
        (sent(server), given)
    };
    let answers = [
        r#"200

{"data":[{"id":"a"},{"id":"b"}],"next_cursor":"x\"y"}"#,
        r#"200

{"data":[{"id":"c"}]}"#,
    ];
    let found = posted(&answers, |client| {
        let body = SearchThingsRequest::new()
            .name("n")
            .paging(SearchThingsRequestPaging::new().limit(-1));
        client.lists().search_things().body(body).items()
    })
    .await;
    let bodies = [
        r#"{"name":"n","paging":{"limit":-1}}"#,
        r#"{"name":"n","paging":{"cursor":"x\"y","limit":-1}}"#,
    ];
    check("a cursor in the body", found, &bodies, &["a", "b", "c"]);
    let found = posted(&answers, |client| client.lists().search_things().items()).await;
    let bodies = ["", r#"{"paging":{"cursor":"x\"y"}}"#];
    check("no body of one's own", found, &bodies, &["a", "b", "c"]);
    let circle = [answers[0], answers[0]];
    let found = posted(&circle, |client| client.lists().search_things().items()).await;
    let fault = "! POST /search: 200 OK, but the body does not decode: the page leads back to an \
                 earlier page";
    check(
        "a circle of bodies",
        found,
        &bodies,
        &["a", "b", "a", "b", fault],
    );

    let answers = ["200\n\n[1,2]", "200\n\n[3]"];
    let server = Server::start(answers.iter().map(|answer| (*answer).to_owned()).collect());
    let body = SearchByPageRequest::new(2);
    let given = all!(client(&server).lists().search_by_page(body).items());
    let bodies = [r#"{"size":2}"#, r#"{"page":2,"size":2}"#];
    check(
        "a number in the body",
        (sent(server), given),
        &bodies,
        &["1", "2", "3"],
    );
}

/// Returns the received bodies.
fn sent(server: Server) -> Vec<String> {
    let requests = server.requests();
    let body = |request: &String| {
        let (_, body) = request.split_once("\n\n").unwrap_or_default();
        body.to_owned()
    };
    requests.iter().map(body).collect()
}

async fn counts() {
    let page = async |answers: &[&str]| {
        gone(answers, async |client| {
            all!(client.lists().list_by_page().per_page(2).items())
        })
        .await
    };
    let found = page(&["200\n\n[1,2]", "200\n\n[3]"]).await;
    let targets = ["/page?per_page=2", "/page?per_page=2&page=2"];
    check("a short page", found, &targets, &["1", "2", "3"]);
    let found = page(&["200\n\n[1,2]", "200\n\n[]"]).await;
    check("an empty page", found, &targets, &["1", "2"]);
    let found = page(&["200\n\n[1]", "200\n\n[]"]).await;
    check("a cap on pages", found, &targets, &["1"]);
    let found = gone(&["200\n\n[7,8]", "200\n\n[9]"], async |client| {
        all!(client.lists().list_by_page().page(4).items())
    })
    .await;
    check(
        "from a page on",
        found,
        &["/page?page=4", "/page?page=5"],
        &["7", "8", "9"],
    );

    let answers = [
        "200\n\n{\"things\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"totalPages\":2}",
        "200\n\n{\"things\":[{\"id\":\"c\"},{\"id\":\"d\"}],\"totalPages\":2}",
    ];
    let found = gone(&answers, async |client| {
        all!(client.lists().list_by_total_pages().items())
    })
    .await;
    let targets = ["/total-pages", "/total-pages?pageNumber=1"];
    check("all pages", found, &targets, &["a", "b", "c", "d"]);

    let answers = [
        "200\n\n{\"result\":{\"things\":[{\"id\":\"a\"},{\"id\":\"b\"}]},\"total_count\":6}",
        "200\n\n{\"result\":{\"things\":[{\"id\":\"c\"}]},\"total_count\":6}",
        "200\n\n{\"result\":{\"things\":[{\"id\":\"d\"}]},\"total_count\":6}",
    ];
    let found = gone(&answers, async |client| {
        all!(client.lists().list_by_offset().offset(2).items())
    })
    .await;
    let targets = ["/offset?offset=2", "/offset?offset=4", "/offset?offset=5"];
    check("all items", found, &targets, &["a", "b", "c", "d"]);

    let answers = ["200\n\n[{\"id\":\"a\"}]", "200\n\n[]"];
    let found = gone(&answers, async |client| {
        all!(client.lists().list_from_nobody_knows_where().items())
    })
    .await;
    let targets = ["/first-unknown", "/first-unknown?page=1"];
    check("the first page is 0", found, &targets, &["a"]);
}

async fn addresses() {
    let answers = [
        "200\nlink: <http://{address}/v1/other>; rel=prev, </v2/page?n=2&s=%26>; rel=\"last next\"\n\n[{\"id\":\"a\"}]",
        "200\nlink: <http://{address}/v1/link/me?n=3>; rel=next\n\n[{\"id\":\"b\"}]",
        "200\nlink: <?n=1>; rel=first\n\n[{\"id\":\"c\"}]",
    ];
    let found = gone(&answers, async |client| {
        all!(client.lists().list_by_link("me").per_page(1).items())
    })
    .await;
    let targets = [
        "/link/me?per_page=1",
        "GET /v2/page?n=2&s=%26",
        "/link/me?n=3",
    ];
    check("links", found, &targets, &["a", "b", "c"]);

    // A key in the query is sent once, whether or not the server repeats it in the link.
    let answers = [
        "200\n\n{\"value\":[{\"id\":\"a\"}],\"@odata.nextLink\":\"http://{address}/v1/next-url?key=secret&skip=1\"}",
        "200\n\n{\"value\":[{\"id\":\"b\"}],\"@odata.nextLink\":\"?skip=2\"}",
        "200\n\n{\"value\":[{\"id\":\"c\"}],\"@odata.nextLink\":\"\"}",
    ];
    let found = gone(&answers, async |client| {
        all!(client.lists().list_by_next_url().items())
    })
    .await;
    let targets = [
        "/next-url?key=secret",
        "/next-url?skip=1&key=secret",
        "/next-url?skip=2&key=secret",
    ];
    check("URLs", found, &targets, &["a", "b", "c"]);

    for (url, why) in [
        (
            "http://127.0.0.2:9/v1/next-url",
            "is on another host, which must not receive credentials",
        ),
        (
            "https://{address}/v1/next-url",
            "is on another host, which must not receive credentials",
        ),
        (
            "//example.com/v1/next-url",
            "is on another host, which must not receive credentials",
        ),
        ("http://user@{address}/v1/next-url", "is not a URL"),
        ("javascript:alert(1)", "is not a URL"),
    ] {
        let answer =
            format!("200\n\n{{\"value\":[{{\"id\":\"a\"}}],\"@odata.nextLink\":\"{url}\"}}");
        let found = gone(&[&answer], async |client| {
            all!(client.lists().list_by_next_url().items())
        })
        .await;
        let fault = format!(
            "! GET /next-url: 200 OK, but the body does not decode: the address of the next page {why}"
        );
        check(url, found, &["/next-url?key=secret"], &["a", &fault]);
    }
}

/// Checks that pages at a URL are requested with `GET`, whatever the first request's method, and can therefore be
/// retried.
async fn an_address_is_got() {
    let answers = [
        "200\n\n{\"data\":[{\"id\":\"a\"}],\"next_page\":\"/v1/search/by-url/next?page-token=x\"}",
        "503\n\nbusy",
        "200\n\n{\"data\":[{\"id\":\"b\"}],\"next_page\":null}",
    ];
    let server = Server::start(answers.iter().map(|answer| (*answer).to_owned()).collect());
    let options = RequestOptions::new()
        .retry(RetryPolicy::new(2).initial_backoff(Duration::from_millis(1)))
        .header("content-language", "de")
        .header("x-own", "1");
    let body = SearchByUrlRequest::new().name("n");
    let search = client(&server).lists().search_by_url(body);
    let search = search.idempotency_key("once").options(options);
    let given = all!(search.items());
    let requests = server.requests();
    let head = |request: &String| {
        let lines = request.lines().take_while(|line| !line.is_empty());
        let told = |line: &&str| {
            ["POST", "GET", "content-", "idempotency-key", "x-own"]
                .iter()
                .any(|start| line.starts_with(start))
        };
        lines.filter(told).collect::<Vec<_>>().join("\n")
    };
    let heads: Vec<String> = requests.iter().map(head).collect();
    let next = "GET /v1/search/by-url/next?page-token=x\nx-own: 1";
    let first = "POST /v1/search/by-url\ncontent-language: de\ncontent-length: 12\n\
                 content-type: application/json\nidempotency-key: once\nx-own: 1";
    check(
        "an address after a POST",
        (heads, given),
        &[first, next, next],
        &["a", "b"],
    );
    let body = |request: &String| request.split_once("\n\n").map(|(_, body)| body.to_owned());
    let bodies: Vec<_> = requests.iter().filter_map(body).collect();
    assert_eq!(bodies, [r#"{"name":"n"}"#, "", ""]);
}

/// Checks that after an error the same page is requested again.
async fn faults() {
    let answers = [
        "200\n\n{\"data\":[{\"id\":\"a\"}],\"meta\":{\"next_page_token\":\"x\"}}",
        "503\n\nbusy",
        "200\n\n{\"data\":[{}],\"meta\":{\"next_page_token\":\"x\"}}",
        "200\n\n{\"data\":[{\"id\":\"b\"}]}",
    ];
    let busy = "! GET /cursor: 503 Service Unavailable: busy";
    let missing = "! GET /cursor: 200 OK, but the body does not decode: missing field `id`, at $.data[0] \
                   (line 1 column 11)";

    // The first error ends the stream, so that a loop over it does not send the request for ever.
    let found = gone(&answers, async |client| {
        let mut items = client.lists().list_by_cursor().items();
        let given = all!(items);
        for _ in 0..3 {
            assert!(matches!(items.try_next().await, Ok(None)));
        }
        given
    })
    .await;
    let targets = ["/cursor", "/cursor?page_token=x"];
    check("an error ends", found, &targets, &["a", busy]);

    // `resume` requests the failed page again, whether its request failed or its body.
    let found = gone(&answers, async |client| {
        let mut items = client.lists().list_by_cursor().items();
        // Without an error, `resume` has no effect.
        items.resume();
        let mut given = all!(items);
        for _ in 0..3 {
            items.resume();
            given.extend(all!(items));
        }
        given
    })
    .await;
    let asked = "/cursor?page_token=x";
    let targets = ["/cursor", asked, asked, asked];
    check("resumed", found, &targets, &["a", busy, missing, "b"]);

    let found = gone(&[answers[1], answers[3]], async |client| {
        let mut pages = client.lists().list_by_cursor().pages();
        let mut given = all!(pages);
        pages.resume();
        given.extend(all!(pages));
        given
    })
    .await;
    check("pages resumed", found, &["/cursor", "/cursor"], &[busy, "b"]);

    // Each page is retried like any other request.
    let found = gone(&[answers[0], answers[1], answers[3]], async |client| {
        let options = RequestOptions::new().retry(RetryPolicy::new(2).initial_backoff(Duration::from_millis(1)));
        let list = client.lists().list_by_cursor().options(options);
        let mut items = list.items();
        let (first, second) = (items.try_next().await, items.try_next().await);
        let item = |outcome: Result<Option<Thing>>| told(outcome.map(short));
        vec![item(first), item(second)]
    })
    .await;
    let targets = ["/cursor", "/cursor?page_token=x", "/cursor?page_token=x"];
    check("retries", found, &targets, &["a", "b"]);

    let found = gone(&["200\n\n<html>"], async |client| {
        let mut items = client.lists().list_by_cursor().items();
        vec![told(items.try_next().await)]
    })
    .await;
    let fault = "! GET /cursor: 200 OK, but the body does not decode: expected value, at $ \
                 (line 1 column 1)";
    check("no JSON", found, &["/cursor"], &[fault]);
}

/// Checks that endless lists end with an error.
async fn ends() {
    const CIRCLE: &str = "! GET /cursor: 200 OK, but the body does not decode: the page leads back \
                          to an earlier page";
    let page = |id: &str, next: &str| {
        format!(
            "200\n\n{{\"data\":[{{\"id\":\"{id}\"}}],\"meta\":{{\"next_page_token\":\"{next}\"}}}}"
        )
    };
    let answers = [page("a", "x"), page("b", "y"), page("c", "x")];
    let answers: Vec<&str> = answers.iter().map(String::as_str).collect();
    let found = gone(&answers, async |client| {
        all!(client.lists().list_by_cursor().items())
    })
    .await;
    let targets = ["/cursor", "/cursor?page_token=x", "/cursor?page_token=y"];
    check("a circle", found, &targets, &["a", "b", "c", CIRCLE]);

    let found = gone(&answers[..1], async |client| {
        all!(client.lists().list_by_cursor().page_token("x").items())
    })
    .await;
    check(
        "a cursor that stays",
        found,
        &["/cursor?page_token=x"],
        &["a", CIRCLE],
    );

    let link = "200\nlink: </v1/link/me?n=2>; rel=next\n\n[{\"id\":\"a\"}]";
    let found = gone(&[link, link], async |client| {
        all!(client.lists().list_by_link("me").items())
    })
    .await;
    let fault = CIRCLE.replace("/cursor", "/link/{owner}");
    check(
        "a link to itself",
        found,
        &["/link/me", "/link/me?n=2"],
        &["a", "a", &fault],
    );

    let found = gone(&["200\n\n[1,2]", "200\n\n[1,2]"], async |client| {
        all!(client.lists().list_by_page().items())
    })
    .await;
    let fault = "! GET /page: 200 OK, but the body does not decode: the page is the same as the \
                 previous one";
    check(
        "a number without effect",
        found,
        &["/page", "/page?page=2"],
        &["1", "2", fault],
    );

    let found = gone(&answers[..2], async |client| {
        all!(client.lists().list_by_cursor().items().max_pages(2))
    })
    .await;
    let fault = "! GET /cursor: 200 OK, but the body does not decode: there are more pages than the \
                 limit of 2";
    check("a limit", found, &targets[..2], &["a", "b", fault]);
    let found = gone(&["200\n\n[1,2]", "200\n\n[3]"], async |client| {
        all!(client.lists().list_by_page().items().max_pages(2))
    })
    .await;
    check(
        "a limit that is reached",
        found,
        &["/page", "/page?page=2"],
        &["1", "2", "3"],
    );
}

/// Returns endless empty pages, each with a new cursor.
async fn empty_pages() {
    let pages = |count: usize, data: &str| {
        let page = |number| {
            format!("200\n\n{{\"data\":[{data}],\"meta\":{{\"next_page_token\":\"c{number}\"}}}}")
        };
        (0..count).map(page).collect::<Vec<_>>()
    };
    let fault = |limit: usize| {
        format!(
            "! GET /cursor: 200 OK, but the body does not decode: more than {limit} consecutive pages \
             are empty: if that is expected, raise `max_empty_pages`"
        )
    };
    let taken = async |answers: &[String], go: fn(&Client) -> Items<Thing>| {
        let server = Server::start(answers.to_vec());
        let given = all!(go(&client(&server)));
        (server.requests().len(), given)
    };
    // The page after the limit is not requested.
    let (asked, given) = taken(&pages(102, ""), |client| {
        client.lists().list_by_cursor().items()
    })
    .await;
    assert_eq!((asked, given), (101, vec![fault(100)]));

    // A page with items resets the count.
    let with_item = || pages(1, r#"{"id":"a"}"#).remove(0).replace("c0", "i");
    let mut answers = pages(100, "");
    answers.push(with_item());
    answers.extend(pages(100, "").iter().map(|page| page.replace("\"c", "\"d")));
    answers.push("200\n\n{\"data\":[{\"id\":\"b\"}]}".to_owned());
    let (asked, given) = taken(&answers, |client| client.lists().list_by_cursor().items()).await;
    assert_eq!(asked, 202);
    assert_eq!(given.len(), 2, "{given:?}");

    let (asked, given) = taken(&pages(5, ""), |client| {
        client.lists().list_by_cursor().items().max_empty_pages(1)
    })
    .await;
    assert_eq!((asked, given), (2, vec![fault(1)]));
    let server = Server::start(pages(5, ""));
    let client = client(&server);
    let given = all!(client.lists().list_by_cursor().pages().max_empty_pages(0));
    assert_eq!(server.requests().len(), 1);
    assert_eq!(given.len(), 2, "{given:?}");
    assert_eq!(given[1], fault(0));
}

async fn streams() {
    fn is_sent<T: Send + Stream + Unpin>(_: &T) {}
    let answers = [
        "200\n\n{\"data\":[{\"id\":\"a\"}],\"meta\":{\"next_page_token\":\"x\"}}",
        "200\n\n{\"data\":[{\"id\":\"b\"}]}",
    ];
    let found = gone(&answers, async |client| {
        let mut items: Items<Thing> = client.lists().list_by_cursor().items();
        is_sent(&items);
        // A page request that was sent continues after its future is dropped.
        let polled = {
            let next = pin!(items.try_next());
            next.poll(&mut Context::from_waker(Waker::noop()))
        };
        assert!(matches!(polled, Poll::Pending));
        let mut given = Vec::new();
        while let Some(item) = std::future::poll_fn(|cx| pin!(&mut items).poll_next(cx)).await {
            given.push(told(item.map(short)));
        }
        assert_eq!(
            format!("{items:?}"),
            "Items { given: 2, is_over: true, .. }"
        );
        given
    })
    .await;
    check(
        "a stream",
        found,
        &["/cursor", "/cursor?page_token=x"],
        &["a", "b"],
    );
    let pages: fn(Client) -> Pages<Vec<Thing>> = |client| client.lists().list_by_link("me").pages();
    let found = gone(&["200\n\n[]"], async |client| {
        let mut pages = pages(client);
        is_sent(&pages);
        all!(pages)
    })
    .await;
    check("pages", found, &["/link/me"], &["[]"]);

    // The blocking API, on a thread without a runtime.
    let found = gone(&answers, async |client| {
        let waiting = move || {
            let mut items = client.lists().list_by_cursor().items();
            let mut given = Vec::new();
            while let Some(item) = items.try_next().wait().expect("an item") {
                given.push(told(Ok(short(item))));
            }
            given
        };
        thread::spawn(waiting).join().expect("no panic")
    })
    .await;
    check(
        "items that are waited for",
        found,
        &["/cursor", "/cursor?page_token=x"],
        &["a", "b"],
    );
}
