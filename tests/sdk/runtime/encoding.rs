//! Encoding of parameters, bodies and credentials.

use std::collections::BTreeMap;

use crate::requests::{DOTTED, GET, ITEM, POST, builder, ok, operation, secured, sent};
use crate::runtime::{Credential, Operation, Request, Secret, Style, decode};
use serde_json::{Value, json};

/// Checks the examples of OpenAPI 3.1.1, section "Style Examples", and of RFC 6570.
#[tokio::test]
async fn path_styles() {
    let (simple, label, matrix) = (Style::SIMPLE, Style::LABEL, Style::MATRIX);
    let list = json!(["blue", "black", "brown"]);
    let map = json!({"B": 150, "G": 200, "R": 100});
    let table = [
        (simple, json!("blue"), "blue"),
        (simple, json!(7), "7"),
        (simple, json!(1.5), "1.5"),
        (simple, json!(true), "true"),
        (simple, json!("a,b/é"), "a%2Cb%2F%C3%A9"),
        (simple, list.clone(), "blue,black,brown"),
        (simple, map.clone(), "B,150,G,200,R,100"),
        (simple.explode(true), list.clone(), "blue,black,brown"),
        (simple.explode(true), map.clone(), "B=150,G=200,R=100"),
        (simple.explode(true), json!({"a": ""}), "a="),
        (simple, json!([1, null, [2]]), "1,%5B2%5D"),
        (
            simple.reserved(),
            json!("a:b/c?d#e%2Ff%g"),
            "a:b%2Fc%3Fd%23e%2Ff%25g",
        ),
        (label, json!("blue"), ".blue"),
        (label, list.clone(), ".blue,black,brown"),
        (label, map.clone(), ".B,150,G,200,R,100"),
        (label.explode(true), list.clone(), ".blue.black.brown"),
        (label.explode(true), map.clone(), ".B=150.G=200.R=100"),
        (matrix, json!("blue"), ";p=blue"),
        (matrix, list.clone(), ";p=blue,black,brown"),
        (matrix, map.clone(), ";p=B,150,G,200,R,100"),
        (
            matrix.explode(true),
            list.clone(),
            ";p=blue;p=black;p=brown",
        ),
        (matrix.explode(true), map.clone(), ";B=150;G=200;R=100"),
        (Style::JSON, json!({"a": "/"}), "%7B%22a%22%3A%22%2F%22%7D"),
    ];
    for (style, value, expected) in table {
        let request = sent(&ITEM, |r| r.styled_path("p", style, &value)).await;
        let request = request.expect(expected);
        assert_eq!(
            request.uri().path(),
            format!("/v/a/{expected}/b"),
            "{style:?} {value}"
        );
    }
    for value in [
        json!(""),
        json!(null),
        json!([]),
        json!({}),
        json!("."),
        json!(".."),
    ] {
        for operation in [&ITEM, &DOTTED] {
            let result = sent(operation, |r| r.path("p", &value)).await;
            let dotted = std::ptr::eq(operation, &DOTTED) && value == "..";
            assert_eq!(
                result.is_err_and(|error| error.is_build()),
                !dotted,
                "{value}"
            );
        }
    }
    assert!(
        sent(&ITEM, |_| {})
            .await
            .is_err_and(|error| error.is_build())
    );
    let empty = sent(&ITEM, |r| r.styled_path("p", label, "")).await;
    assert!(empty.is_err_and(|error| error.is_build()));
}

/// Checks that scalars written directly equal their JSON text.
#[tokio::test]
async fn scalars() {
    async fn check<T: serde::Serialize>(value: T, path: &str, query: &str) {
        let request = sent(&ITEM, |r| {
            r.path("p", &value);
            r.query("q r", &value);
        });
        let styled = sent(&ITEM, |r| {
            r.styled_path("p", Style::SIMPLE, &value);
            r.styled_query("q r", Style::FORM, &value);
        });
        let expected = format!("https://h/v/a/{path}/b{query}");
        assert_eq!(request.await.expect(path).uri(), expected.as_str());
        assert_eq!(styled.await.expect(path).uri(), expected.as_str());
    }
    check(
        "a b/{p}é",
        "a%20b%2F%7Bp%7D%C3%A9",
        "?q%20r=a%20b%2F%7Bp%7D%C3%A9",
    )
    .await;
    check(-7_i8, "-7", "?q%20r=-7").await;
    check(
        i64::MIN,
        "-9223372036854775808",
        "?q%20r=-9223372036854775808",
    )
    .await;
    let most = "340282366920938463463374607431768211455";
    check(u128::MAX, most, &format!("?q%20r={most}")).await;
    check(true, "true", "?q%20r=true").await;
    check('&', "%26", "?q%20r=%26").await;
    check(Some(1), "1", "?q%20r=1").await;
    check(5.0, "5", "?q%20r=5").await;
    check(1e300, "1e%2B300", "?q%20r=1e%2B300").await;
    check(json!([1, "a b"]), "1,a%20b", "?q%20r=1&q%20r=a%20b").await;
}

