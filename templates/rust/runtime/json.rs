//! What the `Serialize` and `Deserialize` impls of all types share.
//!
//! The impls are laid out by hand over one visitor, in place of derived: they compile several times
//! faster, in much less memory, and decode no slower.

use std::{borrow::Cow, collections::BTreeMap, fmt, marker::PhantomData};

use serde_core::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{
        DeserializeOwned, DeserializeSeed, Error as _, IgnoredAny, IntoDeserializer, MapAccess,
        SeqAccess, Visitor,
        value::{Error as ValueError, MapAccessDeserializer, SeqAccessDeserializer},
    },
    ser::SerializeMap,
};
use serde_json::{Map, Value};

use super::number::Whole;

/// A type that is read member by member.
pub(crate) trait Object<'de>: Sized {
    /// What an error says was expected, as in ``"an `Agent` object"``.
    const EXPECTING: &'static str;

    fn read<A: MapAccess<'de>>(map: A) -> Result<Self, A::Error>;
}

/// Reads an object. The body of `Deserialize::deserialize`.
pub(crate) fn object<'de, T: Object<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer.deserialize_map(ObjectVisitor(PhantomData))
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Object<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTING)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::read(map)
    }
}

/// The next key, borrowed from the input where it has no escapes.
pub(crate) fn key<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Option<Cow<'de, str>>, A::Error> {
    map.next_key_seed(Key)
}

struct Key;

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

/// Reads a member that must not be null.
pub(crate) fn value<'de, A, T>(map: &mut A, slot: &mut Option<T>) -> Result<(), A::Error>
where
    A: MapAccess<'de>,
    T: Deserialize<'de>,
{
    *slot = Some(map.next_value()?);
    Ok(())
}

/// Reads an optional member. Null is as good as absent.
pub(crate) fn optional<'de, A, T>(map: &mut A, slot: &mut Option<T>) -> Result<(), A::Error>
where
    A: MapAccess<'de>,
    T: Deserialize<'de>,
{
    *slot = map.next_value()?;
    Ok(())
}

/// Reads an optional member for which null means something else than absent.
pub(crate) fn nullable<'de, A, T>(map: &mut A, slot: &mut Option<Option<T>>) -> Result<(), A::Error>
where
    A: MapAccess<'de>,
    T: Deserialize<'de>,
{
    *slot = Some(map.next_value()?);
    Ok(())
}

/// Reads an integer as [`value`] does, written as `5.0` too.
pub(crate) fn integer<'de, A, T>(map: &mut A, slot: &mut Option<T>) -> Result<(), A::Error>
where
    A: MapAccess<'de>,
    T: TryFrom<i64> + TryFrom<u64>,
{
    let Whole(number) = map.next_value()?;
    *slot = Some(number);
    Ok(())
}

/// Reads an integer as [`optional`] does.
pub(crate) fn optional_integer<'de, A, T>(map: &mut A, slot: &mut Option<T>) -> Result<(), A::Error>
where
    A: MapAccess<'de>,
    T: TryFrom<i64> + TryFrom<u64>,
{
    let number: Option<Whole<T>> = map.next_value()?;
    *slot = number.map(|Whole(number)| number);
    Ok(())
}

/// Reads an integer as [`nullable`] does.
pub(crate) fn nullable_integer<'de, A, T>(
    map: &mut A,
    slot: &mut Option<Option<T>>,
) -> Result<(), A::Error>
where
    A: MapAccess<'de>,
    T: TryFrom<i64> + TryFrom<u64>,
{
    let mut number = None;
    optional_integer(map, &mut number)?;
    *slot = Some(number);
    Ok(())
}

/// Reads a member whose type is only inferred: what does not fit is kept in `extra`.
pub(crate) fn tolerant<'de, A, T>(
    map: &mut A,
    key: Cow<'de, str>,
    slot: &mut Option<T>,
    extra: &mut Map<String, Value>,
) -> Result<(), A::Error>
where
    A: MapAccess<'de>,
    T: DeserializeOwned,
{
    // A key that is there twice must not leave its first value behind.
    if !extra.is_empty() {
        extra.remove(&*key);
    }
    *slot = match map.next_value_seed(Tolerant(PhantomData))? {
        Fit::Null => None,
        Fit::Fits(value) => Some(value),
        Fit::Misfit(value) => {
            extra.insert(key.into_owned(), value);
            None
        }
    };
    Ok(())
}

/// Keeps a member that the type does not declare.
pub(crate) fn keep<'de, A, V>(
    map: &mut A,
    key: Cow<'de, str>,
    extra: &mut impl Extra<V>,
) -> Result<(), A::Error>
where
    A: MapAccess<'de>,
    V: Deserialize<'de>,
{
    extra.keep(key.into_owned(), map.next_value()?);
    Ok(())
}

