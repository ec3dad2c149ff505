//! The plan of the crate: the Rust type of each schema, and the decisions that follow from it.

pub mod arguments;
pub mod body;
mod client;
pub mod client_parameters;
pub mod credentials;
pub mod decoding;
pub mod errors;
mod group;
pub mod headers;
pub mod multipart;
pub mod object;
pub mod operation;
pub mod pagination;
pub mod polling;
mod result;
pub mod sent;
pub mod servers;
mod showcase;
pub mod stream;
pub mod style;
pub mod union;
pub mod webhooks;
pub mod workflow;

pub use client::ClientPlan;
pub use operation::OperationPlan;
pub use result::{Decoder, PlainDecoder, ResultPlan, Success};

use super::code::{Expr, Scope, Ty};
use super::formats::{self, FormatType};
use super::names::Names;
use super::{Sizes, TotalEq, size};
use crate::config::Options;
use crate::example::request::ExampleRequest;
use crate::ir::{
    Api, IntegerFormat, NumberFormat, Presence, Property, Schema, SchemaKind, Shape, StringFormat,
    TypeDef, TypeId,
};

/// The inputs of all views.
#[derive(Debug, Clone, Copy)]
pub struct Plan<'a> {
    pub api: &'a Api,
    pub names: &'a Names,
    pub options: &'a Options,
    /// The example requests of the operations, in the order of the IR.
    pub calls: &'a [ExampleRequest],
    /// The sizes of declared types.
    pub sizes: &'a Sizes,
    /// Which declared types have `Eq`.
    pub total_eq: &'a TotalEq,
    /// The facts about operations, in the order of the IR.
    pub operations: &'a [OperationPlan<'a>],
    /// The facts about the client.
    pub client: &'a ClientPlan<'a>,
}

