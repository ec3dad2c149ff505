//! Names that no generated name may be, as the code around has them: a table for each place.
//!
//! A test gives a description whose every name is one of the words of a generated crate, so a
//! template that says another name bare is found out.

/// Types and traits of the prelude, which printed code says bare: a type of that name in scope
/// would hide them.
const PRELUDE: &[&str] = &[
    "AsMut",
    "AsRef",
    "AsyncFn",
    "AsyncFnMut",
    "AsyncFnOnce",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Hash",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
];

/// What the files of types import, and `New`, whose constructor would have the type's own name.
const IN_TYPES: &[&str] = &[
    "BTreeMap",
    "Branches",
    "Deserialize",
    "Deserializer",
    "Enveloped",
    "MapAccess",
    "New",
    "Serialize",
    "SerializeMap",
    "Serializer",
];

/// What the files of resources import, the file of the client, which imports the resources, and `New`
/// as above.
const IN_RESOURCES: &[&str] = &[
    "BTreeMap",
    "Body",
    "Bytes",
    "RequestOptions",
    "Client",
    "ClientBuilder",
    "Core",
    "Credential",
    "Download",
    "Enveloped",
    "Error",
    "ErrorBody",
    "EventStream",
    "LineStream",
    "MediaBody",
    "Method",
    "Multipart",
    "New",
    "Operation",
    "Part",
    "RawResponseFuture",
    "Reply",
    "Request",
    "ResponseFuture",
    "Secret",
    "Serialize",
    "Status",
    "Style",
    "Waiter",
];

/// Names that no type of the API may have. One that a description declares takes its next wish.
pub fn types() -> impl Iterator<Item = &'static str> {
    PRELUDE.iter().chain(IN_TYPES).copied()
}

/// Names that no resource and no call may have.
pub fn resources() -> impl Iterator<Item = &'static str> {
    PRELUDE.iter().chain(IN_RESOURCES).copied()
}

/// Names that no module in a folder may have: `std::…` would find the module in place of the crate,
/// Windows has no file of a device's name, and a module is not to be called as the one around it.
pub fn modules(folder: &'static str) -> impl Iterator<Item = &'static str> {
    const CRATES: [&str; 5] = ["alloc", "core", "proc_macro", "std", "test"];
    CRATES
        .into_iter()
        .chain(DEVICES.iter().copied())
        .chain([folder])
}

/// The device names of Windows, which no file may have there, whatever its extension.
pub const DEVICES: &[&str] = &[
    "aux", "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "con",
    "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "nul", "prn",
];

/// Cargo features that are no resource's: those that crates have, those that they may come to have, and
/// the crates that they depend on.
pub const FEATURES: &[&str] = &[
    "base64",
    "bigdecimal",
    "blocking",
    "brotli",
    "brotli_decompressor",
    "bytes",
    "chrono",
    "default",
    "deflate",
    "flate2",
    "full",
    "futures_core",
    "gzip",
    "http",
    "http_body",
    "httpdate",
    "jiff",
    "mock",
    "native_tls",
    "percent_encoding",
    "recorder",
    "reqwest",
    "reqwest_0_13",
    "rust_decimal",
    "rustls",
    "rustls_no_provider",
    "rustls_ring",
    "serde_core",
    "serde_json",
    "time",
    "tokio",
    "tower",
    "tower_service",
    "tracing",
    "uuid",
    "zstd",
    "zstd_safe",
];

/// The functions that every client has. `into` and `try_into` of the prelude take their value as it
/// is, and so go before a method that borrows it.
pub const CLIENT: &[&str] = &["builder", "clone", "from_env", "into", "new", "try_into"];

/// The functions that every server with variables has.
pub const SERVER: &[&str] = &["clone", "default", "from", "into", "new", "try_into"];

/// The functions that every client builder has, those that only the crate sees included.
pub const CLIENT_BUILDER: &[&str] = &[
    "allow_insecure_http",
    "base_url",
    "build",
    "clone",
    "connect_timeout",
    "credential",
    "default_header",
    "fail",
    "finish",
    "fmt",
    "has_credentials",
    "max_response_size",
    "new",
    "provided",
    "retry",
    "schemes",
    "strict_responses",
    "timeout",
    "total_timeout",
    "transport",
    "unset",
    "user_agent",
    "with_defaults",
    "without_credentials",
];

/// The functions that every resource has, and those that go before them as above.
pub const RESOURCE: &[&str] = &["clone", "into", "new", "try_into"];

/// What a call has beside its parameters, and what a method's arguments must leave free.
pub const CALL: &[&str] = &[
    "body",
    "build",
    "decode",
    "decode_with_headers",
    "into_future",
    "new",
    "options",
    "request",
    "send",
    "send_events",
    "send_lines",
    "send_raw",
    "send_stream",
    "send_with_headers",
];

/// What a call has besides where it gives pages.
pub const PAGES: &[&str] = &["items", "pages"];

/// What a multipart body has beside its parts, and what the arguments of its `new` must leave free.
pub const FORM: &[&str] = &[
    "boundary", "default", "fill", "fmt", "into", "new", "part", "parts", "try_into",
];

/// What the client's error can be asked anyway.
pub const ERROR: &[&str] = &[
    "as_api",
    "auth",
    "because",
    "body_as",
    "build",
    "cause",
    "config",
    "description",
    "documented",
    "is_api",
    "is_api_of",
    "is_api_status",
    "is_auth",
    "is_bad_request",
    "is_build",
    "is_client_error",
    "is_config",
    "is_conflict",
    "is_connect",
    "is_decode",
    "is_forbidden",
    "is_not_found",
    "is_rate_limited",
    "is_server_error",
    "is_timeout",
    "is_unauthorized",
    "may_have_reached_server",
    "message",
    "of",
    "overdue",
    "request_id",
    "retry_after",
    "source",
    "status",
    "to_string",
    "type_id",
];

/// What a function that reads an error's body may not be called: as its type.
pub const ERROR_READERS: &[&str] = &["error_body"];

/// What a struct of the API has beside its members.
pub const OBJECT: &[&str] = &["new"];
