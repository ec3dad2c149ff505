//! JSON Schemas of the arguments and the response of an operation, for tools of the Model Context Protocol.

use super::plan::{ArgumentTarget, BodyForm, Command};
use crate::ir::{
    Api, Enum, EnumKind, Extra, IntegerFormat, Object, Schema, SchemaKind, Shape, StringFormat,
    Union,
};
use crate::prose;
use serde_json::{Map, Value as Json, json};

/// How deep properties are described, and how many. Schemas are in the context of a language model, which pays for
/// each word.
const LEVELS: usize = 5;
const MOST_PROPERTIES: usize = 120;

/// Returns the schema of the structured result of a tool: names and descriptions of properties, without types.
///
/// Clients validate results. Real servers deviate from their description, and a request that was sent must not be an
/// error because of that.
pub fn output(api: &Api, command: &Command<'_>) -> Json {
    let data = command.operation.only_json().map(|(_, content)| {
        let schema = Printer::new(api, false).schema(&content.schema, LEVELS);
        names_of(&schema)
    });
    json!({
        "type": "object",
        "properties": {
            "status": {"type": "integer", "description": "The HTTP status."},
            "data": data.unwrap_or(json!({})),
        },
        "required": ["status"],
    })
}

/// Returns the parts of a schema that accept every value.
fn names_of(schema: &Json) -> Json {
    let mut names = Map::new();
    if let Some(text) = schema.get("description") {
        names.insert("description".to_owned(), text.clone());
    }
    if let Some(items) = schema.get("items") {
        names.insert("items".to_owned(), names_of(items));
    }
    if let Some(properties) = schema.get("properties").and_then(Json::as_object) {
        let properties = properties
            .iter()
            .map(|(name, schema)| (name.clone(), names_of(schema)));
        names.insert("properties".to_owned(), Json::Object(properties.collect()));
    }
    Json::Object(names)
}

/// Returns the schema of the arguments of a tool.
pub fn input(api: &Api, command: &Command<'_>) -> Json {
    let mut properties = Map::new();
    let mut required = Vec::new();
    let mut printer = Printer::new(api, true);
    for taken in &command.parameters {
        let ArgumentTarget::Parameter(key) = &taken.argument.target else {
            continue;
        };
        let mut schema = printer.schema(&taken.parameter.schema, LEVELS);
        describe(&mut schema, &taken.argument.help);
        properties.insert(key.clone(), schema);
        if taken.is_argument {
            required.push(Json::from(key.clone()));
        }
    }
    if let Some(body) = &command.body {
        let mut schema = match &body.form {
            BodyForm::Value => printer.schema(&body.content.schema, LEVELS),
            BodyForm::Text | BodyForm::Bytes | BodyForm::Media(_) => json!({"type": "string"}),
            BodyForm::Multipart(parts) => {
                let named = |part: &super::plan::MultipartPart<'_>| (part.key.clone(), json!({}));
                let properties: Map<String, Json> = parts.iter().map(named).collect();
                json!({"type": "object", "properties": properties})
            }
        };
        let docs = command
            .operation
            .body
            .as_ref()
            .and_then(|body| body.docs.description.as_deref());
        describe(
            &mut schema,
            &prose::visible(&prose::plain(docs.unwrap_or_default())),
        );
        properties.insert("body".to_owned(), schema);
        if body.is_required {
            required.push("body".into());
        }
    }
    let mut schema =
        json!({"type": "object", "properties": properties, "additionalProperties": false});
    if !required.is_empty() {
        schema["required"] = required.into();
    }
    schema
}

fn describe(schema: &mut Json, text: &str) {
    if let Some(schema) = schema.as_object_mut().filter(|_| !text.is_empty()) {
        schema.insert("description".to_owned(), text.into());
    }
}

struct Printer<'a> {
    api: &'a Api,
    is_request: bool,
    properties: usize,
}

impl<'a> Printer<'a> {
    fn new(api: &'a Api, is_request: bool) -> Self {
        Printer {
            api,
            is_request,
            properties: 0,
        }
    }

