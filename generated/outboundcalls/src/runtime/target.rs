//! Path and query of a request.

use std::{borrow::Cow, ops::Range};

use percent_encoding::utf8_percent_encode;

use super::{style, url};

/// The typical length of the parameters of a path with its base URL, and of a query, to reserve memory.
/// Longer ones also work.
const USUAL_LENGTH: usize = 96;

/// The path, percent-encoded, and the pairs of the query.
#[derive(Clone)]
pub(super) struct Target {
    /// The path. It is the template until a `{name}` is replaced.
    path: Cow<'static, str>,
    /// `name=value` pairs, joined with `&`.
    query: String,
    /// The names of the pairs, and how many bytes of `query` each takes.
    spans: Vec<(&'static str, usize)>,
}

impl Target {
    pub(super) fn new(template: &'static str) -> Self {
        Self {
            path: Cow::Borrowed(template),
            query: String::new(),
            spans: Vec::new(),
        }
    }

    /// Returns the encoded value of a name that has one pair.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        let (_, range) = self.span(name)?;
        let (_, value) = self.query.get(range)?.split_once('=')?;
        Some(value)
    }

    /// Replaces the placeholder of a path parameter with an encoded value.
    pub(super) fn fill(&mut self, name: &str, value: &str) {
        let path = match &mut self.path {
            Cow::Owned(path) => path,
            Cow::Borrowed(template) => {
                let mut path = String::with_capacity(template.len() + USUAL_LENGTH);
                path.push_str(template);
                self.path = Cow::Owned(path);
                self.path.to_mut()
            }
        };
        let mut from = 0;
        while let Some((start, end)) = placeholder(path, from) {
            from = end;
            if &path[start + 1..end - 1] == name {
                path.replace_range(start..end, value);
                from = start + value.len();
            }
        }
    }

    /// Encodes and sets a pair. It replaces the earlier pairs of this name.
    pub(super) fn pair(&mut self, name: &'static str, value: &str) {
        self.remove(name);
        let before = self.query.len();
        self.separate();
        let encode = |text| utf8_percent_encode(text, style::NOT_UNRESERVED);
        self.query.extend(encode(name));
        self.query.push('=');
        self.query.extend(encode(value));
        self.spans.push((name, self.query.len() - before));
    }

    /// Sets encoded pairs. They replace the earlier pairs of this name.
    pub(super) fn pairs(&mut self, name: &'static str, pairs: &[String]) {
        self.remove(name);
        let before = self.query.len();
        for pair in pairs.iter().filter(|pair| !pair.is_empty()) {
            self.separate();
            self.query.push_str(pair);
        }
        self.spans.push((name, self.query.len() - before));
    }

    /// Adds an encoded pair, which no other pair replaces.
    pub(super) fn add(&mut self, pair: &str) {
        self.separate();
        self.query.push_str(pair);
    }

    /// Sets encoded pairs. They replace the earlier pairs of their names.
    pub(super) fn extend(&mut self, pairs: &[(String, String)]) {
        for (name, _) in pairs {
            self.remove(name);
        }
        for (_, pair) in pairs {
            self.add(pair);
        }
    }

    fn separate(&mut self) {
        match self.query.is_empty() {
            true => self.query.reserve(USUAL_LENGTH),
            false => self.query.push('&'),
        }
    }

    /// Returns the index of a name's span, and the range of its pairs.
    fn span(&self, name: &str) -> Option<(usize, Range<usize>)> {
        let index = self.spans.iter().position(|(known, _)| *known == name)?;
        let start: usize = self.spans[..index].iter().map(|(_, length)| length).sum();
        Some((index, start..start + self.spans[index].1))
    }

    fn remove(&mut self, name: &str) {
        let Some((index, range)) = self.span(name) else {
            return;
        };
        let start = range.start;
        self.spans.remove(index);
        self.query.drain(range);
        // If the first pairs are removed, the separator after them is too.
        if start == 0 && self.query.starts_with('&') {
            self.query.remove(0);
            if let Some((_, length)) = self.spans.iter_mut().find(|(_, length)| *length > 0) {
                *length -= 1;
            }
        }
    }

    /// Returns the URL that begins with `base`. Checks that its path has no dot segments.
    pub(super) fn url(self, base: &str) -> Result<String, String> {
        if let Some((start, end)) = placeholder(&self.path, 0) {
            let name = &self.path[start + 1..end - 1];
            return Err(format!("the path parameter `{name}` is not set"));
        }
        if self.path.split('/').any(url::is_dot_segment) {
            return Err(
                "a path parameter makes a segment of the path `.` or `..`, which would change the path"
                    .to_owned(),
            );
        }
        // A path template may have a query, which every request sends.
        let separator = if self.path.contains('?') { '&' } else { '?' };
        let mut url = match self.path {
            Cow::Owned(path) => path,
            Cow::Borrowed(path) => {
                let length = base.len() + path.len() + self.query.len() + 1;
                let mut url = String::with_capacity(length);
                url.push_str(path);
                url
            }
        };
        url.insert_str(0, base);
        if !self.query.is_empty() {
            url.push(separator);
            url.push_str(&self.query);
        }
        Ok(url)
    }
}

/// Finds the next `{name}`. Values that were filled in have no braces, as these are percent-encoded.
fn placeholder(path: &str, from: usize) -> Option<(usize, usize)> {
    let start = from + path.get(from..)?.find('{')?;
    let end = start + path.get(start..)?.find('}')? + 1;
    Some((start, end))
}
