//! The body of a command: one of its media types, with a flag for each property.

use super::arguments::{self, Argument, ArgumentKind, ArgumentTarget, Decoding};
use crate::example::request::parts::PartKind;
use crate::ir::{
    Content, ContentKind, Extra, Object, OperationId, Property, Schema, SchemaKind, Shape, TypeDef,
    is_open_range,
};
use crate::rust::Plan;
use crate::rust::names::commands::FlagNames;
use crate::rust::plan::multipart::FormPlan;
use serde_json::Value as Json;

/// How many levels of properties have flags. Deeper ones are set by JSON.
const LEVELS: usize = 3;

/// How many flags of properties a command may have before only those of the first level are added.
const MOST_FLAGS: usize = 60;

/// The body of a command.
pub struct CommandBody<'a> {
    /// The chosen content.
    pub content: &'a Content,
    pub is_required: bool,
    pub form: BodyForm<'a>,
    pub arguments: Vec<Argument>,
    /// The variant of the client's enum, if the operation has several contents, and whether it is boxed.
    pub variant: Option<(&'a str, bool)>,
    /// The other contents that the user can choose. Those of several parts are not among them, as parts have flags.
    pub others: Vec<OtherBody<'a>>,
    /// Properties with a single valid value, by path.
    pub constants: Vec<(Vec<String>, Json)>,
}

/// A content that is not the default one.
pub struct OtherBody<'a> {
    pub content: &'a Content,
    pub form: BodyForm<'a>,
    pub variant: (&'a str, bool),
}

/// How the client takes the body.
pub enum BodyForm<'a> {
    /// A value that is decoded from JSON.
    Value,
    Text,
    Bytes,
    /// Bytes with a media type of this range.
    Media(&'a str),
    Multipart(Vec<MultipartPart<'a>>),
}

/// A part of a multipart body.
pub struct MultipartPart<'a> {
    /// The argument of the constructor, or the setter.
    pub ident: &'a str,
    pub key: String,
    pub is_required: bool,
    pub decoding: Decoding<'a>,
}

pub fn body<'a>(plan: Plan<'a>, id: OperationId, flags: &mut FlagNames) -> Option<CommandBody<'a>> {
    let planned = plan.operation(id).body.as_ref()?;
    let is_required = planned.is_positional;
    let content = *planned.contents.first()?;
    let variant = planned.variants.first();
    let mut body = CommandBody {
        content,
        is_required,
        form: form(content).unwrap_or(BodyForm::Value),
        arguments: Vec::new(),
        variant: variant.map(|variant| (variant.ident, variant.is_boxed)),
        others: Vec::new(),
        constants: Vec::new(),
    };
    match content.kind {
        ContentKind::Json | ContentKind::Form => {
            if let Some((def, object)) = object(plan, &content.schema) {
                let mut properties = Properties {
                    plan,
                    flags,
                    body: &mut body,
                };
                properties.add(def, object, &[], "", is_required);
            }
        }
        ContentKind::Text | ContentKind::Bytes => {}
        ContentKind::Multipart => {
            if let Some(form) = &planned.form {
                multipart(plan, form, flags, &mut body);
            }
        }
    }
    if content.kind != ContentKind::Multipart {
        let others = planned.variants.iter().skip(1);
        let other = others.filter_map(|variant| {
            Some(OtherBody {
                content: variant.content,
                form: form(variant.content)?,
                variant: (variant.ident, variant.is_boxed),
            })
        });
        body.others = other.collect();
    }
    Some(body)
}

/// Returns how the client takes a content, unless it has parts.
fn form(content: &Content) -> Option<BodyForm<'_>> {
    match content.kind {
        ContentKind::Json | ContentKind::Form => Some(BodyForm::Value),
        ContentKind::Text => Some(BodyForm::Text),
        ContentKind::Bytes if is_open_range(&content.media_type) => {
            Some(BodyForm::Media(&content.media_type))
        }
        ContentKind::Bytes => Some(BodyForm::Bytes),
        ContentKind::Multipart => None,
    }
}

