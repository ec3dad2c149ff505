//! Splits Rust code into tokens, as far as finding items and paths needs it.

/// A token that is no comment. `at` is its byte offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'s> {
    pub kind: TokenKind,
    pub text: &'s str,
    pub at: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// A name or a keyword.
    Ident,
    /// `::`.
    PathSeparator,
    /// Any other single character.
    Punctuation,
    /// A string, character, number or lifetime.
    Literal,
}

impl Token<'_> {
    pub fn is(&self, text: &str) -> bool {
        self.kind != TokenKind::Literal && self.text == text
    }

    pub fn is_ident(&self) -> bool {
        self.kind == TokenKind::Ident
    }

    pub fn end(&self) -> usize {
        self.at + self.text.len()
    }
}

/// Returns the tokens of a file.
pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let bytes = text.as_bytes();
    let mut tokens = Vec::with_capacity(text.len() / 6);
    let mut at = 0;
    while at < bytes.len() {
        let (end, kind) = match bytes[at] {
            b if b.is_ascii_whitespace() => (at + 1, None),
            b'/' if bytes.get(at + 1) == Some(&b'/') => (line_end(bytes, at), None),
            b'/' if bytes.get(at + 1) == Some(&b'*') => (comment_end(bytes, at), None),
            b'"' => (string_end(bytes, at + 1), Some(TokenKind::Literal)),
            b'\'' => (quote_end(text, at), Some(TokenKind::Literal)),
            b if b.is_ascii_digit() => (number_end(bytes, at), Some(TokenKind::Literal)),
            b if is_name(b) => name_or_string(bytes, at),
            b':' if bytes.get(at + 1) == Some(&b':') => (at + 2, Some(TokenKind::PathSeparator)),
            _ => (at + 1, Some(TokenKind::Punctuation)),
        };
        if let Some(kind) = kind {
            let text = &text[at..end];
            tokens.push(Token { kind, text, at });
        }
        at = end;
    }
    tokens
}

/// Returns the index after the `>` of a `<`.
pub fn generics_end(tokens: &[Token<'_>], start: usize) -> usize {
    let mut depth = 0;
    for at in start..tokens.len() {
        let is_arrow = at > 0 && tokens[at - 1].is("-");
        match tokens[at].text {
            "<" => depth += 1,
            ">" if !is_arrow => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    tokens.len()
}

/// Returns the index after the bracket that closes the one at `start`. Without one, that is after the token.
pub fn group_end(tokens: &[Token<'_>], start: usize) -> usize {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate().skip(start) {
        if token.kind == TokenKind::Punctuation {
            match token.text {
                "(" | "[" | "{" => depth += 1,
                ")" | "]" | "}" => depth -= 1,
                _ => {}
            }
        }
        if depth == 0 {
            return at + 1;
        }
    }
    tokens.len()
}

/// Letters, digits and `_`. Letters beyond ASCII are parts of names, too.
fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

fn while_name(bytes: &[u8], at: usize) -> usize {
    let rest = bytes[at..].iter();
    at + rest.take_while(|byte| is_name(**byte)).count()
}

/// Reads a name, or a string with a prefix: `r"…"`, `r#"…"#`, `b"…"`, `br#"…"#`, `b'…'`.
fn name_or_string(bytes: &[u8], at: usize) -> (usize, Option<TokenKind>) {
    let end = while_name(bytes, at);
    let prefix = &bytes[at..end];
    let literal = |end| (end, Some(TokenKind::Literal));
    match (prefix, bytes.get(end)) {
        (b"r" | b"br" | b"cr", Some(b'"' | b'#')) => {
            let hashes = bytes[end..]
                .iter()
                .take_while(|byte| **byte == b'#')
                .count();
            match bytes.get(end + hashes) {
                Some(b'"') => literal(raw_string_end(bytes, end + hashes + 1, hashes)),
                // A raw identifier: `r#type`.
                _ => (while_name(bytes, end + hashes), Some(TokenKind::Ident)),
            }
        }
        (b"b" | b"c", Some(b'"')) => literal(string_end(bytes, end + 1)),
        (b"b", Some(b'\'')) => {
            let escaped = usize::from(bytes.get(end + 1) == Some(&b'\\'));
            let rest = bytes.iter().skip(end + 2 + escaped);
            let close = end + 2 + escaped + rest.take_while(|byte| **byte != b'\'').count();
            literal((close + 1).min(bytes.len()))
        }
        _ => (end, Some(TokenKind::Ident)),
    }
}

fn line_end(bytes: &[u8], at: usize) -> usize {
    at + bytes[at..]
        .iter()
        .take_while(|byte| **byte != b'\n')
        .count()
}

/// Block comments nest.
fn comment_end(bytes: &[u8], start: usize) -> usize {
    let (mut at, mut depth) = (start + 2, 1);
    while at < bytes.len() && depth > 0 {
        match (bytes[at], bytes.get(at + 1)) {
            (b'/', Some(b'*')) => (at, depth) = (at + 2, depth + 1),
            (b'*', Some(b'/')) => (at, depth) = (at + 2, depth - 1),
            _ => at += 1,
        }
    }
    at
}

/// Returns the offset after the closing quote.
fn string_end(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

fn raw_string_end(bytes: &[u8], start: usize, hashes: usize) -> usize {
    let is_end = |at: &usize| {
        let after = bytes.get(at + 1..at + 1 + hashes);
        bytes[*at] == b'"' && after.is_some_and(|after| after.iter().all(|byte| *byte == b'#'))
    };
    let quote = (start..bytes.len()).find(is_end);
    quote.map_or(bytes.len(), |at| at + 1 + hashes)
}

/// Returns the end of a character or of a lifetime.
fn quote_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let mut rest = text[at + 1..].char_indices();
    match (rest.next(), rest.next()) {
        (Some((_, '\\')), Some((escaped, what))) => {
            let from = at + 1 + escaped + what.len_utf8();
            let close = text[from..].find('\'');
            close.map_or(text.len(), |close| from + close + 1)
        }
        (Some(_), Some((close, '\''))) => at + 1 + close + 1,
        _ => while_name(bytes, at + 1),
    }
}

fn number_end(bytes: &[u8], at: usize) -> usize {
    let end = while_name(bytes, at);
    let is_digit = |at| bytes.get(at).is_some_and(u8::is_ascii_digit);
    match bytes.get(end) == Some(&b'.') && is_digit(end + 1) {
        true => while_name(bytes, end + 1),
        false => end,
    }
}

#[cfg(test)]
mod tests {
    use super::tokens;

    #[test]
    fn comments_strings_and_lifetimes_hide_no_names() {
        let code = "/* a /* b */ c */ fn f<'a>(x: &'a str) -> char { // d\n 'x'; '\\''; '\\u{61}'; b'\\''; \
                    r#\"g\"#; br\"h\"; \"i\\\"j\"; 1.5e3; 0..2; r#type; a::b }";
        let texts: Vec<&str> = tokens(code).iter().map(|token| token.text).collect();
        assert_eq!(
            texts.join(" "),
            "fn f < 'a > ( x : & 'a str ) - > char { 'x' ; '\\'' ; '\\u{61}' ; b'\\'' ; r#\"g\"# ; br\"h\" ; \
             \"i\\\"j\" ; 1.5e3 ; 0 . . 2 ; r#type ; a :: b }"
        );
    }
}
