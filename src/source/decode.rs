//! Bytes to text: a description is UTF-8, with or without a byte order mark.

/// The text of a file, or what is wrong with its encoding (a predicate: "is UTF-16 …").
pub fn decode(bytes: Vec<u8>) -> Result<String, String> {
    if let Some(name) = other_encoding(&bytes) {
        return Err(format!("is {name} text, and only UTF-8 is read"));
    }
    match String::from_utf8(bytes) {
        Ok(mut text) => {
            if text.starts_with('\u{feff}') {
                text.drain(..'\u{feff}'.len_utf8());
            }
            Ok(text)
        }
        Err(fault) => {
            let offset = fault.utf8_error().valid_up_to();
            let line = 1 + fault.as_bytes()[..offset]
                .iter()
                .filter(|byte| **byte == b'\n')
                .count();
            let byte = fault.as_bytes().get(offset).copied().unwrap_or_default();
            Err(format!(
                "is not UTF-8: byte 0x{byte:02x} at offset {offset}, in line {line}"
            ))
        }
    }
}

/// The encodings that a byte order mark or the zero bytes beside the first character give away.
fn other_encoding(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => Some("UTF-32"),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Some("UTF-16"),
        [0, first, ..] if *first != 0 => Some("UTF-16"),
        [first, 0, ..] if *first != 0 => Some("UTF-16"),
        _ => None,
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

    #[test]
    fn other_encodings_are_named() {
        let utf16 = "openapi".encode_utf16();
        let with_mark: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain(utf16.clone().flat_map(u16::to_le_bytes))
            .collect();
        let without_mark: Vec<u8> = utf16.flat_map(u16::to_be_bytes).collect();
        assert_eq!(
            decode(with_mark).unwrap_err(),
            "is UTF-16 text, and only UTF-8 is read"
        );
        assert_eq!(
            decode(without_mark).unwrap_err(),
            "is UTF-16 text, and only UTF-8 is read"
        );
    }

    #[test]
    fn the_first_bad_byte_is_named() {
        let fault = decode(b"a: 1\nb: caf\xe9\n".to_vec()).unwrap_err();
        assert_eq!(fault, "is not UTF-8: byte 0xe9 at offset 11, in line 2");
    }
}
