//! The parts that the `Deserialize` impls of unions share: choosing the branch of a value.

use std::{borrow::Cow, fmt, marker::PhantomData};

use serde_core::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::value::{MapAccessDeserializer, SeqAccessDeserializer},
    de::{Error, IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Map, Value};

use super::{
    deviation, digits,
    integer::LenientInteger,
    lenient_union, number,
    union_held::{Replay, Scalar},
    union_trials::{self, Misfits, TOO_MANY_TRIALS, Trials},
};

/// A type with several branches. [`union!`](union) implements it.
pub(crate) trait Union: Sized {
    /// The discriminator property, or an empty string if there is none.
    const TAG: &'static str = "";
    /// The branches, in the order in which they are checked.
    const BRANCHES: &'static [Branch];
    /// The branch for objects that no other branch accepts.
    const DEFAULT: Option<usize> = None;

    /// Decodes a value as the branch with this index. Keeps it unchanged if there is no such branch.
    fn read<'de, D: Deserializer<'de>>(branch: usize, from: D) -> Result<Self, D::Error>;
}

/// Implements serde's traits for an enum with one row for each variant: `0 => plain(Variant)`.
///
/// The kind is a method of [`Decoder`], which decodes the value of the variant, and one of [`Encoder`], which encodes it. A row with `const` is for a variant without a value, and has its text. The last row names the variant for values
/// that match no branch. Each `From` is implemented for the type that a variant holds, with or without its `Box`.
macro_rules! union {
    (
        $name:ident by $read:path,
        $(tag: $tag:literal,)?
        branches: $branches:expr,
        $(default: $default:literal,)?
        $(const $constant:literal => $unit:ident = $text:literal,)*
        $($branch:literal => $kind:ident($variant:ident $(, $value:literal)?),)*
        _ => $rest:ident,
        $(From<$from:ty> => $into:ident,)*
    ) => {
        impl ::serde_core::Serialize for $name {
            fn serialize<S>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error>
            where
                S: ::serde_core::Serializer,
            {
                let encoder = $crate::runtime::union::Encoder(serializer);
                match self {
                    $(Self::$unit => encoder.plain($text),)*
                    $(Self::$variant(value) => encoder.$kind(value $(, <Self as $crate::runtime::union::Union>::TAG, $value)?),)*
                    Self::$rest(value) => encoder.plain(value),
                }
            }
        }

        impl<'de> ::serde_core::Deserialize<'de> for $name {
            fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
            where
                D: ::serde_core::Deserializer<'de>,
            {
                $read(deserializer)
            }
        }

        impl $crate::runtime::union::Union for $name {
            $(const TAG: &'static str = $tag;)?
            const BRANCHES: &'static [$crate::runtime::union::Branch] = $branches;
            $(const DEFAULT: ::std::option::Option<usize> = ::std::option::Option::Some($default);)?

            fn read<'de, D>(branch: usize, from: D) -> ::std::result::Result<Self, D::Error>
            where
                D: ::serde_core::Deserializer<'de>,
            {
                let decoder = $crate::runtime::union::Decoder(from);
                match branch {
                    $($constant => decoder.pass().map(|()| Self::$unit),)*
                    $($branch => decoder.$kind().map(Self::$variant),)*
                    _ => decoder.plain().map(Self::$rest),
                }
            }
        }

        impl $crate::runtime::json::Blank for $name {
            fn blank() -> Self {
                Self::$rest(::serde_json::Value::Null)
            }
        }

        $(
            impl ::std::convert::From<$from> for $name {
                fn from(value: $from) -> Self {
                    Self::$into(value.into())
                }
            }
        )*
    };
}

pub(crate) use union;

/// One kind of values that a branch has.
pub(crate) struct Branch {
    pub(super) index: usize,
    name: &'static str,
    kind: Kind,
    tags: &'static [&'static str],
    may_lack_tag: bool,
    requires: &'static [&'static str],
    prefers: &'static [&'static str],
    expects: &'static [&'static str],
    needs_expected: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Boolean,
    Integer,
    Number,
    Text,
    List,
    Object,
    Any,
}

impl Branch {
    const fn new(index: usize, name: &'static str, kind: Kind) -> Self {
        Self {
            index,
            name,
            kind,
            tags: &[],
            may_lack_tag: false,
            requires: &[],
            prefers: &[],
            expects: &[],
            needs_expected: false,
        }
    }

