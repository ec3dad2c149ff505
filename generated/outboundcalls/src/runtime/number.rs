//! Writes numbers.

use std::io;

use serde_core::Serialize;
use serde_json::ser::{Formatter, Serializer};

use super::{finite::Finite, json_path};

/// Returns a number as an integer, if floats represent all integers of its size exactly.
pub(super) fn integral(number: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let negative_zero = number == 0.0 && number.is_sign_negative();
    let exact = number.fract() == 0.0 && number.abs() <= EXACT && !negative_zero;
    exact.then_some(number as i64)
}

/// Writes JSON, with integral floats as integers: `5`, not `5.0`, which servers that expect an integer may
/// reject even if their description allows any number.
///
/// NaN and infinity are an error whose text contains their path.
pub(crate) fn to_vec<T: Serialize + ?Sized>(value: &T) -> serde_json::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(128);
    let mut serializer = Serializer::with_formatter(&mut bytes, WholeFloats);
    match Finite(value).serialize(&mut serializer) {
        Ok(()) => Ok(bytes),
        Err(error) => {
            // The bytes written so far end at the invalid value.
            let path = json_path::path(&bytes, bytes.len());
            let message = format_args!("{error}, at {path}");
            Err(serde_core::ser::Error::custom(message))
        }
    }
}

/// Does the same, and returns text.
pub(super) fn to_string<T: Serialize + ?Sized>(value: &T) -> serde_json::Result<String> {
    String::from_utf8(to_vec(value)?).map_err(serde_core::ser::Error::custom)
}

struct WholeFloats;

impl Formatter for WholeFloats {
    fn write_f64<W: io::Write + ?Sized>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        match integral(value) {
            Some(integer) => self.write_i64(writer, integer),
            None => serde_json::ser::CompactFormatter.write_f64(writer, value),
        }
    }
}
