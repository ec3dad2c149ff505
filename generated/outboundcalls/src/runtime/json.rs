//! The parts that the `Serialize` and `Deserialize` impls of all types share.
//!
//! The impls are written over one visitor instead of derived: they compile several times faster, in much less
//! memory, and decode no slower.

use std::{borrow::Cow, fmt, marker::PhantomData};

use serde_core::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, DeserializeSeed, Error as _, MapAccess, Visitor},
    ser::SerializeMap,
};
use serde_json::{Map, Value};

use super::{
    tolerant::{Fit, Tolerant},
    union_trials,
};

pub(crate) use super::members::{Members, write};

/// A type that is decoded and encoded property by property. [`object!`] implements it.
pub(crate) trait Object<'de>: Sized {
    const ABOUT: About;

    /// Returns a value to decode into. Required fields have an arbitrary value until they are decoded.
    fn blank() -> Self;

    /// Decodes the next property into its field.
    fn read<A: MapAccess<'de>>(&mut self, next: &mut Next<'de, A>) -> Result<(), A::Error>;

    /// Encodes all properties.
    fn write<'a, M: SerializeMap>(&'a self, members: &mut Members<'a, M>);
}

/// Implements serde's traits for a type with one row for each property: `"name" => kind(field)`.
///
/// The kind is a method of [`Next`], which decodes the property, and one of [`Members`], which encodes it. A required
/// property also has its index in `required`. A field whose type has no default value has a value after `=`, from
/// which decoding starts. The last row is for properties that the type does not declare.
macro_rules! object {
    (
        $name:ident,
        required: $required:expr,
        $(const $constant:literal => $constant_kind:ident($constant_place:literal, $value:expr, $other:ident),)*
        $($key:literal => $kind:ident($($place:literal,)? $field:ident $(, $rest:ident)?) $(= $blank:expr)?,)*
        _ => $keep:ident($($extra:ident)?),
    ) => {
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

        impl<'de> $crate::runtime::json::Object<'de> for $name {
            const ABOUT: $crate::runtime::json::About = $crate::runtime::json::About {
                name: stringify!($name),
                required: $required,
            };

            fn blank() -> Self {
                Self {
                    $($field: $crate::runtime::json::initial(($($crate::runtime::json::Given($blank))?)),)*
                    $($extra: ::std::default::Default::default(),)?
                }
            }

            fn read<A>(
                &mut self,
                next: &mut $crate::runtime::json::Next<'de, A>,
            ) -> ::std::result::Result<(), A::Error>
            where
                A: ::serde_core::de::MapAccess<'de>,
            {
                match next.key() {
                    $($constant => next.$constant_kind($constant_place, $value, &mut self.$other),)*
                    $($key => next.$kind($($place,)? &mut self.$field $(, &mut self.$rest)?),)*
                    _ => next.$keep($(&mut self.$extra)?),
                }
            }

            fn write<'a, M>(&'a self, members: &mut $crate::runtime::json::Members<'a, M>)
            where
                M: ::serde_core::ser::SerializeMap,
            {
                members.$keep($(&self.$extra)?);
                $(members.$constant_kind($constant, &$value);)*
                $(members.$kind($key, &self.$field);)*
            }
        }
    };
}

pub(crate) use object;

/// The static facts about a type.
pub(crate) struct About {
    /// The name of the type.
    pub(crate) name: &'static str,
    /// The names of the required properties.
    pub(crate) required: &'static [&'static str],
}

/// A type with an empty value to decode into.
pub(crate) trait Blank {
    fn blank() -> Self;
}

impl<T: Object<'static>> Blank for T {
    fn blank() -> Self {
        <T as Object>::blank()
    }
}

/// Returns an empty value for a required field whose type has no default.
pub(crate) fn blank<T: Blank>() -> T {
    T::blank()
}

/// Where a field has its value from until it is decoded.
pub(crate) trait Initial<T> {
    fn value(self) -> T;
}

/// The default value.
impl<T: Default> Initial<T> for () {
    fn value(self) -> T {
        T::default()
    }
}

