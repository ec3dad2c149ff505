//! The arguments of one request.

use std::time::Duration;

use sdk::RequestOptions;
use serde_core::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::fault::Fault;
use super::media;
use super::specification::{Argument, BodySpec, Form, Operation, Place};
use super::value;

/// How a request is sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mode {
    /// Sends it and returns the whole response.
    #[default]
    Send,
    /// Builds it and sends nothing.
    Build,
    /// Walks the items of all pages.
    Items,
    /// Returns the values of a stream as they arrive.
    Stream,
    /// Returns the body as it arrives.
    Download,
}

/// Settings of a request that are not of one operation.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    pub timeout: Option<Duration>,
    pub headers: Vec<(String, String)>,
}

/// The arguments of one request.
#[derive(Debug, Clone, Default)]
pub struct Input {
    mode: Mode,
    settings: Settings,
    /// Parameters by key, and parts of a multipart body as `body.NAME`.
    values: Map<String, Value>,
    body: Option<Value>,
    bytes: Option<Vec<u8>>,
    /// The index of the media type of the body; 0 for the default one.
    content: usize,
    /// Whether values of the form `@path` name files.
    reads_files: bool,
}

impl Input {
    /// Creates the arguments from values by argument, and the texts of `--body` and `--body-type`.
    ///
    /// # Errors
    ///
    /// Returns a usage error if the body cannot be read or lacks required properties.
    pub fn new(
        operation: &Operation,
        given: Vec<(&Argument, Value)>,
        body: Option<&str>,
        media_type: Option<&str>,
    ) -> Result<Self, Fault> {
        let mut input = Self {
            reads_files: true,
            ..Self::default()
        };
        let mut properties = Vec::new();
        for (argument, value) in given {
            match argument.place {
                Place::Parameter => {
                    input.values.insert(argument.path.concat(), value);
                }
                Place::Part => {
                    input
                        .values
                        .insert(format!("body.{}", argument.path.concat()), value);
                }
                Place::Body => properties.push((argument, value)),
            }
        }
        if let Some(described) = &operation.body {
            input.content = media::choose(described, media_type, body)?;
            input.set_body(operation, described, properties, body)?;
        }
        Ok(input)
    }

    /// Creates the arguments from JSON: parameters by key, and `body`. They come from a program, so they name no
    /// files.
    ///
    /// # Errors
    ///
    /// Returns a usage error if an argument is unknown or a required one is missing.
    pub fn from_json(
        operation: &Operation,
        mut arguments: Map<String, Value>,
    ) -> Result<Self, Fault> {
        let mut input = Self::default();
        let body = arguments.remove("body");
        for argument in operation
            .arguments
            .iter()
            .filter(|argument| argument.place == Place::Parameter)
        {
            let key = argument.path.concat();
            match arguments.remove(&key) {
                Some(value) if !value.is_null() => {
                    input.values.insert(key, value);
                }
                _ if argument.is_required => {
                    return Err(Fault::usage(format!("the argument `{key}` is missing")));
                }
                _ => {}
            }
        }
        if let Some(name) = arguments.keys().next() {
            return Err(Fault::usage(format!("the argument `{name}` is not known")));
        }
        match (&operation.body, body) {
            (None, Some(_)) => return Err(Fault::usage("this operation has no body")),
            (Some(described), None) if described.is_required && described.constants.is_empty() => {
                return Err(Fault::usage("the argument `body` is missing"));
            }
            (Some(described), body) => input.set_json_body(described, body.unwrap_or_default())?,
            (None, None) => {}
        }
        Ok(input)
    }

    fn set_json_body(&mut self, described: &BodySpec, body: Value) -> Result<(), Fault> {
        match (described.form, body) {
            (Form::Multipart, Value::Object(parts)) => {
                let parts = parts
                    .into_iter()
                    .map(|(name, value)| (format!("body.{name}"), value));
                self.values.extend(parts);
            }
            (Form::Text | Form::Bytes, Value::String(text)) => self.bytes = Some(text.into_bytes()),
            (Form::Value, mut body) => {
                add_constants(described, &mut body)?;
                self.body = Some(body).filter(|body| !body.is_null());
            }
            (_, Value::Null) => {}
            _ => return Err(Fault::usage("the argument `body` has the wrong type")),
        }
        Ok(())
    }

