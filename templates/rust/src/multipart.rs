//! Bodies of several parts: `multipart/form-data` (RFC 7578).

use std::{
    collections::hash_map::RandomState,
    fmt,
    hash::{BuildHasher, Hasher},
};

use bytes::Bytes;
use http::{HeaderName, HeaderValue, header};
use serde_core::Serialize;
use serde_json::{Value, value::RawValue};

use crate::runtime::{
    Body, BuildError, Request, Style, fields, number_text, to_json, to_json_value,
};

/// A part of a multipart body: bytes or a stream, with its metadata.
///
/// Bytes and texts convert into a part. A file is read while it is sent, and is never held in memory as a
/// whole.
#[derive(Debug)]
pub struct Part {
    body: Body,
    file_name: Option<String>,
    content_type: Option<String>,
    headers: Vec<(String, String)>,
}

impl Part {
    /// Creates a part from bytes, a text, or a [`Body`](crate::transport::Body).
    pub fn new(body: impl Into<Body>) -> Self {
        Self {
            body: body.into(),
            file_name: None,
            content_type: None,
            headers: Vec::new(),
        }
    }

    /// Creates a part from the file at this path, with its file name. The file is opened for each attempt, so
    /// the request can be retried.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no such file, or outside of a Tokio runtime.
    #[cfg(feature = "reqwest")]
    pub async fn from_path(path: impl AsRef<std::path::Path>) -> std::io::Result<Self> {
        let path = path.as_ref();
        let part = Self::new(Body::from_path(path).await?);
        Ok(match path.file_name() {
            Some(name) => part.file_name(name.to_string_lossy()),
            None => part,
        })
    }

    /// Creates a part from a reader, which is read while it is sent. The request cannot be retried.
    #[cfg(feature = "reqwest")]
    pub fn from_reader(reader: impl tokio::io::AsyncRead + Send + 'static) -> Self {
        Self::new(Body::from_reader(reader))
    }

    /// Sets the file name, without a path. The default for a file is the name of its part.
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Sets the media type, such as `image/png`.
    #[must_use]
    pub fn content_type(mut self, media_type: impl Into<String>) -> Self {
        self.content_type = Some(media_type.into());
        self
    }

    /// Adds a header to the part.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    fn of_type(body: impl Into<Body>, media_type: &str) -> Self {
        Self::new(body).content_type(media_type)
    }

    /// Returns the headers before the bytes of the part.
    fn head(&self, name: &str) -> Result<Vec<u8>, String> {
        let mut head = format!("content-disposition: form-data; name=\"{}\"", quoted(name));
        if let Some(file) = &self.file_name {
            head.push_str(&format!("; filename=\"{}\"", quoted(file)));
        }
        head.push_str("\r\n");
        let media_type = self.content_type.iter();
        let media_type = media_type.map(|value| (header::CONTENT_TYPE.as_str(), value));
        let headers = self.headers.iter();
        for (key, value) in media_type.chain(headers.map(|(key, value)| (&**key, value))) {
            let (Ok(key), Ok(_)) = (
                HeaderName::from_bytes(key.as_bytes()),
                HeaderValue::from_str(value),
            ) else {
                return Err(format!(
                    "the part `{name}` has a header that cannot be sent"
                ));
            };
            head.push_str(&format!("{key}: {value}\r\n"));
        }
        head.push_str("\r\n");
        Ok(head.into_bytes())
    }
}

/// Quotes a name as browsers do (WHATWG HTML, "multipart/form-data encoding algorithm").
fn quoted(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

impl From<Body> for Part {
    fn from(body: Body) -> Self {
        Self::new(body)
    }
}

impl From<Bytes> for Part {
    fn from(bytes: Bytes) -> Self {
        Self::new(bytes)
    }
}

impl From<Vec<u8>> for Part {
    fn from(bytes: Vec<u8>) -> Self {
        Self::new(bytes)
    }
}

impl From<&'static [u8]> for Part {
    fn from(bytes: &'static [u8]) -> Self {
        Self::new(bytes)
    }
}

impl From<String> for Part {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&'static str> for Part {
    fn from(text: &'static str) -> Self {
        Self::new(text)
    }
}

/// The parts of a body that a builder fills. It keeps the first error, as a request does.
pub(crate) struct Multipart {
    /// The documented parts, in the order in which they are sent.
    order: &'static [&'static str],
    parts: Vec<Named>,
    boundary: Option<String>,
    error: Option<BuildError>,
}

