//! `streams`: operations that stream events which the document does not describe.

use super::settings::place::Places;
use crate::ir::{ConfigPosition, ConfiguredStream, StreamConfig};
use indexmap::IndexMap;
use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt;

/// The stream of an operation, as written in the file.
#[derive(Debug)]
pub enum StreamFile {
    /// The type of one event.
    Event(String),
    /// `false`
    None,
}

impl<'de> Deserialize<'de> for StreamFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StreamVisitor)
    }
}

struct StreamVisitor;

impl Visitor<'_> for StreamVisitor {
    type Value = StreamFile;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a type, or `false`")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<StreamFile, E> {
        Ok(StreamFile::Event(name.to_owned()))
    }

    fn visit_bool<E: Error>(self, is_stream: bool) -> Result<StreamFile, E> {
        match is_stream {
            true => Err(E::invalid_value(Unexpected::Bool(true), &self)),
            false => Ok(StreamFile::None),
        }
    }
}

/// Returns the configured streams.
pub fn streams(file: IndexMap<String, StreamFile>, places: &Places<'_>) -> StreamConfig {
    let mut config = StreamConfig::default();
    for (operation, stream) in file {
        let steps = vec!["streams".to_owned(), operation.clone()];
        let event = match stream {
            StreamFile::Event(name) => Some(name),
            StreamFile::None => None,
        };
        let key = ConfigPosition(places.key(&steps));
        let at = ConfigPosition(places.value(&steps));
        config.insert(operation, ConfiguredStream { key, at, event });
    }
    config
}
