//! Formats of numbers and strings. The table of string formats is the only place that lists their names, valid values
//! and samples; `rust::formats` adds their Rust types.

mod check;

use serde::Serialize;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum IntegerFormat {
    I8,
    I16,
    I32,
    I64,
    U8,
    U16,
    U32,
    U64,
    I128,
    U128,
    /// An integer of any size.
    Big,
}

impl IntegerFormat {
    /// Returns whether a string is an integer in this range.
    pub fn reads(self, text: &str) -> bool {
        match self {
            IntegerFormat::I8 => text.parse::<i8>().is_ok(),
            IntegerFormat::I16 => text.parse::<i16>().is_ok(),
            IntegerFormat::I32 => text.parse::<i32>().is_ok(),
            IntegerFormat::I64 => text.parse::<i64>().is_ok(),
            IntegerFormat::U8 => text.parse::<u8>().is_ok(),
            IntegerFormat::U16 => text.parse::<u16>().is_ok(),
            IntegerFormat::U32 => text.parse::<u32>().is_ok(),
            IntegerFormat::U64 => text.parse::<u64>().is_ok(),
            IntegerFormat::I128 => text.parse::<i128>().is_ok(),
            IntegerFormat::U128 => text.parse::<u128>().is_ok(),
            IntegerFormat::Big => {
                let digits = text.strip_prefix('-').unwrap_or(text);
                !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
            }
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum NumberFormat {
    Double,
    /// A number of any precision.
    Decimal,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum StringFormat {
    Plain,
    Date,
    DateTime,
    Uuid,
    /// `format: byte` or `contentEncoding: base64`.
    Base64,
    /// `contentEncoding: base64url`.
    Base64Url,
    /// `format: binary`: raw bytes.
    Binary,
    /// A string that must not be logged.
    Password,
    /// An integer written as a string of digits.
    Integer(IntegerFormat),
}

/// A string format, as described by `STRING_FORMATS`.
#[derive(Debug)]
pub struct FormatFacts {
    /// The values of `format` that select it.
    names: &'static [&'static str],
    /// The value of `contentEncoding` that selects it.
    encoding: Option<&'static str>,
    /// How values are represented; [`StringFormat::Plain`] if the format is only documented.
    pub kind: StringFormat,
    /// Returns whether a string has the format, as strictly as common validators.
    pub is_valid: fn(&str) -> bool,
    pub sample: Option<&'static str>,
    /// A phrase for a value: `bytes in base64`.
    pub meaning: &'static str,
    /// The words for a value in names.
    pub noun: &'static str,
    /// Whether values stay strings if an example or default contradicts the format.
    pub yields_to_values: bool,
    /// Whether a value may be an opaque token, such as the cursor of the next page.
    pub is_token: bool,
    /// Whether the representation tells readers the format.
    pub is_expressed: bool,
}

/// A format that is only documented. Other rows override what differs.
const DOCUMENTED: FormatFacts = FormatFacts {
    names: &[],
    encoding: None,
    kind: StringFormat::Plain,
    is_valid: |_| true,
    sample: None,
    meaning: "string",
    noun: "string",
    yields_to_values: false,
    is_token: true,
    is_expressed: false,
};

/// A string of digits, which no name of a string format selects.
static INTEGER: FormatFacts = FormatFacts {
    sample: Some("1"),
    meaning: "integer, as a string",
    is_token: false,
    ..DOCUMENTED
};

/// The formats of JSON Schema (2020-12, validation, section 7.3), of OpenAPI's registry, and common others. The first
/// row of a kind describes the kind.
static STRING_FORMATS: &[FormatFacts] = &[
    DOCUMENTED,
    FormatFacts {
        names: &["date"],
        kind: StringFormat::Date,
        is_valid: check::is_date,
        sample: Some("2026-01-31"),
        meaning: "date, as `2026-01-31`",
        noun: "date",
        is_token: false,
        ..DOCUMENTED
    },
    FormatFacts {
        names: &["date-time"],
        kind: StringFormat::DateTime,
        is_valid: check::is_date_time,
        sample: Some("2026-01-31T09:30:00Z"),
        meaning: "date and time (RFC 3339)",
        noun: "date time",
        is_token: false,
        ..DOCUMENTED
    },
    FormatFacts {
        names: &["uuid"],
        kind: StringFormat::Uuid,
        is_valid: check::is_uuid,
        sample: Some("4b0e1f3c-8a47-4c21-9a56-3d1f0c2b7e90"),
        meaning: "UUID",
        noun: "uuid",
        yields_to_values: true,
        is_expressed: true,
        ..DOCUMENTED
    },
    FormatFacts {
        names: &["byte"],
        encoding: Some("base64"),
        kind: StringFormat::Base64,
        is_valid: check::is_base64,
        sample: Some("Ynl0ZXM="),
        meaning: "bytes in base64",
        is_expressed: true,
        ..DOCUMENTED
    },
    FormatFacts {
        encoding: Some("base64url"),
        kind: StringFormat::Base64Url,
        is_valid: check::is_base64_url,
        sample: Some("Ynl0ZXM="),
        meaning: "bytes in base64url",
        is_expressed: true,
        ..DOCUMENTED
    },
    FormatFacts {
        names: &["binary"],
        kind: StringFormat::Binary,
        sample: Some("bytes"),
        meaning: "bytes",
        is_token: false,
        is_expressed: true,
        ..DOCUMENTED
    },
    FormatFacts {
        names: &["password"],
        kind: StringFormat::Password,
        meaning: "password",
        is_token: false,
        is_expressed: true,
        ..DOCUMENTED
    },
    FormatFacts {
        names: &["email", "idn-email"],
        is_valid: check::is_email,
        sample: Some("jane@example.com"),
        ..DOCUMENTED
    },
    FormatFacts {
        names: &["uri", "url", "iri"],
        is_valid: check::is_uri,
        sample: Some("https://example.com"),
        ..DOCUMENTED
    },
    FormatFacts {
        names: &["uri-reference", "iri-reference"],
        is_valid: check::is_uri_reference,
        sample: Some("/path"),
        ..DOCUMENTED
    },
    FormatFacts {
        names: &["hostname", "idn-hostname"],
        is_valid: check::is_hostname,
        sample: Some("example.com"),
        ..DOCUMENTED
    },
    FormatFacts {
        names: &["ipv4"],
        is_valid: check::is_ipv4,
        sample: Some("192.0.2.1"),
        ..DOCUMENTED
    },
    FormatFacts {
        names: &["ipv6"],
        is_valid: check::is_ipv6,
        sample: Some("2001:db8::1"),
        ..DOCUMENTED
    },
    FormatFacts {
        names: &["time"],
        is_valid: check::is_time,
        sample: Some("09:30:00Z"),
        ..DOCUMENTED
    },
    FormatFacts {
        names: &["duration"],
        is_valid: check::is_duration,
        sample: Some("PT1H"),
        ..DOCUMENTED
    },
    FormatFacts {
        names: &["json-pointer"],
        is_valid: check::is_json_pointer,
        sample: Some("/member"),
        ..DOCUMENTED
    },
    FormatFacts {
        names: &["regex"],
        is_valid: check::is_regex,
        sample: Some("^a"),
        ..DOCUMENTED
    },
];

impl FormatFacts {
    /// Returns the format that a value of `format` selects, if it is known.
    pub fn named(name: &str) -> Option<&'static FormatFacts> {
        STRING_FORMATS
            .iter()
            .find(|format| format.names.contains(&name))
    }

    /// Returns the format that a value of `contentEncoding` selects, if it is known.
    pub fn encoded(encoding: &str) -> Option<&'static FormatFacts> {
        STRING_FORMATS
            .iter()
            .find(|format| format.encoding == Some(encoding))
    }

    /// Returns whether values are bytes.
    pub fn is_bytes(&self) -> bool {
        matches!(
            self.kind,
            StringFormat::Base64 | StringFormat::Base64Url | StringFormat::Binary
        )
    }
}

impl StringFormat {
    /// Returns the description of all formats with this representation.
    pub fn format(self) -> &'static FormatFacts {
        let mut formats = STRING_FORMATS.iter();
        let format = formats.find(|format| format.kind == self);
        format.unwrap_or(&INTEGER)
    }

