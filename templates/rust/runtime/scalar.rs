//! Scalars as text, without JSON text in between: most parameters are a string or an integer.

use std::fmt::{self, Write};

use serde_core::{
    Serialize,
    ser::{Impossible, Serializer},
};

use super::stack_text::StackText;

/// An integer has 39 digits and a sign at most.
const LONGEST: usize = 40;

/// Passes the text of a string, an integer or a boolean to `sink`. Returns `false` if the value is something
/// else.
///
/// Floats count as something else, because JSON writes them differently.
pub(super) fn write<T: Serialize + ?Sized>(value: &T, sink: &mut dyn FnMut(&str)) -> bool {
    value.serialize(Scalar(sink)).is_ok()
}

struct Scalar<'a>(&'a mut dyn FnMut(&str));

type No = Impossible<(), fmt::Error>;

/// Methods for types that are written by their `Display`.
macro_rules! displayed {
    ($($method:ident $ty:ty)*) => {$(
        fn $method(self, value: $ty) -> fmt::Result {
            let mut digits = StackText::<LONGEST>::new();
            write!(digits, "{value}")?;
            (self.0)(digits.text());
            Ok(())
        }
    )*};
}

/// Methods for types that are not scalars.
macro_rules! refused {
    ($($method:ident($($ty:ty),*) $result:ty)*) => {$(
        fn $method(self, $(_: $ty),*) -> Result<$result, fmt::Error> {
            Err(fmt::Error)
        }
    )*};
}

impl Serializer for Scalar<'_> {
    type Ok = ();
    type Error = fmt::Error;
    type SerializeSeq = No;
    type SerializeTuple = No;
    type SerializeTupleStruct = No;
    type SerializeTupleVariant = No;
    type SerializeMap = No;
    type SerializeStruct = No;
    type SerializeStructVariant = No;

    fn serialize_str(self, value: &str) -> fmt::Result {
        (self.0)(value);
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> fmt::Result {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> fmt::Result {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> fmt::Result {
        Err(fmt::Error)
    }

    displayed! {
        serialize_bool bool
        serialize_i8 i8
        serialize_i16 i16
        serialize_i32 i32
        serialize_i64 i64
        serialize_i128 i128
        serialize_u8 u8
        serialize_u16 u16
        serialize_u32 u32
        serialize_u64 u64
        serialize_u128 u128
        serialize_char char
    }

    refused! {
        serialize_f32(f32) ()
        serialize_f64(f64) ()
        serialize_bytes(&[u8]) ()
        serialize_none() ()
        serialize_unit() ()
        serialize_unit_struct(&'static str) ()
        serialize_unit_variant(&'static str, u32, &'static str) ()
        serialize_seq(Option<usize>) No
        serialize_tuple(usize) No
        serialize_tuple_struct(&'static str, usize) No
        serialize_tuple_variant(&'static str, u32, &'static str, usize) No
        serialize_map(Option<usize>) No
        serialize_struct(&'static str, usize) No
        serialize_struct_variant(&'static str, u32, &'static str, usize) No
    }
}
