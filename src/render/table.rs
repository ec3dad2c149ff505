//! The built-in templates and the files that are copied as they are, compiled into the program.

macro_rules! templates {
    ($($name:literal),* $(,)?) => {
        /// Name, which is the path below `templates/`, to text.
        pub const TEMPLATES: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../templates/", $name)))),*];
    };
}

templates![
    "docs/SUMMARY.md.j2",
    "docs/authentication.md.j2",
    "docs/book.toml.j2",
    "docs/errors.md.j2",
    "docs/index.md.j2",
    "docs/llms.txt.j2",
    "docs/operation.md.j2",
    "docs/parameters.md.j2",
    "docs/resource.md.j2",
    "docs/sdkgen.css.j2",
    "docs/shape.md.j2",
    "docs/table.md.j2",
    "docs/table_end.md.j2",
    "docs/types.md.j2",
    "docs/ways.md.j2",
    "docs/webhooks.md.j2",
    "rust/Cargo.toml.j2",
    "rust/LICENSE-MIT.j2",
    "rust/README.md.j2",
    "rust/quickstart.rs.j2",
    "rust/src/blocking.rs.j2",
    "rust/src/client.rs.j2",
    "rust/src/enumeration.rs.j2",
    "rust/src/error.rs.j2",
    "rust/src/lib.rs.j2",
    "rust/src/mock.rs.j2",
    "rust/src/object.rs.j2",
    "rust/src/recorder.rs.j2",
    "rust/src/resource.rs.j2",
    "rust/src/resources_mod.rs.j2",
    "rust/src/servers.rs.j2",
    "rust/src/signature.rs.j2",
    "rust/src/types.rs.j2",
    "rust/src/types_mod.rs.j2",
    "rust/src/union.rs.j2",
    "rust/src/webhooks.rs.j2",
    "rust/tests/harness.rs.j2",
    "rust/tests/resource.rs.j2",
    "rust/tests/resources_mod.rs.j2",
    "rust/tests/wire.rs.j2",
];

macro_rules! placed {
    ($(#[$doc:meta])* $name:ident, below $folder:literal: $($to:literal from $from:literal),* $(,)?) => {
        $(#[$doc])*
        pub const $name: &[(&str, &str, &str)] = &[$((
            $to,
            concat!($folder, $from),
            include_str!(concat!("../../templates/", $folder, $from)),
        )),*];
    };
}

placed![
    /// What is copied as it is: path in the crate, name and text.
    COPIED, below "rust/":
    "LICENSE-APACHE" from "LICENSE-APACHE",
    "src/base64.rs" from "src/base64.rs",
    "src/date.rs" from "src/date.rs",
    "src/date_time.rs" from "src/date_time.rs",
    "src/date_time.rs" from "src/date_time_chrono.rs",
    "src/date_time.rs" from "src/date_time_time.rs",
    "src/decimal.rs" from "src/decimal.rs",
    "src/decimal_conversions.rs" from "src/decimal_bigdecimal.rs",
    "src/decimal_conversions.rs" from "src/decimal_rust_decimal.rs",
    "src/download.rs" from "src/download.rs",
    "src/events.rs" from "src/events.rs",
    "src/flight.rs" from "src/flight.rs",
    "src/headers.rs" from "src/headers.rs",
    "src/idempotency.rs" from "src/idempotency.rs",
    "src/lines.rs" from "src/lines.rs",
    "src/link.rs" from "src/link.rs",
    "src/multipart.rs" from "src/multipart.rs",
    "src/oauth.rs" from "src/oauth.rs",
    "src/pages.rs" from "src/pages.rs",
    "src/paging.rs" from "src/paging.rs",
    "src/patch.rs" from "src/patch.rs",
    "src/stream.rs" from "src/stream.rs",
    "src/token.rs" from "src/token.rs",
    "src/transport.rs" from "src/transport.rs",
    "src/upload.rs" from "src/upload.rs",
    "src/waiter.rs" from "src/waiter.rs",
    "src/runtime/answer.rs" from "runtime/answer.rs",
    "src/runtime/assemble.rs" from "runtime/assemble.rs",
    "src/runtime/auth.rs" from "runtime/auth.rs",
    "src/runtime/body.rs" from "runtime/body.rs",
    "src/runtime/builder.rs" from "runtime/builder.rs",
    "src/runtime/client.rs" from "runtime/client.rs",
    "src/runtime/decode.rs" from "runtime/decode.rs",
    "src/runtime/digits.rs" from "runtime/digits.rs",
    "src/runtime/enumeration.rs" from "runtime/enumeration.rs",
    "src/runtime/envelope.rs" from "runtime/envelope.rs",
    "src/runtime/error.rs" from "runtime/error.rs",
    "src/runtime/execute.rs" from "runtime/execute.rs",
    "src/runtime/fetch.rs" from "runtime/fetch.rs",
    "src/runtime/future.rs" from "runtime/future.rs",
    "src/runtime/json.rs" from "runtime/json.rs",
    "src/runtime/json_path.rs" from "runtime/json_path.rs",
    "src/runtime/members.rs" from "runtime/members.rs",
    "src/runtime/memory.rs" from "runtime/memory.rs",
    "src/runtime/mod.rs" from "runtime/mod.rs",
    "src/runtime/number.rs" from "runtime/number.rs",
    "src/runtime/operation.rs" from "runtime/operation.rs",
    "src/runtime/param.rs" from "runtime/param.rs",
    "src/runtime/part.rs" from "runtime/part.rs",
    "src/runtime/prepared.rs" from "runtime/prepared.rs",
    "src/runtime/provide.rs" from "runtime/provide.rs",
    "src/runtime/redact.rs" from "runtime/redact.rs",
    "src/runtime/redirect.rs" from "runtime/redirect.rs",
    "src/runtime/request.rs" from "runtime/request.rs",
    "src/runtime/reqwest.rs" from "runtime/reqwest.rs",
    "src/runtime/response.rs" from "runtime/response.rs",
    "src/runtime/retry.rs" from "runtime/retry.rs",
    "src/runtime/room.rs" from "runtime/room.rs",
    "src/runtime/scalar.rs" from "runtime/scalar.rs",
    "src/runtime/secret.rs" from "runtime/secret.rs",
    "src/runtime/style.rs" from "runtime/style.rs",
    "src/runtime/target.rs" from "runtime/target.rs",
    "src/runtime/testing.rs" from "runtime/testing.rs",
    "src/runtime/time.rs" from "runtime/time.rs",
    "src/runtime/tolerant.rs" from "runtime/tolerant.rs",
    "src/runtime/tower.rs" from "runtime/tower.rs",
    "src/runtime/trace.rs" from "runtime/trace.rs",
    "src/runtime/transport.rs" from "runtime/transport.rs",
    "src/runtime/union.rs" from "runtime/union.rs",
    "src/runtime/url.rs" from "runtime/url.rs",
];

placed![
    /// What a new repository has beside the crate: path in it, name of the template and text.
    REPOSITORY, below "init/":
    ".github/workflows/ci.yml" from ".github/workflows/ci.yml.j2",
    ".github/workflows/publish.yml" from ".github/workflows/publish.yml.j2",
    ".github/workflows/regenerate.yml" from ".github/workflows/regenerate.yml.j2",
    ".gitignore" from "gitignore.j2",
    "CHANGELOG.md" from "CHANGELOG.md.j2",
    "Cargo.toml" from "Cargo.toml.j2",
    "README.md" from "README.md.j2",
    "spec/sdkgen.yaml" from "spec/sdkgen.yaml.j2",
];
