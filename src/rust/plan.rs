//! The plan of the crate: which Rust type stands for a schema, and what follows from it.

use super::Sizes;
use super::literal;
use super::names::Names;
use crate::config::{Dates, Options};
use crate::ir::call::Call;
use crate::ir::{
    Api, IntegerFormat, Member, NumberFormat, Object, Schema, SchemaKind, Shape, StringFormat,
    TypeDef, TypeId,
};
use crate::progress::Progress;
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

/// Everything that the views are made of.
#[derive(Debug, Clone, Copy)]
pub struct Plan<'a> {
    pub api: &'a Api,
    pub names: &'a Names,
    pub options: &'a Options,
    /// The example calls of the operations, in their order.
    pub calls: &'a [Call],
    /// How large values are.
    pub sizes: &'a Sizes,
    /// What is told of the work on the views.
    pub progress: &'a Progress,
}

/// The file that types are named in, which decides how a declared type is said there.
#[derive(Debug)]
pub struct Scope<'a> {
    /// The module of `types`, or `None` outside of `types`.
    module: Option<&'a str>,
    /// The types of other modules that the file has to import.
    imports: RefCell<BTreeSet<String>>,
    /// Whether the file has to import `BTreeMap`.
    pub says_btree_map: Cell<bool>,
}

impl<'a> Scope<'a> {
    pub fn types(module: &'a str) -> Self {
        Scope {
            module: Some(module),
            imports: RefCell::default(),
            says_btree_map: Cell::default(),
        }
    }

    pub fn outside() -> Self {
        Scope {
            module: None,
            imports: RefCell::default(),
            says_btree_map: Cell::default(),
        }
    }

    pub fn imports(&self) -> BTreeSet<String> {
        self.imports.borrow().clone()
    }
}

/// Whether and how a member's value may be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// `T`
    Required,
    /// `Option<T>`, always written: null where there is no value.
    Nullable,
    /// `Option<T>`, left out where there is no value.
    Optional,
    /// `Option<Option<T>>`: absent, null and a value are three things in a request.
    OptionalNullable,
}

impl<'a> Plan<'a> {
    /// The type that stands for a schema, with `Option` where it may be null.
    pub fn ty(self, schema: &Schema, scope: &Scope<'_>) -> String {
        let ty = self.bare(schema, scope);
        if schema.nullable {
            format!("Option<{ty}>")
        } else {
            ty
        }
    }

    /// The type that stands for a schema, null left aside.
    pub fn bare(self, schema: &Schema, scope: &Scope<'_>) -> String {
        match &schema.kind {
            SchemaKind::Any => "serde_json::Value".to_owned(),
            SchemaKind::Null | SchemaKind::Constant(_) => "()".to_owned(),
            SchemaKind::Boolean => "bool".to_owned(),
            SchemaKind::Integer(format) => integer(*format).to_owned(),
            SchemaKind::Number(NumberFormat::Double) => "f64".to_owned(),
            SchemaKind::Number(NumberFormat::Decimal) => "crate::Decimal".to_owned(),
            SchemaKind::String(format) => self.string(*format).to_owned(),
            SchemaKind::Array(items) => format!("Vec<{}>", self.ty(items, scope)),
            SchemaKind::Tuple(parts) => tuple(parts.iter().map(|part| self.ty(part, scope))),
            SchemaKind::Map(values) if is_any(values) => OPEN_MAP.to_owned(),
            SchemaKind::Map(values) => {
                scope.says_btree_map.set(true);
                format!("BTreeMap<String, {}>", self.ty(values, scope))
            }
            SchemaKind::Declared(id) => self.declared(*id, scope),
            SchemaKind::Envelope(_, inner) => format!("Enveloped<{}>", self.ty(inner, scope)),
        }
    }

    fn declared(self, id: TypeId, scope: &Scope<'_>) -> String {
        let names = self.names.ty(id);
        match scope.module {
            None => format!("types::{}", names.ident),
            Some(module) => {
                if module != names.module {
                    scope.imports.borrow_mut().insert(names.ident.clone());
                }
                names.ident.clone()
            }
        }
    }

