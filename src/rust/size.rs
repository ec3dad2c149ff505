//! How many bytes a value of a type takes at most, to decide what a variant holds in a `Box`.
//!
//! A variant is boxed in two cases only: where it closes a cycle of types (`passes::recursion`), and where
//! its value takes more than [`LARGEST`] bytes, since an enum is as large as its largest variant. The
//! same limit keeps clippy's `large_enum_variant` silent, which compares the two largest variants: no
//! difference is larger than the limit if no variant is.
//!
//! Fields are boxed in cycles only: a struct is moved as a whole anyway, and what nests is held in place.

use crate::ir::{
    Api, EnumKind, Extra, IntegerFormat, Member, NumberFormat, Schema, SchemaKind, Shape,
    StringFormat, TypeId,
};

/// The largest value in bytes that a variant holds in place; clippy's own limit for the difference
/// of two variants (`enum-variant-size-threshold`).
const LARGEST: u32 = 200;

const WORD: u32 = 8;
/// `String`, `Vec`, `BTreeMap`: three words.
const CONTAINER: u32 = 3 * WORD;
/// `serde_json::Value`.
const JSON: u32 = 4 * WORD;

/// An upper bound of the size of each declared type, by [`TypeId`], on a machine of 64 bits.
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

    /// Whether a variant holds the values of a schema in a box, because they are large.
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
    /// Measures what a type holds before the type itself, with a stack of its own: documents nest deeper
    /// than a thread's stack may.
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
            // What leads back here is behind a box, and takes a word.
            self.sizes[id.0 as usize] = Some(WORD);
            stack.push((id, true));
            let mut held = Vec::new();
            for schema in in_place(&self.api.ty(id).shape) {
                declared_in(schema, &mut held);
            }
            stack.extend(held.into_iter().map(|id| (id, false)));
        }
    }

    fn declared(&self, id: TypeId) -> u32 {
        let of = |id: TypeId| self.sizes[id.0 as usize].unwrap_or_default();
        let of_schema = |schema: &Schema| size(schema, &of);
        match &self.api.ty(id).shape {
            Shape::Object(object) => {
                let members = object.members.iter();
                let members = members.map(|member| self.member(member, of_schema(&member.schema)));
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

    fn member(&self, member: &Member, size: u32) -> u32 {
        if member.indirect {
            return WORD;
        }
        let is_absent =
            !member.required || member.read_only || member.write_only || member.inferred;
        let kind = self.api.resolved(&member.schema);
        option(kind, member.schema.nullable, option(kind, is_absent, size))
    }
}

/// The schemas that a type holds without a box.
fn in_place(shape: &Shape) -> Vec<&Schema> {
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

/// The declared types that a schema holds in place.
fn declared_in(schema: &Schema, found: &mut Vec<TypeId>) {
    match &schema.kind {
        SchemaKind::Declared(id) => found.push(*id),
        SchemaKind::Envelope(_, inner) => declared_in(inner, found),
        SchemaKind::Tuple(parts) => parts.iter().for_each(|part| declared_in(part, found)),
        _ => {}
    }
}

/// The size of a schema's type without an `Option`.
fn size(schema: &Schema, of: &dyn Fn(TypeId) -> u32) -> u32 {
    match &schema.kind {
        SchemaKind::Any => JSON,
        SchemaKind::Null | SchemaKind::Constant(_) => 0,
        SchemaKind::Boolean => 1,
        SchemaKind::Integer(format) => integer(*format),
        SchemaKind::Number(NumberFormat::Double) => WORD,
        SchemaKind::Number(NumberFormat::Decimal) => 2 * WORD,
        SchemaKind::String(format) => match format {
            // Point in time or 128 bits, with the text that it was written as.
            StringFormat::Date | StringFormat::DateTime | StringFormat::Uuid => 4 * WORD,
            StringFormat::Binary => 4 * WORD,
            _ => CONTAINER,
        },
        SchemaKind::Array(_) | SchemaKind::Map(_) => CONTAINER,
        SchemaKind::Tuple(parts) => {
            let part = |part: &Schema| option(&part.kind, part.nullable, size(part, of));
            aligned(sum(parts.iter().map(part)))
        }
        SchemaKind::Declared(id) => of(*id),
        SchemaKind::Envelope(_, inner) => option(&inner.kind, inner.nullable, size(inner, of)),
    }
}

/// The size of the type in an `Option`: texts and lists have a value to spare for `None`.
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
        // With what its alignment costs.
        IntegerFormat::I128 | IntegerFormat::U128 => 3 * WORD,
    }
}

fn sum(sizes: impl Iterator<Item = u32>) -> u32 {
    sizes.fold(0, u32::saturating_add)
}

/// The next multiple of a word.
fn aligned(size: u32) -> u32 {
    size.saturating_add(WORD - 1) / WORD * WORD
}
