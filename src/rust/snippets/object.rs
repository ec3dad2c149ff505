//! Values of objects as examples: the constructor and the setters.

use super::value::{Writer, text};
use crate::ir::{
    IntegerFormat, NumberFormat, Object, Presence, Property, Schema, SchemaKind, StringFormat,
    TypeId,
};
use crate::rust::Expr;
use serde_json::Value as Json;

impl Writer<'_> {
    /// The constructor with a setter for each member beyond the required ones; `None` where they cannot
    /// make the value.
    pub(super) fn object(&mut self, id: TypeId, object: &Object, value: &Json) -> Option<Expr> {
        let plan = self.plan;
        let def = plan.api.ty(id);
        let map = value.as_object()?;
        let declared = |name: &String| object.members.iter().any(|member| member.name == *name);
        if !def.is_built() || !map.keys().all(declared) {
            return None;
        }
        let names = plan.names.ty(id);
        let mut arguments = Vec::new();
        let mut setters = Vec::new();
        for (index, member) in object.members.iter().enumerate() {
            let value = map.get(&member.name);
            if plan.api.is_asked_for(def, member) {
                arguments.push(self.argument(&member.schema, value?));
            } else if let Some(value) = value {
                setters.extend(self.setter(id, index, member, value)?);
            } else if member.constant.is_some() {
                // The constructor sets it all the same.
                return None;
            }
        }
        self.types.insert(names.ident.clone());
        let made = Expr::new(names.ident.clone(), arguments);
        let set = |value: Expr, (name, arguments)| value.method(name, arguments);
        Some(setters.into_iter().fold(made, set))
    }

    /// The method that sets a member, with its arguments: none where the constructor has set it. `None` where
    /// nothing can set it.
    fn setter(
        &mut self,
        id: TypeId,
        index: usize,
        member: &Property,
        value: &Json,
    ) -> Option<Option<(String, Vec<Expr>)>> {
        let plan = self.plan;
        let names = plan.names.ty(id);
        let presence = plan.api.ty(id).presence(member);
        let is_set = member.constant.as_ref() == Some(value);
        if presence == Presence::Required {
            let is_set = is_set || plan.api.is_null(&member.schema);
            return is_set.then_some(None);
        }
        if is_set {
            return Some(None);
        }
        if member.read_only {
            return None;
        }
        let ident = names.parts[index].clone();
        if plan.api.is_null(&member.schema) {
            return Some(Some((ident, Vec::new())));
        }
        match (presence, value) {
            (Presence::Nullable, Json::Null) => Some(None),
            (Presence::OptionalNullable, _) => {
                Some(Some((ident, vec![self.nullable(&member.schema, value)])))
            }
            (_, Json::Null) => None,
            _ => Some(Some((ident, vec![self.argument(&member.schema, value)]))),
        }
    }

    /// The argument for a property that may be null. It takes values of several types, so each expression names
    /// its own.
    fn nullable(&mut self, schema: &Schema, value: &Json) -> Expr {
        let plan = self.plan;
        if value.is_null() {
            return Expr::variable("None");
        }
        let schema = &Schema {
            nullable: false,
            ..schema.clone()
        };
        match (plan.api.resolved(schema), value) {
            (_, Json::String(_)) if self.is_text(schema) => text(value),
            (SchemaKind::String(StringFormat::Integer(_)), _) => self.owned(schema, value),
            (SchemaKind::String(StringFormat::Password), Json::String(_)) => {
                let ty = self.path(plan.bare(schema));
                Expr::call(format!("{ty}::from"), [text(value)])
            }
            (SchemaKind::String(StringFormat::Base64 | StringFormat::Base64Url), _) => {
                self.read(schema, value)
            }
            (SchemaKind::String(_), Json::String(text)) => self.parsed_as(schema, text),
            (SchemaKind::Integer(IntegerFormat::Big), Json::Number(number))
            | (SchemaKind::Number(NumberFormat::Decimal), Json::Number(number)) => {
                self.parsed_as(schema, &number.to_string())
            }
            (SchemaKind::Map(_), _) => self.read(schema, value),
            (SchemaKind::Array(_), _) if plan.converted_items(schema).is_some() => {
                self.argument(schema, value)
            }
            _ => self.owned(schema, value),
        }
    }

    fn parsed_as(&mut self, schema: &Schema, text: &str) -> Expr {
        self.parses = true;
        let ty = self.plan.bare(schema);
        let ty = self.print(|scope| scope.ty(&ty).to_string());
        let parse = format!("parse::<{ty}>");
        Expr::string(text).method(parse, []).tried()
    }
}
