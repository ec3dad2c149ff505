//! Rust types. Code matches on a type's structure; only a [`Scope`] prints it.

use super::{Scope, TypeCode};
use std::fmt;

/// A type in a signature or a field of the generated crate.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Ty<'a> {
    /// A type that needs no import: from the prelude, or with its full path.
    Plain(&'static str),
    /// A type at the root of the crate: `crate::Decimal`.
    Root(&'static str),
    /// A type in a module of the runtime: module and name. Files import it.
    Runtime(&'static str, &'static str),
    /// A type that belongs to one operation, in the file of its resource.
    Local(&'a str),
    /// A type generated from a schema.
    Declared {
        /// The module of `types` that defines it.
        module: &'a str,
        ident: &'a str,
    },
    Option(Box<Ty<'a>>),
    Vec(Box<Ty<'a>>),
    Box(Box<Ty<'a>>),
    /// `BTreeMap<String, _>`
    Map(Box<Ty<'a>>),
    /// Any JSON object, as serde_json's `Map`.
    OpenMap,
    Tuple(Vec<Ty<'a>>),
    /// An integer that is a string in JSON.
    Quoted(Box<Ty<'a>>),
    /// `&_`
    Ref(Box<Ty<'a>>),
    /// `impl Into<_>`
    Into(Box<Ty<'a>>),
    /// `impl crate::IntoNullable<_>`
    IntoNullable(Box<Ty<'a>>),
    /// `impl IntoIterator<Item = _>`
    IntoIterator(Box<Ty<'a>>),
    /// `impl Serialize`
    Serialize,
    /// `impl AsRef<str>`
    AsStr,
    /// `impl ToString`
    ToString,
}

impl<'a> Ty<'a> {
    pub const STRING: Ty<'static> = Ty::Plain("String");
    pub const UNIT: Ty<'static> = Ty::Plain("()");
    /// Any JSON value.
    pub const VALUE: Ty<'static> = Ty::Plain("serde_json::Value");
    /// The bytes of a response.
    pub const BYTES: Ty<'static> = Ty::Plain("bytes::Bytes");
    /// The bytes of a request.
    pub const BODY: Ty<'static> = Ty::Runtime("runtime", "Body");
    /// A credential.
    pub const SECRET: Ty<'static> = Ty::Plain("Secret");
    /// A part of a multipart body.
    pub const PART: Ty<'static> = Ty::Runtime("multipart", "Part");

    /// Returns the code of the type by the names that files outside of `types` use.
    pub fn code(&self) -> TypeCode {
        Scope::in_crate().ty(self)
    }

    pub fn option(self) -> Self {
        Ty::Option(Box::new(self))
    }

    pub fn vec(self) -> Self {
        Ty::Vec(Box::new(self))
    }

    pub fn boxed(self) -> Self {
        Ty::Box(Box::new(self))
    }

    pub fn map(self) -> Self {
        Ty::Map(Box::new(self))
    }

    pub fn reference(self) -> Self {
        Ty::Ref(Box::new(self))
    }

    /// Returns `impl Into<Self>`.
    pub fn conversion(self) -> Self {
        Ty::Into(Box::new(self))
    }

    /// Returns the argument for a value that may be null.
    pub fn nullable(self) -> Self {
        Ty::IntoNullable(Box::new(self))
    }

    /// Returns `impl IntoIterator<Item = Self>`.
    pub fn iterator(self) -> Self {
        Ty::IntoIterator(Box::new(self))
    }
}

/// Prints the type by the names that files outside of `types` use.
impl fmt::Display for Ty<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.code().fmt(f)
    }
}
