//! Names of union variants.

use super::bounded;
use super::members::{PartNames, rest, value_candidates, value_words};
use crate::ir::{Api, Branch, Origin, Role, Schema, SchemaKind, Shape, TypeId, Union};
use crate::naming::{IdentCase, NameScope, Words, variant, words};
use serde_json::Value as Json;

/// Names a union's variants; `type_words` returns the words of a declared type.
pub fn resolve(
    api: &Api,
    union: &Union,
    owner: &[String],
    type_words: &dyn Fn(TypeId) -> Words,
) -> PartNames {
    let namer = Namer { api, type_words };
    let branches: Vec<variant::BranchFacts> = union
        .branches
        .iter()
        .map(|branch| namer.branch(branch))
        .collect();
    let mut scope = NameScope::new(IdentCase::Pascal);
    let rest = rest(&mut scope);
    let mut claim = |wishes: Vec<Words>| {
        let wishes = wishes.into_iter().map(bounded).flat_map(value_candidates);
        scope.claim(&wishes.collect::<Vec<_>>()).ident
    };
    let wishes = variant::candidates(owner, &branches).into_iter();
    PartNames {
        idents: wishes.map(&mut claim).collect(),
        rest,
    }
}

struct Namer<'a> {
    api: &'a Api,
    type_words: &'a dyn Fn(TypeId) -> Words,
}

impl Namer<'_> {
    fn branch(&self, branch: &Branch) -> variant::BranchFacts {
        let schema = &branch.schema;
        // A nested union's tags belong to its own branches.
        let is_union = matches!(self.shape(schema), Some(Shape::Union(_)));
        let tag = match &branch.tags[..] {
            [Json::String(tag)] if !is_union => Some(tag.clone()),
            _ => None,
        };
        let detailed_kind = self.kind(schema);
        let kind = match &schema.kind {
            SchemaKind::Array(_) => words("list"),
            SchemaKind::Map(_) => words("map"),
            SchemaKind::Declared(id) => self.kind_of_unnamed(*id).unwrap_or(detailed_kind.clone()),
            _ => detailed_kind.clone(),
        };
        let (properties, required) = self.properties(schema);
        variant::BranchFacts {
            name: self.name(schema, tag.as_deref()),
            tag,
            properties,
            required,
            kind,
            detailed_kind,
        }
    }

    /// Returns the document's name for a branch's schema.
    fn name(&self, schema: &Schema, tag: Option<&str>) -> Option<String> {
        let SchemaKind::Declared(id) = &schema.kind else {
            return None;
        };
        let def = self.api.ty(*id);
        let own = || (self.type_words)(*id).join("_");
        match &def.origin {
            _ if def.pinned.is_some() => Some(own()),
            Origin::Component(key) | Origin::Referenced(key) => Some(key.clone()),
            Origin::Inline {
                role: Role::Branch(_, title, _),
                ..
            } => title.clone().filter(|title| tag != Some(title)),
            Origin::Inline { .. } => Some(own()),
        }
    }

    /// Returns the shape of a declared type, with aliases resolved.
    fn shape(&self, schema: &Schema) -> Option<&Shape> {
        match self.api.resolved(schema) {
            SchemaKind::Declared(id) => Some(&self.api.ty(*id).shape),
            _ => None,
        }
    }

    /// Returns words for an inline branch without a name in the document.
    fn kind_of_unnamed(&self, id: TypeId) -> Option<Words> {
        let def = self.api.ty(id);
        let Origin::Inline { role, .. } = &def.origin else {
            return None;
        };
        let is_object = matches!(def.shape, Shape::Object(_) | Shape::Union(_));
        let is_unnamed = |role: &Role| matches!(role, Role::Branch(_, None, _));
        let is_unnamed = match role {
            Role::Item(of) | Role::Value(of) => is_unnamed(of),
            role => is_unnamed(role),
        };
        (is_unnamed && is_object && def.pinned.is_none()).then(|| words("object"))
    }

    /// Returns an object's properties and its required properties.
    fn properties(&self, schema: &Schema) -> (Vec<String>, Vec<String>) {
        let Some(Shape::Object(object)) = self.shape(schema) else {
            return Default::default();
        };
        let required = object.members.iter().filter(|member| member.required);
        let name = |member: &crate::ir::Property| member.name.clone();
        let properties = object.members.iter().map(name).collect();
        (properties, required.map(name).collect())
    }

    /// Returns the JSON type of a schema, or the words of its declared type.
    fn kind(&self, schema: &Schema) -> Words {
        match &schema.kind {
            SchemaKind::Any => words("any"),
            SchemaKind::External(external) => words(&external.path),
            SchemaKind::Null => words("null"),
            SchemaKind::Constant(only) => value_words(only),
            SchemaKind::Boolean => words("boolean"),
            SchemaKind::Integer(_) => words("integer"),
            SchemaKind::Number(_) => words("number"),
            SchemaKind::String(format) => words(format.format().noun),
            SchemaKind::Array(items) => self.list(items),
            SchemaKind::Tuple(_) => words("tuple"),
            SchemaKind::Map(values) => [self.kind(values), words("map")].concat(),
            SchemaKind::Declared(id) => (self.type_words)(*id),
            SchemaKind::Envelope(_, inner) => self.kind(inner),
        }
    }

    /// Returns the words for a list; an item that is a list makes `list` again.
    fn list(&self, items: &Schema) -> Words {
        let unnamed = match &items.kind {
            SchemaKind::Declared(id) => self.kind_of_unnamed(*id),
            _ => None,
        };
        let mut list = unnamed.unwrap_or_else(|| self.kind(items));
        list.pop_if(|word| word == "item");
        let is_list = list.last().is_some_and(|word| word == "list");
        if !is_list || matches!(items.kind, SchemaKind::Array(_)) {
            list.push("list".to_owned());
        }
        list
    }
}
