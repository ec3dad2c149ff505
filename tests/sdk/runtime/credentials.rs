//! Credentials: which can be sent, which are sent, and how the caller's headers override them.

use crate::requests::{POST, builder, ok, secured};
use crate::runtime::{
    ClientBuilder, Credential, Operation, Request, RequestOptions, Scheme, Shape, decode,
};

/// Checks which keys can be sent, and the errors for the others.
#[test]
fn keys() {
    let header = |key: &str| Credential::header("k", "key", "authorization", &key.into());
    let bearer = |key: &str| Credential::bearer("k", "token", &key.into());
    let prefixed = |key: &str| Credential::prefixed("k", "key", "x-key", "Token ", &key.into());
    let value = |made: Result<Credential, String>| {
        let (_, value) = made?.into_header().expect("a header");
        Ok::<_, String>(value.to_str().expect("ASCII").to_owned())
    };
    for key in ["abc", "Bot abc", "Token a.b-c", "Bearer abc"] {
        assert_eq!(value(header(key)), Ok(key.to_owned()));
    }
    assert_eq!(value(bearer("abc")), Ok("Bearer abc".to_owned()));
    assert_eq!(value(prefixed("abc")), Ok("Token abc".to_owned()));
    for (fault, key) in [
        ("is empty", ""),
        ("has a line break in it", "abc\n"),
        ("has a line break in it", "Bot\r\nabc"),
        ("has a control character in it", "Bot\tabc"),
        ("has white space around it", " abc"),
        ("has white space around it", "Bot "),
        ("has white space in it", "Bot  abc"),
        ("has white space in it", "Bot a bc"),
        ("has a character in it that is not ASCII", "schlüssel"),
        ("has a character in it that is not ASCII", "Bot\u{a0}abc"),
    ] {
        assert_eq!(
            value(header(key)),
            Err(format!("the key {fault}")),
            "{key:?}"
        );
    }
    let refused = |why: &str| Err(format!("the {why}, which the client adds"));
    assert_eq!(
        value(bearer("Bearer abc")),
        refused("token begins with `Bearer `")
    );
    assert_eq!(
        value(prefixed("Token abc")),
        refused("key begins with `Token `")
    );
    assert!(bearer("a bc").is_err());
}

