//! Decodes text in the encodings that YAML requires: UTF-8, UTF-16 and UTF-32, with or without a byte order mark
//! (YAML 1.2, section 5.2).

/// Decodes a file. Returns a predicate about the fault: "is not UTF-8 …".
pub fn decode(bytes: Vec<u8>) -> Result<String, String> {
    let mut text = match Wide::of(&bytes) {
        Some(wide) => wide.decode(&bytes)?,
        None => utf_8(bytes)?,
    };
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Ok(text)
}

fn utf_8(bytes: Vec<u8>) -> Result<String, String> {
    String::from_utf8(bytes).map_err(|fault| {
        let offset = fault.utf8_error().valid_up_to();
        let line = 1 + fault.as_bytes()[..offset]
            .iter()
            .filter(|byte| **byte == b'\n')
            .count();
        let byte = fault.as_bytes().get(offset).copied().unwrap_or_default();
        format!("is not UTF-8: byte 0x{byte:02x} at offset {offset}, in line {line}")
    })
}

/// An encoding with several bytes per unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Wide {
    /// The number of bytes in a unit: two or four.
    width: usize,
    /// Whether the most significant byte comes first.
    big_endian: bool,
}

impl Wide {
    /// Detects the encoding from the byte order mark, or from the zero bytes in the first character.
    fn of(bytes: &[u8]) -> Option<Self> {
        let (width, big_endian) = match bytes {
            [0, 0, 0xfe, 0xff, ..] => (4, true),
            [0, 0, 0, first, ..] if *first != 0 => (4, true),
            [0xff, 0xfe, 0, 0, ..] => (4, false),
            [first, 0, 0, 0, ..] if *first != 0 => (4, false),
            [0xfe, 0xff, ..] => (2, true),
            [0, first, ..] if *first != 0 => (2, true),
            [0xff, 0xfe, ..] => (2, false),
            [first, 0, ..] if *first != 0 => (2, false),
            _ => return None,
        };
        Some(Wide { width, big_endian })
    }

    fn decode(self, bytes: &[u8]) -> Result<String, String> {
        let name = format!("UTF-{}", self.width * 8);
        let units = bytes.chunks_exact(self.width);
        let is_whole = units.remainder().is_empty();
        let units = units.map(|unit| {
            let add = |sum: u32, byte: &u8| sum << 8 | u32::from(*byte);
            match self.big_endian {
                true => unit.iter().fold(0, add),
                false => unit.iter().rev().fold(0, add),
            }
        });
        let text: Option<String> = match self.width {
            // The value fits, because a unit has two bytes.
            2 => char::decode_utf16(units.map(|unit| unit as u16))
                .map(Result::ok)
                .collect(),
            _ => units.map(char::from_u32).collect(),
        };
        text.filter(|_| is_whole)
            .ok_or_else(|| format!("starts as {name}, but is not valid {name}"))
    }
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn a_byte_order_mark_is_dropped() {
        assert_eq!(decode(b"\xef\xbb\xbfa: 1".to_vec()).unwrap(), "a: 1");
        assert_eq!(decode("é: ü".into()).unwrap(), "é: ü");
        assert_eq!(decode(Vec::new()).unwrap(), "");
    }

    /// Encodes a text with this width.
    fn wide(text: &str, width: usize, big_endian: bool) -> Vec<u8> {
        let units: Vec<u32> = match width {
            2 => text.encode_utf16().map(u32::from).collect(),
            _ => text.chars().map(u32::from).collect(),
        };
        let bytes = units.iter().flat_map(|unit| match big_endian {
            true => unit.to_be_bytes()[4 - width..].to_vec(),
            false => unit.to_le_bytes()[..width].to_vec(),
        });
        bytes.collect()
    }

    #[test]
    fn wide_encodings_are_read() {
        for width in [2, 4] {
            for big_endian in [true, false] {
                for text in ["openapi: 3.1.0\nx: é€😀", "\u{feff}openapi: 3.1.0\nx: é€😀"]
                {
                    let read = decode(wide(text, width, big_endian));
                    assert_eq!(read.unwrap(), text.trim_start_matches('\u{feff}'));
                }
            }
        }
    }

    #[test]
    fn broken_encodings_are_reported() {
        let mut odd = wide("openapi", 2, false);
        odd.push(b'!');
        let mut half = wide("openapi", 2, true);
        half.extend([0xd8, 0x00]);
        let mut beyond = wide("openapi", 4, false);
        beyond.extend([0xff; 4]);
        for (bytes, name) in [(odd, "UTF-16"), (half, "UTF-16"), (beyond, "UTF-32")] {
            let fault = decode(bytes).unwrap_err();
            assert_eq!(fault, format!("starts as {name}, but is not valid {name}"));
        }
    }

    #[test]
    fn the_first_bad_byte_is_named() {
        let fault = decode(b"a: 1\nb: caf\xe9\n".to_vec()).unwrap_err();
        assert_eq!(fault, "is not UTF-8: byte 0xe9 at offset 11, in line 2");
    }
}
