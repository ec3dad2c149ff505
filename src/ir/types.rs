//! Types: declarations, and schemas as operations and other types use them.

use super::{
    Docs, FirstUse, IntegerFormat, NameOverride, NumberFormat, OperationId, StatusPattern,
    StringFormat, TypeId,
};
use crate::tree::NodeId;
use serde::Serialize;
use serde_json::Value as Json;

/// A type with a declaration in the generated crate.
#[derive(Debug, Serialize)]
pub struct TypeDef {
    pub origin: Origin,
    pub pinned: Option<NameOverride>,
    /// The traits that the configuration adds to those that the type derives. Set by `passes::own_types`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub derives: Vec<String>,
    pub docs: Docs,
    pub deprecated: bool,
    /// Set by `x-sdkgen-inferred`: every property is optional and decoded leniently.
    pub inferred: bool,
    pub shape: Shape,
    /// Limits of objects and unions, in the form of [`Facts::limits`].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<(String, Json)>,
    pub examples: Vec<Json>,
    /// Set by `passes::direction`.
    pub usage: Usage,
    /// Set by `passes::first_use`; `None` if nothing uses the type.
    #[serde(skip)]
    pub first_use: Option<FirstUse>,
    #[serde(skip)]
    pub at: Option<NodeId>,
}

/// Whether requests, responses or both contain a type.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Usage {
    pub request: bool,
    pub response: bool,
}

/// The part of the document that declares a type; names are generated from it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Origin {
    /// The key under `components/schemas`.
    Component(String),
    /// A schema outside `components` that a `$ref` names, by the last segments of its JSON Pointer.
    Referenced(String),
    Inline {
        owner: Owner,
        role: Role,
    },
}

/// The item of the document that an inline type belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Owner {
    Type(TypeId),
    Operation(OperationId),
    /// By the key under `webhooks`.
    Webhook(String),
    /// By the key under `components/responses`, `requestBodies`, `parameters` or `headers`.
    Component(String),
    /// Two or more owners with equal inline types, in document order.
    Several(Vec<Owner>),
}

/// The position of an inline type in its owner.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Role {
    /// The property name on the wire.
    Property(String),
    /// Several properties of the owner with equal types, by their names.
    Members(Vec<String>),
    /// An item of the array at the inner role.
    Item(Box<Role>),
    /// A value of the map at the inner role.
    Value(Box<Role>),
    /// A branch of the union at the inner role: its index, and a label that distinguishes it.
    Branch(usize, Option<String>, Box<Role>),
    /// The owner itself, such as an alias of an array of inline objects.
    Itself,
    Parameter(String),
    RequestBody,
    Response(StatusPattern),
    Header(String),
}

impl Role {
    /// Returns the role inside all items, values and branches.
    pub fn innermost(&self) -> &Role {
        match self {
            Role::Item(inner) | Role::Value(inner) | Role::Branch(_, _, inner) => inner.innermost(),
            role => role,
        }
    }

    /// Returns [`Role::innermost`] mutably.
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
    /// A component that only renames a scalar, an array, a map or another type.
    Alias(Schema),
}

#[derive(Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Object {
    pub members: Vec<Property>,
    pub extra: Extra,
}

/// What an object may contain besides its declared properties.
#[derive(Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Extra {
    /// `additionalProperties: false`.
    Closed,
    /// Any further property, because the schema allows or does not mention it.
    #[default]
    Open,
    Typed(Box<Schema>),
}

