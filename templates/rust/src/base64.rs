//! Bytes that are base64 text.

use base64::alphabet;

use crate::encoded::{Encoding, encoded_bytes};

encoded_bytes! {
    /// Bytes that are base64 text in JSON, written with padding (RFC 4648, section 4).
    ///
    /// Text with line breaks and without padding is read too. Text of the alphabet of base64url
    /// is a deviation from the API's description: it is read where responses are read leniently.
    Base64, Encoding::new(&alphabet::STANDARD, "base64", "base64url")
}
