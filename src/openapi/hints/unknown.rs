//! Reports unknown extensions of other generators.

use super::Reader;
use crate::diag::codes;
use crate::resolve::Resolver;
use std::collections::HashSet;

const BEGINNINGS: [&str; 2] = ["x-fern-", "x-speakeasy-"];

/// The supported extensions. Their readers report values that are not supported.
const SUPPORTED: [&str; 20] = [
    "x-fern-enum",
    "x-fern-idempotency-headers",
    "x-fern-idempotent",
    "x-fern-ignore",
    "x-fern-pagination",
    "x-fern-parameter-name",
    "x-fern-property-name",
    "x-fern-retries",
    "x-fern-sdk-group-name",
    "x-fern-sdk-method-name",
    "x-fern-server-name",
    "x-fern-type-name",
    "x-speakeasy-enum-descriptions",
    "x-speakeasy-enums",
    "x-speakeasy-group",
    "x-speakeasy-ignore",
    "x-speakeasy-name-override",
    "x-speakeasy-pagination",
    "x-speakeasy-retries",
    "x-speakeasy-server-id",
];

/// Reports each unknown extension at its first occurrence.
pub fn report_unknown(resolver: Resolver<'_>, reader: &mut Reader<'_>) {
    let mut files = resolver.sources.files();
    let is_in = |text: &str| BEGINNINGS.iter().any(|begin| text.contains(begin));
    if !files.any(|(_, file)| is_in(&file.text)) {
        return;
    }
    let mut seen: HashSet<&str> = HashSet::new();
    let objects = resolver.tree.objects();
    for (key, value) in objects.flat_map(|object| object.members()) {
        let is_one = BEGINNINGS.iter().any(|begin| key.starts_with(begin));
        if is_one && !SUPPORTED.contains(&key) && seen.insert(key) {
            let why = "sdkgen ignores it in the whole document";
            reader
                .diagnostics
                .push(codes::unsupported_extension(value, why));
        }
    }
}
