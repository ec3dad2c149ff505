//! Redacts secrets in error messages, traces and recordings.
//!
//! A server may repeat what it received, unchanged or in another encoding. So a secret is found in each of
//! these forms, also mixed within one text:
//!
//! - as it is;
//! - percent-encoded, some characters or all of them, once or twice, with digits of either case, and with
//!   `+` for a space: as in a query, a cookie or a form;
//! - with the escapes of JSON and HTML;
//! - as base64 or base64url, with padding and without;
//! - a part of it that is eight characters long or longer, where the server split it at a space, comma,
//!   colon, semicolon or dot.
//!
//! A secret is redacted where it is a whole value, and never inside a word: the key `abc` is not in
//! `abcdef`, `my_abc` or `abc-1`. A value ends at every character other than a letter, a digit, `_` and
//! `-`. So `=` and `&` delimit it in a query, quotes in JSON, and the space after `Basic` in a header. An
//! encoded delimiter is one too, such as `%20`, `\n` or `\u003d`.

use http::{HeaderName, HeaderValue, header};
use percent_encoding::percent_decode_str;

use super::auth::{base64, from_base64};

/// Replaces a secret in the text of an error.
const REDACTED: &str = "[redacted]";

/// A shorter part of a secret may be an ordinary word.
const SHORTEST_PART: usize = 8;

/// A shorter cookie is more likely a setting, such as a language, than a secret.
const SHORTEST_COOKIE: usize = 4;

/// Suffixes of the names of secret form parameters: `client_secret`, `refresh_token` and so on.
const SECRET_PARAMETERS: [&str; 8] = [
    "secret",
    "password",
    "token",
    "assertion",
    "code",
    "code_verifier",
    "key",
    "jwt",
];

/// Texts to redact, in each form in which they may appear.
#[derive(Clone, Default)]
pub(crate) struct Secrets(Vec<String>);

impl Secrets {
    /// Adds a secret, as it was before it was encoded for the request.
    pub(crate) fn add(&mut self, secret: &str) {
        self.add_text(secret.to_owned());
        self.add_base64(secret);
        let parts = secret.split([' ', ',', ':', ';', '.']);
        for part in parts.filter(|part| part.len() >= SHORTEST_PART) {
            self.add_text(part.to_owned());
        }
    }

    /// Adds all secrets of another set.
    pub(crate) fn extend(&mut self, others: Self) {
        others.0.into_iter().for_each(|text| self.add_text(text));
    }

    /// Adds user name and password of HTTP Basic authentication. A user name without a password is itself the
    /// secret.
    pub(crate) fn add_basic(&mut self, user: &str, password: &str) {
        self.add_base64(&format!("{user}:{password}"));
        self.add(if password.is_empty() { user } else { password });
    }

    /// Adds the secrets in a header, without the scheme's name and the names of cookies.
    pub(crate) fn add_header(&mut self, name: &HeaderName, value: &HeaderValue) {
        let text = String::from_utf8_lossy(value.as_bytes());
        match *name {
            header::AUTHORIZATION | header::PROXY_AUTHORIZATION => {
                let (scheme, secret) = text.split_once(' ').unwrap_or(("", &text));
                self.add(secret);
                if scheme.eq_ignore_ascii_case("basic") {
                    self.add_pair(secret);
                }
            }
            header::COOKIE => {
                let pairs = text.split("; ").filter_map(|pair| pair.split_once('='));
                for (_, value) in pairs.filter(|(_, value)| value.len() >= SHORTEST_COOKIE) {
                    self.add_encoded(value);
                }
            }
            _ => self.add(&text),
        }
    }

    /// Adds the user name and the password in base64 text.
    fn add_pair(&mut self, encoded: &str) {
        let pair = from_base64(encoded).and_then(|pair| String::from_utf8(pair).ok());
        if let Some((user, password)) = pair.unwrap_or_default().split_once(':') {
            self.add_basic(user, password);
            // OAuth 2.0 encodes both before it joins them.
            self.add_encoded(password);
        }
    }

    /// Adds a percent-encoded secret, both encoded and decoded.
    pub(crate) fn add_encoded(&mut self, secret: &str) {
        self.add(&percent_decode_str(secret).decode_utf8_lossy());
        self.add_text(secret.to_owned());
    }

