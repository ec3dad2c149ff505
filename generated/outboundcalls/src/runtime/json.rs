//! What the `Serialize` and `Deserialize` impls of all types share.
//!
//! The impls are laid out by hand over one visitor, in place of derived: they compile several times
//! faster, in much less memory, and decode no slower.

use std::{borrow::Cow, collections::BTreeMap, fmt, marker::PhantomData};

use serde_core::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, DeserializeSeed, Error as _, IgnoredAny, MapAccess, Visitor},
    ser::SerializeMap,
};
use serde_json::{Map, Value};

use super::{
    deviation,
    digits::Exact,
    tolerant::{Fit, Tolerant},
    trials,
    whole::Whole,
};

pub(crate) use super::members::{Members, write};

/// A type that is read and written member by member.
pub(crate) trait Object<'de>: Sized {
    const ABOUT: About;

    /// A value to read into: what is required has an arbitrary value until it has been read.
    fn blank() -> Self;

    /// Reads the next member into its field.
    fn read<A: MapAccess<'de>>(&mut self, next: &mut Next<'de, A>) -> Result<(), A::Error>;

    /// Writes all members.
    fn write<'a, M: SerializeMap>(&'a self, members: &mut Members<'a, M>);
}

/// Makes a type that implements [`Object`] one that serde reads and writes.
macro_rules! object {
    ($name:ident) => {
        impl ::serde_core::Serialize for $name {
            fn serialize<S>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error>
            where
                S: ::serde_core::Serializer,
            {
                $crate::runtime::json::write(self, serializer)
            }
        }

        impl<'de> ::serde_core::Deserialize<'de> for $name {
            fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
            where
                D: ::serde_core::Deserializer<'de>,
            {
                $crate::runtime::json::read(deserializer)
            }
        }
    };
}

pub(crate) use object;

/// What there is to know of a type before any of its values is seen.
pub(crate) struct About {
    /// The type's own name.
    pub(crate) name: &'static str,
    /// The names on the wire of the members that must be there.
    pub(crate) required: &'static [&'static str],
}

/// A type that has a value to read into.
pub(crate) trait Blank {
    fn blank() -> Self;
}

impl<T: Object<'static>> Blank for T {
    fn blank() -> Self {
        <T as Object>::blank()
    }
}

/// A value to read into, for a required member of a type that has no default value.
pub(crate) fn blank<T: Blank>() -> T {
    T::blank()
}

/// The default value, said shortly.
pub(crate) fn empty<T: Default>() -> T {
    T::default()
}

/// Reads an object. The body of `Deserialize::deserialize`.
pub(crate) fn read<'de, T: Object<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    // What is read leniently fills in the required members that are missing.
    deserializer.deserialize_struct(T::ABOUT.name, T::ABOUT.required, ObjectVisitor(PhantomData))
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Object<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = T::ABOUT.name;
        let vowel = name.starts_with(['A', 'E', 'I', 'O']);
        write!(f, "{} `{name}` object", if vowel { "an" } else { "a" })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        let mut value = T::blank();
        let mut next = Next {
            map,
            key: Cow::Borrowed(""),
            seen: Places::default(),
        };
        while let Some(key) = next.map.next_key_seed(Key)? {
            next.key = key;
            value.read(&mut next)?;
        }
        let required = T::ABOUT.required.iter().enumerate();
        let mut missing = required.filter(|(place, _)| !next.seen.contains(*place));
        match missing.next() {
            Some((_, name)) => Err(A::Error::missing_field(name)),
            None => Ok(value),
        }
    }
}

/// The required members that were met, by their places among them.
#[derive(Default)]
struct Places {
    /// A bit for each of the first 64.
    first: u64,
    /// The others, which few types have.
    rest: Vec<usize>,
}

impl Places {
    fn insert(&mut self, place: usize) {
        match place {
            0..64 => self.first |= 1 << place,
            _ if self.rest.contains(&place) => {}
            _ => self.rest.push(place),
        }
    }

    fn contains(&self, place: usize) -> bool {
        match place {
            0..64 => self.first & (1 << place) != 0,
            _ => self.rest.contains(&place),
        }
    }
}

/// Reads a key, borrowed from the input where it has no escapes.
pub(super) struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text))
    }
}

