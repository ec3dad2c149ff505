//! Redirects: where a request goes, and which headers it keeps.

use crate::client::{Kind, POSTS, builder, client, kind};
use crate::server::{Act, Server};
use outboundcalls::RequestOptions;

#[tokio::test]
async fn a_redirect_keeps_the_key_on_its_own_server_only() {
    for status in [301, 302, 303, 307, 308] {
        let other = Server::always(Act::json(200, "[]"));
        let here = "/api/v1/agents?to=there#part";
        let there = leak(format!("{}/calls", other.base_url()));
        let script = vec![
            Act::Reply(status, leak_headers("location", here), String::new()),
            Act::Reply(status, leak_headers("location", there), String::new()),
        ];
        let server = Server::start(script, Act::json(200, "[]"));
        let client = builder(server.base_url())
            .default_header("x-team", "t")
            .default_header("cookie", "c=d")
            .build()
            .expect("a client");
        let options = RequestOptions::new().header("x-call", "c");
        client
            .calls()
            .list()
            .options(options)
            .await
            .expect("a list");

        let own = server.received();
        let targets: Vec<_> = own.iter().map(|r| r.target.as_str()).collect();
        assert_eq!(targets, ["/api/v1/calls", "/api/v1/agents?to=there"]);
        for request in own {
            assert!(request.header("authorization").is_some());
            assert_eq!(request.header("x-team"), Some("t"));
        }
        let [request] = &other.received()[..] else {
            panic!("{status}: the redirect was not followed");
        };
        let mut names: Vec<_> = request.headers.iter().map(|(name, _)| &name[..]).collect();
        names.sort();
        assert_eq!(
            names,
            ["accept", "accept-encoding", "host", "user-agent"],
            "{status}"
        );
    }
}

#[tokio::test]
async fn a_post_is_never_redirected() {
    for status in [301, 302, 303, 307, 308] {
        for (name, post) in POSTS {
            let other = Server::always(Act::json(200, "{}"));
            let there = leak(other.base_url());
            let reply = Act::Reply(status, leak_headers("location", there), String::new());
            let server = Server::always(reply);
            let error = post(client(&server)).await.expect_err(name);
            assert_eq!(kind(&error), Some(Kind::Api(status)), "{name}: {error}");
            assert_eq!(server.arrivals(), 1, "{name}");
            assert_eq!(other.arrivals(), 0, "{name}");
        }
    }
}

#[tokio::test]
async fn redirects_that_are_not_followed_are_errors() {
    let table = [
        ("http://example.com/", 1),
        ("ftp://127.0.0.1/", 1),
        ("http://user@127.0.0.1/", 1),
        ("//", 1),
        // A loop: the first request, and five redirects.
        ("/api/v1/calls", 6),
    ];
    for (location, arrivals) in table {
        let reply = Act::Reply(302, leak_headers("location", location), String::new());
        let server = Server::always(reply);
        let error = client(&server).calls().list().await.expect_err(location);
        assert_eq!(kind(&error), Some(Kind::Api(302)), "{location}: {error}");
        assert_eq!(server.arrivals(), arrivals, "{location}");
    }
}

fn leak(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

fn leak_headers(
    name: &'static str,
    value: &'static str,
) -> &'static [(&'static str, &'static str)] {
    Box::leak(Box::new([(name, value)]))
}