    /// Adds the secrets in the form of a token request, by the names of its parameters.
    pub(crate) fn add_form(&mut self, form: &str) {
        let pairs = form.split('&').filter_map(|pair| pair.split_once('='));
        for (_, value) in pairs.filter(|(name, _)| is_secret_parameter(name)) {
            self.add_encoded(&value.replace('+', " "));
        }
    }

    fn add_base64(&mut self, text: &str) {
        let standard = base64(text.as_bytes());
        for encoded in [standard.replace('+', "-").replace('/', "_"), standard] {
            self.add_text(encoded.trim_end_matches('=').to_owned());
            self.add_text(encoded);
        }
    }

    /// Longer texts come first, so that no part of one remains after a shorter one is redacted.
    fn add_text(&mut self, text: String) {
        if text.is_empty() || self.0.contains(&text) {
            return;
        }
        let at = self.0.partition_point(|known| known.len() >= text.len());
        self.0.insert(at, text);
    }

    /// Returns `text` with `mark` in place of each secret.
    pub(crate) fn replace(&self, text: &str, mark: &str) -> String {
        let pieces = self.pieces(text);
        pieces.map(|piece| piece.unwrap_or(mark)).collect()
    }

    /// Returns the first `limit` characters of `text` on one line, with secrets redacted.
    ///
    /// Secrets are found before the text is truncated, so that no part of one remains at the end. The rest of
    /// the text is not scanned.
    pub(crate) fn line(&self, text: &str, limit: usize) -> String {
        let mut line = String::new();
        let (mut count, mut is_after_space) = (0, true);
        let pieces = self.pieces(text.trim_start_matches('\u{feff}'));
        let shown = pieces.map(|piece| piece.unwrap_or(REDACTED));
        for c in shown.flat_map(str::chars) {
            let is_space = c.is_whitespace();
            if is_space && is_after_space {
                continue;
            }
            is_after_space = is_space;
            if count == limit && !is_space {
                line.truncate(line.trim_end().len());
                line.push('…');
                return line;
            }
            if count < limit {
                count += 1;
                line.push(match c {
                    _ if is_space => ' ',
                    _ if c.is_control() => '\u{fffd}',
                    _ => c,
                });
            }
        }
        line.truncate(line.trim_end().len());
        line
    }

    /// Returns the characters of a text one by one, and `None` for each secret.
    fn pieces<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Option<&'a str>> {
        let (mut before, mut rest) = ("", text);
        std::iter::from_fn(move || {
            let length = rest.chars().next()?.len_utf8();
            let after = self.after_secret(before, rest);
            let piece = &rest[..length];
            rest = after.unwrap_or(&rest[length..]);
            before = &text[..text.len() - rest.len()];
            Some(after.is_none().then_some(piece))
        })
    }

    /// Returns the text after the secret that `text` begins with.
    fn after_secret<'a>(&self, before: &str, text: &'a str) -> Option<&'a str> {
        self.0.iter().find_map(|secret| {
            let after = after_spelling(text, secret)?;
            let is_inside = secret.starts_with(is_word) && ends_in_word(before)
                || secret.ends_with(is_word) && after.starts_with(is_word);
            (!is_inside).then_some(after)
        })
    }
}

/// Returns a text with the secrets in its URLs removed: user names, passwords and queries.
pub(super) fn without_url_secrets(text: &str) -> String {
    let is_quote = |c| matches!(c, '"' | '\'' | '`' | '<' | '>' | ')' | '}');
    let is_end = |c: char| c.is_whitespace() || is_quote(c);
    let mut parts = text.split("://");
    let mut shown = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (url, rest) = part.split_at(part.find(is_end).unwrap_or(part.len()));
        let (address, query) = url.split_at(url.find(['?', '#']).unwrap_or(url.len()));
        let (authority, path) = address.split_at(address.find('/').unwrap_or(address.len()));
        shown.push_str("://");
        if let Some((_, host)) = authority.rsplit_once('@') {
            shown.extend([REDACTED, "@", host]);
        } else {
            shown.push_str(authority);
        }
        shown.push_str(path);
        if !query.is_empty() {
            shown.extend(["?", REDACTED]);
        }
        shown.push_str(rest);
    }
    shown
}