    fn set_body(
        &mut self,
        operation: &Operation,
        described: &BodySpec,
        properties: Vec<(&Argument, Value)>,
        given: Option<&str>,
    ) -> Result<(), Fault> {
        let body_fault = |fault: String| Fault::usage(format!("--body: {fault}"));
        let form = described.form_of(self.content);
        if let Some((argument, _)) = properties.first().filter(|_| form != Form::Value) {
            let flag = &argument.name;
            return Err(Fault::usage(format!("--{flag} is not for this media type")));
        }
        match form {
            Form::Multipart => {
                self.require_parts(operation, described)?;
            }
            Form::Text | Form::Bytes => {
                self.bytes = given
                    .map(value::file_bytes)
                    .transpose()
                    .map_err(body_fault)?;
                if self.bytes.is_none() && described.is_required {
                    return Err(
                        Fault::usage("the body is missing").hint("give --body TEXT, @FILE or -")
                    );
                }
            }
            Form::Value => {
                let text = given
                    .map(value::file_text)
                    .transpose()
                    .map_err(body_fault)?;
                let body = text
                    .as_deref()
                    .map(value::json)
                    .transpose()
                    .map_err(body_fault)?;
                let has_any = body.is_some() || !properties.is_empty();
                let mut body = body.unwrap_or_default();
                for (argument, new) in properties {
                    let set = value::set(&mut body, &argument.path, new);
                    set.map_err(|fault| Fault::usage(format!("--{}: {fault}", argument.name)))?;
                }
                if has_any || described.is_required {
                    add_constants(described, &mut body)?;
                    require(operation, &body)?;
                    if body.is_null() && described.is_required {
                        return Err(Fault::usage("the body is missing")
                            .hint("give --body JSON, @FILE or -"));
                    }
                    self.body = Some(body);
                }
            }
        }
        Ok(())
    }

    fn require_parts(&self, operation: &Operation, described: &BodySpec) -> Result<(), Fault> {
        let parts = operation
            .arguments
            .iter()
            .filter(|argument| argument.place == Place::Part);
        let is_set = |argument: &&Argument| {
            self.values
                .contains_key(&format!("body.{}", argument.path.concat()))
        };
        let has_any = parts.clone().any(|argument| is_set(&argument));
        let missing = parts.filter(|argument| argument.is_required && !is_set(argument));
        match has_any || described.is_required {
            true => report_missing(missing),
            false => Ok(()),
        }
    }

    pub fn with_mode(self, mode: Mode) -> Self {
        Self { mode, ..self }
    }

    pub fn with_settings(self, settings: Settings) -> Self {
        Self { settings, ..self }
    }

    /// Returns how the request is sent.
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// Returns the options of the request.
    pub fn options(&self) -> RequestOptions {
        let mut options = RequestOptions::new();
        if let Some(timeout) = self.settings.timeout {
            options = options.timeout(timeout);
        }
        for (name, value) in &self.settings.headers {
            options = options.header(name, value);
        }
        options
    }

    /// Returns the text of a required argument.
    pub fn text(&self, key: &str) -> Result<String, Fault> {
        self.optional_text(key)?.ok_or_else(|| missing(key))
    }

