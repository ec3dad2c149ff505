//! An upper bound for the size of each type, which decides whether variants and optional fields box their values.
//!
//! They do so in two cases only: to close a cycle of types (`passes::recursion`), or if the value takes more than
//! [`LARGEST`] bytes, because an enum is as large as its largest variant, and an absent value as large as a present
//! one. The limit also satisfies clippy's `large_enum_variant`, which compares the two largest variants: if no
//! variant exceeds the limit, no difference does.
//!
//! Without the box, types of APIs with many optional objects take 5 to 10 kilobytes, and decoding mostly moves
//! memory. Required fields are boxed only in cycles.

use super::formats;
use crate::ir::{
    Api, EnumKind, Extra, IntegerFormat, NumberFormat, Presence, Property, Schema, SchemaKind,
    Shape, StringFormat, TypeDef, TypeId,
};

/// The largest variant or optional value in bytes that is not boxed; clippy's default limit for the difference between
/// two variants (`enum-variant-size-threshold`).
const LARGEST: u32 = 200;

const WORD: u32 = 8;
/// `String`, `Vec` and `BTreeMap` take three words.
const CONTAINER: u32 = 3 * WORD;
/// `serde_json::Value`.
const JSON: u32 = 4 * WORD;

/// Upper bounds for the sizes of declared types on a 64-bit machine, by [`TypeId`].
#[derive(Debug)]
pub struct Sizes(Vec<u32>);

impl Sizes {
    pub fn of(api: &Api) -> Self {
        let mut measure = Measure {
            api,
            sizes: vec![None; api.types.len()],
        };
        api.type_ids().for_each(|id| measure.walk(id));
        Sizes(
            measure
                .sizes
                .into_iter()
                .map(Option::unwrap_or_default)
                .collect(),
        )
    }

    /// Returns whether a variant boxes the values of a schema because they are large.
    pub fn is_large(&self, schema: &Schema) -> bool {
        let size = size(schema, &|id| self.0[id.0 as usize]);
        option(&schema.kind, schema.nullable, size) > LARGEST
    }
}

struct Measure<'a> {
    api: &'a Api,
    sizes: Vec<Option<u32>>,
}

impl Measure<'_> {
    /// Measures a type's dependencies before the type itself. An explicit stack replaces recursion,
    /// because nested documents could overflow the thread's stack.
    fn walk(&mut self, start: TypeId) {
        let mut stack = vec![(start, false)];
        while let Some((id, is_open)) = stack.pop() {
            if self.sizes[id.0 as usize].is_some() && !is_open {
                continue;
            }
            if is_open {
                self.sizes[id.0 as usize] = Some(self.declared(id));
                continue;
            }
            // A cycle back to this type goes through a box, which takes one word.
            self.sizes[id.0 as usize] = Some(WORD);
            stack.push((id, true));
            let mut held = Vec::new();
            for schema in unboxed_schemas(&self.api.ty(id).shape) {
                add_unboxed_types(schema, &mut held);
            }
            stack.extend(held.into_iter().map(|id| (id, false)));
        }
    }

    fn declared(&self, id: TypeId) -> u32 {
        let of = |id: TypeId| self.sizes[id.0 as usize].unwrap_or_default();
        let of_schema = |schema: &Schema| size(schema, &of);
        let def = self.api.ty(id);
        match &def.shape {
            Shape::Object(object) => {
                let members = object.members.iter();
                let members =
                    members.map(|member| self.member(def, member, of_schema(&member.schema)));
                let extra = match object.extra {
                    Extra::Closed => 0,
                    Extra::Open | Extra::Typed(_) => CONTAINER,
                };
                aligned(sum(members.chain([extra])))
            }
            Shape::Enum(shape) => match shape.kind {
                EnumKind::String => CONTAINER,
                EnumKind::Integer => 2 * WORD,
                EnumKind::Scalar => JSON + WORD,
            },
            Shape::Union(union) => {
                let branches = union.branches.iter().map(|branch| {
                    let size = of_schema(&branch.schema);
                    match branch.indirect || size > LARGEST {
                        true => WORD,
                        false => size,
                    }
                });
                branches.chain([JSON]).max().unwrap_or_default() + WORD
            }
            Shape::Alias(target) => option(&target.kind, target.nullable, of_schema(target)),
        }
    }

    fn member(&self, def: &TypeDef, member: &Property, size: u32) -> u32 {
        let schema = &member.schema;
        let is_large = option(&schema.kind, schema.nullable, size) > LARGEST;
        if is_boxed(def, member, is_large) {
            return match def.presence(member) {
                // An `Option` of an `Option` takes a second word.
                Presence::OptionalNullable => 2 * WORD,
                _ => WORD,
            };
        }
        let is_absent =
            !member.required || member.read_only || member.write_only || member.inferred;
        let kind = self.api.resolved(&member.schema);
        option(kind, schema.nullable, option(kind, is_absent, size))
    }
}

