//! What the `Serialize` and `Deserialize` impls of all types share.
//!
//! The impls are laid out by hand over one visitor, in place of derived: they compile several times
//! faster, in much less memory, and decode no slower.

use std::{collections::BTreeMap, fmt, marker::PhantomData};

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

/// A type that is read and written member by member.
pub(crate) trait Object: Sized {
    const ABOUT: About;

    /// A value to read into: what is required has an arbitrary value until it has been read.
    fn blank() -> Self;

    /// Reads the next member into its field.
    fn read<'de, A: MapAccess<'de>>(&mut self, next: &mut Next<A>) -> Result<(), A::Error>;

    /// Writes all members, in the order of [`About::members`].
    fn write<M: SerializeMap>(&self, members: &mut Members<M>);
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
    /// The names of the members on the wire. A member's place in this list stands for it.
    pub(crate) members: &'static [&'static str],
    /// The places of the members that must be there.
    pub(crate) required: &'static [usize],
}

/// A type that has a value to read into.
pub(crate) trait Blank {
    fn blank() -> Self;
}

impl<T: Object> Blank for T {
    fn blank() -> Self {
        <T as Object>::blank()
    }
}

/// A value to read into, for a required member of a type that has no default value.
pub(crate) fn blank<T: Blank>() -> T {
    T::blank()
}

/// Reads an object. The body of `Deserialize::deserialize`.
pub(crate) fn read<'de, T: Object, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_map(ObjectVisitor(PhantomData))
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Object> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = T::ABOUT.name;
        let vowel = name.starts_with(['A', 'E', 'I', 'O']);
        write!(f, "{} `{name}` object", if vowel { "an" } else { "a" })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        let mut value = T::blank();
        let mut seen = Places::default();
        let mut next = Next::of(map, T::ABOUT.members);
        while next.advance()? {
            seen.insert(next.place);
            value.read(&mut next)?;
        }
        let missing = |place: &&usize| !seen.contains(**place);
        match T::ABOUT.required.iter().find(missing) {
            Some(place) => Err(A::Error::missing_field(name_at(T::ABOUT.members, *place))),
            None => Ok(value),
        }
    }
}

fn name_at(members: &'static [&'static str], place: usize) -> &'static str {
    members.get(place).copied().unwrap_or_default()
}

/// Places of members that were met.
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
            UNDECLARED => {}
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

/// The place of every member that is not declared.
const UNDECLARED: usize = usize::MAX;

/// Reads a key and finds its place.
///
/// Servers write members in an order of theirs, which most often is the order of the description:
/// the place after the last one is tried first.
struct Name<'a> {
    members: &'static [&'static str],
    expected: usize,
    /// Where a key goes that is not declared.
    key: &'a mut String,
}

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, text: &str) -> Result<usize, E> {
        let from = self.expected.min(self.members.len());
        let (before, after) = self.members.split_at(from);
        if let Some(place) = after.iter().position(|name| *name == text) {
            return Ok(from + place);
        }
        let place = before.iter().position(|name| *name == text);
        Ok(place.unwrap_or_else(|| {
            self.key.clear();
            self.key.push_str(text);
            UNDECLARED
        }))
    }
}

/// The next member of an object that is read.
///
/// The code of a type calls its methods through a reference and owns nothing itself, so that there
/// is nothing to drop on the way: that compiles fast.
pub(crate) struct Next<A> {
    map: A,
    members: &'static [&'static str],
    place: usize,
    /// The place that is tried first for the key after this one.
    expected: usize,
    /// The key, where the member is not declared.
    key: String,
}

