//! The types of an API: declarations, and schemas as they are used at one place.

use super::{Docs, NameOverride, OperationId, StatusPattern, TypeId};
use crate::tree::NodeId;
use serde::Serialize;
use serde_json::Value as Json;

/// A type that needs a declaration of its own.
#[derive(Debug, Serialize)]
pub struct TypeDef {
    pub origin: Origin,
    pub pinned: Option<NameOverride>,
    pub docs: Docs,
    pub deprecated: bool,
    /// Marked `x-sdkgen-inferred`: its members are optional and tolerant.
    pub inferred: bool,
    pub shape: Shape,
    /// Limits and rules of objects and unions, as in [`Facts::limits`].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<(String, Json)>,
    pub examples: Vec<Json>,
    /// Filled by `passes::direction`.
    pub usage: Usage,
    #[serde(skip)]
    pub at: Option<NodeId>,
}

/// Which way a type travels.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Usage {
    pub request: bool,
    pub response: bool,
}

/// Where a type comes from: what its name is made of.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Origin {
    /// The key under `components/schemas`.
    Component(String),
    /// A schema elsewhere that a reference names, by the last steps of its pointer.
    Referenced(String),
    Inline {
        owner: Owner,
        role: Role,
    },
}

/// Whose part an inline type is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Owner {
    Type(TypeId),
    Operation(OperationId),
    /// By the key under `webhooks`.
    Webhook(String),
    /// By the key under `components/responses`, `requestBodies`, `parameters` or `headers`.
    Component(String),
    /// Parts of the document that are described apart, in its order; two at least.
    Several(Vec<Owner>),
}

/// Which part of its owner an inline type is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Role {
    /// The member's name on the wire.
    Member(String),
    /// What several members of the owner are alike, by the members' names.
    Members(Vec<String>),
    /// An item of the array that the owner's part is.
    Item(Box<Role>),
    /// A value of the map that the owner's part is.
    Value(Box<Role>),
    /// A branch of the union that the owner's part is, with its number and what tells it apart.
    Branch(usize, Option<String>, Box<Role>),
    /// The owner itself: for an alias of an array of inline objects, say.
    Itself,
    Parameter(String),
    RequestBody,
    Response(StatusPattern),
    Header(String),
}

impl Role {
    /// The role that the items, values and branches are parts of.
    pub fn innermost(&self) -> &Role {
        match self {
            Role::Item(inner) | Role::Value(inner) | Role::Branch(_, _, inner) => inner.innermost(),
            role => role,
        }
    }

    /// As [`Role::innermost`], to change it.
    pub fn innermost_mut(&mut self) -> &mut Role {
        match self {
            Role::Item(inner) | Role::Value(inner) | Role::Branch(_, _, inner) => {
                inner.innermost_mut()
            }
            role => role,
        }
    }
}

#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Shape {
    Object(Object),
    Enum(Enum),
    Union(Union),
    /// A component that is no more than another name for a scalar, an array, a map or a type.
    Alias(Schema),
}

#[derive(Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Object {
    pub members: Vec<Member>,
    pub extra: Extra,
}

/// What stands beside the declared members.
#[derive(Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Extra {
    /// `additionalProperties: false`.
    Closed,
    /// Anything: said, or not forbidden.
    #[default]
    Open,
    Typed(Box<Schema>),
}

#[derive(Debug, Clone, Serialize)]
pub struct Member {
    /// The name on the wire.
    pub name: String,
    pub pinned: Option<NameOverride>,
    pub docs: Docs,
    pub required: bool,
    pub deprecated: bool,
    pub read_only: bool,
    pub write_only: bool,
    /// Tolerant: a value that does not fit is kept beside the members in place of an error.
    pub inferred: bool,
    pub schema: Schema,
    /// Filled by `passes::recursion`: this use closes a cycle of types without an array or a map
    /// between, so a target that stores values in place must point to it.
    pub indirect: bool,
    /// Filled by `passes::exact_numbers`, as [`Union::exact`].
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub exact: bool,
    /// Filled by `passes::constants`: the only value that a required member has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub constant: Option<Json>,
    #[serde(skip)]
    pub at: Option<NodeId>,
}

#[derive(Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Enum {
    pub kind: EnumKind,
    pub values: Vec<EnumValue>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum EnumKind {
    String,
    Integer,
    /// Texts, numbers and booleans side by side.
    Scalar,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct EnumValue {
    pub value: Json,
    /// From `x-enum-varnames` and its like.
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pinned: Option<NameOverride>,
    pub description: Option<String>,
}

#[derive(Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Union {
    pub branches: Vec<Branch>,
    /// The member that tells objects apart: the discriminator's, else one that `passes::discrimination`
    /// finds to have another constant in each branch.
    pub tag: Option<String>,
    /// The branch of objects that no branch is told from: OpenAPI 3.2's `defaultMapping`, and what
    /// all children of a parent share.
    pub default: Option<usize>,
    /// How a value is told to be of a branch, in the order of asking; filled by `passes::discrimination`.
    #[serde(rename = "tells")]
    pub tests: Vec<BranchTest>,
    /// Filled by `passes::exact_numbers`: a value may have numbers with more digits than a 64-bit integer or
    /// a float holds.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub exact: bool,
}

#[derive(Debug, Serialize)]
pub struct Branch {
    pub schema: Schema,
    /// The tag's values that mean this branch: those that the discriminator maps to it, and after
    /// `passes::discrimination` those that its own members tell.
    pub tags: Vec<Json>,
    /// The value that means this branch where nothing else is said: the component's name.
    #[serde(skip)]
    pub implicit_tag: Option<String>,
    /// Neither the members of the branch nor its constructor set the tag, so the union has to write it.
    pub writes_tag: bool,
    pub indirect: bool,
    #[serde(skip)]
    pub at: Option<NodeId>,
}

