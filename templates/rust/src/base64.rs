//! Bytes that are base64 text in JSON.

use base64::alphabet;

use crate::encoded::{Encoding, encoded_bytes};

encoded_bytes! {
    /// Bytes that are base64 text in JSON, encoded with padding (RFC 4648, section 4).
    ///
    /// Decoding also accepts line breaks and missing padding. Text in the base64url alphabet deviates from
    /// the API description, so only lenient decoding accepts it.
    Base64, Encoding::new(&alphabet::STANDARD, "base64", "base64url")
}
