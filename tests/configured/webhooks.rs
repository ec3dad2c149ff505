//! The configuration key `webhooks`.

use super::generated;
use std::collections::BTreeMap;

/// Two of the schemes whose signatures `tests/sdk/webhooks.rs` checks, named after their snapshots.
const SCHEMES: [(&str, &str); 2] = [
    ("hooks_standard", "standard"),
    (
        "hooks_stripe",
        "{header: Stripe-Signature, prefix: v1=, separator: ',', timestamp_prefix: t=, \
         signed: '{timestamp}.{body}', tolerance: 60}",
    ),
];

/// Returns the files of the book and of the crate.
fn files(config: &str) -> BTreeMap<String, String> {
    let generated = generated(config, "fixtures/operations/webhooks-events.yaml");
    let mut files = generated.package.0;
    files.extend(generated.docs.unwrap().0);
    files
}

#[test]
fn what_is_generated_for_a_scheme() {
    for (name, scheme) in SCHEMES {
        let files = files(&format!("webhooks: {{verify: {scheme}}}"));
        let paths = ["src/signature.rs", "src/webhooks.rs", "src/webhooks.md"];
        let texts = paths.map(|path| format!("//// {path}\n{}\n", files[path]));
        insta::assert_snapshot!(name, texts.concat());
    }
}

/// Checks that a crate contains no signature code if the configuration names no scheme.
#[test]
fn without_a_scheme_there_is_no_signature_code() {
    let files = files("");
    for path in ["Cargo.toml", "README.md", "src/lib.rs", "src/webhooks.rs"] {
        for word in ["hmac", "sha2", "Verifier", "mod signature"] {
            assert!(!files[path].contains(word), "{path}: {word}");
        }
    }
}