/// A part with its name.
struct Named {
    name: String,
    /// The documented part that it belongs to. With some styles, one value becomes several parts.
    of: String,
    part: Part,
}

#[allow(dead_code, reason = "an API may have no part of some kind")]
impl Multipart {
    pub(crate) fn new(order: &'static [&'static str]) -> Self {
        Self {
            order,
            parts: Vec::new(),
            boundary: None,
            error: None,
        }
    }

    /// Sets a part. It replaces earlier ones of the same name.
    pub(crate) fn part(&mut self, name: impl Into<String>, part: Part) {
        self.parts_of(name.into(), [part]);
    }

    /// Sets a part with a default media type.
    pub(crate) fn typed(&mut self, name: &str, media_type: &str, part: impl Into<Part>) {
        let mut part = part.into();
        part.content_type
            .get_or_insert_with(|| media_type.to_owned());
        self.part(name, part);
    }

    /// Sets a file. Without a file name, many servers treat it as text.
    pub(crate) fn file(&mut self, name: &str, media_type: &str, part: impl Into<Part>) {
        self.files(name, media_type, [part]);
    }

    /// Sets a file with one of the media types, which the caller has to set.
    pub(crate) fn file_of(&mut self, name: &str, media_types: &str, part: impl Into<Part>) {
        self.files_of(name, media_types, [part]);
    }

    /// Sets several such files with one name.
    pub(crate) fn files_of<P: Into<Part>>(
        &mut self,
        name: &str,
        media_types: &str,
        parts: impl IntoIterator<Item = P>,
    ) {
        let parts: Vec<Part> = parts.into_iter().map(Into::into).collect();
        if parts.iter().any(|part| part.content_type.is_none()) {
            let message = format!(
                "the part `{name}` needs a media type of `{media_types}`, by `Part::content_type`"
            );
            self.error.get_or_insert(BuildError::new(message));
        }
        self.files(name, "", parts);
    }

    /// Sets several files with one name.
    pub(crate) fn files<P: Into<Part>>(
        &mut self,
        name: &str,
        media_type: &str,
        parts: impl IntoIterator<Item = P>,
    ) {
        let parts = parts.into_iter().map(|part| {
            let mut part = part.into();
            part.file_name.get_or_insert_with(|| name.to_owned());
            part.content_type
                .get_or_insert_with(|| media_type.to_owned());
            part
        });
        self.parts_of(name.to_owned(), parts);
    }

    /// Sets a value: a string as text, an object as JSON, and a part for each item of a list (OpenAPI 3.1,
    /// "Encoding Object").
    pub(crate) fn value<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        match to_json_value(value) {
            Ok(Value::Array(items)) => {
                self.parts_of(name.to_owned(), items.iter().filter_map(part_of));
            }
            Ok(value) => self.parts_of(name.to_owned(), part_of(&value)),
            Err(error) => self.fail(name, &error),
        }
    }

    /// Sets the parts of a value in a style.
    pub(crate) fn styled<T: Serialize + ?Sized>(&mut self, name: &str, style: Style, value: &T) {
        match fields(name, style, value) {
            Ok(fields) => {
                self.parts.retain(|known| {
                    let is_same = |(field, _): &(String, String)| *field == known.name;
                    known.of != name && !fields.iter().any(is_same)
                });
                let parts = fields.into_iter().map(|(field, text)| Named {
                    name: field,
                    of: name.to_owned(),
                    part: Part::new(text),
                });
                self.parts.extend(parts);
            }
            Err(error) => self.fail(name, &error),
        }
    }

    /// Sets a JSON part, or one for each item of a list.
    pub(crate) fn json<T: Serialize + ?Sized>(&mut self, name: &str, media_type: &str, value: &T) {
        match to_json(value).and_then(|json| json_parts(&json, media_type)) {
            Ok(parts) => self.parts_of(name.to_owned(), parts),
            Err(error) => self.fail(name, &error),
        }
    }

    /// Sets a text part with a media type.
    pub(crate) fn text(&mut self, name: &str, media_type: &str, text: impl AsRef<str>) {
        self.part(name, Part::of_type(text.as_ref().to_owned(), media_type));
    }

    /// Sets a text part with a media type for each text of a list.
    pub(crate) fn texts<T: AsRef<str>>(&mut self, name: &str, media_type: &str, texts: &[T]) {
        let part = |text: &T| Part::of_type(text.as_ref().to_owned(), media_type);
        self.parts_of(name.to_owned(), texts.iter().map(part));
    }

    pub(crate) fn boundary(&mut self, boundary: String) {
        self.boundary = Some(boundary);
    }

    fn parts_of(&mut self, name: String, parts: impl IntoIterator<Item = Part>) {
        self.parts.retain(|known| known.name != name);
        let named = parts.into_iter().map(|part| Named {
            name: name.clone(),
            of: name.clone(),
            part,
        });
        self.parts.extend(named);
    }

    fn fail(&mut self, name: &str, error: &serde_json::Error) {
        let message = format!("the value of the part `{name}` cannot be written: {error}");
        self.error.get_or_insert(BuildError::new(message));
    }

    /// Sets the body of a request.
    pub(crate) fn fill(mut self, request: &mut Request) {
        match self.error.take() {
            Some(error) => request.fail(error),
            None => match self.assemble() {
                Ok((media_type, body)) => request.body_of(media_type, body),
                Err(message) => request.fail(BuildError::new(message)),
            },
        }
    }

    /// Moves files to the end, because servers that parse a body while it arrives ignore the fields after a
    /// file.
    fn sort(&mut self) {
        let order = self.order;
        self.parts.sort_by_key(|named| {
            let place = order.iter().position(|name| *name == named.of);
            (named.part.file_name.is_some(), place.unwrap_or(order.len()))
        });
    }

    fn assemble(mut self) -> Result<(HeaderValue, Body), String> {
        self.sort();
        let boundary = self.boundary.unwrap_or_else(random_boundary);
        // RFC 2046, section 5.1.1, without the characters that need quotes in the header.
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"'+_-.".contains(&byte);
        if boundary.is_empty() || boundary.len() > 70 || !boundary.bytes().all(fits) {
            return Err("the boundary of the parts must be 1 to 70 letters and digits".to_owned());
        }
        let Ok(media_type) =
            HeaderValue::try_from(format!("multipart/form-data; boundary={boundary}"))
        else {
            return Err("the boundary of the parts cannot be sent".to_owned());
        };
        let mut pieces = Vec::with_capacity(self.parts.len() * 2 + 1);
        let mut between = format!("--{boundary}\r\n").into_bytes();
        for Named { name, part, .. } in self.parts {
            between.extend(part.head(&name)?);
            pieces.push(Body::from(between));
            pieces.push(part.body);
            between = format!("\r\n--{boundary}\r\n").into_bytes();
        }
        // The last line has two more dashes.
        between.truncate(between.len() - 2);
        between.extend_from_slice(b"--\r\n");
        pieces.push(Body::from(between));
        Ok((media_type, Body::chain(pieces)))
    }
}