#[derive(Debug, Clone, Serialize)]
pub struct Property {
    /// The name on the wire.
    pub name: String,
    pub pinned: Option<NameOverride>,
    pub docs: Docs,
    pub required: bool,
    pub deprecated: bool,
    pub read_only: bool,
    pub write_only: bool,
    /// Whether an invalid value is stored as raw JSON instead of failing to decode.
    pub inferred: bool,
    pub schema: Schema,
    /// Set by `passes::recursion`: this use closes a cycle of types without an array or a map in between. A
    /// target language that stores values inline has to store a pointer here.
    pub indirect: bool,
    /// Set by `passes::exact_numbers`; see [`Union::exact`].
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub exact: bool,
    /// Set by `passes::constants`: the only valid value of a required property.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub constant: Option<Json>,
    /// Whether the schema itself allows no value but the constant.
    #[serde(skip)]
    pub is_constant: bool,
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
    /// Strings, numbers and booleans in one enum.
    Scalar,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct EnumValue {
    pub value: Json,
    /// From `x-enum-varnames` or a similar extension.
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pinned: Option<NameOverride>,
    pub description: Option<String>,
}

#[derive(Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Union {
    pub branches: Vec<Branch>,
    /// The property that discriminates objects: `discriminator.propertyName`, else a property that
    /// `passes::discrimination` finds to have a different constant in each branch.
    pub tag: Option<String>,
    /// The branch of objects with an unknown tag: OpenAPI 3.2's `defaultMapping`, or the properties that all
    /// children of a parent share.
    pub default: Option<usize>,
    /// Set by `passes::discrimination`: the tests that select a branch for a value, in the order in which they
    /// are tried.
    #[serde(rename = "tells")]
    pub tests: Vec<BranchTest>,
    /// Set by `passes::exact_numbers`: a value may contain numbers that neither a 64-bit integer nor a float
    /// can represent.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub exact: bool,
}

impl Branch {
    /// Whether a branch is one text.
    pub fn is_constant(&self) -> bool {
        matches!(self.schema.kind, SchemaKind::Constant(_))
    }
}

#[derive(Debug, Serialize)]
pub struct Branch {
    pub schema: Schema,
    /// Tag values that select this branch: those of the discriminator's `mapping`, and those that
    /// `passes::discrimination` finds in the branch's own properties.
    pub tags: Vec<Json>,
    /// The tag value that the component name implies if `mapping` has none.
    #[serde(skip)]
    pub implicit_tag: Option<String>,
    /// Whether the union has to write the tag, because neither the properties of the branch nor its constructor
    /// set it.
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

/// A test for one kind of value. A branch that is a union itself has several.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct BranchTest {
    /// The index of the branch.
    pub branch: usize,
    pub kind: JsonKind,
    /// Values of the tag; empty if any value matches.
    pub tags: Vec<Json>,
    /// Whether an object without the tag matches too.
    pub tag_optional: bool,
    /// Properties that the object has to contain.
    pub requires: Vec<String>,
    /// Properties that make this branch more likely than another that also matches.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub prefers: Vec<String>,
    /// Required properties that may be null. Decoding treats an absent one as null.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub expects: Vec<String>,
    /// Whether at least one of `expects` has to be present, because nothing else is required.
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

/// A schema as a property, parameter, body or other schema uses it.
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

/// Keywords of a schema other than its type; used in docs and examples.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Facts {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<Json>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<Json>,
    /// Limits in document order as (keyword, value), such as `("maximum", 200)` or `("pattern", "^a")`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<(String, Json)>,
    /// `format` as written, if the kind does not represent it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum SchemaKind {
    /// Any JSON value.
    Any,
    /// Only null. A schema of this kind is never marked nullable.
    Null,
    /// A single string constant, as a branch of a union whose other branches are not strings.
    Constant(Box<EnumValue>),
    Boolean,
    Integer(IntegerFormat),
    Number(NumberFormat),
    String(StringFormat),
    Array(Box<Schema>),
    /// An array of a fixed length, with a schema for each index.
    Tuple(Vec<Schema>),
    /// An object without declared properties, by the schema of its values.
    Map(Box<Schema>),
    Declared(TypeId),
    /// A type of the user, set by `passes::own_types`.
    External(Box<ExternalType>),
    /// `x-sdkgen-envelope`: the bare value, or an object that contains it under one of these keys.
    Envelope(Vec<String>, Box<Schema>),
}

/// A type that the user's configuration names in place of a generated one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct ExternalType {
    /// The path of the type, such as `my_money::Money` or `crate::money::Money`.
    pub path: String,
    /// A value of the schema that the type replaces.
    pub sample: Json,
}

impl SchemaKind {
    /// Returns the schemas directly inside this one. Declared types are not followed.
    pub fn parts(&self) -> &[Schema] {
        match self {
            SchemaKind::Array(inner) | SchemaKind::Map(inner) | SchemaKind::Envelope(_, inner) => {
                std::slice::from_ref(inner)
            }
            SchemaKind::Tuple(parts) => parts,
            _ => &[],
        }
    }

    /// Returns [`SchemaKind::parts`] mutably.
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
    /// Returns whether values may exceed a 64-bit integer or a float.
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
