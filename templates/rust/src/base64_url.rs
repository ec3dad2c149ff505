//! Bytes that are base64url text.

use base64::alphabet;

use crate::encoded::{Encoding, encoded_bytes};

encoded_bytes! {
    /// Bytes that are base64url text in JSON, written with padding (RFC 4648, section 5).
    ///
    /// Text with line breaks and without padding is read too. Text of the alphabet of base64
    /// is a deviation from the API's description: it is read where responses are read leniently.
    Base64Url, Encoding::new(&alphabet::URL_SAFE, "base64url", "base64")
}
