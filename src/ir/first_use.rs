//! The place where the API uses a type first, for docs of types that the document does not describe.

use super::{OperationId, StatusPattern, TypeId};

/// The first use of a type.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FirstUse {
    pub place: UsePlace,
    pub part: UsePart,
}

/// The item of the API that uses a type.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum UsePlace {
    Response(OperationId),
    Error(OperationId, StatusPattern),
    RequestBody(OperationId),
    /// A part of a multipart body, by its name.
    FormPart(OperationId, String),
    /// By the name on the wire.
    Parameter(OperationId, String),
    /// A header of a response, by its name.
    Header(OperationId, String),
    /// By the key under `webhooks` or `callbacks`.
    Webhook(String),
    /// The union of all webhook payloads.
    AnyWebhook,
    /// The property of an object, by its name on the wire.
    Property(TypeId, String),
    /// A property that the object does not declare.
    ExtraProperty(TypeId),
    Branch(TypeId),
    Alias(TypeId),
}

/// The part of the place that has the type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UsePart {
    Whole,
    /// An item of a list, a tuple or a stream.
    Item,
    /// A value of a map.
    Value,
}