    /// Returns the described format: that of the representation, or the one that is only documented.
    fn described(self, written: Option<&str>) -> &'static FormatFacts {
        let documented = written.filter(|_| self == StringFormat::Plain);
        documented
            .and_then(FormatFacts::named)
            .unwrap_or_else(|| self.format())
    }

    /// Returns whether a string is valid; `written` is the value of `format`.
    pub fn is_valid(self, written: Option<&str>, text: &str) -> bool {
        match self {
            StringFormat::Integer(format) => format.reads(text),
            _ => (self.described(written).is_valid)(text),
        }
    }

    /// Returns a valid string, unless any string is valid; `written` is the value of `format`.
    pub fn sample(self, written: Option<&str>) -> Option<&'static str> {
        self.described(written).sample
    }
}

#[cfg(test)]
mod tests {
    use super::{FormatFacts, IntegerFormat, STRING_FORMATS, StringFormat};
    use std::collections::HashSet;

    #[test]
    fn samples_are_valid() {
        for format in STRING_FORMATS {
            let sample = format.sample.unwrap_or_default();
            let is_valid = (format.is_valid)(sample);
            assert!(is_valid || format.sample.is_none(), "{sample}");
        }
    }

    #[test]
    fn a_name_selects_one_format() {
        let names = STRING_FORMATS.iter().flat_map(|format| format.names);
        let names: Vec<&str> = names.copied().collect();
        let unique: HashSet<&str> = names.iter().copied().collect();
        assert_eq!(unique.len(), names.len());
    }

    #[test]
    fn documented_formats_count_for_plain_strings_only() {
        assert!(!StringFormat::Plain.is_valid(Some("email"), "jane"));
        assert!(StringFormat::Password.is_valid(Some("email"), "jane"));
        assert_eq!(StringFormat::Uuid.format().noun, "uuid");
        assert_eq!(
            FormatFacts::encoded("base64").unwrap().kind,
            StringFormat::Base64
        );
        let long = StringFormat::Integer(IntegerFormat::I64);
        assert_eq!(long.sample(None), Some("1"));
        assert!(!long.is_valid(None, "x"));
    }
}