    /// Accepts only objects whose tag is one of these, or only these strings or integers.
    pub(crate) const fn tags(mut self, tags: &'static [&'static str]) -> Self {
        self.tags = tags;
        self
    }

    /// Also accepts objects without the tag.
    pub(crate) const fn or_none(mut self) -> Self {
        self.may_lack_tag = true;
        self
    }

    /// Accepts only objects that have all of these properties.
    pub(crate) const fn requires(mut self, members: &'static [&'static str]) -> Self {
        self.requires = members;
        self
    }

    /// Is checked first for objects that have one of these properties.
    pub(crate) const fn prefers(mut self, members: &'static [&'static str]) -> Self {
        self.prefers = members;
        self
    }

    /// Prefers another branch for objects without these properties.
    pub(crate) const fn expects(mut self, members: &'static [&'static str]) -> Self {
        self.expects = members;
        self
    }

    /// Accepts only objects that have one of these properties, and prefers those that have all.
    pub(crate) const fn expects_one(mut self, members: &'static [&'static str]) -> Self {
        self.needs_expected = true;
        self.expects(members)
    }

    /// Returns how many of the expected properties are missing.
    fn lacks(&self, value: &Value) -> usize {
        let absent = |name: &&&str| value.get(**name).is_none();
        self.expects.iter().filter(absent).count()
    }

    fn is_likely(&self, value: &Value) -> bool {
        self.prefers.iter().any(|name| value.get(name).is_some())
    }

    fn takes_kind(&self, kind: Kind) -> bool {
        self.kind == kind || self.kind == Kind::Any
    }

    pub(super) fn takes(&self, tag: &str, value: &Value) -> bool {
        match (self.kind, value) {
            (Kind::Any, Value::Object(map)) | (Kind::Object, Value::Object(map)) => {
                let tagged = self.tags.is_empty()
                    || self.tag_of(tag_text(map.get(tag)).as_deref()).is_some();
                let required = self.requires.iter().all(|name| map.contains_key(*name));
                let mut expected = self.expects.iter();
                let is_expected =
                    !self.needs_expected || expected.any(|name| map.contains_key(*name));
                tagged && required && is_expected
            }
            (Kind::Any, _)
            | (Kind::Boolean, Value::Bool(_))
            | (Kind::Number, Value::Number(_))
            | (Kind::List, Value::Array(_)) => true,
            (Kind::Text, Value::String(text)) => {
                self.tags.is_empty() || self.tags.contains(&text.as_str())
            }
            (Kind::Integer, Value::Number(number)) if self.tags.is_empty() => {
                number.is_i64()
                    || number.is_u64()
                    || number.as_f64().is_some_and(|number| number.fract() == 0.0)
            }
            (Kind::Integer, Value::Number(number)) => {
                self.tags.contains(&number::text(number).as_str())
            }
            _ => false,
        }
    }

    /// Returns which of the branch's tags has this [text](tag_text), if any.
    pub(super) fn tag_of(&self, text: Option<&str>) -> Option<&'static str> {
        match text {
            None => self.may_lack_tag.then_some("null"),
            Some(text) => self.tags.iter().find(|tag| **tag == text).copied(),
        }
    }
}

/// Returns the text of a tag, or `None` if it is absent or null.
pub(super) fn tag_text(tag: Option<&Value>) -> Option<Cow<'_, str>> {
    match tag? {
        Value::Null => None,
        Value::String(text) => Some(Cow::Borrowed(text)),
        Value::Number(number) => Some(Cow::Owned(number::text(number))),
        value => Some(Cow::Owned(value.to_string())),
    }
}

pub(crate) const fn boolean(index: usize, name: &'static str) -> Branch {
    Branch::new(index, name, Kind::Boolean)
}

pub(crate) const fn integer(index: usize, name: &'static str) -> Branch {
    Branch::new(index, name, Kind::Integer)
}

pub(crate) const fn number(index: usize, name: &'static str) -> Branch {
    Branch::new(index, name, Kind::Number)
}

pub(crate) const fn text(index: usize, name: &'static str) -> Branch {
    Branch::new(index, name, Kind::Text)
}

pub(crate) const fn list(index: usize, name: &'static str) -> Branch {
    Branch::new(index, name, Kind::List)
}

pub(crate) const fn object(index: usize, name: &'static str) -> Branch {
    Branch::new(index, name, Kind::Object)
}

pub(crate) const fn any(index: usize, name: &'static str) -> Branch {
    Branch::new(index, name, Kind::Any)
}

/// Decodes a union. Implements `Deserialize::deserialize`.
///
/// If only one branch accepts a scalar, or objects or lists at all, it is decoded directly. An object is decoded
/// directly from its tag on. Everything else is held in memory first.
pub(crate) fn read<'de, T: Union, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    if deviation::is_recording() {
        return lenient_union::read(from);
    }
    from.deserialize_any(UnionVisitor(PhantomData))
}

