//! Bytes that are base64url text in JSON.

use base64::alphabet;

use crate::encoded::{Encoding, encoded_bytes};

encoded_bytes! {
    /// Bytes that are base64url text in JSON, encoded with padding (RFC 4648, section 5).
    ///
    /// Decoding also accepts line breaks and missing padding. Text in the base64 alphabet deviates from the
    /// API description, so only lenient decoding accepts it.
    Base64Url, Encoding::new(&alphabet::URL_SAFE, "base64url", "base64")
}