impl<'de, A: MapAccess<'de>> Next<A> {
    fn of(map: A, members: &'static [&'static str]) -> Self {
        Self {
            map,
            members,
            place: 0,
            expected: 0,
            key: String::new(),
        }
    }

    /// Goes on to the next member, if there is one.
    fn advance(&mut self) -> Result<bool, A::Error> {
        let name = Name {
            members: self.members,
            expected: self.expected,
            key: &mut self.key,
        };
        let Some(place) = self.map.next_key_seed(name)? else {
            return Ok(false);
        };
        self.place = place;
        if place != UNDECLARED {
            self.expected = place + 1;
        }
        Ok(true)
    }

    /// Its place among the declared members; past all of them where it is not declared.
    pub(crate) fn place(&self) -> usize {
        self.place
    }

    fn name(&self) -> &'static str {
        name_at(self.members, self.place)
    }

    /// Reads a required member. Its type is an `Option` where it may be null.
    pub(crate) fn value<T: Deserialize<'de>>(&mut self, slot: &mut T) -> Result<(), A::Error> {
        *slot = self.map.next_value()?;
        Ok(())
    }

    /// Reads an optional member. Null is as good as absent.
    pub(crate) fn optional<T>(&mut self, slot: &mut Option<T>) -> Result<(), A::Error>
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

    /// Reads an integer as [`value`](Self::value) does, written as `5.0` too.
    pub(crate) fn integer<T: Integer>(&mut self, slot: &mut T) -> Result<(), A::Error> {
        let Whole(number) = self.map.next_value()?;
        *slot = number;
        Ok(())
    }

    /// Reads an integer as [`optional`](Self::optional) does.
    pub(crate) fn optional_integer<T>(&mut self, slot: &mut Option<T>) -> Result<(), A::Error>
    where
        T: Integer,
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
        T: Integer,
    {
        self.optional_integer(slot)?;
        self.note_null(slot.is_none(), extra);
        Ok(())
    }

    /// Reads an integer as [`nullable`](Self::nullable) does.
    pub(crate) fn nullable_integer<T>(
        &mut self,
        slot: &mut Option<Option<T>>,
    ) -> Result<(), A::Error>
    where
        T: Integer,
    {
        let mut number = None;
        self.optional_integer(&mut number)?;
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
        let name = self.name();
        // A key that is there twice must not leave its first value behind.
        if !extra.is_empty() {
            extra.remove(name);
        }
        *slot = match self.map.next_value_seed(Tolerant(PhantomData))? {
            Fit::Null => None,
            Fit::Fits(value) => Some(value),
            Fit::Misfit(value) => {
                extra.insert(name.to_owned(), value);
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
        extra.keep(key, self.map.next_value()?);
        Ok(())
    }

    /// Passes over a member that the type does not declare.
    pub(crate) fn skip(&mut self) -> Result<(), A::Error> {
        self.map.next_value::<IgnoredAny>()?;
        Ok(())
    }

    fn note_null(&self, is_null: bool, extra: &mut Map<String, Value>) {
        if is_null {
            extra.insert(self.name().to_owned(), Value::Null);
        } else if !extra.is_empty() {
            extra.remove(self.name());
        }
    }
}

/// An integer of the machine.
pub(crate) trait Integer: TryFrom<i64> + TryFrom<u64> {}

impl<T: TryFrom<i64> + TryFrom<u64>> Integer for T {}

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

/// Writes an object. The body of `Serialize::serialize`.
pub(crate) fn write<T: Object, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let mut members = Members {
        map: Ok(serializer.serialize_map(None)?),
        members: T::ABOUT.members,
        place: 0,
        written: Places::default(),
    };
    value.write(&mut members);
    members.map?.end()
}

/// An object while it is written.
///
/// The first error is kept until the end, so that a type with many members has no way out after
/// each: that compiles faster.
pub(crate) struct Members<M: SerializeMap> {
    map: Result<M, M::Error>,
    members: &'static [&'static str],
    place: usize,
    written: Places,
}

impl<M: SerializeMap> Members<M> {
    fn entry<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        let Ok(map) = &mut self.map else { return };
        if let Err(error) = map.serialize_entry(name, value) {
            self.map = Err(error);
        }
    }

    /// Writes the next member, which is always there.
    pub(crate) fn value<T: Serialize + ?Sized>(&mut self, value: &T) {
        self.written.insert(self.place);
        self.entry(name_at(self.members, self.place), value);
        self.place += 1;
    }

    /// Writes the next member, or passes over it where there is no value. Where null means
    /// something else than absent, the value is an `Option` itself.
    pub(crate) fn optional<T: Serialize>(&mut self, value: &Option<T>) {
        match value {
            Some(value) => self.value(value),
            None => self.place += 1,
        }
    }

    /// Writes undeclared members after all others, but none a second time.
    pub(crate) fn rest<'m, T: Serialize + 'm>(
        &mut self,
        members: impl IntoIterator<Item = (&'m String, &'m T)>,
    ) {
        for (name, value) in members {
            let place = self.members.iter().position(|member| member == name);
            if !place.is_some_and(|place| self.written.contains(place)) {
                self.entry(name, value);
            }
        }
    }
}
