//! The dependencies of generated crates, with the reasons that the README states. Those of one module only are in the
//! table of modules.

/// A dependency that no feature turns off.
#[derive(Debug, Clone, Copy)]
pub struct Dependency {
    pub name: &'static str,
    /// The requirement, as TOML.
    pub requirement: &'static str,
    /// The README's reason; `None` if the README lists it together with others.
    pub reason: Option<&'static str>,
    /// Whether public signatures use its types, so that the crate re-exports it.
    pub is_public: bool,
}

impl Dependency {
    const fn new(
        name: &'static str,
        requirement: &'static str,
        reason: Option<&'static str>,
    ) -> Self {
        Dependency {
            name,
            requirement,
            reason,
            is_public: false,
        }
    }

    /// A dependency of some crates.
    pub const fn optional(
        name: &'static str,
        requirement: &'static str,
        reason: &'static str,
    ) -> Self {
        Dependency::new(name, requirement, Some(reason))
    }

    pub const fn public(self) -> Self {
        Dependency {
            is_public: true,
            ..self
        }
    }
}

/// The dependencies of every crate.
pub static ALWAYS: &[Dependency] = &[
    Dependency::new(
        "bytes",
        r#""1.6""#,
        Some("request and response bodies without copies"),
    )
    .public(),
    Dependency::new(
        "futures-core",
        r#"{ version = "0.3.28", default-features = false }"#,
        Some("the trait `Stream`"),
    ),
    Dependency::new(
        "http",
        r#""1.1""#,
        Some("methods, statuses and headers, as most Rust HTTP libraries define them"),
    )
    .public(),
    Dependency::new("httpdate", r#""1.0""#, Some("dates in `Retry-After`")),
    Dependency::new("percent-encoding", r#""2.3""#, Some("parameters in URLs")),
    Dependency::new("serde_core", r#""1.0.220""#, None),
    Dependency::new(
        "serde_json",
        r#"{ version = "1.0.145", features = ["raw_value"] }"#,
        None,
    )
    .public(),
];

pub const BASE64: Dependency = Dependency::optional(
    "base64",
    r#"{ version = "0.23", default-features = false, features = ["std"] }"#,
    "bytes in base64 or base64url",
);

pub const BIGDECIMAL: Dependency = Dependency::optional(
    "bigdecimal",
    r#"{ version = "0.4", default-features = false, features = ["std"] }"#,
    "decimal numbers",
)
.public();

pub const CHRONO: Dependency = Dependency::optional(
    "chrono",
    r#"{ version = "0.4.34", default-features = false, features = ["std"] }"#,
    "dates and times",
)
.public();

pub const GETRANDOM: Dependency = Dependency::optional(
    "getrandom",
    r#"{ version = "0.4", features = ["std"] }"#,
    "idempotency keys",
);

pub const HMAC: Dependency = Dependency::optional(
    "hmac",
    r#"{ version = "0.13", default-features = false }"#,
    "signatures of webhooks",
);

pub const JIFF: Dependency = Dependency::optional(
    "jiff",
    r#"{ version = "1.0", default-features = false, features = ["std"] }"#,
    "dates and times",
)
.public();

pub const RUST_DECIMAL: Dependency = Dependency::optional(
    "rust_decimal",
    r#"{ version = "1.30", default-features = false, features = ["std"] }"#,
    "decimal numbers",
)
.public();

pub const SHA1: Dependency = Dependency::optional(
    "sha1",
    r#"{ version = "0.11", default-features = false }"#,
    "their hash",
);

pub const SHA2: Dependency = Dependency::optional(
    "sha2",
    r#"{ version = "0.11", default-features = false }"#,
    "their hash",
);

pub const TIME: Dependency = Dependency::optional(
    "time",
    r#"{ version = "0.3.30", default-features = false, features = ["formatting", "parsing", "std"] }"#,
    "dates and times",
).public();

/// The dependencies above, which tables of modules name.
pub static OPTIONAL: &[Dependency] = &[
    BASE64,
    BIGDECIMAL,
    CHRONO,
    GETRANDOM,
    HMAC,
    JIFF,
    RUST_DECIMAL,
    SHA1,
    SHA2,
    TIME,
];
