//! The value of a parameter, split into its parts.

use std::fmt;

use serde_core::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::value::RawValue;

/// A value with its JSON text. Properties keep their order and numbers all digits, which `serde_json::Value`
/// does not.
#[derive(Debug)]
pub(super) struct Part<'a> {
    pub(super) json: &'a str,
    pub(super) shape: Shape<'a>,
}

#[derive(Debug)]
pub(super) enum Shape<'a> {
    Null,
    /// A string, a number or a boolean, as text.
    Scalar(String),
    List(Vec<Part<'a>>),
    Map(Vec<(String, Part<'a>)>),
}

impl<'a> Part<'a> {
    /// Parses JSON text without leading white space.
    pub(super) fn read(json: &'a str) -> serde_json::Result<Self> {
        let shape = match json.as_bytes().first() {
            Some(b'n') => Shape::Null,
            Some(b'"') => Shape::Scalar(serde_json::from_str(json)?),
            Some(b'[') => {
                let items: Vec<&RawValue> = serde_json::from_str(json)?;
                let items = items.into_iter().map(|item| Part::read(item.get()));
                Shape::List(items.collect::<Result<_, _>>()?)
            }
            Some(b'{') => {
                let Members(members) = serde_json::from_str(json)?;
                let read =
                    |(name, value): (String, &'a RawValue)| Ok((name, Part::read(value.get())?));
                Shape::Map(members.into_iter().map(read).collect::<Result<_, _>>()?)
            }
            _ => Shape::Scalar(json.to_owned()),
        };
        Ok(Self { json, shape })
    }

    /// Returns a scalar as text and anything else as JSON text, or `None` for null.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.shape {
            Shape::Null => None,
            Shape::Scalar(text) => Some(text),
            Shape::List(_) | Shape::Map(_) => Some(self.json),
        }
    }
}

struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersVisitor)
    }
}

struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Members<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Members(members))
    }
}
