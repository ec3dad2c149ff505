//! Reads what only Swagger 2.0 has into the model that all versions share.
//!
//! The document is not converted: every node of the model is a node of the user's file, so that diagnostics,
//! overlays, JSON Pointers and references need no translation. The shared reader reads schemas.
//!
//! | Swagger 2.0 | the model |
//! | --- | --- |
//! | `definitions`, `parameters`, `responses`, `securityDefinitions` | the sections of `components` |
//! | a parameter or header with `type` | its own schema, see `parameter` |
//! | `collectionFormat` | `style` and `explode` |
//! | parameters with `in: body` and `in: formData` | the request body, see `payload` |
//! | `consumes`, `produces` | the media types of request bodies and responses |
//! | `host`, `basePath`, `schemes` | servers, created in `lower` |

mod media;
mod parameter;
mod payload;

pub use crate::resolve::sections::{SECTIONS, sections, version};
pub use media::{Medium, consumes, produced, produces, response};
pub use parameter::{TAB_DELIMITED, parameter};
pub use payload::{Form, Payload, holds_file, is_payload, payload};

use super::Reader;
use crate::diag::codes;
use crate::tree::Node;

/// Returns whether the declared version is 2.0. Reports any other.
pub fn is_supported(version: Node<'_>, reader: &mut Reader<'_>) -> bool {
    // An unquoted `2.0` is a number, and JSON may write it as `2`.
    let text = version.as_str().map(str::to_owned);
    let text = text.unwrap_or_else(|| version.to_json().to_string());
    let is_supported = matches!(text.trim(), "2" | "2.0" | "2.0.0");
    if !is_supported {
        reader
            .diagnostics
            .push(codes::swagger_version(version, text.trim()));
    }
    is_supported
}

/// Reports properties that only OpenAPI 3 has. They are ignored.
pub fn report_foreign(node: Node<'_>, keys: &[&str], reader: &mut Reader<'_>) {
    for found in keys.iter().filter_map(|key| node.get(key)) {
        reader.diagnostics.push(codes::openapi_3_property(found));
    }
}

/// Properties of the root and of operations that only OpenAPI 3 has.
pub const FOREIGN: [&str; 5] = [
    "components",
    "servers",
    "requestBody",
    "callbacks",
    "webhooks",
];
