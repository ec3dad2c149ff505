//! Path and query of a request while they are filled in.

use std::{borrow::Cow, ops::Range};

use percent_encoding::utf8_percent_encode;

use super::{style, url};

/// How much a path grows by its parameters, and by the URL that it is put behind; and how long a
/// query is. Longer ones find room too.
const USUAL_LENGTH: usize = 96;

/// The path, percent-encoded, and the pairs of the query.
#[derive(Clone)]
pub(super) struct Target {
    /// The template until something is filled in; `{name}` stands for what is not there yet.
    path: Cow<'static, str>,
    /// `name=value` pairs with `&` between.
    query: String,
    /// Whose pairs they are, and how many bytes of `query` they take.
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

    /// Path and query of a URL, but for the pairs of these names.
    pub(super) fn of_url(url: &str, is_left_out: impl Fn(&str) -> bool) -> Self {
        let (path, query) = url.split_once('?').unwrap_or((url, ""));
        let name = |pair: &&str| pair.split('=').next().is_some_and(&is_left_out);
        let pairs: Vec<&str> = query.split('&').filter(|pair| !name(pair)).collect();
        Self {
            path: Cow::Owned(path.to_owned()),
            query: pairs.join("&"),
            spans: Vec::new(),
        }
    }

    /// The value of a name that has one pair, as it is encoded.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        let (_, range) = self.span(name)?;
        let (_, value) = self.query.get(range)?.split_once('=')?;
        Some(value)
    }

    /// Puts an encoded value into the path.
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

    /// Adds a pair, encoded here, in place of what the name had before.
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

    /// Adds pairs that are encoded already, in place of what the name had before.
    pub(super) fn pairs(&mut self, name: &'static str, pairs: &[String]) {
        self.remove(name);
        let before = self.query.len();
        for pair in pairs.iter().filter(|pair| !pair.is_empty()) {
            self.separate();
            self.query.push_str(pair);
        }
        self.spans.push((name, self.query.len() - before));
    }

    /// Adds a pair that is encoded already, and that nothing replaces.
    pub(super) fn add(&mut self, pair: &str) {
        self.separate();
        self.query.push_str(pair);
    }

    /// Adds encoded pairs in place of what their names had before.
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

    /// Which span is a name's, and where its pairs are.
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
        // What follows the first pairs begins with a separator that is theirs no more.
        if start == 0 && self.query.starts_with('&') {
            self.query.remove(0);
            if let Some((_, length)) = self.spans.iter_mut().find(|(_, length)| *length > 0) {
                *length -= 1;
            }
        }
    }

    /// The URL that begins with `base`, checked to lead where it should.
    pub(super) fn url(self, base: &str) -> Result<String, String> {
        if let Some((start, end)) = placeholder(&self.path, 0) {
            let name = &self.path[start + 1..end - 1];
            return Err(format!("the path parameter `{name}` is not set"));
        }
        if self.path.split('/').any(url::is_dot_segment) {
            return Err(
                "a path parameter makes a segment of the path `.` or `..`, which is another path"
                    .to_owned(),
            );
        }
        // A path may have a query of its own, which goes out with every request.
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

/// Where the next `{name}` is. What is filled in has no braces, as they are percent-encoded.
fn placeholder(path: &str, from: usize) -> Option<(usize, usize)> {
    let start = from + path.get(from..)?.find('{')?;
    let end = start + path.get(start..)?.find('}')? + 1;
    Some((start, end))
}
