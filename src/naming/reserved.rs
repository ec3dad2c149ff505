//! Names that generated items must not have, because the generated code uses them.
//!
//! A test generates a crate from a document whose names are all words of generated code. It fails if a template
//! uses a name that is missing here.

/// Types and traits of the prelude, which generated code uses unqualified. A type of the same name would shadow
/// them.
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

/// Imports of the files with types, and `New`, whose constructor would have the type's own name.
const IN_TYPES: &[&str] = &[
    "BTreeMap",
    "Branches",
    "Deserialize",
    "Deserializer",
    "MapAccess",
    "New",
    "Serialize",
    "SerializeMap",
    "Serializer",
];

/// Imports of the files with resources and the client, and `New`, as above.
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

/// Returns names that no type of the API may have.
pub fn types() -> impl Iterator<Item = &'static str> {
    PRELUDE.iter().chain(IN_TYPES).copied()
}

/// Returns names that no resource and no builder may have.
pub fn resources() -> impl Iterator<Item = &'static str> {
    PRELUDE.iter().chain(IN_RESOURCES).copied()
}

/// Returns names that no module in a folder may have: crates in paths such as `std::…`, device names of
/// Windows, and the folder's own name.
pub fn modules(folder: &'static str) -> impl Iterator<Item = &'static str> {
    const CRATES: [&str; 5] = ["alloc", "core", "proc_macro", "std", "test"];
    CRATES
        .into_iter()
        .chain(DEVICES.iter().copied())
        .chain([folder])
}

/// Modules that the root of some crate declares. A test compares them with the table in `rust::modules`.
pub const ROOT_MODULES: &[&str] = &[
    "base64",
    "base64_url",
    "blocking",
    "client",
    "client_parameters",
    "date",
    "date_time",
    "day",
    "decimal",
    "decimal_conversions",
    "download",
    "encoded",
    "error",
    "events",
    "headers",
    "idempotency",
    "lines",
    "link",
    "media_body",
    "mock",
    "multipart",
    "nullable",
    "oauth",
    "pages",
    "paging",
    "patch",
    "quoted",
    "recorder",
    "resources",
    "runtime",
    "servers",
    "shared_future",
    "signature",
    "stream",
    "token",
    "transport",
    "types",
    "upload",
    "uuid_text",
    "waiter",
    "webhooks",
];

/// Device names, which Windows does not allow as file names, with any extension.
pub const DEVICES: &[&str] = &[
    "aux", "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "con",
    "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "nul", "prn",
];

/// Cargo features that no resource may have: those of generated crates, possible future ones, and dependencies that
/// features turn on.
pub const FEATURES: &[&str] = &[
    "blocking",
    "brotli",
    "brotli_decompressor",
    "default",
    "deflate",
    "flate2",
    "full",
    "gzip",
    "http_body",
    "mock",
    "native_tls",
    "recorder",
    "reqwest",
    "reqwest_0_13",
    "rustls",
    "rustls_no_provider",
    "rustls_ring",
    "tokio",
    "tower",
    "tower_service",
    "tracing",
    "zstd",
    "zstd_safe",
];

/// Functions of every client. `into` and `try_into` of the prelude take `self` by value and therefore precede a
/// method that borrows it.
pub const CLIENT: &[&str] = &["builder", "clone", "from_env", "into", "new", "try_into"];

/// Functions of every server with variables.
pub const SERVER: &[&str] = &["clone", "default", "from", "into", "new", "try_into"];

/// Functions of every client builder, including private ones.
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
    "parameter",
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

/// Functions of every resource, and those that precede them, as above.
pub const RESOURCE: &[&str] = &["clone", "into", "new", "try_into"];

/// Functions and fields of a builder besides its parameters, which arguments must not have.
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

/// Functions of a paginated builder.
pub const PAGES: &[&str] = &["items", "pages"];

/// Functions of a multipart form besides its parts, which arguments of `new` must not have.
pub const FORM: &[&str] = &[
    "boundary", "default", "fill", "fmt", "into", "new", "part", "parts", "try_into",
];

/// Functions of the client's error.
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

/// The type name, which the function that decodes an error's body must not have.
pub const ERROR_READERS: &[&str] = &["error_body", "message_path"];

/// Functions of a struct besides its fields.
pub const OBJECT: &[&str] = &["new"];