    fn string(self, format: StringFormat) -> &'static str {
        match (format, self.options.dates) {
            (StringFormat::Date, Dates::Jiff | Dates::Chrono | Dates::Time) => "crate::Date",
            (StringFormat::DateTime, Dates::Jiff | Dates::Chrono | Dates::Time) => {
                "crate::DateTime"
            }
            (StringFormat::Uuid, _) => "crate::Uuid",
            (StringFormat::Base64, _) => "crate::Base64",
            (StringFormat::Base64Url, _) => "crate::Base64Url",
            (StringFormat::Password, _) => "crate::Secret",
            (StringFormat::Integer(format), _) => quoted(format),
            _ => "String",
        }
    }

    /// What a schema is, aliases followed: the kind to decide by, never to print.
    pub fn kind<'s>(self, schema: &'s Schema) -> &'s SchemaKind
    where
        'a: 's,
    {
        self.api.resolved(schema)
    }

    /// Whether nothing is known of the values: they are kept as raw JSON.
    pub fn is_raw(self, schema: &Schema) -> bool {
        *self.kind(schema) == SchemaKind::Any
    }

    /// Whether no value but null is valid, so that nobody needs to be asked for it.
    pub fn is_null(self, schema: &Schema) -> bool {
        *self.kind(schema) == SchemaKind::Null && !schema.nullable
    }

    /// Whether null is one of the values that the type itself has, without an `Option` around it.
    pub fn holds_null(self, schema: &Schema) -> bool {
        let takes =
            |schema: &Schema| matches!(self.kind(schema), SchemaKind::Any | SchemaKind::Null);
        let branches = match self.def(schema).map(|(_, def)| &def.shape) {
            Some(Shape::Union(union)) => &union.branches[..],
            _ => &[],
        };
        !schema.nullable && (takes(schema) || branches.iter().any(|branch| takes(&branch.schema)))
    }

    /// Whether a schema is an integer of 64 bits or less, or a list, map or tuple with such: each may be
    /// written as `5.0` too.
    pub fn holds_integers(self, schema: &Schema) -> bool {
        use IntegerFormat::{Big, I128, U128};
        match self.kind(schema) {
            SchemaKind::Integer(format) => !matches!(format, I128 | U128 | Big),
            SchemaKind::Array(inner) | SchemaKind::Map(inner) => self.holds_integers(inner),
            SchemaKind::Tuple(parts) => parts.iter().any(|part| self.holds_integers(part)),
            _ => false,
        }
    }

    /// The type with every alias in it followed: two that are equal are one type to the compiler.
    pub fn concrete(self, schema: &Schema) -> String {
        let ty = match self.kind(schema) {
            SchemaKind::Array(items) => format!("Vec<{}>", self.concrete(items)),
            SchemaKind::Map(values) => format!("Map<{}>", self.concrete(values)),
            SchemaKind::Tuple(parts) => tuple(parts.iter().map(|part| self.concrete(part))),
            kind => self.bare(&Schema::new(kind.clone()), &Scope::outside()),
        };
        if schema.nullable {
            format!("Option<{ty}>")
        } else {
            ty
        }
    }

    /// The declared object, enum or union that a schema is, aliases followed.
    pub fn def<'s>(self, schema: &'s Schema) -> Option<(TypeId, &'a TypeDef)>
    where
        'a: 's,
    {
        match self.kind(schema) {
            SchemaKind::Declared(id) => Some((*id, self.api.ty(*id))),
            _ => None,
        }
    }

    pub fn presence(self, def: &TypeDef, member: &Member) -> Presence {
        // What only the server may send cannot be asked of the one who builds a request, and what
        // only the client may send is missing from every response.
        let one_way =
            (member.read_only && def.usage.request) || (member.write_only && def.usage.response);
        match (member.required && !one_way, member.schema.nullable) {
            (true, false) => Presence::Required,
            (true, true) => Presence::Nullable,
            (false, true) if def.usage.request => Presence::OptionalNullable,
            (false, _) => Presence::Optional,
        }
    }

    /// A member's type without the `Option` of its presence, in a `Box` where a cycle closes.
    pub fn member_value(self, member: &Member, scope: &Scope<'_>) -> String {
        let ty = self.bare(&member.schema, scope);
        if member.indirect {
            format!("Box<{ty}>")
        } else {
            ty
        }
    }

    pub fn member_ty(self, def: &TypeDef, member: &Member, scope: &Scope<'_>) -> String {
        let value = self.member_value(member, scope);
        match self.presence(def, member) {
            Presence::Required => value,
            Presence::Nullable | Presence::Optional => format!("Option<{value}>"),
            Presence::OptionalNullable => format!("Option<Option<{value}>>"),
        }
    }

    /// Whether the struct can be made without a value for any member.
    pub fn has_default(self, def: &TypeDef, object: &Object) -> bool {
        object.members.iter().all(|member| {
            self.presence(def, member) != Presence::Required || self.is_null(&member.schema)
        })
    }

    /// Whether whoever makes the struct has to give the member: it is always there, and has more
    /// than one value.
    pub fn is_asked_for(self, def: &TypeDef, member: &Member) -> bool {
        self.presence(def, member) == Presence::Required
            && !self.is_null(&member.schema)
            && member.constant.is_none()
    }

    /// The expression of a member's only value, where it has one and is always there.
    pub fn constant(self, def: &TypeDef, member: &Member, scope: &Scope<'_>) -> Option<String> {
        let value = member.constant.as_ref()?;
        if self.presence(def, member) != Presence::Required {
            return None;
        }
        let Some((id, def)) = self.def(&member.schema) else {
            return Some(match value.as_str() {
                Some(text) => format!("{}.to_owned()", literal::string(text)),
                None => value.to_string(),
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
        Some(format!("{}::{variant}", self.bare(&member.schema, scope)))
    }

    /// Whether a variant holds the values of a schema in a `Box`; see `size`.
    pub fn is_large(self, schema: &Schema) -> bool {
        self.sizes.is_large(self.api, schema)
    }

    /// Whether callers make values of the type.
    pub fn is_built(self, def: &TypeDef) -> bool {
        def.usage.request
    }

    /// How an argument of a type is taken, and what turns it into the type: `("impl Into<String>",
    /// ".into()")`. What has no conversion worth the while is taken as it is.
    pub fn argument(self, schema: &Schema, scope: &Scope<'_>) -> (String, &'static str) {
        let ty = self.bare(schema, scope);
        if let Some(items) = self.converted_items(schema) {
            let item = self.bare(items, scope);
            let ty = format!("impl IntoIterator<Item = impl Into<{item}>>");
            return (ty, ".into_iter().map(Into::into).collect()");
        }
        if self.converts(schema) {
            (format!("impl Into<{ty}>"), ".into()")
        } else {
            (ty, "")
        }
    }

    /// The items of an array that takes anything its items can be made of.
    pub fn converted_items<'s>(self, schema: &'s Schema) -> Option<&'s Schema>
    where
        'a: 's,
    {
        match self.kind(schema) {
            SchemaKind::Array(items) if !items.nullable && self.converts(items) => {
                // A longer name would not fit on the line of its argument.
                let item = self.bare(items, &Scope::types(""));
                (item.len() <= 36).then_some(&**items)
            }
            _ => None,
        }
    }

    /// Whether a value of the type is commonly made by a conversion.
    fn converts(self, schema: &Schema) -> bool {
        match self.kind(schema) {
            SchemaKind::String(
                StringFormat::Plain
                | StringFormat::Binary
                | StringFormat::Base64
                | StringFormat::Base64Url
                | StringFormat::Password
                | StringFormat::Integer(_),
            ) => true,
            SchemaKind::String(StringFormat::Date | StringFormat::DateTime) => {
                self.options.dates == Dates::String
            }
            SchemaKind::Any => true,
            SchemaKind::Declared(id) => {
                matches!(self.api.ty(*id).shape, Shape::Enum(_) | Shape::Union(_))
            }
            _ => false,
        }
    }
}

/// Any JSON object, in serde_json's own map.
pub const OPEN_MAP: &str = "serde_json::Map<String, serde_json::Value>";

pub fn is_any(schema: &Schema) -> bool {
    schema.kind == SchemaKind::Any
}

/// A tuple of these types, or of these values: one of a single place has a comma.
pub fn tuple(parts: impl Iterator<Item = String>) -> String {
    let parts: Vec<String> = parts.collect();
    match &parts[..] {
        [only] => format!("({only},)"),
        _ => format!("({})", parts.join(", ")),
    }
}

/// The type of an integer that is a text in JSON; one of more than 64 bits is a plain text.
fn quoted(format: IntegerFormat) -> &'static str {
    match format {
        IntegerFormat::I8 => "crate::Quoted<i8>",
        IntegerFormat::I16 => "crate::Quoted<i16>",
        IntegerFormat::I32 => "crate::Quoted<i32>",
        IntegerFormat::I64 => "crate::Quoted<i64>",
        IntegerFormat::U8 => "crate::Quoted<u8>",
        IntegerFormat::U16 => "crate::Quoted<u16>",
        IntegerFormat::U32 => "crate::Quoted<u32>",
        IntegerFormat::U64 => "crate::Quoted<u64>",
        IntegerFormat::I128 | IntegerFormat::U128 | IntegerFormat::Big => "String",
    }
}

fn integer(format: IntegerFormat) -> &'static str {
    match format {
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
        IntegerFormat::Big => "crate::Decimal",
    }
}
