//! The traits whose methods a file calls: their `use` items stay although no name refers to them.

use super::items::ItemKind;
use super::scope::{Crate, DefinitionId};
use std::collections::HashSet;

/// Traits of other crates, with the beginnings of the methods that need the trait in scope. A `use` of a trait is
/// kept if the file calls such a method; a `use` of anything else is kept if the file refers to its name.
const TRAITS: [(&str, &[&str]); 33] = [
    ("AsyncRead", &["poll_read"]),
    (
        "Buf",
        &[
            "advance",
            "chunk",
            "copy_to_bytes",
            "has_remaining",
            "remaining",
        ],
    ),
    ("BuildHasher", &["build_hasher", "hash_one"]),
    ("Deserialize", &["deserialize"]),
    ("DeserializeSeed", &["deserialize"]),
    ("Deserializer", &["deserialize_"]),
    ("Engine", &["decode", "encode"]),
    ("Formatter", &["begin_", "end_", "write_"]),
    ("FromStr", &["from_str"]),
    ("Future", &["poll"]),
    ("Hasher", &["finish", "write"]),
    ("Instrument", &["in_current_span", "instrument"]),
    ("IntoDeserializer", &["into_deserializer"]),
    ("IntoFuture", &["into_future"]),
    ("MapAccess", &["next_entry", "next_key", "next_value"]),
    ("Read", &["by_ref", "bytes", "chain", "read", "take"]),
    ("SeqAccess", &["next_element", "size_hint"]),
    ("Serialize", &["serialize"]),
    ("SerializeMap", &["end", "serialize_"]),
    ("SerializeSeq", &["end", "serialize_element"]),
    ("SerializeStruct", &["end", "serialize_field"]),
    ("SerializeStructVariant", &["end", "serialize_field"]),
    ("SerializeTuple", &["end", "serialize_element"]),
    ("SerializeTupleStruct", &["end", "serialize_field"]),
    ("SerializeTupleVariant", &["end", "serialize_field"]),
    ("Serializer", &["collect_", "serialize_"]),
    ("Service", &["call", "poll_ready"]),
    ("Stream", &["poll_next"]),
    ("Visitor", &["visit_"]),
    ("Write", &["finish", "flush", "write"]),
    (
        "de::Error",
        &["custom", "invalid_", "missing_field", "unknown_"],
    ),
    ("error::Error", &["source"]),
    ("ser::Error", &["custom"]),
];

/// Returns whether a file that calls these methods needs a trait of another crate in scope.
pub fn calls_foreign(called: &HashSet<&str>, path: &[&str]) -> bool {
    let path = path.join("::");
    let is_path = |name: &str| {
        path.strip_suffix(name)
            .is_some_and(|rest| rest.ends_with("::"))
    };
    let known = TRAITS.iter().find(|(name, _)| is_path(name));
    known.is_some_and(|(_, methods)| {
        let mut called = called.iter();
        called.any(|name| methods.iter().any(|method| name.starts_with(method)))
    })
}

impl<'s> Crate<'s> {
    /// Returns the methods of a definition that is a trait.
    pub fn trait_methods(&self, id: DefinitionId) -> Vec<&'s str> {
        let definition = &self.definitions[id.0];
        let file = &self.files[definition.file];
        if definition.member.is_some() || !matches!(self.kind(definition), ItemKind::Trait) {
            return Vec::new();
        }
        let tokens = file.tokens()[definition.tokens.clone()].windows(2);
        let methods = tokens
            .filter(|pair| pair[0].is("fn"))
            .map(|pair| pair[1].text);
        methods.collect()
    }
}
