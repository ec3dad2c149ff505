//! Verifies signatures with the crates of several schemes, and sends requests to the documentation's server.

mod server;

use hooks_standard::webhooks::{self, Event, SignatureError, Signer, Verifier};
use http::{HeaderMap, HeaderValue};
use std::time::{Duration, SystemTime};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const NEXT: &str = "whsec_dGhlIG5leHQgc2VjcmV0IG9mIGFsbA==";
const BODY: &[u8] = br#"{"type":"order.paid","total":12}"#;

fn at(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

fn headers(list: &[(&'static str, &str)]) -> HeaderMap {
    let value = |text: &str| HeaderValue::from_str(text).unwrap();
    list.iter()
        .map(|(name, text)| (name.parse().unwrap(), value(text)))
        .collect()
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    standard_vector();
    standard_faults();
    rotation();
    stripe();
    github();
    own();
    events();
    server_answers().await;
}

/// Checks the example of the Standard Webhooks libraries.
fn standard_vector() {
    let verifier = Verifier::new(SECRET).unwrap();
    let body = br#"{"test": 2432232314}"#;
    let known = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    let sent = |signature: &str| {
        headers(&[
            ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
            ("webhook-timestamp", "1614265330"),
            ("webhook-signature", signature),
        ])
    };
    let now = at(1_614_265_330);
    assert_eq!(verifier.verify_at(&sent(known), body, now), Ok(()));
    let several = format!("v1,AAAA v1a,{} {known} v2,x", &known[3..]);
    assert_eq!(verifier.verify_at(&sent(&several), body, now), Ok(()));
    let asymmetric = known.replace("v1,", "v1a,");
    let missing = Err(SignatureError::Header("webhook-signature"));
    assert_eq!(verifier.verify_at(&sent(&asymmetric), body, now), missing);
    let signer = Signer::new(SECRET).unwrap();
    let signed = signer.sign_at("msg_p5jXN8AQM9LWM0D4loKWxJek", body, now);
    assert_eq!(signed.unwrap(), sent(known));
    // With the system's clock.
    assert_eq!(
        verifier.verify(&sent(known), body),
        Err(SignatureError::Expired)
    );
    let fresh = signer.sign("msg_1", body).unwrap();
    assert_eq!(verifier.verify(&fresh, body), Ok(()));
}

fn standard_faults() {
    let verifier = Verifier::new(SECRET).unwrap();
    let signer = Signer::new(SECRET).unwrap();
    let now = 1_700_000_000;
    let signed = signer.sign_at("msg_1", BODY, at(now)).unwrap();
    let check = |headers: &HeaderMap, seconds| verifier.verify_at(headers, BODY, at(seconds));
    for right in [now - 300, now, now + 300] {
        assert_eq!(check(&signed, right), Ok(()));
    }
    for wrong in [now - 301, now + 301, 0] {
        assert_eq!(check(&signed, wrong), Err(SignatureError::Expired));
    }
    let other_body = verifier.verify_at(&signed, b"{}", at(now));
    assert_eq!(other_body, Err(SignatureError::Mismatch));
    for name in ["webhook-id", "webhook-timestamp", "webhook-signature"] {
        let mut less = signed.clone();
        less.remove(name);
        assert_eq!(check(&less, now), Err(SignatureError::Header(name)));
    }
    let changed = |name: &'static str, text: &str| {
        let mut changed = signed.clone();
        changed.insert(name, HeaderValue::from_str(text).unwrap());
        check(&changed, now)
    };
    assert_eq!(
        changed("webhook-id", "msg_2"),
        Err(SignatureError::Mismatch)
    );
    let later = changed("webhook-timestamp", "1700000001");
    assert_eq!(later, Err(SignatureError::Mismatch));
    for no_time in ["", "+1700000000", "1.7e9", "-5", "99999999999999999999"] {
        let answer = changed("webhook-timestamp", no_time);
        assert_eq!(answer, Err(SignatureError::Expired), "{no_time}");
    }
    for no_signature in ["", "v1", "v1,%%%", "v1=AAAA"] {
        let answer = changed("webhook-signature", no_signature);
        let malformed = SignatureError::Header("webhook-signature");
        assert_eq!(answer, Err(malformed), "{no_signature}");
    }
    for wrong in [
        "v1,",
        "v1,AAAA",
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    ] {
        let answer = changed("webhook-signature", wrong);
        assert_eq!(answer, Err(SignatureError::Mismatch), "{wrong}");
    }
    for secret in ["", "whsec_", "whsec_%"] {
        assert_eq!(Verifier::new(secret).unwrap_err(), SignatureError::Secret);
        assert_eq!(Signer::new(secret).unwrap_err(), SignatureError::Secret);
    }
    let refused = signer.sign_at("a\nb", BODY, at(now)).unwrap_err();
    assert_eq!(refused, SignatureError::Header("webhook-id"));
    assert!(!format!("{verifier:?} {signer:?}").contains("MfKQ"));
}

/// Checks key rotation: while one secret replaces another, both are valid; later, only the new one is.
fn rotation() {
    let old = Signer::new(SECRET).unwrap().sign("msg_1", BODY).unwrap();
    let new = Signer::new(NEXT).unwrap().sign("msg_1", BODY).unwrap();
    let both = Verifier::new(NEXT).unwrap().with_secret(SECRET).unwrap();
    assert_eq!(
        (both.verify(&old, BODY), both.verify(&new, BODY)),
        (Ok(()), Ok(()))
    );
    let only = Verifier::new(NEXT).unwrap();
    assert_eq!(only.verify(&old, BODY), Err(SignatureError::Mismatch));
    assert_eq!(only.verify(&new, BODY), Ok(()));
}

/// Checks the scheme of Stripe, with the timestamp in the signature header. The signatures were made with OpenSSL.
fn stripe() {
    use hooks_stripe::webhooks::{SignatureError, Signer, Verifier};
    let verifier = Verifier::new("whsec_test").unwrap();
    let sent = "t=1700000000,v1=d565ce66f48d3cb58118ee6180f705328b69ccc90a5ff662d5a2e2fa7fb437e2";
    let check = |text: &str, seconds| {
        verifier.verify_at(&headers(&[("stripe-signature", text)]), BODY, at(seconds))
    };
    assert_eq!(check(sent, 1_700_000_060), Ok(()));
    assert_eq!(
        check(&sent.replace(",v1", ", v0=12,v1=00,v1"), 1_700_000_000),
        Ok(())
    );
    assert_eq!(
        check(
            &sent.to_uppercase().replace("T=", "t=").replace("V1", "v1"),
            1_700_000_000
        ),
        Ok(())
    );
    assert_eq!(check(sent, 1_700_000_061), Err(SignatureError::Expired));
    let moved = sent.replace("t=1700000000", "t=1700000001");
    assert_eq!(check(&moved, 1_700_000_000), Err(SignatureError::Mismatch));
    let malformed = Err(SignatureError::Header("stripe-signature"));
    for bad in [
        "t=1700000000",
        "t=1700000000,v1=0",
        "t=1700000000,v1=+1",
        "v1=00",
        "",
    ] {
        assert_eq!(check(bad, 1_700_000_000), malformed, "{bad}");
    }
    let signed = Signer::new("whsec_test")
        .unwrap()
        .sign_at(BODY, at(1_700_000_000));
    assert_eq!(signed.unwrap(), headers(&[("stripe-signature", sent)]));
}

/// Checks the example of GitHub's documentation.
fn github() {
    use hooks_github::webhooks::{SignatureError, Signer, Verifier};
    let secret = "It's a Secret to Everybody";
    let known = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    let sent = headers(&[("x-hub-signature-256", known)]);
    let verifier = Verifier::new(secret).unwrap();
    assert_eq!(verifier.verify(&sent, b"Hello, World!"), Ok(()));
    assert_eq!(
        verifier.verify(&sent, b"Hello, World?"),
        Err(SignatureError::Mismatch)
    );
    assert_eq!(
        Signer::new(secret).unwrap().sign(b"Hello, World!").unwrap(),
        sent
    );
    assert_eq!(Verifier::new("").unwrap_err(), SignatureError::Secret);
}

fn own() {
    use hooks_own::webhooks::{SignatureError, Signer, Verifier};
    let signed = Signer::new("key").unwrap().sign_at(BODY, at(7)).unwrap();
    let known =
        "9uTmPQavr4AAx0b9XfN7Ka0csxI1zManwwoQHyae5wCJMRNJqIjY31LYWnwrVDchc1nN3O7UkHAAj6P8rpUBlQ==";
    assert_eq!(signed, headers(&[("x-time", "7"), ("x-code", known)]));
    let verifier = Verifier::new("key").unwrap();
    assert_eq!(verifier.verify_at(&signed, BODY, at(8)), Ok(()));
    assert_eq!(
        verifier.verify_at(&signed, BODY, at(400)),
        Err(SignatureError::Expired)
    );
}

fn events() {
    match webhooks::parse_event(BODY).unwrap() {
        Event::OrderPaid(paid) => assert_eq!(paid.total, 12),
        other => panic!("{other:?}"),
    }
    let unknown = br#"{"type":"order.lost","total":12}"#;
    match webhooks::parse_event(unknown).unwrap() {
        Event::Unknown(value) => assert_eq!(value["type"], "order.lost"),
        other => panic!("{other:?}"),
    }
    assert!(webhooks::parse_event(b"no JSON").unwrap_err().is_decode());
}

async fn server_answers() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = server::router(Verifier::new(SECRET).unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    let ask = async |headers: HeaderMap, body: &[u8]| {
        let mut head = format!(
            "POST /webhooks HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: {}\r\n",
            body.len()
        );
        for (name, value) in &headers {
            head.push_str(&format!("{name}: {}\r\n", value.to_str().unwrap()));
        }
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream
            .write_all(format!("{head}\r\n").as_bytes())
            .await
            .unwrap();
        stream.write_all(body).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer[9..12].parse::<u16>().unwrap()
    };
    let signer = Signer::new(SECRET).unwrap();
    let signed = |body: &[u8]| signer.sign("msg_1", body).unwrap();
    assert_eq!(ask(signed(BODY), BODY).await, 204);
    assert_eq!(ask(signed(b"other"), BODY).await, 401);
    assert_eq!(ask(HeaderMap::new(), BODY).await, 401);
    assert_eq!(ask(signed(b"no JSON"), b"no JSON").await, 400);
}
