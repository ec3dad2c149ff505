//! The surface of types: structs, enums and unions.

use super::item::{STRICTNESS, Section, SurfaceItem, SurfaceItemKind};
use super::surface_code::SurfaceCode;
use crate::ir::{BranchTest, Enum, EnumKind, Extra, Object, Origin, Shape, TypeDef, TypeId, Union};
use crate::rust::plan::object::ObjectPlan;
use crate::rust::plan::union::{VariantKind, module, test_row};
use crate::rust::{Expr, Plan, Scope, Ty, literal};
use serde_json::Value as Json;

pub fn all(plan: Plan<'_>) -> impl Iterator<Item = SurfaceItem> {
    plan.api.type_ids().map(move |id| item(plan, id))
}

fn item(plan: Plan<'_>, id: TypeId) -> SurfaceItem {
    let def = plan.api.ty(id);
    let ident = &plan.names.ty(id).ident;
    let path = format!("types::{ident}");
    let mut item = SurfaceItem::new(SurfaceItemKind::Type, ident, &path);
    item.identity = match &def.origin {
        Origin::Component(name) => SurfaceCode::text(format!("component {name}")),
        Origin::Referenced(name) => SurfaceCode::text(format!("referenced {name}")),
        Origin::Inline { .. } => SurfaceCode::default(),
    };
    let key = match &def.origin {
        Origin::Component(name) => name,
        _ => "",
    };
    item = item.named_by(Section::Types, key, ident);
    item.deprecated = def.deprecated;
    match &def.shape {
        Shape::Object(object) => {
            item = item.of_kind("a struct");
            item.items = members(plan, id, def, object);
            item.wire.push((STRICTNESS, strictness(def.inferred)));
            item.wire
                .push(("constant properties", constants(def, object)));
            if item.is_made() {
                item.code = format!("{path}::new({})", given(&item.items));
            }
        }
        Shape::Enum(shape) => {
            item = item.of_kind(match shape.kind {
                EnumKind::String => "an enum of strings",
                EnumKind::Integer => "an enum of integers",
                EnumKind::Scalar => "an enum of strings, numbers and booleans",
            });
            item.items = values(plan, id, shape);
        }
        Shape::Union(union) => {
            item = item.of_kind("an enum with a variant for each kind of value");
            item.items = branches(plan, id, union);
            let tag = union.tag.clone().unwrap_or_default();
            item.wire.push(("tag", tag));
            let default = union
                .default
                .map(|index| plan.names.ty(id).parts[index].clone());
            let default = default.unwrap_or_else(|| plan.names.ty(id).rest.clone());
            item.wire.push(("variant for unknown tags", default));
            let tests = branch_tests(union, &plan.names.ty(id).parts);
            item = item.printed(tests).printed([module(union).to_owned()]);
        }
        Shape::Alias(target) => item = item.of_type(&plan.ty(target)),
    }
    if plan.derives(id).contains(&"Eq") {
        let traits = SurfaceItem::new(SurfaceItemKind::Trait, "Eq", format!("{path}: Eq"));
        item.items.push(traits.known_as("Eq"));
    }
    if matches!(def.shape, Shape::Object(_)) && def.is_built() {
        item.limits = Some(def.limits.clone());
    }
    item
}

/// Returns the arguments among these parts.
pub fn given(items: &[SurfaceItem]) -> String {
    let arguments = items.iter().filter(|item| item.is_argument);
    let names: Vec<&str> = arguments.map(|item| item.name.as_str()).collect();
    names.join(", ")
}