/// Shows names only, since values may be private.
impl fmt::Debug for Multipart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.parts.iter().map(|named| &named.name))
            .finish()
    }
}

/// Returns the parts of a JSON text: one for each item of a list (OpenAPI 3.2, "Encoding By Name").
fn json_parts(json: &[u8], media_type: &str) -> serde_json::Result<Vec<Part>> {
    let items: Vec<&RawValue> = match json.starts_with(b"[") {
        true => serde_json::from_slice(json)?,
        false => vec![serde_json::from_slice(json)?],
    };
    let part = |item: &&RawValue| Part::of_type(item.get().to_owned(), media_type);
    Ok(items.iter().map(part).collect())
}

/// Returns a value other than a list as a part, or `None` for null.
fn part_of(value: &Value) -> Option<Part> {
    Some(match value {
        Value::Null => return None,
        Value::String(text) => Part::new(text.clone()),
        Value::Number(number) => Part::new(number_text(number)),
        Value::Bool(value) => Part::new(value.to_string()),
        Value::Array(_) | Value::Object(_) => Part::of_type(value.to_string(), "application/json"),
    })
}

/// Returns a text that occurs in a part with a probability of one in 2 to the 128th. Each `RandomState` of
/// the standard library has a new seed.
fn random_boundary() -> String {
    let random = || RandomState::new().build_hasher().finish();
    format!("parts-{:016x}{:016x}", random(), random())
}
