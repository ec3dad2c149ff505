//! The Rust types of string formats. `ir::format` describes the formats themselves.

use super::dependencies::{ALWAYS, Dependency, OPTIONAL};
use crate::config::Dates;
use crate::ir::StringFormat;

/// The Rust type of a string format. A format without one is a `String`.
pub struct FormatType {
    pub format: StringFormat,
    /// The type, at the root of the crate.
    pub ident: &'static str,
    /// An upper bound of the type's size, in words.
    pub words: u32,
    /// Whether callers commonly make a value by a conversion.
    pub is_converted: bool,
    /// The module that defines the type. `None` if it depends on the configuration, or if every crate has it.
    pub module: Option<FormatModule>,
}

/// The module of a format's type. Crates have it if a schema has the format.
pub struct FormatModule {
    /// The name of the module, and of its file below `templates/rust/src`.
    pub name: &'static str,
    pub dependency: Option<Dependency>,
}

pub static FORMAT_TYPES: &[FormatType] = &[
    FormatType {
        format: StringFormat::Date,
        ident: "Date",
        // A timestamp, and the original text.
        words: 4,
        is_converted: false,
        module: None,
    },
    FormatType {
        format: StringFormat::DateTime,
        ident: "DateTime",
        words: 4,
        is_converted: false,
        module: None,
    },
    FormatType {
        format: StringFormat::Uuid,
        ident: "Uuid",
        // 128 bits, and the original text.
        words: 4,
        is_converted: false,
        module: Some(FormatModule {
            name: "uuid_text",
            dependency: Some(Dependency::optional("uuid", r#""1""#, "UUIDs").public()),
        }),
    },
    FormatType {
        format: StringFormat::Base64,
        ident: "Base64",
        words: 3,
        is_converted: true,
        module: Some(FormatModule {
            name: "base64",
            dependency: None,
        }),
    },
    FormatType {
        format: StringFormat::Base64Url,
        ident: "Base64Url",
        words: 3,
        is_converted: true,
        module: Some(FormatModule {
            name: "base64_url",
            dependency: None,
        }),
    },
    FormatType {
        format: StringFormat::Password,
        ident: "Secret",
        words: 3,
        is_converted: true,
        module: None,
    },
];

/// Returns the type of a format, whatever the configuration says about dates.
pub fn usual(format: StringFormat) -> Option<&'static FormatType> {
    FORMAT_TYPES.iter().find(|row| row.format == format)
}

/// Returns the type of a format.
pub fn of(format: StringFormat, dates: Dates) -> Option<&'static FormatType> {
    let is_string =
        dates == Dates::String && matches!(format, StringFormat::Date | StringFormat::DateTime);
    usual(format).filter(|_| !is_string)
}

/// Returns the names of all dependencies that a crate may have without features.
pub fn dependency_names() -> impl Iterator<Item = &'static str> {
    let of_formats = FORMAT_TYPES.iter().filter_map(|row| row.module.as_ref());
    let of_formats = of_formats.filter_map(|module| module.dependency.as_ref());
    let all = ALWAYS.iter().chain(OPTIONAL).chain(of_formats);
    all.map(|dependency| dependency.name)
}
