//! Structs: fields, constructor, setters, and the two halves of their serde code.

use super::docs::{Text, notes};
use crate::ir::{Extra, Member, Object, TypeDef, TypeId};
use crate::rust::plan::{OPEN_MAP, Presence};
use crate::rust::{Plan, Scope, layout, literal};
use serde::Serialize;

#[derive(Debug, Serialize)]
pub struct ObjectView {
    pub docs: Vec<String>,
    pub deprecated: bool,
    pub derives: String,
    pub ident: String,
    pub fields: Vec<Field>,
    pub extra: Option<ExtraView>,
    pub constructor: Option<Constructor>,
    pub setters: Vec<Setter>,
    /// A Rust literal: what a decode error says was expected.
    pub expecting: String,
    /// Heads of `impl` blocks, laid out, up to their `{`.
    pub serialize_head: String,
    pub deserialize_head: String,
    pub object_head: String,
    /// Every member may be absent: reading starts from the default value.
    pub has_default: bool,
    /// The expression of the default value.
    pub default: String,
    /// Statements of `read` and `serialize`, laid out.
    pub slots: Vec<String>,
    pub arms: Vec<String>,
    pub rest_arm: String,
    /// What `read` returns, where it is not read in place.
    pub value: String,
    pub writer: String,
    pub writes: Vec<String>,
    /// Whether anything is written between the writer's making and its end.
    pub has_writes: bool,
    pub has_members: bool,
    /// Members, or a place for undeclared ones.
    pub has_fields: bool,
}

#[derive(Debug, Serialize)]
pub struct Field {
    pub docs: Vec<String>,
    pub deprecated: bool,
    pub ident: String,
    pub ty: String,
    /// `pub ident: ty,`, laid out.
    pub line: String,
}

#[derive(Debug, Serialize)]
pub struct ExtraView {
    pub ident: String,
    pub ty: String,
}

#[derive(Debug, Serialize)]
pub struct Constructor {
    pub docs: Vec<String>,
    pub many_arguments: bool,
    pub signature: String,
    /// The value, where it is not the default one.
    pub value: String,
}

#[derive(Debug, Serialize)]
pub struct Setter {
    pub docs: Vec<String>,
    pub deprecated: bool,
    pub signature: String,
    pub statement: String,
}

pub fn view(plan: Plan<'_>, id: TypeId, object: &Object, scope: &Scope<'_>) -> ObjectView {
    let def = plan.api.ty(id);
    let builder = Builder {
        plan,
        def,
        id,
        object,
        scope,
    };
    let built = plan.is_built(def);
    let names = plan.names.ty(id);
    let default = plan.has_default(def, object);
    let (slots, arms, rest_arm) = builder.read();
    let (writer, writes) = builder.write();
    ObjectView {
        docs: builder.docs(),
        deprecated: def.deprecated,
        derives: if default {
            "Clone, Debug, Default, PartialEq"
        } else {
            "Clone, Debug, PartialEq"
        }
        .to_owned(),
        ident: names.ident.clone(),
        fields: builder.fields(),
        extra: builder.extra(),
        constructor: built.then(|| builder.constructor(default)),
        setters: if built { builder.setters() } else { Vec::new() },
        has_default: default,
        default: match names.parts.iter().any(|ident| ident == "default") {
            // A setter of this name hides the trait's function.
            true => "<Self as Default>::default()".to_owned(),
            false => "Self::default()".to_owned(),
        },
        expecting: layout::constant(
            "    ",
            "const EXPECTING: &'static str",
            &literal::string(&expecting(&names.ident)),
        ),
        serialize_head: layout::impl_head("impl", "Serialize", &names.ident),
        deserialize_head: layout::impl_head("impl<'de>", "Deserialize<'de>", &names.ident),
        object_head: layout::impl_head("impl<'de>", "json::Object<'de>", &names.ident),
        has_members: !object.members.is_empty(),
        has_fields: !object.members.is_empty() || builder.has_extra(),
        slots,
        arms,
        rest_arm,
        value: builder.value(),
        writer,
        has_writes: !writes.is_empty(),
        writes,
    }
}

struct Builder<'a> {
    plan: Plan<'a>,
    def: &'a TypeDef,
    id: TypeId,
    object: &'a Object,
    scope: &'a Scope<'a>,
}

