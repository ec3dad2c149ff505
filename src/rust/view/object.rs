//! Structs: fields, constructor, setters, and serde code.

use super::docs::{Text, beyond_name};
use super::{first_use, object_serde};
use crate::describe;
use crate::ir::Presence;
use crate::ir::{Docs, Extra, Object, Property, TypeId};
use crate::rust::code::{FnParameter, TypeCode};
use crate::rust::plan::Conversion;
use crate::rust::plan::object::ObjectPlan;
use crate::rust::{Expr, Plan, Scope, Ty, layout};
use serde::Serialize;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ObjectView {
    pub docs: Vec<String>,
    pub deprecated: bool,
    pub derives: String,
    pub ident: String,
    pub fields: Vec<ObjectField>,
    pub extra: Option<ExtraView>,
    pub constructor: Option<Constructor>,
    pub setters: Vec<FieldSetter>,
    /// The head of `impl Default`, laid out, if the constructor takes no arguments.
    pub default_head: String,
    /// The wire names of the required properties, laid out.
    pub required: String,
    /// Whether every property is optional.
    pub has_default: bool,
    /// The expression of the default value.
    pub default: String,
    /// How each property is decoded and encoded.
    pub rows: Vec<String>,
    /// How unknown properties are decoded and encoded.
    pub rest: String,
    /// Whether the struct has properties, or a field for unknown ones.
    pub has_fields: bool,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ObjectField {
    pub docs: Vec<String>,
    pub deprecated: bool,
    pub ident: String,
    pub ty: String,
    /// `pub ident: ty,`, laid out.
    pub line: String,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ExtraView {
    pub ident: String,
    pub ty: String,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Constructor {
    pub docs: Vec<String>,
    pub many_arguments: bool,
    /// Whether the constructor takes no arguments and its value differs from a derived `Default`.
    pub is_default: bool,
    pub signature: String,
    /// The expression of the value, unless it is the default value.
    pub value: String,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FieldSetter {
    pub docs: Vec<String>,
    pub deprecated: bool,
    pub signature: String,
    pub statement: String,
}

pub fn view(plan: Plan<'_>, id: TypeId, object: &Object, scope: &Scope<'_>) -> ObjectView {
    let def = plan.api.ty(id);
    let of = ObjectPlan {
        plan,
        def,
        id,
        object,
    };
    let builder = Builder { of, scope };
    let built = def.is_built();
    let names = plan.names.ty(id);
    let default = plan.api.has_default(def, object);
    ObjectView {
        docs: builder.docs(),
        deprecated: def.deprecated,
        derives: plan.derives(id).join(", "),
        ident: names.ident.clone(),
        fields: builder.fields(),
        extra: builder.extra(),
        constructor: built.then(|| builder.constructor(default)),
        setters: if built { builder.setters() } else { Vec::new() },
        has_default: default,
        default: match names.parts.iter().any(|ident| ident == "default") {
            // A setter named `default` would hide the trait's function.
            true => "<Self as Default>::default()".to_owned(),
            false => "Self::default()".to_owned(),
        },
        default_head: layout::impl_head("impl", &TypeCode::name("Default"), &names.ident),
        required: object_serde::required(of),
        rows: object_serde::rows(of),
        rest: of.rest_kind().to_string(),
        has_fields: of.fields().next().is_some() || of.has_extra(),
    }
}

/// An object with the inputs of its parts.
struct Builder<'a> {
    of: ObjectPlan<'a>,
    scope: &'a Scope<'a>,
}

impl<'a> Builder<'a> {
    fn docs(&self) -> Vec<String> {
        let (plan, def) = (self.of.plan, self.of.def);
        let ident = &plan.names.ty(self.of.id).ident;
        let text = Text::new().about(ident, &def.docs, &first_use::sentence(plan, def));
        let inferred = match (self.of.def.inferred, self.of.def.usage.request) {
            (false, _) => "",
            (true, false) => {
                "Inferred: the API's documentation describes this type only in prose. Every property may be absent. \
                 A value of another type is stored with the unknown properties."
            }
            (true, true) => {
                "Inferred: the API's documentation describes this type only in prose. A response may omit any property."
            }
        };
        text.paragraph(&self.fixed_note())
            .paragraph(&describe::limits(self.of.def))
            .paragraph(inferred)
            .finish()
    }

    fn fields(&self) -> Vec<ObjectField> {
        let field = |(_, ident, member, _): (usize, &str, &Property, Presence)| {
            let api = self.of.plan.api;
            let about = beyond_name(&member.name, &member.docs);
            // Without prose, the docs begin with the property's name on the wire.
            let named = match about == Docs::default() {
                true => member.name.as_str(),
                false => ident,
            };
            let inferred = member.inferred && !self.of.def.inferred;
            let mut notes = describe::notes(&member.name, named, &member.schema, inferred);
            if let Some(constant) = self.constant_note(member) {
                notes = format!("{notes} {constant}").trim_start().to_owned();
            }
            let otherwise = describe::property(api, &member.name, &member.schema);
            let docs = Text::new().prose_or(&about, &otherwise).paragraph(&notes);
            let ty = self.scope.ty(&self.of.plan.member_ty(self.of.def, member));
            ObjectField {
                line: layout::field("    ", &format!("pub {ident}"), &ty),
                docs: docs.finish(),
                deprecated: member.deprecated,
                ident: ident.to_owned(),
                ty: ty.to_string(),
            }
        };
        self.of.fields().map(field).collect()
    }

    /// Returns a note on the properties that are not fields.
    fn fixed_note(&self) -> String {
        let fixed = self.of.members().filter_map(|(_, _, member, _)| {
            let value = describe::json(self.of.fixed(member)?);
            Some(format!("{} is {value}", describe::code(&member.name)))
        });
        let fixed: Vec<String> = fixed.collect();
        match fixed.is_empty() {
            true => String::new(),
            false => format!("In JSON, {}.", fixed.join(" and ")),
        }
    }

    /// Returns a note on a property with a single value.
    fn constant_note(&self, member: &Property) -> Option<String> {
        self.of.plan.constant(self.of.def, member, self.scope)?;
        let constant = member.constant.as_ref()?;
        let value = describe::json(constant);
        let is_built = self.of.def.is_built();
        if self.of.def.presence(member) != Presence::Required {
            return is_built.then(|| format!("[`new`](Self::new) sets it to {value}."));
        }
        let mut sentences = Vec::new();
        if !describe::states_only_value(&member.schema, constant) {
            sentences.push(format!("Always {value}."));
        }
        if is_built {
            sentences.push("[`new`](Self::new) sets it.".to_owned());
        }
        Some(sentences.join(" "))
    }

    fn extra(&self) -> Option<ExtraView> {
        let ty = match &self.of.object.extra {
            Extra::Closed => return None,
            Extra::Open => Ty::OpenMap,
            Extra::Typed(schema) => self.of.plan.ty(schema).map(),
        };
        Some(ExtraView {
            ident: self.of.rest().to_owned(),
            ty: self.scope.ty(&ty).to_string(),
        })
    }

    fn constructor(&self, default: bool) -> Constructor {
        let mut parameters = Vec::new();
        let mut inits = Vec::new();
        for (_, ident, member, presence) in self.of.fields() {
            let constant = self.of.plan.constant(self.of.def, member, self.scope);
            let value = match presence {
                _ if constant.is_some() => constant,
                Presence::Required if self.of.plan.api.is_null(&member.schema) => {
                    Some(Expr::tuple([]))
                }
                Presence::Required => {
                    let (ty, conversion) = self.of.plan.argument(&member.schema);
                    parameters.push(FnParameter::new(ident.to_owned(), self.scope.ty(&ty)));
                    let is_plain = conversion == Conversion::None && !member.indirect;
                    (!is_plain).then(|| self.converted(member, ident, conversion))
                }
                Presence::Nullable | Presence::Optional | Presence::OptionalNullable => {
                    Some(Expr::variable("None"))
                }
            };
            inits.push(layout::Field { name: ident, value });
        }
        inits.extend(object_serde::extra_init(self.of));
        let ident = &self.of.plan.names.ty(self.of.id).ident;
        let rest = match (parameters.is_empty(), default) {
            (true, true) => "without any field set",
            (true, false) => "with the only value of each required field",
            (false, _) => "with its required fields",
        };
        let docs = format!("Creates a new `{ident}` {rest}.");
        Constructor {
            is_default: parameters.is_empty() && !default,
            docs: Text::new().paragraph(&docs).finish(),
            many_arguments: parameters.len() > 7,
            signature: layout::signature("    ", "pub fn new", &parameters, Some("Self")),
            value: layout::struct_literal("        ", "Self", &inits),
        }
    }

    /// Returns the argument of a property, converted into the type of its field.
    fn converted(&self, member: &Property, argument: &str, conversion: Conversion) -> Expr {
        let value = conversion.of(Expr::variable(argument.to_owned()));
        match self.of.plan.is_boxed_member(self.of.def, member) {
            true => Expr::boxed(value),
            false => value,
        }
    }

    /// Returns the argument of a property that may be null, and its value as an `Option`.
    fn nullable(&self, member: &Property) -> (Ty<'a>, Expr) {
        let value = Expr::variable("value").method("into_nullable", []);
        let value = match self.of.plan.is_boxed_member(self.of.def, member) {
            true => value.method("map", [Expr::item("Box", "new")]),
            false => value,
        };
        (self.of.plan.bare(&member.schema).nullable(), value)
    }

    fn setters(&self) -> Vec<FieldSetter> {
        let mut setters = Vec::new();
        for (_, ident, member, presence) in self.of.fields() {
            if presence == Presence::Required || member.read_only {
                continue;
            }
            let (ty, value) = match presence {
                Presence::OptionalNullable => self.nullable(member),
                _ => {
                    let (ty, conversion) = self.of.plan.argument(&member.schema);
                    (ty, self.converted(member, "value", conversion))
                }
            };
            let value = Expr::some(value);
            let what = match presence {
                Presence::OptionalNullable => {
                    format!("Sets [`{ident}`](Self::{ident}); `None` is null.")
                }
                _ => format!("Sets [`{ident}`](Self::{ident})."),
            };
            let setter =
                |name: &str, docs: &str, parameters: &[FnParameter], value: &Expr| FieldSetter {
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
            if self.of.plan.api.is_null(&member.schema) {
                let what = format!("Sets [`{ident}`](Self::{ident}), which is always null.");
                let value = Expr::some(Expr::tuple([]));
                setters.push(setter(ident, &what, &[FnParameter::MUT_SELF], &value));
                continue;
            }
            let value_parameter = FnParameter::new("value", self.scope.ty(&ty));
            let parameters = [FnParameter::MUT_SELF, value_parameter];
            setters.push(setter(ident, &what, &parameters, &value));
        }
        setters
    }
}