    pub fn optional_text(&self, key: &str) -> Result<Option<String>, Fault> {
        Ok(self.values.get(key).map(|value| match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        }))
    }

    /// Decodes a required argument as a type of the client.
    pub fn required<T: DeserializeOwned>(&self, key: &str) -> Result<T, Fault> {
        self.optional(key)?.ok_or_else(|| missing(key))
    }

    pub fn optional<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, Fault> {
        let Some(value) = self.values.get(key) else {
            return Ok(None);
        };
        let decoded = decode(value);
        let decoded =
            decoded.map_err(|error| Fault::usage(format!("the value of `{key}`: {error}")));
        decoded.map(Some)
    }

    /// Returns whether a body, or a part of one, was given.
    pub fn has_body(&self) -> bool {
        let has_parts = || self.values.keys().any(|key| key.starts_with("body."));
        self.body.is_some() || self.bytes.is_some() || has_parts()
    }

    /// Returns the body as JSON.
    pub fn json_body(&self) -> Option<&Value> {
        self.body.as_ref()
    }

    /// Decodes the body as a type of the client.
    pub fn body<T: DeserializeOwned>(&self) -> Result<T, Fault> {
        let body = self.body.as_ref().unwrap_or(&Value::Null);
        decode(body).map_err(|error| Fault::usage(format!("the body: {error}")))
    }

    /// Returns a text body.
    pub fn text_body(&self) -> Result<String, Fault> {
        String::from_utf8(self.bytes_body()?).map_err(|_| Fault::usage("the body is not UTF-8"))
    }

    /// Returns a body of bytes.
    pub fn bytes_body(&self) -> Result<Vec<u8>, Fault> {
        self.bytes
            .clone()
            .ok_or_else(|| Fault::usage("the body is missing"))
    }

    /// Returns the index of the media type of the body; 0 for the default one.
    pub fn content(&self) -> usize {
        self.content
    }

    /// Returns the media type of a body of bytes: that of the header `Content-Type`, or else a usual one of the range.
    pub fn media_type(&self, range: &str) -> String {
        let mut headers = self.settings.headers.iter();
        let given = headers.find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
        match (given, range.split_once('/')) {
            (Some((_, value)), _) => value.clone(),
            (None, Some((kind, "*"))) if kind != "*" => match kind {
                "text" => "text/plain".to_owned(),
                "image" => "image/png".to_owned(),
                "audio" => "audio/mpeg".to_owned(),
                "video" => "video/mp4".to_owned(),
                kind => format!("{kind}/octet-stream"),
            },
            _ => "application/octet-stream".to_owned(),
        }
    }

    /// Returns the arguments on one line, for a question to the user.
    pub fn summary(&self) -> String {
        let mut all = self.values.clone();
        if let Some(body) = &self.body {
            all.insert("body".to_owned(), body.clone());
        }
        if all.is_empty() {
            return "no arguments".to_owned();
        }
        let text = Value::Object(all).to_string();
        match text.char_indices().nth(500) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None => text,
        }
    }

    pub fn reads_files(&self) -> bool {
        self.reads_files
    }

    /// Returns the value of a part.
    pub fn value(&self, key: &str) -> Option<&Value> {
        self.values.get(key)
    }
}

/// Decodes from text, as numbers of any precision keep their digits there.
fn decode<T: DeserializeOwned>(value: &Value) -> Result<T, serde_json::Error> {
    serde_json::from_str(&value.to_string())
}

pub fn missing(key: &str) -> Fault {
    Fault::usage(format!("the argument `{key}` is missing"))
}

/// Sets properties that have a single valid value, unless they are set.
fn add_constants(described: &BodySpec, body: &mut Value) -> Result<(), Fault> {
    if !body.is_null() && !body.is_object() {
        return Ok(());
    }
    for (path, constant) in &described.constants {
        if value::at(body, path).is_none() {
            value::set(body, path, constant.clone()).map_err(Fault::usage)?;
        }
    }
    Ok(())
}

/// Reports the flags of required properties that the body lacks.
fn require(operation: &Operation, body: &Value) -> Result<(), Fault> {
    if !body.is_null() && !body.is_object() {
        return Ok(());
    }
    let required = operation.arguments.iter().filter(|argument| {
        argument.place == Place::Body
            && argument.is_required
            && value::at(body, &argument.path).is_none()
    });
    report_missing(required)
}

fn report_missing<'a>(missing: impl Iterator<Item = &'a Argument>) -> Result<(), Fault> {
    let names: Vec<String> = missing
        .map(|argument| format!("--{}", argument.name))
        .collect();
    match &names[..] {
        [] => Ok(()),
        [one] => Err(Fault::usage(format!("{one} is missing")).hint("see --help")),
        [first @ .., last] => {
            let message = format!("{} and {last} are missing", first.join(", "));
            Err(Fault::usage(message).hint("see --help"))
        }
    }
}
