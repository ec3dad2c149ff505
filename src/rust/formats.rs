//! The Rust types of string formats. `ir::format` describes the formats themselves.

use super::dependencies::Dependency;
use super::modules::{Module, copied};
use crate::config::Dates;
use crate::ir::StringFormat;

/// The Rust type of a string format. A format without one is a `String`.
pub struct FormatType {
    format: StringFormat,
    /// The type, at the root of the crate.
    pub ident: &'static str,
    /// An upper bound of the type's size, in words.
    pub words: u32,
    /// Whether callers commonly make a value by a conversion.
    pub is_converted: bool,
    /// The module that defines the type. `None` if it depends on the configuration, or if every crate has it.
    pub module: Option<Module>,
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
        module: Some(
            copied("uuid_text", |plan| plan.has_strings(StringFormat::Uuid))
                .exports(&["Uuid"])
                .depends_on(&[Dependency::optional("uuid", r#""1""#, "UUIDs").public()]),
        ),
    },
    FormatType {
        format: StringFormat::Base64,
        ident: "Base64",
        words: 3,
        is_converted: true,
        module: Some(
            copied("base64", |plan| plan.has_strings(StringFormat::Base64)).exports(&["Base64"]),
        ),
    },
    FormatType {
        format: StringFormat::Base64Url,
        ident: "Base64Url",
        words: 3,
        is_converted: true,
        module: Some(
            copied("base64_url", |plan| {
                plan.has_strings(StringFormat::Base64Url)
            })
            .exports(&["Base64Url"]),
        ),
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