    fn schema(&mut self, schema: &Schema, levels: usize) -> Json {
        let mut printed = self.kind(self.api.resolved(schema), levels);
        if schema.nullable
            && let Some(Json::String(name)) = printed.get("type").cloned()
        {
            printed["type"] = json!([name, "null"]);
        }
        if let (Some(facts), Some(printed)) = (&schema.facts, printed.as_object_mut()) {
            for (keyword, value) in &facts.limits {
                let is_known = matches!(
                    &**keyword,
                    "minimum" | "maximum" | "minLength" | "maxLength" | "minItems" | "maxItems"
                );
                if is_known {
                    printed.insert(keyword.clone(), value.clone());
                }
            }
        }
        printed
    }

    fn kind(&mut self, kind: &SchemaKind, levels: usize) -> Json {
        match kind {
            SchemaKind::Any | SchemaKind::External(_) => json!({}),
            SchemaKind::Null => json!({"type": "null"}),
            SchemaKind::Constant(value) => json!({"const": value.value}),
            SchemaKind::Boolean => json!({"type": "boolean"}),
            SchemaKind::Integer(_) => json!({"type": "integer"}),
            SchemaKind::Number(_) => json!({"type": "number"}),
            SchemaKind::String(format) => string(*format),
            SchemaKind::Array(_) | SchemaKind::Tuple(_) if levels == 0 => json!({"type": "array"}),
            SchemaKind::Array(items) => {
                json!({"type": "array", "items": self.schema(items, levels - 1)})
            }
            SchemaKind::Tuple(_) => json!({"type": "array"}),
            SchemaKind::Map(_) => json!({"type": "object"}),
            SchemaKind::Envelope(_, inner) => self.schema(inner, levels),
            SchemaKind::Declared(id) => match &self.api.ty(*id).shape {
                Shape::Enum(shape) => enumeration(shape),
                Shape::Object(_) if levels == 0 => json!({"type": "object"}),
                Shape::Object(object) => self.object(object, levels),
                Shape::Union(_) if levels == 0 => json!({}),
                Shape::Union(union) => self.union(union, levels),
                Shape::Alias(target) => self.schema(target, levels),
            },
        }
    }

    fn object(&mut self, object: &Object, levels: usize) -> Json {
        let mut properties = Map::new();
        let mut required = Vec::new();
        for member in &object.members {
            let is_other = if self.is_request {
                member.read_only
            } else {
                member.write_only
            };
            if is_other || self.properties >= MOST_PROPERTIES && !member.required {
                continue;
            }
            self.properties += 1;
            let mut schema = match &member.constant {
                Some(value) => json!({"const": value}),
                None => self.schema(&member.schema, levels - 1),
            };
            let text = member.docs.description.as_deref().unwrap_or_default();
            describe(
                &mut schema,
                &prose::visible(&prose::plain(&prose::first_sentence(text))),
            );
            properties.insert(member.name.clone(), schema);
            if member.required {
                required.push(Json::from(member.name.clone()));
            }
        }
        let mut schema = json!({"type": "object", "properties": properties});
        if !required.is_empty() {
            schema["required"] = required.into();
        }
        if object.extra == Extra::Closed {
            schema["additionalProperties"] = false.into();
        }
        schema
    }

    fn union(&mut self, union: &Union, levels: usize) -> Json {
        let branches = union.branches.iter();
        let branches: Vec<Json> = branches
            .map(|branch| self.schema(&branch.schema, levels - 1))
            .collect();
        json!({"anyOf": branches})
    }
}

fn enumeration(shape: &Enum) -> Json {
    let values: Vec<&Json> = shape.values.iter().map(|value| &value.value).collect();
    match shape.kind {
        EnumKind::String => json!({"type": "string", "enum": values}),
        EnumKind::Integer => json!({"type": "integer", "enum": values}),
        EnumKind::Scalar => json!({"enum": values}),
    }
}

fn string(format: StringFormat) -> Json {
    let name = match format {
        StringFormat::Date => "date",
        StringFormat::DateTime => "date-time",
        StringFormat::Uuid => "uuid",
        StringFormat::Integer(IntegerFormat::Big) => {
            return json!({"type": "string", "pattern": "^-?[0-9]+$"});
        }
        StringFormat::Base64 | StringFormat::Base64Url => {
            return json!({"type": "string", "contentEncoding": "base64"});
        }
        _ => return json!({"type": "string"}),
    };
    json!({"type": "string", "format": name})
}