#[tokio::test]
async fn parameters_of_the_query_can_be_set_again() {
    let query = async |fill: fn(&mut Request)| {
        let request = sent(&GET, fill).await.expect("a request");
        request.uri().query().unwrap_or_default().to_owned()
    };
    let all = |r: &mut Request| {
        r.query("a", "1");
        r.query("b", &json!(["2", "3"]));
        r.query("c", &json!([]));
        r.query("d", "4");
    };
    assert_eq!(query(all).await, "a=1&b=2&b=3&d=4");
    let first = |r: &mut Request| {
        r.query("a", "1");
        r.query("b", "2");
        r.query("a", "3");
    };
    assert_eq!(query(first).await, "b=2&a=3");
    let middle = |r: &mut Request| {
        r.query("a", "1");
        r.query("b", &json!([2, 3]));
        r.query("c", "4");
        r.query("b", "5");
        r.query("a", &json!(null));
        r.query("c", "6");
        r.query("b", "7");
    };
    assert_eq!(query(middle).await, "c=6&b=7");
}

/// Checks that parameters are replaced anywhere in the path, in any order, and that braces in their values have no
/// effect.
#[tokio::test]
async fn paths_with_several_parameters() {
    static SEVERAL: Operation = operation("/{a}/{b}.{a}?x={b}", "GET");
    let request = sent(&SEVERAL, |r| {
        r.path("b", "{a}");
        r.path("a", "1");
        r.query("q", "2");
    });
    let request = request.await.expect("a request");
    assert_eq!(request.uri(), "https://h/v/1/%7Ba%7D.1?x=%7Ba%7D&q=2");
    let missing = sent(&SEVERAL, |r| r.path("a", "1")).await;
    let missing = missing.expect_err("no b").to_string();
    assert!(missing.contains("`b` is not set"), "{missing}");
}

#[tokio::test]
async fn query_styles() {
    let list = json!(["a b", "c|d"]);
    let map = json!({"G": "2 0", "R": 100});
    let deep = json!({"a": [1, {"b": 2}], "c": {"d": "&"}, "n": null});
    let table = [
        (Style::FORM, json!("a b&é"), "q=a%20b%26%C3%A9"),
        (Style::FORM, json!(""), "q="),
        (Style::FORM, json!(null), ""),
        (Style::FORM, json!([]), ""),
        (Style::FORM, json!({}), ""),
        (Style::FORM, list.clone(), "q=a%20b&q=c%7Cd"),
        (Style::FORM.explode(false), list.clone(), "q=a%20b,c%7Cd"),
        (Style::FORM, map.clone(), "G=2%200&R=100"),
        (Style::FORM.explode(false), map.clone(), "q=G,2%200,R,100"),
        (Style::SPACE, list.clone(), "q=a%20b%20c%7Cd"),
        (Style::SPACE.explode(true), list.clone(), "q=a%20b&q=c%7Cd"),
        (Style::PIPE, list.clone(), "q=a%20b%7Cc%7Cd"),
        (Style::PIPE, map.clone(), "q=G%7C2%200%7CR%7C100"),
        (Style::DEEP, map.clone(), "q%5BG%5D=2%200&q%5BR%5D=100"),
        (
            Style::DEEP,
            deep,
            "q%5Ba%5D%5B0%5D=1&q%5Ba%5D%5B1%5D%5Bb%5D=2&q%5Bc%5D%5Bd%5D=%26",
        ),
        (Style::JSON, json!([1, "é"]), "q=%5B1%2C%22%C3%A9%22%5D"),
        (
            Style::FORM.reserved(),
            json!("a/b?c=d&e#f+g h%2Fi%"),
            "q=a/b?c=d%26e%23f%2Bg%20h%2Fi%25",
        ),
        (
            Style::FORM,
            json!([{"a": 1}, [2]]),
            "q=%7B%22a%22%3A1%7D&q=%5B2%5D",
        ),
    ];
    for (style, value, expected) in table {
        let request = sent(&GET, |r| r.styled_query("q", style, &value)).await;
        let request = request.expect(expected);
        assert_eq!(
            request.uri().query().unwrap_or_default(),
            expected,
            "{style:?} {value}"
        );
    }
    let request = sent(&GET, |r| {
        r.query("a b", &1);
        r.query("c", &2);
        r.query("a b", &3);
        r.query_string("*", &json!({"t": [1, 2], "x": "y z"}));
    });
    let request = request.await.expect("a request");
    assert_eq!(request.uri().query(), Some("c=2&a%20b=3&t=1&t=2&x=y+z"));
}