/// Returns whether a field boxes its value: it closes a cycle, or it is large and may be absent.
pub fn is_boxed(def: &TypeDef, member: &Property, is_large: bool) -> bool {
    member.indirect || (is_large && def.presence(member) != Presence::Required)
}

/// Returns the schemas whose values a type holds without a box.
fn unboxed_schemas(shape: &Shape) -> Vec<&Schema> {
    match shape {
        Shape::Object(object) => {
            let members = object.members.iter().filter(|member| !member.indirect);
            members.map(|member| &member.schema).collect()
        }
        Shape::Union(union) => {
            let branches = union.branches.iter().filter(|branch| !branch.indirect);
            branches.map(|branch| &branch.schema).collect()
        }
        Shape::Alias(target) => vec![target],
        Shape::Enum(_) => Vec::new(),
    }
}

/// Adds the declared types that a schema holds without a box.
fn add_unboxed_types(schema: &Schema, found: &mut Vec<TypeId>) {
    match &schema.kind {
        SchemaKind::Declared(id) => found.push(*id),
        SchemaKind::Envelope(_, inner) => add_unboxed_types(inner, found),
        SchemaKind::Tuple(parts) => parts.iter().for_each(|part| add_unboxed_types(part, found)),
        _ => {}
    }
}

/// Returns the size of a schema's type without an `Option`.
fn size(schema: &Schema, of: &dyn Fn(TypeId) -> u32) -> u32 {
    match &schema.kind {
        // As large as a small struct; its size is unknown.
        SchemaKind::External(_) => CONTAINER,
        SchemaKind::Any => JSON,
        SchemaKind::Null | SchemaKind::Constant(_) => 0,
        SchemaKind::Boolean => 1,
        SchemaKind::Integer(format) => integer(*format),
        SchemaKind::Number(NumberFormat::Double) => WORD,
        SchemaKind::Number(NumberFormat::Decimal) => 2 * WORD,
        SchemaKind::String(StringFormat::Binary) => 4 * WORD,
        SchemaKind::String(format) => {
            formats::usual(*format).map_or(CONTAINER, |ty| ty.words * WORD)
        }
        SchemaKind::Array(_) | SchemaKind::Map(_) => CONTAINER,
        SchemaKind::Tuple(parts) => {
            let part = |part: &Schema| option(&part.kind, part.nullable, size(part, of));
            aligned(sum(parts.iter().map(part)))
        }
        SchemaKind::Declared(id) => of(*id),
        SchemaKind::Envelope(_, inner) => option(&inner.kind, inner.nullable, size(inner, of)),
    }
}

/// Returns the size of the type in an `Option`. Strings and lists have a niche for `None`.
fn option(kind: &SchemaKind, is_optional: bool, size: u32) -> u32 {
    let has_spare = matches!(
        kind,
        SchemaKind::Boolean | SchemaKind::String(_) | SchemaKind::Array(_)
    );
    match is_optional && !has_spare {
        true => size.saturating_add(WORD),
        false => size,
    }
}

fn integer(format: IntegerFormat) -> u32 {
    match format {
        IntegerFormat::I8 | IntegerFormat::U8 => 1,
        IntegerFormat::I16 | IntegerFormat::U16 => 2,
        IntegerFormat::I32 | IntegerFormat::U32 => 4,
        IntegerFormat::I64 | IntegerFormat::U64 => WORD,
        IntegerFormat::Big => 2 * WORD,
        // Alignment adds a word.
        IntegerFormat::I128 | IntegerFormat::U128 => 3 * WORD,
    }
}

fn sum(sizes: impl Iterator<Item = u32>) -> u32 {
    sizes.fold(0, u32::saturating_add)
}

/// Rounds up to a multiple of a word.
fn aligned(size: u32) -> u32 {
    size.saturating_add(WORD - 1) / WORD * WORD
}