struct UnionVisitor<T>(PhantomData<T>);

impl<'de, T: Union> Visitor<'de> for UnionVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("one of several types")
    }

    fn visit_unit<E: Error>(self) -> Result<T, E> {
        choose_scalar(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<T, E> {
        choose_scalar(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<T, E> {
        choose_scalar(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
        choose_scalar(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<T, E> {
        choose_scalar(value.into())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<T, E> {
        choose_scalar(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<T, A::Error> {
        let items = SeqAccessDeserializer::new(items);
        match only(T::BRANCHES, Kind::List) {
            Some(branch) => T::read(branch, items),
            None => choose_value(Value::deserialize(items)?),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<T, A::Error> {
        if let Some(branch) = only(T::BRANCHES, Kind::Object) {
            return T::read(branch, MapAccessDeserializer::new(members));
        }
        if T::TAG.is_empty() {
            return choose_value(Value::deserialize(MapAccessDeserializer::new(members))?);
        }
        let members = Replay::read_to(T::TAG, members)?;
        let tag = members.tag();
        match tag.and_then(|tag| tagged(T::BRANCHES, tag)) {
            Some((branch, tag)) => T::read(branch.index, MapAccessDeserializer::new(members))
                .map_err(|error| A::Error::custom(reason(T::TAG, branch, Some(tag), &error))),
            None => choose_value(Value::deserialize(MapAccessDeserializer::new(members))?),
        }
    }
}

/// Returns the only branch for all values of a kind, if there is one.
fn only(branches: &[Branch], kind: Kind) -> Option<usize> {
    let mut found = branches.iter().filter(|branch| branch.takes_kind(kind));
    let branch = found.next()?;
    let takes_all = branch.tags.is_empty() && branch.requires.is_empty() && !branch.needs_expected;
    (takes_all && found.next().is_none()).then_some(branch.index)
}

/// Returns the tag, and the branch that alone accepts objects with it, whatever their other properties.
fn tagged<'a>(branches: &'a [Branch], tag: &Value) -> Option<(&'a Branch, &'static str)> {
    let text = tag_text(Some(tag));
    let mut found = None;
    for branch in branches
        .iter()
        .filter(|branch| branch.takes_kind(Kind::Object))
    {
        if branch.tags.is_empty() {
            return None;
        }
        let Some(tag) = branch.tag_of(text.as_deref()) else {
            continue;
        };
        if found.replace((branch, tag)).is_some() {
            return None;
        }
    }
    found.filter(|(branch, _)| branch.requires.is_empty())
}

/// Returns which tag of a branch a value has.
pub(super) fn tag_name(tag: &str, branch: &Branch, value: &Value) -> Option<&'static str> {
    let tag = value.get(tag)?;
    branch.tag_of(tag_text(Some(tag)).as_deref())
}

/// Decodes a scalar. If only one branch accepts it, there is no other to compare with.
fn choose_scalar<T: Union, E: Error>(value: Value) -> Result<T, E> {
    let mut found = T::BRANCHES
        .iter()
        .filter(|branch| branch.takes(T::TAG, &value));
    match (found.next(), found.next()) {
        (Some(branch), None) if branch.expects.is_empty() => T::read(branch.index, Scalar(value))
            .map_err(|error| E::custom(reason(T::TAG, branch, None, &error))),
        _ => choose_value(value),
    }
}

/// Decodes a value that is held in memory.
fn choose_value<T: Union, E: Error>(value: Value) -> Result<T, E> {
    choose(&value, |branch| T::read(branch, &value))
}

/// Decodes a value as the first branch that accepts and fits it without deviations, else as the one that fits
/// best.
///
/// A value that no branch accepts is unknown, and is kept. So is an object if the best branch would drop a
/// property. A value that a branch accepts but that does not fit is an error, as if that branch were the only
/// type.
pub(crate) fn choose<T: Union, E: Error, R: fmt::Display>(
    value: &Value,
    read: impl Fn(usize) -> Result<T, R>,
) -> Result<T, E> {
    let mut reasons = String::new();
    let likely = |branch: &&Branch| branch.is_likely(value);
    let unlikely = |branch: &&Branch| !branch.is_likely(value);
    let first = T::BRANCHES.iter().filter(likely);
    let trials = Trials::within();
    let mut best: Option<(T, Misfits, &Branch)> = None;
    for branch in first.chain(T::BRANCHES.iter().filter(unlikely)) {
        if branch.takes(T::TAG, value) {
            let (trial, misfits) = trials.attempt(|| read(branch.index));
            let misfits = misfits.and(branch.lacks(value));
            match trial {
                Ok(fit) if misfits.are_none() => return Ok(fit),
                Ok(fit) => {
                    let least = best.as_ref().map(|(_, least, _)| least.severity());
                    if least.is_none_or(|least| misfits.severity() < least) {
                        best = Some((fit, misfits, branch));
                    }
                }
                Err(_) if trials.are_exhausted() => return Err(E::custom(TOO_MANY_TRIALS)),
                Err(error) => {
                    let separator = if reasons.is_empty() { "" } else { "; " };
                    let tag = tag_name(T::TAG, branch, value);
                    reasons.extend([separator, &reason(T::TAG, branch, tag, &error)]);
                }
            }
        }
    }
    if let Some((fit, misfits, branch)) = best {
        let drops_own = misfits.dropped().any(|name| value.get(name).is_some());
        let is_certain = !branch.tags.is_empty() || only(T::BRANCHES, Kind::Object).is_some();
        let unknown = (drops_own && !is_certain).then(|| read(usize::MAX));
        if let Some(Ok(unknown)) = unknown {
            return Ok(unknown);
        }
        trials.accept(misfits);
        return Ok(fit);
    }
    if !reasons.is_empty() {
        return Err(E::custom(reasons));
    }
    let default = T::DEFAULT.filter(|_| value.is_object());
    match default.map(&read) {
        Some(Ok(fit)) => Ok(fit),
        _ => {
            union_trials::is_unfit();
            read(usize::MAX).map_err(E::custom)
        }
    }
}

/// Returns why a value does not fit a branch.
pub(super) fn reason(
    tag: &str,
    branch: &Branch,
    value: Option<&str>,
    error: &impl fmt::Display,
) -> String {
    let name = branch.name;
    match value {
        Some(value) => format!("`{tag}` is `{value}`, but as `{name}`: {error}"),
        None => format!("as `{name}`: {error}"),
    }
}

/// Decodes the value of a variant.
pub(crate) struct Decoder<D>(pub(crate) D);

impl<'de, D: Deserializer<'de>> Decoder<D> {
    pub(crate) fn plain<T: Deserialize<'de>>(self) -> Result<T, D::Error> {
        T::deserialize(self.0)
    }

    /// Decodes an integer, or several.
    pub(crate) fn integer<T: Deserialize<'de>>(self) -> Result<T, D::Error> {
        LenientInteger::deserialize(self.0).map(|LenientInteger(value)| value)
    }

    /// Decodes an object whose own type may lack the tag.
    pub(crate) fn tagged<T: Deserialize<'de>>(self) -> Result<T, D::Error> {
        self.plain()
    }

    /// Decodes an object as [`tagged`](Self::tagged) does. Its numbers may exceed the machine's number types.
    pub(crate) fn tagged_digits<T: Deserialize<'de>>(self) -> Result<T, D::Error> {
        self.plain()
    }

    /// Consumes a value that its branch determines. For variants that hold nothing.
    pub(crate) fn pass(self) -> Result<(), D::Error> {
        IgnoredAny::deserialize(self.0).map(drop)
    }
}

/// Encodes the value of a variant.
pub(crate) struct Encoder<S>(pub(crate) S);

impl<S: Serializer> Encoder<S> {
    pub(crate) fn plain<T: Serialize + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        value.serialize(self.0)
    }

    pub(crate) fn integer<T: Serialize>(self, value: &T) -> Result<S::Ok, S::Error> {
        self.plain(value)
    }

    /// Encodes an object whose own type may lack the tag.
    pub(crate) fn tagged<T: Serialize>(
        self,
        value: &T,
        tag: &str,
        name: &str,
    ) -> Result<S::Ok, S::Error> {
        write(self.0, tag, name, value)
    }

    /// Encodes an object as [`tagged`](Self::tagged) does. Its numbers may exceed the machine's number types.
    pub(crate) fn tagged_digits<T: Serialize>(
        self,
        value: &T,
        tag: &str,
        name: &str,
    ) -> Result<S::Ok, S::Error> {
        digits::write(self.0, tag, name, value)
    }
}

/// Encodes a branch whose own type may lack the tag.
fn write<T: Serialize, S: Serializer>(
    serializer: S,
    tag: &str,
    name: &str,
    value: &T,
) -> Result<S::Ok, S::Error> {
    match number::to_value(value).map_err(serde_core::ser::Error::custom)? {
        Value::Object(members) => {
            let mut tagged = Map::new();
            if members.get(tag).is_none_or(Value::is_null) {
                tagged.insert(tag.to_owned(), name.into());
            }
            for (name, value) in members {
                tagged.entry(name).or_insert(value);
            }
            tagged.serialize(serializer)
        }
        value => value.serialize(serializer),
    }
}
