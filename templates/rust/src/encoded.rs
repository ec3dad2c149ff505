//! Bytes that are text in JSON, in one of the two alphabets of base64 (RFC 4648).

use base64::{
    DecodeError, Engine as _,
    alphabet::Alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};

use crate::runtime::{deviates, is_recording};

/// An alphabet, with its name and that of the other one.
pub(crate) struct Encoding {
    engine: GeneralPurpose,
    name: &'static str,
    other: &'static str,
}

impl Encoding {
    pub(crate) const fn new(alphabet: &Alphabet, name: &'static str, other: &'static str) -> Self {
        let config = GeneralPurposeConfig::new();
        let either = DecodePaddingMode::Indifferent;
        Self {
            engine: GeneralPurpose::new(alphabet, config.with_decode_padding_mode(either)),
            name,
            other,
        }
    }

    /// Encodes bytes with padding, on one line.
    pub(crate) fn write(&self, bytes: &[u8]) -> String {
        self.engine.encode(bytes)
    }

    /// Decodes text, with or without padding. Line breaks are ignored (RFC 2045, section 6.8). The other
    /// alphabet counts as a deviation from the API description.
    pub(crate) fn read(&self, text: &str) -> Result<Vec<u8>, String> {
        let error = match self.read_lines(text) {
            Ok(bytes) => return Ok(bytes),
            Err(error) => format!("not {} text: {error}", self.name),
        };
        if !is_recording() {
            return Err(error);
        }
        let own = |c| match (c, self.name) {
            ('-', "base64") => '+',
            ('_', "base64") => '/',
            ('+', "base64url") => '-',
            ('/', "base64url") => '_',
            _ => c,
        };
        let text: String = text.chars().map(own).collect();
        let bytes = self.read_lines(&text).map_err(|_| error)?;
        deviates(self.name, self.other);
        Ok(bytes)
    }

    fn read_lines(&self, text: &str) -> Result<Vec<u8>, DecodeError> {
        let is_space = |c: char| c.is_ascii_whitespace();
        match self.engine.decode(text) {
            Err(_) if text.contains(is_space) => self.engine.decode(text.replace(is_space, "")),
            decoded => decoded,
        }
    }
}

/// Declares a type of bytes that are text of an [`Encoding`] in JSON.
macro_rules! encoded_bytes {
    ($(#[$doc:meta])* $name:ident, $encoding:expr) => {
        $(#[$doc])*
        #[derive(Clone, Default, PartialEq, Eq, Hash)]
        pub struct $name(pub Vec<u8>);

        impl $name {
            const ENCODING: $crate::encoded::Encoding = $encoding;

            /// Returns the bytes as a slice.
            #[must_use]
            pub fn as_bytes(&self) -> &[u8] {
                &self.0
            }

            /// Returns the bytes.
            #[must_use]
            pub fn into_bytes(self) -> Vec<u8> {
                self.0
            }
        }

        impl AsRef<[u8]> for $name {
            fn as_ref(&self) -> &[u8] {
                &self.0
            }
        }

        impl<T: Into<Vec<u8>>> From<T> for $name {
            fn from(bytes: T) -> Self {
                Self(bytes.into())
            }
        }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                write!(f, "{}({} bytes)", stringify!($name), self.0.len())
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(&Self::ENCODING.write(&self.0))
            }
        }

        impl ::serde_core::Serialize for $name {
            fn serialize<S: ::serde_core::Serializer>(
                &self,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> ::serde_core::Deserialize<'de> for $name {
            fn deserialize<D: ::serde_core::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                struct Visitor;

                impl ::serde_core::de::Visitor<'_> for Visitor {
                    type Value = $name;

                    fn expecting(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                        f.write_str("text that encodes bytes")
                    }

                    fn visit_str<E: ::serde_core::de::Error>(self, text: &str) -> Result<$name, E> {
                        let bytes = $name::ENCODING.read(text);
                        bytes.map($name).map_err(E::custom)
                    }
                }

                deserializer.deserialize_str(Visitor)
            }
        }
    };
}

pub(crate) use encoded_bytes;
