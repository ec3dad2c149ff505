//! The main use of the API in one program: create something, poll until it is done, read the result.

use super::{Decoder, PlainDecoder, Plan, ResultPlan};
use crate::ir::{
    Object, Operation, OperationId, ParameterLocation, Presence, Property, Schema, SchemaKind,
    Shape, StringFormat, TypeDef, TypeId,
};

/// The operations of the program, and what it reads of their responses.
#[derive(Debug, Clone)]
pub struct Workflow<'a> {
    pub create: OperationId,
    pub poll: OperationId,
    /// The method that polls.
    pub method: &'a str,
    /// The field of the created value with its id, and whether it is an `Option`.
    pub id: (&'a str, bool),
    /// The field that only the polled value has. `None` if the document says when the work is done.
    pub result: Option<&'a str>,
    /// A documented error that callers handle: its status, meaning and predicate.
    pub error: Option<HandledError<'a>>,
}

#[derive(Debug, Clone)]
pub struct HandledError<'a> {
    pub status: u16,
    pub meaning: String,
    pub predicate: &'a str,
}

/// Statuses that programs rarely handle by themselves: the request or its credential is wrong.
const UNHANDLED: [u16; 5] = [400, 401, 403, 404, 422];

impl<'a> Plan<'a> {
    /// Returns the program that starts with the showcase, if a polled operation reads what it creates.
    pub fn workflow(self) -> Option<Workflow<'a>> {
        let create = self.showcase()?;
        let created = self.object_result(create)?;
        let group = self.api.operation(create).group;
        let mut polled = self.api.operation_ids().filter(|id| {
            let operation = self.api.operation(*id);
            operation.group == group && operation.polling.is_some() && *id != create
        });
        polled.find_map(|poll| {
            let operation = self.api.operation(poll);
            let polling = operation.polling.as_ref()?;
            let result = match polling.done_when {
                Some(_) => None,
                None => Some(self.new_field(created, self.object_result(poll)?)?),
            };
            Some(Workflow {
                create,
                poll,
                method: &polling.name,
                id: self.id_field(created, operation)?,
                result,
                error: self.handled_error(create),
            })
        })
    }

    /// Returns the object that an operation returns.
    fn object_result(self, id: OperationId) -> Option<TypeId> {
        let ResultPlan::One {
            decoding,
            is_optional: false,
        } = &self.operation(id).result
        else {
            return None;
        };
        if !matches!(
            decoding.decoder,
            Decoder::Enveloped(_) | Decoder::Plain(PlainDecoder::Json)
        ) {
            return None;
        }
        let mut contents = self.api.operation(id).successes();
        let content = contents.find_map(|response| response.contents.first())?;
        let schema = match &content.schema.kind {
            SchemaKind::Envelope(_, inner) => &**inner,
            _ => &content.schema,
        };
        let SchemaKind::Declared(id) = self.api.resolved(schema) else {
            return None;
        };
        matches!(self.api.ty(*id).shape, Shape::Object(_)).then_some(*id)
    }

    /// Returns the field that is the only argument of the polled operation.
    fn id_field(self, created: TypeId, operation: &Operation) -> Option<(&'a str, bool)> {
        let mut required = operation.parameters.iter().filter(|it| it.required);
        let (only, None) = (required.next()?, required.next()) else {
            return None;
        };
        let is_text = |schema: &Schema| {
            matches!(
                self.api.resolved(schema),
                SchemaKind::String(StringFormat::Plain)
            )
        };
        if only.location != ParameterLocation::Path
            || !is_text(&only.schema)
            || operation.body.is_some()
        {
            return None;
        }
        let (def, object) = self.object(created)?;
        let index = ["id", &only.name].iter().find_map(|name| {
            let named = |member: &Property| member.name == **name && is_text(&member.schema);
            object.members.iter().position(named)
        })?;
        let is_optional = match def.presence(&object.members[index]) {
            Presence::Required => false,
            Presence::Nullable | Presence::Optional => true,
            Presence::OptionalNullable => return None,
        };
        Some((&self.names.ty(created).parts[index], is_optional))
    }

    /// Returns the first optional field that the polled value has and the created one has not.
    fn new_field(self, created: TypeId, polled: TypeId) -> Option<&'a str> {
        let (_, before) = self.object(created)?;
        let (def, after) = self.object(polled)?;
        let is_new = |member: &Property| {
            let optional = matches!(
                def.presence(member),
                Presence::Nullable | Presence::Optional
            );
            optional && before.members.iter().all(|other| other.name != member.name)
        };
        let index = after.members.iter().position(is_new)?;
        Some(&self.names.ty(polled).parts[index])
    }

    fn object(self, id: TypeId) -> Option<(&'a TypeDef, &'a Object)> {
        let def = self.api.ty(id);
        match &def.shape {
            Shape::Object(object) => Some((def, object)),
            _ => None,
        }
    }

    fn handled_error(self, id: OperationId) -> Option<HandledError<'a>> {
        self.operation(id).errors.iter().find_map(|error| {
            let status = error.status.filter(|status| (400..=499).contains(status))?;
            let known = self.api.errors.iter().find(|it| it.status == status)?;
            (!UNHANDLED.contains(&status)).then_some(HandledError {
                status,
                meaning: crate::describe::meaning(known),
                predicate: error.predicate?,
            })
        })
    }
}
