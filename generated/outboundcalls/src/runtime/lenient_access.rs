//! The items and properties of JSON that is decoded leniently.

use std::borrow::Cow;

use serde_core::de::{DeserializeSeed, Error as _, IntoDeserializer, MapAccess, SeqAccess};
use serde_json::{Error, value::RawValue};

use super::{
    deviation::{self, Step},
    envelope::Members,
    lenient::{Node, Presence},
};

pub(super) const TOO_DEEP: &str = "it is nested too deeply";

/// The items of an array, and how many of them have been read.
#[derive(Default)]
pub(super) struct Items<'de>(std::vec::IntoIter<Node<'de>>, usize);

impl<'de> Items<'de> {
    pub(super) fn of(text: &'de str) -> Result<Self, Error> {
        let items: Vec<&'de RawValue> = serde_json::from_str(text)?;
        let nodes: Vec<_> = items.into_iter().map(|raw| Node::of(raw.get())).collect();
        Ok(Items(nodes.into_iter(), 0))
    }

    /// Appends missing items until there are `length` items.
    pub(super) fn filled_to(self, length: usize) -> Self {
        let mut nodes: Vec<_> = self.0.collect();
        nodes.resize(nodes.len().max(length), Node::MISSING);
        Items(nodes.into_iter(), self.1)
    }
}

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Error> {
        let Some(node) = self.0.next() else {
            return Ok(None);
        };
        let step = Step::Index(self.1);
        self.1 += 1;
        let item = deviation::enter(step, || seed.deserialize(node));
        item.unwrap_or_else(|| Err(Error::custom(TOO_DEEP)))
            .map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

/// A single value that is used as a list.
pub(super) struct Only<'de>(pub(super) Option<Node<'de>>);

impl<'de> SeqAccess<'de> for Only<'de> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Error> {
        self.0.take().map(|node| seed.deserialize(node)).transpose()
    }
}

/// The properties of an object, followed by the required ones that are missing.
pub(super) struct Properties<'de> {
    members: std::vec::IntoIter<(Cow<'de, str>, Node<'de>)>,
    /// The value of the property whose name was requested last.
    value: Option<(String, Node<'de>)>,
}

impl<'de> Properties<'de> {
    pub(super) fn of(text: &'de str, required: &'static [&'static str]) -> Result<Self, Error> {
        let Members(found) = serde_json::from_str(text)?;
        let mut members: Vec<(Cow<'de, str>, Node<'de>)> = Vec::with_capacity(found.len());
        for (name, raw) in found {
            let mut node = Node::of(raw.get());
            if required.contains(&&*name) {
                node.presence = Presence::Required;
            }
            members.push((name, node));
        }
        for name in required {
            if !members.iter().any(|(known, _)| known == name) {
                members.push((Cow::Borrowed(name), Node::MISSING));
            }
        }
        Ok(Properties {
            members: members.into_iter(),
            value: None,
        })
    }
}

impl<'de> MapAccess<'de> for Properties<'de> {
    type Error = Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Error> {
        let Some((name, node)) = self.members.next() else {
            return Ok(None);
        };
        self.value = Some((name.clone().into_owned(), node));
        seed.deserialize(name.into_deserializer()).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        let Some((name, node)) = self.value.take() else {
            return Err(Error::custom("a value was requested before its name"));
        };
        let made_up = node.is_blank().then(|| name.clone());
        let value = deviation::enter(Step::Key(name), || seed.deserialize(node));
        let value = value.unwrap_or_else(|| Err(Error::custom(TOO_DEEP)));
        match (value, made_up) {
            (Err(_), Some(name)) => Err(Error::custom(no_blank(&name, node.presence))),
            (value, _) => value,
        }
    }
}

fn no_blank(name: &str, presence: Presence) -> String {
    let state = match presence {
        Presence::Missing => "missing",
        _ => "null",
    };
    format!("`{name}` is {state}, and its type has no blank value; `send_raw` returns the body")
}
