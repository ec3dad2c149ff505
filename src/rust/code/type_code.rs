//! Types and parameters as a file prints them. [`crate::rust::layout`] breaks them at their arguments.

use super::expr::Name;
use std::fmt::{self, Display, Formatter};

/// The code of a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypeCode {
    /// Code that is never broken: a name or a path.
    Name(Name),
    /// `Name<A, B>`
    Generic(Name, Vec<TypeCode>),
    Tuple(Vec<TypeCode>),
    /// A type behind `&`, `impl ` or `Item = `.
    Prefixed(&'static str, Box<TypeCode>),
}

impl TypeCode {
    pub fn name(name: impl Into<Name>) -> Self {
        TypeCode::Name(name.into())
    }

    pub fn generic(name: impl Into<Name>, arguments: impl Into<Vec<TypeCode>>) -> Self {
        TypeCode::Generic(name.into(), arguments.into())
    }

    pub fn prefixed(self, prefix: &'static str) -> Self {
        TypeCode::Prefixed(prefix, Box::new(self))
    }
}

impl Display for TypeCode {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            TypeCode::Name(name) => f.write_str(name),
            TypeCode::Generic(name, arguments) => {
                write!(f, "{name}<")?;
                separated(f, arguments)?;
                f.write_str(">")
            }
            TypeCode::Tuple(parts) => {
                f.write_str("(")?;
                separated(f, parts)?;
                // A tuple of one part needs a comma.
                f.write_str(if parts.len() == 1 { ",)" } else { ")" })
            }
            TypeCode::Prefixed(prefix, of) => write!(f, "{prefix}{of}"),
        }
    }
}

fn separated(f: &mut Formatter<'_>, types: &[TypeCode]) -> fmt::Result {
    for (index, ty) in types.iter().enumerate() {
        let before = if index > 0 { ", " } else { "" };
        write!(f, "{before}{ty}")?;
    }
    Ok(())
}

/// A parameter of a function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    pub name: Name,
    /// `None` for `self`.
    pub ty: Option<TypeCode>,
}

impl Parameter {
    pub const SELF: Parameter = Parameter::receiver("self");
    pub const MUT_SELF: Parameter = Parameter::receiver("mut self");
    pub const REF_SELF: Parameter = Parameter::receiver("&self");

    const fn receiver(text: &'static str) -> Self {
        Parameter {
            name: Name::Borrowed(text),
            ty: None,
        }
    }

    pub fn new(name: impl Into<Name>, ty: TypeCode) -> Self {
        Parameter {
            name: name.into(),
            ty: Some(ty),
        }
    }

    /// Returns a parameter with a type that is never broken.
    pub fn plain(name: &'static str, ty: &'static str) -> Self {
        Parameter::new(name, TypeCode::name(ty))
    }
}

impl Display for Parameter {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.ty {
            Some(ty) => write!(f, "{}: {ty}", self.name),
            None => f.write_str(&self.name),
        }
    }
}