/// Returns the object that a schema names.
fn object<'a>(plan: Plan<'a>, schema: &'a Schema) -> Option<(&'a TypeDef, &'a Object)> {
    let SchemaKind::Declared(id) = plan.api.resolved(schema) else {
        return None;
    };
    let def = plan.api.ty(*id);
    match &def.shape {
        Shape::Object(object) => Some((def, object)),
        _ => None,
    }
}

/// Adds the flags of properties.
struct Properties<'p, 'a> {
    plan: Plan<'a>,
    flags: &'p mut FlagNames,
    body: &'p mut CommandBody<'a>,
}

impl<'a> Properties<'_, 'a> {
    fn add(
        &mut self,
        def: &'a TypeDef,
        object: &'a Object,
        path: &[String],
        outer: &str,
        is_required: bool,
    ) {
        let mut nested = Vec::new();
        for member in &object.members {
            if member.read_only {
                continue;
            }
            let path = [path, std::slice::from_ref(&member.name)].concat();
            if let Some(constant) = member
                .constant
                .as_ref()
                .filter(|_| member.required && is_required)
            {
                self.body.constants.push((path, constant.clone()));
                continue;
            }
            let name = match outer {
                "" => self.flags.claim(&member.name, "field"),
                outer => self.flags.claim_within(outer, &member.name),
            };
            let is_required = is_required && self.plan.api.is_asked_for(def, member);
            let argument = property(self.plan, member, name.clone(), path.clone(), is_required);
            self.body.arguments.push(argument);
            nested.push((member, path, name, is_required));
        }
        for (member, path, name, is_required) in nested {
            let is_deep = path.len() >= LEVELS || self.body.arguments.len() >= MOST_FLAGS;
            if member.indirect || is_deep {
                continue;
            }
            if let Some((def, inner)) = self::object(self.plan, &member.schema) {
                // An object of any property is JSON to its user.
                if inner.members.is_empty() && inner.extra != Extra::Closed {
                    continue;
                }
                let before = self.body.arguments.len();
                self.add(def, inner, &path, &name, is_required);
                // Flags of its properties set a required object too.
                if self.body.arguments.len() > before {
                    self.relax(&path);
                }
            }
        }
    }

    /// Marks an object as optional, because flags of its properties set it.
    fn relax(&mut self, path: &[String]) {
        let mut arguments = self.body.arguments.iter_mut();
        let own = arguments.find(|argument| argument.target == ArgumentTarget::Body(path.to_vec()));
        if let Some(argument) = own {
            argument.is_required = false;
        }
    }
}

fn property(
    plan: Plan<'_>,
    member: &Property,
    name: String,
    path: Vec<String>,
    is_required: bool,
) -> Argument {
    let (kind, is_list) = arguments::kind(plan.api, &member.schema);
    Argument {
        name,
        target: ArgumentTarget::Body(path),
        kind,
        is_list,
        is_required,
        is_positional: false,
        is_deprecated: member.deprecated,
        help: arguments::help(&member.docs, &member.name, &member.schema, member.inferred),
        values: arguments::values(plan.api, &member.schema),
    }
}

fn multipart<'a>(
    plan: Plan<'a>,
    form: &'a FormPlan<'a>,
    flags: &mut FlagNames,
    body: &mut CommandBody<'a>,
) {
    let mut parts = Vec::new();
    for part in &form.parts {
        let member = part.property;
        let (mut kind, mut is_list) = arguments::kind(plan.api, &member.schema);
        match &part.kind {
            PartKind::File(_) | PartKind::Part(_) => (kind, is_list) = (ArgumentKind::File, false),
            PartKind::Files(_) => (kind, is_list) = (ArgumentKind::File, true),
            PartKind::Value(_) | PartKind::Styled(..) => {}
        }
        let key = member.name.clone();
        let name = flags.claim(&member.name, "part");
        let own = property(plan, member, name, Vec::new(), part.is_positional());
        body.arguments.push(Argument {
            target: ArgumentTarget::Part(key.clone()),
            kind,
            is_list,
            ..own
        });
        parts.push(MultipartPart {
            ident: part.ident,
            key,
            is_required: part.is_positional(),
            decoding: Decoding::of(&part.value.ty),
        });
    }
    body.form = BodyForm::Multipart(parts);
}