fn members(plan: Plan<'_>, id: TypeId, def: &TypeDef, object: &Object) -> Vec<SurfaceItem> {
    let names = plan.names.ty(id);
    let path = format!("types::{}", names.ident);
    let built = def.is_built();
    let mut items = Vec::new();
    let has_default = match built {
        true => !object
            .members
            .iter()
            .any(|member| plan.api.is_asked_for(def, member)),
        false => plan.api.has_default(def, object),
    };
    for (is_there, name) in [(built, "new"), (has_default, "default")] {
        if is_there {
            let path = format!("{path}::{name}");
            items.push(
                SurfaceItem::new(SurfaceItemKind::Constructor, name, &path)
                    .used(format!("{path}()")),
            );
        }
    }
    let scope = Scope::in_crate();
    let of = ObjectPlan {
        plan,
        def,
        id,
        object,
    };
    for (member, ident) in object.members.iter().zip(&names.parts) {
        if of.fixed(member).is_some() {
            continue;
        }
        let sets = built && plan.constant(def, member, &scope).is_some();
        let constant = member.constant.as_ref().filter(|_| sets);
        let wire = literal::string(&member.name);
        let mut item =
            SurfaceItem::new(SurfaceItemKind::Property, ident, format!("{path}.{ident}"))
                .known_as(&member.name)
                .used(format!("value.{ident}"))
                .of_type(&plan.member_ty(def, member))
                .on_wire("name on the wire", &member.name)
                .on_wire("value", constant.map(Json::to_string).unwrap_or_default())
                .on_wire(STRICTNESS, strictness(of.is_tolerant(member)))
                .printed([of.kind(member).to_owned()]);
        if built {
            item = item.sends(&member.schema);
        }
        item.is_argument = built && plan.api.is_asked_for(def, member);
        item.deprecated = member.deprecated;
        let keeps = matches!(object.extra, Extra::Open);
        item.replacement = keeps.then(|| format!("value.{}.get({wire})", names.rest));
        items.push(item);
    }
    let rest = match &object.extra {
        Extra::Closed => None,
        Extra::Open => Some(Ty::Plain("Map<String, Value>")),
        Extra::Typed(schema) => Some(plan.ty(schema).map()),
    };
    items.extend(rest.map(|ty| {
        SurfaceItem::new(
            SurfaceItemKind::Property,
            &names.rest,
            format!("{path}.{}", names.rest),
        )
        .known_as("unknown properties")
        .used(format!("value.{}", names.rest))
        .of_type(&ty)
        .printed([of.rest_kind().to_string()])
    }));
    items
}

/// Lists the properties with one value, which are not fields.
fn constants(def: &TypeDef, object: &Object) -> String {
    let members = object.members.iter();
    let constants = members.filter_map(|member| {
        let value = def.fixed(object, member)?;
        Some(format!("{}: {value}", member.name))
    });
    constants.collect::<Vec<_>>().join(", ")
}

/// Describes the handling of values of other types.
fn strictness(keeps_others: bool) -> String {
    let word = match keeps_others {
        true => "kept as raw JSON",
        false => "an error",
    };
    word.to_owned()
}

/// Returns the tests that select a branch, in order.
fn branch_tests(union: &Union, idents: &[String]) -> Vec<String> {
    // The index of a branch is not visible on the wire.
    let row = |test: &BranchTest| {
        let test = BranchTest {
            branch: 0,
            ..test.clone()
        };
        test_row(&test, "").to_string()
    };
    let rows = union.tests.iter();
    rows.map(|test| format!("{}: {}", idents[test.branch], row(test)))
        .collect()
}

fn values(plan: Plan<'_>, id: TypeId, shape: &Enum) -> Vec<SurfaceItem> {
    let names = plan.names.ty(id);
    let value = |(value, ident): (&crate::ir::EnumValue, &String)| {
        let path = format!("types::{}::{ident}", names.ident);
        let wire = value.value.to_string();
        let rest = match &value.value {
            Json::String(text) => Expr::string(text).method("to_owned", []),
            other => Expr::literal(other),
        };
        let mut item = SurfaceItem::new(SurfaceItemKind::Value, ident, path)
            .known_as(&wire)
            .on_wire("value", wire);
        let keeps = shape.kind != EnumKind::Scalar;
        item.replacement = keeps.then(|| format!("types::{}::{}({rest})", names.ident, names.rest));
        item
    };
    shape.values.iter().zip(&names.parts).map(value).collect()
}

fn branches(plan: Plan<'_>, id: TypeId, union: &Union) -> Vec<SurfaceItem> {
    let names = plan.names.ty(id);
    let branch = |(branch, ident): (&crate::ir::Branch, &String)| {
        let path = format!("types::{}::{ident}", names.ident);
        let own = plan.ty(&branch.schema);
        let ty = plan.branch_ty(branch);
        let tags: Vec<String> = branch.tags.iter().map(Json::to_string).collect();
        let kind = match plan.variant_kind(union, branch, ident) {
            VariantKind::Constant(text) => text,
            VariantKind::Held(kind) => kind.to_string(),
        };
        SurfaceItem::new(SurfaceItemKind::Branch, ident, &path)
            .known_as_type(&own)
            .of_type(&ty)
            .used(format!("{path}(value)"))
            .on_wire("tag", tags.join(", "))
            .printed([kind])
    };
    union
        .branches
        .iter()
        .zip(&names.parts)
        .map(branch)
        .collect()
}
