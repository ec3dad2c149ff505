//! Responses whose envelope is not documented.

use std::{borrow::Cow, fmt, marker::PhantomData};

use serde_core::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, MapAccess, Visitor},
};
use serde_json::value::RawValue;

use super::{
    decode::{self, Fault},
    deviation::{self, Step},
    lenient,
};

/// Decodes a body that is the value itself, or an object with the value under the first of `keys` that
/// decodes. The other properties of that object are ignored.
///
/// The object is first split into the text of its properties, which is fast. Then the value is decoded in
/// place, so that the position of an error is known.
pub(super) fn read<T: DeserializeOwned>(
    body: &[u8],
    keys: &'static [&'static str],
) -> Result<T, Fault> {
    let text = decode::without_mark(body);
    let is_object = text.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{');
    if !is_object {
        return bare(body);
    }
    let Members(members) = decode::read(body).map_err(|error| Fault::of_part(body, 0, &error))?;
    let mut misfit = None;
    for key in keys {
        // For a duplicate key, the last value counts, as everywhere else.
        let found = members.iter().rev().find(|(name, _)| name == key);
        let Some((_, raw)) = found else {
            continue;
        };
        match part(key, raw.get()) {
            Ok(value) => return Ok(value),
            Err(error) if misfit.is_none() => {
                let offset = raw.get().as_ptr().addr() - body.as_ptr().addr();
                misfit = Some(Fault::of_part(body, offset, &error));
            }
            Err(_) => {}
        }
    }
    // If decoded leniently, any object would be a value with empty fields only, or a list with one item.
    match (deviation::strictly(|| bare(body)), misfit) {
        (Ok(value), _) => Ok(value),
        (Err(_), Some(fault)) => Err(fault),
        (Err(mut fault), None) => {
            fault.reason = format!(
                "{}, and it has none of the properties {keys:?}",
                fault.reason
            );
            Err(fault)
        }
    }
}

fn bare<T: DeserializeOwned>(body: &[u8]) -> Result<T, Fault> {
    let value = match (
        deviation::is_recording(),
        std::str::from_utf8(decode::without_mark(body)),
    ) {
        (true, Ok(text)) => lenient::part(text),
        _ => decode::read(body),
    };
    value.map_err(|error| Fault::of_part(body, 0, &error))
}

/// Decodes the value under a key.
fn part<T: DeserializeOwned>(key: &str, text: &str) -> serde_json::Result<T> {
    if !deviation::is_recording() {
        return serde_json::from_str(text);
    }
    let step = Step::Key(key.to_owned());
    let value = deviation::enter(step, || lenient::part(text));
    // A value in an envelope cannot be a bare text body.
    value.unwrap_or_else(|| serde_json::from_str(text))
}

pub(super) type Member<'de> = (Cow<'de, str>, &'de RawValue);

/// The properties of an object, each with the text of its value.
pub(super) struct Members<'de>(pub(super) Vec<Member<'de>>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersVisitor(PhantomData))
    }
}

struct MembersVisitor<'de>(PhantomData<&'de ()>);

impl<'de> Visitor<'de> for MembersVisitor<'de> {
    type Value = Members<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            members.push((key, map.next_value()?));
        }
        Ok(Members(members))
    }
}