#[tokio::test]
async fn headers_and_cookies() {
    let map = json!({"a": 1, "b": "x y"});
    let request = sent(&GET, |r| {
        r.header("X-List", &["a/b", "é"]);
        r.styled_header("X-Map", Style::SIMPLE.explode(true), &map);
        r.styled_header("X-Json", Style::JSON, &map);
        r.header("X-Gone", &1);
        r.header("X-Gone", &None::<u8>);
        r.cookie("c", "a;b");
        r.styled_cookie("d", Style::FORM.explode(false), &[1, 2]);
    });
    let request = request.await.expect("a request");
    let header = |name: &str| request.headers().get(name).map(|v| v.as_bytes());
    assert_eq!(header("x-list"), Some("a/b,é".as_bytes()));
    assert_eq!(header("x-map"), Some(&b"a=1,b=x y"[..]));
    assert_eq!(header("x-json"), Some(&br#"{"a":1,"b":"x y"}"#[..]));
    assert_eq!(header("x-gone"), None);
    assert_eq!(header("cookie"), Some(&b"c=a%3Bb; d=1,2"[..]));

    let bad = sent(&GET, |r| r.header("X-A", "a\r\nX-B: c"))
        .await
        .expect_err("bad");
    assert!(bad.is_build() && bad.to_string().contains("`X-A`"), "{bad}");
    let bad = sent(&GET, |r| r.query("q", &BTreeMap::from([([1], 2)])))
        .await
        .expect_err("bad");
    assert!(bad.is_build(), "{bad}");
    let why = "GET /x: the value of `q` cannot be written: key must be a string, at $";
    assert_eq!(bad.to_string(), why);
}

#[tokio::test]
async fn bodies() {
    let value = json!({"a": "b c&", "l": [1, 2], "n": null, "o": {"x": "y"}});
    type Row = (&'static str, &'static str, fn(&mut Request, &Value));
    let table: [Row; 5] = [
        (
            "application/json",
            r#"{"a":"b c&","l":[1,2],"n":null,"o":{"x":"y"}}"#,
            |r, v| r.json(v),
        ),
        (
            "application/x-www-form-urlencoded",
            "a=b+c%26&l=1&l=2&o=%7B%22x%22%3A%22y%22%7D",
            |r, v| r.form(v, &[]),
        ),
        (
            "application/x-www-form-urlencoded",
            "a=b+c%26&l=1,2&o%5Bx%5D=y",
            |r, v| r.form(v, &[("o", Style::DEEP), ("l", Style::FORM.explode(false))]),
        ),
        ("text/plain; charset=utf-8", "é", |r, _| {
            r.text("text/plain; charset=utf-8", "é")
        }),
        ("image/png", "\u{1}", |r, _| r.bytes("image/png", vec![1])),
    ];
    for (content_type, body, fill) in table {
        let request = sent(&POST, |r| fill(r, &value)).await.expect(body);
        assert_eq!(request.headers()["content-type"], content_type);
        assert_eq!(request.body(), body);
    }
}

#[tokio::test]
async fn credentials() {
    static EITHER: Operation = secured(&[&[], &["a", "b"], &["c"]]);
    static ONE: Operation = secured(&[&["a", "b"], &["c"]]);
    /// An operation, the credentials that are set, and the expected query, cookie and authorization.
    type Row = (&'static Operation, &'static [&'static str], Option<Sent>);
    type Sent = [Option<&'static str>; 3];
    let secret = Secret::new("s+1");
    let make = |names: &[&str]| {
        let transport = ok();
        let mut builder = builder(&transport);
        for name in names {
            builder.credential(match *name {
                "a" => Credential::query("a", "key", "k", &secret),
                "b" => Credential::cookie("b", "key", "k", &secret),
                "c" => Credential::basic("c", "login", "Aladdin", &"open sesame".into()),
                _ => Credential::header("d", "key", "x-key", &secret),
            });
        }
        (transport, builder.finish().expect("a client"))
    };
    let basic = "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==";
    let table: [Row; 7] = [
        (&EITHER, &[], Some([None, None, None])),
        (&EITHER, &["a"], Some([None, None, None])),
        (&EITHER, &["c"], Some([None, None, Some(basic)])),
        (
            &EITHER,
            &["a", "b", "c"],
            Some([Some("k=s%2B1"), Some("k=s%2B1"), None]),
        ),
        (&ONE, &["a", "d"], None),
        (&ONE, &["c"], Some([None, None, Some(basic)])),
        (&GET, &["a", "b", "c"], Some([None, None, None])),
    ];
    for (operation, names, expected) in table {
        let (transport, core) = make(names);
        let result = Request::new(&core, operation).send(decode::nothing).await;
        let got = result.is_ok().then(|| {
            let request = transport.requests().remove(0);
            let header = |name| {
                request
                    .headers()
                    .get(name)
                    .map(|v| v.to_str().unwrap().to_owned())
            };
            [
                request.uri().query().map(str::to_owned),
                header("cookie"),
                header("authorization"),
            ]
        });
        let expected = expected.map(|texts| texts.map(|text| text.map(str::to_owned)));
        assert_eq!(got, expected, "{names:?}");
    }
}