impl<'a> Builder<'a> {
    fn members(&self) -> impl Iterator<Item = (usize, &'a str, &'a Member, Presence)> + '_ {
        let idents = &self.plan.names.ty(self.id).parts;
        self.object
            .members
            .iter()
            .zip(idents)
            .enumerate()
            .map(|(index, (member, ident))| {
                (
                    index,
                    ident.as_str(),
                    member,
                    self.plan.presence(self.def, member),
                )
            })
    }

    fn rest(&self) -> &'a str {
        &self.plan.names.ty(self.id).rest
    }

    fn has_extra(&self) -> bool {
        !matches!(self.object.extra, Extra::Closed)
    }

    /// A tolerant member needs a place for what does not fit.
    fn is_tolerant(&self, member: &Member) -> bool {
        member.inferred && matches!(self.object.extra, Extra::Open)
    }

    fn docs(&self) -> Vec<String> {
        let text = Text::new().prose_or(&self.def.docs, "An object of the API.");
        let inferred = if self.def.inferred {
            "Inferred: the API's documentation describes it in prose only, so every member may be \
             absent. What does not fit its member is kept with the undeclared ones."
        } else {
            ""
        };
        text.paragraph(inferred).finish()
    }

    fn fields(&self) -> Vec<Field> {
        let field = |(_, ident, member, _): (usize, &str, &Member, Presence)| {
            let notes = notes(
                &member.name,
                ident,
                &member.schema,
                member.inferred && !self.def.inferred,
            );
            let otherwise = format!("The member `{ident}`.");
            let docs = Text::new()
                .prose_or(&member.docs, &otherwise)
                .paragraph(&notes);
            let ty = self.plan.member_ty(self.def, member, self.scope);
            Field {
                line: layout::field("    ", &format!("pub {ident}"), &ty),
                docs: docs.finish(),
                deprecated: member.deprecated,
                ident: ident.to_owned(),
                ty,
            }
        };
        self.members().map(field).collect()
    }

    fn extra(&self) -> Option<ExtraView> {
        let ty = match &self.object.extra {
            Extra::Closed => return None,
            Extra::Open => OPEN_MAP.to_owned(),
            Extra::Typed(schema) => {
                let values = self.plan.ty(schema, self.scope);
                format!("std::collections::BTreeMap<String, {values}>")
            }
        };
        Some(ExtraView {
            ident: self.rest().to_owned(),
            ty,
        })
    }

    fn constructor(&self, default: bool) -> Constructor {
        let mut parameters = Vec::new();
        let mut inits = Vec::new();
        for (_, ident, member, presence) in self.members() {
            let (ty, convert) = self.plan.argument(&member.schema, self.scope);
            let boxed = |value: String| {
                if member.indirect {
                    format!("Box::new({value})")
                } else {
                    value
                }
            };
            match presence {
                Presence::Required => {
                    parameters.push(format!("{ident}: {ty}"));
                    let value = boxed(format!("{ident}{convert}"));
                    inits.push(if value == ident {
                        value
                    } else {
                        field(ident, &value)
                    });
                }
                Presence::Nullable => inits.push(format!("{ident}: None")),
                Presence::Optional | Presence::OptionalNullable => {
                    inits.push(format!("{ident}: None"))
                }
            }
        }
        if self.has_extra() {
            inits.push(format!("{}: Default::default()", self.rest()));
        }
        let docs = match (parameters.is_empty(), default) {
            (true, _) => "Makes one without any member.",
            (false, _) => "Makes one from the members that are required.",
        };
        Constructor {
            docs: Text::new().paragraph(docs).finish(),
            many_arguments: parameters.len() > 7,
            signature: layout::signature("    ", "pub fn new", &parameters, Some("Self")),
            value: layout::struct_literal("        ", "", "Self", &inits, ""),
        }
    }

    fn setters(&self) -> Vec<Setter> {
        let null_setters = &self.plan.names.ty(self.id).null_setters;
        let mut setters = Vec::new();
        for (index, ident, member, presence) in self.members() {
            if presence == Presence::Required || member.read_only {
                continue;
            }
            let (ty, convert) = self.plan.argument(&member.schema, self.scope);
            let value = format!("value{convert}");
            let value = if member.indirect {
                format!("Box::new({value})")
            } else {
                value
            };
            let value = match presence {
                Presence::OptionalNullable => format!("Some(Some({value}))"),
                _ => format!("Some({value})"),
            };
            let what = format!("Sets [`{ident}`](Self::{ident}).");
            let setter = |name: &str, docs: &str, parameters: &[String], value: &str| Setter {
                docs: Text::new().paragraph(docs).finish(),
                deprecated: member.deprecated,
                signature: layout::signature(
                    "    ",
                    &format!("pub fn {name}"),
                    parameters,
                    Some("Self"),
                ),
                statement: layout::assignment("        ", &format!("self.{ident}"), value),
            };
            let parameters = ["mut self".to_owned(), format!("value: {ty}")];
            setters.push(setter(ident, &what, &parameters, &value));
            if presence == Presence::OptionalNullable {
                let what = format!("Sets [`{ident}`](Self::{ident}) to null.");
                setters.push(setter(
                    &null_setters[index],
                    &what,
                    &parameters[..1],
                    "Some(None)",
                ));
            }
        }
        setters
    }

    /// The slots, the arms of the match over the keys, and the arm of every other key.
    fn read(&self) -> (Vec<String>, Vec<String>, String) {
        let mut slots = Vec::new();
        let mut arms = Vec::new();
        let rest = self.rest();
        // A type that has a default is read in place; every other one member by member.
        let place = if self.plan.has_default(self.def, self.object) {
            "value."
        } else {
            ""
        };
        for (_, ident, member, presence) in self.members() {
            let local = if place.is_empty() {
                local(ident)
            } else {
                ident.to_owned()
            };
            slots.push(format!("let mut {local} = None;"));
            let slot = format!("&mut {place}{local}");
            let (helper, arguments) =
                if self.is_tolerant(member) && presence != Presence::OptionalNullable {
                    (
                        "json::tolerant",
                        vec![
                            "&mut map".to_owned(),
                            "key".to_owned(),
                            slot,
                            format!("&mut {place}{rest}"),
                        ],
                    )
                } else {
                    let helper = match presence {
                        Presence::Required => "json::value",
                        Presence::Optional | Presence::Nullable => "json::optional",
                        Presence::OptionalNullable => "json::nullable",
                    };
                    (helper, vec!["&mut map".to_owned(), slot])
                };
            let pattern = literal::string(&member.name);
            arms.push(layout::call_arm(
                "                ",
                &pattern,
                helper,
                &arguments,
                "?",
            ));
        }
        let indent = "                ";
        let rest_arm = if self.has_extra() {
            slots.push(format!("let mut {rest} = {};", self.empty_extra()));
            let arguments = [
                "&mut map".to_owned(),
                "key".to_owned(),
                format!("&mut {place}{rest}"),
            ];
            layout::call_arm(indent, "_", "json::keep", &arguments, "?")
        } else {
            layout::call_arm(indent, "_", "json::skip", &["&mut map".to_owned()], "?")
        };
        (slots, arms, rest_arm)
    }

    fn empty_extra(&self) -> &'static str {
        match self.object.extra {
            Extra::Typed(_) => "std::collections::BTreeMap::new()",
            _ => "serde_json::Map::new()",
        }
    }

    fn value(&self) -> String {
        let mut inits = Vec::new();
        for (_, ident, member, presence) in self.members() {
            let local = local(ident);
            inits.push(match presence {
                Presence::Required => {
                    let arguments = [local, literal::string(&member.name)];
                    field(ident, &format!("json::required({})?", arguments.join(", ")))
                }
                _ if local == ident => ident.to_owned(),
                _ => format!("{ident}: {local}"),
            });
        }
        if self.has_extra() {
            inits.push(self.rest().to_owned());
        }
        layout::struct_literal("        ", "Ok(", "Self", &inits, ")")
    }

    fn write(&self) -> (String, Vec<String>) {
        let rest = self.rest();
        let open = matches!(self.object.extra, Extra::Open);
        let writer = match open {
            true => format!("json::Writer::open(serializer, &self.{rest})?"),
            false => "json::Writer::closed(serializer)?".to_owned(),
        };
        let mut writes = Vec::new();
        for (_, ident, member, presence) in self.members() {
            let method = match presence {
                Presence::Required | Presence::Nullable => "object.value",
                Presence::Optional | Presence::OptionalNullable => "object.optional",
            };
            let arguments = [literal::string(&member.name), format!("&self.{ident}")];
            writes.push(layout::call("        ", "", method, &arguments, "?;"));
        }
        if matches!(self.object.extra, Extra::Typed(_)) {
            writes.push(format!("        object.each(&self.{rest})?;"));
        }
        (writer, writes)
    }
}

/// What a decode error says was expected.
fn expecting(ident: &str) -> String {
    let article = if ident.starts_with(['A', 'E', 'I', 'O']) {
        "an"
    } else {
        "a"
    };
    format!("{article} `{ident}` object")
}

/// A field of a struct literal in a function, laid out, without its comma.
fn field(ident: &str, value: &str) -> String {
    let field = layout::expression("            ", &format!("{ident}: "), value, ",");
    field.trim_start().trim_end_matches(',').to_owned()
}

/// The local variable of a field: another name where the code around has that one. No field is
/// named so, as names have no underscore at their end but after a keyword.
fn local(ident: &str) -> String {
    match ident {
        "key" | "map" => format!("{ident}_"),
        _ => ident.to_owned(),
    }
}