impl<'a> Plan<'a> {
    /// Returns the type of a schema, in an `Option` if the schema is nullable.
    pub fn ty(self, schema: &Schema) -> Ty<'a> {
        let ty = self.bare(schema);
        match schema.nullable {
            true => ty.option(),
            false => ty,
        }
    }

    /// Returns the type of a schema, ignoring its nullability.
    pub fn bare(self, schema: &Schema) -> Ty<'a> {
        match &schema.kind {
            SchemaKind::Any => Ty::VALUE,
            SchemaKind::External(external) => Ty::Path(external.path.clone()),
            SchemaKind::Null | SchemaKind::Constant(_) => Ty::UNIT,
            SchemaKind::Boolean => Ty::Plain("bool"),
            SchemaKind::Integer(format) => integer(*format),
            SchemaKind::Number(NumberFormat::Double) => Ty::Plain("f64"),
            SchemaKind::Number(NumberFormat::Decimal) => Ty::Root("Decimal"),
            SchemaKind::String(format) => self.string(*format),
            SchemaKind::Array(items) => self.ty(items).vec(),
            SchemaKind::Tuple(parts) => Ty::Tuple(parts.iter().map(|part| self.ty(part)).collect()),
            SchemaKind::Map(values) if is_any(values) => Ty::OpenMap,
            SchemaKind::Map(values) => self.ty(values).map(),
            SchemaKind::Declared(id) => self.declared(*id),
            SchemaKind::Envelope(_, inner) => self.ty(inner),
        }
    }

    fn declared(self, id: TypeId) -> Ty<'a> {
        let names = self.names.ty(id);
        Ty::Declared {
            module: &names.module,
            ident: &names.ident,
        }
    }

    fn string(self, format: StringFormat) -> Ty<'static> {
        match format {
            // `Quoted` takes at most 64 bits; a longer integer stays a `String`.
            StringFormat::Integer(
                IntegerFormat::I128 | IntegerFormat::U128 | IntegerFormat::Big,
            ) => Ty::STRING,
            StringFormat::Integer(format) => Ty::Quoted(Box::new(integer(format))),
            format => self
                .format_type(format)
                .map_or(Ty::STRING, |ty| Ty::Root(ty.ident)),
        }
    }

    /// Returns the type of a string format, if it is not a `String`.
    fn format_type(self, format: StringFormat) -> Option<&'static FormatType> {
        formats::of(format, self.options.keys.dates)
    }

    /// Returns the type with every alias resolved, so that equal results are one type to the compiler.
    pub fn concrete(self, schema: &Schema) -> Ty<'a> {
        let ty = match self.api.resolved(schema) {
            SchemaKind::Array(items) => self.concrete(items).vec(),
            SchemaKind::Map(values) => self.concrete(values).map(),
            SchemaKind::Tuple(parts) => {
                Ty::Tuple(parts.iter().map(|part| self.concrete(part)).collect())
            }
            kind => self.bare(&Schema::new(kind.clone())),
        };
        match schema.nullable {
            true => ty.option(),
            false => ty,
        }
    }

    /// Returns whether a field boxes its value; see `size`.
    pub fn is_boxed_member(self, def: &TypeDef, member: &Property) -> bool {
        size::is_boxed(def, member, self.is_large(&member.schema))
    }

    pub fn member_ty(self, def: &TypeDef, member: &Property) -> Ty<'a> {
        let ty = self.bare(&member.schema);
        let value = match self.is_boxed_member(def, member) {
            true => ty.boxed(),
            false => ty,
        };
        match def.presence(member) {
            Presence::Required => value,
            Presence::Nullable | Presence::Optional => value.option(),
            Presence::OptionalNullable => value.option().option(),
        }
    }

    /// Returns the value of a field that the constructor sets without an argument.
    pub fn constant(self, def: &TypeDef, member: &Property, scope: &Scope<'_>) -> Option<Expr> {
        let value = self.constant_value(member, scope)?;
        Some(match def.presence(member) {
            Presence::Required => value,
            Presence::Nullable | Presence::Optional => Expr::some(value),
            Presence::OptionalNullable => Expr::some(Expr::some(value)),
        })
    }

    fn constant_value(self, member: &Property, scope: &Scope<'_>) -> Option<Expr> {
        let value = member.constant.as_ref()?;
        let Some((id, def)) = self.api.def(&member.schema) else {
            return Some(match value.as_str() {
                Some(text) => Expr::string(text).method("to_owned", []),
                None => Expr::literal(value),
            });
        };
        let Shape::Enum(shape) = &def.shape else {
            return None;
        };
        let index = shape
            .values
            .iter()
            .position(|listed| listed.value == *value)?;
        let variant = &self.names.ty(id).parts[index];
        let ty = scope.ty(&self.bare(&member.schema));
        Some(Expr::item(ty.to_string(), variant.clone()))
    }

    /// Returns the traits that a type derives. Enums have theirs from the runtime.
    pub fn derives(self, id: TypeId) -> Vec<&'a str> {
        let def = self.api.ty(id);
        let has_default = match &def.shape {
            Shape::Object(object) => self.api.has_default(def, object),
            Shape::Union(_) => false,
            Shape::Enum(_) | Shape::Alias(_) => return Vec::new(),
        };
        let mut derives = vec!["Clone", "Debug"];
        if has_default {
            derives.push("Default");
        }
        derives.push("PartialEq");
        if self.total_eq.has(id) {
            derives.push("Eq");
        }
        derives.extend(
            self.added_derives(id)
                .filter(|name| !derives.contains(name))
                .collect::<Vec<_>>(),
        );
        derives
    }

    /// Returns the traits that the declaration of an enum derives: the runtime implements the others.
    pub fn enum_derives(self, id: TypeId) -> Vec<&'a str> {
        let own = ["Clone", "Copy", "Debug", "Eq", "Hash", "PartialEq"];
        let added = self.added_derives(id);
        added.filter(|name| !own.contains(name)).collect()
    }

    /// Returns the traits that the configuration adds to a type.
    pub fn added_derives(self, id: TypeId) -> impl Iterator<Item = &'a str> {
        let all = self.options.derives.of_all.iter();
        // Floats have neither.
        let fits =
            move |name: &&String| self.total_eq.has(id) || !["Eq", "Hash"].contains(&name.as_str());
        let of_type = self.api.ty(id).derives.iter();
        all.filter(fits).chain(of_type).map(String::as_str)
    }

    /// Returns whether variants and optional fields box the values of a schema; see `size`.
    pub fn is_large(self, schema: &Schema) -> bool {
        self.sizes.is_large(schema)
    }

    /// Returns the type of an argument for a schema, and its conversion into the schema's type: `impl
    /// Into<String>` by `.into()`.
    pub fn argument(self, schema: &Schema) -> (Ty<'a>, Conversion) {
        if let Some(items) = self.converted_items(schema) {
            let ty = self.bare(items).conversion().iterator();
            return (ty, Conversion::Items);
        }
        let ty = self.bare(schema);
        match self.converts(schema) {
            true => (ty.conversion(), Conversion::Into),
            false => (ty, Conversion::None),
        }
    }

    /// Returns the items of an array whose argument takes any values that convert into its items.
    pub fn converted_items<'s>(self, schema: &'s Schema) -> Option<&'s Schema>
    where
        'a: 's,
    {
        match self.api.resolved(schema) {
            SchemaKind::Array(items) if !items.nullable && self.converts(items) => {
                // A longer name does not fit on the line of its argument.
                let item = Scope::types("").ty(&self.bare(items)).to_string();
                (item.len() <= 36).then_some(&**items)
            }
            _ => None,
        }
    }

    /// Returns whether callers commonly make a value of the type by a conversion.
    fn converts(self, schema: &Schema) -> bool {
        match self.api.resolved(schema) {
            SchemaKind::String(format) => {
                self.format_type(*format).is_none_or(|ty| ty.is_converted)
            }
            SchemaKind::Any => true,
            SchemaKind::Declared(id) => {
                matches!(self.api.ty(*id).shape, Shape::Enum(_) | Shape::Union(_))
            }
            _ => false,
        }
    }
}

/// The conversion of an argument into the type of its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conversion {
    /// The argument already has that type.
    None,
    /// `.into()`
    Into,
    /// Each item of a list is converted.
    Items,
}

impl Conversion {
    pub fn of(self, value: Expr) -> Expr {
        match self {
            Conversion::None => value,
            Conversion::Into => value.method("into", []),
            Conversion::Items => {
                let items = value.method("into_iter", []);
                let items = items.method("map", [Expr::item("Into", "into")]);
                items.method("collect", [])
            }
        }
    }
}

pub fn is_any(schema: &Schema) -> bool {
    schema.kind == SchemaKind::Any
}

fn integer(format: IntegerFormat) -> Ty<'static> {
    Ty::Plain(match format {
        IntegerFormat::I8 => "i8",
        IntegerFormat::I16 => "i16",
        IntegerFormat::I32 => "i32",
        IntegerFormat::I64 => "i64",
        IntegerFormat::U8 => "u8",
        IntegerFormat::U16 => "u16",
        IntegerFormat::U32 => "u32",
        IntegerFormat::U64 => "u64",
        IntegerFormat::I128 => "i128",
        IntegerFormat::U128 => "u128",
        IntegerFormat::Big => return Ty::Root("Decimal"),
    })
}
