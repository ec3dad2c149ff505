//! Rust literals.

use crate::prose::is_unseen;

/// Returns a string literal with its quotes, on one line.
///
/// Printable characters of all scripts are unchanged. Quotes, control characters and invisible characters
/// are escaped: rustc denies bidi marks, and clippy denies zero-width characters. `escape_debug` depends
/// on the Unicode tables of the standard library, so its output could change with the compiler.
pub fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0' => out.push_str("\\0"),
            c if is_unseen(c) => out.push_str(&format!("\\u{{{:x}}}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Returns a raw string literal if that leaves quotes unescaped, or a plain one.
pub fn quoting(text: &str) -> String {
    let plain = |c: char| !is_unseen(c);
    match text.contains('"') && !text.contains("\"#") && text.chars().all(plain) {
        true => format!("r#\"{text}\"#"),
        false => string(text),
    }
}

#[cfg(test)]
mod tests {
    use super::{quoting, string};

    #[test]
    fn quoting_prefers_raw_strings() {
        assert_eq!(quoting("{\"a\": 1}"), "r#\"{\"a\": 1}\"#");
        assert_eq!(quoting("plain"), "\"plain\"");
        assert_eq!(quoting("\"#"), "\"\\\"#\"");
        assert_eq!(quoting("\"\n"), "\"\\\"\\n\"");
    }

    #[test]
    fn literals_are_escaped() {
        for (text, expected) in [
            ("", r#""""#),
            ("a\"b\\c", r#""a\"b\\c""#),
            ("line\r\n\ttab\0", r#""line\r\n\ttab\0""#),
            ("日本 é 😀 'x' {}", r#""日本 é 😀 'x' {}""#),
            (
                "\u{202e}\u{200b}\u{7f}\u{1b}",
                r#""\u{202e}\u{200b}\u{7f}\u{1b}""#,
            ),
            ("\"#\n{{ x }}", r##""\"#\n{{ x }}""##),
        ] {
            assert_eq!(string(text), expected);
        }
    }

    #[test]
    fn every_character_reads_back() {
        let all: String = ('\0'..=char::MAX)
            .filter(|c| (*c as u32) < 0x3000 || *c as u32 & 0xff > 0xf0)
            .collect();
        let literal = string(&all);
        let inner = &literal[1..literal.len() - 1];
        let mut read = String::new();
        let mut rest = inner;
        while let Some(c) = rest.chars().next() {
            rest = &rest[c.len_utf8()..];
            if c != '\\' {
                assert_ne!(c, '"');
                read.push(c);
                continue;
            }
            let escape = rest.chars().next().unwrap_or_default();
            rest = &rest[escape.len_utf8()..];
            read.push(match escape {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                '0' => '\0',
                'u' => {
                    let (number, after) = rest[1..].split_once('}').expect("a closing brace");
                    rest = after;
                    u32::from_str_radix(number, 16)
                        .ok()
                        .and_then(char::from_u32)
                        .expect("a character")
                }
                other => other,
            });
        }
        assert_eq!(read, all);
    }
}