impl Branch {
    pub fn new(schema: Schema) -> Self {
        Branch {
            schema,
            tags: Vec::new(),
            implicit_tag: None,
            writes_tag: false,
            indirect: false,
            at: None,
        }
    }
}

/// One kind of values that a branch has. A branch that is a union itself has several.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct BranchTest {
    /// The index of the branch.
    pub branch: usize,
    pub kind: JsonKind,
    /// The values that the tag may have; empty where it may have any.
    pub tags: Vec<Json>,
    /// Values without the tag are of this kind too.
    pub tag_optional: bool,
    /// Members without which it is another branch's object.
    pub requires: Vec<String>,
    /// Members that are more likely to be there than with the branches that may be meant as well.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub prefers: Vec<String>,
    /// Required members that may be null, so that reading does not miss them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub expects: Vec<String>,
    /// Nothing else is required: an object without any of `expects` is no object of this branch.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub expects_one: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum JsonKind {
    Boolean,
    Integer,
    /// Any number.
    Number,
    String,
    Array,
    Object,
    Any,
}

/// A schema as it is used at one place.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Schema {
    pub kind: SchemaKind,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub nullable: bool,
    #[serde(flatten)]
    pub facts: Option<Box<Facts>>,
}

impl Schema {
    pub fn new(kind: SchemaKind) -> Self {
        Schema {
            kind,
            nullable: false,
            facts: None,
        }
    }

    pub fn any() -> Self {
        Schema::new(SchemaKind::Any)
    }
}

/// What a schema says beyond its type; printed in docs, used for examples.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Facts {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<Json>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<Json>,
    /// Limits in document order, as (keyword, value): `("maximum", 200)`, `("pattern", "^a")`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<(String, Json)>,
    /// `format` as written, where it says more than the kind does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum SchemaKind {
    /// Any JSON value.
    Any,
    /// Nothing but null, so that no schema of this kind is nullable besides.
    Null,
    /// Nothing but one text: a branch of a union beside others that are no texts.
    Constant(Box<EnumValue>),
    Boolean,
    Integer(IntegerFormat),
    Number(NumberFormat),
    String(StringFormat),
    Array(Box<Schema>),
    /// An array of a fixed length, with a schema for each place.
    Tuple(Vec<Schema>),
    /// An object without declared members, by the schema of its values.
    Map(Box<Schema>),
    Declared(TypeId),
    /// `x-sdkgen-envelope`: the bare value, or an object with it under one of these keys.
    Envelope(Vec<String>, Box<Schema>),
}

impl SchemaKind {
    /// The schemas that this one is made of at once; a declared type is not looked into.
    pub fn parts(&self) -> &[Schema] {
        match self {
            SchemaKind::Array(inner) | SchemaKind::Map(inner) | SchemaKind::Envelope(_, inner) => {
                std::slice::from_ref(inner)
            }
            SchemaKind::Tuple(parts) => parts,
            _ => &[],
        }
    }

    /// As [`SchemaKind::parts`], to change them.
    pub fn parts_mut(&mut self) -> &mut [Schema] {
        match self {
            SchemaKind::Array(inner) | SchemaKind::Map(inner) | SchemaKind::Envelope(_, inner) => {
                std::slice::from_mut(inner)
            }
            SchemaKind::Tuple(parts) => parts,
            _ => &mut [],
        }
    }
}

impl SchemaKind {
    /// Numbers with more digits than a 64-bit integer or a float holds.
    pub fn is_exact(&self) -> bool {
        matches!(
            self,
            SchemaKind::Number(NumberFormat::Decimal)
                | SchemaKind::Integer(
                    IntegerFormat::I128 | IntegerFormat::U128 | IntegerFormat::Big
                )
        )
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum IntegerFormat {
    I8,
    I16,
    I32,
    I64,
    U8,
    U16,
    U32,
    U64,
    I128,
    U128,
    /// Of any size.
    Big,
}

impl IntegerFormat {
    /// Whether a text is an integer of this size.
    pub fn reads(self, text: &str) -> bool {
        match self {
            IntegerFormat::I8 => text.parse::<i8>().is_ok(),
            IntegerFormat::I16 => text.parse::<i16>().is_ok(),
            IntegerFormat::I32 => text.parse::<i32>().is_ok(),
            IntegerFormat::I64 => text.parse::<i64>().is_ok(),
            IntegerFormat::U8 => text.parse::<u8>().is_ok(),
            IntegerFormat::U16 => text.parse::<u16>().is_ok(),
            IntegerFormat::U32 => text.parse::<u32>().is_ok(),
            IntegerFormat::U64 => text.parse::<u64>().is_ok(),
            IntegerFormat::I128 => text.parse::<i128>().is_ok(),
            IntegerFormat::U128 => text.parse::<u128>().is_ok(),
            IntegerFormat::Big => {
                let digits = text.strip_prefix('-').unwrap_or(text);
                !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
            }
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum NumberFormat {
    Double,
    /// Of any precision.
    Decimal,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum StringFormat {
    Plain,
    Date,
    DateTime,
    Uuid,
    /// `format: byte` or `contentEncoding: base64`.
    Base64,
    /// `contentEncoding: base64url`.
    Base64Url,
    /// `format: binary`: bytes as they are.
    Binary,
    /// A text that must not be shown.
    Password,
    /// An integer of the machine, as its digits.
    Integer(IntegerFormat),
}
