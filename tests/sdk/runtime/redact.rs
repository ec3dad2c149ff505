//! Redaction: the forms in which a secret is found in a text, and texts that are not secrets.

use crate::runtime::Secrets;
use http::{HeaderName, HeaderValue};

const SECRET: &str = "SEC/RET+x=y%41&~q";

fn secrets(all: &[&str]) -> Secrets {
    let mut secrets = Secrets::default();
    all.iter().for_each(|secret| secrets.add(secret));
    secrets
}

fn line(secret: &str, text: &str) -> String {
    secrets(&[secret]).line(text, 300)
}

#[test]
fn a_secret_is_found_however_it_is_spelled() {
    let spellings = [
        SECRET,
        // Encoded by RFC 3986 and as a form, with digits of either case, in full, and twice.
        "SEC%2FRET%2Bx%3Dy%2541%26~q",
        "SEC%2FRET%2Bx%3Dy%2541%26%7Eq",
        "SEC%2fRET%2bx%3dy%2541%26~q",
        "SEC/RET%2Bx=y%2541%26~q",
        "%53%45%43%2F%52%45%54%2B%78%3D%79%25%34%31%26%7E%71",
        "SEC%252FRET%252Bx%253Dy%252541%2526~q",
        // Escaped for JSON and HTML.
        r"SEC\/RET+x=y%41&~q",
        r"SEC\/RET+x\u003dy%41\u0026~q",
        "SEC/RET+x=y%41&amp;~q",
        "SEC&#x2F;RET&#43;x=y%41&amp;~q",
        // In base64 and base64url, with and without padding.
        "U0VDL1JFVCt4PXklNDEmfnE=",
        "U0VDL1JFVCt4PXklNDEmfnE",
        "U0VDL1JFVCt4PXklNDEmfnE%3D",
    ];
    for spelling in spellings {
        let found = line(SECRET, &format!("invalid \"{spelling}\" here"));
        assert_eq!(found, "invalid \"[redacted]\" here", "{spelling}");
    }
    // A space, a non-ASCII character, and a character outside the Basic Multilingual Plane.
    for spelling in [
        "p ä😀",
        "p+%C3%A4%F0%9F%98%80",
        "p%20%c3%a4%f0%9f%98%80",
        r"p \u00e4\ud83d\ude00",
        "p &#228;&#x1F600;",
    ] {
        assert_eq!(line("p ä😀", spelling), "[redacted]", "{spelling}");
    }
}

#[test]
fn a_value_ends_at_a_delimiter_and_no_secret_is_inside_a_word() {
    let whole = [
        "abc",
        "?key=abc&x=1",
        "key%3Dabc%26x",
        r#"{"key":"abc"}"#,
        r#"{\"key\":\"abc\"}"#,
        "Bearer abc",
        "Bearer%20abc",
        "Bearer%2520abc",
        r"key\u003dabc",
        r"line\nabc\nline",
        "(abc)",
        "abc, abc.",
        "“abc”",
        "user:abc@host",
        "a/abc/b",
        "<b>abc</b>",
        "abc\u{0}",
    ];
    for text in whole {
        let found = line("abc", text);
        assert!(found.contains("[redacted]"), "{text}: {found}");
        assert!(!found.contains("abc"), "{text}: {found}");
    }
    for text in [
        "abcdef", "xabc", "my_abc", "abc-1", "abc_1", "äabc", "abcä", "%41abc", "ab", "ABC",
    ] {
        assert_eq!(line("abc", text), text);
    }
    assert_eq!(line("t", "expected value t"), "expected value [redacted]");
    assert_eq!(line("e", "the_e \\u0065e e-e"), "the_e \\u0065e e-e");
    // A secret that begins or ends with a delimiter needs no delimiter next to it.
    assert_eq!(line("/abc/", "x/abc/y"), "x[redacted]y");
}

#[test]
fn parts_that_a_server_splits_off_are_secret_where_they_are_long() {
    let key = "id-12345:aB3dE6gH9,live";
    let found = line(key, r#"["id-12345","aB3dE6gH9","live"]"#);
    assert_eq!(found, r#"["[redacted]","[redacted]","live"]"#);
    let token = "eyJhbGciOiJI.eyJzdWIiOiIx.SflKxwRJSMeK";
    assert_eq!(
        line(token, "signature SflKxwRJSMeK"),
        "signature [redacted]"
    );
}

#[test]
fn basic_authentication_is_secret_in_each_form() {
    let mut secrets = Secrets::default();
    secrets.add_basic("Aladdin", "open sesame");
    for text in [
        "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ",
        "authorization=Basic%20QWxhZGRpbjpvcGVuIHNlc2FtZQ%3D%3D",
        "Aladdin:open sesame",
        "Aladdin:open+sesame",
    ] {
        let found = secrets.line(text, 300);
        assert!(found.contains("[redacted]"), "{text}: {found}");
        assert!(
            !found.contains("sesame") && !found.contains("QWx"),
            "{found}"
        );
    }
    // A key as the user name, without a password.
    let mut secrets = Secrets::default();
    secrets.add_basic("sk_live_1", "");
    assert_eq!(
        secrets.line("no such key: sk_live_1", 300),
        "no such key: [redacted]"
    );
    assert_eq!(secrets.line("c2tfbGl2ZV8xOg==", 300), "[redacted]");
}

#[test]
fn headers_and_forms_hold_secrets_by_their_names() {
    let mut secrets = Secrets::default();
    for (name, value) in [
        ("authorization", "Basic bWU6czNjcjN0JTIx"),
        ("cookie", "lang=de; session=t0%2Fken"),
        ("x-key", "header-key"),
    ] {
        let name = HeaderName::from_static(name);
        secrets.add_header(&name, &HeaderValue::from_static(value));
    }
    secrets.add_form(
        "grant_type=password&client_secret=a%2Fb&password=p+q&scope=all&subject_token_type=jwt",
    );
    let text = "bWU6czNjcjN0JTIx s3cr3t%21 s3cr3t! t0/ken t0%2fken header-key a/b p q p+q";
    let all = ["[redacted]"; 9].join(" ");
    assert_eq!(secrets.line(text, 300), all);
    let public = "de lang session password all jwt me";
    assert_eq!(secrets.line(public, 300), public);
}

#[test]
fn no_part_of_a_secret_is_left_where_a_text_is_cut() {
    let secret = "0123456789abcdef";
    for length in 0..40 {
        let text = format!("{}{} {secret}", "x".repeat(length), "\n \t".repeat(9));
        let found = secrets(&[secret]).line(&text, 30);
        assert!(!found.contains("012"), "{found}");
        assert!(found.chars().count() <= 31, "{found}");
    }
    // A password with white space is found before the white space is collapsed.
    assert_eq!(line("a  b", "a  b"), "[redacted]");
    assert_eq!(
        line("none", " a\u{1}\r\n\tb \u{feff} "),
        "a\u{fffd} b \u{feff}"
    );
    assert_eq!(line("none", "\u{feff}a"), "a");
    assert_eq!(line("none", &"x ".repeat(150)).chars().count(), 299);
}

/// Checks that the search is linear: every character has two spellings, and the last one never matches.
#[test]
fn the_search_follows_each_place_once() {
    let secret = format!("{}!", "%25".repeat(100));
    let text = "%25".repeat(1_000);
    assert_eq!(secrets(&[&secret]).replace(&text, ""), text);
    let entities = "&".repeat(10_000);
    assert_eq!(secrets(&["&secret"]).replace(&entities, ""), entities);
}
