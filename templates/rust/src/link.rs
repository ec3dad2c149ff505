//! The header `Link` (RFC 8288).

use http::{HeaderMap, header};

/// Returns the URL of the next page, as the server wrote it.
pub(crate) fn next(headers: &HeaderMap) -> Option<String> {
    let values = headers.get_all(header::LINK).iter();
    let mut texts = values.filter_map(|value| std::str::from_utf8(value.as_bytes()).ok());
    texts.find_map(|text| Links(text).find(Link::is_next).map(|link| link.target))
}

struct Link {
    target: String,
    parameters: Vec<(String, String)>,
}

impl Link {
    /// Returns whether the link leads from this page to the next. The first `rel` counts. A link with an
    /// `anchor` starts at another page (RFC 8288, sections 3.2 and 3.3).
    fn is_next(&self) -> bool {
        let parameter = |wanted: &str| {
            let mut named = self.parameters.iter().filter(|(name, _)| name == wanted);
            named.next().map(|(_, value)| value)
        };
        let is_next = |rel: &String| {
            let mut types = rel.split_ascii_whitespace();
            types.any(|rel| rel.eq_ignore_ascii_case("next"))
        };
        parameter("rel").is_some_and(is_next) && parameter("anchor").is_none()
    }
}

/// The unread links of a text. Invalid text ends them.
struct Links<'a>(&'a str);

impl Iterator for Links<'_> {
    type Item = Link;

    fn next(&mut self) -> Option<Link> {
        self.0 = self.0.trim_start_matches([' ', '\t', ',']);
        let (target, rest) = self.0.strip_prefix('<')?.split_once('>')?;
        self.0 = rest;
        let mut parameters = Vec::new();
        while let Some(parameter) = self.parameter() {
            parameters.push(parameter);
        }
        Some(Link {
            target: target.trim().to_owned(),
            parameters,
        })
    }
}

impl Links<'_> {
    fn skip_spaces(&mut self) {
        self.0 = self.0.trim_start_matches([' ', '\t']);
    }

    /// Returns the next parameter of the link, with its name in lower case, or `None` after the last.
    fn parameter(&mut self) -> Option<(String, String)> {
        self.skip_spaces();
        self.0 = self.0.strip_prefix(';')?;
        self.skip_spaces();
        let name = self.until(&['=', ';', ',']).to_ascii_lowercase();
        let Some(rest) = self.0.strip_prefix('=') else {
            return Some((name, String::new()));
        };
        self.0 = rest;
        self.skip_spaces();
        let value = match self.0.strip_prefix('"') {
            Some(rest) => {
                self.0 = rest;
                self.quoted()
            }
            None => self.until(&[';', ',']).to_owned(),
        };
        Some((name, value))
    }

    /// Returns the trimmed text before the first of these characters.
    fn until(&mut self, ends: &[char]) -> &str {
        let end = self.0.find(ends).unwrap_or(self.0.len());
        let (text, rest) = self.0.split_at(end);
        self.0 = rest;
        text.trim()
    }

    /// Returns the rest of a quoted string (RFC 9110, section 5.6.4).
    fn quoted(&mut self) -> String {
        let mut text = String::new();
        let mut chars = self.0.chars();
        loop {
            match chars.next() {
                Some('\\') => text.extend(chars.next()),
                None | Some('"') => break,
                Some(plain) => text.push(plain),
            }
        }
        self.0 = chars.as_str();
        text
    }
}
