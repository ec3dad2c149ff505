//! Percent-encoding (RFC 3986, section 2.1).

/// Unreserved characters besides letters and digits (section 2.3).
pub const UNRESERVED: &[u8] = b"-._~";
/// Characters of a path (section 3.3), and `%` of what is already encoded.
pub const PATH: &[u8] = b"-._~!$&'()*+,;=:@/%";
/// Characters of a query (section 3.4), and `%` of what is already encoded.
pub const QUERY: &[u8] = b"-._~!$&'()*+,;=:@/?%";

/// Percent-encodes every byte that is not a letter, a digit or in `kept`.
pub fn percent(text: &str, kept: &[u8]) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte.is_ascii_alphanumeric() || kept.contains(&byte) {
            true => encoded.push(byte as char),
            false => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// Like [`percent`], but keeps a `%` only at the start of an encoded byte.
pub fn percent_once(text: &str, kept: &[u8]) -> String {
    let mut encoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        encoded.push_str(&percent(before, kept));
        let digits = after.bytes().take(2).filter(u8::is_ascii_hexdigit).count();
        encoded.push_str(if digits == 2 { "%" } else { "%25" });
        rest = after;
    }
    encoded.push_str(&percent(rest, kept));
    encoded
}

#[cfg(test)]
mod tests {
    use super::{PATH, UNRESERVED, percent, percent_once};

    #[test]
    fn encoded_bytes_are_not_encoded_again() {
        assert_eq!(percent("a/b c", UNRESERVED), "a%2Fb%20c");
        assert_eq!(percent("a[1]{b}/ü", PATH), "a%5B1%5D%7Bb%7D/%C3%BC");
        assert_eq!(percent_once("100%/%2F%4", UNRESERVED), "100%25%2F%2F%254");
    }
}
