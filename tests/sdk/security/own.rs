//! Headers that replace a credential, and requests for which the description states no security.

use crate::{
    builder,
    server::{Answer, Received, Server, answer},
    told,
};
use security::{Grant, RequestOptions};

pub async fn all() {
    a_header_of_the_callers_own_is_the_credential().await;
    a_server_may_need_none().await;
    own_keys_are_hidden().await;
    without_a_statement_what_is_set_is_sent_once().await;
}

fn echo(request: &Received, _: usize) -> Answer {
    let header = |name| request.header(name).unwrap_or("-");
    let headers = ["authorization", "x-key", "cookie"].map(header);
    answer(200, format!("{} {}", request.line, headers.join(" ")))
}

async fn a_header_of_the_callers_own_is_the_credential() {
    let server = Server::start(echo).await;
    let client = builder(&server).default_header("Authorization", "Bot abc");
    let client = client.build().expect("a client");
    let sent = client.things().get().await.expect("an answer");
    assert_eq!(sent, "GET /v1/get Bot abc - -");
    let error = client.things().get_header().await.expect_err("no key");
    assert!(
        told(&error).contains("the operation needs inHeader"),
        "{error}"
    );
    let options = RequestOptions::new().header("X-KEY", "mine");
    let sent = client
        .things()
        .get_header()
        .options(options)
        .await
        .expect("an answer");
    assert_eq!(sent, "GET /v1/header Bot abc mine -");
    let client = client_with_cookie(&server, "session=own; theme=dark");
    let sent = client
        .things()
        .get_cookie()
        .c("1")
        .await
        .expect("an answer");
    assert_eq!(sent, "GET /v1/cookie - - session=own; theme=dark; c=1");
    let client = client_with_cookie(&server, "theme=dark");
    let error = client.things().get_cookie().await.expect_err("no session");
    assert!(
        told(&error).contains("the operation needs inCookie"),
        "{error}"
    );

    // The caller's header overrides a configured credential, so that no token is requested.
    let grant = Grant::client_credentials("me", "secret");
    let client = builder(&server)
        .access_token_grant(grant)
        .build()
        .expect("a client");
    let before = server.received().len();
    let options = RequestOptions::new().header("authorization", "Bearer own");
    let sent = client
        .things()
        .get()
        .options(options)
        .await
        .expect("an answer");
    assert_eq!(sent, "GET /v1/get Bearer own - -");
    assert_eq!(server.received().len(), before + 1);
    let client = builder(&server)
        .api_key("Bot abc")
        .default_header("x-key", "own");
    let client = client.build().expect("a client");
    let sent = client.things().get_header().await.expect("an answer");
    assert_eq!(sent, "GET /v1/header - own -");
}

fn client_with_cookie(server: &Server, cookie: &str) -> security::Client {
    builder(server)
        .default_header("cookie", cookie)
        .build()
        .expect("a client")
}

async fn a_server_may_need_none() {
    let server = Server::start(echo).await;
    let client = builder(&server)
        .without_credentials()
        .build()
        .expect("a client");
    let sent = client.things().get().await.expect("an answer");
    assert_eq!(sent, "GET /v1/get - - -");
    let client = builder(&server).without_credentials().api_key("Bot abc");
    let client = client.build().expect("a client");
    let sent = client.things().get_header().await.expect("an answer");
    assert_eq!(sent, "GET /v1/header - Bot abc -");
}

/// Checks that a header that the description declares as a credential is redacted, whoever sets it.
async fn own_keys_are_hidden() {
    let server = Server::start(|request, _| {
        let key = request.header("x-key").unwrap_or_default();
        answer(400, format!("the key {key} is bad"))
    })
    .await;
    let client = builder(&server).default_header("x-key", "SEC-RET-1");
    let client = client.build().expect("a client");
    let error = client.things().get_header().await.expect_err("400");
    assert!(
        told(&error).contains("the key [redacted] is bad"),
        "{error}"
    );
    let options = RequestOptions::new().header("x-key", "SEC-RET-2");
    let call = client.things().get_header().options(options);
    let error = call.await.expect_err("400");
    assert!(
        told(&error).contains("the key [redacted] is bad"),
        "{error}"
    );
    let client = builder(&server)
        .api_key("Bot SECRET")
        .build()
        .expect("a client");
    let error = client.things().get_header().await.expect_err("400");
    assert!(!told(&error).contains("SECRET"), "{error}");
}

async fn without_a_statement_what_is_set_is_sent_once() {
    let server = Server::start(echo).await;
    let base = format!("http://{}", server.address);
    let builder = || unstated::Client::builder().base_url(&base);
    let client = builder().build().expect("a client");
    let sent = client.things().list().await.expect("an answer");
    assert_eq!(sent, "GET /list - - -");
    let client = builder().api_key("i").app_key("k").bearer("b").session("s");
    let client = client.build().expect("a client");
    let sent = client
        .things()
        .list()
        .session("q")
        .await
        .expect("an answer");
    assert_eq!(sent, "GET /list?session=q&app_id=i Token k - session=s");
    // The operation declares `security: []`, so that these are the caller's own arguments.
    let sent = client
        .things()
        .login("Basic bTpw")
        .app_id("j")
        .await
        .expect("an answer");
    assert_eq!(sent, "POST /login?app_id=j Basic bTpw - -");
    let error = builder()
        .app_key("Token k")
        .build()
        .expect_err("the prefix is twice there");
    let error = error.to_string();
    assert!(
        error.contains("begins with `Token `, which the client adds"),
        "{error}"
    );
}