/// A value for a type without a default.
pub(crate) struct Given<T>(pub(crate) T);

impl<T> Initial<T> for Given<T> {
    fn value(self) -> T {
        self.0
    }
}

/// Returns the value that a field has until it is decoded.
pub(crate) fn initial<T>(from: impl Initial<T>) -> T {
    from.value()
}

/// Decodes an object. Implements `Deserialize::deserialize`.
pub(crate) fn read<'de, T: Object<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let mut value = T::blank();
    // Lenient decoding fills in the required properties that are missing.
    deserializer.deserialize_struct(T::ABOUT.name, T::ABOUT.required, InPlace(&mut value))?;
    Ok(value)
}

/// Decodes into a blank value. Types may be large, and each layer that returned one would move it.
struct InPlace<'a, T>(&'a mut T);

impl<'de, T: Object<'de>> Visitor<'de> for InPlace<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = T::ABOUT.name;
        let vowel = name.starts_with(['A', 'E', 'I', 'O']);
        write!(f, "{} `{name}` object", if vowel { "an" } else { "a" })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        let mut next = Next {
            map,
            key: Cow::Borrowed(""),
            seen: Places::default(),
        };
        while let Some(key) = next.map.next_key_seed(Key)? {
            next.key = key;
            self.0.read(&mut next)?;
        }
        let required = T::ABOUT.required.iter().enumerate();
        let mut missing = required.filter(|(place, _)| !next.seen.contains(*place));
        match missing.next() {
            Some((_, name)) => Err(A::Error::missing_field(name)),
            None => Ok(()),
        }
    }
}

/// The required properties that were found, by their index.
#[derive(Default)]
struct Places {
    /// A bit for each of the first 64.
    first: u64,
    /// All others, which few types have.
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

/// Decodes a key, borrowed from the input if it has no escapes.
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

/// The next property of an object that is being decoded.
///
/// The code of a type calls its methods through a reference and owns nothing itself. There is nothing to drop
/// on the error path, so it compiles fast.
pub(crate) struct Next<'de, A> {
    map: A,
    key: Cow<'de, str>,
    /// The required properties found so far.
    seen: Places,
}

impl<'de, A: MapAccess<'de>> Next<'de, A> {
    /// Returns the property's name.
    pub(crate) fn key(&self) -> &str {
        &self.key
    }

    /// Decodes a required property, with its index among the required ones.
    pub(crate) fn value<T>(&mut self, place: usize, slot: &mut T) -> Result<(), A::Error>
    where
        T: Deserialize<'de>,
    {
        *slot = self.map.next_value()?;
        self.seen.insert(place);
        Ok(())
    }

    /// Decodes an optional property. Null counts as absent, but may be a value of another branch.
    pub(crate) fn optional<T>(&mut self, slot: &mut Option<T>) -> Result<(), A::Error>
    where
        T: Deserialize<'de>,
    {
        self.or_null(slot)?;
        if slot.is_none() {
            union_trials::is_unfit();
        }
        Ok(())
    }

    /// Decodes a required property that may be null, which a missing one counts as.
    pub(crate) fn or_null<T>(&mut self, slot: &mut Option<T>) -> Result<(), A::Error>
    where
        T: Deserialize<'de>,
    {
        *slot = self.map.next_value()?;
        Ok(())
    }

    /// Decodes a property whose type is inferred. A value that does not fit is kept in `extra`.
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

    fn tolerant_by<T>(
        &mut self,
        seed: impl DeserializeSeed<'de, Value = Fit<T>>,
        slot: &mut Option<T>,
        extra: &mut Map<String, Value>,
    ) -> Result<(), A::Error> {
        // For a duplicate key, the first value must not remain.
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

    /// Keeps an unknown property.
    pub(crate) fn keep(&mut self, extra: &mut Map<String, Value>) -> Result<(), A::Error> {
        let key = std::mem::take(&mut self.key);
        extra.insert(key.into_owned(), self.map.next_value()?);
        Ok(())
    }
}
