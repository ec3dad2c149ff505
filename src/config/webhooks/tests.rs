use super::super::{Overrides, Settings};
use std::path::Path;

fn fault(verify: &str) -> String {
    let text = format!("webhooks:\n  verify: {verify}\n");
    let given = Overrides {
        spec: Some("api.yaml".into()),
        ..Overrides::default()
    };
    let settings = Settings::from_file(Path::new("sdkgen.yaml"), &text, given);
    settings.map_or_else(|fault| fault.to_string(), |_| String::new())
}

#[test]
fn valid_schemes() {
    for right in [
        "standard",
        "{header: X-Hub-Signature-256, prefix: sha256=}",
        "{header: Stripe-Signature, prefix: v1=, separator: ',', timestamp_prefix: t=, signed: '{timestamp}.{body}', tolerance: 60}",
        "{header: X-S, algorithm: sha512, encoding: base64, secret: base64}",
    ] {
        assert_eq!(fault(right), "", "{right}");
    }
}

#[test]
fn invalid_schemes_are_reported_with_position() {
    let wrong = [
        (
            "svix",
            "sdkgen.yaml:2:11: `webhooks.verify` must be `standard`, or a map with `header`, but is the string \"svix\"",
        ),
        (
            "{header: X-A, algorithm: md5}",
            "sdkgen.yaml:2:36: unknown value `md5` of `webhooks.verify.algorithm` (known: sha256, sha1, sha512)",
        ),
        (
            "{header: X A}",
            "sdkgen.yaml:2:20: `X A` is not the name of a header",
        ),
        (
            "{header: X-A, heder: b}",
            "sdkgen.yaml:2:25: unknown key `heder` in `webhooks.verify`; did you mean `header`? (known: header, algorithm, encoding, prefix, separator, signed, timestamp_header, timestamp_prefix, id_header, tolerance, secret)",
        ),
        (
            "{header: X-A, signed: '{time}{body}'}",
            "sdkgen.yaml:2:33: `{time}` is unknown (known: {id}, {timestamp}, {body})",
        ),
        (
            "{header: X-A, signed: '{body'}",
            "sdkgen.yaml:2:33: a `{` has no matching `}`",
        ),
        (
            "{header: X-A, signed: secret}",
            "sdkgen.yaml:2:33: `{body}` is missing in `signed`",
        ),
        (
            "{header: X-A, timestamp_header: X-T}",
            "sdkgen.yaml:2:20: `{timestamp}` is missing in `signed`",
        ),
        (
            "{header: X-A, signed: '{id}.{body}'}",
            "sdkgen.yaml:2:33: `signed` contains `{id}`, but no key says where it is",
        ),
        (
            "{header: X-A, tolerance: 5}",
            "sdkgen.yaml:2:36: no timestamp: set `timestamp_header` or `timestamp_prefix`",
        ),
        (
            "{header: X-A, timestamp_prefix: t=, signed: '{timestamp}{body}'}",
            "sdkgen.yaml:2:43: a value beside the signature requires `separator`",
        ),
        (
            "{header: X-A, separator: a}",
            "sdkgen.yaml:2:36: 'a' may occur in a signature",
        ),
        (
            "{header: X-A, prefix: 'v1,', separator: ','}",
            "sdkgen.yaml:2:51: ',' occurs in a prefix",
        ),
        (
            "{header: X-A, prefix: ä}",
            "sdkgen.yaml:2:33: only visible ASCII is allowed in a header",
        ),
    ];
    for (verify, message) in wrong {
        assert_eq!(fault(verify), message);
    }
}
