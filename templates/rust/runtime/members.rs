//! Writes objects property by property.

use std::collections::BTreeMap;

use serde_core::{Serialize, Serializer, ser::SerializeMap};
use serde_json::{Map, Value};

use super::json::Object;

/// Encodes an object. Implements `Serialize::serialize`.
pub(crate) fn write<T: Object<'static>, S: Serializer>(
    value: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut members = Members {
        map: Ok(serializer.serialize_map(None)?),
        extra: None,
        typed: None,
        written: Vec::new(),
    };
    value.write(&mut members);
    members.end()
}

/// An object that is being encoded.
///
/// The first error is kept until the end, so that a type with many fields has no early return after each.
/// That compiles faster.
pub(crate) struct Members<'a, M: SerializeMap> {
    map: Result<M, M::Error>,
    extra: Option<&'a Map<String, Value>>,
    /// Unknown properties of one type.
    typed: Option<&'a dyn Entries<M>>,
    /// The properties written so far that `extra` also contains.
    written: Vec<&'static str>,
}

impl<'a, M: SerializeMap> Members<'a, M> {
    /// Sets the unknown properties. They are written last, except those that a field has written.
    pub(crate) fn keep(&mut self, extra: &'a Map<String, Value>) {
        self.extra = (!extra.is_empty()).then_some(extra);
    }

    fn entry<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        let Ok(map) = &mut self.map else { return };
        if let Err(error) = map.serialize_entry(name, value) {
            self.map = Err(error);
        }
    }

    /// Writes a required property.
    pub(crate) fn value<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        if self.extra.is_some_and(|extra| extra.contains_key(name)) {
            self.written.push(name);
        }
        self.entry(name, value);
    }

    /// Writes a property that always has the same value, or the other value that was decoded.
    pub(crate) fn constant<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        match self.extra.and_then(|extra| extra.get(name)) {
            Some(other) => {
                self.written.push(name);
                self.entry(name, other);
            }
            None => self.entry(name, value),
        }
    }

    /// Writes an optional property. If null differs from absent, the value is itself an `Option`.
    pub(crate) fn optional<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
        if let Some(value) = value {
            self.value(name, value);
        }
    }

    /// Sets unknown properties of one type, which are written last.
    pub(crate) fn keep_each<T: Serialize>(&mut self, members: &'a BTreeMap<String, T>) {
        self.typed = Some(members);
    }

    /// Writes nothing for unknown properties, as decoding skips them.
    pub(crate) fn skip_unknown(&mut self) {}

    fn end(mut self) -> Result<M::Ok, M::Error> {
        for (name, value) in self.extra.into_iter().flatten() {
            if !self.written.contains(&name.as_str()) {
                self.entry(name, value);
            }
        }
        if let Some(typed) = self.typed {
            typed.write(&mut self);
        }
        self.map?.end()
    }
}

/// Properties of one type.
trait Entries<M: SerializeMap> {
    fn write(&self, members: &mut Members<'_, M>);
}

impl<T: Serialize, M: SerializeMap> Entries<M> for BTreeMap<String, T> {
    fn write(&self, members: &mut Members<'_, M>) {
        for (name, value) in self {
            members.entry(name, value);
        }
    }
}

/// The kinds of properties that are written like another kind, but decoded in another way.
impl<'a, M: SerializeMap> Members<'a, M> {
    pub(crate) fn constant_of<T: Serialize>(&mut self, name: &'static str, value: &T) {
        self.constant(name, value);
    }

    pub(crate) fn integer<T: Serialize>(&mut self, name: &'static str, value: &T) {
        self.value(name, value);
    }

    pub(crate) fn or_null<T: Serialize>(&mut self, name: &'static str, value: &T) {
        self.value(name, value);
    }

    pub(crate) fn or_null_integer<T: Serialize>(&mut self, name: &'static str, value: &T) {
        self.value(name, value);
    }

    pub(crate) fn optional_integer<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
        self.optional(name, value);
    }

    pub(crate) fn optional_or_null<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
        self.optional(name, value);
    }

    pub(crate) fn optional_or_null_integer<T: Serialize>(
        &mut self,
        name: &'static str,
        value: &Option<T>,
    ) {
        self.optional(name, value);
    }

    pub(crate) fn noted<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
        self.optional(name, value);
    }

    pub(crate) fn noted_integer<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
        self.optional(name, value);
    }

    pub(crate) fn nullable<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
        self.optional(name, value);
    }

    pub(crate) fn nullable_integer<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
        self.optional(name, value);
    }

    pub(crate) fn present<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
        self.optional(name, value);
    }

    pub(crate) fn tolerant<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
        self.optional(name, value);
    }

    pub(crate) fn tolerant_digits<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
        self.optional(name, value);
    }

    pub(crate) fn keep_each_integer<T: Serialize>(&mut self, members: &'a BTreeMap<String, T>) {
        self.keep_each(members);
    }
}