/// Reads a text, and returns it if it is not the constant.
struct Constant(&'static str);

impl<'de> DeserializeSeed<'de> for Constant {
    type Value = Option<String>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Constant {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok((text != self.0).then(|| text.to_owned()))
    }
}

/// The next member of an object that is read.
///
/// The code of a type calls its methods through a reference and owns nothing itself, so that there
/// is nothing to drop on the way: that compiles fast.
pub(crate) struct Next<'de, A> {
    map: A,
    key: Cow<'de, str>,
    /// The required members so far.
    seen: Places,
}

impl<'de, A: MapAccess<'de>> Next<'de, A> {
    /// Its name on the wire.
    pub(crate) fn key(&self) -> &str {
        &self.key
    }

    /// Notes in `extra` that an optional member was null.
    fn note_null(&self, is_null: bool, extra: &mut Map<String, Value>) {
        if is_null {
            extra.insert(self.key.clone().into_owned(), Value::Null);
        } else if !extra.is_empty() {
            extra.remove(&*self.key);
        }
    }

    /// Reads a required member, by its place among these.
    pub(crate) fn value<T>(&mut self, place: usize, slot: &mut T) -> Result<(), A::Error>
    where
        T: Deserialize<'de>,
    {
        *slot = self.map.next_value()?;
        self.seen.insert(place);
        Ok(())
    }

    /// Reads a required member that always has the same text. Another text is kept in `extra`.
    pub(crate) fn constant(
        &mut self,
        place: usize,
        constant: &'static str,
        extra: &mut Map<String, Value>,
    ) -> Result<(), A::Error> {
        let other = self.map.next_value_seed(Constant(constant))?;
        // What a lenient decoder makes up for a missing text is empty.
        let is_blank = other.as_deref() == Some("") && deviation::is_recording();
        self.note(place, other.filter(|_| !is_blank).map(Value::from), extra);
        Ok(())
    }

    /// Reads a required member that always has the same integer, or is always true or false.
    pub(crate) fn constant_of<T>(
        &mut self,
        place: usize,
        constant: T,
        extra: &mut Map<String, Value>,
    ) -> Result<(), A::Error>
    where
        T: Deserialize<'de> + PartialEq + Into<Value>,
    {
        let Whole(value) = self.map.next_value::<Whole<T>>()?;
        let other = (value != constant).then(|| value.into());
        self.note(place, other, extra);
        Ok(())
    }

    /// Notes that a constant was read, and another value of it in `extra`.
    fn note(&mut self, place: usize, other: Option<Value>, extra: &mut Map<String, Value>) {
        if let Some(other) = other {
            trials::is_unfit();
            extra.insert(self.key.clone().into_owned(), other);
        } else if !extra.is_empty() {
            extra.remove(&*self.key);
        }
        self.seen.insert(place);
    }

    /// Reads an optional member. Null is as good as absent, but may be a value of another branch.
    pub(crate) fn optional<T>(&mut self, slot: &mut Option<T>) -> Result<(), A::Error>
    where
        T: Deserialize<'de>,
    {
        self.or_null(slot)?;
        if slot.is_none() {
            trials::is_unfit();
        }
        Ok(())
    }

    /// Reads a member that may be null, which is as good as absent.
    pub(crate) fn or_null<T>(&mut self, slot: &mut Option<T>) -> Result<(), A::Error>
    where
        T: Deserialize<'de>,
    {
        *slot = self.map.next_value()?;
        Ok(())
    }

    /// Reads an optional member that may be null, and notes in `extra` that it was.
    pub(crate) fn noted<T>(
        &mut self,
        slot: &mut Option<T>,
        extra: &mut Map<String, Value>,
    ) -> Result<(), A::Error>
    where
        T: Deserialize<'de>,
    {
        *slot = self.map.next_value()?;
        self.note_null(slot.is_none(), extra);
        Ok(())
    }

    /// Reads an optional member for which null means something else than absent.
    pub(crate) fn nullable<T>(&mut self, slot: &mut Option<Option<T>>) -> Result<(), A::Error>
    where
        T: Deserialize<'de>,
    {
        *slot = Some(self.map.next_value()?);
        Ok(())
    }

    /// Reads an optional member that may be null without being absent, as the type has null itself.
    pub(crate) fn present<T>(&mut self, slot: &mut Option<T>) -> Result<(), A::Error>
    where
        T: Deserialize<'de>,
    {
        *slot = Some(self.map.next_value()?);
        Ok(())
    }

    /// Reads an integer, or several, as [`value`](Self::value) does, each written as `5.0` too.
    pub(crate) fn integer<T>(&mut self, place: usize, slot: &mut T) -> Result<(), A::Error>
    where
        T: Deserialize<'de>,
    {
        let Whole(number) = self.map.next_value()?;
        *slot = number;
        self.seen.insert(place);
        Ok(())
    }

    /// Reads an integer as [`optional`](Self::optional) does.
    pub(crate) fn optional_integer<T>(&mut self, slot: &mut Option<T>) -> Result<(), A::Error>
    where
        T: Deserialize<'de>,
    {
        self.or_null_integer(slot)?;
        if slot.is_none() {
            trials::is_unfit();
        }
        Ok(())
    }

    /// Reads an integer as [`or_null`](Self::or_null) does.
    pub(crate) fn or_null_integer<T>(&mut self, slot: &mut Option<T>) -> Result<(), A::Error>
    where
        T: Deserialize<'de>,
    {
        let number: Option<Whole<T>> = self.map.next_value()?;
        *slot = number.map(|Whole(number)| number);
        Ok(())
    }

    /// Reads an integer as [`noted`](Self::noted) does.
    pub(crate) fn noted_integer<T>(
        &mut self,
        slot: &mut Option<T>,
        extra: &mut Map<String, Value>,
    ) -> Result<(), A::Error>
    where
        T: Deserialize<'de>,
    {
        self.or_null_integer(slot)?;
        self.note_null(slot.is_none(), extra);
        Ok(())
    }

    /// Reads an integer as [`nullable`](Self::nullable) does.
    pub(crate) fn nullable_integer<T>(
        &mut self,
        slot: &mut Option<Option<T>>,
    ) -> Result<(), A::Error>
    where
        T: Deserialize<'de>,
    {
        let mut number = None;
        self.or_null_integer(&mut number)?;
        *slot = Some(number);
        Ok(())
    }

    /// Reads a member whose type is only inferred: what does not fit is kept in `extra`.
    pub(crate) fn tolerant<T>(
        &mut self,
        slot: &mut Option<T>,
        extra: &mut Map<String, Value>,
    ) -> Result<(), A::Error>
    where
        T: DeserializeOwned,
    {
        self.tolerant_by(Tolerant(PhantomData), slot, extra)
    }

    /// Reads such a member where it has numbers that no number of the machine holds.
    pub(crate) fn tolerant_digits<T>(
        &mut self,
        slot: &mut Option<T>,
        extra: &mut Map<String, Value>,
    ) -> Result<(), A::Error>
    where
        T: DeserializeOwned,
    {
        self.tolerant_by(Exact(PhantomData), slot, extra)
    }

    fn tolerant_by<T>(
        &mut self,
        seed: impl DeserializeSeed<'de, Value = Fit<T>>,
        slot: &mut Option<T>,
        extra: &mut Map<String, Value>,
    ) -> Result<(), A::Error> {
        // A key that is there twice must not leave its first value behind.
        if !extra.is_empty() {
            extra.remove(&*self.key);
        }
        *slot = match self.map.next_value_seed(seed)? {
            Fit::Null => None,
            Fit::Fits(value) => Some(value),
            Fit::Misfit(value) => {
                extra.insert(self.key.clone().into_owned(), value);
                None
            }
        };
        Ok(())
    }

    /// Keeps a member that the type does not declare.
    pub(crate) fn keep<V>(&mut self, extra: &mut impl Extra<V>) -> Result<(), A::Error>
    where
        V: Deserialize<'de>,
    {
        let key = std::mem::take(&mut self.key);
        extra.keep(key.into_owned(), self.map.next_value()?);
        Ok(())
    }

    /// Keeps such a member that is an integer, or several.
    pub(crate) fn keep_integer<V>(&mut self, extra: &mut impl Extra<V>) -> Result<(), A::Error>
    where
        V: Deserialize<'de>,
    {
        let key = std::mem::take(&mut self.key);
        let Whole(value) = self.map.next_value()?;
        extra.keep(key.into_owned(), value);
        Ok(())
    }

    /// Passes over a member that the type does not declare.
    pub(crate) fn skip(&mut self) -> Result<(), A::Error> {
        trials::drops(self.key());
        self.map.next_value::<IgnoredAny>()?;
        Ok(())
    }
}

/// Where undeclared members are kept.
pub(crate) trait Extra<V> {
    fn keep(&mut self, key: String, value: V);
}

impl Extra<Value> for Map<String, Value> {
    fn keep(&mut self, key: String, value: Value) {
        self.insert(key, value);
    }
}

impl<V> Extra<V> for BTreeMap<String, V> {
    fn keep(&mut self, key: String, value: V) {
        self.insert(key, value);
    }
}