/// Returns whether the value of a form parameter is a secret.
pub(crate) fn is_secret_parameter(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    SECRET_PARAMETERS.iter().any(|end| name.ends_with(end))
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-')
}

/// Returns whether a text ends in a word character. An encoded character counts as the character it
/// represents.
fn ends_in_word(text: &str) -> bool {
    let code = |length: usize, signs: &[&str]| {
        let start = text.len().checked_sub(length)?;
        let (before, digits) = text.split_at_checked(start)?;
        let is_encoded = signs.iter().any(|sign| before.ends_with(sign));
        let code = u32::from_str_radix(digits, 16).ok();
        code.filter(|_| is_encoded).and_then(char::from_u32)
    };
    let encoded = code(2, &["%", "%25", "\\x"]).or_else(|| code(4, &["\\u"]));
    if let Some(c) = encoded {
        return is_word(c);
    }
    let is_line_break = ["\\n", "\\r", "\\t"].iter().any(|end| text.ends_with(end));
    !is_line_break && text.ends_with(is_word)
}

/// Returns the text after the secret that `text` begins with, in any encoding.
///
/// A character of the text may belong to several encodings: `%` is itself, and the beginning of `%25`. So all
/// possible positions are followed.
fn after_spelling<'a>(text: &'a str, secret: &str) -> Option<&'a str> {
    let mut reached = vec![text];
    for c in secret.chars() {
        let mut next: Vec<&str> = Vec::new();
        for text in reached {
            next.extend(spellings(text, c).into_iter().flatten());
        }
        next.sort_unstable_by_key(|rest| rest.len());
        next.dedup_by_key(|rest| rest.len());
        if next.is_empty() {
            return None;
        }
        reached = next;
    }
    // The shortest rest follows the longest match.
    reached.first().copied()
}

/// Returns the text after a character that `text` begins with, for each of its encodings.
fn spellings(text: &str, c: char) -> [Option<&str>; 6] {
    let plain = text.strip_prefix(c);
    if !text.starts_with(['%', '\\', '&', '+']) {
        return [plain, None, None, None, None, None];
    }
    let space = text.strip_prefix('+').filter(|_| c == ' ');
    let once = percent_encoded(text, c, "%");
    let twice = percent_encoded(text, c, "%25");
    [plain, space, once, twice, escaped(text, c), entity(text, c)]
}

fn percent_encoded<'a>(mut text: &'a str, c: char, sign: &str) -> Option<&'a str> {
    for byte in c.encode_utf8(&mut [0; 4]).bytes() {
        text = hex(text.strip_prefix(sign)?, 2, byte.into())?;
    }
    Some(text)
}

/// Matches the escapes of JSON.
fn escaped(mut text: &str, c: char) -> Option<&str> {
    let behind = text.strip_prefix('\\')?;
    if let Some(rest) = behind.strip_prefix(c).filter(|_| c.is_ascii_punctuation()) {
        return Some(rest);
    }
    for unit in c.encode_utf16(&mut [0; 2]) {
        text = hex(text.strip_prefix("\\u")?, 4, (*unit).into())?;
    }
    Some(text)
}

/// Matches the character references of HTML that libraries write.
fn entity(text: &str, c: char) -> Option<&str> {
    let text = text.strip_prefix('&')?;
    let end = text.bytes().take(9).position(|byte| byte == b';')?;
    let number = |digits: &str, radix| u32::from_str_radix(digits, radix).ok();
    let code = match &text[..end] {
        "amp" => Some(u32::from('&')),
        "lt" => Some(u32::from('<')),
        "gt" => Some(u32::from('>')),
        "quot" => Some(u32::from('"')),
        "apos" => Some(u32::from('\'')),
        name => match name.strip_prefix("#x").or_else(|| name.strip_prefix("#X")) {
            Some(digits) => number(digits, 16),
            None => number(name.strip_prefix('#')?, 10),
        },
    };
    (code == Some(c.into())).then(|| &text[end + 1..])
}

/// Returns the text after this many hexadecimal digits, if they are this number.
fn hex(text: &str, digits: usize, number: u32) -> Option<&str> {
    let (digits, rest) = text.split_at_checked(digits)?;
    (u32::from_str_radix(digits, 16) == Ok(number)).then_some(rest)
}