/// Checks the headers, cookies and query for the values that a caller sets.
#[tokio::test]
async fn own_headers_and_credentials() {
    type Setter = fn(ClientBuilder) -> ClientBuilder;
    type Row = (
        &'static Operation,
        Setter,
        &'static [(&'static str, &'static str)],
        Result<&'static str, &'static str>,
    );
    static SCHEMES: &[Scheme] = &[
        Scheme("bearer", Shape::Bearer),
        Scheme("key", Shape::Header("X-Key")),
        Scheme("raw", Shape::Header("Authorization")),
        Scheme("id", Shape::Query("id")),
        Scheme("id again", Shape::Query("id")),
        Scheme("session", Shape::Cookie("s")),
    ];
    static BEARER: Operation = secured(&[&["bearer"]]);
    static KEY: Operation = secured(&[&["key"], &["bearer"]]);
    static COOKIE: Operation = secured(&[&["session"]]);
    static TWICE: Operation = secured(&[&["id", "id again"]]);
    static OPTIONAL: Operation = secured(&[&["key"], &[]]);
    static UNSTATED: Operation = secured(&[&[]]);
    static NONE: Operation = secured(&[]);
    fn set(mut builder: ClientBuilder, schemes: &[&'static str]) -> ClientBuilder {
        for scheme in schemes {
            let secret = &"abc".into();
            builder.credential(match *scheme {
                "bearer" => Credential::bearer("bearer", "token", secret),
                "key" => Credential::header("key", "key", "X-Key", secret),
                "raw" => Credential::header("raw", "key", "Authorization", secret),
                "session" => Credential::cookie("session", "key", "s", secret),
                id => Credential::query(id, "id", "id", secret),
            });
        }
        builder
    }
    let missing = "no credential is set: the operation needs";
    let table: [Row; 19] = [
        (&BEARER, |b| b, &[], Err("bearer")),
        (
            &BEARER,
            |b| set(b, &["bearer"]),
            &[],
            Ok("authorization: Bearer abc"),
        ),
        // The caller's header counts as the credential and takes precedence.
        (
            &BEARER,
            |b| b.default_header("Authorization", "Basic x"),
            &[],
            Ok("authorization: Basic x"),
        ),
        (
            &BEARER,
            |b| b,
            &[("AUTHORIZATION", "Bot x")],
            Ok("authorization: Bot x"),
        ),
        (
            &BEARER,
            |b| set(b, &["bearer"]).default_header("authorization", "Bot x"),
            &[],
            Ok("authorization: Bot x"),
        ),
        (
            &BEARER,
            |b| set(b, &["bearer"]).default_header("authorization", "Bot x"),
            &[("authorization", "y")],
            Ok("authorization: y"),
        ),
        (&KEY, |b| b, &[("x-key", "mine")], Ok("x-key: mine")),
        (
            &KEY,
            |b| b.default_header("x-other", "mine"),
            &[],
            Err("key, or bearer"),
        ),
        (
            &COOKIE,
            |b| b,
            &[("cookie", "t=1; s=2")],
            Ok("cookie: t=1; s=2"),
        ),
        (
            &COOKIE,
            |b| b.default_header("cookie", "t=1"),
            &[],
            Err("session"),
        ),
        (
            &COOKIE,
            |b| set(b.default_header("cookie", "t=1"), &["session"]),
            &[],
            Ok("cookie: t=1; s=abc"),
        ),
        // A query name is sent once.
        (&TWICE, |b| set(b, &["id", "id again"]), &[], Ok("?id=abc")),
        (&OPTIONAL, |b| b, &[], Ok("")),
        // Without a security requirement, every credential that is set is sent.
        (&UNSTATED, |b| b, &[], Ok("")),
        (
            &UNSTATED,
            |b| set(b, &["key", "id"]),
            &[],
            Ok("?id=abc x-key: abc"),
        ),
        (
            &UNSTATED,
            |b| set(b, &["raw", "bearer"]),
            &[],
            Ok("authorization: Bearer abc"),
        ),
        (&NONE, |b| set(b, &["bearer", "id", "session"]), &[], Ok("")),
        (&BEARER, |b| b.without_credentials(), &[], Ok("")),
        (
            &BEARER,
            |b| set(b.without_credentials(), &["bearer"]),
            &[],
            Ok("authorization: Bearer abc"),
        ),
    ];
    for (index, (operation, setter, headers, expected)) in table.into_iter().enumerate() {
        let transport = ok();
        let core = setter(builder(&transport).schemes(SCHEMES))
            .finish()
            .expect("a client");
        let mut request = Request::new(&core, operation);
        let options = headers
            .iter()
            .fold(RequestOptions::new(), |options, (name, value)| {
                options.header(name, value)
            });
        request.options(options);
        let outcome = request.send(decode::nothing).await;
        let sent = outcome.map_err(|error| error.to_string()).map(|()| {
            let request = transport.requests().remove(0);
            let query = request.uri().query().map(|query| format!("?{query}"));
            let names = ["authorization", "x-key", "cookie"];
            let headers = names.iter().flat_map(|name| {
                let all = request.headers().get_all(*name).iter();
                all.map(move |value| format!("{name}: {}", value.to_str().unwrap()))
            });
            query
                .into_iter()
                .chain(headers)
                .collect::<Vec<_>>()
                .join(" ")
        });
        let expected = match expected {
            Ok(sent) => Ok(sent.to_owned()),
            Err(schemes) => Err(format!("GET /x: {missing} {schemes}")),
        };
        assert_eq!(sent, expected, "row {index}");
    }
}

/// Checks that a request's header takes precedence over a default header, and a default header over what the client
/// fills in.
#[tokio::test]
async fn precedence_of_headers() {
    let transport = ok();
    let client = builder(&transport)
        .default_header("accept", "text/x")
        .default_header("x-own", "1");
    let client = client
        .default_header("content-type", "text/y")
        .finish()
        .expect("a client");
    let mut request = Request::new(&client, &POST);
    request.json(&1);
    request.header("x-own", "2");
    request.send(decode::nothing).await.expect("an answer");
    let sent = transport.requests().remove(0);
    assert_eq!(sent.headers()["accept"], "text/x");
    assert_eq!(sent.headers()["x-own"], "2");
    assert_eq!(sent.headers()["content-type"], "application/json");
}