/// Passes over a member that the type does not declare.
pub(crate) fn skip<'de, A: MapAccess<'de>>(map: &mut A) -> Result<(), A::Error> {
    map.next_value::<IgnoredAny>()?;
    Ok(())
}

/// Gives a required member, or says that it is missing.
pub(crate) fn required<T, E: serde_core::de::Error>(
    slot: Option<T>,
    name: &'static str,
) -> Result<T, E> {
    slot.ok_or_else(|| E::missing_field(name))
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

/// What became of a member whose type is only inferred.
enum Fit<T> {
    Null,
    Fits(T),
    Misfit(Value),
}

/// Reads any value, and tries it as a `T`.
///
/// A scalar is tried as it comes, at no cost; only a list or an object is held in memory first.
struct Tolerant<T>(PhantomData<T>);

impl<'de, T: DeserializeOwned> DeserializeSeed<'de> for Tolerant<T> {
    type Value = Fit<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Fit<T>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

/// Tries a scalar.
fn scalar<'a, T, V>(value: V) -> Fit<T>
where
    T: DeserializeOwned,
    V: IntoDeserializer<'a, ValueError> + Into<Value> + Copy,
{
    match T::deserialize(value.into_deserializer()) {
        Ok(value) => Fit::Fits(value),
        Err(_) => Fit::Misfit(value.into()),
    }
}

/// Tries a list or an object.
fn buffered<T: DeserializeOwned>(value: Value) -> Fit<T> {
    match T::deserialize(&value) {
        Ok(fit) => Fit::Fits(fit),
        Err(_) => Fit::Misfit(value),
    }
}

impl<'de, T: DeserializeOwned> Visitor<'de> for Tolerant<T> {
    type Value = Fit<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Fit<T>, E> {
        Ok(Fit::Null)
    }

    fn visit_none<E>(self) -> Result<Fit<T>, E> {
        Ok(Fit::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Fit<T>, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Fit<T>, E> {
        Ok(scalar(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Fit<T>, E> {
        Ok(scalar(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Fit<T>, E> {
        Ok(scalar(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Fit<T>, E> {
        Ok(scalar(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Fit<T>, E> {
        Ok(scalar(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Fit<T>, A::Error> {
        Value::deserialize(SeqAccessDeserializer::new(items)).map(buffered)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Fit<T>, A::Error> {
        Value::deserialize(MapAccessDeserializer::new(members)).map(buffered)
    }
}

/// Writes an object member by member. The body of `Serialize::serialize`.
///
/// The first error is kept and told by [`end`](Self::end), so that a type with many members has one
/// place where it can fail: that compiles faster than a way out after each member.
pub(crate) struct Writer<'a, S: Serializer> {
    map: Result<S::SerializeMap, S::Error>,
    extra: Option<&'a Map<String, Value>>,
    /// The members written so far that `extra` has too.
    written: Vec<&'static str>,
}

impl<'a, S: Serializer> Writer<'a, S> {
    /// An object that has declared members only.
    pub(crate) fn closed(serializer: S) -> Self {
        Self::start(serializer, None)
    }

    /// An object that may have more members than are declared.
    pub(crate) fn open(serializer: S, extra: &'a Map<String, Value>) -> Self {
        Self::start(serializer, (!extra.is_empty()).then_some(extra))
    }

    fn start(serializer: S, extra: Option<&'a Map<String, Value>>) -> Self {
        Self {
            map: serializer.serialize_map(None),
            extra,
            written: Vec::new(),
        }
    }

    fn entry<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        let Ok(map) = &mut self.map else { return };
        if let Err(error) = map.serialize_entry(name, value) {
            self.map = Err(error);
        }
    }

    /// Writes a member that is always there.
    pub(crate) fn value<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        if self.extra.is_some_and(|extra| extra.contains_key(name)) {
            self.written.push(name);
        }
        self.entry(name, value);
    }

    /// Writes a member that may be absent. Where null means something else than absent, the value
    /// is an `Option` itself.
    pub(crate) fn optional<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
        if let Some(value) = value {
            self.value(name, value);
        }
    }

    /// Writes undeclared members of one type.
    pub(crate) fn each<T: Serialize>(&mut self, members: &BTreeMap<String, T>) {
        for (name, value) in members {
            self.entry(name, value);
        }
    }

    /// Writes what is in `extra`, but no member a second time.
    pub(crate) fn end(mut self) -> Result<S::Ok, S::Error> {
        for (name, value) in self.extra.into_iter().flatten() {
            if !self.written.contains(&name.as_str()) {
                self.entry(name, value);
            }
        }
        self.map?.end()
    }
}
